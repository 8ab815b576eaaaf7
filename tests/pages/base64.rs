//! Base64, as the browser writes pictures.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What no letter stands for.
const NONE: u8 = 64;

pub fn decode(text: &str) -> Vec<u8> {
    let mut values = [NONE; 256];
    LETTERS.iter().zip(0..).for_each(|(letter, value)| values[usize::from(*letter)] = value);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = values[usize::from(letter)];
        assert!(value != NONE, "only letters of base64");
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[test]
fn text_is_read_as_it_is_written() {
    assert_eq!(decode("U2lnbnBvc3Q="), b"Signpost");
}
