//! Every kind of problem: its lasting code, and what `signpost explain` says about it.
//!
//! A code is never given to another kind. Codes of files begin at E001, of rows at E020, of cells at E030, of what rows
//! say of each other at E050, of `areas.geojson` at E070; warnings have a W.

use crate::diagnostic::Severity;

/// A kind of problem.
#[derive(Debug, PartialEq)]
pub struct Kind {
    /// `E014`, `W021`.
    pub code: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What goes wrong and why it matters.
    pub explanation: &'static str,
    /// Wrong, then right.
    pub example: &'static str,
    /// What to do.
    pub cure: &'static str,
}

impl Kind {
    pub fn severity(&self) -> Severity {
        if self.code.starts_with('E') { Severity::Error } else { Severity::Warning }
    }

    /// The kind of a code, in capitals or not.
    pub fn find(code: &str) -> Option<&'static Kind> {
        ALL.iter().copied().find(|kind| kind.code.eq_ignore_ascii_case(code))
    }
}

macro_rules! kinds {
    ($($name:ident = $code:literal $title:literal $explanation:literal $example:literal $cure:literal;)+) => {
        $(pub static $name: Kind = Kind {
            code: $code, title: $title, explanation: $explanation, example: $example, cure: $cure,
        };)+
        /// Every kind, in the order of the codes.
        pub static ALL: &[&Kind] = &[$(&$name),+];
    };
}

kinds! {
    MISSING_FILE = "E001" "a file is missing"
        "A directory needs `organisations.csv`, `services.csv`, `locations.csv`, `sessions.csv`, `areas.csv`, `categories.csv`, `goals.csv` and `goal_categories.csv`. Without one of them nothing is replaced: what was good before goes on being served."
        "Services.csv       (wrong: names are in small letters)\nservices.csv       (right)"
        "put the file into the folder under exactly this name; a header line alone is enough where there is nothing to say yet";
    UNREADABLE_FILE = "E002" "a file cannot be read"
        "The system refused to open or read the file: it may be a folder, belong to somebody else, or lie on a drive that has gone."
        "services.csv is a folder"
        "check that it is an ordinary file and that you may read it";
    NOT_UTF8 = "E003" "a file is not UTF-8"
        "Text is stored as numbers, and the file was saved with other numbers than UTF-8, most often Windows-1252 (Excel's plain `CSV`). Letters such as é, ŵ or £ would come out wrong, so the file is not used."
        "Caf\\xE9             (wrong: é in Windows-1252)\nCafé                (right: saved as UTF-8)"
        "in Excel: File, Save As, `CSV UTF-8 (Comma delimited)`; in LibreOffice: Save As, tick `Edit filter settings`, choose `Unicode (UTF-8)`";
    UTF16 = "E004" "a file is UTF-16"
        "The file holds two bytes for each letter: Excel's `Unicode Text`. It is not used."
        "Unicode Text (*.txt)                  (wrong)\nCSV UTF-8 (Comma delimited) (*.csv)   (right)"
        "in Excel: File, Save As, `CSV UTF-8 (Comma delimited)`";
    NOT_CSV = "E005" "a file is not CSV"
        "The file has the name of a CSV file but is something else inside: an Excel workbook, a PDF, a web page."
        "services.xlsx renamed to services.csv"
        "open it in the program that made it and save it as `CSV UTF-8`; renaming is not enough";
    NO_HEADER = "E006" "a file has no header"
        "The first line names the columns. The file is empty, or its first line names none of them."
        "common-ground,Common Ground         (wrong: a row where the header should be)\nid,name                             (right)"
        "put the line with the column names first";
    MISSING_COLUMN = "E007" "a required column is missing"
        "Some columns must be in the header because no row makes sense without them. The order of columns is free."
        "id,nmae,description\nid,name,description"
        "add the column to the header line, or correct its spelling";
    COLUMN_TWICE = "E008" "a column is named twice"
        "Two columns have one name, so it is unclear which of them is meant."
        "id,name,phone,phone\nid,name,phone,email"
        "rename or remove one of the two";
    MOST_ROWS_BAD = "E009" "most rows of a file are bad"
        "More than half of the rows have errors. That is seldom bad data and mostly a wrong file or a column that has slipped, so the whole file is not used and what was good before goes on being served."
        "a column inserted by mistake, with every cell after it one to the right"
        "look at the first few errors of this file: they most likely have one cause";
    OPEN_QUOTE_TO_END = "E010" "a quote is never closed"
        "A cell begins with `\"`, and there is no closing `\"` before the end of the file. Either the quote is a slip, or the file was cut off while it was being saved. The rest of the file cannot be trusted, so the file is not used."
        "shed,\"Men's shed,open\nshed,\"Men's shed\",open"
        "close the quote in the line named; if the end of the file is missing, save or copy it again";
    TOO_BIG = "E011" "a file has too many rows"
        "Signpost is made for a nation's directory of a million services and reads up to five million rows of one file."
        "a file of six million rows"
        "check that the file was not pasted into itself";

    OPEN_QUOTE = "E020" "a quote is not closed"
        "A cell begins with `\"` and the quote is not closed where the cell ends. The row is left out; reading goes on with the next line."
        "shed,\"Men's shed,open\nshed,\"Men's shed\",open"
        "close the quote; a quote inside a quoted cell is written twice";
    AFTER_QUOTE = "E021" "text after a closing quote"
        "A quoted cell ends at its closing quote, and then the next cell must begin."
        "\"The \"Hut\" club\",open\n\"The \"\"Hut\"\" club\",open"
        "write each quote inside a quoted cell twice";
    TOO_MANY_CELLS = "E022" "a row has more cells than the header"
        "Most often a text with a comma in it stands without quotes, so all the cells after it have slipped to the right."
        "shed,Tea, cake and tools,open\nshed,\"Tea, cake and tools\",open"
        "put `\"` around the cell that has a comma in it";
    ROW_TOO_LONG = "E023" "a row is too long"
        "A row may have 64 KB. A longer one is mostly a missing quote or something pasted into the wrong place."
        "a whole web page pasted into `description`"
        "shorten its texts, or look for a missing quote";
    DUPLICATE = "E024" "an id is used twice"
        "Every row has an id of its own. The first row with the id is kept, later ones are left out."
        "shed,Men's shed\nshed,Women's shed"
        "give one of the two rows another id, or remove it";

    REQUIRED = "E030" "a required cell is empty"
        "The row makes no sense without this cell, so it is left out."
        "shed,,Men's shed\nshed,common-ground,Men's shed"
        "fill in the cell";
    NOT_AN_ID = "E031" "not an id or a code"
        "Ids and codes stand in web addresses and file names. They have 1 to 64 characters from a–z, 0–9, `-` and `_`, and begin and end with a letter or digit."
        "Men's Shed!\nmens-shed"
        "write it in small letters, with `-` for spaces and without other signs";
    UNKNOWN_CODE = "E032" "not one of the codes"
        "The column has a fixed list of codes, and this is none of them."
        "dropin\ndrop_in"
        "use one of the codes of the list; several in a cell are separated by `;`";
    NOT_A_NUMBER = "E033" "not a number"
        "Numbers are written with digits and, for parts, a point. `NaN` and `inf` are not numbers."
        "51,5074\n51.5074"
        "write digits, with a point before the parts";
    OUT_OF_RANGE = "E034" "a number is out of range"
        "The number cannot be right for this column: a latitude beyond the pole, an age of 200."
        "200\n20"
        "check for a slip of the finger";
    NOT_WHOLE = "E035" "not a whole number"
        "The column holds whole numbers."
        "17.5\n18"
        "round it";
    NOT_A_DATE = "E036" "not a date"
        "Dates are written year-month-day, so that nobody in any country can misread them. 22/11/2026 is understood too (day, month, year), with a warning."
        "11/22/2026\n2026-11-22"
        "write it as 2026-11-22";
    SHORT_YEAR = "E037" "a date whose year is unclear"
        "A year of two digits could be of this century or the last, or even be the day."
        "3/4/26\n2026-04-03"
        "write the year with four digits: 2026-04-03";
    NOT_HOURS = "E038" "not opening hours"
        "Opening hours are written in the syntax of OpenStreetMap: days `Mo Tu We Th Fr Sa Su`, times on the 24-hour clock, rules separated by `;`. See https://wiki.openstreetmap.org/wiki/Key:opening_hours."
        "Mon-Fri 9am-5pm\nMo-Fr 09:00-17:00"
        "write days in two letters and times as 09:00; put words such as `by appointment` into `note`";
    NOT_MONEY = "E039" "not an amount of money"
        "Amounts are in pounds, from 0 to 10000, without words; 0 is free."
        "two pounds fifty\n2.50"
        "write the number, and put words into the note beside it";
    NOT_YES_NO = "E040" "neither yes nor no"
        "The column holds `yes`, `no`, or nothing, which means: not stated."
        "maybe\n(empty)"
        "write `yes` or `no`, or leave it empty if nobody knows";
    NOT_A_PHONE = "E041" "not a phone number"
        "A phone number has 3 to 15 digits, with spaces, `-` and brackets as you like, and may begin with `+`."
        "0161 496 0123 (ask for Sam)\n0161 496 0123"
        "leave only the number, and put words into a text column";
    DAMAGED_PHONE = "E042" "a phone number that a spreadsheet has damaged"
        "The spreadsheet took the phone number for a large number and saved it as `4.41612E+11`. Its last digits are gone."
        "4.41612E+11\n+44 161 496 0123"
        "type the number again after making the column's format `Text`";
    NOT_AN_EMAIL = "E043" "not an e-mail address"
        "An e-mail address has one `@`, a dot after it, and no spaces."
        "hello at shed.example.org\nhello@shed.example.org"
        "correct it, or leave it empty";
    NOT_A_WEBSITE = "E044" "not a web address"
        "A web address begins with `https://` or `http://`, names a host, and has no spaces."
        "www.shed.example.org\nhttps://www.shed.example.org"
        "copy it from the address bar of the browser";
    UNSAFE_LINK = "E045" "a link that is not safe"
        "Only `http` and `https` links are published. Others (`javascript:`, `data:`, `file:`) could run a program on the reader's machine."
        "javascript:alert(1)\nhttps://shed.example.org"
        "use the address of the web page";
    CONTROL_CHARACTER = "E046" "a character that cannot be seen"
        "The cell holds a control character or one that turns the direction of writing. They do nothing good on a page and can hide what a text really says."
        "Shed\\u{0} club\nShed club"
        "delete the cell and type it again";
    CELL_TOO_LONG = "E047" "a cell is too long"
        "A cell may have 32 KB, about 5,000 words."
        "a whole leaflet pasted into `summary`"
        "shorten it";
    NOT_A_LANGUAGE = "E048" "not a language code"
        "Languages are the two-letter codes of ISO 639-1: `en` English, `cy` Welsh, `pl` Polish, `ur` Urdu."
        "polish\npl"
        "use the two-letter code";

    NO_SUCH_ROW = "E050" "leads to a row that is not there"
        "The cell names a row of another file (or of this one) by its id or code, and there is none."
        "comon-ground\ncommon-ground"
        "correct the spelling, or add the row it should lead to";
    CIRCLE = "E051" "parents in a circle"
        "A row is its own parent, or its parent's parent's … parent."
        "england,parent_id=salford and salford,parent_id=england"
        "clear the parent of the widest of them";
    HALF_A_PLACE = "E052" "a latitude without a longitude"
        "A place on the map takes both numbers."
        "53.4770,\n53.4770,-2.2309"
        "fill in the other number, or clear both and give the postcode";
    SWAPPED = "E053" "latitude and longitude are swapped"
        "The place is in the United Kingdom only if the two numbers change places."
        "latitude -2.2309, longitude 53.4770\nlatitude 53.4770, longitude -2.2309"
        "swap the two cells";
    AGES_REVERSED = "E054" "the lowest age is above the highest"
        "Nobody is at least 30 and at most 18."
        "minimum_age 30, maximum_age 18\nminimum_age 18, maximum_age 30"
        "swap the two ages, or correct the wrong one";
    DATES_REVERSED = "E055" "it ends before it starts"
        "The last day is before the first."
        "starts_on 2026-11-30, ends_on 2026-03-01\nstarts_on 2026-03-01, ends_on 2026-11-30"
        "swap the two dates, or correct the wrong one";

    NOT_GEOJSON = "E070" "areas.geojson cannot be understood"
        "The file is not a GeoJSON FeatureCollection (RFC 7946), so none of the areas has its outline."
        "{\"features\": …}\n{\"type\": \"FeatureCollection\", \"features\": […]}"
        "export the layer again as GeoJSON in WGS84";
    BAD_FEATURE = "E071" "an outline that cannot be used"
        "A feature of `areas.geojson` needs an `id` beside `type` that is the id of an area, and a Polygon or MultiPolygon whose rings are closed, in degrees, longitude first."
        "{\"type\": \"Feature\", \"properties\": {\"id\": \"salford\"}, …}\n{\"type\": \"Feature\", \"id\": \"salford\", …}"
        "correct the feature, or remove it: the area then is the circle that areas.csv states";

    UNKNOWN_COLUMN = "W001" "a column nobody knows"
        "The header names a column that Signpost does not read. Its cells are ignored."
        "id,name,telephone\nid,name,phone"
        "correct the spelling, or remove the column";
    MISNAMED_FILE = "W002" "a file whose name is nearly right"
        "A file in the folder is not read, but its name is close to one that would be."
        "service.csv\nservices.csv"
        "rename the file, or move it out of the folder";
    UNREADABLE_PACKAGE = "W003" "datapackage.json cannot be read"
        "The description of the package is not JSON. The rows are read all the same, but whether the organisations are fictional is not known, and no page will say so."
        "{\"name\": \"signpost-sample\",}\n{\"name\": \"signpost-sample\"}"
        "correct the JSON";
    UK_DATE = "W010" "a date in another form"
        "The date was read as day, month, year. Excel likes to write dates like this when it saves a CSV file."
        "22/11/2026\n2026-11-22"
        "write it as 2026-11-22, or make the column's format `yyyy-mm-dd`";
    OTHER_SPELLING = "W011" "a code in another spelling"
        "The cell was understood, but other programs that read the file may not understand it."
        "Yes\nyes"
        "write the code as it stands in the list";
    POUND_SIGN = "W012" "an amount with more than the number"
        "The amount was understood. Signpost counts in pounds and needs no sign."
        "£2.50\n2.50"
        "write the number alone";
    LOST_ZERO = "W013" "a phone number without its leading 0"
        "The number has ten digits and no 0 before them: spreadsheets drop it when they take a phone number for a number. It was put back."
        "1614960123\n0161 496 0123"
        "type the 0 again after making the column's format `Text`";
    FORMULA = "W014" "a text that begins like a formula"
        "A spreadsheet that opens the file may run a cell that begins with `=`, `+`, `-`, `@` or a tab as a formula. Signpost does not, and puts `'` before it in every CSV file that it writes."
        "=HYPERLINK(…)\n-- Tea and talk\nTea and talk"
        "begin the text with a word";
    NO_PLACE = "W015" "a location that is nowhere"
        "It has neither a postcode nor a latitude and longitude, so nobody will find it by distance."
        "shed,Men's shed,,,,\nshed,Men's shed,,,M1 4BT,"
        "fill in the postcode";
    NOT_A_POSTCODE = "W016" "not a postcode"
        "A UK postcode has the form `M1 4BT`. The cell was taken as not stated."
        "Manchester\nM1 4BT"
        "correct it, or leave it empty and give latitude and longitude";
    OUTSIDE_UK = "W017" "a place outside the United Kingdom"
        "The place is not between latitude 49 and 61 and longitude -9 and 2.1. It was taken as it stands."
        "35.4770,-2.2309\n53.4770,-2.2309"
        "check both numbers";
    LOST_LETTER = "W018" "a letter that was lost"
        "The cell holds the sign that stands for a letter some program could not read."
        "Caf\u{FFFD}\nCafé"
        "type the word again";
    NO_CATEGORY = "W019" "a service without a category"
        "Nobody has said what the service is, as with most that are imported. It is found by its text alone, so fewer people find it."
        "choir,Tuesday choir,…,active,,\nchoir,Tuesday choir,…,active,singing,"
        "fill in one or more codes of categories.csv";
    LEFT_OUT_WITH = "W020" "left out because another row is"
        "The rows lead to one that was left out for an error of its own. They come back by themselves once it is right."
        "a session of a service whose status is misspelt"
        "correct the row that is named";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_explained_under_a_code_of_its_own() {
        for (at, kind) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.code < kind.code), "{} is out of order or twice", kind.code);
            assert!(!kind.title.is_empty() && !kind.title.ends_with('.'), "{}", kind.code);
            assert!(kind.explanation.ends_with('.'), "{}", kind.code);
            assert!(!kind.example.is_empty() && !kind.cure.is_empty(), "{}", kind.code);
        }
    }
}
