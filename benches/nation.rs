//! How long matching takes over a nation's directory: `cargo bench --bench nation -- 1000000`. The services are made by
//! chance, always the same ones, of the sample's categories, spread over Great Britain; 10,000 if no number is given.
//! Reported, not asserted: median and 99th percentile of each profile, and the share of choosing the set.

#![allow(clippy::expect_used, clippy::print_stdout)]

use jiff::civil::date;
use signpost::gazetteer::Gazetteer;
use signpost::index::{self, Snapshot};
use signpost::matching::candidates::candidates;
use signpost::matching::choose::choose;
use signpost::matching::person::Person;
use signpost::matching::profile::Profile;
use signpost::matching::{Manner, match_profile};
use signpost::search::{Circumstances, Uses};
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Result, Write};
use std::path::Path;
use std::time::{Duration, Instant};

const PROFILES: [(&str, &str); 4] = [
    ("one goal, within 5 km", r#"{"goals": [{"goal": "belonging"}], "near": "M1 4BT", "within_km": 5}"#),
    (
        "three goals, by bus, evenings",
        r#"{"goals": [{"goal": "belonging"}, {"goal": "get_fit"}, {"goal": "get_a_job"}], "near": "M1 4BT",
            "within_km": 10, "travel": "bus", "when": "Mo-Fr 18:00-22:00", "about": {"age": 34, "convictions": true}}"#,
    ),
    (
        "three goals in own words",
        r#"{"goals": [{"words": "see my kids more"}, {"words": "stay off the drink"}, {"words": "somewhere to sleep"}],
            "near": "M1 4BT", "within_km": 10}"#,
    ),
    (
        "three goals, no place",
        r#"{"goals": [{"goal": "belonging"}, {"goal": "get_fit"}, {"words": "nobody to talk to"}]}"#,
    ),
];
/// Each profile is asked so often, or for so long.
const MOST_TIMES: usize = 200;
const MOST_TIME: Duration = Duration::from_secs(20);

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = folder.path().join("directory");
    write_directory(&directory, count).expect("the disk has room");
    let gazetteer = Gazetteer::built_in();
    let began = Instant::now();
    let built = index::update(&directory, &folder.path().join("index"), &gazetteer, None, false);
    let snapshot = built.expect("the directory is good").snapshot;
    println!("{count} services, built in {:.1} s", began.elapsed().as_secs_f64());
    for (name, profile) in PROFILES {
        let profile: Profile = serde_json::from_str(profile).expect("the profile is well formed");
        measure(name, &snapshot, &profile, &gazetteer);
    }
}

fn measure(name: &str, snapshot: &Snapshot, profile: &Profile, gazetteer: &Gazetteer) {
    let now = date(2026, 11, 27).at(18, 30, 0, 0);
    let circumstances = Circumstances { gazetteer, now, out_of_time: &|| false, uses: Uses::ALL };
    let manner = Manner::default();
    let whole = times(|| {
        black_box(match_profile(snapshot, profile, &manner, &circumstances).expect("it has an answer"));
    });
    let person = Person::new(profile, snapshot, &circumstances).expect("nothing is wrong with it");
    let found = candidates(snapshot, &person, &manner.weights, &circumstances).expect("it has candidates");
    let choosing = times(|| {
        black_box(choose(snapshot, &found.eligible, &person.aims, 12));
    });
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "{name}: median {:.2} ms, p99 {:.2} ms, {} times; {} eligible, {} ruled out; choosing the set {:.2} ms, {:.0} %",
        ms(whole[whole.len() / 2]),
        ms(whole[whole.len() * 99 / 100]),
        whole.len(),
        found.eligible.len(),
        found.ruled_out.len(),
        ms(choosing[choosing.len() / 2]),
        100.0 * ms(choosing[choosing.len() / 2]) / ms(whole[whole.len() / 2]),
    );
}

/// How long it takes each time, the shortest first.
fn times(mut work: impl FnMut()) -> Vec<Duration> {
    let began = Instant::now();
    let mut times = Vec::new();
    work();
    while times.len() < MOST_TIMES && (began.elapsed() < MOST_TIME || times.is_empty()) {
        let start = Instant::now();
        work();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times
}

/// Numbers by chance, the same in every run (Steele, Lea and Flood's SplitMix64, 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn of<'v>(&mut self, values: &[&'v str]) -> &'v str {
        values[self.below(values.len())]
    }

    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Words that names and summaries are made of.
const WORDS: [&str; 24] = [
    "garden", "advice", "group", "walk", "talk", "music", "football", "kitchen", "night", "women", "men", "young",
    "music", "repair", "debt", "home", "recovery", "family", "art", "reading", "choir", "drop-in", "support",
    "together",
];
const HOURS: [&str; 5] = ["", "Mo-Fr 09:00-17:00", "We 18:00-20:30", "Fr 22:00-02:00", "Mo-Su 10:00-21:00"];
/// Towns around which venues lie, and how many of a hundred services.
const TOWNS: [(f64, f64, usize); 6] = [
    (53.48, -2.24, 12),
    (51.51, -0.12, 30),
    (52.48, -1.90, 14),
    (55.86, -4.25, 10),
    (51.48, -3.18, 8),
    (54.97, -1.61, 8),
];

/// The sample's vocabulary with so many services, one venue for each ten.
fn write_directory(folder: &Path, count: usize) -> Result<()> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    fs::create_dir_all(folder)?;
    for name in [
        "areas.csv",
        "areas.geojson",
        "categories.csv",
        "audiences.csv",
        "goals.csv",
        "goal_categories.csv",
        "thesaurus.csv",
        "bank_holidays.csv",
    ] {
        fs::copy(sample.join(name), folder.join(name))?;
    }
    let text = fs::read_to_string(sample.join("categories.csv"))?;
    let categories: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let mut chance = Chance(1);
    let open = |name: &str| -> Result<BufWriter<File>> { Ok(BufWriter::new(File::create(folder.join(name))?)) };
    let (mut organisations, mut locations) = (open("organisations.csv")?, open("locations.csv")?);
    let (mut services, mut sessions) = (open("services.csv")?, open("sessions.csv")?);
    writeln!(organisations, "id,name")?;
    writeln!(locations, "id,name,latitude,longitude,accessibility")?;
    writeln!(
        services,
        "id,organisation_id,name,summary,status,categories,cost,minimum_age,only_for,convictions,referral,\
        delivery,led_by,places,checked_on"
    )?;
    writeln!(sessions, "service_id,location_id,opening_hours")?;
    let few = count.div_ceil(10);
    for number in 0..few {
        let (latitude, longitude) = somewhere(&mut chance);
        let access = chance.of(&["", "step_free", "step_free;hearing_loop"]);
        writeln!(organisations, "o{number},{} {number}", chance.of(&WORDS))?;
        writeln!(locations, "l{number},Hall {number},{latitude:.5},{longitude:.5},{access}")?;
    }
    for number in 0..count {
        let summary: Vec<&str> = (0..8).map(|_| chance.of(&WORDS)).collect();
        let (name, category) = (summary[..2].join(" "), chance.of(&categories));
        writeln!(
            services,
            "s{number},o{},{name},{},active,{category};{},{},{},{},{},{},{},{},{},{}",
            chance.below(few),
            summary.join(" "),
            chance.of(&categories),
            chance.of(&["", "0", "0", "2.50", "10"]),
            chance.of(&["", "", "16", "18"]),
            chance.of(&["", "", "", "", "women", "young_adults"]),
            chance.of(&["", "yes", "yes", "ask", "no"]),
            chance.of(&["", "drop_in", "self", "professional"]),
            chance.of(&["in_person", "in_person", "phone", "online"]),
            chance.of(&["", "peers", "volunteers", "professionals"]),
            chance.of(&["", "open", "open", "waiting_list", "full"]),
            chance.of(&["", "2026-05-01", "2024-05-01"]),
        )?;
        let venue = if chance.below(10) == 0 { String::new() } else { format!("l{}", chance.below(few)) };
        writeln!(sessions, "s{number},{venue},{}", chance.of(&HOURS))?;
    }
    [organisations, locations, services, sessions].iter_mut().try_for_each(Write::flush)
}

fn somewhere(chance: &mut Chance) -> (f64, f64) {
    let mut share = chance.below(100);
    for (latitude, longitude, of_hundred) in TOWNS {
        if share < of_hundred {
            // The sum of two falls off towards the edge, as towns do.
            let spread = |chance: &mut Chance| chance.between(-0.12, 0.12) + chance.between(-0.12, 0.12);
            return (latitude + spread(chance), longitude + 1.6 * spread(chance));
        }
        share -= of_hundred;
    }
    (chance.between(50.5, 57.5), chance.between(-4.0, 0.5))
}
