//! Which format an answer is wanted in: the `Accept` header of RFC 9110, for the few formats there are.

use crate::language::Language;
use axum::http::{HeaderMap, header};

/// The formats of a list of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    GeoJson,
    Csv,
}

/// Every format and its media type; of those that are wanted alike, the first is given.
const OFFERS: [(Format, &str); 3] =
    [(Format::Json, "application/json"), (Format::GeoJson, "application/geo+json"), (Format::Csv, "text/csv")];

/// The format of a list that is wanted most; `None` if none is wanted.
pub fn format(headers: &HeaderMap) -> Option<Format> {
    wanted_most(headers, &OFFERS)
}

/// What is wanted most of what is offered, each with its media type; `None` if none is wanted. No header wants anything.
pub fn wanted_most<F: Copy>(headers: &HeaderMap, offers: &[(F, &str)]) -> Option<F> {
    let values: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() {
        return offers.first().map(|(offer, _)| *offer);
    }
    let accept = values.join(",").to_ascii_lowercase();
    let mut best: Option<(F, f32)> = None;
    for &(offer, media_type) in offers {
        let wanted = quality(&accept, media_type);
        if wanted > 0.0 && best.is_none_or(|(_, most)| wanted > most) {
            best = Some((offer, wanted));
        }
    }
    best.map(|(offer, _)| offer)
}

/// The language of what is said to people: Welsh where it is wanted more than English (`Accept-Language`, RFC 9110).
pub fn language(headers: &HeaderMap) -> Language {
    /// Longer lists than this are nobody's wish.
    const MOST: usize = 20;
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<&str> = values.flat_map(|value| value.split(',')).take(MOST).collect();
    let wanted = |language: Language| {
        let mut best = 0.0_f32;
        for range in &ranges {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().split('-').next().unwrap_or_default();
            let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
            let quality = quality.ok().filter(|quality| (0.0..=1.0).contains(quality)).unwrap_or(0.0);
            if tag.eq_ignore_ascii_case(language.code()) {
                best = best.max(quality);
            }
        }
        best
    };
    if wanted(Language::Welsh) > wanted(Language::English) { Language::Welsh } else { Language::English }
}

/// Whether a page for people is asked for by name, as browsers do.
pub fn is_browser(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.any(|value| value.to_ascii_lowercase().contains("text/html"))
}

/// How much a media type is wanted, 0 to 1; the most specific range that fits it decides.
fn quality(accept: &str, media_type: &str) -> f32 {
    let group = media_type.split('/').next().unwrap_or_default();
    let mut decided = (0, 0.0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let specific = match name {
            "*/*" => 1,
            _ if name.strip_suffix("/*") == Some(group) => 2,
            _ if name == media_type => 3,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        let quality = quality.ok().filter(|quality| (0.0..=1.0).contains(quality)).unwrap_or(1.0);
        if specific > decided.0 {
            decided = (specific, quality);
        }
    }
    decided.1
}

#[cfg(test)]
mod tests {
    use super::{Format, format};
    use axum::http::{HeaderMap, HeaderValue, header};

    fn chosen(accept: &'static str) -> Option<Format> {
        format(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn the_format_wanted_most_is_given_and_json_where_nothing_is_said() {
        assert_eq!(format(&HeaderMap::new()), Some(Format::Json));
        assert_eq!(chosen("text/html,application/xml;q=0.9,*/*;q=0.8"), Some(Format::Json));
        assert_eq!(chosen("Text/CSV"), Some(Format::Csv));
        assert_eq!(chosen("application/json;q=0.5, application/geo+json"), Some(Format::GeoJson));
        assert_eq!(chosen("application/json;q=0, */*"), Some(Format::GeoJson));
        assert_eq!(chosen("text/*"), Some(Format::Csv));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/csv;q=0"), None);
    }
}
