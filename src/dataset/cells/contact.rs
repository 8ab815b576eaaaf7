//! Phone numbers, e-mail addresses and web addresses.

use super::{Cell, plain, remarked};
use crate::dataset::catalogue::{DAMAGED_PHONE, LOST_ZERO, NOT_A_PHONE, NOT_A_WEBSITE, NOT_AN_EMAIL, UNSAFE_LINK};
use crate::dataset::problems::{Finding, shown};
use crate::model::{Email, Phone, Website};

/// A phone number. One of ten digits without its leading 0 gets it back, with a warning.
pub(in crate::dataset) fn phone(text: &str) -> Cell<Phone> {
    if is_scientific(text) {
        let message = format!("`{}` is a phone number that a spreadsheet has rounded", shown(text));
        return Err(
            Finding::new(&DAMAGED_PHONE, message).help("type the number again after making the column's format `Text`")
        );
    }
    let lost_zero =
        text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with(['0', '4', '5', '6']);
    if lost_zero && let Some(phone) = Phone::new(&format!("0{text}")) {
        let remark = Finding::new(&LOST_ZERO, format!("`{text}` was read as `0{text}`"))
            .help(format!("write `0{text}`, after making the column's format `Text`"));
        return remarked(phone, remark);
    }
    if let Some(phone) = Phone::new(text) {
        return plain(phone);
    }
    let finding = Finding::new(&NOT_A_PHONE, format!("`{}` is not a phone number", shown(text)));
    let number: String = text.chars().skip_while(|c| !c.is_ascii_digit() && *c != '+').collect();
    let number: String = number.chars().take_while(|c| c.is_ascii_digit() || " +-".contains(*c)).collect();
    let number = number.trim().trim_end_matches('-').trim_end();
    Err(match Phone::new(number) {
        Some(_) if number.len() >= 5 => finding.help(format!("write `{number}`, and put the words into a text column")),
        _ => finding.help("digits, spaces, `-` and brackets, and a `+` in front if need be"),
    })
}

/// `4.41612E+11`
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = power.strip_prefix('+').unwrap_or(power);
    digits(&number.replacen(['.', ','], "", 1)) && digits(power)
}

pub(in crate::dataset) fn email(text: &str) -> Cell<Email> {
    if let Some(email) = Email::new(text) {
        return plain(email);
    }
    let finding = Finding::new(&NOT_AN_EMAIL, format!("`{}` is not an e-mail address", shown(text)));
    let bare = text.strip_prefix("mailto:").unwrap_or(text);
    let cure = bare.replace(" at ", "@").replace("(at)", "@").replace("[at]", "@").replace(' ', "");
    let cure = cure.trim_end_matches(['.', ',', ';']);
    Err(match Email::new(cure) {
        Some(_) => finding.help(format!("write `{cure}`")),
        None if bare.matches('@').count() > 1 => finding.help("only one address fits; leave the others out"),
        None => finding.help("one `@`, a dot after it, no spaces: `hello@shed.example.org`"),
    })
}

pub(in crate::dataset) fn website(text: &str) -> Cell<Website> {
    if let Some(website) = Website::new(text) {
        return plain(website);
    }
    if let Some(scheme) = other_scheme(text) {
        let message = format!("`{scheme}:` links are not published");
        return Err(Finding::new(&UNSAFE_LINK, message).help("only `https` and `http` are; use the page's address"));
    }
    let finding = Finding::new(&NOT_A_WEBSITE, format!("`{}` is not a web address", shown(text)));
    let joined = text.replace(' ', "%20");
    let cures = [format!("https://{text}"), joined.clone(), format!("https://{joined}")];
    Err(match cures.iter().find(|cure| Website::new(cure).is_some()) {
        Some(cure) => finding.help(format!("write `{cure}`")),
        None => finding.help("copy it from the address bar of the browser: `https://shed.example.org`"),
    })
}

/// The scheme of a link that is neither `http` nor `https`; blanks and control characters within it do not hide it.
fn other_scheme(text: &str) -> Option<String> {
    let (before, after) = text.split_once(':')?;
    let scheme: String = before.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let scheme = scheme.to_ascii_lowercase();
    let is_scheme = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c));
    let is_port = after.starts_with(|c: char| c.is_ascii_digit()) && scheme == "localhost";
    (is_scheme && !is_port && scheme != "http" && scheme != "https").then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help<T: std::fmt::Debug>(cell: Cell<T>) -> String {
        cell.err().and_then(|finding| finding.help).unwrap_or_default()
    }

    #[test]
    fn phones() {
        for good in ["999", "111", "116 123", "0161 496 0123", "+44 161 496 0123", "(0161) 4960123", "0800-1111"] {
            assert!(phone(good).is_ok_and(|cell| cell.remark.is_none()), "{good}");
        }
        assert!(phone("7700900123").is_ok_and(|cell| cell.value.as_str() == "07700900123" && cell.remark.is_some()));
        assert!(phone("4.41612E+11").is_err_and(|finding| finding.kind.code == "E042"));
        assert_eq!(
            help(phone("0161 496 0123 (ask for Sam)")),
            "write `0161 496 0123`, and put the words into a text column"
        );
    }

    #[test]
    fn links() {
        assert!(website("JavaScript:alert(1)").is_err_and(|finding| finding.kind.code == "E045"));
        assert!(website("java\tscript:alert(1)").is_err_and(|finding| finding.kind.code == "E045"));
        assert_eq!(help(website("www.shed.example.org")), "write `https://www.shed.example.org`");
        assert_eq!(help(email("hello at shed.example.org")), "write `hello@shed.example.org`");
    }
}
