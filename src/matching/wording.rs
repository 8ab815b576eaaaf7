//! What is said to people, in plain English: why an option is there, what to check first, what is in the way.

use super::aims::Aim;
use super::answer::Reason;
use super::candidates::Candidate;
use super::eligibility::Barrier;
use super::person::Person;
use super::travel::Travel;
use crate::index::Snapshot;
use crate::model::{Convictions, Delivery, LedBy, Places, Referral, Service};
use crate::search::filter::covers;
use crate::search::rank::shown_distance;
use jiff::civil::{Date, DateTime};

fn reason(field: &'static str, text: impl Into<String>) -> Reason {
    Reason { field, text: text.into() }
}

/// Why an option is there, the most personal first.
pub fn because(
    snapshot: &Snapshot,
    person: &Person,
    candidate: &Candidate,
    service: &Service,
    shared: Option<DateTime>,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (aim, _) in person.aims.iter().zip(&candidate.fits).filter(|(_, fit)| **fit > 0.0) {
        let names = serving_categories(snapshot, aim, candidate);
        let text = match (aim.text.is_empty(), names.first()) {
            (true, Some(name)) => format!("For “{}”: {name}", goal_name(snapshot, aim.goals.first().map(|g| g.0))),
            (false, Some(name)) => format!("For “{}”: {name}", aim.text),
            (_, None) => format!("It speaks of “{}”", aim.text),
        };
        let field = if names.is_empty() { "services.description" } else { "services.categories" };
        reasons.push(reason(field, text));
    }
    reasons.extend(way_there(snapshot, person, candidate));
    if let Some(at) = shared {
        let text = format!("{}, when you said you are free", day_and_time(at));
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
            reasons.push(reason("services.cost", format!("It costs {cost}, which is within what you can spend")));
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

/// What is not stated or not sure, and so should be asked before going.
pub fn check_first(person: &Person, candidate: &Candidate, service: &Service, today: Date) -> Vec<Reason> {
    let mut checks = Vec::new();
    for barrier in candidate.standing.not_stated.iter() {
        checks.extend(not_stated(barrier, person, service));
    }
    match service.cost {
        None => checks.push(reason("services.cost", "It does not say what it costs. Ask")),
        Some(cost) if person.most.is_some_and(|most| cost > most) => {
            checks.push(reason("services.cost", format!("It costs {cost}, more than you said. Ask about help to pay")));
        }
        Some(_) => {}
    }
    if service.places == Some(Places::WaitingList) {
        let text = match service.wait_weeks {
            Some(1) => "There is a waiting list of about a week".to_string(),
            Some(weeks) => format!("There is a waiting list of about {weeks} weeks"),
            None => "There is a waiting list. Ask how long".to_string(),
        };
        checks.push(reason("services.places", text));
    }
    if service.referral == [Referral::Professional] {
        checks.push(reason("services.referral", "A worker has to put you forward. Ask yours"));
    }
    match service.checked_on {
        None => checks.push(reason("services.checked_on", "Nobody has confirmed these facts yet. Ring first")),
        Some(day) if (today - day).get_days() > 365 => {
            let month = day.strftime("%B %Y");
            checks.push(reason("services.checked_on", format!("Last checked in {month}. Ring first")));
        }
        Some(_) => {}
    }
    checks
}

fn not_stated(barrier: Barrier, person: &Person, service: &Service) -> Option<Reason> {
    Some(match barrier {
        Barrier::Age => reason("services.minimum_age", "It does not say what ages it is for. Ask"),
        Barrier::Audience if person.audiences.is_empty() => {
            reason("services.only_for", "It is for some people only. Ask if that means you")
        }
        Barrier::Audience => reason("services.only_for", "It does not say who it is for. Ask"),
        Barrier::Convictions if service.convictions == Some(Convictions::Ask) => {
            reason("services.convictions", "They decide person by person. Ask them early")
        }
        Barrier::Convictions => reason("services.convictions", "It does not say if a record matters. Ask them early"),
        Barrier::Language => reason("services.languages", "It does not say which languages they speak. Ask"),
        Barrier::Access => reason("locations.accessibility", "It does not say how to get in. Ask about what you need"),
        Barrier::When => reason("sessions.opening_hours", "It does not say when it is open. Ask"),
        Barrier::Places => reason("services.places", "It does not say if there is room. Ask"),
        Barrier::Distance => return None,
    })
}

/// What is in the way, and what would change it.
pub fn in_the_way(barrier: Barrier, person: &Person, candidate: &Candidate, service: &Service) -> (String, String) {
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
        Barrier::Audience => {
            ("It is for other people than you said".to_string(), "If you are one of them, say so".to_string())
        }
        Barrier::Convictions => (
            "They say they cannot take people with a record".to_string(),
            "A worker can ask if that is so for everyone".to_string(),
        ),
        Barrier::Language => {
            ("They do not speak the languages you said".to_string(), "Ask about an interpreter".to_string())
        }
        Barrier::Access => (
            "The place lacks something you need to get in or around".to_string(),
            "Ask if they can meet you somewhere else, or by phone".to_string(),
        ),
        Barrier::Distance => {
            let km = candidate.distance_km.map(|km| format!("It is {} km away", shown_distance(km, true)));
            let text = km.unwrap_or_else(|| "It is outside your area".to_string());
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
    let by_travel = person.travel.map(|travel| {
        let minutes = (travel.minutes(km).round() as u32).max(1);
        let by = match travel {
            Travel::Walk => "on foot",
            Travel::Cycle => "by bike",
            Travel::Bus => "by bus",
            Travel::Car => "by car",
        };
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        format!("About {minutes} {unit} {by}")
    });
    let text = match by_travel {
        Some(text) if !listing.confidential => text,
        _ if listing.confidential => format!("About {} km away; they will tell you where", shown_distance(km, true)),
        _ => format!("{:.1} km away", km),
    };
    Some(reason("locations.latitude", text))
}

/// Names of the candidate's categories that serve an aim, the most direct first.
fn serving_categories(snapshot: &Snapshot, aim: &Aim, candidate: &Candidate) -> Vec<String> {
    let facts = &snapshot.facts().services[candidate.service as usize];
    let fit = |category: &u16| aim.fits[usize::from(*category)];
    let mut serving: Vec<u16> = facts.categories.iter().copied().filter(|category| fit(category) > 0.0).collect();
    serving.sort_by(|a, b| fit(b).total_cmp(&fit(a)));
    serving.into_iter().map(|category| snapshot.vocabulary().categories[usize::from(category)].name.clone()).collect()
}

fn happens_somewhere(snapshot: &Snapshot, candidate: &Candidate) -> bool {
    snapshot.facts().listings[candidate.listing as usize].location.is_some()
}

fn goal_name(snapshot: &Snapshot, goal: Option<u16>) -> String {
    goal.map(|goal| snapshot.vocabulary().goals[usize::from(goal)].name.clone()).unwrap_or_default()
}

/// "Tuesday 6pm", "Friday 10.30am".
fn day_and_time(at: DateTime) -> String {
    let hour = match at.hour() {
        0 => 12,
        hour @ 1..=12 => hour,
        hour => hour - 12,
    };
    let half = if at.hour() < 12 { "am" } else { "pm" };
    let minutes = if at.minute() == 0 { String::new() } else { format!(".{:02}", at.minute()) };
    format!("{} {hour}{minutes}{half}", at.strftime("%A"))
}
