//! The fields of the text index.
//!
//! One document a listing (a service at one location, or without one). Documents are sorted by the H3 cell they lie
//! in: the listings of a circle then stand next to each other in every postings list, which makes a search within a
//! radius 3 to 8 times faster than any other layout that was measured at 1,000,000 services.

use super::analysis::WordsAndStems;
use super::document::{FIELD_NAMES, TEXT_FIELDS};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexSettings, IndexSortByField, Order};

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The searched texts, in the order of `document`; they must be the first fields of the schema.
    pub(super) texts: [Field; TEXT_FIELDS],
    /// The service's id: what a changed service is deleted by.
    pub(super) service: Field,
    /// Codes of categories (`housing`), each with those above it.
    pub(super) category: Field,
    /// Where the listing can be used: H3 cells (`6:…`, `4:…`), areas it covers (`a:…`), or `anywhere`.
    pub(super) place: Field,
    /// Sort key: the H3 cell.
    pub(super) cell: Field,
    /// The listing's lasting number: see `facts::listing_key`.
    pub(super) key: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WordsAndStems::NAME)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let options = TextOptions::default().set_indexing_options(indexing);
    let texts = FIELD_NAMES.map(|name| builder.add_text_field(name, options.clone()));
    let fields = Fields {
        texts,
        service: builder.add_text_field("service_id", STRING),
        category: builder.add_text_field("category_code", STRING),
        place: builder.add_text_field("place_term", STRING),
        cell: builder.add_u64_field("cell", FAST),
        key: builder.add_u64_field("key", FAST | INDEXED),
    };
    (builder.build(), fields)
}

/// Sorted by cell.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        sort_by_field: Some(IndexSortByField { field: "cell".to_string(), order: Order::Asc }),
        ..IndexSettings::default()
    }
}

/// Makes our way of cutting text known to an index that was created or opened.
pub(super) fn prepare(index: &Index) {
    index.tokenizers().register(WordsAndStems::NAME, WordsAndStems);
}
