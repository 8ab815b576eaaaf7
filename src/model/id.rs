//! Ids of rows and codes of vocabularies: short, readable, safe in a URL, a file and a terminal.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// The longest id or code.
pub const MAX_LENGTH: usize = 64;

/// Why a text is no id or code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidId {
    #[error("is empty")]
    Empty,
    #[error("is longer than {MAX_LENGTH} characters")]
    TooLong,
    #[error("may hold only a–z, 0–9, `-` and `_`, and starts and ends with a letter or digit")]
    Characters,
}

fn check(text: &str) -> Result<(), InvalidId> {
    if text.is_empty() {
        return Err(InvalidId::Empty);
    }
    if text.len() > MAX_LENGTH {
        return Err(InvalidId::TooLong);
    }
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let inside = bytes.iter().all(|&byte| plain(byte) || byte == b'-' || byte == b'_');
    if inside && plain(bytes[0]) && plain(bytes[bytes.len() - 1]) { Ok(()) } else { Err(InvalidId::Characters) }
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(try_from = "String")]
        #[schema(value_type = String, pattern = "^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$")]
        pub struct $name(Box<str>);

        impl $name {
            /// The text, checked: 1 to 64 of `a-z 0-9 - _`, a letter or digit at both ends.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                check(text).map(|()| Self(text.into()))
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(&text)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "`{}`", self.0)
            }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

slug! {
    /// The id of a row: an organisation, service, location, area or fund.
    Id
}
slug! {
    /// A word of a vocabulary: a category, audience or goal.
    Code
}
