//! What holds of every directory and every question, worked out again by simpler means.

use crate::fixture::generated::{
    self, ACCESS, AREAS, AUDIENCES, CATEGORIES, CENTRE, DELIVERY, LANGUAGES, LED_BY, MadeService, REFERRAL, VENUES,
    a_service,
};
use crate::fixture::served::{Served, ids};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Any question made of these fields; a field that is null asks nothing.
fn a_question() -> impl Strategy<Value = Map<String, Value>> {
    fn one(values: &'static [&'static str]) -> impl Strategy<Value = Value> {
        option::weighted(0.25, select(values)).prop_map(|value| json!(value))
    }
    let q = [
        "garden",
        "walk talk",
        "somewhere to sleep",
        "women together",
        "hou",
        "fotball",
        "nobody to talk to",
        "music night",
    ];
    let place = option::weighted(0.6, option::of(select(&[0.2, 3.0, 10.0, 20.0, 400.0][..])));
    let what =
        (option::of(select(q.to_vec())), place, one(&CATEGORIES), one(&["belonging", "own_home"]), one(&AUDIENCES));
    let who = (option::weighted(0.3, 15..62u8), one(&LANGUAGES), one(&ACCESS), one(&DELIVERY), one(&REFERRAL));
    let how = (
        one(&LED_BY),
        option::weighted(0.2, any::<bool>()),
        option::weighted(0.2, any::<bool>()),
        one(&["2026-11-25T12:00", "2026-11-25T19:00", "2026-11-28T01:00"]),
        select(&["best", "name", "opens"][..]),
    );
    (what, who, how).prop_map(|(what, who, how)| {
        let near = what.1.map(|_| json!({"latitude": CENTRE.0, "longitude": CENTRE.1}));
        let question = json!({
            "q": what.0, "near": near, "within_km": what.1.flatten(), "category": what.2, "goal": what.3, "audience": what.4,
            "age": who.0, "language": who.1, "access": who.2, "delivery": who.3, "referral": who.4,
            "led_by": how.0, "free": how.1, "convictions": how.2, "open_at": how.3, "sort": how.4, "per_page": 100,
        });
        let Value::Object(fields) = question else { unreachable!() };
        fields.into_iter().filter(|(_, value)| !value.is_null()).collect()
    })
}

const FILTERS: [&str; 13] = [
    "within_km",
    "category",
    "goal",
    "audience",
    "age",
    "language",
    "access",
    "delivery",
    "referral",
    "led_by",
    "free",
    "convictions",
    "open_at",
];

/// The great-circle distance by the law of cosines: another way than the one under test.
fn km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (a, b) = (from.0.to_radians(), to.0.to_radians());
    let turn = (to.1 - from.1).to_radians();
    6_371.008_8 * (a.sin() * b.sin() + a.cos() * b.cos() * turn.cos()).clamp(-1.0, 1.0).acos()
}

/// A category and those above it.
fn line(category: &str) -> Vec<&str> {
    match category {
        "housing" => vec!["housing", "home"],
        "gardening" => vec!["gardening", "outdoors"],
        other => vec![other],
    }
}

fn serves(goal: &str, category: &str) -> bool {
    matches!((goal, category), ("belonging", "peer_support" | "gardening") | ("own_home", "housing"))
}

fn is_open(hours: &str, at: &str) -> bool {
    match hours {
        "Mo-Fr 09:00-17:00" | "Mo-Su 10:00-14:00" => at == "2026-11-25T12:00",
        "We 18:00-20:30" => at == "2026-11-25T19:00",
        "Fr 22:00-02:00" => at == "2026-11-28T01:00",
        other => unreachable!("{other}"),
    }
}

/// Whether a service fits at one of its venues, each filter by itself; what is not stated does not rule out.
fn fits(service: &MadeService, question: &Map<String, Value>) -> bool {
    let asked = |field: &str| question.get(field).and_then(Value::as_str);
    let is_true = |field: &str| question.get(field).and_then(Value::as_bool) == Some(true);
    let stated_or_has =
        |list: &[&str], wanted: Option<&str>| wanted.is_none_or(|wanted| list.is_empty() || list.contains(&wanted));
    let somewhere = service.sessions.iter().any(|(venue, _)| venue.is_some());
    let delivery = if service.delivery.is_empty() && somewhere { vec!["in_person"] } else { service.delivery.clone() };
    let category =
        asked("category").is_none_or(|wanted| service.categories.iter().any(|own| line(own).contains(&wanted)));
    let goal = asked("goal").is_none_or(|goal| service.categories.iter().any(|own| serves(goal, own)));
    let audience = asked("audience").is_none_or(|who| service.only_for.is_empty() || service.only_for.contains(&who));
    let age = question.get("age").and_then(Value::as_u64).is_none_or(|age| {
        service.minimum_age.is_none_or(|least| age >= u64::from(least))
            && service.maximum_age.is_none_or(|most| age <= u64::from(most))
    });
    let free = !is_true("free") || service.cost != Some("2.50");
    let convictions = !is_true("convictions") || service.convictions != Some("no");
    let holds = |id: &str| AREAS.iter().any(|area| area.0 == id && km(CENTRE, (area.1, area.2)) <= area.3);
    let covers = service.covers.iter().any(|id| holds(id));
    let mut venues: Vec<Option<usize>> = service.sessions.iter().map(|(venue, _)| *venue).collect();
    if venues.is_empty() {
        venues.push(None);
    }
    let at_a_venue = venues.iter().any(|venue| {
        let near = question.get("within_km").and_then(Value::as_f64).is_none_or(|within| match venue {
            Some(venue) => covers || km(CENTRE, (VENUES[*venue].1, VENUES[*venue].2)) <= within,
            None => covers || service.covers.is_empty(),
        });
        let access = asked("access").is_none_or(|need| {
            venue.is_none_or(|venue| VENUES[venue].3.is_empty() || VENUES[venue].3.split(';').any(|has| has == need))
        });
        let open = asked("open_at").is_none_or(|at| {
            let here = service.sessions.iter().filter(|session| session.0 == *venue);
            let hours: Vec<&str> = here.filter_map(|(_, hours)| *hours).collect();
            hours.is_empty() || hours.iter().any(|hours| is_open(hours, at))
        });
        near && access && open
    });
    service.status == "active"
        && category
        && goal
        && audience
        && age
        && free
        && convictions
        && stated_or_has(&service.languages, asked("language"))
        && stated_or_has(&delivery, asked("delivery"))
        && stated_or_has(&service.referral, asked("referral"))
        && stated_or_has(&service.led_by, asked("led_by"))
        && at_a_venue
}

fn without(question: &Map<String, Value>, field: &str) -> Value {
    Value::Object(question.clone().into_iter().filter(|(name, _)| name != field).collect())
}

/// Counts of the values of one facet.
fn counted<'a>(values: impl Iterator<Item = Vec<&'a str>>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for mut own in values {
        own.sort_unstable();
        own.dedup();
        for value in own {
            *counts.entry(value.to_string()).or_default() += 1;
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_adds_up(services in vec(a_service(), 5..45), questions in vec(a_question(), 8)) {
        let served = Served::new(generated::folder(services.iter().enumerate()));
        let made = |id: &str| &services[id["service-".len()..].parse::<usize>().unwrap()];
        for question in &questions {
            let asked = Value::Object(question.clone());
            let answer = served.ask(asked.clone());

            // Nothing that does not fit, and without words everything that does.
            prop_assert!(answer.results.iter().all(|hit| fits(made(hit.service.id.as_str()), question)), "{}", asked);
            prop_assert_eq!(answer.total, answer.results.len());
            if !question.contains_key("q") {
                prop_assert_eq!(answer.total, services.iter().filter(|service| fits(service, question)).count(), "{}", asked);
            }

            // The same question, the same answer.
            let again = served.ask(asked.clone());
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&answer).unwrap());

            // What each filter alone took away.
            for filter in FILTERS {
                let gained = match question.contains_key(filter) {
                    true => served.ask(without(question, filter)).total.saturating_sub(answer.total),
                    false => 0,
                };
                prop_assert_eq!(answer.removed_by.get(filter).copied().unwrap_or(0), gained, "{} of {}", filter, asked);
            }

            // Parts add up, and the order is that of the totals.
            for hit in &answer.results {
                let sum: f64 = hit.score.parts.values().sum();
                prop_assert!((sum - hit.score.total).abs() < 1e-9, "{:?}", hit.score);
            }
            let in_order = match question["sort"].as_str() {
                Some("name") => answer.results.iter().map(|hit| hit.service.name.to_lowercase()).is_sorted(),
                Some("opens") => answer.results.iter().map(|hit| hit.opens.map_or((true, None), |opens| {
                    (false, Some((!opens.open_now, opens.starts)))
                })).is_sorted(),
                // Without words or a place there is nothing to be best at: what is known to fit, then by name.
                _ if !question.contains_key("q") && !question.contains_key("near") => true,
                _ => answer.results.iter().map(|hit| -hit.score.total).is_sorted(),
            };
            prop_assert!(in_order, "{}", asked);

            // Distances are those of the venue shown.
            for hit in &answer.results {
                let venue = serde_json::to_value(&hit.location).unwrap();
                let venue = VENUES.iter().find(|(id, ..)| venue["id"] == *id);
                let expected = venue.filter(|_| question.contains_key("near")).map(|venue| km(CENTRE, (venue.1, venue.2)));
                match (hit.distance_km, expected) {
                    (Some(shown), Some(expected)) => prop_assert!((shown - expected).abs() <= 0.0051),
                    (shown, expected) => prop_assert_eq!(shown, expected),
                }
            }

            // Facets count what was found.
            let found: Vec<&MadeService> = ids(&answer).iter().map(|id| made(id)).collect();
            let expected = BTreeMap::from([
                ("category", counted(found.iter().map(|made| made.categories.iter().flat_map(|own| line(own)).collect()))),
                ("audience", counted(found.iter().map(|made| [&made.only_for[..], &made.welcomes].concat()))),
                ("language", counted(found.iter().map(|made| made.languages.clone()))),
                ("referral", counted(found.iter().map(|made| made.referral.clone()))),
                ("led_by", counted(found.iter().map(|made| made.led_by.clone()))),
                ("cost", counted(found.iter().map(|made| vec![match made.cost {
                    Some("0") => "free",
                    Some(_) => "paid",
                    None => "not_stated",
                }]))),
            ]);
            for (facet, expected) in expected {
                let counts: BTreeMap<String, usize> =
                    answer.facets[facet].iter().map(|count| (count.code.clone(), count.count)).collect();
                prop_assert_eq!(counts, expected, "{} of {}", facet, asked);
            }
        }
    }

    #[test]
    fn the_first_pages_are_the_beginning(services in vec(a_service(), 5..30), question in a_question(), per_page in 1..7usize) {
        let served = Served::new(generated::folder(services.iter().enumerate()));
        let whole = served.ids(Value::Object(question.clone()));
        let mut pages = Vec::new();
        for page in 1..=3 {
            let mut asked = Value::Object(question.clone());
            (asked["page"], asked["per_page"]) = (json!(page), json!(per_page));
            pages.extend(served.ids(asked));
        }
        prop_assert_eq!(&pages[..], &whole[..whole.len().min(3 * per_page)]);
    }
}
