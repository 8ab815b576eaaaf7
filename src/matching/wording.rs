//! What is said to people, in plain English: why an option is there, what to check first, what is in the way.

use super::aims::{Aim, Wish};
use super::answer::Reason;
use super::candidates::Candidate;
use super::eligibility::Barrier;
use super::person::Person;
use super::travel::Travel;
use crate::index::Snapshot;
use crate::index::analysis::{stem, words};
use crate::index::facts::ServiceFacts;
use crate::model::{Convictions, Delivery, LedBy, Places, Referral, Service};
use crate::search::answer::Opens;
use crate::search::filter::covers;
use crate::search::rank::shown_distance;
use crate::search::understand::Way;
use jiff::civil::{Date, DateTime};

fn reason(field: &'static str, text: impl Into<String>) -> Reason {
    Reason { field, text: text.into() }
}

/// Reasons for one goal in own words: more would repeat themselves.
const MOST_PARTS: usize = 2;
/// A way that takes longer is named as something to think about, not as a reason to go, minutes.
const LONG_WAY_MINUTES: f64 = 90.0;
/// A way that is walked whatever was said about travel, km.
const WALKED_KM: f64 = 2.0;

/// Why an option is there, the most personal first.
pub fn because(
    snapshot: &Snapshot,
    person: &Person,
    candidate: &Candidate,
    service: &Service,
    shared: Option<DateTime>,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (at, aim) in person.aims.iter().enumerate() {
        reasons.extend(for_goal(snapshot, aim, candidate, candidate.served[at], service));
    }
    reasons.extend(way_there(snapshot, person, candidate));
    if let Some(at) = shared {
        let text = format!("Open on {}, when you are free", day_and_time(at));
        reasons.push(reason("sessions.opening_hours", text));
    }
    if service.led_by.contains(&LedBy::Peers) {
        reasons.push(reason("services.led_by", "Run by people who have been there"));
    } else if service.led_by.contains(&LedBy::Members) {
        reasons.push(reason("services.led_by", "Run by the people who go"));
    }
    match service.cost {
        Some(cost) if cost.is_free() => reasons.push(reason("services.cost", "It is free")),
        Some(cost) if person.most.is_some_and(|most| cost <= most) => {
            reasons.push(reason("services.cost", format!("It costs {cost}, which you said you can pay")));
        }
        _ => {}
    }
    if candidate.standing.fits.has(Barrier::Convictions) {
        reasons.push(reason("services.convictions", "Your past does not keep you out"));
    }
    if candidate.standing.fits.has(Barrier::Language) {
        reasons.push(reason("services.languages", "They speak your language"));
    }
    if candidate.standing.fits.has(Barrier::Access) && happens_somewhere(snapshot, candidate) {
        reasons.push(reason("locations.accessibility", "You can get in and around"));
    }
    if service.referral.contains(&Referral::DropIn) {
        reasons.push(reason("services.referral", "You can just turn up"));
    }
    if service.places == Some(Places::Open) {
        reasons.push(reason("services.places", "There is room"));
    }
    reasons
}

/// The parts of a goal that a service serves, in the person's own words, and what it is that serves them.
fn for_goal(snapshot: &Snapshot, aim: &Aim, candidate: &Candidate, served: u16, service: &Service) -> Vec<Reason> {
    if served == 0 {
        return Vec::new();
    }
    let facts = &snapshot.facts().services[candidate.service as usize];
    let mut parts = aim.parts_served(served);
    let fit = |wishes: &[&Wish]| wishes.iter().map(|wish| wish.fit_by_category(facts)).fold(0.0, f64::max);
    // The most direct first; what the team said it is comes before what stands in a text, which has no fit here.
    parts.sort_by(|(_, a), (_, b)| fit(b).total_cmp(&fit(a)));
    parts.truncate(MOST_PARTS);
    let reasons = parts.into_iter().map(|(text, wishes)| {
        let chosen = || goal_name(snapshot, aim.goals.first().map(|goal| goal.0));
        let name = if aim.text.is_empty() { chosen() } else { text.to_string() };
        let best = wishes.iter().max_by(|a, b| a.fit_by_category(facts).total_cmp(&b.fit_by_category(facts)));
        match best.and_then(|wish| serving_category(snapshot, wish, facts)) {
            Some(category) => reason("services.categories", format!("For “{name}”: {category}")),
            None => reason(field_that_has(&wishes, service), format!("It may help with “{name}”")),
        }
    });
    reasons.collect()
}

/// The name of the category by which a service serves a wish most directly.
fn serving_category<'s>(snapshot: &'s Snapshot, wish: &Wish, facts: &ServiceFacts) -> Option<&'s str> {
    let fit = |category: &u16| wish.fits[usize::from(*category)];
    let serving = facts.categories.iter().filter(|category| fit(category) > 0.0);
    // `max_by` gives the last of equals: the first category is what a service mainly is.
    let best = serving.rev().max_by(|a, b| fit(a).total_cmp(&fit(b)))?;
    Some(&snapshot.vocabulary().categories[usize::from(*best)].name)
}

/// The column in which one of the words stands.
fn field_that_has(wishes: &[&Wish], service: &Service) -> &'static str {
    let ways = wishes.iter().filter_map(|wish| wish.concept.as_ref()).flat_map(|concept| &concept.ways);
    let looked_for: Vec<String> = ways
        .flat_map(|way| match way {
            Way::Words { words, .. } => words.as_slice(),
            Way::Category { .. } => &[],
        })
        .map(|word| stem(word))
        .collect();
    let texts = [
        ("services.summary", &service.summary),
        ("services.description", &service.description),
        ("services.name", &service.name),
    ];
    let has = |text: &str| words(text).iter().any(|word| looked_for.contains(&stem(&word.text)));
    // The other texts that are searched are names: of the organisation and of the place.
    texts.into_iter().find(|(_, text)| has(text)).map_or("organisations.name", |(field, _)| field)
}

/// What is not stated or not sure, and so should be asked before going.
pub fn check_first(
    snapshot: &Snapshot,
    person: &Person,
    candidate: &Candidate,
    service: &Service,
    opens: Option<&Opens>,
    today: Date,
) -> Vec<Reason> {
    let mut checks = Vec::new();
    if !service.notice.is_empty() {
        checks.push(reason("services.notice", service.notice.clone()));
    }
    checks.extend(dates(snapshot, candidate, opens, today));
    checks.extend(long_way(snapshot, person, candidate));
    for barrier in candidate.standing.not_stated.iter() {
        checks.extend(match barrier {
            Barrier::Area => {
                let text = format!("It is meant for people in {}. Ask if you can come", areas(snapshot, candidate));
                Some(reason("services.covers", text))
            }
            barrier => not_stated(barrier, person, service),
        });
    }
    match service.cost {
        None => checks.push(reason("services.cost", "It does not say what it costs. Ask")),
        Some(cost) if person.most.is_some_and(|most| cost > most) => {
            checks.push(reason("services.cost", format!("It costs {cost}, more than you said. Ask about help to pay")));
        }
        Some(_) => {}
    }
    if service.places == Some(Places::WaitingList) {
        checks.push(reason("services.places", waiting_list(service)));
    }
    if service.referral == [Referral::Professional] {
        checks.push(reason("services.referral", "A worker has to put you forward. Ask yours"));
    }
    checks.extend(checked_long_ago(service, today));
    checks
}

/// How long the wait is, for a service with a waiting list.
pub fn waiting_list(service: &Service) -> String {
    match service.wait_weeks {
        Some(1) => "There is a waiting list of about a week".to_string(),
        Some(weeks) => format!("There is a waiting list of about {weeks} weeks"),
        None => "There is a waiting list. Ask how long".to_string(),
    }
}

/// That nobody has confirmed the facts within a year.
pub fn checked_long_ago(service: &Service, today: Date) -> Option<Reason> {
    match service.checked_on {
        None => Some(reason("services.checked_on", "Nobody has confirmed these facts yet. Ring first")),
        Some(day) if (today - day).get_days() > 365 => {
            let month = day.strftime("%B %Y");
            Some(reason("services.checked_on", format!("Last checked in {month}. Ring first")))
        }
        Some(_) => None,
    }
}

/// Sessions that have not begun, are over, or do not open soon.
fn dates(snapshot: &Snapshot, candidate: &Candidate, opens: Option<&Opens>, today: Date) -> Option<Reason> {
    let facts = snapshot.facts();
    let listing = &facts.listings[candidate.listing as usize];
    let sessions = &facts.sessions[listing.sessions.start as usize..listing.sessions.end as usize];
    if opens.is_some() || sessions.is_empty() || sessions.iter().any(|s| s.runs_on(today) && s.hours.is_none()) {
        return None;
    }
    let day = |day: Date| day.strftime("%-d %B %Y").to_string();
    let lasting: Vec<_> = sessions.iter().filter(|s| s.ends_on.is_none_or(|last| last >= today)).collect();
    if lasting.is_empty() {
        let last = sessions.iter().filter_map(|session| session.ends_on).max()?;
        return Some(reason("sessions.ends_on", format!("It ended on {}. Ask if it will be back", day(last))));
    }
    match lasting.iter().map(|session| session.starts_on.filter(|first| *first > today)).min()? {
        Some(first) => Some(reason("sessions.starts_on", format!("It starts on {}", day(first)))),
        None => Some(reason("sessions.opening_hours", "It is closed for the next two weeks. Ask when it opens")),
    }
}

/// A way that few would go without a lift or a fare.
fn long_way(snapshot: &Snapshot, person: &Person, candidate: &Candidate) -> Option<Reason> {
    let (travel, km) = person.travel.zip(candidate.distance_km)?;
    if travel.minutes(km) < LONG_WAY_MINUTES {
        return None;
    }
    let text = match takes(snapshot, candidate, travel, km) {
        Some(time) => format!("It is far: {time}. Ask about help to get there"),
        None => "It is far. Ask about help to get there".to_string(),
    };
    Some(reason("locations.latitude", text))
}

fn not_stated(barrier: Barrier, person: &Person, service: &Service) -> Option<Reason> {
    Some(match barrier {
        Barrier::Age => reason("services.minimum_age", "It does not say what ages it is for. Ask"),
        Barrier::Audience if person.audiences.is_empty() => {
            reason("services.only_for", "It is for some people only. Ask if that means you")
        }
        Barrier::Audience => reason("services.only_for", "It does not say if it is for everyone. Ask"),
        Barrier::Convictions if service.convictions == Some(Convictions::Ask) => {
            reason("services.convictions", "They decide person by person. Ask them early")
        }
        Barrier::Convictions => reason("services.convictions", "It does not say if a record matters. Ask them early"),
        Barrier::Language => reason("services.languages", "It does not say which languages they speak. Ask"),
        Barrier::Access => reason("locations.accessibility", "It does not say how to get in. Ask about what you need"),
        Barrier::When => reason("sessions.opening_hours", "It does not say when it is open. Ask"),
        Barrier::Places => reason("services.places", "It does not say if there is room. Ask"),
        Barrier::Area | Barrier::Distance => return None,
    })
}

/// What is in the way, and what would change it.
pub fn in_the_way(
    snapshot: &Snapshot,
    barrier: Barrier,
    person: &Person,
    candidate: &Candidate,
    service: &Service,
) -> (String, String) {
    match barrier {
        Barrier::Age => {
            let ages = match (service.age.minimum, service.age.maximum) {
                (Some(from), Some(to)) => format!("It is for ages {from} to {to}"),
                (Some(from), None) => format!("It is for ages {from} and over"),
                (None, Some(to)) => format!("It is for ages up to {to}"),
                (None, None) => "It is for other ages".to_string(),
            };
            (ages, "Ask if they know of the same for your age".to_string())
        }
        Barrier::Audience => (
            "It is only for some people, and you did not say you are one of them".to_string(),
            "If you are, say so and look again".to_string(),
        ),
        Barrier::Convictions => (
            "They say they cannot take people with a record".to_string(),
            "A worker can ask if that is so for everyone".to_string(),
        ),
        Barrier::Language => {
            ("They do not say that they speak your language".to_string(), "Ask about an interpreter".to_string())
        }
        Barrier::Access => (
            "The place lacks something you need to get in or around".to_string(),
            "Ask if they can meet you somewhere else, or by phone".to_string(),
        ),
        Barrier::Area => (
            format!("It is for people in {}", areas(snapshot, candidate)),
            "Ask if they know of the same where you are".to_string(),
        ),
        Barrier::Distance => {
            let text = match candidate.distance_km {
                Some(km) => {
                    let confidential = snapshot.facts().listings[candidate.listing as usize].confidential;
                    format!("It is {}", away(km, confidential))
                }
                None => "It is not near you".to_string(),
            };
            (text, "Go further, or ask a fund to pay the fare".to_string())
        }
        Barrier::When => {
            let text = if person.when.is_some() { "It is not open when you are free" } else { "It is closed" };
            (text.to_string(), "Look at other times".to_string())
        }
        Barrier::Places => ("It is full".to_string(), "Ask when there will be room".to_string()),
    }
}

fn way_there(snapshot: &Snapshot, person: &Person, candidate: &Candidate) -> Option<Reason> {
    let facts = snapshot.facts();
    let listing = &facts.listings[candidate.listing as usize];
    let service = &facts.services[candidate.service as usize];
    let place = person.place.as_ref();
    if listing.point.is_none() {
        if service.delivery.has(Delivery::Phone) {
            return Some(reason("services.delivery", "You can do it by phone"));
        }
        if service.delivery.has(Delivery::Online) {
            return Some(reason("services.delivery", "You can do it online"));
        }
        return place
            .filter(|p| covers(service, &p.areas))
            .map(|_| reason("services.covers", "They come to your area"));
    }
    let km = candidate.distance_km?;
    if place.is_some_and(|place| covers(service, &place.areas)) && km > WALKED_KM {
        return Some(reason("services.covers", "It is for people in your area"));
    }
    let by_travel = person.travel.filter(|travel| travel.minutes(km) < LONG_WAY_MINUTES);
    let text = match by_travel.and_then(|travel| takes(snapshot, candidate, travel, km)) {
        Some(time) => capital(&time),
        None if listing.confidential => format!("{}. They will tell you where", capital(&away(km, true))),
        None if person.travel.is_none() && km <= WALKED_KM => {
            format!("{}, {}", capital(&away(km, false)), minutes(Travel::Walk, km))
        }
        None if by_travel.is_none() && person.travel.is_some() => return None,
        None => capital(&away(km, false)),
    };
    Some(reason("locations.latitude", text))
}

/// "About 12 minutes by bus", "about 3 hours on foot"; nothing for a confidential location, which it would give away.
fn takes(snapshot: &Snapshot, candidate: &Candidate, travel: Travel, km: f64) -> Option<String> {
    let listing = &snapshot.facts().listings[candidate.listing as usize];
    (!listing.confidential).then(|| minutes(travel, km))
}

fn minutes(travel: Travel, km: f64) -> String {
    let by = match travel {
        Travel::Walk => "on foot",
        Travel::Cycle => "by bike",
        Travel::Bus => "by bus",
        Travel::Car => "by car",
    };
    let minutes = travel.minutes(km).round().max(1.0);
    if minutes < LONG_WAY_MINUTES {
        let unit = if minutes == 1.0 { "minute" } else { "minutes" };
        return format!("about {minutes} {unit} {by}");
    }
    let halves = (minutes / 30.0).round();
    let hours = (halves / 2.0).floor();
    let half = if halves % 2.0 == 1.0 { " and a half" } else { "" };
    let unit = if halves == 2.0 { "hour" } else { "hours" };
    format!("about {hours}{half} {unit} {by}")
}

/// "0.4 km away"; "less than 100 metres away"; whole km for a confidential location.
fn away(km: f64, confidential: bool) -> String {
    let km = shown_distance(km, confidential);
    match confidential {
        true if km < 1.0 => "less than 1 km away".to_string(),
        true => format!("about {km} km away"),
        false if km < 0.1 => "less than 100 metres away".to_string(),
        false if km < 10.0 => format!("{km:.1} km away"),
        false => format!("{km:.0} km away"),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

fn happens_somewhere(snapshot: &Snapshot, candidate: &Candidate) -> bool {
    snapshot.facts().listings[candidate.listing as usize].location.is_some()
}

/// The areas that a service is for, as in "Bolton, Bury and Wigan".
fn areas(snapshot: &Snapshot, candidate: &Candidate) -> String {
    let covers = &snapshot.facts().services[candidate.service as usize].covers;
    let mut names: Vec<&str> =
        covers.iter().map(|area| snapshot.vocabulary().areas[usize::from(*area)].name.as_str()).collect();
    names.sort_unstable();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last.to_string() } else { format!("{} and {last}", names.join(", ")) }
}

fn goal_name(snapshot: &Snapshot, goal: Option<u16>) -> String {
    goal.map(|goal| snapshot.vocabulary().goals[usize::from(goal)].name.clone()).unwrap_or_default()
}

/// "Tuesday at 6pm", "Friday at 10.30am".
fn day_and_time(at: DateTime) -> String {
    format!("{} at {}", at.strftime("%A"), clock(at))
}

/// "6pm", "10.30am".
pub fn clock(at: DateTime) -> String {
    let hour = match at.hour() {
        0 => 12,
        hour @ 1..=12 => hour,
        hour => hour - 12,
    };
    let half = if at.hour() < 12 { "am" } else { "pm" };
    let minutes = if at.minute() == 0 { String::new() } else { format!(".{:02}", at.minute()) };
    format!("{hour}{minutes}{half}")
}
