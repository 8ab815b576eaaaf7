//! What a navigator's form says: the question, what is kept on the shortlist, and which button was pressed. All of it
//! travels in the form; the server forgets it with the answer.

use crate::matching::plan::check::MOST_OPTIONS;
use crate::model::Id;
use crate::search::ask::{Ask, FIELDS};
use crate::search::mistake::Mistake;
use crate::server::form::Fields;

/// Services on a shortlist: as many as a plan can hold.
pub const MOST_KEPT: usize = MOST_OPTIONS;

/// Results on a page: about as many as fit the map's pins without a crowd.
pub const PER_PAGE: i64 = 20;

/// What lies between a service's id and what it is for, in a field that keeps it.
const FOR: char = '|';

/// Fields that say what was pressed, and hold for one answer only.
const BUTTONS: [&str; 8] = ["add", "drop", "without", "stay", "page", "on", "which", "match"];

/// A form that was sent.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub fields: Fields,
    pub kept: Vec<Kept>,
    /// True when one more was to be kept than there is room for.
    pub too_many: bool,
    /// Which page of the results is wanted, from 1.
    pub page: i64,
}

/// A service on the shortlist.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: Id,
    /// What it is for: a goal's name or own words; empty if that was not said.
    pub why: String,
}

impl Kept {
    fn read(text: &str) -> Option<Self> {
        let (id, why) = text.split_once(FOR).unwrap_or((text, ""));
        Some(Self { id: Id::new(id.trim()).ok()?, why: why.trim().to_string() })
    }

    /// As a field holds it.
    pub fn written(&self) -> String {
        written(self.id.as_str(), &self.why)
    }
}

/// A service and what it is for, as a field holds them.
pub fn written(id: &str, why: &str) -> String {
    if why.is_empty() { id.to_string() } else { format!("{id}{FOR}{why}") }
}

impl Asked {
    /// Reads a form, and does what its button says.
    pub fn of(mut fields: Fields) -> Self {
        let mut kept: Vec<Kept> = Vec::new();
        let mut too_many = false;
        for one in fields.all("keep").chain(fields.all("add")).filter_map(Kept::read) {
            let is_full = kept.len() == MOST_KEPT;
            match kept.iter_mut().find(|other| other.id == one.id) {
                Some(other) if other.why.is_empty() => other.why = one.why,
                Some(_) => {}
                None if is_full => too_many = true,
                None => kept.push(one),
            }
        }
        kept.retain(|one| !fields.says("drop", one.id.as_str()) && !fields.says("drop", "all"));
        // A change of the shortlist stays on the page of results; another question begins at the first.
        let stays = fields.has("add") || fields.has("drop") || fields.has("stay");
        let page = if stays { fields.value("on") } else { fields.value("page") };
        let page = page.parse().unwrap_or(1);
        let without: Vec<String> = fields.all("without").map(str::to_string).collect();
        for filter in without {
            let (name, value) =
                filter.split_once(':').map_or((filter.as_str(), None), |(name, value)| (name, Some(value)));
            fields = fields.without(name, value);
        }
        Self { fields, kept, too_many, page }
    }

    /// The question. A distance or an order by distance without a place asks nothing, rather than being wrong: both are
    /// lists of choices that always say something.
    ///
    /// # Errors
    /// Fields that cannot be read, each with its cure.
    pub fn ask(&self) -> Result<Ask, Vec<Mistake>> {
        let has_place = self.fields.has("near");
        let of_question = self.fields.stated().filter(|(name, value)| {
            let needs_place = *name == "within_km" || (*name == "sort" && *value == "distance");
            FIELDS.contains(name) && !["page", "per_page"].contains(name) && (has_place || !needs_place)
        });
        let ask = Ask::from_pairs(of_question)?;
        Ok(Ask { page: Some(self.page), per_page: Some(PER_PAGE), ..ask })
    }

    /// Fields that a page has no place for and carries on, so that another page finds them again: all but its own, the
    /// shortlist (which pages show), and the buttons.
    pub fn carried(&self, own: &[&str]) -> Vec<(&str, &str)> {
        let is_carried = |name: &str| !own.contains(&name) && !BUTTONS.contains(&name) && name != "keep";
        self.fields.stated().filter(|(name, _)| is_carried(name)).collect()
    }

    pub fn keeps(&self, id: &str) -> bool {
        self.kept.iter().any(|kept| kept.id.as_str() == id)
    }

    /// The ids on the shortlist, as an address holds them: public ids and nothing else.
    pub fn ids(&self) -> String {
        self.kept.iter().map(|kept| kept.id.as_str()).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::of(Fields::of(pairs.iter().map(|(name, value)| (name.to_string(), value.to_string()))))
    }

    #[test]
    fn services_are_kept_once_and_dropped_by_their_id() {
        let form = asked(&[("keep", "choir|sing"), ("keep", "boxing"), ("add", "boxing|get fit"), ("drop", "choir")]);
        assert_eq!(form.kept.iter().map(Kept::written).collect::<Vec<_>>(), ["boxing|get fit"]);
        assert_eq!(form.ids(), "boxing");
        assert!(asked(&[("keep", "choir"), ("drop", "all")]).kept.is_empty());
        assert!(asked(&[("keep", "<script>")]).kept.is_empty(), "what is no id is not kept");
    }

    #[test]
    fn there_is_room_for_as_many_as_a_plan_holds() {
        let ids: Vec<String> = (0..=MOST_KEPT).map(|number| format!("service-{number}")).collect();
        let pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("keep", id.as_str())).collect();
        let form = asked(&pairs);
        assert!(form.too_many && form.kept.len() == MOST_KEPT);
    }

    #[test]
    fn a_distance_without_a_place_asks_nothing() {
        let ask = asked(&[("within_km", "5"), ("sort", "distance"), ("q", "boxing")]).ask().unwrap();
        assert_eq!((ask.within_km, ask.sort), (None, None));
        let ask = asked(&[("within_km", "5"), ("near", "M1"), ("page", "3")]).ask().unwrap();
        assert_eq!((ask.within_km, ask.page), (Some(5.0), Some(3)));
    }

    #[test]
    fn a_filter_is_taken_away_whole_or_by_its_value() {
        let pairs = [("category", "food"), ("category", "housing"), ("free", "true")];
        let form = |without| asked(&[&pairs[..], &[("without", without)]].concat()).ask().unwrap();
        assert_eq!(form("category:food").category, ["housing"]);
        assert!(form("category").category.is_empty());
        assert_eq!(form("free").free, None);
    }

    #[test]
    fn keeping_something_stays_on_the_page_and_another_question_does_not() {
        assert_eq!(asked(&[("on", "3"), ("add", "choir")]).page, 3);
        assert_eq!(asked(&[("on", "3"), ("q", "choir")]).page, 1);
    }
}
