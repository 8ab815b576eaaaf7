//! Directories made by chance or to measure, opened, and asked.

use crate::fixture::Folder;
use jiff::civil::{DateTime, date};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use signpost::gazetteer::Gazetteer;
use signpost::index::{self, Snapshot};
use signpost::matching::profile::Profile;
use signpost::matching::score::Weights;
use signpost::matching::{Manner, match_profile};
use signpost::search::mistake::Mistake;
use signpost::search::{Circumstances, NoAnswer, Uses};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::built_in);

/// A Monday morning.
pub fn now() -> DateTime {
    date(2026, 11, 23).at(9, 0, 0, 0)
}

/// The index of a folder. Its files stay mapped after the folder is gone.
pub fn opened(folder: &Folder) -> Arc<Snapshot> {
    let index = tempfile::tempdir().unwrap();
    index::update(folder.path(), index.path(), &GAZETTEER, None, false).unwrap().snapshot
}

/// The answer to a profile as JSON, as other systems see it, or what is wrong with the profile.
pub fn asked(snapshot: &Snapshot, profile: &Value) -> Result<Value, Vec<Mistake>> {
    asked_of(snapshot, profile, &Manner::default())
}

/// The same of an installation with settings of its own.
pub fn asked_of(snapshot: &Snapshot, profile: &Value, manner: &Manner) -> Result<Value, Vec<Mistake>> {
    let profile: Profile = serde_json::from_value(profile.clone()).unwrap();
    let circumstances = Circumstances { gazetteer: &GAZETTEER, now: now(), out_of_time: &|| false, uses: Uses::ALL };
    match match_profile(snapshot, &profile, manner, &circumstances) {
        Ok(options) => Ok(serde_json::to_value(options).unwrap()),
        Err(NoAnswer::Mistakes(mistakes)) => Err(mistakes),
        Err(other) => panic!("{other:?}"),
    }
}

/// The answer to a profile with nothing wrong in it.
pub fn answer(snapshot: &Snapshot, profile: &Value) -> Value {
    asked(snapshot, profile).unwrap_or_else(|mistakes| panic!("{profile}: {mistakes:?}"))
}

/// What counts how much, set by somebody: anything from hardly to very much.
pub fn weights() -> impl Strategy<Value = Weights> {
    vec(1.0..100.0_f64, Weights::NAMES.len()).prop_map(|points| {
        let mut weights = Weights::default();
        for (name, points) in Weights::NAMES.into_iter().zip(points) {
            assert!(weights.set(name, points));
        }
        weights
    })
}

/// The options of an answer.
pub fn options(answer: &Value) -> &[Value] {
    answer["options"].as_array().unwrap()
}

/// The ids of the options, in order.
pub fn ids(answer: &Value) -> Vec<&str> {
    options(answer).iter().map(|option| option["service"]["id"].as_str().unwrap()).collect()
}

/// Halls: id, kilometres north of the centre, accessibility, whether confidential. The second and third are so near to
/// each other that scores cannot tell; the last three stand where the first does.
pub const HALLS: [(&str, f64, &str, bool); 10] = [
    ("hall-1", 0.5, "step_free", false),
    ("hall-2", 3.0, "step_free", false),
    ("hall-3", 3.000_01, "step_free", false),
    ("hall-4", 9.0, "step_free", false),
    ("hall-5", 30.0, "step_free", false),
    ("hall-6", 200.0, "step_free", false),
    ("hall-secret", 2.0, "step_free", true),
    ("hall-silent", 0.5, "", false),
    ("hall-parking", 0.5, "parking", false),
    ("hall-nowhere", 0.5, "", false),
];
/// What nobody may learn of the confidential hall.
pub const SECRETS: [&str; 4] = ["Hidden Lane", "Secret House", "M14 5TP", "Whisperton"];
const CENTRE: (f64, f64) = (53.48, -2.24);
const KM_PER_DEGREE: f64 = 111.195;

/// A row of `services.csv`, by column, and rows of `sessions.csv` (location, hours, first day, last day).
#[derive(Clone, Debug)]
pub struct Made {
    pub row: BTreeMap<&'static str, String>,
    pub sessions: Vec<[&'static str; 4]>,
}

impl Made {
    /// The same, but for one column.
    #[must_use]
    pub fn with(&self, column: &'static str, value: &str) -> Self {
        let mut made = self.clone();
        made.row.insert(column, value.to_string());
        made
    }

    /// The same, but at another place or time.
    #[must_use]
    pub fn at(&self, sessions: &[[&'static str; 4]]) -> Self {
        Self { sessions: sessions.to_vec(), ..self.clone() }
    }
}

/// Columns and what may stand in them; the plainest first, which is where shrinking leads.
const COLUMNS: [(&str, &[&str]); 20] = [
    ("status", &["active", "active", "active", "active", "paused", "closed"]),
    ("categories", &["peer_support", "gardening", "housing", "volunteering", "gardening;peer_support", "outdoors"]),
    ("referral", &["", "drop_in", "self", "professional"]),
    ("cost", &["", "0", "2.50", "30"]),
    ("minimum_age", &["", "", "18", "30"]),
    ("maximum_age", &["", "", "40", "60"]),
    ("only_for", &["", "", "women", "veterans", "women;parents"]),
    ("welcomes", &["", "women", "veterans"]),
    ("convictions", &["", "yes", "no", "ask"]),
    ("languages", &["", "en", "pl", "en;pl"]),
    ("delivery", &["", "in_person", "phone", "online", "in_person;phone", "outreach"]),
    ("led_by", &["", "peers", "members", "professionals"]),
    ("setting", &["", "group", "one_to_one"]),
    ("places", &["", "open", "open", "full"]),
    ("covers", &["", "", "manchester", "greater-manchester", "salford", "leigh"]),
    ("bring", &["", "Boots"]),
    ("notice", &["", "Closed at Easter"]),
    ("checked_on", &["", "2026-10-01", "2024-01-31"]),
    ("summary", &["", "A warm welcome", "Talk and tea by the canal", "Dig and grow"]),
    ("organisation_id", &["o-1", "o-2", "o-3", "o-4"]),
];

const HOURS: [&str; 5] = ["", "Mo-Fr 09:00-17:00", "We 18:00-20:30", "Fr 22:00-02:00", "Mo-Su 10:00-21:00"];
const DATES: [[&str; 2]; 4] = [["", ""], ["", ""], ["", "2026-11-01"], ["2027-01-10", ""]];

/// Any service.
pub fn a_service() -> impl Strategy<Value = Made> {
    let session = (0..=HALLS.len(), 0..HOURS.len(), 0..DATES.len()).prop_map(|(hall, hours, dates)| {
        let hall = if hall == 0 { "" } else { HALLS[hall - 1].0 };
        [hall, HOURS[hours], DATES[dates][0], DATES[dates][1]]
    });
    (vec(any::<u8>(), COLUMNS.len()), vec(session, 0..3)).prop_map(|(choices, sessions)| {
        let cell = |((column, values), choice): (&(&'static str, &[&str]), u8)| {
            (*column, values[usize::from(choice) % values.len()].to_string())
        };
        Made { row: COLUMNS.iter().zip(choices).map(cell).collect(), sessions }
    })
}

/// Any services.
pub fn services(most: usize) -> impl Strategy<Value = Vec<Made>> {
    vec(a_service(), 0..=most)
}

/// Any profile that has nothing wrong in it, at most 50 options.
pub fn a_profile() -> impl Strategy<Value = Value> {
    let goal = prop_oneof![
        Just(json!({"goal": "belonging"})),
        Just(json!({"goal": "own_home", "importance": 3})),
        Just(json!({"goal": "outside_more", "importance": 1})),
        Just(json!({"words": "somewhere to sleep tonight"})),
        Just(json!({"words": "nobody to talk to, and some fresh air", "importance": 3})),
        Just(json!({"words": "canal"})),
        Just(json!({"words": "qwertyuiop"})),
    ];
    let near = prop_oneof![
        1 => Just(json!({})),
        2 => Just(json!({"near": {"latitude": CENTRE.0, "longitude": CENTRE.1}})),
        2 => Just(json!({"near": {"latitude": CENTRE.0, "longitude": CENTRE.1}, "within_km": 5})),
        1 => Just(json!({"near": "M1 4BT", "within_km": 100})),
    ];
    let travel = pick(&[
        json!({}),
        json!({"travel": "walk"}),
        json!({"travel": "cycle"}),
        json!({"travel": "bus"}),
        json!({"travel": "car"}),
    ]);
    let when = pick(&[json!({}), json!({"when": "Mo-Fr 18:00-22:00"}), json!({"when": "Sa 10:00-12:00"})]);
    let wishes = pick(&[
        json!({}),
        json!({"prefer": {"led_by": ["peers"], "setting": ["group"], "delivery": ["in_person"]}}),
        json!({"spend": {"most": 5.0}}),
        json!({"spend": {"most": 0.0, "fund": "women"}, "prefer": {"delivery": ["phone"]}}),
    ]);
    (vec(goal, 1..=5), near, travel, when, wishes, about()).prop_map(|(goals, near, travel, when, wishes, about)| {
        merged(&[json!({"goals": goals, "limit": 50}), near, travel, when, wishes, json!({"about": about})])
    })
}

/// What a person may say about themselves.
pub fn about() -> impl Strategy<Value = Value> {
    let age = pick(&[json!({}), json!({"age": 34}), json!({"age": 17})]);
    let audiences = pick(&[json!({}), json!({"audiences": ["women"]}), json!({"audiences": ["veterans", "parents"]})]);
    let languages = pick(&[json!({}), json!({"languages": ["pl"]}), json!({"languages": ["en", "so"]})]);
    let access = pick(&[json!({}), json!({}), json!({"access": ["step_free"]})]);
    let convictions = pick(&[json!({}), json!({"convictions": true})]);
    (age, audiences, languages, access, convictions).prop_map(|parts| {
        let (age, audiences, languages, access, convictions) = parts;
        merged(&[json!({}), age, audiences, languages, access, convictions])
    })
}

pub fn pick(values: &[Value]) -> impl Strategy<Value = Value> + use<> {
    proptest::sample::select(values.to_vec())
}

/// One object with the fields of all of them; later ones win.
pub fn merged(objects: &[Value]) -> Value {
    let mut all = serde_json::Map::new();
    for object in objects {
        all.extend(object.as_object().unwrap().clone());
    }
    Value::Object(all)
}

/// A folder of services `s-00`, `s-01` … and these with ids of their own.
pub fn folder(services: &[Made], named: &[(&str, Made)]) -> Folder {
    let columns: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let mut rows = format!("id,name,{}\n", columns.join(","));
    // A directory without a single service is not served.
    writeln!(rows, "over,Over,closed,peer_support{},o-1", ",".repeat(columns.len() - 3)).unwrap();
    let mut sessions = "service_id,location_id,opening_hours,starts_on,ends_on\n".to_string();
    let numbered = services.iter().enumerate().map(|(number, made)| (format!("s-{number:02}"), made));
    for (id, made) in numbered.chain(named.iter().map(|(id, made)| ((*id).to_string(), made))) {
        let cells: Vec<&str> = columns.iter().map(|column| made.row[column].as_str()).collect();
        writeln!(rows, "{id},Welcome,{}", cells.join(",")).unwrap();
        for [hall, hours, starts, ends] in &made.sessions {
            writeln!(sessions, "{id},{hall},\"{hours}\",{starts},{ends}").unwrap();
        }
    }
    let mut locations = "id,name,address,town,postcode,latitude,longitude,confidential,accessibility\n".to_string();
    for (id, km, access, confidential) in HALLS {
        let latitude = CENTRE.0 + km / KM_PER_DEGREE;
        let (place, confidential) = if confidential {
            (["Secret House", "13 Hidden Lane", "Whisperton", "M14 5TP"], "yes")
        } else {
            (["Hall", "1 High Street", "Town", ""], "")
        };
        writeln!(locations, "{id},{},{latitude:.9},{},{confidential},{access}", place.join(","), CENTRE.1).unwrap();
    }
    // Three of one name: a text means a little more or less by the name of who runs it.
    let organisations = "id,name\no-1,Oak\no-2,Ash\no-3,Elm\no-4,Yew\nt-1,Fir\nt-2,Fir\nt-3,Fir\n\
                         doorway-advice,Doorway\nbrightwater,Brightwater\n";
    let funds = "id,name,kind,holder_organisation_id,only_for,minimum_age,pays_for,status\n\
                 fresh-start,Fresh start,personal,doorway-advice,,,travel;kit;gardening,active\n\
                 mothers,Mothers,women,brightwater,parents,,travel;kit,active\n\
                 womens-fund,Women's fund,women,brightwater,women,18,childcare;travel,active\n\
                 start-something,Start something,shared_project,doorway-advice,,,kit,active\n";
    Folder::minimal()
        .with("services.csv", &rows)
        .with("sessions.csv", &sessions)
        .with("locations.csv", &locations)
        .with("organisations.csv", organisations)
        .with("audiences.csv", "code,name,words\nwomen,Women,female\nparents,Parents,mum;dad\nveterans,Veterans,army\n")
        .with("funds.csv", funds)
        .with("crisis.csv", "words,service_id,phone,message\nin danger,,999,Ring 999.\n")
        .append("areas.csv", "leigh,Leigh,borough,,53.5,-2.52,3")
}
