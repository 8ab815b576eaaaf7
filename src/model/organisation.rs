//! An organisation: who runs services.

use super::{Email, Id, Phone, Website};
use serde::{Deserialize, Serialize};

/// A row of `organisations.csv`. `None` and empty text mean *not stated*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: Id,
    pub name: String,
    pub description: String,
    pub website: Option<Website>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub charity_number: Option<String>,
    pub company_number: Option<String>,
    /// The feed an imported row came from, and its id there.
    pub source: Option<String>,
    pub source_id: Option<String>,
}
