//! A row of one of our files, as text: its cells by the names of the columns.

use crate::dataset::columns::Table;

/// One row; a cell for each column of the file, in our order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub table: Table,
    cells: Vec<String>,
}

impl Row {
    pub fn new(table: Table) -> Self {
        Self { table, cells: vec![String::new(); table.file().columns.len()] }
    }

    /// The cell of a column; empty if it states nothing.
    pub fn get(&self, column: &str) -> &str {
        self.position(column).map_or("", |at| &self.cells[at])
    }

    pub fn set(&mut self, column: &str, text: impl Into<String>) {
        if let Some(at) = self.position(column) {
            self.cells[at] = text.into();
        }
    }

    /// The id of the row, or of the service whose session it is.
    pub fn id(&self) -> &str {
        self.cells.first().map_or("", String::as_str)
    }

    pub fn cells(&self) -> &[String] {
        &self.cells
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.table.file().columns.iter().position(|known| known.name == column)
    }
}
