//! One service as people are told of it, in their language: when, where, what it costs, who runs it, how to join, what to
//! check first. For the kiosk's cards, its sheet and the list that its code leads to.
//!
//! What the directory says itself (names, sentences, notes) stays in the language it was written in. Whether under-18s
//! are on site and where a confidential place is are not there: `search::public` has no place for the one, and nothing
//! here reads the other.

use super::told::Told;
use crate::language::Texts;
use crate::matching::answer::{Reason, ServiceOption};
use crate::matching::wording::{self, facts};
use crate::model::{LedBy, Phone, Places, Referral};
use crate::search::answer::Opens;
use crate::search::opens::Openings;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use jiff::civil::DateTime;

/// What is said about a service.
#[derive(Debug)]
pub struct Entry {
    pub id: String,
    pub name: String,
    pub organisation: String,
    /// What it is, in one sentence of the directory's own.
    pub what: String,
    /// When it is next, in the page's language.
    pub next: String,
    /// The regular hours.
    pub hours: Option<String>,
    pub note: String,
    /// Where it is, or how it reaches people.
    pub place: Place,
    pub getting_here: String,
    pub cost: String,
    pub cost_note: String,
    /// "Run by people who have been there"; none if it is not stated.
    pub led_by: Option<&'static str>,
    /// Who alone may come; none if it states nothing.
    pub only_for: Option<String>,
    pub join: &'static str,
    /// The directory's own words on joining.
    pub how_to_join: String,
    pub phone: Option<Phone>,
    pub bring: String,
    /// What to check first.
    pub checks: Vec<Said>,
}

/// Where something is: said by us, or an address as the directory has it.
#[derive(Debug)]
pub enum Place {
    Ours(&'static str),
    Address(String),
}

/// A sentence, and whether it is in the language of the directory and not of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub is_foreign: bool,
}

impl Entry {
    /// An option of a person's answers, at the session that was meant.
    pub fn of_option(told: Told<'_>, option: &ServiceOption) -> Self {
        Self::new(told, &option.service, option.session.as_ref(), option.location.as_ref(), option.opens)
    }

    /// A service by its id, at the session that opens first; none if there is no such service.
    pub fn of_service(told: Told<'_>, id: &str) -> Option<Self> {
        let snapshot = told.snapshot;
        let number = snapshot.service_number(id)?;
        let detail = snapshot.service(id)?;
        let facts = snapshot.facts();
        let listings = &facts.services.get(number)?.listings;
        let listings = facts.listings.get(listings.start as usize..listings.end as usize)?;
        let mut openings = Openings::new(snapshot, told.now);
        let found = listings.iter().map(|listing| openings.of(listing));
        // Those that open come before those that do not; of equals the first.
        let (session, opens) = found.min_by_key(|(_, opens)| {
            opens
                .map_or((1, DateTime::MAX), |opens| if opens.open_now { (0, DateTime::MIN) } else { (0, opens.starts) })
        })?;
        let session = session.and_then(|session| detail.sessions.get(usize::from(session.in_record)));
        let location = session.and_then(|session| session.location.as_ref());
        let session = session.map(|session| &session.session);
        Some(Self::new(told, &detail.service, session, location, opens))
    }

    fn new(
        told: Told<'_>,
        service: &PublicService,
        session: Option<&PublicSession>,
        location: Option<&PublicLocation>,
        opens: Option<Opens>,
    ) -> Self {
        let t = told.t;
        let organisation = told.snapshot.organisation(service.organisation.id.as_str());
        let hours = session.and_then(|session| told.hours(session));
        Self {
            id: service.id.to_string(),
            name: service.name.clone(),
            organisation: service.organisation.name.clone(),
            what: if service.summary.is_empty() { service.description.clone() } else { service.summary.clone() },
            next: told.next(opens, session),
            hours,
            note: session.map(|session| session.note.clone()).unwrap_or_default(),
            place: place(told, service, location),
            getting_here: match location {
                Some(PublicLocation::Open(location)) => location.getting_here.clone(),
                _ => String::new(),
            },
            cost: facts::price(t, service.cost, &service.cost_note).unwrap_or_default(),
            cost_note: service.cost_note.clone(),
            led_by: led_by(&service.led_by, t),
            only_for: told.only_for(service),
            join: facts::join(t, &service.referral, &service.delivery),
            how_to_join: service.how_to_join.clone(),
            phone: service.phone.clone().or(organisation.and_then(|organisation| organisation.phone)),
            bring: service.bring.clone(),
            checks: checks(service, t),
        }
    }

    /// What matching says should be checked, in place of what the service alone gives.
    #[must_use]
    pub fn with_checks(mut self, reasons: &[Reason]) -> Self {
        self.checks = reasons.iter().map(Said::reason).collect();
        self
    }
}

impl Said {
    /// A reason of matching, which speaks the page's language but for what the service says itself.
    pub fn reason(reason: &Reason) -> Self {
        Self { text: reason.text.clone(), is_foreign: reason.field == "services.notice" }
    }
}

fn place(told: Told<'_>, service: &PublicService, location: Option<&PublicLocation>) -> Place {
    match location {
        Some(PublicLocation::Confidential(_)) => Place::Ours(told.t.text("entry.they_tell_you")),
        Some(PublicLocation::Open(_)) => Place::Address(told.place(location, service)),
        None => Place::Ours(facts::without_venue(told.t, &service.delivery)),
    }
}

fn led_by(led_by: &[LedBy], t: &'static Texts) -> Option<&'static str> {
    if led_by.contains(&LedBy::Peers) {
        return Some(t.text("entry.led_by_peers"));
    }
    Some(match led_by.first()? {
        LedBy::Peers | LedBy::Members => t.text("entry.led_by_members"),
        LedBy::Volunteers => t.text("entry.led_by_volunteers"),
        LedBy::Professionals => t.text("entry.led_by_professionals"),
    })
}

/// What the service itself says to look out for.
fn checks(service: &PublicService, t: &Texts) -> Vec<Said> {
    let mut checks = Vec::new();
    if !service.notice.is_empty() {
        checks.push(Said { text: service.notice.clone(), is_foreign: true });
    }
    let mut ours = |text: String| checks.push(Said { text, is_foreign: false });
    match service.places {
        Some(Places::Full) => ours(t.text("entry.full").to_string()),
        Some(Places::WaitingList) => ours(wording::waiting_list(t, service.wait_weeks)),
        Some(Places::Open) | None => {}
    }
    if service.referral == [Referral::Professional] {
        ours(t.text("entry.ask_your_worker").to_string());
    }
    checks
}
