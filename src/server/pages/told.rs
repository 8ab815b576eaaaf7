//! What pages tell of a service, in the page's language: cost, time, way, who it is for. Each is a short sentence that
//! stands by itself; what is not stated is said to be so, and never taken for "no". What plans say too is in
//! `matching::wording::facts`; the kiosk's cards are an `entry`, which is made of these.

use crate::index::Snapshot;
use crate::language::Texts;
use crate::matching::wording::facts;
use crate::model::hours::OpeningHours;
use crate::model::{Code, Coded, Convictions, Places};
use crate::search::answer::Opens;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use jiff::civil::{Date, DateTime};

/// A check that is older than this is said to be old.
const FRESH_DAYS: i32 = 365;

/// Kilometres in a mile.
const MILE: f64 = 1.609_344;

/// The words of closed lists and of the commonest codes of open ones.
const WORDS: [&str; 59] = [
    "told.referral.drop_in",
    "told.referral.self",
    "told.referral.professional",
    "told.delivery.in_person",
    "told.delivery.phone",
    "told.delivery.online",
    "told.delivery.outreach",
    "told.led_by.peers",
    "told.led_by.volunteers",
    "told.led_by.professionals",
    "told.led_by.members",
    "told.setting.group",
    "told.setting.one_to_one",
    "told.access.accessible_toilet",
    "told.access.bsl",
    "told.access.changing_places",
    "told.access.hearing_loop",
    "told.access.large_print",
    "told.access.parking",
    "told.access.quiet_space",
    "told.access.step_free",
    "told.travel.walk",
    "told.travel.cycle",
    "told.travel.bus",
    "told.travel.car",
    "told.fund.personal",
    "told.fund.women",
    "told.fund.shared_project",
    "told.purpose.cost",
    "told.purpose.travel",
    "told.purpose.kit",
    "told.purpose.childcare",
    "told.purpose.id",
    "told.purpose.course",
    "told.kinds.ward",
    "told.kinds.borough",
    "told.languages.ar",
    "told.languages.bn",
    "told.languages.cy",
    "told.languages.en",
    "told.languages.es",
    "told.languages.fa",
    "told.languages.fr",
    "told.languages.gu",
    "told.languages.he",
    "told.languages.hi",
    "told.languages.ku",
    "told.languages.pa",
    "told.languages.pl",
    "told.languages.ps",
    "told.languages.pt",
    "told.languages.ro",
    "told.languages.ru",
    "told.languages.so",
    "told.languages.ti",
    "told.languages.uk",
    "told.languages.ur",
    "told.languages.yi",
    "told.languages.zh",
];

/// Says things of one directory at one time in one language.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub t: &'static Texts,
    pub snapshot: &'a Snapshot,
    pub now: DateTime,
}

/// When a service was last checked, and whether that is long ago.
pub struct Checked {
    pub text: String,
    pub is_old: bool,
}

impl Told<'_> {
    /// "Free", "£2.50 a visit", with what the row says beside it.
    pub fn cost(&self, service: &PublicService) -> String {
        facts::cost(self.t, service.cost, &service.cost_note)
    }

    /// "Just turn up, or get in touch yourself".
    pub fn joining(&self, service: &PublicService) -> String {
        if service.referral.is_empty() {
            return self.t.text("told.referral.not_stated").to_string();
        }
        self.codes("referral", &service.referral)
    }

    /// "Women, ages 18 to 25": who alone may come; nothing if it does not say.
    pub fn only_for(&self, service: &PublicService) -> Option<String> {
        let names: Vec<String> = service.only_for.iter().map(|code| self.name("audiences", code.as_str())).collect();
        facts::only_for(self.t, &names, service.minimum_age, service.maximum_age)
    }

    /// "Parents, carers": whom it is especially for; nothing if it does not say.
    pub fn welcomes(&self, service: &PublicService) -> Option<String> {
        let names = self.names("audiences", &service.welcomes);
        (!names.is_empty()).then_some(names)
    }

    /// Whether people with convictions can come: for workers and the service's own page.
    pub fn convictions(&self, service: &PublicService) -> String {
        let text = self.t.text(match service.convictions {
            Some(Convictions::Yes) => "told.convictions.yes",
            Some(Convictions::No) => "told.convictions.no",
            Some(Convictions::Ask) => "told.convictions.ask",
            None => "told.convictions.not_stated",
        });
        let note = &service.convictions_note;
        if note.is_empty() { text.to_string() } else { format!("{text}. {note}") }
    }

    /// Whether there is room, and how long one waits; nothing if it does not say.
    pub fn room(&self, service: &PublicService) -> Option<String> {
        let weeks = service.wait_weeks.map(|weeks| self.t.count("told.wait", u64::from(weeks), &[]));
        let room = service.places.map(|places| {
            self.t.text(match places {
                Places::Open => "told.places.open",
                Places::WaitingList => "told.places.waiting_list",
                Places::Full => "told.places.full",
            })
        });
        let parts: Vec<String> = room.map(str::to_string).into_iter().chain(weeks).collect();
        (!parts.is_empty()).then(|| parts.join(". "))
    }

    /// "0.7 miles (1.2 km)".
    pub fn distance(&self, km: f64) -> String {
        let miles = km / MILE;
        let written = |value: f64| if value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") };
        self.t.say("told.distance", &[("miles", &written(miles)), ("km", &written(km))])
    }

    /// "Open now, until 5pm", "Today, 6pm to 8pm", "Saturday 28 November, from 10am".
    pub fn next(&self, opens: Option<Opens>, session: Option<&PublicSession>) -> String {
        facts::next(self.t, opens, session.and_then(|session| session.starts_on), self.now)
    }

    /// "Tuesday and Saturday 10am to 1pm": the regular hours of a session, if it states any.
    pub fn hours(&self, session: &PublicSession) -> Option<String> {
        let stated = session.opening_hours.as_deref()?;
        let read = OpeningHours::parse(stated).map(|hours| hours.describe_in(self.t.language()));
        Some(read.unwrap_or_else(|_| stated.to_string()))
    }

    /// "10am to 1pm"; over midnight it ends on the next day.
    pub fn times(&self, starts: DateTime, ends: Option<DateTime>) -> String {
        let from = self.t.clock(starts.time());
        match ends {
            Some(ends) if days_between(starts.date(), ends.date()) > 1 => {
                self.t.say("told.from_to", &[("from", &from), ("to", &self.t.day_and_time(ends))])
            }
            Some(ends) => self.t.say("told.from_to", &[("from", &from), ("to", &self.t.clock(ends.time()))]),
            None => self.t.say("told.from_on", &[("from", &from)]),
        }
    }

    /// When a person last confirmed it.
    pub fn checked(&self, day: Option<Date>) -> Checked {
        match day {
            None => Checked { text: self.t.text("told.never_checked").to_string(), is_old: true },
            Some(day) => Checked {
                text: self.t.say("told.checked", &[("day", &self.t.date(day))]),
                is_old: days_between(day, self.now.date()) > FRESH_DAYS,
            },
        }
    }

    /// Where it is, in a line.
    pub fn place(&self, location: Option<&PublicLocation>, service: &PublicService) -> String {
        match location {
            Some(PublicLocation::Open(place)) => {
                facts::address(&place.name, &place.address, &place.town, place.postcode.as_deref().unwrap_or_default())
            }
            Some(PublicLocation::Confidential(_)) => self.t.text("told.confidential").to_string(),
            None => self.without_venue(service),
        }
    }

    /// Codes of a closed list in words, separated by commas.
    pub fn codes<T: Coded>(&self, list: &str, codes: &[T]) -> String {
        let mut words: Vec<String> = codes.iter().map(|code| self.word(list, code.code())).collect();
        // One sentence: only its first word is written large.
        for word in words.iter_mut().skip(1) {
            let mut letters = word.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
            *word = format!("{first}{}", letters.as_str());
        }
        words.join(", ")
    }

    /// How something happens that has no venue.
    pub fn without_venue(&self, service: &PublicService) -> String {
        facts::without_venue(self.t, &service.delivery).to_string()
    }

    /// A code of a list in words; one that the languages do not know as it is.
    pub fn word(&self, list: &str, code: &str) -> String {
        word(self.t, list, code)
    }

    /// Codes of an open list, such as `step_free`, in words; one that the language does not know as it is.
    pub fn access(&self, codes: &[Code]) -> String {
        codes.iter().map(|code| self.access_code(code.as_str())).collect::<Vec<_>>().join(", ")
    }

    pub fn access_code(&self, code: &str) -> String {
        self.word("access", code)
    }

    /// The name of a language by its code.
    pub fn spoken(&self, code: &str) -> String {
        self.word("languages", code)
    }

    /// Names of categories or audiences, separated by commas.
    pub fn names(&self, kind: &str, codes: &[Code]) -> String {
        codes.iter().map(|code| self.name(kind, code.as_str())).collect::<Vec<_>>().join(", ")
    }

    /// The name of a goal, category or audience: in the page's language if its file has it, else as the directory has.
    pub fn name(&self, kind: &str, code: &str) -> String {
        if let Some(name) = self.t.vocabulary(kind, code) {
            return name.to_string();
        }
        let words = self.snapshot.vocabulary();
        let name = match kind {
            "goals" => words.goals.iter().find(|row| row.code.as_str() == code).map(|row| &row.name),
            "categories" => words.categories.iter().find(|row| row.code.as_str() == code).map(|row| &row.name),
            _ => words.audiences.iter().find(|row| row.code.as_str() == code).map(|row| &row.name),
        };
        name.map_or_else(|| code.to_string(), Clone::clone)
    }
}

/// A code of a list in words; one that the languages do not know as it is.
pub fn word(t: &Texts, list: &str, code: &str) -> String {
    let end = format!("{list}.{code}");
    let key = WORDS.into_iter().find(|key| key.split_once('.').is_some_and(|(_, known)| known == end));
    key.map_or_else(|| code.replace('_', " "), |key| t.text(key).to_string())
}

/// Whole days from one day to another.
pub fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}
