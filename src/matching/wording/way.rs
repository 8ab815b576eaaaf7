//! How far it is, and how long the way takes.

use super::{Wording, capital, reason};
use crate::language::Texts;
use crate::matching::answer::Reason;
use crate::matching::candidates::Candidate;
use crate::matching::travel::Travel;
use crate::model::Delivery;
use crate::search::filter::covers;
use crate::search::rank::shown_distance;

/// A way that takes longer is named as something to think about, not as a reason to go, minutes.
const LONG_WAY_MINUTES: f64 = 90.0;
/// A way that is walked whatever was said about travel, km.
const WALKED_KM: f64 = 2.0;

impl Wording<'_> {
    /// How one takes part: by phone, at home, or so far away.
    pub(super) fn way_there(&self, candidate: &Candidate) -> Option<Reason> {
        let facts = self.snapshot.facts();
        let listing = &facts.listings[candidate.listing as usize];
        let service = &facts.services[candidate.service as usize];
        let place = self.person.place.as_ref();
        if listing.point.is_none() {
            if service.delivery.has(Delivery::Phone) {
                return Some(reason("services.delivery", self.texts.text("because.phone")));
            }
            if service.delivery.has(Delivery::Online) {
                return Some(reason("services.delivery", self.texts.text("because.online")));
            }
            return place
                .filter(|place| covers(service, &place.areas))
                .map(|_| reason("services.covers", self.texts.text("because.comes_to_you")));
        }
        let km = candidate.distance_km?;
        if place.is_some_and(|place| covers(service, &place.areas)) && km > WALKED_KM {
            return Some(reason("services.covers", self.texts.text("because.your_area")));
        }
        let travel = self.person.travel;
        let by_travel = travel.filter(|travel| travel.minutes(km) < LONG_WAY_MINUTES);
        let text = match by_travel.and_then(|travel| self.takes(candidate, travel, km)) {
            Some(time) => capital(&time),
            None if listing.confidential => {
                self.texts.say("because.confidential", &[("away", &capital(&away(self.texts, km, true)))])
            }
            None if travel.is_none() && km <= WALKED_KM => {
                let walk = minutes(self.texts, Travel::Walk, km);
                self.texts.say("because.walk", &[("away", &capital(&away(self.texts, km, false))), ("walk", &walk)])
            }
            None if by_travel.is_none() && travel.is_some() => return None,
            None => capital(&away(self.texts, km, false)),
        };
        Some(reason("locations.latitude", text))
    }

    /// A way that few would go without a lift or a fare.
    pub(super) fn long_way(&self, candidate: &Candidate) -> Option<Reason> {
        let (travel, km) = self.person.travel.zip(candidate.distance_km)?;
        if travel.minutes(km) < LONG_WAY_MINUTES {
            return None;
        }
        let text = match self.takes(candidate, travel, km) {
            Some(time) => self.texts.say("check_first.far", &[("time", &time)]),
            None => self.texts.text("check_first.far_away").to_string(),
        };
        Some(reason("locations.latitude", text))
    }

    /// "about 12 minutes by bus"; nothing for a confidential location, which it would give away.
    fn takes(&self, candidate: &Candidate, travel: Travel, km: f64) -> Option<String> {
        let listing = &self.snapshot.facts().listings[candidate.listing as usize];
        (!listing.confidential).then(|| minutes(self.texts, travel, km))
    }
}

/// "about 12 minutes by bus", "about 3 hours on foot"; from an hour and a half on, in half hours.
fn minutes(texts: &Texts, travel: Travel, km: f64) -> String {
    let by = texts.text(match travel {
        Travel::Walk => "way.on_foot",
        Travel::Cycle => "way.by_bike",
        Travel::Bus => "way.by_bus",
        Travel::Car => "way.by_car",
    });
    let minutes = travel.minutes(km).round().max(1.0);
    let halves = (minutes / 30.0).round() as u64;
    let time = match halves {
        _ if minutes < LONG_WAY_MINUTES => texts.count("way.minutes", minutes as u64, &[]),
        halves if halves % 2 == 1 => texts.count("way.hours_and_a_half", halves / 2, &[]),
        halves => texts.count("way.hours", halves / 2, &[]),
    };
    texts.say("way.takes", &[("time", &time), ("by", &by)])
}

/// "0.4 km away"; "less than 100 metres away"; whole km for a confidential location.
pub(super) fn away(texts: &Texts, km: f64, confidential: bool) -> String {
    let km = shown_distance(km, confidential);
    match confidential {
        true if km < 1.0 => texts.text("way.less_than_a_km").to_string(),
        true => texts.say("way.about_km", &[("km", &km)]),
        false if km < 0.1 => texts.text("way.next_door").to_string(),
        false if km < 10.0 => texts.say("way.km", &[("km", &format!("{km:.1}"))]),
        false => texts.say("way.km", &[("km", &format!("{km:.0}"))]),
    }
}
