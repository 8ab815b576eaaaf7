//! Postcodes, and the two numbers that make a place.

use super::{Cell, plain, remarked};
use crate::dataset::catalogue::{HALF_A_PLACE, NOT_A_POSTCODE, OUTSIDE_UK, SWAPPED};
use crate::dataset::problems::{Finding, shown};
use crate::model::Point;

/// A postcode in the form `M1 4BT`. One that has not the shape of a UK postcode is taken as not stated, with a warning:
/// a slip there must not take a venue away whose other cells are right.
pub(in crate::dataset) fn postcode(text: &str) -> Cell<Option<String>> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    if has_shape(&bare) {
        let (out, inward) = bare.split_at(bare.len() - 3);
        return plain(Some(format!("{out} {inward}")));
    }
    let remark = Finding::new(&NOT_A_POSTCODE, format!("`{}` is not a UK postcode", shown(text)));
    remarked(None, remark.help("write it like `M1 4BT`, or leave it empty and give latitude and longitude"))
}

/// Outward code `A9 A99 AA9 AA99 A9A AA9A`, inward `9AA` (BS 7666).
fn has_shape(bare: &str) -> bool {
    let shape: String = bare
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_uppercase() {
                'A'
            } else {
                '?'
            }
        })
        .collect();
    let Some(outward) = shape.strip_suffix("9AA") else { return false };
    matches!(outward, "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
}

/// What latitude and longitude say together.
#[derive(Debug)]
pub(in crate::dataset) struct Place {
    pub(in crate::dataset) point: Option<Point>,
    /// What is wrong or odd, and the column it is best shown at.
    pub(in crate::dataset) finding: Option<(&'static str, Finding)>,
}

/// The United Kingdom with its islands lies between these.
const UK_LATITUDES: std::ops::RangeInclusive<f64> = 49.0..=61.0;
const UK_LONGITUDES: std::ops::RangeInclusive<f64> = -9.0..=2.1;

pub(in crate::dataset) fn place(latitude: Option<f64>, longitude: Option<f64>) -> Place {
    let in_uk = |latitude: f64, longitude: f64| UK_LATITUDES.contains(&latitude) && UK_LONGITUDES.contains(&longitude);
    let half = |column, stated: &str| {
        let finding = Finding::new(&HALF_A_PLACE, format!("there is a {stated} without a {column}"));
        let finding = finding.help(format!("fill in the {column}, or clear both and give the postcode"));
        Place { point: None, finding: Some((column, finding)) }
    };
    match (latitude, longitude) {
        (None, None) => Place { point: None, finding: None },
        (Some(_), None) => half("longitude", "latitude"),
        (None, Some(_)) => half("latitude", "longitude"),
        (Some(latitude), Some(longitude)) if in_uk(latitude, longitude) => {
            Place { point: Point::new(latitude, longitude), finding: None }
        }
        (Some(latitude), Some(longitude)) if in_uk(longitude, latitude) => {
            let finding = Finding::new(&SWAPPED, "latitude and longitude are swapped")
                .help(format!("write latitude `{longitude}` and longitude `{latitude}`"));
            Place { point: None, finding: Some(("latitude", finding)) }
        }
        (Some(latitude), Some(longitude)) => {
            let finding = Finding::new(&OUTSIDE_UK, format!("{latitude}, {longitude} is outside the United Kingdom"))
                .help("check both numbers; a longitude west of Greenwich begins with `-`");
            Place { point: Point::new(latitude, longitude), finding: Some(("latitude", finding)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes() {
        for (text, postcode_) in [("m14bt", "M1 4BT"), ("SW1A 1AA", "SW1A 1AA"), ("M14  5TP", "M14 5TP")] {
            assert!(postcode(text).is_ok_and(|cell| cell.value.as_deref() == Some(postcode_)), "{text}");
        }
        for none in ["Manchester", "M1", "M1 4B", "1M 4BT", "ẞ1 4BT"] {
            assert!(postcode(none).is_ok_and(|cell| cell.value.is_none() && cell.remark.is_some()), "{none}");
        }
    }

    #[test]
    fn places() {
        let code = |latitude, longitude| place(latitude, longitude).finding.map(|(_, finding)| finding.kind.code);
        assert_eq!(code(Some(53.477), Some(-2.2309)), None);
        assert_eq!(code(Some(51.48), Some(0.0)), None);
        assert_eq!(code(Some(-2.2309), Some(53.477)), Some("E053"));
        assert_eq!(code(Some(53.477), None), Some("E052"));
        assert_eq!(code(Some(35.477), Some(-2.2309)), Some("W017"));
    }
}
