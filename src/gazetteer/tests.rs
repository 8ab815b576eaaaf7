//! The gazetteer as a person meets it, with the data that is in the binary.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::built_in);

fn find(text: &str) -> Place {
    GAZETTEER.find(text).unwrap_or_else(|e| panic!("`{text}`: {e}"))
}

fn refused(text: &str) -> String {
    match GAZETTEER.find(text) {
        Ok(place) => panic!("`{text}` was found: {place:?}"),
        Err(error) => error.to_string(),
    }
}

/// `name | precision | within` of each suggestion.
fn suggested(prefix: &str, limit: usize) -> Vec<String> {
    let places = GAZETTEER.suggest(prefix, limit);
    places.into_iter().map(|place| place.name).collect()
}

fn metres(place: &Place, latitude: f64, longitude: f64) -> f64 {
    1000.0 * layout::kilometres((place.latitude, place.longitude), (latitude, longitude))
}

#[test]
fn the_built_in_file_is_whole() {
    let table = PostcodeTable::open(Cow::Borrowed(POSTCODES)).expect("opens");
    assert!(table.verify());
    assert_eq!(GAZETTEER.describe(), "ONS Postcode Directory: 1742610 postcodes in use, 891008 no longer in use");
    let known = GAZETTEER.tables[0].districts.iter().filter(|d| d.is_some()).count();
    assert_eq!(known, GAZETTEER.tables[0].districts.len(), "every district has a name");
}

#[test]
fn full_postcodes_are_within_two_metres_of_ostn15() {
    let palace = find("SW1A 1AA");
    assert!(metres(&palace, 51.501_010, -0.141_563) < 2.0, "{palace:?}");
    assert_eq!(palace.within.as_deref(), Some("Westminster"));

    let place = find("m14bt");
    assert_eq!(place.name, "M1 4BT");
    assert_eq!(place.precision, Precision::Postcode);
    assert_eq!(place.within.as_deref(), Some("Manchester"));
    assert!(!place.terminated);
    assert!(metres(&place, 53.480_06, -2.238_38) < 2.0, "{place:?}");
}

#[test]
fn sectors_and_outcodes_have_a_middle_and_a_radius() {
    let sector = find("M1 4");
    assert_eq!((sector.name.as_str(), sector.precision), ("M1 4", Precision::Sector));
    assert!((0.1..1.0).contains(&sector.radius_km), "{sector:?}");
    let outcode = find("m1");
    assert_eq!((outcode.name.as_str(), outcode.precision), ("M1", Precision::Outcode));
    assert!((0.3..2.0).contains(&outcode.radius_km), "{outcode:?}");
    assert_eq!(find("M14").precision, Precision::Outcode);
}

#[test]
fn slips_of_the_finger_are_mended() {
    for typed in ["M1  4BT", " m1-4bt", "MI 4BT", "Ml 4bt", "Manchester M1 4BT", "Piccadilly, Manchester, M14BT"] {
        assert_eq!(find(typed).name, "M1 4BT", "{typed}");
    }
    assert_eq!(find("0L10 1JZ").name, "OL10 1JZ");
    assert_eq!(find("SWIA 1AA").name, "SW1A 1AA");
}

#[test]
fn an_unknown_postcode_says_what_is_nearest() {
    assert_eq!(refused("M1 4ZZ"), "there is no postcode `M1 4ZZ`; check it, or use `M1 4`");
    assert_eq!(refused("M1 0ZZ"), "there is no postcode `M1 0ZZ`; check it, or use `M1`");
    assert_eq!(refused("ZZ99 9ZZ"), "there is no postcode `ZZ99 9ZZ`; check it, or type the name of a town");
}

#[test]
fn places_outside_great_britain_are_named() {
    assert_eq!(
        refused("BT1 5GS"),
        "`BT1 5GS` is in Northern Ireland, whose postcodes are not included; type the name of a town such as `Belfast`"
    );
    assert!(refused("JE2 3AB").contains("Channel Islands"));
    let belfast = find("Belfast");
    assert_eq!(belfast.within.as_deref(), Some("Northern Ireland"));
}

#[test]
fn places_are_found_by_name() {
    let salford = find("Salford");
    assert_eq!(salford.precision, Precision::Place);
    assert_eq!(salford.within.as_deref(), Some("Greater Manchester"));
    assert!(metres(&salford, 53.4877, -2.2904) < 500.0);
    assert_eq!(find("manchester").name, "Manchester");
    for typed in ["Ashton under Lyne", "ashton-under-lyne", "ASHTON UNDER LYNE, Tameside"] {
        assert_eq!(find(typed).name, "Ashton-under-Lyne", "{typed}");
    }
    assert_eq!(find("Trafford").within.as_deref(), Some("Greater Manchester"));
    assert_eq!(find("Hull").name, "Kingston upon Hull");
    assert_eq!(find("Ancoats").within.as_deref(), Some("Manchester"));
    assert_eq!(find("Wythenshawe").within.as_deref(), Some("Manchester"));
    assert_eq!(find("caerdydd").name, "Cardiff");
}

#[test]
fn among_places_of_one_name_the_largest_is_meant_unless_the_area_is_said() {
    assert_eq!(find("Newport").within.as_deref(), Some("Wales"));
    assert_eq!(find("Newport, Wales").within.as_deref(), Some("Wales"));
    assert_eq!(find("Newport, Isle of Wight").within.as_deref(), Some("Isle of Wight"));
    assert_eq!(find("Bolton, Greater Manchester").name, "Bolton");
    assert!(refused("Newport, Greater Manchester").starts_with("`Newport, Greater Manchester` is not a postcode"));
}

#[test]
fn wards_of_one_name_are_asked_about() {
    let message = refused("Brooklands");
    assert!(message.contains("`Brooklands, Manchester`"), "{message}");
    assert!(message.contains("`Brooklands, Trafford`"), "{message}");
    assert_eq!(find("Brooklands, Trafford").within.as_deref(), Some("Trafford"));
}

#[test]
fn a_mistyped_name_is_guessed() {
    assert_eq!(refused("Manchestr"), "`Manchestr` is not a postcode or a place we know; did you mean `Manchester`?");
    assert!(refused("Slaford").contains("`Salford`"));
    assert_eq!(
        refused("???"),
        "`???` is not a postcode or a place we know; type a postcode such as `M1 4BT`, or a town"
    );
    assert_eq!(GAZETTEER.find("  "), Err(NotFound::Empty));
    assert_eq!(GAZETTEER.find(&"x".repeat(101)), Err(NotFound::TooLong { most: 100 }));
}

#[test]
fn suggestions_come_best_first() {
    assert_eq!(suggested("sal", 2), ["Salford", "Sale"]);
    assert_eq!(suggested("M1", 4)[..2], ["M1", "M1 1"]);
    assert!(suggested("M1", 8).contains(&"M11".to_owned()));
    assert_eq!(suggested("m1 4", 3), ["M1 4", "M1 4AB", "M1 4AH"]);
    assert!(suggested("m1 4b", 20).contains(&"M1 4BT".to_owned()));
    assert_eq!(suggested("M1 4BT", 5), ["M1 4BT"]);
    assert!(suggested("hulme", 5).contains(&"Cheadle Hulme".to_owned()));
    assert_eq!(suggested("", 5), [""; 0]);
    assert_eq!(suggested("a", 1000).len(), 20);
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,30}") {
        let _ = GAZETTEER.find(&text);
        let _ = GAZETTEER.suggest(&text, 20);
    }

    #[test]
    fn no_bytes_make_a_table_fail(at in 0_usize..2000, to in any::<u8>(), letters in "[A-Z]{2}") {
        let (_folder, file) = imported("codepo.csv", CODE_POINT);
        let mut bytes = std::fs::read(file).expect("reads");
        let at = at % bytes.len();
        bytes[at] = to;
        if let Ok(table) = PostcodeTable::open(Cow::Owned(bytes)) {
            for text in ["M1 1AD", "M1 1", "M1", &format!("M1 1{letters}")] {
                if let Some(postcode) = Postcode::parse(text) {
                    let _ = table.find(&postcode);
                    let _ = table.units_of(&postcode);
                }
            }
            let _ = (table.label(), table.district_codes().count(), table.verify());
        }
    }
}

const CODE_POINT: &str = "\
\"M1 1AD\",10,383848,398589,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E08000003\",\"E05011361\"
\"M1 1AE\",10,384756,398553,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E08000003\",\"E05011376\"
\"M1 1AF\",90,0,0,\"E92000001\",\"\",\"\",\"\",\"\",\"\"
\"M1 1AG\",10,12,none,\"E92000001\",\"\",\"\",\"\",\"\",\"\"
\"M1 1CC\",10,384756,398553,\"E92000001\",\"\",\"\",\"\",\"E08000003\",\"\"
\"M1 1AH\",10,530000,180000,\"E92000001\",\"\",\"\",\"\",\"E09000033\",\"\"
\"M1 1AA\",10,384000,398500,\"E92000001\",\"\",\"\",\"\",\"E08000003\",\"\"
\"BT1 1AA\",10,146000,530000,\"N92000002\",\"\",\"\",\"\",\"\",\"\"
";

const ONS: &str = "\u{feff}pcd7,pcds,dointr,doterm,lad25cd,lat,long\r
\"M1  1AD\",\"M1 1AD\",199001,,E08000003,53.484027,-2.244881\r
\"M1  1AN\",\"M1 1AN\",199001,200106,E08000003,53.484,-2.2449\r
\"M1  1AX\",\"M1 1AX\",199001,,E08000003,99.999999,0.000000\r
\"M1  1AY\",\"M1 1AY\",199001,,E08000003,35.1,33.2\r
\"M1  1AZ\",\"M1 1AZ\",199001,,E08000003,NaN,33.2\r
";

fn imported(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join(name);
    std::fs::write(&source, text).expect("writes");
    let out = folder.path().join("out.gaz");
    import(&source, &out).expect("imports");
    (folder, out)
}

fn zipped(entries: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("download.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("creates"));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes");
    (folder, path)
}

fn problems(report: &ImportReport) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn code_point_open_is_imported_with_each_bad_row_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("Data/CSV");
    std::fs::create_dir_all(&csv).expect("creates");
    std::fs::write(csv.join("m.csv"), CODE_POINT).expect("writes");
    std::fs::write(folder.path().join("Code-Point_Open_Column_Headers.csv"), "PC,PQ\nPostcode,Quality\n")
        .expect("writes");
    let out = folder.path().join("out.gaz");

    let report = import(folder.path(), &out).expect("imports");

    assert_eq!(report.product, "OS Code-Point Open");
    assert_eq!((report.files, report.rows, report.live), (1, 8, 3));
    assert_eq!((report.without_position, report.outside, report.rejected), (1, 1, 3));
    assert_eq!(
        problems(&report),
        [
            "Data/CSV/m.csv line 4: the northing `none` is not a number",
            "Data/CSV/m.csv line 5: `M1 1CC` is not a full postcode",
            "`M1 1AH` lies more than 25 km from the rest of its sector",
        ]
    );
    let gazetteer = Gazetteer::with_imported(&out).expect("opens");
    let place = gazetteer.find("M1 1AD").expect("is there");
    let (latitude, longitude) = national_grid::to_wgs84(383_848.0, 398_589.0).expect("on the grid");
    assert!(metres(&place, latitude, longitude) < 1.0);
    assert_eq!(place.within.as_deref(), Some("Manchester"));
    assert!(!place.terminated);
    // Only the built-in file has it, and the newer one knows the sector: it has ended since.
    assert!(gazetteer.find("M1 1AF").expect("is built in").terminated);
    // Sectors the newer file does not have are as they were.
    assert!(!gazetteer.find("SW1A 1AA").expect("is built in").terminated);
}

#[test]
fn the_ons_directory_is_imported_with_ended_postcodes_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("ONSPD.csv");
    std::fs::write(&source, ONS).expect("writes");
    let out = folder.path().join("out.gaz");
    let report = import(&source, &out).expect("imports");
    assert_eq!((report.live, report.terminated, report.without_position), (1, 1, 1));
    assert_eq!(
        problems(&report),
        [
            "ONSPD.csv line 5: latitude 35.10000 and longitude 33.20000 are not in Great Britain",
            "ONSPD.csv line 6: the latitude `NaN` is not a number",
        ]
    );
    let gazetteer = Gazetteer::with_imported(&out).expect("opens");
    assert!(gazetteer.find("M1 1AN").expect("is there").terminated);
}

#[test]
fn a_zip_file_is_read_without_its_repeats_and_never_unpacked() {
    let (folder, source) = zipped(&[
        ("Data/ONSPD_NOV_2025_UK.csv", ONS.as_bytes()),
        ("Data/multi_csv/ONSPD_NOV_2025_UK_M.csv", ONS.as_bytes()),
        ("../../Documents/names.csv", b"code,name\n1,One\n"),
        ("User Guide/guide.txt", b"text"),
    ]);
    let out = folder.path().join("out.gaz");
    let report = import(&source, &out).expect("imports");
    assert_eq!((report.files, report.rows, report.repeated), (1, 5, 0));
    let mut left: Vec<String> = std::fs::read_dir(folder.path())
        .expect("reads")
        .map(|entry| entry.expect("reads").file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["download.zip", "out.gaz"]);
}

#[test]
fn zip_bombs_and_endless_lines_are_refused() {
    let zeros = vec![b'0'; 40 << 20];
    let (folder, source) = zipped(&[("Data/CSV/m.csv", &zeros)]);
    let out = folder.path().join("out.gaz");
    let error = import(&source, &out).expect_err("is refused").to_string();
    assert!(error.starts_with("`Data/CSV/m.csv` is refused: it claims to grow"), "{error}");

    let (folder, source) = zipped(&[("Data/CSV/m.csv", &zeros[..100_000])]);
    let error = import(&source, &folder.path().join("out.gaz")).expect_err("is refused").to_string();
    assert!(error.contains("line 1 has more than 16384 characters"), "{error}");
    assert!(!out.exists());
}

#[test]
fn a_failed_import_leaves_the_old_file() {
    let (folder, out) = imported("codepo.csv", CODE_POINT);
    let before = std::fs::read(&out).expect("reads");
    let empty = folder.path().join("other.csv");
    std::fs::write(&empty, "name,age\nx,1\n").expect("writes");
    let error = import(&empty, &out).expect_err("has none").to_string();
    assert!(error.starts_with("no postcodes were found in"), "{error}");
    assert!(import(Path::new("/nowhere/at/all"), &out).is_err());
    assert_eq!(std::fs::read(&out).expect("reads"), before);
}

#[test]
fn a_damaged_file_is_refused() {
    let (_folder, out) = imported("codepo.csv", CODE_POINT);
    let whole = std::fs::read(&out).expect("reads");
    let open = |bytes: &[u8]| {
        std::fs::write(&out, bytes).expect("writes");
        Gazetteer::with_imported(&out).err().map(|e| e.to_string()).unwrap_or_default()
    };
    assert_eq!(open(&whole), "");
    let mut flipped = whole.clone();
    flipped[80] ^= 1;
    assert!(open(&flipped).contains("its checksum is wrong"));
    assert!(open(&whole[..whole.len() - 1]).contains("it is cut short"));
    assert!(open(b"PK").contains("does not begin as"));
    assert!(open(b"SIGNGAZ1").contains("it is cut short"));
}
