//! What a UK postcode looks like: a full one (`M1 4BT`), a sector (`M1 4`) or an outcode (`M1`).
//!
//! Only the shape is judged here. Whether a postcode exists is for the gazetteer's tables.

use std::fmt;

/// The letters a unit (the last two characters) can have; C, I, K, M, O and V never occur.
const UNIT_LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";

/// How many units a sector can have.
pub(super) const UNITS_IN_A_SECTOR: u16 = 400;

/// The most characters a typed postcode has once spaces are gone.
const LONGEST: usize = 7;

/// A postcode, or the beginning of one, in the one right spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Postcode {
    /// The outcode, `M1` or `SW1A`, filled up with spaces.
    outcode: [u8; 4],
    /// The digit after the space; `None` for an outcode.
    sector: Option<u8>,
    /// The place among the 400 units of the sector; `None` for a sector or an outcode.
    unit: Option<u16>,
}

impl Postcode {
    /// Reads a postcode in any case and with any spacing, without guessing: `None` if it does not have the shape of one.
    ///
    /// Where the space is missing, `M14` is the outcode and `M14BT` the full postcode.
    pub fn parse(text: &str) -> Option<Postcode> {
        let typed = Typed::read(text)?;
        typed.parse_whole()
    }

    /// Everything the text may mean, the likeliest first: as typed, then with O for 0 and I or L for 1 put right where
    /// only the other can stand.
    pub fn readings(text: &str) -> Vec<Postcode> {
        let Some(typed) = Typed::read(text) else {
            return Vec::new();
        };
        // Words are not postcodes: `Salford` would be SA1F 0RD with its letters swapped.
        if !typed.letters.iter().any(u8::is_ascii_digit) {
            return Vec::new();
        }
        let splits = typed.splits();
        let as_typed = splits.iter().filter_map(Split::exact);
        let mended = splits.iter().flat_map(Split::mended);
        let mut found = Vec::new();
        for postcode in as_typed.chain(mended) {
            if !found.contains(&postcode) {
                found.push(postcode);
            }
        }
        found
    }

    pub fn is_full(&self) -> bool {
        self.unit.is_some()
    }

    pub fn is_sector(&self) -> bool {
        self.sector.is_some() && self.unit.is_none()
    }

    /// `M1 4BT` → `M1`.
    pub fn outcode(&self) -> Postcode {
        Postcode { sector: None, unit: None, ..*self }
    }

    /// `M1 4BT` → `M1 4`; `None` for an outcode.
    pub fn sector(&self) -> Option<Postcode> {
        self.sector?;
        Some(Postcode { unit: None, ..*self })
    }

    /// Northern Ireland's postcodes begin with BT.
    pub fn is_northern_ireland(&self) -> bool {
        self.outcode.starts_with(b"BT")
    }

    /// Jersey, Guernsey and the Isle of Man.
    pub fn is_crown_dependency(&self) -> bool {
        [b"JE", b"GY", b"IM"].iter().any(|area| self.outcode.starts_with(*area) && self.outcode[2].is_ascii_digit())
    }

    /// The outcode as the tables keep it.
    pub(super) fn outcode_key(&self) -> [u8; 4] {
        self.outcode
    }

    /// The sector as the tables keep it.
    pub(super) fn sector_key(&self) -> Option<[u8; 5]> {
        let [a, b, c, d] = self.outcode;
        Some([a, b, c, d, b'0' + self.sector?])
    }

    /// The unit's number in its sector, below [`UNITS_IN_A_SECTOR`].
    pub(super) fn unit_number(&self) -> Option<u16> {
        self.unit
    }

    pub(super) fn from_keys(sector: [u8; 5], unit: Option<u16>) -> Option<Postcode> {
        let [a, b, c, d, digit] = sector;
        if !digit.is_ascii_digit() || unit.is_some_and(|u| u >= UNITS_IN_A_SECTOR) {
            return None;
        }
        let mut postcode = Postcode::from_outcode_key([a, b, c, d])?;
        postcode.sector = Some(digit - b'0');
        postcode.unit = unit;
        Some(postcode)
    }

    pub(super) fn from_outcode_key(key: [u8; 4]) -> Option<Postcode> {
        let outcode = outcode_of(key.trim_ascii_end())?;
        Some(Postcode { outcode, sector: None, unit: None })
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.outcode.trim_ascii_end() {
            write!(f, "{}", char::from(*letter))?;
        }
        if let Some(digit) = self.sector {
            write!(f, " {digit}")?;
        }
        if let Some(unit) = self.unit {
            let letter = |i: u16| char::from(UNIT_LETTERS[usize::from(i) % 20]);
            write!(f, "{}{}", letter(unit / 20), letter(unit % 20))?;
        }
        Ok(())
    }
}

/// Text that could be a postcode: capitals and digits, and how many of them stood before the last space.
struct Typed {
    letters: Vec<u8>,
    space_after: Option<usize>,
}

impl Typed {
    fn read(text: &str) -> Option<Typed> {
        let mut letters = Vec::with_capacity(LONGEST);
        let mut space_after = None;
        for c in text.trim().chars() {
            if c.is_ascii_alphanumeric() {
                if letters.len() == LONGEST {
                    return None;
                }
                letters.push(c.to_ascii_uppercase() as u8);
            } else if c.is_whitespace() || matches!(c, '-' | '.' | '\u{a0}') {
                space_after = Some(letters.len());
            } else {
                return None;
            }
        }
        (letters.len() >= 2).then_some(Typed { letters, space_after })
    }

    fn parse_whole(&self) -> Option<Postcode> {
        self.splits().into_iter().find_map(|split| split.exact())
    }

    /// The ways to cut the text into outcode and the rest, the likeliest first.
    fn splits(&self) -> Vec<Split<'_>> {
        let n = self.letters.len();
        let mut cuts = Vec::new();
        // A space is believed if what follows it can be the rest of a postcode.
        match self.space_after {
            Some(at) if n - at == 1 => cuts.push(at),
            _ => {
                if n >= 5 {
                    cuts.push(n - 3);
                }
                cuts.extend([n, n - 1]);
            }
        }
        cuts.into_iter()
            .map(|at| {
                let (outcode, rest) = self.letters.split_at(at);
                Split { outcode, rest }
            })
            .collect()
    }
}

struct Split<'a> {
    outcode: &'a [u8],
    rest: &'a [u8],
}

impl Split<'_> {
    fn exact(&self) -> Option<Postcode> {
        Some(Postcode {
            outcode: outcode_of(self.outcode)?,
            sector: match self.rest.first() {
                None => None,
                Some(digit) => Some(digit_of(*digit)?),
            },
            unit: match self.rest {
                [_, first, second] => Some(letter_index(*first)? * 20 + letter_index(*second)?),
                [] | [_] => None,
                _ => return None,
            },
        })
    }

    /// With look-alikes swapped: the sector's digit wherever needed, the outcode's one at a time, then all of them.
    fn mended(&self) -> Vec<Postcode> {
        let rest: Vec<u8> = match self.rest.split_first() {
            None => Vec::new(),
            Some((digit, unit)) => std::iter::once(as_digit(*digit)).chain(unit.iter().copied()).collect(),
        };
        let mut outcodes = vec![self.outcode.to_vec()];
        for at in 0..self.outcode.len() {
            let swapped = match self.outcode[at] {
                b'0' => b'O',
                b'1' => b'I',
                letter => as_digit(letter),
            };
            if swapped != self.outcode[at] {
                let mut outcode = self.outcode.to_vec();
                outcode[at] = swapped;
                outcodes.push(outcode);
            }
        }
        // `SOI4` for `SO14`, `0L1O` for `OL10`: letters first, digits after, all at once.
        for letters in 1..self.outcode.len().min(3) {
            let all = self.outcode.iter().enumerate().map(|(at, c)| match c {
                b'0' if at < letters => b'O',
                b'1' if at < letters => b'I',
                c if at >= letters => as_digit(*c),
                c => *c,
            });
            outcodes.push(all.collect());
        }
        outcodes
            .iter()
            .filter_map(|outcode| {
                let rest = &rest;
                Split { outcode, rest }.exact()
            })
            .collect()
    }
}

fn as_digit(letter: u8) -> u8 {
    match letter {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    }
}

/// A9, A99, AA9, AA99, A9A or AA9A, filled up with spaces.
fn outcode_of(text: &[u8]) -> Option<[u8; 4]> {
    let shape: Vec<u8> = text
        .iter()
        .map(|c| match c {
            b'A'..=b'Z' => b'A',
            b'0'..=b'9' => b'9',
            _ => b'?',
        })
        .collect();
    let shapes: [&[u8]; 6] = [b"A9", b"A99", b"AA9", b"AA99", b"A9A", b"AA9A"];
    if !shapes.contains(&shape.as_slice()) {
        return None;
    }
    let mut outcode = [b' '; 4];
    outcode[..text.len()].copy_from_slice(text);
    Some(outcode)
}

fn digit_of(c: u8) -> Option<u8> {
    c.is_ascii_digit().then(|| c - b'0')
}

fn letter_index(c: u8) -> Option<u16> {
    let at = UNIT_LETTERS.iter().position(|l| *l == c)?;
    u16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Option<String> {
        Postcode::parse(text).map(|p| p.to_string())
    }

    #[test]
    fn every_shape_is_read_in_any_case_and_spacing() {
        let cases = [
            ("m1 4bt", "M1 4BT"),
            ("M14BT", "M1 4BT"),
            ("  sw1a1aa ", "SW1A 1AA"),
            ("SW1A  1", "SW1A 1"),
            ("m1 4", "M1 4"),
            ("M14", "M14"),
            ("w1a 1", "W1A 1"),
            ("OL10", "OL10"),
            ("m1 4 bt", "M1 4BT"),
            ("M1 44BT", "M14 4BT"),
        ];
        for (typed, right) in cases {
            assert_eq!(shown(typed).as_deref(), Some(right), "{typed}");
        }
        for wrong in ["", "M", "1M", "M1 4BC", "Bolton", "AAA1 1AA", "M1/4"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn look_alikes_are_put_right_in_their_slots() {
        let read = |text| -> Vec<String> {
            let readings = Postcode::readings(text);
            readings.iter().map(Postcode::to_string).collect()
        };
        assert_eq!(read("MI 4BT"), ["M1 4BT"]);
        assert_eq!(read("0L10 1AA"), ["OL10 1AA"]);
        assert!(read("M1O 4BT").contains(&"M10 4BT".to_owned()));
        assert_eq!(read("M1 OBT")[0], "M1 0BT");
        assert_eq!(read("M14")[..2], ["M14", "M1 4"]);
        assert_eq!(read("S014 1AA"), ["SO14 1AA"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,12}") {
            let _ = Postcode::parse(&text);
            let _ = Postcode::readings(&text);
        }

        #[test]
        fn what_is_written_reads_back(text in "[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9]([ABDEFGHJLNPQRSTUWXYZ]{2})?)?") {
            let postcode = Postcode::parse(&text).expect("has the shape of a postcode");
            prop_assert_eq!(postcode.to_string(), text.clone());
            prop_assert_eq!(Postcode::parse(&postcode.to_string()), Some(postcode));
            prop_assert_eq!(Postcode::readings(&text)[0], postcode);
        }
    }
}
