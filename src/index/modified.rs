//! Since when each service is as it is: what whoever copies the feed asks for with `modified_after`.
//!
//! Nobody keeps in the CSV files when a row was edited, and `checked_on` says when it was confirmed, which is something
//! else. So the index remembers for each service a hash of what is said of it (its row, sessions, organisation and
//! locations) and the moment at which that was first seen. This lies beside the generations and not in them: a generation
//! is the same whenever it is built, this is history. Where the history is lost, as with a new index, everything counts as
//! modified when it was first seen: who copies the feed then copies too much, and never misses a change.

use super::generations::Lock;
use super::snapshot::Snapshot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

/// The name of the file in the folder of the index: the hash of the rest, then the rest.
const FILE: &str = "modified.bin";
const SUM_BYTES: usize = 32;

/// What is kept.
#[derive(Default, Serialize, Deserialize)]
struct History {
    /// The generation of which this was written last.
    generation: String,
    /// In the order of that generation.
    services: Vec<Seen>,
}

/// A service as it was seen last.
#[derive(Serialize, Deserialize)]
struct Seen {
    id: Box<str>,
    content: [u8; 16],
    /// Seconds since 1970.
    since: i64,
}

/// Dates the services of a generation that is about to be served, and remembers that. `now` is the moment of whatever is
/// as it has not been seen before.
///
/// # Errors
/// The index cannot be read or written; the services are without dates.
pub fn date(index: &Path, snapshot: &Snapshot, now: Timestamp) -> io::Result<()> {
    if snapshot.moments().get().is_some() {
        return Ok(());
    }
    let known = read(index);
    if known.generation == snapshot.generation() && known.services.len() == snapshot.facts().services.len() {
        return set(snapshot, &known);
    }
    let contents = contents(snapshot)?;
    let lock = Lock::take(index)?;
    let before = read(index);
    let known: HashMap<&str, &Seen> = before.services.iter().map(|seen| (&*seen.id, seen)).collect();
    let dated = |(service, content): (&super::facts::ServiceFacts, [u8; 16])| {
        let same = known.get(&*service.id).filter(|seen| seen.content == content);
        Seen { id: service.id.clone(), content, since: same.map_or(now.as_second(), |seen| seen.since) }
    };
    let services = snapshot.facts().services.iter().zip(contents).map(dated).collect();
    let history = History { generation: snapshot.generation().to_string(), services };
    write(index, &history, &lock)?;
    set(snapshot, &history)
}

fn set(snapshot: &Snapshot, history: &History) -> io::Result<()> {
    let moments = history.services.iter().map(|seen| Timestamp::from_second(seen.since));
    let moments = moments.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    // Somebody else may have been quicker, with the same.
    let _ = snapshot.moments().set(moments);
    Ok(())
}

/// A hash of everything that is said of each service.
fn contents(snapshot: &Snapshot) -> io::Result<Vec<[u8; 16]>> {
    let counts = snapshot.counts();
    let organisations = (0..counts.organisations as u32).map(|number| hash(&snapshot.organisation_row(number)));
    let organisations = organisations.collect::<io::Result<Vec<_>>>()?;
    let locations = (0..counts.locations as u32).map(|number| hash(&snapshot.location_row(number)));
    let locations = locations.collect::<io::Result<Vec<_>>>()?;
    let prints = snapshot.fingerprints()?;
    let facts = snapshot.facts();
    let content = |(service, print): (&super::facts::ServiceFacts, &super::build::Fingerprints)| {
        let mut hash = Sha256::new();
        hash.update(print.row);
        hash.update(organisations.get(service.organisation as usize).copied().unwrap_or_default());
        for listing in &facts.listings[service.listings.start as usize..service.listings.end as usize] {
            hash.update(listing.location.and_then(|at| locations.get(at as usize).copied()).unwrap_or_default());
        }
        short(&hash.finalize())
    };
    Ok(facts.services.iter().zip(&prints).map(content).collect())
}

fn hash<T: Serialize>(row: &T) -> io::Result<[u8; 16]> {
    Ok(short(&Sha256::digest(postcard::to_stdvec(row).map_err(io::Error::other)?)))
}

fn short(digest: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

/// What was remembered; nothing if there is no such file, or it was altered.
fn read(index: &Path) -> History {
    let bytes = std::fs::read(index.join(FILE)).unwrap_or_default();
    let Some((sum, kept)) = bytes.split_at_checked(SUM_BYTES) else { return History::default() };
    if Sha256::digest(kept).as_slice() != sum {
        return History::default();
    }
    postcard::from_bytes(kept).unwrap_or_default()
}

fn write(index: &Path, history: &History, _lock: &Lock) -> io::Result<()> {
    let kept = postcard::to_stdvec(history).map_err(io::Error::other)?;
    let mut file = tempfile::Builder::new().prefix("modified.tmp-").tempfile_in(index)?;
    file.write_all(&Sha256::digest(&kept))?;
    file.write_all(&kept)?;
    file.as_file().sync_all()?;
    file.persist(index.join(FILE)).map_err(|error| error.error)?;
    Ok(())
}
