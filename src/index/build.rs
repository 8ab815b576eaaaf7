//! A directory → the files of one generation. What has not changed since the generation before is linked, not written.

use super::differences::{Differences, LastUpdate};
use super::document::Document;
use super::facts::{Facts, Rows, locations_of};
use super::lexicon::Lexicon;
use super::manifest::{FORMAT, FileSum, Manifest, file_sum, files_below};
use super::records::{Address, Addresses, RecordWriter};
use super::schema::{self, Fields};
use super::snapshot::Snapshot;
use super::statistics::Statistics;
use super::{Changes, Counts, gists, place};
use crate::diagnostic::Problem;
use crate::gazetteer::Gazetteer;
use crate::meaning::Gist;
use crate::model::{Directory, Id, Location, Service, Session};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

/// Names of the files in a generation's folder, beside `manifest.json` and the folder of the text index.
pub(super) mod files {
    pub(in crate::index) const TEXT: &str = "text";
    pub(in crate::index) const VOCABULARY: &str = "vocabulary.bin";
    pub(in crate::index) const FACTS: &str = "facts.bin";
    pub(in crate::index) const STATISTICS: &str = "statistics.bin";
    pub(in crate::index) const FINGERPRINTS: &str = "fingerprints.bin";
    pub(in crate::index) const GISTS: &str = "gists.bin";
    pub(in crate::index) const ADDRESSES: &str = "addresses.bin";
    pub(in crate::index) const ORGANISATIONS: &str = "organisations.bin";
    pub(in crate::index) const LOCATIONS: &str = "locations.bin";
    pub(in crate::index) const LAST_UPDATE: &str = "last-update.json";
}

/// With more pieces than this, or more than a tenth of the services changed, everything is written anew: searches in
/// one piece are quicker.
const MOST_PIECES: usize = 8;
/// From this many listings on, two threads write the text index.
const LISTINGS_FOR_TWO_THREADS: usize = 20_000;
/// Memory of one writing thread, bytes.
const WRITER_MEMORY: usize = 120_000_000;
/// The least that tantivy takes.
const SMALL_WRITER_MEMORY: usize = 20_000_000;

/// A service with its sessions, as it is kept on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceRecord {
    pub service: Service,
    pub sessions: Vec<Session>,
}

/// The same as it is read: hours stay text, since the snapshot has each different text parsed already.
#[derive(Deserialize)]
pub(super) struct StoredRecord {
    pub(super) service: Service,
    pub(super) sessions: Vec<StoredSession>,
}

/// A [`Session`] with its hours as text; the same fields in the same order.
#[derive(Deserialize)]
pub(super) struct StoredSession {
    pub(super) service_id: Id,
    pub(super) location_id: Option<Id>,
    pub(super) opening_hours: Option<String>,
    pub(super) starts_on: Option<Date>,
    pub(super) ends_on: Option<Date>,
    pub(super) note: String,
}

/// What tells whether a service must be written again: of its searched text and places, and of its whole row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprints {
    pub(super) text: [u8; 16],
    pub(super) row: [u8; 16],
}

/// The places of all rows on disk.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct AllAddresses {
    pub(super) services: Addresses,
    pub(super) organisations: Addresses,
    pub(super) locations: Addresses,
}

/// What a generation is made from.
pub(super) struct Material<'a> {
    pub(super) directory: &'a Directory,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) sources: BTreeMap<String, String>,
    pub(super) problems: Vec<Problem>,
    pub(super) name: String,
}

/// Writes all files of a generation but its manifest into an empty folder, and gives the manifest.
pub(super) fn build(
    folder: &Path,
    material: Material<'_>,
    before: Option<&Snapshot>,
) -> io::Result<(Manifest, Changes)> {
    let directory = material.directory;
    let vocabulary = vocabulary_of(directory);
    let lexicon = Lexicon::new(&vocabulary);
    let rows = Rows::new(directory);
    let facts = Facts::new(&rows, &lexicon, material.gazetteer);
    let work = Work::new(&rows, &facts, &vocabulary, &lexicon, before)?;
    let last_update = LastUpdate { changes: work.changes, named: work.named(&rows, before) };

    let before = before.filter(|before| work.few_changes() && before.pieces() < MOST_PIECES);
    let mut known_sums = BTreeMap::new();
    if let Some(before) = before {
        known_sums = before.manifest().files.clone();
    }
    write_text(folder, &work, before)?;
    let statistics = work.statistics(before);
    let addresses = AllAddresses {
        services: work.write_services(folder, before)?,
        organisations: write_rows(folder, files::ORGANISATIONS, &rows.organisations)?,
        locations: write_rows(folder, files::LOCATIONS, &rows.locations)?,
    };
    write_value(folder, files::VOCABULARY, &vocabulary)?;
    write_value(folder, files::FACTS, &facts)?;
    write_value(folder, files::STATISTICS, &statistics)?;
    gists::write(&folder.join(files::GISTS), work.items.iter().map(|item| item.meaning))?;
    write_value(folder, files::FINGERPRINTS, &work.fingerprints())?;
    write_value(folder, files::ADDRESSES, &addresses)?;
    let last_update = serde_json::to_vec(&last_update).map_err(io::Error::other)?;
    std::fs::write(folder.join(files::LAST_UPDATE), last_update)?;

    let manifest = Manifest {
        format: FORMAT,
        generation: material.name,
        sources: material.sources,
        counts: Counts::of(directory),
        problems: material.problems,
        files: sums(folder, &known_sums)?,
    };
    Ok((manifest, work.changes))
}

fn vocabulary_of(directory: &Directory) -> Directory {
    Directory {
        organisations: Vec::new(),
        services: Vec::new(),
        locations: Vec::new(),
        sessions: Vec::new(),
        areas: directory.areas.clone(),
        categories: directory.categories.clone(),
        audiences: directory.audiences.clone(),
        goals: directory.goals.clone(),
        goal_categories: directory.goal_categories.clone(),
        thesaurus: directory.thesaurus.clone(),
        funds: directory.funds.clone(),
        crisis: directory.crisis.clone(),
        bank_holidays: directory.bank_holidays.clone(),
        is_sample: directory.is_sample,
    }
}

/// One service on its way into the index.
struct Item<'a> {
    id: &'a str,
    document: Document,
    meaning: Option<Gist>,
    listings: Vec<ListingTerms>,
    record: Vec<u8>,
    prints: Fingerprints,
    /// Its number in the generation before.
    before: Option<usize>,
    text_changed: bool,
    row_changed: bool,
}

struct ListingTerms {
    places: Vec<String>,
    cell: u64,
    key: u64,
}

struct Work<'a> {
    items: Vec<Item<'a>>,
    /// Ids and numbers of services of the generation before that are no longer there.
    removed: Vec<(String, usize)>,
    category_codes: Vec<&'a str>,
    changes: Changes,
}

impl<'a> Work<'a> {
    fn new(
        rows: &Rows<'a>,
        facts: &Facts,
        vocabulary: &'a Directory,
        lexicon: &Lexicon,
        before: Option<&Snapshot>,
    ) -> io::Result<Self> {
        let prints_before = before.map(Snapshot::fingerprints).transpose()?.unwrap_or_default();
        let category_codes: Vec<&str> = vocabulary.categories.iter().map(|row| row.code.as_str()).collect();
        let mut work = Work { items: Vec::new(), removed: Vec::new(), category_codes, changes: Changes::default() };
        for (number, service) in rows.services.iter().enumerate() {
            let sessions = rows.sessions_of(service.id.as_str());
            let locations: Vec<&Location> =
                locations_of(sessions).into_iter().flatten().filter_map(|id| Some(rows.location(id)?.1)).collect();
            let organisation = rows.organisation(service.organisation_id.as_str()).map(|(_, row)| row);
            let document = Document::new(service, organisation, locations.into_iter(), vocabulary, lexicon);
            let listings = listing_terms(facts, number, vocabulary);
            let record = ServiceRecord {
                service: (*service).clone(),
                sessions: sessions.iter().map(|session| (*session).clone()).collect(),
            };
            let record = postcard::to_stdvec(&record).map_err(io::Error::other)?;
            let codes: Vec<&str> =
                document.categories.iter().map(|&code| work.category_codes[usize::from(code)]).collect();
            let terms: Vec<Vec<String>> = listings.iter().map(|listing| listing.places.clone()).collect();
            let prints = Fingerprints { text: document.fingerprint(&terms, &codes), row: short_hash(&record) };
            let number_before = before.and_then(|before| before.service_number(service.id.as_str()));
            let print_before = number_before.and_then(|number| prints_before.get(number)).copied();
            let text_changed = print_before.is_none_or(|print| print.text != prints.text);
            let row_changed = print_before.is_none_or(|print| print.row != prints.row);
            match (print_before, text_changed || row_changed) {
                (None, _) => work.changes.added += 1,
                (Some(_), true) => work.changes.changed += 1,
                (Some(_), false) => work.changes.unchanged += 1,
            }
            work.items.push(Item {
                id: service.id.as_str(),
                meaning: None,
                document,
                listings,
                record,
                prints,
                before: number_before,
                text_changed,
                row_changed,
            });
        }
        if let Some(before) = before {
            let gone = |id: &str| rows.services.binary_search_by(|row| row.id.as_str().cmp(id)).is_err();
            let ids = before.facts().services.iter().map(|service| &*service.id).enumerate();
            work.removed = ids.filter(|(_, id)| gone(id)).map(|(number, id)| (id.to_string(), number)).collect();
            work.changes.removed = work.removed.len();
        }
        work.add_meaning(before);
        Ok(work)
    }

    /// What each text means: as before where it has not changed, and else worked out anew, on two threads.
    fn add_meaning(&mut self, before: Option<&Snapshot>) {
        let add = |items: &mut [Item<'a>]| {
            for item in items {
                let known = before.filter(|_| !item.text_changed).zip(item.before);
                item.meaning = match known {
                    Some((before, number)) => before.gists().of(number),
                    None => item.document.meaning(),
                };
            }
        };
        let middle = self.items.len() / 2;
        let (first, second) = self.items.split_at_mut(middle);
        std::thread::scope(|threads| {
            threads.spawn(|| add(second));
            add(first);
        });
    }

    /// Which services differ from the generation before; without one nothing is named.
    fn named(&self, rows: &Rows<'_>, before: Option<&Snapshot>) -> Differences {
        let Some(before) = before else { return Differences::default() };
        let differing = rows.services.iter().zip(&self.items).filter(|(_, item)| item.text_changed || item.row_changed);
        let differing = differing.map(|(service, item)| (*service, item.before));
        Differences::of(before, differing, self.removed.iter().map(|(_, number)| *number))
    }

    fn few_changes(&self) -> bool {
        let changed = self.changes.added + self.changes.changed + self.changes.removed;
        changed * 10 <= self.items.len()
    }

    fn fingerprints(&self) -> Vec<Fingerprints> {
        self.items.iter().map(|item| item.prints).collect()
    }

    /// The word counts: those of the generation before with the changes applied, or counted anew.
    fn statistics(&self, before: Option<&Snapshot>) -> Statistics {
        let mut statistics = before.map(|before| before.statistics().clone()).unwrap_or_default();
        if let Some(before) = before {
            let changed = self.items.iter().filter(|item| item.text_changed).filter_map(|item| item.before);
            for number in changed.chain(self.removed.iter().map(|(_, number)| *number)) {
                if let Some(document) = before.document(number) {
                    statistics.remove(&document);
                }
            }
        }
        for item in self.items.iter().filter(|item| before.is_none() || item.text_changed) {
            statistics.add(&item.document);
        }
        statistics
    }

    /// Service rows: linked files of the generation before, and one new file with what changed.
    fn write_services(&self, folder: &Path, before: Option<&Snapshot>) -> io::Result<Addresses> {
        let mut files = Vec::new();
        if let Some(before) = before {
            files.clone_from(&before.service_addresses().files);
            for name in &files {
                link(&before.folder().join(name), &folder.join(name))?;
            }
        }
        let new_file = (0..).map(|at| format!("services-{at}.bin")).find(|name| !files.contains(name));
        let new_file = new_file.unwrap_or_default();
        let number = u16::try_from(files.len()).map_err(io::Error::other)?;
        let mut writer = RecordWriter::create(&folder.join(&new_file), number)?;
        files.push(new_file);
        let mut rows: Vec<Address> = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let kept = match (before, item.before, item.row_changed) {
                (Some(before), Some(number), false) => before.service_addresses().rows.get(number).copied(),
                _ => None,
            };
            rows.push(match kept {
                Some(address) => address,
                None => writer.write_bytes(&item.record)?,
            });
        }
        writer.finish()?;
        Ok(Addresses { files, rows })
    }
}

fn listing_terms(facts: &Facts, service: usize, vocabulary: &Directory) -> Vec<ListingTerms> {
    let service = &facts.services[service];
    let listings = &facts.listings[service.listings.start as usize..service.listings.end as usize];
    let areas: Vec<String> =
        service.covers.iter().map(|&area| place::area_term(vocabulary.areas[usize::from(area)].id.as_str())).collect();
    let terms = |listing: &super::facts::Listing| {
        let mut places = areas.clone();
        match listing.point {
            Some(point) => places.extend(place::cell_terms(point)),
            None if areas.is_empty() => places.push(place::ANYWHERE.to_string()),
            None => {}
        }
        ListingTerms { places, cell: place::sort_key(listing.point), key: listing.key }
    };
    listings.iter().map(terms).collect()
}

fn write_text(folder: &Path, work: &Work<'_>, before: Option<&Snapshot>) -> io::Result<()> {
    let folder = folder.join(files::TEXT);
    std::fs::create_dir(&folder)?;
    let (schema, fields) = schema::schema();
    let index = match before {
        Some(before) => {
            let old = before.folder().join(files::TEXT);
            for name in files_below(&old)? {
                link(&old.join(&name), &folder.join(&name))?;
            }
            Index::open_in_dir(&folder).map_err(io::Error::other)?
        }
        None => Index::builder()
            .schema(schema)
            .settings(schema::settings())
            .create_in_dir(&folder)
            .map_err(io::Error::other)?,
    };
    schema::prepare(&index);
    fill(&index, fields, work, before.is_some()).map_err(io::Error::other)?;
    drop(index);
    for name in files_below(&folder)?.iter().filter(|name| name.ends_with(".lock")) {
        std::fs::remove_file(folder.join(name))?;
    }
    Ok(())
}

fn fill(index: &Index, fields: Fields, work: &Work<'_>, only_changes: bool) -> tantivy::Result<()> {
    let listings: usize = work.items.iter().map(|item| item.listings.len()).sum();
    let (threads, memory) = match listings {
        _ if only_changes => (1, SMALL_WRITER_MEMORY),
        few if few < LISTINGS_FOR_TWO_THREADS => (1, SMALL_WRITER_MEMORY),
        _ => (2, 2 * WRITER_MEMORY),
    };
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, memory)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    if only_changes {
        let changed = work.items.iter().filter(|item| item.text_changed && item.before.is_some()).map(|item| item.id);
        for id in changed.chain(work.removed.iter().map(|(id, _)| id.as_str())) {
            writer.delete_term(Term::from_field_text(fields.service, id));
        }
    }
    for item in work.items.iter().filter(|item| !only_changes || item.text_changed) {
        for listing in &item.listings {
            writer.add_document(tantivy_document(fields, item, listing, work))?;
        }
    }
    writer.commit()?;
    let pieces = index.searchable_segment_ids()?;
    if !only_changes && pieces.len() > 1 {
        writer.merge(&pieces).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()
}

fn tantivy_document(fields: Fields, item: &Item<'_>, listing: &ListingTerms, work: &Work<'_>) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    for (field, text) in fields.texts.iter().zip(&item.document.texts) {
        document.add_text(*field, text);
    }
    document.add_text(fields.service, item.id);
    for &code in &item.document.categories {
        document.add_text(fields.category, work.category_codes[usize::from(code)]);
    }
    for place in &listing.places {
        document.add_text(fields.place, place);
    }
    document.add_u64(fields.cell, listing.cell);
    document.add_u64(fields.key, listing.key);
    document
}

fn write_rows<T: Serialize>(folder: &Path, name: &str, rows: &[&T]) -> io::Result<Addresses> {
    let mut writer = RecordWriter::create(&folder.join(name), 0)?;
    let rows = rows.iter().map(|row| writer.write(*row)).collect::<io::Result<Vec<_>>>()?;
    writer.finish()?;
    Ok(Addresses { files: vec![name.to_string()], rows })
}

fn write_value<T: Serialize>(folder: &Path, name: &str, value: &T) -> io::Result<()> {
    std::fs::write(folder.join(name), postcard::to_stdvec(value).map_err(io::Error::other)?)
}

fn short_hash(bytes: &[u8]) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let mut short = [0; 16];
    short.copy_from_slice(&Sha256::digest(bytes)[..16]);
    short
}

/// Links a file of another generation (they are never changed), or copies it where the file system cannot link.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::hard_link(from, to).or_else(|_| std::fs::copy(from, to).map(|_| ()))
}

/// Sizes and hashes of all files. One that is linked from the generation before keeps the sum it was verified with,
/// but for tantivy's two lists, which are written anew under their old names.
fn sums(folder: &Path, known: &BTreeMap<String, FileSum>) -> io::Result<BTreeMap<String, FileSum>> {
    let written_once = |name: &str| {
        let text_piece = name.starts_with("text/") && !name.ends_with(".json");
        text_piece || name.starts_with("services-")
    };
    let sum = |name: String| match known.get(&name).filter(|_| written_once(&name)) {
        Some(sum) => Ok((name, sum.clone())),
        None => file_sum(&folder.join(&name)).map(|sum| (name, sum)),
    };
    files_below(folder)?.into_iter().map(sum).collect()
}
