//! What may be given: packages new and old, folders and zips, dumps in every wrapping.

use super::Desk;
use std::io::Write;
use std::path::PathBuf;

/// A package of HSDS 3 with one of everything that is joined.
const PACKAGE: &[(&str, &str)] = &[
    (
        "organizations.csv",
        "id,name,description,website\no1,Oak House,A charity.,https://oak.example.org\no2,Ash Trust,Alone.,\n",
    ),
    (
        "services.csv",
        "id,organization_id,program_id,name,description,status,url,minimum_age,alert,assured_date\n\
         s1,o1,,Choir,\"We sing, loudly.\nAll welcome.\",active,https://oak.example.org/choir,16,,2026-01-02\n\
         s2,o1,,Old choir,Sang.,defunct,,,,\n\
         s1,o1,,Choir again,Twice.,active,,,,\n",
    ),
    ("service_at_location.csv", "id,service_id,location_id,description\nx1,s1,l1,\n"),
    ("locations.csv", "id,location_type,name,latitude,longitude\nl1,physical,Hall,53.4770,-2.2309\n"),
    (
        "addresses.csv",
        "id,location_id,address_1,city,state_province,postal_code,country,address_type\n\
         a1,l1,12 Chapel Street,Salford,Greater Manchester,M3 6AF,GB,physical\n",
    ),
    ("phones.csv", "id,service_id,number\np1,s1,0161 496 0123\n"),
    (
        "schedules.csv",
        "id,service_at_location_id,freq,interval,byday,opens_at,closes_at,valid_from,valid_to\n\
         h1,x1,WEEKLY,1,\"MO,WE\",19:00:00,21:00:00,2026-01-01,2026-12-31\n\
         h2,x1,WEEKLY,1,WE,10:00:00,12:00:00,2026-01-01,2026-12-31\n\
         h3,x1,WEEKLY,2,FR,10:00:00,12:00:00,2026-01-09,\n",
    ),
    ("cost_options.csv", "id,service_id,currency,amount\nc1,s1,GBP,2.50\n"),
    ("taxonomies.csv", "id,name,description\nt1,Ours,Words\n"),
    (
        "taxonomy_terms.csv",
        "id,code,name,description,parent_id,taxonomy_id\nt2,z1,Choirs and singing,Songs,,t1\nt3,z2,Quilts,,t3,t1\n",
    ),
    ("attributes.csv", "id,link_id,taxonomy_term_id,link_type,link_entity\nb1,s1,t2,,service\nb2,s1,t3,,service\n"),
    ("contacts.csv", "id,service_id,name,email\nk1,s1,Jo Bloggs,jo@oak.example.org\n"),
    ("metadata.csv", "id\n"),
    ("units.csv", "id,name\nu1,Beds\n"),
    ("notes.csv", "id\n"),
];

/// The same service as a package of version 1 has it.
const OLD_PACKAGE: &[(&str, &str)] = &[
    ("organizations.csv", "id,name,url\n1,Oak House,oak.example.org\n"),
    ("services.csv", "id,organization_id,name,description,status,fees\n7,1,Choir,We sing.,,£3 per session\n"),
    ("services_at_location.csv", "id,service_id,location_id\n7,7,7\n"),
    ("locations.csv", "id,organization_id,name\n7,1,Hall\n"),
    ("physical_addresses.csv", "id,location_id,address_1,city,postal_code\n7,7,12 Chapel Street,Salford,M3 6AF\n"),
    (
        "regular_schedules.csv",
        "id,service_id,weekday,opens_at,closes_at,original_text\n\
         ,7,Monday,9:00am,5:00pm,\"9-5, Mon-Tue\"\n,7,Tuesday,9:00am,5:00pm,\"9-5, Mon-Tue\"\n",
    ),
    ("services_taxonomy.csv", "id,service_id,taxonomy_id\n1,7,PX\n"),
    ("taxonomy.csv", "id,name,parent_id,vocabulary\nPX,Volunteering,P,AIRS\n"),
    ("eligibility.csv", "id,service_id,eligibility\n,7,Anyone who sings\n"),
    ("languages.csv", "id,service_id,location_id,language\n1,7,7,Welsh\n"),
];

fn package(desk: &Desk, files: &[(&str, &str)], folder: &str) -> PathBuf {
    for (name, text) in files {
        desk.file(&format!("{folder}/{name}"), text);
    }
    desk.file(&format!("{folder}/.hidden.csv"), "not read").parent().unwrap().to_path_buf()
}

fn zip(desk: &Desk, files: &[(&str, &str)]) -> PathBuf {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    for (name, text) in files {
        zip.start_file(format!("export/data/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    desk.file("package.zip", bytes.into_inner())
}

#[test]
fn a_package_of_tables_is_joined() {
    let desk = Desk::new();
    let source = package(&desk, PACKAGE, "package");
    let (report, _) = desk.run(&super::request(&source, &desk.home())).unwrap();
    assert_eq!((report.records, report.services.added, report.organisations.added), (3, 2, 2));
    assert_eq!(report.refused, ["a service with the id `s1` was already read: `Choir again`"]);
    let directory = desk.directory();
    let choir = &directory.services[0];
    let said = "We sing, loudly.\nAll welcome.\n\nAlso listed under: Quilts.";
    assert_eq!((choir.name.as_str(), choir.description.as_str()), ("Choir", said));
    assert_eq!(choir.cost.unwrap().pence(), 250);
    assert_eq!(choir.phone.as_ref().unwrap().as_str(), "0161 496 0123");
    assert_eq!(directory.services[1].status.to_string(), "closed");
    let sessions: Vec<_> = directory
        .sessions
        .iter()
        .map(|session| {
            let hours = session.opening_hours.as_ref().map(|hours| hours.as_str().to_string()).unwrap_or_default();
            let ends = session.ends_on.map(|date| date.to_string()).unwrap_or_default();
            format!("{hours} | {ends} | {}", session.note)
        })
        .collect();
    assert_eq!(
        sessions,
        [
            "Mo 19:00-21:00; We 10:00-12:00,19:00-21:00 | 2026-12-31 | ",
            "week 2-52/2 Fr 10:00-12:00 |  | Every second week from 2026-01-09",
        ]
    );
    assert_eq!(super::happened(&report, "notes.csv"), ["is no table of the standard: 1"]);
    assert_eq!(super::happened(&report, "units.csv"), ["has no place in the directory: 1"]);
    assert!(!desk.text("services.csv").contains("Bloggs"));
}

#[test]
fn a_folder_a_zip_and_its_datapackage_are_the_same_package() {
    let from = |source: fn(&Desk) -> PathBuf| {
        let desk = Desk::new();
        let source = source(&desk);
        desk.run(&super::request(&source, &desk.home())).unwrap();
        desk.bytes()
    };
    let folder = from(|desk| package(desk, PACKAGE, "package"));
    assert_eq!(from(|desk| zip(desk, PACKAGE)), folder);
    let described = from(|desk| {
        let folder = package(desk, PACKAGE, "package");
        std::fs::rename(folder.join("services.csv"), folder.join("tbl_7.csv")).unwrap();
        desk.file(
            "package/datapackage.json",
            r#"{"name": "x", "resources": [{"name": "services", "path": "tbl_7.csv"}]}"#,
        )
    });
    assert_eq!(described, folder);
}

#[test]
fn a_package_of_version_one_is_read_too() {
    let desk = Desk::new();
    let source = package(&desk, OLD_PACKAGE, "old");
    desk.run(&super::request(&source, &desk.home())).unwrap();
    let directory = desk.directory();
    let service = &directory.services[0];
    assert_eq!(service.description, "We sing.\n\nWho it is for: Anyone who sings");
    assert_eq!((service.cost.unwrap().pence(), service.languages.as_slice()), (300, ["cy".to_string()].as_slice()));
    assert!(service.categories.iter().any(|code| code.as_str() == "volunteering"));
    assert_eq!(directory.organisations[0].website.as_ref().unwrap().as_str(), "https://oak.example.org");
    let session = &directory.sessions[0];
    assert_eq!((session.opening_hours.as_ref().unwrap().as_str(), session.note.as_str()), ("Mo,Tu 09:00-17:00", ""));
    assert_eq!(directory.locations[0].postcode.as_deref(), Some("M3 6AF"));
}

#[test]
fn dumps_of_every_wrapping_are_the_same_services() {
    let one = r#"{"id":"1","name":"One","description":"First.","organization":{"id":"o","name":"Oak"}}"#;
    let two = r#"{"id":"2","name":"Two","description":"Second.","organization":{"id":"o","name":"Oak"}}"#;
    let bytes = |text: String| {
        let desk = Desk::new();
        desk.import("dump.json", &text);
        desk.bytes()
    };
    let list = bytes(format!("[{one},{two}]"));
    assert_eq!(bytes(format!("{one}\n{two}\n")), list);
    assert_eq!(bytes(format!(r#"{{"total_items":2,"empty":false,"contents":[{one},{two}]}}"#)), list);
    assert_eq!(bytes(format!(r#"{{"contents":[{one}]}}{{"contents":[{two}]}}"#)), list);
    assert_eq!(bytes(format!("\u{feff}{{\"data\": [{one},{two}]}}")), list);
    let nested = r#"[{"id":"o","name":"Oak","services":[{"id":"1","name":"One","description":"First."},{"id":"2","name":"Two","description":"Second."}]}]"#;
    assert_eq!(bytes(nested.to_string()), list);
}

#[test]
fn services_at_locations_add_up_to_services() {
    let desk = Desk::new();
    let place = |id: &str| {
        format!(
            r#"{{"id":"x{id}","location":{{"id":"l{id}","name":"Hall {id}","latitude":53.4,"longitude":-2.2}},
            "service":{{"id":"1","name":"One","description":"First."}}}}"#
        )
    };
    desk.import("dump.ndjson", &format!("{}\n{}\n", place("1"), place("2")));
    let directory = desk.directory();
    assert_eq!((directory.services.len(), directory.locations.len(), directory.sessions.len()), (1, 2, 2));
}

#[test]
fn organisations_and_terms_among_the_records_are_no_services() {
    let desk = Desk::new();
    let report = desk.import(
        "dump.json",
        r#"[{"id":"1","name":"One","description":"First.","status":"active"},
            {"id":"o","name":"Oak","description":"A charity.","legal_status":"CIO"},
            {"id":"t","name":"Things","description":"A taxonomy.","uri":"https://example.org","version":"1"},
            {"id":"u","name":"Thing","code":"x","taxonomy_id":"t"}]"#,
    );
    assert_eq!((report.records, report.services.added, report.organisations.added), (4, 1, 2));
    assert_eq!(super::happened(&report, "taxonomy"), ["is no service: 2"]);
}
