//! Numbers and amounts of money. `NaN`, `inf` and `1e999` are not numbers, whatever a parser says.

use super::{Cell, plain, remarked};
use crate::dataset::catalogue::{NOT_A_NUMBER, NOT_MONEY, NOT_WHOLE, OUT_OF_RANGE, POUND_SIGN};
use crate::dataset::problems::{Finding, shown};
use crate::model::Pounds;

/// A number with its bounds.
pub(in crate::dataset) fn number(text: &str, from: f64, to: f64) -> Cell<f64> {
    let Some(number) = parse(text) else { return Err(not_a_number(text)) };
    if !(from..=to).contains(&number) {
        return Err(out_of_range(text, from, to));
    }
    plain(number)
}

/// A whole number with its bounds.
pub(in crate::dataset) fn integer(text: &str, from: i64, to: i64) -> Cell<i64> {
    let Some(number) = parse(text) else { return Err(not_a_number(text)) };
    if number.fract() != 0.0 {
        let message = format!("`{}` is not a whole number", shown(text));
        return Err(Finding::new(&NOT_WHOLE, message).help(format!("write `{}`", number.round())));
    }
    if !(from as f64..=to as f64).contains(&number) {
        return Err(out_of_range(text, from as f64, to as f64));
    }
    if text.parse::<i64>().is_err() {
        // `18.0`, as some programs write whole numbers.
        let remark = super::code::other_spelling(text, &number.to_string());
        return remarked(number as i64, remark);
    }
    plain(number as i64)
}

/// An amount in GBP. A pound sign is passed over, with a warning.
pub(in crate::dataset) fn money(text: &str) -> Cell<Pounds> {
    let bare = text.trim_start_matches(['£', ' ']).trim_end_matches(" GBP").trim_end();
    let Some(number) = parse(bare) else {
        let finding = Finding::new(&NOT_MONEY, format!("`{}` is not an amount in pounds", shown(text)));
        return Err(match money_cure(bare) {
            Some(cure) => finding.help(format!("write `{cure}`, and put words into the note beside it")),
            None => finding.help("write the number alone, such as `2.50`; `0` is free; empty is not stated"),
        });
    };
    let Some(amount) = Pounds::new(number) else {
        return Err(out_of_range(text, 0.0, Pounds::MOST.pounds()));
    };
    if bare == text {
        return plain(amount);
    }
    let remark = Finding::new(&POUND_SIGN, format!("`{}` was read as {bare}", shown(text)));
    remarked(amount, remark.help(format!("write `{bare}`")))
}

fn money_cure(text: &str) -> Option<String> {
    if matches!(text.to_lowercase().as_str(), "free" | "none" | "nil" | "no charge" | "no cost" | "free of charge") {
        return Some("0".to_string());
    }
    if let Some(pence) = text.strip_suffix('p').and_then(|pence| pence.trim().parse::<u32>().ok()) {
        return Some(format!("{}.{:02}", pence / 100, pence % 100));
    }
    let amount: String = text.chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    decimal_comma(&amount).or_else(|| parse(&amount).map(|_| amount))
}

/// Digits with at most one point and a sign: nothing else that the standard library takes for a number.
fn parse(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = if plain && text.len() <= 30 { text.parse().ok()? } else { return None };
    number.is_finite().then_some(number)
}

fn not_a_number(text: &str) -> Finding {
    let finding = Finding::new(&NOT_A_NUMBER, format!("`{}` is not a number", shown(text)));
    let signed = text.replace(['−', '–'], "-");
    match decimal_comma(text).or_else(|| parse(&signed).map(|_| signed)) {
        Some(cure) => finding.help(format!("write `{cure}`")),
        None => finding.help("write digits, with a point before the parts"),
    }
}

/// `51,5074` → `51.5074`; `1,000` → `1000`.
fn decimal_comma(text: &str) -> Option<String> {
    let (whole, parts) = text.split_once(',')?;
    let thousands = parts.len() == 3 && whole.len() <= 3 && parse(parts).is_some() && !whole.starts_with('-');
    let cure = if thousands { format!("{whole}{parts}") } else { format!("{whole}.{parts}") };
    parse(&cure).map(|_| cure)
}

fn out_of_range(text: &str, from: f64, to: f64) -> Finding {
    Finding::new(&OUT_OF_RANGE, format!("`{}` is not from {from} to {to}", shown(text)))
        .help("look for a slip of the finger")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<T: std::fmt::Debug>(cell: Cell<T>) -> String {
        match cell {
            Ok(cell) => format!("{:?} {}", cell.value, cell.remark.map_or("", |remark| remark.kind.code)),
            Err(finding) => format!("{}: {}", finding.kind.code, finding.help.unwrap_or_default()),
        }
    }

    #[test]
    fn numbers_and_their_cures() {
        assert_eq!(said(number("-2.25", -180.0, 180.0)), "-2.25 ");
        assert_eq!(said(number("51,5074", -90.0, 90.0)), "E033: write `51.5074`");
        for none in ["NaN", "inf", "1e999", "0x10", "1_000", ".", "-", "²"] {
            assert!(number(none, -1e9, 1e9).is_err_and(|finding| finding.kind.code == "E033"), "{none}");
        }
        assert_eq!(said(number("91", -90.0, 90.0)), "E034: look for a slip of the finger");
        assert_eq!(said(integer("17.5", 0, 120)), "E035: write `18`");
        assert_eq!(said(integer("18.0", 0, 120)), "18 W011");
    }

    #[test]
    fn amounts_and_their_cures() {
        assert_eq!(said(money("2.50")), "Pounds(250) ");
        assert_eq!(said(money("£2.50")), "Pounds(250) W012");
        assert_eq!(said(money("free")), "E039: write `0`, and put words into the note beside it");
        assert_eq!(said(money("2,50")), "E039: write `2.50`, and put words into the note beside it");
        assert_eq!(said(money("50p")), "E039: write `0.50`, and put words into the note beside it");
        assert_eq!(said(money("£3 per family")), "E039: write `3`, and put words into the note beside it");
        assert_eq!(said(money("-1")), "E034: look for a slip of the finger");
    }
}
