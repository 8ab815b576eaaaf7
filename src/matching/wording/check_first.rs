//! What is not stated or not sure, and so should be asked before setting out.

use super::{Wording, reason};
use crate::language::Texts;
use crate::matching::answer::Reason;
use crate::matching::candidates::Candidate;
use crate::matching::eligibility::Barrier;
use crate::model::{Convictions, Places, Referral, Service};
use crate::search::answer::Opens;
use jiff::civil::Date;

/// Facts that were confirmed longer ago than this may no longer hold, days.
const FRESH_DAYS: i32 = 365;

impl Wording<'_> {
    /// What to ask or think about first, the most urgent first.
    pub fn check_first(
        &self,
        candidate: &Candidate,
        service: &Service,
        opens: Option<&Opens>,
        today: Date,
    ) -> Vec<Reason> {
        let texts = self.texts;
        let mut checks = Vec::new();
        if !service.notice.is_empty() {
            checks.push(reason("services.notice", service.notice.clone()));
        }
        checks.extend(self.dates(candidate, opens, today));
        checks.extend(self.long_way(candidate));
        for barrier in candidate.standing.not_stated.iter() {
            checks.extend(self.not_stated(barrier, candidate, service));
        }
        match service.cost {
            None => checks.push(reason("services.cost", texts.text("check_first.cost"))),
            Some(cost) if self.person.most.is_some_and(|most| cost > most) => {
                checks.push(reason("services.cost", texts.say("check_first.too_much", &[("cost", &cost)])));
            }
            Some(_) => {}
        }
        if service.places == Some(Places::WaitingList) {
            checks.push(reason("services.places", waiting_list(texts, service.wait_weeks)));
        }
        if service.referral == [Referral::Professional] {
            checks.push(reason("services.referral", texts.text("check_first.professional")));
        }
        checks.extend(checked_long_ago(texts, service, today));
        checks
    }

    /// Sessions that have not begun, are over, or do not open soon.
    fn dates(&self, candidate: &Candidate, opens: Option<&Opens>, today: Date) -> Option<Reason> {
        let texts = self.texts;
        let facts = self.snapshot.facts();
        let listing = &facts.listings[candidate.listing as usize];
        let sessions = &facts.sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        if opens.is_some() || sessions.is_empty() || sessions.iter().any(|s| s.runs_on(today) && s.hours.is_none()) {
            return None;
        }
        let lasting: Vec<_> = sessions.iter().filter(|s| s.ends_on.is_none_or(|last| last >= today)).collect();
        if lasting.is_empty() {
            let last = sessions.iter().filter_map(|session| session.ends_on).max()?;
            let text = texts.say("check_first.ended", &[("date", &texts.date(last))]);
            return Some(reason("sessions.ends_on", text));
        }
        Some(match lasting.iter().map(|session| session.starts_on.filter(|first| *first > today)).min()? {
            Some(first) => {
                reason("sessions.starts_on", texts.say("check_first.starts", &[("date", &texts.date(first))]))
            }
            None => reason("sessions.opening_hours", texts.text("check_first.closed")),
        })
    }

    fn not_stated(&self, barrier: Barrier, candidate: &Candidate, service: &Service) -> Option<Reason> {
        let (field, key) = match barrier {
            Barrier::Age => ("services.minimum_age", "check_first.age"),
            Barrier::Audience if self.person.audiences.is_empty() => ("services.only_for", "check_first.some_people"),
            Barrier::Audience => ("services.only_for", "check_first.everyone"),
            Barrier::Convictions if service.convictions == Some(Convictions::Ask) => {
                ("services.convictions", "check_first.convictions_ask")
            }
            Barrier::Convictions => ("services.convictions", "check_first.convictions"),
            Barrier::Language => ("services.languages", "check_first.language"),
            Barrier::Access => ("locations.accessibility", "check_first.access"),
            Barrier::When => ("sessions.opening_hours", "check_first.when"),
            Barrier::Places => ("services.places", "check_first.places"),
            Barrier::Area => {
                let text = self.texts.say("check_first.area", &[("areas", &self.areas(candidate))]);
                return Some(reason("services.covers", text));
            }
            Barrier::Distance => return None,
        };
        Some(reason(field, self.texts.text(key)))
    }
}

/// How long one waits for a service with a waiting list.
pub fn waiting_list(texts: &Texts, wait_weeks: Option<u16>) -> String {
    match wait_weeks {
        Some(weeks) => texts.count("check_first.waiting", u64::from(weeks), &[]),
        None => texts.text("check_first.waiting_list").to_string(),
    }
}

/// That nobody has confirmed the facts within a year.
pub fn checked_long_ago(texts: &Texts, service: &Service, today: Date) -> Option<Reason> {
    let text = match service.checked_on {
        None => texts.text("check_first.unchecked").to_string(),
        Some(day) if (today - day).get_days() > FRESH_DAYS => {
            texts.say("check_first.checked_long_ago", &[("month", &texts.month_and_year(day))])
        }
        Some(_) => return None,
    };
    Some(reason("services.checked_on", text))
}
