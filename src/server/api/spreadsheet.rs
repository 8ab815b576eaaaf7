//! A page of services as CSV, safe to open in a spreadsheet: words go through `crate::spreadsheet`, numbers that we
//! write ourselves are numbers and stay.

use super::{Answered, with_type};
use crate::search::answer::{Answer, Hit};
use crate::search::public::PublicLocation;
use crate::server::error::Problem;
use crate::spreadsheet::text;
use axum::http::{HeaderValue, header};
use std::fmt::Display;

const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// The columns, in order; lists inside a cell are separated by `;`, as in the directory's own files.
const COLUMNS: [&str; 26] = [
    "id",
    "name",
    "organisation",
    "summary",
    "status",
    "categories",
    "phone",
    "email",
    "website",
    "referral",
    "how_to_join",
    "cost",
    "cost_note",
    "minimum_age",
    "maximum_age",
    "only_for",
    "welcomes",
    "convictions",
    "languages",
    "delivery",
    "hours",
    "address",
    "latitude",
    "longitude",
    "distance_km",
    "sample",
];

/// The answer as a download.
pub(super) fn table(answer: &Answer) -> Answered {
    hits(&answer.results, answer.sample)
}

/// Services as a download.
pub(in crate::server) fn hits(hits: &[Hit], sample: bool) -> Answered {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |_| Problem::inside("an answer could not be written as CSV");
    writer.write_record(COLUMNS).map_err(failed)?;
    for hit in hits {
        writer.write_record(row(hit, sample)).map_err(failed)?;
    }
    let body = writer.into_inner().map_err(|_| Problem::inside("an answer could not be written as CSV"))?;
    let mut response = with_type(body, MEDIA_TYPE);
    let download = HeaderValue::from_static("attachment; filename=\"services.csv\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, download);
    Ok(response)
}

fn row(hit: &Hit, sample: bool) -> [String; COLUMNS.len()] {
    let service = &hit.service;
    let hours = hit.session.as_ref().and_then(|session| session.opening_hours.as_deref());
    let (address, latitude, longitude) = match &hit.location {
        Some(PublicLocation::Open(place)) => {
            let postcode = place.postcode.as_deref().unwrap_or_default();
            let parts = [place.name.as_str(), &place.address, &place.town, postcode];
            let address: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (address.join(", "), place.latitude, place.longitude)
        }
        Some(PublicLocation::Confidential(_)) => ("confidential: get in touch to be told".to_string(), None, None),
        None => (String::new(), None, None),
    };
    [
        text(service.id.as_str()),
        text(&service.name),
        text(&service.organisation.name),
        text(&service.summary),
        text(service.status),
        list(&service.categories),
        service.phone.as_ref().map(text).unwrap_or_default(),
        service.email.as_ref().map(text).unwrap_or_default(),
        service.website.as_ref().map(text).unwrap_or_default(),
        list(&service.referral),
        text(&service.how_to_join),
        number(service.cost.map(|cost| cost.pounds())),
        text(&service.cost_note),
        number(service.minimum_age),
        number(service.maximum_age),
        list(&service.only_for),
        list(&service.welcomes),
        service.convictions.map(text).unwrap_or_default(),
        list(&service.languages),
        list(&service.delivery),
        text(hours.unwrap_or_default()),
        text(address),
        number(latitude),
        number(longitude),
        number(hit.distance_km),
        (if sample { "yes" } else { "no" }).to_string(),
    ]
}

/// A number of our own.
fn number(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn list<T: Display>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    text(values.join(";"))
}
