//! A service with everything that belongs to it, from wherever it comes.

use crate::dataset::LastGood;
use crate::index::Snapshot;
use crate::model::{Directory, Location, Organisation, Service, Session};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

/// A service, who runs it, and when it is where. A confidential location is left out; its session is not.
#[derive(Clone, Debug)]
pub struct Entry {
    pub service: Service,
    pub organisation: Organisation,
    pub sessions: Vec<(Session, Option<Location>)>,
    /// Since when all of it is as it is, where somebody remembers.
    pub modified: Option<Timestamp>,
}

impl Entry {
    fn new(service: Service, organisation: Organisation, sessions: Vec<(Session, Option<Location>)>) -> Self {
        let public = |(session, location): (Session, Option<Location>)| match location {
            Some(location) if location.confidential => (Session { location_id: None, ..session }, None),
            location => (session, location),
        };
        Self { service, organisation, sessions: sessions.into_iter().map(public).collect(), modified: None }
    }

    /// The service of that number in a generation.
    pub fn of_snapshot(snapshot: &Snapshot, number: usize) -> Option<Self> {
        let record = snapshot.record(number)?;
        let organisation = LastGood::organisation(snapshot, &record.service.organisation_id)?;
        let with_location = |session: Session| {
            let location = session.location_id.as_ref().and_then(|id| snapshot.location(id));
            (session, location)
        };
        let sessions = record.sessions.into_iter().map(with_location).collect();
        Some(Self { modified: snapshot.modified(number), ..Self::new(record.service, organisation, sessions) })
    }

    /// When it was last modified, as the standard writes it: since when it is as it is, or else the day on which
    /// somebody last looked at it.
    pub fn last_modified(&self) -> Option<String> {
        last_modified(self.modified, self.service.checked_on)
    }
}

/// The same of a service of which only these are at hand.
pub fn last_modified(modified: Option<Timestamp>, checked_on: Option<Date>) -> Option<String> {
    modified.map(|moment| moment.to_string()).or(checked_on.map(|date| format!("{date}T00:00:00Z")))
}

/// A directory, ready to give the entries of its services.
pub struct Entries<'a> {
    directory: &'a Directory,
    organisations: HashMap<&'a str, &'a Organisation>,
    locations: HashMap<&'a str, &'a Location>,
    sessions: HashMap<&'a str, Vec<&'a Session>>,
}

impl<'a> Entries<'a> {
    pub fn new(directory: &'a Directory) -> Self {
        let mut sessions: HashMap<&str, Vec<&Session>> = HashMap::new();
        for session in &directory.sessions {
            sessions.entry(session.service_id.as_str()).or_default().push(session);
        }
        Self {
            directory,
            organisations: directory.organisations.iter().map(|row| (row.id.as_str(), row)).collect(),
            locations: directory.locations.iter().map(|row| (row.id.as_str(), row)).collect(),
            sessions,
        }
    }

    /// The entries of all services, by id.
    pub fn all(&self) -> impl Iterator<Item = Entry> {
        let mut services: Vec<&Service> = self.directory.services.iter().collect();
        services.sort_by(|a, b| a.id.cmp(&b.id));
        services.into_iter().filter_map(|service| self.entry(service))
    }

    fn entry(&self, service: &Service) -> Option<Entry> {
        let organisation = self.organisations.get(service.organisation_id.as_str())?;
        let sessions = self.sessions.get(service.id.as_str()).map_or(&[][..], Vec::as_slice).iter();
        let with_location = |session: &&Session| {
            let location = session.location_id.as_ref().and_then(|id| self.locations.get(id.as_str()));
            (Session::clone(session), location.map(|location| Location::clone(location)))
        };
        Some(Entry::new(service.clone(), Organisation::clone(organisation), sessions.map(with_location).collect()))
    }
}
