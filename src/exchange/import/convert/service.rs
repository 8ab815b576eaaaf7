//! The row of a service.

use super::Converter;
use crate::dataset::columns::Table;
use crate::exchange::import::contacts;
use crate::exchange::import::crosswalk::Terms;
use crate::exchange::import::prose;
use crate::exchange::import::record::{list, object, scalar, text, texts};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;
use crate::exchange::import::times;

/// A name that is made of the beginning of a description.
const NAME_CHARACTERS: usize = 60;

/// Words in the name of a contact that is no person.
const ROLES: [&str; 22] = [
    "team",
    "office",
    "enquir",
    "inquir",
    "reception",
    "helpline",
    "help line",
    "service",
    "centre",
    "center",
    "admin",
    "manager",
    "coordinator",
    "co-ordinator",
    "secretary",
    "duty",
    "general",
    "contact",
    "information",
    "advice",
    "booking",
    "customer",
];

impl Converter<'_> {
    /// The name of a service. One without a name is called after the beginning of its description, or its organisation.
    pub(super) fn service_name(&mut self, record: &Record, organisation: Option<&Record>) -> Option<String> {
        let stated = self.line("services.name", text(record, &["name", "title"]));
        if !stated.is_empty() {
            return Some(stated);
        }
        let other = text(record, &["alternate_name"]).map(|name| prose::line(&name).text);
        let description = text(record, &["description"]).map(|text| prose::line(&text).text);
        let beginning = description.map(|text| match text.char_indices().nth(NAME_CHARACTERS) {
            Some((end, _)) => match text[..end].rsplit_once(' ') {
                Some((words, _)) => format!("{words} …"),
                None => format!("{}…", &text[..end]),
            },
            None => text,
        });
        let of = organisation.and_then(|record| text(record, &["name"])).map(|name| prose::line(&name).text);
        let name = [other, beginning, of].into_iter().flatten().find(|name| !name.is_empty());
        match &name {
            Some(name) => self.report.changed("services.name", "is blank; something else stands in", name),
            None => {
                let id = super::id(record).unwrap_or_default();
                self.report.services.left_out += 1;
                self.report.broken(format!("a service without a name or any words: `{id}`"));
            }
        }
        name
    }

    pub(super) fn service_row(&mut self, record: &Record, organisation: Option<&Record>, terms: &Terms) -> Row {
        let mut row = Row::new(Table::Services);
        self.words(record, terms, &mut row);
        let status = self.status(record);
        row.set("status", status);
        row.set("categories", terms.categories.join(";"));
        row.set("only_for", terms.only_for.join(";"));
        row.set("welcomes", terms.welcomes.join(";"));
        if terms.categories.is_empty() {
            self.report.without_category += 1;
        }
        let website = self.website("services.url", text(record, &["url", "website"]));
        row.set("website", website);
        let email = self.email("services.email", text(record, &["email"]));
        row.set("email", email);
        let phone = self.phone(record, organisation);
        row.set("phone", phone);
        let how = self.prose("services.application_process", text(record, &["application_process"]));
        row.set("how_to_join", how);
        self.cost(record, &mut row);
        let documents: Vec<String> =
            list(record, &["required_documents"]).iter().filter_map(|record| text(record, &["document"])).collect();
        let bring = self.prose("required_document", Some(documents.join("\n")).filter(|text| !text.is_empty()));
        row.set("bring", bring);
        self.ages(record, &mut row);
        self.languages(record, &mut row);
        self.covers(record, &mut row);
        if let Some(weeks) = text(record, &["wait_time"]).as_deref().and_then(weeks) {
            self.report.carried("services.wait_time");
            row.set("wait_weeks", weeks.to_string());
        }
        let notice = self.prose("services.alert", text(record, &["alert"]));
        row.set("notice", notice);
        if let Some(assured) = text(record, &["assured_date"]) {
            match times::date(&assured) {
                Some(date) => {
                    self.report.carried("services.assured_date");
                    row.set("checked_on", date.to_string());
                }
                None => self.report.left("services.assured_date", "is not a date", &assured),
            }
        }
        if text(record, &["assurer_email"]).is_some() {
            self.report.left("services.assurer_email", "is a person's; left behind", "");
        }
        row
    }

    /// Description and summary, with what else is said in words of the service.
    fn words(&mut self, record: &Record, terms: &Terms, row: &mut Row) {
        let stated = text(record, &["description"]).unwrap_or_default();
        let more = self.said_besides(record, terms, &prose::description(&stated, 0).text);
        let more = prose::plain(&more.join("\n")).text;
        let mut description = String::new();
        if !stated.is_empty() {
            let made = prose::description(&stated, more.len() + "\n\n".len());
            match made.changed {
                Some(how) => self.report.changed("services.description", how, ""),
                None => self.report.carried("services.description"),
            }
            description = made.text;
        }
        if !more.is_empty() {
            description = prose::description(&format!("{description}\n\n{more}"), 0).text;
        }
        let stated = text(record, &["summary"]).map(|text| prose::line(&text).text).filter(|text| text.len() <= 400);
        let (summary, rest) = match stated {
            Some(summary) => (summary, description),
            None => prose::summary(&description),
        };
        row.set("summary", summary);
        row.set("description", rest);
    }

    /// What else is said in words, a line each: nothing of it has a column, and somebody may look for it.
    fn said_besides(&mut self, record: &Record, terms: &Terms, description: &str) -> Vec<String> {
        let mut more: Vec<String> = Vec::new();
        let other_name = self.line("services.alternate_name", text(record, &["alternate_name"]));
        let name = prose::line(&text(record, &["name", "title", "alternate_name"]).unwrap_or_default()).text;
        if !other_name.is_empty() && other_name != name {
            more.push(format!("Also known as {other_name}."));
        }
        let eligibility = texts(record, &["eligibility_description"]).into_iter();
        let listed = list(record, &["eligibilities", "eligibilitys", "eligibility"]);
        let listed = listed.iter().filter_map(|record| text(record, &["eligibility"]));
        let plain = record.get("eligibility").and_then(scalar);
        for stated in eligibility.chain(listed).chain(plain) {
            let words = self.prose("eligibility", Some(stated));
            if !words.is_empty() && !description.contains(&words) && !more.iter().any(|said| said.contains(&words)) {
                more.push(format!("Who it is for: {words}"));
            }
        }
        let interpreters = self.prose("services.interpretation_services", text(record, &["interpretation_services"]));
        if !interpreters.is_empty() {
            more.push(format!("Interpreters: {interpreters}"));
        }
        if let Some(program) = object(record, "program").and_then(|program| text(program, &["name", "alternate_name"]))
        {
            more.push(format!("Part of {}.", self.line("program.name", Some(program))));
        }
        if let Some(wait) = text(record, &["wait_time"]).filter(|wait| weeks(wait).is_none()) {
            more.push(format!("Waiting time: {}", self.prose("services.wait_time", Some(wait))));
        }
        let areas = self.other_areas(record);
        if !areas.is_empty() {
            more.push(format!("Area: {}.", areas.join(", ")));
        }
        more.extend(terms.listed_under());
        more
    }

    fn status(&mut self, record: &Record) -> &'static str {
        let stated = text(record, &["status"]);
        let word = stated.as_deref().unwrap_or_default().trim().to_lowercase();
        match word.as_str() {
            "active" | "published" | "live" | "open" | "approved" => {
                self.report.carried("services.status");
                "active"
            }
            "inactive" | "temporarily closed" | "suspended" | "paused" | "temporarily_closed" => {
                self.report.changed("services.status", "became `paused`", &word);
                "paused"
            }
            "defunct" | "closed" | "archived" | "deleted" | "withdrawn" => {
                self.report.changed("services.status", "became `closed`", &word);
                "closed"
            }
            "" => {
                self.report.changed("services.status", "is not stated; taken for `active`", "");
                "active"
            }
            other => {
                self.report.changed("services.status", "is not of the standard; taken for `active`", other);
                "active"
            }
        }
    }

    /// The number to ring: the service's own, else that of its place, of a contact that is no person, or of the organisation.
    fn phone(&mut self, record: &Record, organisation: Option<&Record>) -> String {
        let mut phones: Vec<&Record> = list(record, &["phones"]);
        let places = list(record, &["service_at_locations", "service_at_location"]);
        for place in &places {
            phones.extend(list(place, &["phones"]));
        }
        let mut contacts = list(record, &["contacts"]);
        for place in &places {
            contacts.extend(list(place, &["contacts"]));
        }
        contacts.extend(organisation.map(|record| list(record, &["contacts"])).unwrap_or_default());
        for contact in contacts {
            let name = text(contact, &["name"]).unwrap_or_default().to_lowercase();
            let service = text(record, &["name"]).unwrap_or_default().to_lowercase();
            let of = organisation.and_then(|record| text(record, &["name"])).unwrap_or_default().to_lowercase();
            let no_person =
                name.is_empty() || name == service || name == of || ROLES.iter().any(|role| name.contains(role));
            if no_person {
                phones.extend(list(contact, &["phones"]));
            } else {
                self.report.left("contact", "names a person; left behind with number and address", "");
            }
        }
        if let Some(organisation) = organisation {
            phones.extend(list(organisation, &["phones"]));
        }
        let unusable = ["fax", "text", "minicom", "sms", "tty", "tdd"];
        for phone in phones {
            let kind = texts(phone, &["type", "description"]).join(" ").to_lowercase();
            let number = text(phone, &["number", "phone"]);
            if unusable.iter().any(|word| kind.split_whitespace().next() == Some(word)) {
                self.report.left("phone.number", "is not for talking", &kind);
                continue;
            }
            let made = self.contact("phone.number", number, contacts::phone);
            if !made.is_empty() {
                return made;
            }
        }
        String::new()
    }
}

/// `2 weeks`, `4-6 weeks` (the longer), `3`.
fn weeks(text: &str) -> Option<u16> {
    let lower = text.to_lowercase();
    let numbers: Vec<u16> =
        lower.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let last = *numbers.last()?;
    let weeks = if lower.contains("week") {
        last
    } else if lower.contains("month") {
        last.checked_mul(4)?
    } else {
        return None;
    };
    (weeks <= 520 && numbers.len() <= 2).then_some(weeks)
}
