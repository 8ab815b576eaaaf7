//! One generation, open for reading.

use super::build::{AllAddresses, Fingerprints, ServiceRecord, StoredRecord, StoredSession, files};
use super::differences::LastUpdate;
use super::document::Document;
use super::facts::Facts;
use super::gists::Gists;
use super::lexicon::Lexicon;
use super::manifest::Manifest;
use super::place::{Areas, Tree};
use super::records::{Addresses, Records};
use super::schema::{self, Fields};
use super::sealed::SealedFolder;
use super::statistics::Statistics;
use super::{Counts, ServiceDetail, SessionDetail};
use crate::dataset::LastGood;
use crate::diagnostic::Problem;
use crate::model::hours::{Holidays, OpeningHours};
use crate::model::{Directory, Id, Location, Nation, Organisation, Point, Service, Session};
use crate::search::public::{PublicLocation, PublicOrganisation, PublicService, PublicSession};
use crate::search::spelling::dictionary::Dictionary;
use jiff::Timestamp;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tantivy::{Index, ReloadPolicy, Searcher, Term};

/// One generation. Cheap to share by `Arc`; a request ends on the one it began with.
pub struct Snapshot {
    folder: PathBuf,
    manifest: Manifest,
    fell_back: Option<String>,
    last_update: LastUpdate,
    vocabulary: Directory,
    lexicon: Lexicon,
    facts: Facts,
    statistics: Statistics,
    dictionary: Dictionary,
    gists: Gists,
    services: Records<StoredRecord>,
    organisations: Records<Organisation>,
    locations: Records<Location>,
    /// Hours of sessions, by their number in the facts.
    hours: Vec<Option<OpeningHours>>,
    /// The number of each text of hours.
    hours_by_text: HashMap<String, u32>,
    holidays: Holidays,
    areas: Areas,
    tree: Tree,
    /// Listings that lie nowhere in particular.
    unplaced: Vec<u32>,
    /// For each category, the services that state it.
    by_category: Vec<Vec<u32>>,
    searcher: Searcher,
    fields: Fields,
    /// For each piece of the text index, the listing of each of its documents.
    listing_of: Vec<Vec<u32>>,
    /// Since when each service is as it is; empty until [`super::date`] says so.
    modified: OnceLock<Vec<Timestamp>>,
}

/// The listing number of a deleted document.
const DELETED: u32 = u32::MAX;

impl Snapshot {
    /// Verifies every file of a generation and opens it.
    ///
    /// # Errors
    /// Something is missing, altered, of another format, or does not fit together.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let manifest = Manifest::read(folder)?;
        if folder.file_name().is_none_or(|name| name != manifest.generation.as_str()) {
            return Err(io::Error::other(format!("its manifest is that of {}", manifest.generation)));
        }
        manifest.verify(folder)?;
        let vocabulary: Directory = read_value(folder, files::VOCABULARY)?;
        let facts: Facts = read_value(folder, files::FACTS)?;
        let statistics: Statistics = read_value(folder, files::STATISTICS)?;
        let addresses: AllAddresses = read_value(folder, files::ADDRESSES)?;
        let lexicon = Lexicon::new(&vocabulary);
        let (_, fields) = schema::schema();
        let text = SealedFolder::open(&folder.join(files::TEXT)).map_err(io::Error::other)?;
        let index = Index::open(text).map_err(io::Error::other)?;
        schema::prepare(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(io::Error::other)?;
        let searcher: Searcher = tantivy::IndexReader::searcher(&reader);
        let listing_of = listings_of_documents(&searcher, &facts)?;
        let placed = |(at, listing): (usize, &super::facts::Listing)| Some((listing.point?, at as u32));
        let unplaced = facts.listings.iter().enumerate().filter(|(_, listing)| listing.point.is_none());
        let snapshot = Self {
            fell_back: None,
            last_update: serde_json::from_slice(&std::fs::read(folder.join(files::LAST_UPDATE))?)
                .map_err(io::Error::other)?,
            dictionary: dictionary(&statistics, &lexicon)?,
            gists: Gists::open(folder, files::GISTS)?,
            services: Records::open(folder, addresses.services)?,
            organisations: Records::open(folder, addresses.organisations)?,
            locations: Records::open(folder, addresses.locations)?,
            hours: facts.hours.iter().map(|text| OpeningHours::parse(text).ok()).collect(),
            hours_by_text: facts.hours.iter().cloned().zip(0..).collect(),
            holidays: Holidays::of(Nation::England, &vocabulary.bank_holidays),
            areas: Areas::new(&vocabulary.areas),
            tree: Tree::new(facts.listings.iter().enumerate().filter_map(placed)),
            unplaced: unplaced.map(|(at, _)| at as u32).collect(),
            by_category: by_category(&facts, vocabulary.categories.len()),
            folder: folder.to_path_buf(),
            manifest,
            vocabulary,
            lexicon,
            facts,
            statistics,
            searcher,
            fields,
            listing_of,
            modified: OnceLock::new(),
        };
        let services = snapshot.facts.services.len();
        if snapshot.services.len() != services || snapshot.gists.len() != services {
            return Err(io::Error::other("rows and facts differ in number"));
        }
        Ok(snapshot)
    }

    pub(super) fn with_fall_back(mut self, why: String) -> Self {
        self.fell_back = Some(why);
        self
    }

    /// The generation's name, `gen-` and 16 hex digits: also the base of every ETag.
    pub fn generation(&self) -> &str {
        &self.manifest.generation
    }

    /// Since when a service, with its organisation and locations, is as it is; `None` if that is not known.
    pub fn modified(&self, service: usize) -> Option<Timestamp> {
        self.modified.get()?.get(service).copied()
    }

    pub(super) fn moments(&self) -> &OnceLock<Vec<Timestamp>> {
        &self.modified
    }

    /// Why this is not the newest generation, if it is not: which one was damaged and how.
    pub fn fell_back(&self) -> Option<&str> {
        self.fell_back.as_deref()
    }

    pub fn counts(&self) -> Counts {
        self.manifest.counts
    }

    /// What the update that made this generation changed.
    pub fn last_update(&self) -> &LastUpdate {
        &self.last_update
    }

    /// What was wrong with the files this generation was made from.
    pub fn problems(&self) -> &[Problem] {
        &self.manifest.problems
    }

    /// The small lists: areas, categories, audiences, goals, goal_categories, thesaurus, funds, crisis and bank
    /// holidays. The large lists in it are empty.
    pub fn vocabulary(&self) -> &Directory {
        &self.vocabulary
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// What the services' texts mean.
    pub fn gists(&self) -> &Gists {
        &self.gists
    }

    pub fn areas(&self) -> &Areas {
        &self.areas
    }

    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Listings that lie nowhere in particular: by phone, online, outreach, or at a place nobody could find.
    pub fn unplaced(&self) -> &[u32] {
        &self.unplaced
    }

    /// The numbers of the services that state a category, in order; those that state one below it are not among them.
    pub fn services_of_category(&self, category: u16) -> &[u32] {
        self.by_category.get(usize::from(category)).map_or(&[], Vec::as_slice)
    }

    /// Bank holidays of England, which `PH` in opening hours means.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// Hours by their number in the facts.
    pub fn hours(&self, number: u32) -> Option<&OpeningHours> {
        self.hours.get(number as usize)?.as_ref()
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Term of a word in one of the searched texts.
    pub(crate) fn text_term(&self, field: usize, word: &str) -> Term {
        Term::from_field_text(self.fields.texts[field], word)
    }

    /// Term of a category and all below it.
    pub(crate) fn category_term(&self, category: u16) -> Term {
        let code = &self.vocabulary.categories[usize::from(category)].code;
        Term::from_field_text(self.fields.category, code.as_str())
    }

    /// Terms of everything that can be used at a place: listings near enough, those that cover it, and those that are
    /// nowhere and state no area.
    pub(crate) fn place_terms(&self, point: Point, within_km: f64, areas: &[u16]) -> Vec<Term> {
        let area = |&area: &u16| super::place::area_term(self.vocabulary.areas[usize::from(area)].id.as_str());
        let mut terms = super::place::circle_terms(point, within_km);
        terms.extend(areas.iter().map(area));
        terms.push(super::place::ANYWHERE.to_string());
        terms.iter().map(|term| Term::from_field_text(self.fields.place, term)).collect()
    }

    /// The listing of a document of a piece of the text index; none if it was deleted.
    pub(crate) fn listing_of(&self, piece: usize, document: u32) -> Option<u32> {
        self.listing_of[piece].get(document as usize).copied().filter(|&listing| listing != DELETED)
    }

    /// The written words of the services and the phrases, for spelling and for what is still being typed.
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The number of a service.
    pub fn service_number(&self, id: &str) -> Option<usize> {
        self.facts.services.binary_search_by(|service| (*service.id).cmp(id)).ok()
    }

    /// The whole row of a service with its sessions, by its number.
    pub fn record(&self, service: usize) -> Option<ServiceRecord> {
        let StoredRecord { service, sessions } = self.services.get(service)?;
        Some(ServiceRecord { service, sessions: sessions.into_iter().map(|session| self.session(session)).collect() })
    }

    /// The row of a service without its sessions, by its number.
    pub fn service_row(&self, service: usize) -> Option<Service> {
        self.services.beginning(service)
    }

    fn session(&self, stored: StoredSession) -> Session {
        let number = stored.opening_hours.and_then(|text| self.hours_by_text.get(&text));
        Session {
            service_id: stored.service_id,
            location_id: stored.location_id,
            opening_hours: number.and_then(|number| self.hours(*number)).cloned(),
            starts_on: stored.starts_on,
            ends_on: stored.ends_on,
            note: stored.note,
        }
    }

    pub fn organisation_row(&self, number: u32) -> Option<Organisation> {
        self.organisations.get(number as usize)
    }

    pub fn location_row(&self, number: u32) -> Option<Location> {
        self.locations.get(number as usize)
    }

    pub fn service(&self, id: &str) -> Option<ServiceDetail> {
        let record = self.record(self.service_number(id)?)?;
        let organisation = find_by_id(&self.organisations, record.service.organisation_id.as_str(), |row| &row.id)?;
        let detail = |session: &crate::model::Session| SessionDetail {
            session: PublicSession::new(session),
            location: session
                .location_id
                .as_ref()
                .and_then(|id| find_by_id(&self.locations, id.as_str(), |row| &row.id))
                .map(|location| PublicLocation::new(&location)),
        };
        Some(ServiceDetail {
            service: PublicService::new(&record.service, &organisation.name),
            sessions: record.sessions.iter().map(detail).collect(),
            organisation: PublicOrganisation::new(&organisation),
        })
    }

    pub fn organisation(&self, id: &str) -> Option<PublicOrganisation> {
        find_by_id(&self.organisations, id, |row| &row.id).map(|row| PublicOrganisation::new(&row))
    }

    /// The services of an organisation, by id.
    pub fn services_of(&self, organisation_id: &str) -> Vec<PublicService> {
        let Some(number) = number_by_id(&self.organisations, organisation_id, |row: &Organisation| &row.id) else {
            return Vec::new();
        };
        let Some(organisation) = self.organisations.get(number) else { return Vec::new() };
        let services = self.facts.services.iter().enumerate();
        let own = services.filter(|(_, service)| service.organisation as usize == number);
        own.filter_map(|(at, _)| Some(PublicService::new(&self.service_row(at)?, &organisation.name))).collect()
    }

    /// Organisations by id, `count` from the `from`th on.
    pub fn organisations(&self, from: usize, count: usize) -> Vec<PublicOrganisation> {
        let numbers = from..from.saturating_add(count).min(self.organisations.len());
        numbers.filter_map(|number| self.organisations.get(number)).map(|row| PublicOrganisation::new(&row)).collect()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn pieces(&self) -> usize {
        self.listing_of.len()
    }

    pub(super) fn service_addresses(&self) -> &Addresses {
        self.services.addresses()
    }

    pub(super) fn fingerprints(&self) -> io::Result<Vec<Fingerprints>> {
        read_value(&self.folder, files::FINGERPRINTS)
    }

    /// The searched text of a service, made again from its rows.
    pub(super) fn document(&self, service: usize) -> Option<Document> {
        let row = self.service_row(service)?;
        let facts = &self.facts.services[service];
        let listings = &self.facts.listings[facts.listings.start as usize..facts.listings.end as usize];
        let locations: Vec<Location> =
            listings.iter().filter_map(|listing| self.location_row(listing.location?)).collect();
        let organisation = self.organisation_row(facts.organisation);
        Some(Document::new(&row, organisation.as_ref(), locations.iter(), &self.vocabulary, &self.lexicon))
    }
}

impl LastGood for Snapshot {
    fn organisation(&self, id: &Id) -> Option<Organisation> {
        find_by_id(&self.organisations, id.as_str(), |row| &row.id)
    }
    fn service(&self, id: &Id) -> Option<Service> {
        self.service_row(self.service_number(id.as_str())?)
    }
    fn location(&self, id: &Id) -> Option<Location> {
        find_by_id(&self.locations, id.as_str(), |row| &row.id)
    }
    fn vocabulary(&self) -> Option<&Directory> {
        Some(&self.vocabulary)
    }
}

fn read_value<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> io::Result<T> {
    postcard::from_bytes(&std::fs::read(folder.join(name))?).map_err(io::Error::other)
}

fn number_by_id<T: serde::de::DeserializeOwned>(
    records: &Records<T>,
    id: &str,
    id_of: impl Fn(&T) -> &Id,
) -> Option<usize> {
    let (mut low, mut high) = (0, records.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match id_of(&records.get(middle)?).as_str().cmp(id) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}

fn find_by_id<T: serde::de::DeserializeOwned>(records: &Records<T>, id: &str, id_of: impl Fn(&T) -> &Id) -> Option<T> {
    records.get(number_by_id(records, id, id_of)?)
}

fn by_category(facts: &Facts, categories: usize) -> Vec<Vec<u32>> {
    let mut by_category = vec![Vec::new(); categories];
    for (service, number) in facts.services.iter().zip(0..) {
        for &category in &service.categories {
            if let Some(services) = by_category.get_mut(usize::from(category)) {
                services.push(number);
            }
        }
    }
    by_category
}

/// Which listing each document of the text index is. Every listing must have exactly one.
fn listings_of_documents(searcher: &Searcher, facts: &Facts) -> io::Result<Vec<Vec<u32>>> {
    let numbers: HashMap<u64, u32> = facts.listings.iter().map(|l| l.key).zip(0..).collect();
    let mut pieces = Vec::new();
    let mut found = 0;
    for piece in searcher.segment_readers() {
        let keys = piece.fast_fields().u64("key").map_err(io::Error::other)?;
        let mut listings = vec![DELETED; piece.max_doc() as usize];
        for document in piece.doc_ids_alive() {
            let number = keys.first(document).and_then(|key| numbers.get(&key));
            let number = number.ok_or_else(|| io::Error::other("a document of the text index has no listing"))?;
            listings[document as usize] = *number;
            found += 1;
        }
        pieces.push(listings);
    }
    if found == facts.listings.len() { Ok(pieces) } else { Err(io::Error::other("documents and listings differ")) }
}

/// The dictionary that spelling is mended against: written words, and the words of phrases.
fn dictionary(statistics: &Statistics, lexicon: &Lexicon) -> io::Result<Dictionary> {
    let mut words: std::collections::BTreeMap<&str, u64> = lexicon.phrase_words().map(|word| (word, 1)).collect();
    for (word, services) in statistics.written_words() {
        let count = words.entry(word).or_default();
        *count += u64::from(services);
    }
    Dictionary::new(&words)
}
