//! A live feed → dumps on disk, one a page, to be imported when all of them are there.
//!
//! Pages stay beside the directory until the import has ended well: one that breaks off goes on where it stopped. A feed
//! that gives the same page again, has no end, or changes while it is read, is refused; what was there stays.

use super::ImportError;
use super::record::{id, list, text};
use super::table::Record;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use ureq::Agent;

/// Where a feed is, and how patient to be with it.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The address of the feed, with or without `/services`.
    pub address: String,
    /// The wait before a request is made again; it doubles each time.
    pub wait: Duration,
}

/// Services of a page that are asked for.
const PER_PAGE: usize = 50;
/// The most pages; with [`PER_PAGE`] more than a nation's services.
const MAX_PAGES: usize = 50_000;
/// The most bytes of an answer: a page of services with everything nested is a few megabytes.
const MAX_ANSWER_BYTES: u64 = 64 * 1024 * 1024;
/// How often a request is made before the feed counts as broken.
const TRIES: u32 = 4;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest wait that a feed may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// What is escaped in a path: everything that is not plain in every address.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// Pages older than this are of another day's feed.
const FRESH: Duration = Duration::from_secs(12 * 60 * 60);

/// The pages of a feed, on disk.
pub struct Pages {
    pub files: Vec<PathBuf>,
    pub name: String,
    folder: PathBuf,
}

impl Pages {
    /// Everything went well: they are needed no more.
    pub fn done(self) -> io::Result<()> {
        std::fs::remove_dir_all(self.folder)
    }
}

/// One page.
struct Page {
    services: Vec<Record>,
    total: Option<u64>,
    is_last: bool,
}

/// Reads the whole feed; pages that are there from an attempt that broke off are not read again.
///
/// # Errors
/// It cannot be read to its end.
pub fn download(
    feed: &Feed,
    beside: &Path,
    progress: &mut dyn FnMut(u64, Option<usize>),
) -> Result<Pages, ImportError> {
    let base = base(&feed.address)?;
    let name = name_of(&base);
    let folder = folder_of(beside, &base);
    let failed = |error| ImportError::io("the folder for the pages of the feed", error);
    if !is_fresh(&folder) {
        let _ = std::fs::remove_dir_all(&folder); // it is not there, or creating it fails next
    }
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let reader = Reader::new(feed, base);
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    let mut first_total = None;
    for number in 1..=MAX_PAGES {
        let path = folder.join(format!("page-{number:06}.json"));
        let page = match std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()) {
            Some(saved) => page_of(&saved, number),
            None => {
                let page = reader.page(number)?;
                save(&path, &page, number).map_err(failed)?;
                page
            }
        };
        let new = page.services.iter().filter(|service| id(service).is_none_or(|id| seen.insert(id))).count();
        progress(seen.len() as u64, first_total.or(page.total).map(|total| total as usize));
        let total = *first_total.get_or_insert(page.total.unwrap_or_default());
        if page.total.is_some_and(|now| now != total) {
            let _ = std::fs::remove_dir_all(&folder); // the next attempt begins anew
            return Err(ImportError::Source {
                message: format!(
                    "the feed changed while it was read: it had {total} services, and then another number"
                ),
                help: "nothing was changed; import it again".to_string(),
            });
        }
        if page.services.is_empty() {
            break;
        }
        if new == 0 {
            let _ = std::fs::remove_dir_all(&folder);
            return Err(ImportError::Source {
                message: format!("the feed has no end: page {number} has only services of earlier pages"),
                help: "nothing was changed; whoever runs the feed has to mend its pages".to_string(),
            });
        }
        files.push(path);
        if page.is_last {
            break;
        }
        if number == MAX_PAGES {
            return Err(ImportError::Source {
                message: format!("the feed has no end: more than {MAX_PAGES} pages"),
                help: "nothing was changed".to_string(),
            });
        }
    }
    let (read, said) = (seen.len() as u64, first_total.unwrap_or_default());
    if said > read {
        let _ = std::fs::remove_dir_all(&folder);
        return Err(ImportError::Source {
            message: format!("the feed says that it has {said} services, and gave {read}"),
            help: "nothing was changed; import it again, and if it stays so ask whoever runs it".to_string(),
        });
    }
    if files.is_empty() {
        return Err(ImportError::Source {
            message: "the feed has no services".to_string(),
            help: "give its address without `/services`: https://feed.example.org/hsds".to_string(),
        });
    }
    Ok(Pages { files, name, folder })
}

fn base(address: &str) -> Result<String, ImportError> {
    let bare = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let bare = bare.strip_suffix("/services").unwrap_or(bare);
    if crate::model::Website::new(bare).is_some() || bare.starts_with("http://localhost") {
        return Ok(bare.to_string());
    }
    Err(ImportError::Source {
        message: "that is not an address of a feed".to_string(),
        help: "write it as https://feed.example.org/hsds".to_string(),
    })
}

/// The name of a source that has none: its host.
fn name_of(base: &str) -> String {
    let host = base.split("//").last().unwrap_or_default().split('/').next().unwrap_or_default();
    super::ids::slug(host.trim_start_matches("www."))
}

fn folder_of(beside: &Path, base: &str) -> PathBuf {
    let digest = Sha256::digest(base.as_bytes());
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let parent = beside.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    parent.join(format!(".signpost-feed-{hex}"))
}

fn is_fresh(folder: &Path) -> bool {
    let changed = std::fs::metadata(folder.join("page-000001.json")).and_then(|file| file.modified());
    changed.is_ok_and(|changed| SystemTime::now().duration_since(changed).is_ok_and(|age| age < FRESH))
}

/// Written aside first: a page is there whole or not at all.
fn save(path: &Path, page: &Page, number: usize) -> io::Result<()> {
    let contents: Vec<&Record> = page.services.iter().collect();
    let text = serde_json::json!({
        "page_number": number, "total_items": page.total, "last_page": page.is_last, "contents": contents,
    });
    let aside = path.with_extension("part");
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(&serde_json::to_vec(&text).map_err(io::Error::other)?)?;
    std::fs::rename(aside, path)
}

/// What a page says: of HSDS 3, or of the UK's first version (`totalElements`, `last`).
fn page_of(answer: &Value, number: usize) -> Page {
    let named = |names: &[&str]| names.iter().find_map(|name| answer.get(*name));
    let contents =
        answer.as_array().or_else(|| named(&["contents", "content", "results", "items", "data"])?.as_array());
    let services: Vec<Record> = contents.into_iter().flatten().filter_map(Value::as_object).cloned().collect();
    let whole = |names: &[&str]| named(names).and_then(Value::as_u64);
    let pages = whole(&["total_pages", "totalPages"]);
    let is_last = named(&["last_page", "last"]).and_then(Value::as_bool).unwrap_or(false);
    let is_last = is_last || pages.is_some_and(|pages| number as u64 >= pages) || answer.is_array();
    Page { services, total: whole(&["total_items", "totalElements", "total", "count"]), is_last }
}

/// Asks a feed.
struct Reader {
    agent: Agent,
    base: String,
    wait: Duration,
}

impl Reader {
    fn new(feed: &Feed, base: String) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(5)
            .http_status_as_error(false)
            .user_agent(concat!("signpost/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), base, wait: feed.wait }
    }

    /// A page, each service of it with everything nested.
    fn page(&self, number: usize) -> Result<Page, ImportError> {
        let all = format!("{}/services?page={number}&per_page={PER_PAGE}&full=true", self.base);
        let plain = format!("{}/services?page={number}&per_page={PER_PAGE}", self.base);
        let answer = match self.ask(&all)? {
            Some(answer) => answer,
            // A feed that does not know `full` may refuse it.
            None => self.ask(&plain)?.ok_or_else(|| self.refused(&plain))?,
        };
        let mut page = page_of(&answer, number);
        for service in &mut page.services {
            let nested = [
                "service_at_locations",
                "attributes",
                "schedules",
                "phones",
                "contacts",
                "service_taxonomys",
                "regular_schedules",
            ];
            let is_full = nested.iter().any(|field| !list(service, &[field]).is_empty());
            let Some(id) = text(service, &["id"]).filter(|_| !is_full) else { continue };
            let one = format!("{}/services/{}", self.base, utf8_percent_encode(&id, IN_PATH));
            if let Some(Value::Object(whole)) = self.ask(&one)? {
                *service = whole;
            }
        }
        Ok(page)
    }

    fn refused(&self, address: &str) -> ImportError {
        ImportError::Source {
            message: format!("the feed does not answer `{address}`"),
            help: "give its address without `/services`: https://feed.example.org/hsds".to_string(),
        }
    }

    /// The JSON at an address; none if the feed says that it is not there or not asked well. What may pass (a pause of
    /// the line, too many requests) is tried again.
    fn ask(&self, address: &str) -> Result<Option<Value>, ImportError> {
        let mut wait = self.wait;
        let mut why = String::new();
        for attempt in 0..TRIES {
            if attempt > 0 {
                std::thread::sleep(wait.min(LONGEST_WAIT));
                wait *= 2;
            }
            let mut answer = match self.agent.get(address).header("accept", "application/json").call() {
                Ok(answer) => answer,
                Err(error) => {
                    why = error.to_string();
                    continue;
                }
            };
            let status = answer.status().as_u16();
            if status == 429 || status >= 500 {
                why = format!("it answers {status}");
                let asked = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
                wait = asked.map_or(wait, Duration::from_secs);
                continue;
            }
            if status >= 400 {
                return Ok(None);
            }
            match answer.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_vec() {
                Ok(bytes) => match serde_json::from_slice(&bytes) {
                    Ok(json) => return Ok(Some(json)),
                    Err(error) => why = format!("its answer is not JSON: {error}"),
                },
                Err(error) => why = error.to_string(),
            }
        }
        Err(ImportError::Source {
            message: format!("the feed cannot be read at `{address}`: {why}"),
            help: "nothing was changed; import it again, and it goes on where it stopped".to_string(),
        })
    }
}
