//! Whatever the bytes, nothing panics, and one row never changes another.

use super::reading;
use crate::fixture::{Folder, MINIMAL};
use proptest::prelude::*;
use signpost::dataset::render;

/// Bytes that are mostly CSV and mostly wrong.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just(b",".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b";".to_vec()),
        Just("é£\u{202e}".as_bytes().to_vec()),
        Just(b"id,name,words,code".to_vec()),
        prop::collection::vec(any::<u8>(), 1..4),
        "[a-z0-9 .:/-]{1,12}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(file in 0..MINIMAL.len(), bytes in bytes(), after_header: bool) {
        let (name, text) = MINIMAL[file];
        let header = text.lines().next().unwrap();
        let whole = if after_header { [header.as_bytes(), b"\n", &bytes].concat() } else { bytes };
        let reading = reading(&Folder::minimal().with_bytes(name, &whole).with_bytes("areas.geojson", &whole));
        for problem in &reading.problems {
            if let Some(excerpt) = &problem.excerpt {
                prop_assert!(excerpt.line.get(excerpt.from..excerpt.to).is_some(), "{excerpt:?}");
            }
        }
        render::text(&reading, &mut Vec::new()).unwrap();
        render::github(&reading, "data", &mut Vec::new()).unwrap();
    }

    #[test]
    fn one_cell_never_changes_other_rows(row in 0..30_usize, column in 0..32_usize, cell in "[^\"]{0,20}", slip in "[^\r\n]{0,9}") {
        let header = MINIMAL[1].1.lines().next().unwrap();
        let mut rows = Vec::new();
        for at in 0..30 {
            let mut cells = vec![String::new(); 32];
            cells[0] = format!("service-{at}");
            cells[1] = "common-ground".into();
            cells[2] = format!("Service {at}");
            cells[5] = "active".into();
            cells[6] = "gardening".into();
            rows.push(cells);
        }
        let folder = |rows: &[Vec<String>]| {
            let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
            Folder::minimal()
                .with("services.csv", &format!("{header}\n{}\n", lines.join("\n")))
                .with("sessions.csv", "service_id\n")
                .with("crisis.csv", "words,message\n")
        };
        let before = reading(&folder(&rows)).directory.services;
        prop_assert_eq!(before.len(), 30);
        let is_id = column == 0;
        rows[row][column] = format!("\"{cell}\"");
        let after = reading(&folder(&rows)).directory.services;
        let spoilt = format!("service-{row}");
        let others = |services: &[signpost::model::Service]| {
            services.iter().filter(|it| it.id.as_str() != spoilt && it.id.as_str() != cell.trim()).cloned().collect::<Vec<_>>()
        };
        if is_id && before.iter().any(|it| it.id.as_str() == cell.trim()) {
            return Ok(()); // it has become another row's id
        }
        prop_assert_eq!(others(&before), others(&after));
        // Without quotes around it, and with quotes and commas in it: a slip.
        rows[row][column.max(1)] = format!("\"{slip}");
        rows[row][0] = spoilt.clone();
        let after = reading(&folder(&rows)).directory.services;
        prop_assert_eq!(others(&before), others(&after));
    }
}
