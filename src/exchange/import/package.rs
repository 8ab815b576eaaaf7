//! A package of CSV tables → whole services, each with all that belongs to it nested, as the standard's JSON has it.
//!
//! Packages of HSDS 3 and of 1.x and 2.x are read alike: a table is known by any of the names it has had, and what an
//! older version called otherwise is given the name that the JSON of its time had, which `convert` reads.

use super::table::{Record, Table};
use super::{ImportError, report::Report};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

/// A table: what we call it, the names it has had, and the columns by which its rows are found.
struct Known {
    name: &'static str,
    files: &'static [&'static str],
    keys: &'static [&'static str],
}

const PARENTS: &[&str] = &["service_id", "service_at_location_id", "location_id", "organization_id"];

const TABLES: [Known; 20] = [
    Known { name: "organizations", files: &["organizations", "organization"], keys: &["id"] },
    Known { name: "services", files: &["services", "service"], keys: &["id", "organization_id"] },
    Known {
        name: "service_at_location",
        files: &["service_at_location", "services_at_location", "service_at_locations", "services_at_locations"],
        keys: &["id", "service_id"],
    },
    Known { name: "locations", files: &["locations", "location"], keys: &["id"] },
    Known {
        name: "addresses",
        files: &["addresses", "address", "physical_addresses", "physical_address"],
        keys: &["location_id"],
    },
    Known { name: "phones", files: &["phones", "phone"], keys: PARENTS },
    Known { name: "contacts", files: &["contacts", "contact"], keys: PARENTS },
    Known { name: "schedules", files: &["schedules", "schedule"], keys: PARENTS },
    Known { name: "regular_schedules", files: &["regular_schedules", "regular_schedule"], keys: PARENTS },
    Known { name: "languages", files: &["languages", "language"], keys: &["service_id", "location_id"] },
    Known {
        name: "accessibility",
        files: &["accessibility", "accessibility_for_disabilities"],
        keys: &["location_id"],
    },
    Known { name: "eligibilities", files: &["eligibility", "eligibilities"], keys: &["service_id"] },
    Known { name: "required_documents", files: &["required_documents", "required_document"], keys: &["service_id"] },
    Known {
        name: "service_areas",
        files: &["service_areas", "service_area"],
        keys: &["service_id", "service_at_location_id"],
    },
    Known { name: "cost_options", files: &["cost_options", "cost_option"], keys: &["service_id"] },
    Known {
        name: "organization_identifiers",
        files: &["organization_identifiers", "organization_identifier"],
        keys: &["organization_id"],
    },
    Known { name: "attributes", files: &["attributes", "attribute"], keys: &["link_id"] },
    Known {
        name: "service_taxonomies",
        files: &["services_taxonomy", "service_taxonomy", "services_taxonomies", "service_taxonomies"],
        keys: &["service_id"],
    },
    Known { name: "taxonomy_terms", files: &["taxonomy_terms", "taxonomy_term"], keys: &["id"] },
    Known { name: "taxonomies", files: &["taxonomies", "taxonomy"], keys: &["id"] },
];

/// Tables of the standard that hold nothing a directory of ours has a place for.
const NOT_CARRIED: [&str; 12] = [
    "programs",
    "funding",
    "metadata",
    "meta_table_descriptions",
    "units",
    "url",
    "urls",
    "service_capacity",
    "payments_accepted",
    "holiday_schedules",
    "postal_addresses",
    "other_attributes",
];

/// The name under which we know a table's file or resource.
pub fn canonical(stem: &str) -> Option<&'static str> {
    let stem = stem.trim().to_ascii_lowercase().replace('-', "_");
    TABLES.iter().find(|table| table.files.contains(&stem.as_str())).map(|table| table.name)
}

/// Whether the standard has a table of that name that we leave out.
pub fn is_not_carried(stem: &str) -> bool {
    NOT_CARRIED.contains(&stem.trim().to_ascii_lowercase().replace('-', "_").as_str())
}

/// The tables of a package, open.
pub struct Package {
    tables: BTreeMap<&'static str, Table>,
}

impl Package {
    /// Opens the files of a package, each with the name of its table.
    ///
    /// # Errors
    /// There is no table of services, or a file cannot be read.
    pub fn open(files: &BTreeMap<&'static str, PathBuf>, report: &mut Report) -> Result<Self, ImportError> {
        let mut tables = BTreeMap::new();
        for known in &TABLES {
            let Some(path) = files.get(known.name) else { continue };
            let table = Table::open(path, known.keys).map_err(|error| unreadable(path, &error))?;
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            for (line, why) in &table.broken {
                report.broken(format!("{file} line {line} {why}"));
            }
            // Alone it is a spreadsheet of services; with others, how would they find it?
            let joined = files.len() > 1 && matches!(known.name, "services" | "organizations");
            if table.len() > 0 && !table.has_column("id") && joined {
                let message = format!("`{file}` has no column `id`");
                return Err(ImportError::Source { message, help: "is it a table of the standard?".to_string() });
            }
            tables.insert(known.name, table);
        }
        if !tables.contains_key("services") && !tables.contains_key("organizations") {
            return Err(ImportError::Source {
                message: "the package has neither services.csv nor organizations.csv".to_string(),
                help: "name a folder or zip of an Open Referral (HSDS) package, or a JSON dump of full services"
                    .to_string(),
            });
        }
        Ok(Self { tables })
    }

    /// How many services there are.
    pub fn services(&self) -> usize {
        self.tables.get("services").map_or(0, Table::len)
    }

    /// The service of that number, in the order of the file, with everything that belongs to it.
    pub fn service(&self, number: usize) -> io::Result<Option<Record>> {
        let Some(services) = self.tables.get("services") else { return Ok(None) };
        let Some(mut service) = services.row(number)? else { return Ok(None) };
        let Some(id) = id_of(&service, "id") else { return Ok(Some(service)) };
        let first = services.first("id", &id)?;
        if first.as_ref().is_some_and(|first| *first != service) {
            return Ok(Some(service)); // the id is used twice, and what belongs to it belongs to the first
        }
        if let Some(organisation) = id_of(&service, "organization_id")
            && let Some(row) = self.organisation(&organisation)?
        {
            service.insert("organization".to_string(), Value::Object(row));
        }
        for (table, field) in [
            ("schedules", "schedules"),
            ("regular_schedules", "regular_schedules"),
            ("languages", "languages"),
            ("eligibilities", "eligibilities"),
            ("required_documents", "required_documents"),
            ("service_areas", "service_areas"),
            ("cost_options", "cost_options"),
            ("phones", "phones"),
            ("contacts", "contacts"),
        ] {
            self.nest(&mut service, field, table, "service_id", &id)?;
        }
        self.nest_attributes(&mut service, &id)?;
        self.nest_schedule_attributes(&mut service)?;
        self.nest_taxonomies(&mut service, &id)?;
        let mut places = Vec::new();
        for place in self.find("service_at_location", "service_id", &id)? {
            places.push(Value::Object(self.place(place)?));
        }
        if !places.is_empty() {
            service.insert("service_at_locations".to_string(), Value::Array(places));
        }
        Ok(Some(service))
    }

    /// The organisations that offer no service.
    pub fn organisations_alone(&self) -> io::Result<Vec<Record>> {
        let Some(organisations) = self.tables.get("organizations") else { return Ok(Vec::new()) };
        let mut alone = Vec::new();
        let mut seen = HashSet::new();
        for number in 0..organisations.len() {
            let Some(row) = organisations.row(number)? else { continue };
            let Some(id) = id_of(&row, "id") else { continue };
            if self.find("services", "organization_id", &id)?.is_empty()
                && seen.insert(id.clone())
                && let Some(row) = self.organisation(&id)?
            {
                alone.push(row);
            }
        }
        Ok(alone)
    }

    fn organisation(&self, id: &str) -> io::Result<Option<Record>> {
        let Some(organisations) = self.tables.get("organizations") else { return Ok(None) };
        let Some(mut row) = organisations.first("id", id)? else { return Ok(None) };
        self.nest(&mut row, "phones", "phones", "organization_id", id)?;
        // In packages of 1.x one row names service, place and organisation at once: those are not the organisation's own.
        if let Some(Value::Array(phones)) = row.get_mut("phones") {
            phones.retain(|phone| phone.get("service_id").is_none() && phone.get("location_id").is_none());
        }
        self.nest(&mut row, "organization_identifiers", "organization_identifiers", "organization_id", id)?;
        self.nest_attributes(&mut row, id)?;
        Ok(Some(row))
    }

    fn place(&self, mut place: Record) -> io::Result<Record> {
        if let Some(id) = id_of(&place, "id") {
            for table in ["schedules", "regular_schedules", "phones", "contacts", "service_areas"] {
                self.nest(&mut place, table, table, "service_at_location_id", &id)?;
            }
            self.nest_attributes(&mut place, &id)?;
            self.nest_schedule_attributes(&mut place)?;
        }
        if let Some(id) = id_of(&place, "location_id")
            && let Some(locations) = self.tables.get("locations")
            && let Some(mut location) = locations.first("id", &id)?
        {
            for table in ["addresses", "accessibility", "schedules", "regular_schedules"] {
                self.nest(&mut location, table, table, "location_id", &id)?;
            }
            for table in ["schedules", "regular_schedules"] {
                if let Some(Value::Array(schedules)) = location.get_mut(table) {
                    let elsewhere =
                        |row: &Value| row.get("service_id").is_some() || row.get("service_at_location_id").is_some();
                    schedules.retain(|row| !elsewhere(row));
                }
            }
            self.nest_attributes(&mut location, &id)?;
            place.insert("location".to_string(), Value::Object(location));
        }
        Ok(place)
    }

    fn find(&self, table: &str, key: &str, id: &str) -> io::Result<Vec<Record>> {
        self.tables.get(table).map_or(Ok(Vec::new()), |table| table.find(key, id))
    }

    fn nest(&self, into: &mut Record, field: &str, table: &str, key: &str, id: &str) -> io::Result<()> {
        let rows = self.find(table, key, id)?;
        if !rows.is_empty() {
            into.insert(field.to_string(), Value::Array(rows.into_iter().map(Value::Object).collect()));
        }
        Ok(())
    }

    /// Attributes with their terms.
    fn nest_attributes(&self, into: &mut Record, id: &str) -> io::Result<()> {
        let mut attributes = Vec::new();
        for mut attribute in self.find("attributes", "link_id", id)? {
            if let Some(term) = id_of(&attribute, "taxonomy_term_id")
                && let Some(term) = self.find("taxonomy_terms", "id", &term)?.into_iter().next()
            {
                attribute.insert("taxonomy_term".to_string(), Value::Object(term));
            }
            attributes.push(Value::Object(attribute));
        }
        if !attributes.is_empty() {
            into.insert("attributes".to_string(), Value::Array(attributes));
        }
        Ok(())
    }

    fn nest_schedule_attributes(&self, into: &mut Record) -> io::Result<()> {
        let Some(Value::Array(schedules)) = into.get_mut("schedules") else { return Ok(()) };
        for schedule in schedules.iter_mut().filter_map(Value::as_object_mut) {
            if let Some(id) = id_of(schedule, "id") {
                self.nest_attributes(schedule, &id)?;
            }
        }
        Ok(())
    }

    /// What a package of 1.x or 2.x has in place of attributes: rows that lead to a taxonomy.
    fn nest_taxonomies(&self, service: &mut Record, id: &str) -> io::Result<()> {
        let mut links = Vec::new();
        for mut link in self.find("service_taxonomies", "service_id", id)? {
            let term = id_of(&link, "taxonomy_term_id").or_else(|| id_of(&link, "taxonomy_id"));
            if let Some(term) = term {
                let in_terms = self.find("taxonomy_terms", "id", &term)?.into_iter().next();
                let found = match in_terms {
                    Some(term) => Some(term),
                    None => self.find("taxonomies", "id", &term)?.into_iter().next(),
                };
                if let Some(found) = found {
                    link.insert("taxonomy".to_string(), Value::Object(found));
                }
            }
            links.push(Value::Object(link));
        }
        if !links.is_empty() {
            service.insert("service_taxonomies".to_string(), Value::Array(links));
        }
        Ok(())
    }
}

fn id_of(record: &Record, field: &str) -> Option<String> {
    record.get(field).and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_string)
}

/// A file of the source that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> ImportError {
    ImportError::Source {
        message: format!("`{}` cannot be read: {error}", path.file_name().unwrap_or_default().to_string_lossy()),
        help: "check that it is an ordinary file and that you may read it".to_string(),
    }
}
