//! Makes a gazetteer file from an official download: OS Code-Point Open, or the ONS Postcode Directory.
//!
//! Rows are read one by one and never trusted: each gives a postcode with a position in Great Britain, or a reason.

use std::io::{self, Write};
use std::path::Path;

use super::error::GazetteerError;
use super::national_grid;
use super::pack::{FARTHEST_ALONE_KM, Packer, Unit};
use super::postcode::Postcode;
use super::source::{self, Lines};

/// How many rejected rows a report names; it counts them all.
const MOST_NAMED: usize = 100;

/// Great Britain with its islands, in degrees.
const LATITUDES: std::ops::RangeInclusive<f64> = 49.8..=60.95;
const LONGITUDES: std::ops::RangeInclusive<f64> = -8.8..=1.9;

/// What an import read, kept and left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportReport {
    /// `OS Code-Point Open` or `ONS Postcode Directory`; the first kind found.
    pub product: &'static str,
    /// Files read as either product. Other CSV files beside them are passed over.
    pub files: usize,
    pub rows: u64,
    /// Postcodes in use.
    pub live: u32,
    /// Postcodes no longer in use.
    pub terminated: u32,
    /// Rows for a postcode that had already been read; the last one counts.
    pub repeated: u64,
    /// Rows without a position; both products have some.
    pub without_position: u64,
    /// Rows for Northern Ireland, Jersey, Guernsey and the Isle of Man, whose positions may not be used or are not given.
    pub outside: u64,
    /// Rows that are wrong; the first hundred are named in `problems`.
    pub rejected: u64,
    pub problems: Vec<RejectedRow>,
    /// The size of the file made.
    pub bytes: u64,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedRow {
    pub file: String,
    /// From 1; 0 where the whole sector showed it to be wrong.
    pub line: u64,
    pub reason: String,
}

impl std::fmt::Display for RejectedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            return write!(f, "{}", self.reason);
        }
        write!(f, "{} line {}: {}", self.file, self.line, self.reason)
    }
}

/// Reads `source` (a zip file, a folder or a CSV file) and writes the gazetteer file `out`.
///
/// `out` is replaced in one step once everything has been written: a failure leaves the old file as it was.
pub fn import(source: &Path, out: &Path) -> Result<ImportReport, GazetteerError> {
    let mut report = ImportReport::default();
    let mut packer = Packer::default();
    source::each_csv(source, |name, lines| read_file(name, lines, &mut packer, &mut report))?;

    if packer.is_empty() {
        return Err(GazetteerError::NoPostcodes {
            path: source.to_owned(),
            first: report.problems.first().map(ToString::to_string),
        });
    }
    let packed = packer.pack(report.product);
    for postcode in packed.outliers {
        let reason = format!("`{postcode}` lies more than {FARTHEST_ALONE_KM} km from the rest of its sector");
        report.reject("", 0, reason);
    }
    report.live = packed.live;
    report.terminated = packed.ended;
    report.bytes = packed.bytes.len() as u64;
    write_whole(out, &packed.bytes).map_err(|source| GazetteerError::Write { path: out.to_owned(), source })?;
    Ok(report)
}

impl ImportReport {
    fn reject(&mut self, file: &str, line: u64, reason: String) {
        self.rejected += 1;
        if self.problems.len() < MOST_NAMED {
            let file = file.to_owned();
            self.problems.push(RejectedRow { file, line, reason });
        }
    }
}

/// Which cell of a row is what.
enum Columns {
    /// Postcode, quality, easting, northing, country, two health codes, county, district, ward; no header.
    CodePoint,
    Ons {
        postcode: usize,
        latitude: usize,
        longitude: usize,
        ended: Option<usize>,
        district: Option<usize>,
    },
}

/// What a row comes to.
enum Row {
    Found(Postcode, Unit),
    WithoutPosition,
    Outside,
}

fn read_file(name: &str, lines: &mut Lines<'_>, packer: &mut Packer, report: &mut ImportReport) -> io::Result<()> {
    let Some(first) = lines.next_row()? else {
        return Ok(());
    };
    let Some(columns) = Columns::of(&first) else {
        return Ok(());
    };
    report.files += 1;
    if report.product.is_empty() {
        report.product = columns.product();
    }
    let mut row = match columns {
        Columns::CodePoint => Some(first),
        Columns::Ons { .. } => lines.next_row()?,
    };
    while let Some(cells) = row {
        report.rows += 1;
        match columns.read(&cells, packer) {
            Ok(Row::Found(postcode, unit)) => {
                if !packer.add(&postcode, unit) {
                    report.repeated += 1;
                }
            }
            Ok(Row::WithoutPosition) => report.without_position += 1,
            Ok(Row::Outside) => report.outside += 1,
            Err(reason) => report.reject(name, lines.number, reason),
        }
        row = lines.next_row()?;
    }
    Ok(())
}

impl Columns {
    /// By the first row: a header of the ONS directory, or the first postcode of Code-Point Open; else neither.
    fn of(first: &[String]) -> Option<Columns> {
        let header: Vec<String> = first.iter().map(|cell| cell.to_ascii_lowercase()).collect();
        let find = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|cell| cell == name));
        let postcode = find(&["pcds", "pcd8", "pcd7", "pcd2", "pcd"]);
        if let (Some(postcode), Some(latitude), Some(longitude)) = (postcode, find(&["lat"]), find(&["long"])) {
            // Since 2025 the district's column has the year in its name: `lad25cd`.
            let by_year = |cell: &String| cell.len() == 7 && cell.starts_with("lad") && cell.ends_with("cd");
            return Some(Columns::Ons {
                postcode,
                latitude,
                longitude,
                ended: find(&["doterm"]),
                district: find(&["oslaua", "laua"]).or_else(|| header.iter().position(by_year)),
            });
        }
        let number = |at: usize| first.get(at).is_some_and(|cell| cell.parse::<f64>().is_ok());
        let code_point = first.len() >= 4 && Postcode::parse(&first[0]).is_some_and(|p| p.is_full());
        (code_point && (1..4).all(number)).then_some(Columns::CodePoint)
    }

    fn product(&self) -> &'static str {
        match self {
            Columns::CodePoint => "OS Code-Point Open",
            Columns::Ons { .. } => "ONS Postcode Directory",
        }
    }

    fn read(&self, cells: &[String], packer: &mut Packer) -> Result<Row, String> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let number = |at: usize, what: &str| -> Result<f64, String> {
            let value: Option<f64> = cell(at).parse().ok();
            let value = value.filter(|v| v.is_finite());
            value.ok_or_else(|| format!("the {what} `{}` is not a number", shortened(cell(at))))
        };
        let typed = match self {
            Columns::CodePoint => cell(0),
            Columns::Ons { postcode, .. } => cell(*postcode),
        };
        let postcode = Postcode::parse(typed).filter(Postcode::is_full);
        let postcode = postcode.ok_or_else(|| format!("`{}` is not a full postcode", shortened(typed)))?;
        if postcode.is_northern_ireland() || postcode.is_crown_dependency() {
            return Ok(Row::Outside);
        }

        let (latitude, longitude, ended, district) = match self {
            Columns::CodePoint => {
                let (easting, northing) = (number(2, "easting")?, number(3, "northing")?);
                if easting == 0.0 || cell(1) == "90" {
                    return Ok(Row::WithoutPosition);
                }
                let found = national_grid::to_wgs84(easting, northing);
                let off = || format!("easting {easting} and northing {northing} are off the national grid");
                let (latitude, longitude) = found.ok_or_else(off)?;
                (latitude, longitude, "", cell(8))
            }
            Columns::Ons { latitude, longitude, ended, district, .. } => {
                if cell(*latitude).is_empty() {
                    return Ok(Row::WithoutPosition);
                }
                let (latitude, longitude) = (number(*latitude, "latitude")?, number(*longitude, "longitude")?);
                // The directory writes 99.999999 where it has no position.
                if latitude > 99.0 {
                    return Ok(Row::WithoutPosition);
                }
                (latitude, longitude, ended.map_or("", cell), district.map_or("", cell))
            }
        };
        if !LATITUDES.contains(&latitude) || !LONGITUDES.contains(&longitude) {
            return Err(format!("latitude {latitude:.5} and longitude {longitude:.5} are not in Great Britain"));
        }
        let unit = Unit { latitude, longitude, district: packer.district(district), terminated: !ended.is_empty() };
        Ok(Row::Found(postcode, unit))
    }
}

fn shortened(cell: &str) -> String {
    cell.chars().take(40).collect()
}

fn write_whole(out: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = out.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Unlike other temporary files this one is to be read by whoever runs the server.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(out).map_err(|e| e.error)?;
    // The new name is only safe once its folder is on disk too; not every system lets a folder be opened.
    if let Ok(folder) = std::fs::File::open(folder) {
        folder.sync_all()?;
    }
    Ok(())
}
