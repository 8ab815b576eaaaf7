//! The filters beside the results, each choice with how many services it would leave. Nobody is led to an empty list
//! unannounced: a choice that would leave nothing says 0, and what a filter took away is said above the results.
//!
//! Within one filter choices add up (food *or* housing), so the counts of a filter that is set are those of the question
//! without it.

use super::asked::Asked;
use super::card::filter_key;
use crate::dataset::columns::ACCESSIBILITY;
use crate::model::Category;
use crate::search::answer::{Answer, FacetCount};
use crate::search::ask::Ask;
use crate::search::{Circumstances, NoAnswer, search, totals};
use crate::server::pages::told::Told;

/// In a larger answer the choices that no facet counts are shown without their number: every service is looked at again
/// for each.
const MOST_COUNTED: usize = 20_000;

/// Choices of a filter that are shown before the rest, which a click unfolds.
const SHOWN: usize = 8;

/// One filter with its choices.
pub struct FilterGroup {
    pub field: &'static str,
    pub legend: String,
    pub choices: Vec<Choice>,
    /// The rest, folded away.
    pub rest: Vec<Choice>,
    /// Whether a choice is made, so that the filter is open.
    pub is_set: bool,
}

/// A choice of a filter.
pub struct Choice {
    pub code: String,
    pub name: String,
    /// Services that there would be; none where it was not counted.
    pub count: Option<usize>,
    pub chosen: bool,
    /// Whether it belongs to the choice above it.
    pub within: bool,
}

/// A filter that is set, to be taken away with one press.
pub struct Chip {
    /// What the button says to the server: `free`, `category:food`.
    pub without: String,
    pub text: String,
}

/// What one filter took away.
pub struct Removed {
    pub without: &'static str,
    pub text: String,
}

/// Everything that filters need to be counted.
pub struct Filters<'a> {
    pub told: Told<'a>,
    pub asked: &'a Asked,
    pub ask: &'a Ask,
    pub answer: &'a Answer,
    pub circumstances: &'a Circumstances<'a>,
}

impl Filters<'_> {
    /// The filters in the order in which they are shown.
    ///
    /// # Errors
    /// The time was up.
    pub fn groups(&self) -> Result<Vec<FilterGroup>, NoAnswer> {
        let mut groups = vec![self.categories()?, self.goals()?];
        for field in ["audience", "referral", "delivery", "led_by", "language"] {
            groups.push(self.listed(field)?);
        }
        groups.push(self.access()?);
        Ok(groups.into_iter().filter(|group| !group.choices.is_empty()).collect())
    }

    /// The yes-or-no filters: free, convictions, open now.
    ///
    /// # Errors
    /// The time was up.
    pub fn switches(&self) -> Result<Vec<(&'static str, Choice)>, NoAnswer> {
        const FIELDS: [&str; 3] = ["free", "open_now", "convictions"];
        let changed = |field: &&str| {
            let yes = Some(true);
            match *field {
                "free" => Ask { free: yes, ..self.ask.clone() },
                "open_now" => Ask { open_now: yes, ..self.ask.clone() },
                _ => Ask { convictions: yes, ..self.ask.clone() },
            }
        };
        let counts = self.counted(FIELDS.iter().map(changed).collect())?;
        let switch = |(field, count): (&'static str, Option<usize>)| {
            let name = self.told.t.text(switch_key(field)).to_string();
            let chosen = self.asked.fields.says(field, "true");
            (field, Choice { code: "true".to_string(), name, count, chosen, within: false })
        };
        Ok(FIELDS.into_iter().zip(counts).map(switch).collect())
    }

    /// The filters that are set, one by one.
    pub fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        let lists: [(&str, &[String]); 8] = [
            ("category", &self.ask.category),
            ("goal", &self.ask.goal),
            ("audience", &self.ask.audience),
            ("language", &self.ask.language),
            ("access", &self.ask.access),
            ("delivery", &self.ask.delivery),
            ("referral", &self.ask.referral),
            ("led_by", &self.ask.led_by),
        ];
        for (field, codes) in lists {
            for code in codes {
                chips.push(Chip { without: format!("{field}:{code}"), text: self.name(field, code) });
            }
        }
        if let Some(age) = self.ask.age {
            chips.push(Chip { without: "age".to_string(), text: self.told.t.say("navigator.aged", &[("age", &age)]) });
        }
        for (field, set) in
            [("free", self.ask.free), ("open_now", self.ask.open_now), ("convictions", self.ask.convictions)]
        {
            if set == Some(true) {
                chips.push(Chip { without: field.to_string(), text: self.told.t.text(switch_key(field)).to_string() });
            }
        }
        chips
    }

    /// "12 more without age": what each filter alone took away, the most first.
    pub fn removed(&self) -> Vec<Removed> {
        let mut removed: Vec<(&'static str, usize)> =
            self.answer.removed_by.iter().map(|(field, count)| (*field, *count)).collect();
        removed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let say = |(field, count): (&'static str, usize)| {
            let name = self.told.t.text(filter_key(field));
            let text = self.told.t.count("navigator.without", count as u64, &[("filter", &name)]);
            Removed { without: if field == "open_at" { "open_now" } else { field }, text }
        };
        removed.into_iter().map(say).collect()
    }

    /// How many services there would be with other filters; none of it if the answer is too large to try.
    fn counted(&self, changed: Vec<Ask>) -> Result<Vec<Option<usize>>, NoAnswer> {
        if self.answer.total > MOST_COUNTED {
            return Ok(vec![None; changed.len()]);
        }
        // The first page holds every total, whichever page is shown.
        let asks: Vec<Ask> = changed.into_iter().map(|ask| Ask { page: Some(1), ..ask }).collect();
        Ok(totals(self.told.snapshot, &asks, self.circumstances)?.into_iter().map(Some).collect())
    }

    /// The counts of a facet: of the answer or, where the filter itself is set, of the question without it.
    fn facet(&self, field: &'static str) -> Result<Vec<FacetCount>, NoAnswer> {
        let of = |answer: &Answer| answer.facets.get(field).cloned().unwrap_or_default();
        if !self.asked.fields.has(field) {
            return Ok(of(self.answer));
        }
        let mut ask = Ask { page: Some(1), per_page: Some(1), ..self.ask.clone() };
        let list = match field {
            "category" => &mut ask.category,
            "goal" => &mut ask.goal,
            "audience" => &mut ask.audience,
            "language" => &mut ask.language,
            "delivery" => &mut ask.delivery,
            "referral" => &mut ask.referral,
            _ => &mut ask.led_by,
        };
        list.clear();
        Ok(of(&search(self.told.snapshot, &ask, self.circumstances)?))
    }

    fn choice(&self, field: &str, code: &str, count: usize) -> Choice {
        Choice {
            code: code.to_string(),
            name: self.name(field, code),
            count: Some(count),
            chosen: self.asked.fields.says(field, code),
            within: false,
        }
    }

    /// A facet as it is, the most frequent first; what is chosen stays, also with nothing left.
    fn listed(&self, field: &'static str) -> Result<FilterGroup, NoAnswer> {
        let facet = self.facet(field)?;
        let mut choices: Vec<Choice> = facet.iter().map(|entry| self.choice(field, &entry.code, entry.count)).collect();
        for code in self.asked.fields.all(field) {
            if !choices.iter().any(|choice| choice.code == code) {
                choices.push(self.choice(field, code, 0));
            }
        }
        Ok(self.group(field, choices))
    }

    /// The broad categories and, beneath one that is chosen (or has a chosen one below it), those within it.
    fn categories(&self) -> Result<FilterGroup, NoAnswer> {
        let facet = self.facet("category")?;
        let count = |code: &str| facet.iter().find(|entry| entry.code == code).map_or(0, |entry| entry.count);
        let rows = &self.told.snapshot.vocabulary().categories;
        let chosen = |row: &Category| self.asked.fields.says("category", row.code.as_str());
        let below = |above: &Category| -> Vec<&Category> {
            rows.iter().filter(|row| row.parent.as_ref() == Some(&above.code)).collect()
        };
        let mut tops: Vec<&Category> = rows.iter().filter(|row| row.parent.is_none()).collect();
        tops.sort_by_key(|row| std::cmp::Reverse(count(row.code.as_str())));
        let mut choices = Vec::new();
        for top in tops {
            let within = below(top);
            let is_open = chosen(top) || within.iter().any(|row| chosen(row));
            if count(top.code.as_str()) == 0 && !is_open {
                continue;
            }
            choices.push(self.choice("category", top.code.as_str(), count(top.code.as_str())));
            if is_open {
                for row in within.into_iter().filter(|row| count(row.code.as_str()) > 0 || chosen(row)) {
                    let choice = self.choice("category", row.code.as_str(), count(row.code.as_str()));
                    choices.push(Choice { within: true, ..choice });
                }
            }
        }
        Ok(self.group("category", choices))
    }

    fn goals(&self) -> Result<FilterGroup, NoAnswer> {
        let facet = self.facet("goal")?;
        let choices = facet.iter().map(|entry| self.choice("goal", &entry.code, entry.count)).collect();
        Ok(self.group("goal", choices))
    }

    /// What a venue must have: all that is chosen, so each count is of one more need.
    fn access(&self) -> Result<FilterGroup, NoAnswer> {
        let chosen = |code: &str| self.asked.fields.says("access", code);
        let with_one_more = |code: &&str| {
            let mut ask = self.ask.clone();
            if !chosen(code) {
                ask.access.push(code.to_string());
            }
            ask
        };
        let counts = self.counted(ACCESSIBILITY.iter().map(with_one_more).collect())?;
        let choice = |(code, count): (&str, Option<usize>)| {
            let name = self.told.access_code(code);
            Choice { code: code.to_string(), name, count, chosen: chosen(code), within: false }
        };
        Ok(self.group("access", ACCESSIBILITY.into_iter().zip(counts).map(choice).collect()))
    }

    fn group(&self, field: &'static str, mut choices: Vec<Choice>) -> FilterGroup {
        let is_set = choices.iter().any(|choice| choice.chosen);
        // What is chosen is never folded away.
        let last_chosen = choices.iter().rposition(|choice| choice.chosen).map_or(0, |at| at + 1);
        let rest = choices.split_off(SHOWN.max(last_chosen).min(choices.len()));
        let legend = self.told.t.text(filter_key(field)).to_string();
        FilterGroup { field, legend, choices, rest, is_set }
    }

    fn name(&self, field: &str, code: &str) -> String {
        match field {
            "category" => self.told.name("categories", code),
            "goal" => self.told.name("goals", code),
            "audience" => self.told.name("audiences", code),
            "language" => self.told.spoken(code),
            "access" => self.told.access_code(code),
            _ => self.told.word(field, code),
        }
    }
}

/// The key of a yes-or-no filter's text.
fn switch_key(field: &str) -> &'static str {
    match field {
        "free" => "navigator.switch.free",
        "open_now" => "navigator.switch.open_now",
        _ => "navigator.switch.convictions",
    }
}
