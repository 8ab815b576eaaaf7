//! What is said of a service's own facts, the same on a card, on a sheet, in a worker's list and in a plan: when it is next,
//! where, what it costs, how one joins, for what ages. Each is a short sentence that stands by itself; what is not stated
//! is said to be so, and never taken for "no".

use crate::language::Texts;
use crate::model::{Delivery, Pounds, Referral};
use crate::search::answer::Opens;
use jiff::civil::{Date, DateTime, Time};

/// "Free", "£2.50 a visit"; none where a note alone says something of it.
pub fn price(texts: &Texts, cost: Option<Pounds>, note: &str) -> Option<String> {
    match cost {
        None if note.is_empty() => Some(texts.text("entry.cost_not_stated").to_string()),
        None => None,
        Some(cost) if cost.is_free() => Some(texts.text("entry.free").to_string()),
        Some(cost) => Some(texts.say("entry.a_visit", &[("cost", &cost)])),
    }
}

/// The price with what the directory says beside it: "£2.50 a visit. Bus fares paid".
pub fn cost(texts: &Texts, cost: Option<Pounds>, note: &str) -> String {
    let note = Some(note.to_string()).filter(|note| !note.is_empty());
    price(texts, cost, note.as_deref().unwrap_or_default()).into_iter().chain(note).collect::<Vec<_>>().join(". ")
}

/// "Today, 10am to 1pm", "Open now, until 5pm", "Saturday 28 November, from 9am". `to_come` is the day on which it first
/// begins, if it states one.
pub fn next(texts: &Texts, opens: Option<Opens>, to_come: Option<Date>, now: DateTime) -> String {
    let Some(opens) = opens else {
        return match to_come.filter(|first| *first > now.date()) {
            Some(first) => texts.say("entry.from_date", &[("date", &texts.date(first))]),
            None => texts.text("entry.ask_when").to_string(),
        };
    };
    let day = match (opens.starts.date() - now.date()).get_days() {
        0 => texts.text("entry.today").to_string(),
        1 => texts.text("entry.tomorrow").to_string(),
        _ => texts.day(opens.starts.date()),
    };
    let from = texts.clock(opens.starts.time());
    match (opens.open_now, opens.ends) {
        (true, None) => texts.text("entry.always_open").to_string(),
        (true, Some(ends)) if ends.date() == now.date() || ends.time() == Time::midnight() => {
            texts.say("entry.open_now_until", &[("time", &texts.clock(ends.time()))])
        }
        (true, Some(ends)) => texts.say("entry.open_now_until", &[("time", &texts.day_and_time(ends))]),
        (false, None) => texts.say("entry.day_from", &[("day", &day), ("from", &from)]),
        (false, Some(ends)) => {
            texts.say("entry.day_from_to", &[("day", &day), ("from", &from), ("to", &texts.clock(ends.time()))])
        }
    }
}

/// An address in a line. Some begin with the name of the house, which is not said twice.
pub fn address(name: &str, address: &str, town: &str, postcode: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in [name, address, town, postcode] {
        match parts.iter_mut().find(|known| part.starts_with(**known)) {
            _ if part.is_empty() => {}
            Some(known) => *known = part,
            None => parts.push(part),
        }
    }
    parts.join(", ")
}

/// How something happens that has no venue: "By phone or online".
pub fn without_venue<'a>(texts: &'a Texts, delivery: &[Delivery]) -> &'a str {
    let has = |way| delivery.contains(&way);
    texts.text(match (has(Delivery::Outreach), has(Delivery::Phone), has(Delivery::Online)) {
        (true, true, _) => "entry.they_come_or_phone",
        (true, false, true) => "entry.they_come_or_online",
        (true, false, false) => "entry.they_come",
        (false, true, true) => "entry.phone_or_online",
        (false, true, false) => "entry.by_phone",
        (false, false, true) => "entry.online",
        (false, false, false) => "entry.ask_where",
    })
}

/// The easiest way in: "Just turn up".
pub fn join<'a>(texts: &'a Texts, referral: &[Referral], delivery: &[Delivery]) -> &'a str {
    let from_afar = |delivery: &Delivery| matches!(delivery, Delivery::Phone | Delivery::Online);
    let nowhere = !delivery.is_empty() && delivery.iter().all(from_afar);
    texts.text(match referral {
        [Referral::Professional] => "entry.join_by_worker",
        ways if ways.contains(&Referral::DropIn) && nowhere => "entry.join_by_ringing",
        ways if ways.contains(&Referral::DropIn) => "entry.join_by_turning_up",
        ways if ways.contains(&Referral::SelfReferral) => "entry.join_yourself",
        _ => "entry.join_ask",
    })
}

/// "Women, ages 18 to 25": who alone may come; none if nothing is stated.
pub fn only_for(texts: &Texts, audiences: &[String], minimum: Option<u8>, maximum: Option<u8>) -> Option<String> {
    let ages = match (minimum, maximum) {
        (Some(from), Some(to)) => Some(texts.say("entry.ages_from_to", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(texts.say("entry.ages_from", &[("from", &from)])),
        (None, Some(to)) => Some(texts.say("entry.ages_to", &[("to", &to)])),
        (None, None) => None,
    };
    let said: Vec<String> = audiences.iter().cloned().chain(ages).collect();
    (!said.is_empty()).then(|| super::capital(&said.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{address, cost, join, only_for, without_venue};
    use crate::language::Language;
    use crate::model::{Delivery, Pounds, Referral};

    #[test]
    fn a_house_that_the_address_begins_with_is_not_said_twice() {
        assert_eq!(
            address("Oak House", "Oak House, 3 Mill Lane", "Bolton", "BL1 1SE"),
            "Oak House, 3 Mill Lane, Bolton, BL1 1SE"
        );
        assert_eq!(address("Oak House", "", "Bolton", ""), "Oak House, Bolton");
    }

    #[test]
    fn what_is_not_stated_is_said_to_be_so() {
        let texts = Language::English.texts();
        assert_eq!(cost(texts, None, ""), "It does not say. Ask");
        assert_eq!(cost(texts, None, "Pay what you can"), "Pay what you can");
        assert_eq!(cost(texts, Pounds::new(2.5), "Fares paid"), "£2.50 a visit. Fares paid");
        assert_eq!(join(texts, &[], &[]), "Ask how to join");
        assert_eq!(without_venue(texts, &[]), "Ask where it is");
        assert_eq!(only_for(texts, &[], None, None), None);
    }

    #[test]
    fn the_easiest_way_in_is_said() {
        let texts = Language::English.texts();
        let ways = [Referral::DropIn, Referral::SelfReferral];
        assert_eq!(join(texts, &ways, &[Delivery::InPerson, Delivery::Phone]), "Just turn up");
        assert_eq!(join(texts, &ways, &[Delivery::Phone]), "Just ring or write");
        assert_eq!(join(texts, &[Referral::Professional], &[]), "A worker has to put you forward");
        assert_eq!(without_venue(texts, &[Delivery::Online, Delivery::Phone]), "By phone or online");
        let women = ["Women".to_string()];
        assert_eq!(only_for(texts, &women, Some(18), Some(25)).as_deref(), Some("Women, ages 18 to 25"));
        assert_eq!(only_for(texts, &[], Some(50), None).as_deref(), Some("Ages 50 and over"));
    }
}
