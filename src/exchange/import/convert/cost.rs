//! What a service costs: one plain price becomes a number, everything else words.

use super::Converter;
use crate::exchange::import::prose;
use crate::exchange::import::record::{list, text, texts};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;
use crate::model::Pounds;

/// Words that say that nothing is to pay, and nothing else.
const FREE: [&str; 12] = [
    "free",
    "free of charge",
    "no charge",
    "no cost",
    "no fee",
    "no fees",
    "free service",
    "free to attend",
    "nil",
    "it is free",
    "this service is free",
    "this is a free service",
];

impl Converter<'_> {
    pub(super) fn cost(&mut self, record: &Record, row: &mut Row) {
        let fees = texts(record, &["fees_description", "fees"]);
        let mut notes: Vec<String> = Vec::new();
        let mut amounts: Vec<Pounds> = Vec::new();
        for option in list(record, &["cost_options"]) {
            let currency = text(option, &["currency"]).unwrap_or_else(|| "GBP".to_string());
            let words = texts(option, &["option", "amount_description"]).join(", ");
            let amount = text(option, &["amount"]);
            let number =
                amount.as_deref().map(|amount| amount.trim_start_matches('£')).and_then(|amount| amount.parse().ok());
            let pounds = number.and_then(Pounds::new).filter(|_| currency.eq_ignore_ascii_case("gbp"));
            match (pounds, &amount) {
                (Some(pounds), _) => {
                    self.report.carried("cost_option.amount");
                    amounts.push(pounds);
                    let said = if words.is_empty() { String::new() } else { format!("{words}: {pounds}") };
                    notes.extend(Some(said).filter(|said| !said.is_empty()));
                }
                (None, Some(amount)) => {
                    self.report.changed("cost_option.amount", "became words", amount);
                    notes.push(format!("{words} {currency} {amount}").trim().to_string());
                }
                (None, None) => notes.extend(Some(words).filter(|words| !words.is_empty())),
            }
        }
        for stated in fees {
            let line = prose::plain(&stated).text;
            match plain_price(&line) {
                Some(pounds) => {
                    self.report.changed("service.fees", "became a price", &stated);
                    amounts.push(pounds);
                }
                None => {
                    self.report.carried("service.fees");
                    if !notes.contains(&line) {
                        notes.push(line);
                    }
                }
            }
        }
        amounts.dedup();
        // One price is what a visit costs. Of several nobody can say which is meant: the words say them all.
        if let [amount] = amounts.as_slice() {
            row.set("cost", amount.pounds().to_string());
            if let [note] = notes.as_mut_slice()
                && let Some(words) = note.strip_suffix(&format!(": {amount}"))
            {
                *note = words.to_string();
            }
        }
        row.set("cost_note", prose::plain(&notes.join("\n")).text);
    }
}

/// `Free`, `£3`, `£2.50 per session`.
fn plain_price(text: &str) -> Option<Pounds> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    if FREE.contains(&lower.as_str()) {
        return Some(Pounds::ZERO);
    }
    let (number, rest) = lower.strip_prefix('£')?.split_at_checked(
        lower
            .strip_prefix('£')?
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(lower.len() - '£'.len_utf8()),
    )?;
    let rest = rest.trim();
    let each = [
        "",
        "per session",
        "a session",
        "per visit",
        "a visit",
        "per class",
        "per person",
        "each",
        "per week",
        "weekly",
    ];
    each.contains(&rest).then(|| number.parse().ok().and_then(Pounds::new)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_prices_are_prices() {
        let price = |text| plain_price(text).map(Pounds::pence);
        assert_eq!(price("Free."), Some(0));
        assert_eq!(price("£2.50 per session"), Some(250));
        assert_eq!(price("£3"), Some(300));
        assert_eq!(price("£3 for members, £5 for others"), None);
        assert_eq!(price("Free for under-fives"), None);
        assert_eq!(price("from £3"), None);
        assert_eq!(price("£"), None);
    }
}
