//! Deleted and rebuilt, or edited step by step: the same answers in the same order, byte for byte.

use crate::fixture::Folder;
use crate::fixture::generated::{self, CENTRE, MadeService, VENUES, WORDS, a_service};
use crate::fixture::served::{Served, ask};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use signpost::diagnostic::Severity;
use signpost::index::Snapshot;
use std::collections::BTreeMap;

/// Questions that between them use words, phrases, typos, places, filters, facets and every order.
fn questions() -> Vec<Value> {
    let near = json!({"latitude": CENTRE.0, "longitude": CENTRE.1});
    vec![
        json!({"per_page": 100}),
        json!({"q": "somewhere to sleep", "per_page": 100}),
        json!({"q": "garden advice women night", "per_page": 100}),
        json!({"q": "gardn togehter", "per_page": 100}),
        json!({"q": "hou", "near": near, "per_page": 100}),
        json!({"q": "talk listen", "near": near, "within_km": 15, "per_page": 100}),
        json!({"near": near, "within_km": 3, "sort": "distance", "per_page": 100}),
        json!({"sort": "name", "age": 18, "audience": "women", "per_page": 100}),
        json!({"sort": "opens", "free": true, "language": "pl", "per_page": 100}),
        json!({"category": "home", "open_at": "2026-11-28T01:00", "access": "step_free", "per_page": 100}),
        json!({"goal": "belonging", "convictions": true, "per_page": 2, "page": 2}),
    ]
}

/// The answers as JSON. The generation's name tells how it came about and is left out.
fn answers(snapshot: &Snapshot) -> Vec<String> {
    let answer = |question: Value| {
        let mut answer = serde_json::to_value(ask(snapshot, question)).unwrap();
        answer["generation"] = Value::Null;
        serde_json::to_string_pretty(&answer).unwrap()
    };
    questions().into_iter().map(answer).collect()
}

#[test]
fn deleted_and_rebuilt() {
    let mut served = Served::new(Folder::minimal());
    let (generation, before) = (served.snapshot.generation().to_string(), answers(&served.snapshot));
    std::fs::remove_dir_all(served.index()).unwrap();
    served.snapshot = served.built_anew();
    assert_eq!(served.snapshot.generation(), generation);
    assert_eq!(answers(&served.snapshot), before);
}

#[test]
fn the_order_of_rows_in_the_files_says_nothing() {
    let served = Served::new(Folder::minimal());
    let mut other = Folder::minimal();
    for file in ["services.csv", "organisations.csv", "locations.csv", "sessions.csv"] {
        let text = other.text(file);
        let (header, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        let reversed = format!("{header}\n{}\n", rows.join("\n"));
        other = other.with(file, &reversed);
    }
    assert_eq!(answers(&Served::new(other).snapshot), answers(&served.snapshot));
}

/// What a person may do to the files between two saves.
#[derive(Clone, Debug)]
enum Edit {
    Add(Box<MadeService>),
    Change(Index, Box<MadeService>),
    Rename(Index, &'static str),
    Remove(Index),
    MoveVenue(Index, f64),
    CategoryWords(&'static str),
    OrganisationName(&'static str),
}

fn an_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => a_service().prop_map(|service| Edit::Add(Box::new(service))),
        2 => (any::<Index>(), a_service()).prop_map(|(at, service)| Edit::Change(at, Box::new(service))),
        2 => (any::<Index>(), select(&WORDS[..])).prop_map(|(at, word)| Edit::Rename(at, word)),
        2 => any::<Index>().prop_map(Edit::Remove),
        1 => (any::<Index>(), -0.05..0.05f64).prop_map(|(at, by)| Edit::MoveVenue(at, by)),
        1 => select(&["talk;listen", "football;night", "rent"][..]).prop_map(Edit::CategoryWords),
        1 => select(&["Oak House", "Garden House", "Night Owls"][..]).prop_map(Edit::OrganisationName),
    ]
}

/// The files as they are edited.
struct Files {
    services: BTreeMap<usize, MadeService>,
    next: usize,
    venues_moved: [f64; VENUES.len()],
    words: &'static str,
    organisation: &'static str,
}

impl Files {
    fn new(services: Vec<MadeService>) -> Self {
        let next = services.len();
        let services = services.into_iter().enumerate().collect();
        Self { services, next, venues_moved: [0.0; VENUES.len()], words: "talk;listen", organisation: "Oak House" }
    }

    fn apply(&mut self, edit: &Edit) {
        let nth = |services: &BTreeMap<usize, MadeService>, at: &Index| {
            *services.keys().nth(at.index(services.len())).unwrap()
        };
        match edit {
            Edit::Add(service) => {
                self.services.insert(self.next, (**service).clone());
                self.next += 1;
            }
            Edit::Change(at, service) => {
                let id = nth(&self.services, at);
                self.services.insert(id, (**service).clone());
            }
            Edit::Rename(at, word) => {
                let id = nth(&self.services, at);
                self.services.get_mut(&id).unwrap().name.push(word);
            }
            Edit::Remove(at) => {
                let id = nth(&self.services, at);
                self.services.remove(&id);
            }
            Edit::MoveVenue(at, by) => self.venues_moved[at.index(VENUES.len())] = *by,
            Edit::CategoryWords(words) => self.words = words,
            Edit::OrganisationName(name) => self.organisation = name,
        }
    }

    fn write(&self, folder: Folder) -> Folder {
        let mut venues = "id,name,town,latitude,longitude,accessibility\n".to_string();
        for ((id, latitude, longitude, access), by) in VENUES.iter().zip(self.venues_moved) {
            venues += &format!("{id},{},Manchester,{:.4},{longitude},{access}\n", id.replace('-', " "), latitude + by);
        }
        let categories = format!(
            "code,name,parent,words\nhome,A place to live,,house\nhousing,Housing advice,home,rent\noutdoors,Outdoors,,\n\
             gardening,Gardening,outdoors,allotment\nvolunteering,Volunteering,,help out\npeer_support,Peer support,,{}\n",
            self.words
        );
        let organisations = format!("id,name\noak,{}\nash,Ash Tree Trust\n", self.organisation);
        generated::write_services(folder, self.services.iter().map(|(id, service)| (*id, service)))
            .with("locations.csv", &venues)
            .with("categories.csv", &categories)
            .with("organisations.csv", &organisations)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_step_by_step_or_built_anew(services in vec(a_service(), 25..35), edits in vec(an_edit(), 1..6)) {
        let mut files = Files::new(services);
        let mut served = Served::new(files.write(generated::folder(std::iter::empty())));
        for edit in &edits {
            let before = files.services.clone();
            files.apply(edit);
            served.edit(|folder| files.write(folder));
            let update = served.update();
            prop_assert_eq!(&update.kept_back, &Vec::<String>::new());
            prop_assert!(update.problems.iter().all(|p| p.severity == Severity::Warning), "{:?}", update.problems);
            let changes = update.changes;
            prop_assert_eq!(changes.added, files.services.keys().filter(|id| !before.contains_key(id)).count());
            prop_assert_eq!(changes.removed, before.keys().filter(|id| !files.services.contains_key(id)).count());
            prop_assert_eq!(changes.added + changes.changed + changes.unchanged, files.services.len());
            let fresh = answers(&served.built_anew());
            for (ours, fresh) in answers(&served.snapshot).iter().zip(&fresh) {
                prop_assert_eq!(ours, fresh, "after {:?}", edit);
            }
        }
    }
}
