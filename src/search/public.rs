//! What anyone may see of a service, its organisation and its locations. A confidential location keeps its address,
//! postcode, position, name and directions to itself: these shapes have no place for them.

use crate::model::{
    Code, Convictions, Delivery, Email, Id, LedBy, Location, Organisation, Phone, Places, Pounds, Referral, Service,
    Session, Setting, Status, Website,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Fields that are not stated are left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicService {
    pub id: Id,
    pub name: String,
    pub organisation: OrganisationName,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    pub status: Status,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<Website>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub referral: Vec<Referral>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how_to_join: String,
    /// GBP a visit; 0 is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Pounds>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cost_note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bring: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<u8>,
    /// Audiences it is restricted to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_for: Vec<Code>,
    /// Audiences it is especially for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub welcomes: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convictions: Option<Convictions>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub convictions_note: String,
    /// ISO 639-1 codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<Delivery>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub led_by: Vec<LedBy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub setting: Vec<Setting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Places>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_weeks: Option<u16>,
    /// Ids of the areas it covers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Id>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notice: String,
    /// The day a person last confirmed these facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub checked_on: Option<Date>,
    /// The feed that an imported row came from, and its id there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
}

/// An organisation's id and name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OrganisationName {
    pub id: Id,
    pub name: String,
}

/// An organisation; fields that are not stated are left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicOrganisation {
    pub id: Id,
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<Website>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charity_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_number: Option<String>,
}

/// Where a session is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum PublicLocation {
    Open(OpenLocation),
    Confidential(ConfidentialLocation),
}

/// A location whose address anyone may know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenLocation {
    pub id: Id,
    pub name: String,
    pub confidential: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub town: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Degrees north, WGS84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east, WGS84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under_18s: Option<bool>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub getting_here: String,
}

/// A location whose address is not public: ring or write to be told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfidentialLocation {
    /// Always true.
    pub confidential: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<Code>,
}

/// When and where a service happens once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicSession {
    /// OpenStreetMap syntax, local time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<String>,
    /// The same in plain English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl PublicService {
    pub fn new(service: &Service, organisation_name: &str) -> Self {
        let service = service.clone();
        Self {
            organisation: OrganisationName { id: service.organisation_id, name: organisation_name.to_string() },
            id: service.id,
            name: service.name,
            summary: service.summary,
            description: service.description,
            status: service.status,
            categories: service.categories,
            website: service.website,
            email: service.email,
            phone: service.phone,
            referral: service.referral,
            how_to_join: service.how_to_join,
            cost: service.cost,
            cost_note: service.cost_note,
            bring: service.bring,
            minimum_age: service.age.minimum,
            maximum_age: service.age.maximum,
            only_for: service.only_for,
            welcomes: service.welcomes,
            convictions: service.convictions,
            convictions_note: service.convictions_note,
            languages: service.languages,
            delivery: service.delivery,
            led_by: service.led_by,
            setting: service.setting,
            places: service.places,
            wait_weeks: service.wait_weeks,
            covers: service.covers,
            notice: service.notice,
            checked_on: service.checked_on,
            source: service.source.clone(),
            source_id: service.source_id.clone(),
        }
    }
}

impl PublicOrganisation {
    pub fn new(organisation: &Organisation) -> Self {
        let organisation = organisation.clone();
        Self {
            id: organisation.id,
            name: organisation.name,
            description: organisation.description,
            website: organisation.website,
            email: organisation.email,
            phone: organisation.phone,
            charity_number: organisation.charity_number,
            company_number: organisation.company_number,
        }
    }
}

impl PublicLocation {
    pub fn new(location: &Location) -> Self {
        if location.confidential {
            return PublicLocation::Confidential(ConfidentialLocation {
                confidential: true,
                accessibility: location.accessibility.clone(),
            });
        }
        let location = location.clone();
        PublicLocation::Open(OpenLocation {
            id: location.id,
            name: location.name,
            confidential: false,
            address: location.address,
            town: location.town,
            postcode: location.postcode,
            latitude: location.point.map(|point| point.latitude()),
            longitude: location.point.map(|point| point.longitude()),
            accessibility: location.accessibility,
            under_18s: location.under_18s,
            getting_here: location.getting_here,
        })
    }
}

impl PublicSession {
    pub fn new(session: &Session) -> Self {
        let hours = session.opening_hours.as_ref();
        Self {
            opening_hours: hours.map(|hours| hours.as_str().to_string()),
            hours: hours.map(|hours| hours.describe()),
            starts_on: session.starts_on,
            ends_on: session.ends_on,
            note: session.note.clone(),
        }
    }
}
