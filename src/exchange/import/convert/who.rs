//! Who a service is for, in which languages, and where it reaches.

use super::Converter;
use crate::exchange::import::prose;
use crate::exchange::import::record::{list, text, texts};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;
use crate::model::{Area, AreaKind};

/// More areas than these are a list of postcodes, which says little in a description.
const MOST_OTHER_AREAS: usize = 12;
/// The oldest age that is an age; feeds write 120, 150 and 999 for "no limit".
const NO_LIMIT: f64 = 100.0;

/// Names of languages, and the code of each; those most spoken in the United Kingdom.
const LANGUAGES: [(&str, &str); 60] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("polish", "pl"),
    ("urdu", "ur"),
    ("punjabi", "pa"),
    ("panjabi", "pa"),
    ("bengali", "bn"),
    ("sylheti", "bn"),
    ("gujarati", "gu"),
    ("arabic", "ar"),
    ("french", "fr"),
    ("spanish", "es"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("italian", "it"),
    ("german", "de"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("cantonese", "zh"),
    ("turkish", "tr"),
    ("somali", "so"),
    ("tamil", "ta"),
    ("hindi", "hi"),
    ("lithuanian", "lt"),
    ("latvian", "lv"),
    ("russian", "ru"),
    ("ukrainian", "uk"),
    ("hungarian", "hu"),
    ("bulgarian", "bg"),
    ("greek", "el"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("dari", "fa"),
    ("kurdish", "ku"),
    ("pashto", "ps"),
    ("albanian", "sq"),
    ("slovak", "sk"),
    ("czech", "cs"),
    ("tagalog", "tl"),
    ("filipino", "tl"),
    ("vietnamese", "vi"),
    ("nepali", "ne"),
    ("malayalam", "ml"),
    ("telugu", "te"),
    ("yoruba", "yo"),
    ("igbo", "ig"),
    ("swahili", "sw"),
    ("amharic", "am"),
    ("tigrinya", "ti"),
    ("shona", "sn"),
    ("dutch", "nl"),
    ("irish", "ga"),
    ("gaelic", "gd"),
    ("croatian", "hr"),
    ("serbian", "sr"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("thai", "th"),
    ("hebrew", "he"),
    ("creole", "ht"),
];
/// Three-letter codes that feeds use, and the two letters of the same.
const THREE_LETTERS: [(&str, &str); 16] = [
    ("eng", "en"),
    ("cym", "cy"),
    ("wel", "cy"),
    ("pol", "pl"),
    ("urd", "ur"),
    ("pan", "pa"),
    ("ben", "bn"),
    ("guj", "gu"),
    ("ara", "ar"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("por", "pt"),
    ("ron", "ro"),
    ("som", "so"),
    ("ukr", "uk"),
];

impl Converter<'_> {
    /// The lowest and highest age, of the service or else of what it says of who may come.
    pub(super) fn ages(&mut self, record: &Record, row: &mut Row) {
        let mut range = [None, None];
        let eligibilities = list(record, &["eligibilities", "eligibilitys", "eligibility"]);
        for (end, names) in [["minimum_age", "minimumAge"], ["maximum_age", "maximumAge"]].iter().enumerate() {
            let stated = text(record, names).or_else(|| eligibilities.iter().find_map(|record| text(record, names)));
            let Some(stated) = stated else { continue };
            match stated.parse::<f64>() {
                Ok(age) if (0.0..NO_LIMIT).contains(&age) => range[end] = Some(age),
                Ok(age) if age >= NO_LIMIT && end == 1 => {
                    self.report.changed("services.maximum_age", "says that there is no limit", &stated);
                }
                _ => self.report.left(
                    if end == 0 { "services.minimum_age" } else { "services.maximum_age" },
                    "is not an age",
                    &stated,
                ),
            }
        }
        let [minimum, mut maximum] = range;
        if maximum == Some(0.0) {
            maximum = None;
        }
        if let (Some(low), Some(high)) = (minimum, maximum)
            && low > high
        {
            self.report.left("services.minimum_age", "is above the highest", &format!("{low} to {high}"));
            return;
        }
        if let Some(minimum) = minimum.filter(|minimum| *minimum > 0.0 || maximum.is_some()) {
            // A half year counts as begun: 17.5 is 17 to whoever asks whether they may come.
            self.report.carried("services.minimum_age");
            row.set("minimum_age", (minimum.floor() as u8).to_string());
        }
        if let Some(maximum) = maximum {
            self.report.carried("services.maximum_age");
            row.set("maximum_age", (maximum.floor() as u8).to_string());
        }
    }

    pub(super) fn languages(&mut self, record: &Record, row: &mut Row) {
        let mut codes: Vec<&str> = Vec::new();
        for language in list(record, &["languages"]) {
            let said = texts(language, &["code", "name", "language"]);
            let Some(first) = said.first() else { continue };
            match said.iter().find_map(|said| language_code(said)) {
                Some(code) => {
                    self.report.carried("language");
                    if !codes.contains(&code) {
                        codes.push(code);
                    }
                }
                None => self.report.left("language", "is no language that we know by that name", first),
            }
        }
        row.set("languages", codes.join(";"));
    }

    /// The names of areas that the service says it covers and `areas.csv` does not have.
    pub(super) fn other_areas(&self, record: &Record) -> Vec<String> {
        let names = stated_areas(record).into_iter().filter_map(|area| text(area, &["name", "service_area"]));
        let mut others: Vec<String> = Vec::new();
        for name in names.map(|name| prose::line(&name).text) {
            if areas_named(self.areas, &name).is_empty() && !others.contains(&name) && others.len() < MOST_OTHER_AREAS {
                others.push(name);
            }
        }
        others
    }

    /// The areas of the directory that the service says it covers.
    pub(super) fn covers(&mut self, record: &Record, row: &mut Row) {
        let stated = stated_areas(record);
        let areas = self.areas;
        let mut ids: Vec<&str> = Vec::new();
        for area in stated {
            let names = texts(area, &["name", "service_area", "description", "extent"]);
            let found =
                names.iter().map(|name| areas_named(areas, name)).find(|found| !found.is_empty()).unwrap_or_default();
            if let (true, Some(name)) = (found.is_empty(), names.first()) {
                self.report.left("service_area", "is no area of areas.csv", name);
                continue;
            }
            self.report.carried("service_area");
            for id in found {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        row.set("covers", ids.join(";"));
    }
}

/// The areas that the service, or the service at a place, says it covers.
fn stated_areas(record: &Record) -> Vec<&Record> {
    let mut stated = list(record, &["service_areas"]);
    for place in list(record, &["service_at_locations"]) {
        stated.extend(list(place, &["service_areas"]));
    }
    stated
}

/// The areas of that name; of several the widest. The whole country is its nations.
fn areas_named<'a>(areas: &'a [Area], name: &str) -> Vec<&'a str> {
    let folded = name.trim().to_lowercase();
    let folded = folded.trim_start_matches("the ");
    let country = ["uk", "united kingdom", "national", "nationwide", "uk-wide", "uk wide", "great britain", "all uk"];
    if country.contains(&folded) {
        let nations = areas.iter().filter(|area| area.kind == AreaKind::Nation);
        return nations.map(|area| area.id.as_str()).collect();
    }
    let same = |area: &&Area| area.name.to_lowercase() == folded || area.id.as_str() == folded;
    areas.iter().filter(same).max_by_key(|area| area.kind).map(|area| area.id.as_str()).into_iter().collect()
}

/// The two-letter code of a language, by code or name.
pub(super) fn language_code(said: &str) -> Option<&'static str> {
    let word = said.trim().to_lowercase();
    let word = word.split(['-', '_', ' ', '(', '/', ',']).next().unwrap_or_default();
    let two = LANGUAGES.iter().find(|(_, code)| word.len() == 2 && *code == word);
    let three = THREE_LETTERS.iter().find(|(code, _)| *code == word);
    two.or_else(|| LANGUAGES.iter().find(|(name, _)| *name == word)).or(three).map(|(_, code)| *code)
}
