//! One service as people are told of it, in their language: when, where, what it costs, who runs it, how to join, what to
//! check first. For the kiosk's cards, its sheet and the list that its code leads to.
//!
//! What the directory says itself (names, sentences, notes) stays in the language it was written in. Whether under-18s
//! are on site and where a confidential place is are not there: `search::public` has no place for the one, and nothing
//! here reads the other.

use crate::index::Snapshot;
use crate::language::Texts;
use crate::matching::answer::{Reason, ServiceOption};
use crate::model::{Delivery, LedBy, Phone, Places, Referral};
use crate::search::answer::Opens;
use crate::search::opens::Openings;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use jiff::civil::{DateTime, Time};

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
    /// The regular hours, as the directory's language has them.
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
    pub fn of_option(snapshot: &Snapshot, option: &ServiceOption, now: DateTime, t: &'static Texts) -> Self {
        let session = option.session.as_ref();
        Self::new(snapshot, &option.service, session, option.location.as_ref(), option.opens, now, t)
    }

    /// A service by its id, at the session that opens first; none if there is no such service.
    pub fn of_service(snapshot: &Snapshot, id: &str, now: DateTime, t: &'static Texts) -> Option<Self> {
        let number = snapshot.service_number(id)?;
        let detail = snapshot.service(id)?;
        let facts = snapshot.facts();
        let listings = &facts.services.get(number)?.listings;
        let listings = facts.listings.get(listings.start as usize..listings.end as usize)?;
        let mut openings = Openings::new(snapshot, now);
        let found = listings.iter().map(|listing| openings.of(listing));
        // Those that open come before those that do not; of equals the first.
        let (session, opens) = found.min_by_key(|(_, opens)| {
            opens
                .map_or((1, DateTime::MAX), |opens| if opens.open_now { (0, DateTime::MIN) } else { (0, opens.starts) })
        })?;
        let session = session.and_then(|session| detail.sessions.get(usize::from(session.in_record)));
        let location = session.and_then(|session| session.location.as_ref());
        let session = session.map(|session| &session.session);
        Some(Self::new(snapshot, &detail.service, session, location, opens, now, t))
    }

    fn new(
        snapshot: &Snapshot,
        service: &PublicService,
        session: Option<&PublicSession>,
        location: Option<&PublicLocation>,
        opens: Option<Opens>,
        now: DateTime,
        t: &'static Texts,
    ) -> Self {
        let organisation = snapshot.organisation(service.organisation.id.as_str());
        let hours = session.and_then(|session| session.hours.clone());
        Self {
            id: service.id.to_string(),
            name: service.name.clone(),
            organisation: service.organisation.name.clone(),
            what: if service.summary.is_empty() { service.description.clone() } else { service.summary.clone() },
            next: when_next(opens, session, now, t),
            hours,
            note: session.map(|session| session.note.clone()).unwrap_or_default(),
            place: place(service, location, t),
            getting_here: match location {
                Some(PublicLocation::Open(location)) => location.getting_here.clone(),
                _ => String::new(),
            },
            cost: match service.cost {
                None if service.cost_note.is_empty() => t.text("entry.cost_not_stated").to_string(),
                None => String::new(),
                Some(cost) if cost.is_free() => t.text("entry.free").to_string(),
                Some(cost) => t.say("entry.a_visit", &[("cost", &cost)]),
            },
            cost_note: service.cost_note.clone(),
            led_by: led_by(&service.led_by, t),
            only_for: only_for(snapshot, service, t),
            join: join(service, t),
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

/// "Today, 10am to 1pm", "Open now, until 5pm", "Saturday 28 November, from 9am".
pub fn when_next(opens: Option<Opens>, session: Option<&PublicSession>, now: DateTime, t: &Texts) -> String {
    let Some(opens) = opens else {
        let to_come = session.and_then(|session| session.starts_on).filter(|first| *first > now.date());
        return match to_come {
            Some(first) => t.say("entry.from_date", &[("date", &t.date(first))]),
            None => t.text("entry.ask_when").to_string(),
        };
    };
    let day = match (opens.starts.date() - now.date()).get_days() {
        0 => t.text("entry.today").to_string(),
        1 => t.text("entry.tomorrow").to_string(),
        _ => t.day(opens.starts.date()),
    };
    let from = t.clock(opens.starts.time());
    match (opens.open_now, opens.ends) {
        (true, None) => t.text("entry.always_open").to_string(),
        (true, Some(ends)) if ends.date() == now.date() || ends.time() == Time::midnight() => {
            t.say("entry.open_now_until", &[("time", &t.clock(ends.time()))])
        }
        (true, Some(ends)) => t.say("entry.open_now_until", &[("time", &t.day_and_time(ends))]),
        (false, None) => t.say("entry.day_from", &[("day", &day), ("from", &from)]),
        (false, Some(ends)) => {
            t.say("entry.day_from_to", &[("day", &day), ("from", &from), ("to", &t.clock(ends.time()))])
        }
    }
}

fn place(service: &PublicService, location: Option<&PublicLocation>, t: &'static Texts) -> Place {
    match location {
        Some(PublicLocation::Confidential(_)) => Place::Ours(t.text("entry.they_tell_you")),
        Some(PublicLocation::Open(location)) => {
            let mut parts: Vec<&str> = Vec::new();
            let postcode = location.postcode.as_deref().unwrap_or_default();
            for part in [location.name.as_str(), &location.address, &location.town, postcode] {
                // Some addresses begin with the name of the house.
                let again = parts.iter().position(|known| part.starts_with(known));
                match again {
                    _ if part.is_empty() => {}
                    Some(at) => parts[at] = part,
                    None => parts.push(part),
                }
            }
            Place::Address(parts.join(", "))
        }
        None => {
            let has = |delivery| service.delivery.contains(&delivery);
            Place::Ours(match (has(Delivery::Outreach), has(Delivery::Phone), has(Delivery::Online)) {
                (true, ..) => t.text("entry.they_come"),
                (false, true, true) => t.text("entry.phone_or_online"),
                (false, true, false) => t.text("entry.by_phone"),
                (false, false, true) => t.text("entry.online"),
                (false, false, false) => t.text("entry.ask_where"),
            })
        }
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

/// "Women, aged 18 to 25".
fn only_for(snapshot: &Snapshot, service: &PublicService, t: &Texts) -> Option<String> {
    let audiences = &snapshot.vocabulary().audiences;
    let name = |code: &crate::model::Code| {
        let translated = t.vocabulary("audiences", code.as_str()).map(str::to_string);
        translated.or_else(|| audiences.iter().find(|known| known.code == *code).map(|known| known.name.clone()))
    };
    let mut said: Vec<String> = service.only_for.iter().filter_map(name).collect();
    said.extend(match (service.minimum_age, service.maximum_age) {
        (Some(from), Some(to)) => Some(t.say("entry.ages_from_to", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(t.say("entry.ages_from", &[("from", &from)])),
        (None, Some(to)) => Some(t.say("entry.ages_to", &[("to", &to)])),
        (None, None) => None,
    });
    let said = said.join(", ");
    let first = said.chars().next()?;
    Some(first.to_uppercase().chain(said.chars().skip(1)).collect())
}

fn join(service: &PublicService, t: &'static Texts) -> &'static str {
    if service.referral == [Referral::Professional] {
        return t.text("entry.join_by_worker");
    }
    if service.referral.contains(&Referral::DropIn) {
        let from_afar = |delivery: &Delivery| matches!(delivery, Delivery::Phone | Delivery::Online);
        let nowhere = !service.delivery.is_empty() && service.delivery.iter().all(from_afar);
        return if nowhere { t.text("entry.join_by_ringing") } else { t.text("entry.join_by_turning_up") };
    }
    if service.referral.contains(&Referral::SelfReferral) {
        return t.text("entry.join_yourself");
    }
    t.text("entry.join_ask")
}

/// What the service itself says to look out for.
fn checks(service: &PublicService, t: &Texts) -> Vec<Said> {
    let mut checks = Vec::new();
    if !service.notice.is_empty() {
        checks.push(Said { text: service.notice.clone(), is_foreign: true });
    }
    let mut ours = |text: String| checks.push(Said { text, is_foreign: false });
    match (service.places, service.wait_weeks) {
        (Some(Places::Full), _) => ours(t.text("entry.full").to_string()),
        (Some(Places::WaitingList), Some(weeks)) => ours(t.count("entry.wait_weeks", u64::from(weeks), &[])),
        (Some(Places::WaitingList), None) => ours(t.text("entry.waiting_list").to_string()),
        (Some(Places::Open) | None, _) => {}
    }
    if service.referral == [Referral::Professional] {
        ours(t.text("entry.ask_your_worker").to_string());
    }
    checks
}
