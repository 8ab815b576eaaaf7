//! Who and when: a filter is met, not met, or nothing is said about it.

use super::{NO_SESSIONS, NO_VENUES, town};
use crate::fixture::served::Served;
use serde_json::{Value, json};

/// The ids of an answer, each with the filters about which the service says nothing.
fn with_not_stated(served: &Served, question: Value) -> Vec<(String, Vec<&'static str>)> {
    let results = served.ask(question).results;
    results.iter().map(|hit| (hit.service.id.to_string(), hit.not_stated.clone())).collect()
}

fn id(id: &str, not_stated: &[&'static str]) -> (String, Vec<&'static str>) {
    (id.to_string(), not_stated.to_vec())
}

#[test]
fn eighteen_is_old_enough_for_eighteen() {
    let served = town(
        "id,organisation_id,name,status,categories,minimum_age,maximum_age\n\
         a-anyone,common-ground,Anyone,active,outdoors,,\n\
         b-adults,common-ground,Adults,active,outdoors,18,\n\
         c-youth,common-ground,Youth,active,outdoors,16,25\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    let at = |age: i64| with_not_stated(&served, json!({"age": age}));
    assert_eq!(at(18), [id("b-adults", &[]), id("c-youth", &[]), id("a-anyone", &["age"])]);
    assert_eq!(at(17), [id("c-youth", &[]), id("a-anyone", &["age"])]);
    assert_eq!(at(25), [id("b-adults", &[]), id("c-youth", &[]), id("a-anyone", &["age"])]);
    assert_eq!(at(26), [id("b-adults", &[]), id("a-anyone", &["age"])]);
    assert_eq!(served.ask(json!({"age": 17})).removed_by["age"], 1);
}

#[test]
fn not_stated_stays_below_what_fits_with_words_too() {
    let served = town(
        "id,organisation_id,name,status,categories,minimum_age,only_for,languages,convictions,cost\n\
         a-silent,common-ground,Walk,active,outdoors,,,,,\n\
         b-fits,common-ground,Walk,active,outdoors,18,women,pl,yes,0\n\
         c-asks,common-ground,Walk,active,outdoors,18,women,pl,ask,0\n\
         d-not,common-ground,Walk,active,outdoors,18,women,pl,no,0\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    let question =
        json!({"q": "walk", "age": 30, "audience": "women", "language": "pl", "convictions": true, "free": true});
    assert_eq!(
        with_not_stated(&served, question),
        [
            id("b-fits", &[]),
            id("c-asks", &["convictions"]),
            id("a-silent", &["audience", "age", "language", "free", "convictions"]),
        ]
    );
}

#[test]
fn restricted_to_others_is_not_for_me() {
    let served = town(
        "id,organisation_id,name,status,categories,only_for,welcomes\n\
         a-all,common-ground,All,active,outdoors,,\n\
         b-welcomes,common-ground,Welcomes,active,outdoors,,parents\n\
         c-women,common-ground,Women,active,outdoors,women,parents\n\
         d-parents,common-ground,Parents,active,outdoors,parents,\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    assert_eq!(
        with_not_stated(&served, json!({"audience": "parents"})),
        [id("d-parents", &[]), id("b-welcomes", &[]), id("a-all", &["audience"])]
    );
}

/// Which of the sessions are open at a time.
fn open(sessions: &str, at: &str) -> Vec<String> {
    let mut services = "id,organisation_id,name,status,categories\n".to_string();
    let mut ids: Vec<&str> = sessions.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    ids.dedup();
    for id in ids {
        services += &format!("{id},common-ground,{id},active,outdoors\n");
    }
    town(&services, NO_VENUES, sessions).ids(json!({"open_at": at}))
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn an_opening_past_midnight_belongs_to_the_night_before() {
    let sessions = "service_id,location_id,opening_hours\nlate,,Fr 22:00-02:00\n";
    for (at, expected) in [
        ("2026-11-27T21:59", none()),
        ("2026-11-27T22:00", vec!["late".to_string()]),
        ("2026-11-28T01:00", vec!["late".to_string()]),
        ("2026-11-28T01:59", vec!["late".to_string()]),
        ("2026-11-28T02:00", none()),
        ("2026-11-29T01:00", none()),
    ] {
        assert_eq!(open(sessions, at), expected, "{at}");
    }
}

#[test]
fn the_last_night_goes_on_past_midnight() {
    let sessions = "service_id,location_id,opening_hours,ends_on\n\
                    late,,Fr 22:00-02:00,2026-11-27\n\
                    daily,,Mo-Su 10:00-14:00,2026-11-27\n\
                    always,,24/7,2026-11-27\n";
    assert_eq!(open(sessions, "2026-11-27T11:00"), ["always", "daily"]);
    assert_eq!(open(sessions, "2026-11-28T01:00"), ["late"]);
    assert_eq!(open(sessions, "2026-11-28T02:00"), none());
    assert_eq!(open(sessions, "2026-11-28T11:00"), none(), "the day after the last is over");
    assert_eq!(open(sessions, "2026-12-05T01:00"), none());
}

#[test]
fn the_night_before_the_first_day_is_too_early() {
    let sessions = "service_id,location_id,opening_hours,starts_on\n\
                    late,,Mo-Su 22:00-02:00,2026-11-28\n\
                    always,,24/7,2026-11-28\n";
    assert_eq!(open(sessions, "2026-11-27T23:00"), none());
    assert_eq!(open(sessions, "2026-11-28T01:00"), ["always"], "that opening began on Friday");
    assert_eq!(open(sessions, "2026-11-28T23:00"), ["always", "late"]);
    assert_eq!(open(sessions, "2026-11-29T01:00"), ["always", "late"]);
}

#[test]
fn no_hours_is_not_closed() {
    let served = town(
        "id,organisation_id,name,status,categories\n\
         a-silent,common-ground,Silent,active,outdoors\nb-open,common-ground,Open,active,outdoors\n\
         c-shut,common-ground,Shut,active,outdoors\nd-none,common-ground,No session,active,outdoors\n",
        NO_VENUES,
        "service_id,location_id,opening_hours\na-silent,,\nb-open,,We 09:00-17:00\nc-shut,,Th 09:00-17:00\n",
    );
    assert_eq!(
        with_not_stated(&served, json!({"open_at": "2026-11-25T12:00"})),
        [id("b-open", &[]), id("d-none", &["open_at"]), id("a-silent", &["open_at"])]
    );
    assert_eq!(served.ids(json!({"open_now": true})), served.ids(json!({"open_at": "2026-11-25T12:00"})));
}

#[test]
fn when_it_opens_next() {
    let served = town(
        "id,organisation_id,name,status,categories\n\
         before,common-ground,Not begun,active,outdoors\nended,common-ground,Ended,active,outdoors\n\
         late,common-ground,Late,active,outdoors\nnow,common-ground,Now,active,outdoors\n\
         over,common-ground,Over since yesterday,active,outdoors\nsilent,common-ground,Silent,active,outdoors\n",
        NO_VENUES,
        "service_id,location_id,opening_hours,starts_on,ends_on\n\
         before,,Tu 22:00-02:00,2026-12-02,\n\
         ended,,We 09:00-17:00,,2026-11-18\n\
         late,,Fr 22:00-02:00,,\n\
         now,,We 09:00-17:00,,\n\
         over,,24/7,,2026-11-24\n\
         silent,,,,\n",
    );
    let opens: Vec<String> = served
        .ask(json!({"sort": "opens"}))
        .results
        .iter()
        .map(|hit| match hit.opens {
            Some(opens) if opens.open_now => format!("{} open since {}", hit.service.id, opens.starts),
            Some(opens) => format!("{} opens {}", hit.service.id, opens.starts),
            None => format!("{} -", hit.service.id),
        })
        .collect();
    insta::assert_snapshot!(opens.join("\n"), @r"
    now open since 2026-11-25T09:00:00
    late opens 2026-11-27T22:00:00
    before opens 2026-12-08T22:00:00
    ended -
    over -
    silent -
    ");
}

#[test]
fn needs_of_access() {
    let served = town(
        "id,organisation_id,name,status,categories\n\
         a-silent,common-ground,Silent,active,outdoors\nb-step-free,common-ground,Step free,active,outdoors\n\
         c-loop,common-ground,Loop,active,outdoors\nd-phone,common-ground,Phone,active,outdoors\n",
        "id,name,latitude,longitude,accessibility\n\
         silent,Silent,53.4,-2.2,\nfree,Free,53.4,-2.2,step_free;hearing_loop\nloop,Loop,53.4,-2.2,hearing_loop\n",
        "service_id,location_id\na-silent,silent\nb-step-free,free\nc-loop,loop\nd-phone,\n",
    );
    assert_eq!(
        with_not_stated(&served, json!({"access": ["step_free", "hearing_loop"]})),
        [id("d-phone", &[]), id("b-step-free", &[]), id("a-silent", &["access"])]
    );
}
