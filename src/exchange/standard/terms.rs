//! What of ours the standard has no field for, as it wants that said: terms of taxonomies, and attributes that lead to
//! them.
//!
//! Four taxonomies: our categories, goals and audiences, and `fields`: one term for each of our own columns, whose
//! attribute holds the cell of that column as our CSV has it. By these an import gets back exactly what was exported.

use super::ids;
use crate::model::{Code, Directory};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// An object of the standard.
pub type Object = Map<String, Value>;

/// The four taxonomies: name, title, and what it is.
pub const TAXONOMIES: [(&str, &str, &str); 4] = [
    ("categories", "Signpost categories", "What a service is."),
    (
        "goals",
        "Signpost goals",
        "What a person wants, in their own words; each belongs to one of the eleven primary goods of the Good Lives Model.",
    ),
    ("audiences", "Signpost audiences", "Who a service is for."),
    (
        "fields",
        "Signpost fields",
        "Facts of a Signpost directory that the standard has no field for; the value of the attribute is the fact.",
    ),
];

/// Our own columns: the code of each is `signpost:` and its name.
pub const FIELDS: [(&str, &str); 23] = [
    ("id", "The id in the Signpost directory"),
    ("summary", "One line about it; the description begins with it"),
    ("categories", "Codes of its categories"),
    ("referral", "How a person gets in: drop_in, self, professional"),
    ("cost", "Pounds a visit; 0 is free"),
    ("cost_note", "What else there is to say of the cost"),
    ("bring", "What to bring"),
    ("only_for", "Codes of the audiences it is restricted to"),
    ("welcomes", "Codes of the audiences it is especially for"),
    ("convictions", "Whether people with convictions are welcome: yes, no, ask"),
    ("convictions_note", "What else there is to say of that"),
    ("languages", "Languages it is given in, ISO 639-1"),
    ("delivery", "How it is given: in_person, phone, online, outreach"),
    ("led_by", "Who leads it: peers, volunteers, professionals, members"),
    ("setting", "With others or alone: group, one_to_one"),
    ("places", "Whether there is room: open, waiting_list, full"),
    ("wait_weeks", "How many weeks the wait is"),
    ("covers", "Ids of the areas it covers"),
    ("session", "When it is at this place, as JSON: opening hours in OpenStreetMap syntax, first and last day, note"),
    ("address", "The street address"),
    ("town", "The town"),
    ("postcode", "The postcode"),
    ("accessibility", "What the place has: step_free, hearing_loop …"),
];

/// The words of a directory, ready to be asked for terms.
pub struct Terms<'a> {
    vocabulary: &'a Directory,
    names: HashMap<(&'static str, &'a str), &'a str>,
    parents: HashMap<&'a str, &'a str>,
}

impl<'a> Terms<'a> {
    pub fn new(vocabulary: &'a Directory) -> Self {
        let mut names = HashMap::new();
        for category in &vocabulary.categories {
            names.insert(("categories", category.code.as_str()), category.name.as_str());
        }
        for goal in &vocabulary.goals {
            names.insert(("goals", goal.code.as_str()), goal.name.as_str());
        }
        for audience in &vocabulary.audiences {
            names.insert(("audiences", audience.code.as_str()), audience.name.as_str());
        }
        let parent =
            |category: &'a crate::model::Category| Some((category.code.as_str(), category.parent.as_ref()?.as_str()));
        let parents = vocabulary.categories.iter().filter_map(parent).collect();
        Self { vocabulary, names, parents }
    }

    /// The name of a word; its code if there is none.
    pub fn name<'n>(&'n self, taxonomy: &'static str, code: &'n str) -> &'n str {
        self.names.get(&(taxonomy, code)).copied().unwrap_or(code)
    }

    /// The name of an area.
    pub fn area(&self, id: &str) -> Option<&crate::model::Area> {
        self.vocabulary.areas.iter().find(|area| area.id.as_str() == id)
    }

    /// The term of a word.
    pub fn term(&self, taxonomy: &'static str, code: &str) -> Object {
        let own_code = if taxonomy == "fields" {
            format!("signpost:{code}")
        } else {
            format!("signpost.{}:{code}", &taxonomy[..taxonomy.len() - 1])
        };
        let (name, description) = match taxonomy {
            "fields" => {
                let said = FIELDS.iter().find(|(name, _)| *name == code).map_or("", |(_, said)| *said);
                (code.replace('_', " "), said.to_string())
            }
            _ => {
                let name = self.name(taxonomy, code).to_string();
                (name.clone(), name)
            }
        };
        let mut term = object(json!({
            "id": term_id(taxonomy, code),
            "code": own_code.replace("categorie:", "category:"),
            "name": name,
            "description": description,
            "taxonomy": title(taxonomy),
            "taxonomy_id": taxonomy_id(taxonomy),
            "language": "en",
        }));
        if taxonomy == "categories"
            && let Some(parent) = self.parents.get(code)
        {
            term.insert("parent_id".to_string(), json!(term_id("categories", parent)));
        }
        term
    }

    /// Every term of a taxonomy, as its codes.
    pub fn codes(&self, taxonomy: &str) -> Vec<&str> {
        let of = |codes: Vec<&'a Code>| codes.into_iter().map(Code::as_str).collect();
        match taxonomy {
            "categories" => of(self.vocabulary.categories.iter().map(|row| &row.code).collect()),
            "goals" => of(self.vocabulary.goals.iter().map(|row| &row.code).collect()),
            "audiences" => of(self.vocabulary.audiences.iter().map(|row| &row.code).collect()),
            _ => FIELDS.iter().map(|(name, _)| *name).collect(),
        }
    }

    /// The goals that some of these categories serve, directly enough to be said of the service.
    pub fn goals(&self, categories: &[Code]) -> Vec<&str> {
        /// Of the three strengths; 1 is "a little".
        const ENOUGH: u8 = 2;
        let serves = |goal: &&crate::model::Goal| {
            let leads = |row: &&crate::model::GoalCategory| row.goal == goal.code && row.strength >= ENOUGH;
            self.vocabulary.goal_categories.iter().filter(leads).any(|row| categories.contains(&row.category))
        };
        self.vocabulary.goals.iter().filter(serves).map(|goal| goal.code.as_str()).collect()
    }

    /// An attribute of an object, that leads to a term.
    pub fn attribute(&self, link: Link<'_>, code: &str, value: &str) -> Value {
        let Link { entity, of, taxonomy, link_type, number } = link;
        let mut attribute = object(json!({
            "id": ids::id("attribute", &format!("{entity}/{of}/{taxonomy}/{code}/{link_type}/{number}")),
            "link_id": of,
            "taxonomy_term_id": term_id(taxonomy, code),
            "link_entity": entity,
            "link_type": link_type,
            "taxonomy_term": self.term(taxonomy, code),
        }));
        if !value.is_empty() {
            attribute.insert("value".to_string(), json!(value));
        }
        Value::Object(attribute)
    }
}

/// What an attribute joins: an object, by its kind and id, and a taxonomy.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub entity: &'a str,
    pub of: &'a str,
    pub taxonomy: &'static str,
    pub link_type: &'a str,
    /// Tells attributes apart that are otherwise the same.
    pub number: usize,
}

impl<'a> Link<'a> {
    /// An object's column of ours.
    pub fn field(entity: &'a str, of: &'a str) -> Self {
        Self { entity, of, taxonomy: "fields", link_type: "field", number: 0 }
    }
}

pub fn term_id(taxonomy: &str, code: &str) -> String {
    ids::id("taxonomy_term", &format!("{taxonomy}/{code}"))
}

pub fn taxonomy_id(taxonomy: &str) -> String {
    ids::id("taxonomy", taxonomy)
}

fn title(taxonomy: &str) -> &'static str {
    TAXONOMIES.iter().find(|(name, ..)| *name == taxonomy).map_or("", |(_, title, _)| *title)
}

/// A taxonomy.
pub fn taxonomy(name: &str) -> Option<Object> {
    let (name, title, description) = TAXONOMIES.iter().find(|(known, ..)| *known == name)?;
    Some(object(json!({ "id": taxonomy_id(name), "name": title, "description": description, "version": "1" })))
}

/// An object literal as what it is.
pub fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
