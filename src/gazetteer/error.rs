//! Why a place was not found, and why a gazetteer file cannot be read or made.

use std::path::PathBuf;

use super::Place;

/// Why what a person typed gives no place. Each says how to mend it.
///
/// The text holds what the person typed: show it to them, and never log it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotFound {
    #[error("no place was given; type a postcode such as `M1 4BT`, or a town")]
    Empty,
    #[error("that is too long for a place; type only a postcode or the name of a town, at most {most} characters")]
    TooLong { most: usize },
    #[error("there is no postcode `{postcode}`{}", nearest_help(nearest.as_deref()))]
    UnknownPostcode {
        postcode: String,
        /// The sector or outcode that does exist.
        nearest: Option<Box<Place>>,
    },
    #[error("`{text}` is not a postcode or a place we know{}", did_you_mean_help(did_you_mean))]
    NotAPostcodeOrPlace {
        text: String,
        /// At most three names of places, the likeliest first.
        did_you_mean: Vec<String>,
    },
    #[error("there are several places called `{name}`; say which: {}", quoted(choices))]
    SeveralPlaces {
        name: String,
        /// Names with their district, as `find` takes them.
        choices: Vec<String>,
    },
    #[error("`{postcode}` is in {place}, whose postcodes are not included; type {instead}")]
    Outside { postcode: String, place: &'static str, instead: &'static str },
}

fn nearest_help(nearest: Option<&Place>) -> String {
    match nearest {
        Some(place) => format!("; check it, or use `{}`", place.name),
        None => "; check it, or type the name of a town".to_owned(),
    }
}

fn did_you_mean_help(names: &[String]) -> String {
    if names.is_empty() {
        return "; type a postcode such as `M1 4BT`, or a town".to_owned();
    }
    format!("; did you mean {}?", quoted(names))
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" or ")
}

/// Why a gazetteer file cannot be read or made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    #[error("cannot read `{}`: {source}; check that it is there and may be read", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{}`: {source}; check that the folder is there, may be written to and has space", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("`{}` is not a gazetteer we can use: {why}; make it again with `signpost gazetteer import`", path.display())]
    Damaged { path: PathBuf, why: &'static str },
    #[error("cannot open `{}` as a zip file: {why}; download it again", path.display())]
    Zip { path: PathBuf, why: String },
    #[error("`{file}` is refused: {why}; unpack it yourself and import the folder if you trust it")]
    Suspicious { file: String, why: String },
    #[error(
        "no postcodes were found in `{}`{}; give OS Code-Point Open or the ONS Postcode Directory, as a zip file, a folder or a CSV file",
        path.display(),
        first_problem(first)
    )]
    NoPostcodes {
        path: PathBuf,
        /// The first row that was rejected, if any was.
        first: Option<String>,
    },
}

fn first_problem(first: &Option<String>) -> String {
    match first {
        Some(problem) => format!(" (the first problem: {problem})"),
        None => String::new(),
    }
}
