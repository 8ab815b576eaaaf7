//! Terms of other taxonomies → our categories and audiences: by the codes of a crosswalk, else by their very names.
//!
//! Nothing is guessed: a term that is neither is counted in the report, where somebody can see it and add it to the
//! words of a category.

use super::record::{id, list, object, scalar, text, words};
use super::report::Report;
use super::table::Record;
use crate::model::Directory;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The name of our own taxonomies in what we publish; terms of theirs have codes such as `signpost:led_by`.
pub const OWN: &str = "signpost:";

/// Ready to be asked.
pub struct Crosswalk {
    categories: HashMap<String, String>,
    audiences: HashMap<String, String>,
    by_code: HashMap<String, String>,
    /// The codes that there are.
    codes: HashSet<(&'static str, String)>,
}

/// What the terms of a service say.
#[derive(Debug, Default, PartialEq)]
pub struct Terms {
    pub categories: Vec<String>,
    pub only_for: Vec<String>,
    pub welcomes: Vec<String>,
    /// Our own columns, as we publish them: name and cell.
    pub own: Vec<(String, String)>,
    /// Names that no category or audience of ours has, as they stand: what the service is listed under elsewhere.
    pub others: Vec<String>,
}

impl Terms {
    fn others_too(&mut self, name: &str) {
        let name = super::prose::line(name).text;
        if !name.is_empty() && !self.others.contains(&name) {
            self.others.push(name);
        }
    }

    /// What it is listed under elsewhere, as a line of its description.
    pub fn listed_under(&self) -> Option<String> {
        (!self.others.is_empty()).then(|| format!("Also listed under: {}.", self.others.join(", ")))
    }

    pub fn own(&self, column: &str) -> Option<&str> {
        self.own.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    }
}

impl Crosswalk {
    pub fn new(vocabulary: &Directory) -> Self {
        let categories = vocabulary.categories.iter().map(|row| ("category", row.code.to_string()));
        let audiences = vocabulary.audiences.iter().map(|row| ("audience", row.code.to_string()));
        let codes = categories.chain(audiences).collect();
        let mut made = Self { categories: HashMap::new(), audiences: HashMap::new(), by_code: HashMap::new(), codes };
        for category in &vocabulary.categories {
            let code = category.code.as_str().to_string();
            for stated in category.open_eligibility.iter().flat_map(|codes| codes.split([';', ' ', ','])) {
                let bare = stated.trim().to_ascii_lowercase();
                made.by_code.entry(bare.trim_start_matches("openeligibility:").to_string()).or_insert(code.clone());
            }
        }
        // Names before words, so that no lay word of one category takes another's name.
        for category in &vocabulary.categories {
            let code = category.code.as_str();
            for name in [category.name.as_str(), code] {
                made.categories.entry(fold(name)).or_insert(code.to_string());
            }
        }
        for category in &vocabulary.categories {
            // One lay word (`children`, `dinner`) is of many things; a phrase names one.
            for word in category.words.iter().filter(|word| word.trim().contains([' ', '-'])) {
                made.categories.entry(fold(word)).or_insert(category.code.as_str().to_string());
            }
        }
        for audience in &vocabulary.audiences {
            for name in [audience.name.as_str(), audience.code.as_str()] {
                made.audiences.entry(fold(name)).or_insert(audience.code.as_str().to_string());
            }
        }
        for audience in &vocabulary.audiences {
            for word in &audience.words {
                made.audiences.entry(fold(word)).or_insert(audience.code.as_str().to_string());
            }
        }
        made.categories.remove("");
        made.audiences.remove("");
        made
    }

    pub fn has_category(&self, code: &str) -> bool {
        self.codes.contains(&("category", code.to_string()))
    }

    pub fn has_audience(&self, code: &str) -> bool {
        self.codes.contains(&("audience", code.to_string()))
    }

    /// What the attributes and taxonomy links of a record say.
    pub fn terms(&self, record: &Record, report: &mut Report) -> Terms {
        let mut terms = Terms::default();
        let mut unknown = BTreeSet::new();
        for attribute in list(record, &["attributes", "attribute"]) {
            let term = object(attribute, "taxonomy_term").unwrap_or(attribute);
            let code = text(term, &["code", "term_code"]).unwrap_or_default();
            let value = text(attribute, &["value"]).unwrap_or_default();
            if let Some(column) = code.strip_prefix(OWN) {
                let cell = attribute.get("value").and_then(Value::as_str).unwrap_or_default();
                terms.own.push((column.to_string(), cell.trim().to_string()));
                continue;
            }
            if code.starts_with("signpost.") {
                continue; // our own words again; the columns say them too
            }
            let name = text(term, &["name", "term"]).or_else(|| text(attribute, &["label"])).unwrap_or(value);
            let link = text(attribute, &["link_type"]).unwrap_or_default().to_ascii_lowercase();
            let taxonomy = taxonomy_of(term);
            self.add(&mut terms, &mut unknown, &name, &code, &link, &taxonomy, report);
        }
        for link in list(
            record,
            &["service_taxonomys", "service_taxonomies", "services_taxonomy", "service_taxonomy", "taxonomies"],
        ) {
            let term = object(link, "taxonomy").or_else(|| object(link, "taxonomy_term")).unwrap_or(link);
            let code = text(term, &["code"]).or_else(|| id(term)).unwrap_or_default();
            let name = text(term, &["name", "term"]).or_else(|| text(link, &["taxonomy_detail"])).unwrap_or_default();
            self.add(&mut terms, &mut unknown, &name, &code, "", &taxonomy_of(term), report);
        }
        for field in
            ["taxonomy_terms", "categories", "category", "tags", "keywords", "pc_targetAudience", "pc_category"]
        {
            let link = if field == "pc_targetAudience" { "audience" } else { "" };
            for name in record.get(field).map(words).unwrap_or_default() {
                self.add(&mut terms, &mut unknown, &name, "", link, "", report);
            }
        }
        for name in unknown {
            report.unknown_term(&name);
        }
        terms
    }

    #[expect(clippy::too_many_arguments, reason = "one term, said in five ways, and where it goes")]
    fn add(
        &self,
        terms: &mut Terms,
        unknown: &mut BTreeSet<String>,
        name: &str,
        code: &str,
        link: &str,
        taxonomy: &str,
        report: &mut Report,
    ) {
        let about_people = ["eligib", "audience", "circumstance", "people", "target", "age"];
        let about_people = |text: &str| about_people.iter().any(|word| text.contains(word));
        let person = about_people(link) || about_people(&taxonomy.to_ascii_lowercase());
        let code = code.to_ascii_lowercase();
        let eligibility_code = code.strip_prefix("openeligibility:").or_else(|| {
            taxonomy.to_ascii_lowercase().replace([' ', '-'], "").contains("openeligibility").then_some(code.as_str())
        });
        let folded = fold(name);
        let as_category =
            eligibility_code.and_then(|code| self.by_code.get(code)).or_else(|| self.categories.get(&folded));
        let as_audience = self.audiences.get(&folded);
        let (to, found) = match (person, as_category, as_audience) {
            (true, _, Some(audience)) | (false, None, Some(audience)) => {
                let restricts = link.contains("eligib");
                (if restricts { &mut terms.only_for } else { &mut terms.welcomes }, audience)
            }
            (false, Some(category), _) | (true, Some(category), None) => (&mut terms.categories, category),
            (_, None, None) => {
                if !folded.is_empty() {
                    report.left("taxonomy_term", "is none of our categories or audiences", name);
                    unknown.insert(name.trim().to_string());
                    terms.others_too(name);
                } else if !code.is_empty() {
                    report.left("taxonomy_term", "has no name", &code);
                }
                return;
            }
        };
        report.changed("taxonomy_term", "became a category or audience of ours", &format!("{name} → {found}"));
        if !to.contains(found) {
            to.push(found.clone());
        }
        if self.categories.get(&folded) != Some(found) && self.audiences.get(&folded) != Some(found) {
            terms.others_too(name); // found by its code: nobody would find the service by this name
        }
    }
}

fn taxonomy_of(term: &Record) -> String {
    let detail = object(term, "taxonomy_detail").and_then(|detail| text(detail, &["name"]));
    let stated = text(term, &["vocabulary", "taxonomy", "taxonomy_facet"]);
    detail.or(stated).or_else(|| term.get("taxonomy").and_then(scalar)).unwrap_or_default()
}

/// `Debt Advice & Support` → `debt advice and support`; plural or not.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ");
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let singular = |word: &str| match word.strip_suffix('s') {
        Some(stem) if word.len() > 4 && !stem.ends_with(['s', 'u', 'i']) => stem.to_string(),
        _ => word.to_string(),
    };
    words.map(singular).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_are_compared_without_their_dress() {
        assert_eq!(fold("Debt Advice & Supports"), "debt advice and support");
        assert_eq!(fold(" peer_support "), "peer support");
        assert_eq!(fold("Addiction / Recovery"), fold("addiction recovery"));
        assert_eq!(fold("Bus"), "bus");
        assert_eq!(fold("Illness"), "illness");
    }
}
