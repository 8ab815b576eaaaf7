//! The organisation of a service.

use super::own::raw;
use super::{Converter, cell, left};
use crate::dataset::columns::Table;
use crate::exchange::import::contacts;
use crate::exchange::import::prose;
use crate::exchange::import::record::{id, list, text};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;

impl Converter<'_> {
    /// The id of the organisation and, the first time it is met, its row. A service that names none gets one of its own
    /// name: one that stood for all of them would count as one organisation wherever answers are mixed.
    pub(super) fn organisation_of(
        &mut self,
        service: &Record,
        organisation: Option<&Record>,
        service_name: &str,
        service_source_id: &str,
    ) -> (String, Option<Row>) {
        let nothing = Record::new();
        let record = organisation.unwrap_or(&nothing);
        let stated_name = text(record, &["name", "alternate_name"]);
        let in_service = text(service, &["organization_name", "organisation_name", "provider"]);
        let name = self.line("organization.name", stated_name.or(in_service));
        let stated_id = id(record).or_else(|| text(service, &["organization_id", "organisation_id"]));
        let source_id = stated_id.unwrap_or_else(|| {
            if name.is_empty() {
                format!("service:{service_source_id}")
            } else {
                format!("name:{}", name.to_lowercase())
            }
        });
        let name = if name.is_empty() {
            self.report.changed("organization.name", "is not stated; the service's name stands in", service_name);
            service_name.to_string()
        } else {
            name
        };
        let terms = self.crosswalk.terms(record, &mut super::Report::default());
        let own_id = self.ids.of(Table::Organisations, self.source, &source_id, &name, terms.own("id"));
        if !self.made.insert((Table::Organisations as usize, own_id.clone())) {
            return (own_id, None);
        }
        let mut row = Row::new(Table::Organisations);
        row.set("id", &own_id);
        row.set("name", if terms.own("id").is_some() { raw(record, "name") } else { name.clone() });
        let is_own = terms.own("id").is_some();
        let description = if is_own {
            raw(record, "description")
        } else {
            let said = text(record, &["description"]).map(|said| prose::description(&said, 2_000));
            match said.as_ref().map(|said| said.changed) {
                Some(Some(how)) => self.report.changed("organization.description", how, ""),
                Some(None) => self.report.carried("organization.description"),
                None => {}
            }
            let said = said.map(|said| said.text).filter(|said| !said.is_empty());
            let other = text(record, &["alternate_name"]).map(|other| prose::line(&other).text);
            let known_as = other.filter(|other| *other != name).map(|other| format!("Also known as {other}."));
            let said: Vec<String> = said.into_iter().chain(known_as).chain(terms.listed_under()).collect();
            prose::description(&said.join("\n"), 0).text
        };
        // The standard wants a description: who has none says the name again.
        row.set("description", if description == row.get("name") { String::new() } else { description });
        let website = self.website("organization.website", text(record, &["website", "url", "uri"]));
        row.set("website", website);
        let email = self.email("organization.email", text(record, &["email"]));
        row.set("email", email);
        let phone = list(record, &["phones"]).into_iter().find_map(|phone| text(phone, &["number"]));
        let phone = self.contact("organization.phone", phone, contacts::phone);
        row.set("phone", phone);
        for identifier in list(record, &["organization_identifiers"]) {
            let scheme = super::super::record::texts(identifier, &["identifier_scheme", "identifier_type"])
                .join(" ")
                .to_lowercase();
            let Some(number) = text(identifier, &["identifier"]) else { continue };
            let number = number
                .rsplit_once("GB-CHC-")
                .or(number.rsplit_once("GB-COH-"))
                .map_or(number.clone(), |(_, number)| number.to_string());
            let column = if ["gb-chc", "gb-sc", "gb-nic", "charity"].iter().any(|known| scheme.contains(known)) {
                "charity_number"
            } else if ["gb-coh", "company", "companies"].iter().any(|known| scheme.contains(known)) {
                "company_number"
            } else {
                self.report.left("organization_identifier", "is neither a charity nor a company number", &scheme);
                continue;
            };
            self.report.carried("organization_identifier");
            row.set(column, cell(&number));
        }
        if let (None, Some(number)) = (organisation, text(service, &["charity_number", "registered_charity_number"])) {
            self.report.carried("charity_number");
            row.set("charity_number", cell(&number));
        }
        row.set("source", self.source);
        row.set("source_id", cell(&source_id));
        self.own_columns(&mut row, &terms);
        left::of(record, left::ORGANISATION, "organization", self.report);
        (own_id, Some(row))
    }
}
