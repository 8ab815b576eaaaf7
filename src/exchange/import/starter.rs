//! The files of a new directory: the vocabulary that comes with Signpost, and empty lists of everything else.
//!
//! They are inside the binary, so that an import into an empty folder leaves one that can be served at once. The sample's
//! organisations and funds are not among them, and of its crisis lines none that leads to a number made up for it.

use crate::dataset::columns::{FILES, Table};
use serde_json::{Value, json};
use std::io;
use std::path::Path;

const CATEGORIES: &str = include_str!("../../../data/directory/categories.csv");
const AUDIENCES: &str = include_str!("../../../data/directory/audiences.csv");
const GOALS: &str = include_str!("../../../data/directory/goals.csv");
const GOAL_CATEGORIES: &str = include_str!("../../../data/directory/goal_categories.csv");
const THESAURUS: &str = include_str!("../../../data/directory/thesaurus.csv");
const BANK_HOLIDAYS: &str = include_str!("../../../data/directory/bank_holidays.csv");
const AREAS: &str = include_str!("../../../data/directory/areas.csv");
const OUTLINES: &str = include_str!("../../../data/directory/areas.geojson");
const CRISIS: &str = include_str!("../../../data/directory/crisis.csv");
const PACKAGE: &str = include_str!("../../../data/directory/datapackage.json");

/// Numbers that anybody in the United Kingdom can ring.
const PUBLIC_NUMBERS: [&str; 4] = ["999", "111", "101", "116 123"];

/// National lines that stand in for a local one: words that a crisis line has, the number, and what is said. Only numbers
/// that their own organisations, or several others, name on public pages (looked up in November 2026); whoever serves a
/// new directory should ring them once.
const NATIONAL: [(&[&str], &str, &str); 7] = [
    // No page at hand names a number of the support line for rape and sexual abuse: so none is given.
    (
        &["rape", "sexual assault"],
        "116 123",
        "It was not your fault. NHS sexual assault referral centres help everybody, day and night, and you decide about the police: nhs.uk/sarcs names the nearest. To talk to somebody now, ring 116 123, free. If you are hurt or in danger, ring 999.",
    ),
    // refuge.org.uk
    (
        &["domestic", "partner", "forced marriage", "punter"],
        "0808 2000 247",
        "You are not to blame. Ring the National Domestic Abuse Helpline, free, day or night. In danger now: ring 999. If you cannot speak, stay on the line and press 55 on your mobile when you are asked.",
    ),
    // Named by others' pages on housing; england.shelter.org.uk describes the line.
    (
        &["nowhere", "sleeping rough", "streets tonight"],
        "0808 800 4444",
        "Ring Shelter, free, for what you can do tonight. When it is closed, ring your council and ask for the homelessness team. If you are very cold, shaking or drowsy, ring 999.",
    ),
    // trusselltrust.org; gas: the National Gas Emergency Service, for England, Wales and Scotland.
    (
        &["no food", "nothing to eat", "no gas", "no electric"],
        "0808 208 2138",
        "Ring Help through Hardship, free, Monday to Friday, nine to five, in England and Wales: an adviser listens and can give a voucher for a food bank. At other times ask your council. If you smell gas, open the windows, go outside and ring 0800 111 999.",
    ),
    (
        &["fit", "seizure", "rattling"],
        "999",
        "Stopping drink or pills all at once can be dangerous. For a fit, or seeing things, ring 999. For shakes and sweats ring 111, at any hour.",
    ),
    // No page at hand names a number of the line about drugs: so none is given.
    (
        &["use again", "relapse", "craving"],
        "116 123",
        "Wait twenty minutes; it comes in waves. Ring 116 123, free, day or night, and talk to somebody until it passes.",
    ),
    // samaritans.org
    (
        &[],
        "116 123",
        "That sounds very heavy. Ring 116 123, free, day or night. A listener answers; you need not give your name. If you or somebody else is in danger now, ring 999.",
    ),
];

/// Writes the files of a new directory.
pub fn write(folder: &Path, source: &str) -> io::Result<()> {
    for file in &FILES {
        let header: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
        std::fs::write(folder.join(file.name), header.join(",") + "\n")?;
    }
    for (table, text) in [
        (Table::Categories, CATEGORIES),
        (Table::Audiences, AUDIENCES),
        (Table::Goals, GOALS),
        (Table::GoalCategories, GOAL_CATEGORIES),
        (Table::Thesaurus, THESAURUS),
        (Table::BankHolidays, BANK_HOLIDAYS),
        (Table::Areas, AREAS),
    ] {
        std::fs::write(folder.join(table.file().name), text)?;
    }
    std::fs::write(folder.join(Table::Crisis.file().name), crisis()?)?;
    std::fs::write(folder.join("areas.geojson"), OUTLINES)?;
    std::fs::write(folder.join("datapackage.json"), package(source)?)
}

/// The crisis lines with numbers that everybody can ring.
fn crisis() -> io::Result<String> {
    let mut rows = csv::Reader::from_reader(CRISIS.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = rows.headers().map_err(io::Error::other)?.clone();
    out.write_record(&header).map_err(io::Error::other)?;
    let at = |name: &str| header.iter().position(|column| column == name);
    for row in rows.records() {
        let row = row.map_err(io::Error::other)?;
        let cell = |name: &str| at(name).and_then(|at| row.get(at)).unwrap_or_default();
        let (words, phone, message) = (cell("words"), cell("phone"), cell("message"));
        // Ofcom keeps 0808 157 0 for drama; the sample's lines are there.
        let is_public = PUBLIC_NUMBERS.contains(&phone) && !message.contains("0808 157");
        let national =
            NATIONAL.iter().find(|(known, ..)| known.is_empty() || known.iter().any(|word| words.contains(word)));
        let (phone, message) = match national {
            Some((_, phone, message)) if !is_public => (*phone, *message),
            _ => (phone, message),
        };
        let made = header.iter().map(|column| match column {
            "service_id" => "",
            "phone" => phone,
            "message" => message,
            other => cell(other),
        });
        out.write_record(made).map_err(io::Error::other)?;
    }
    let bytes = out.into_inner().map_err(io::Error::other)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The description of the package: the columns as they are, with another name and nothing said of a sample.
fn package(source: &str) -> io::Result<String> {
    let mut package: Value = serde_json::from_str(PACKAGE).map_err(io::Error::other)?;
    package["name"] = json!(format!("signpost-{}", super::ids::slug(source)));
    package["title"] = json!(format!("Community services, imported from {source}"));
    package["description"] = json!(
        "A Signpost directory. Organisations, services and locations were imported from an Open Referral source; the \
         licence of that source applies to them. Categories, goals and the other words came with Signpost. Contains OS \
         data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database \
         right 2025. Contains National Statistics data © Crown copyright and database right 2025. Licensed under the Open \
         Government Licence v3.0."
    );
    package["keywords"] = json!(["community services"]);
    if let Some(package) = package.as_object_mut() {
        for field in ["fictional", "created", "version"] {
            package.remove(field);
        }
    }
    let text = serde_json::to_string_pretty(&package).map_err(io::Error::other)?;
    Ok(text + "\n")
}

/// Leaves in `areas.csv` and `areas.geojson` only the areas of these ids.
pub fn keep_areas(folder: &Path, keep: &dyn Fn(&str) -> bool) -> io::Result<()> {
    let mut rows = csv::Reader::from_reader(AREAS.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(rows.headers().map_err(io::Error::other)?).map_err(io::Error::other)?;
    for row in rows.records() {
        let row = row.map_err(io::Error::other)?;
        if row.get(0).is_some_and(keep) {
            out.write_record(&row).map_err(io::Error::other)?;
        }
    }
    std::fs::write(folder.join(Table::Areas.file().name), out.into_inner().map_err(io::Error::other)?)?;
    let mut outlines: Value = serde_json::from_str(OUTLINES).map_err(io::Error::other)?;
    if let Some(features) = outlines["features"].as_array_mut() {
        let id = |feature: &Value| feature["id"].as_str().or(feature["properties"]["id"].as_str()).map(str::to_string);
        features.retain(|feature| id(feature).is_some_and(|id| keep(&id)));
    }
    std::fs::write(folder.join("areas.geojson"), serde_json::to_string(&outlines).map_err(io::Error::other)?)
}
