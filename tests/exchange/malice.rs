//! Sources that mean harm, or have gone wrong: refused or bounded, said clearly, and what was there stays.

use super::{Desk, request};
use std::io::Write;

/// A directory with one service, and the refusal of a source after it.
fn refused(name: &str, bytes: &[u8]) -> String {
    let desk = Desk::new();
    desk.import("good.json", r#"[{"id":"1","name":"One","description":"First."}]"#);
    let before = desk.bytes();
    let source = desk.file(name, bytes);
    let error = desk.run(&request(&source, &desk.home())).unwrap_err().to_string();
    assert_eq!(desk.bytes(), before, "what was there stays");
    let beside: Vec<_> = std::fs::read_dir(desk.dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".signpost"))
        .collect();
    assert_eq!(beside, Vec::<String>::new(), "nothing is left behind");
    error
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap();
    bytes.into_inner()
}

#[test]
fn a_dump_that_breaks_off_changes_nothing() {
    let error = refused("dump.json", br#"[{"id":"1","name":"Changed"},{"id":"2","na"#);
    assert!(error.contains("not read to its end") && error.contains("line 1"), "{error}");
    refused("dump.json", b"<html>Not found</html>");
    refused("dump.json", b"");
    refused("dump.json", &b"[".repeat(200_000));
    let wide = format!("[{{\"id\":\"1\",\"name\":\"One\",\"description\":\"{}\"}}]", "x".repeat(17 << 20));
    assert!(refused("dump.json", wide.as_bytes()).contains("16 MB"));
}

#[test]
fn a_zip_that_means_harm_is_refused() {
    let bomb = vec![b' '; 64 << 20];
    let error = refused("bomb.zip", &zipped(&[("services.csv", &bomb)]));
    assert!(error.contains("the zip is refused"), "{error}");
    let error = refused("slip.zip", &zipped(&[("../../services.csv", b"id,name\n1,One\n")]));
    assert!(error.contains("leads out of the folder"), "{error}");
    refused("cut.zip", &zipped(&[("services.csv", b"id,name\n1,One\n")])[..40]);
    assert!(refused("empty.zip", &zipped(&[("readme.txt", b"hello")])).contains("neither a package"));
}

#[test]
fn a_cell_without_end_costs_its_row_and_no_memory() {
    let desk = Desk::new();
    desk.file("package/organizations.csv", "id,name\no1,Oak\n");
    let mut services = b"id,organization_id,name,description\n1,o1,One,First.\n2,o1,Two,".to_vec();
    services.extend(std::iter::repeat_n(b'x', 8 << 20));
    services.extend(b"\n3,o1,\"Three,never closed\n4,o1,Four,Last.\n");
    let source = desk.file("package/services.csv", services);
    let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
    let names: Vec<_> = desk.directory().services.into_iter().map(|service| service.name).collect();
    assert_eq!(names, ["One", "Four"]);
    assert_eq!(
        report.refused,
        ["services.csv line 3 is longer than 1 MB", "services.csv line 4 has a quote that is not closed"]
    );
}

#[test]
fn parents_in_a_circle_and_links_to_nothing_do_no_harm() {
    let desk = Desk::new();
    desk.file("package/organizations.csv", "id,name,parent_organization_id\no1,Oak,o2\no2,Ash,o1\n");
    desk.file("package/taxonomy_terms.csv", "id,name,parent_id\nt1,One,t2\nt2,Two,t1\n");
    desk.file("package/attributes.csv", "id,link_id,taxonomy_term_id\na1,1,t1\na2,1,nowhere\n");
    desk.file("package/service_at_location.csv", "id,service_id,location_id\nx,1,nowhere\n");
    let source = desk.file("package/services.csv", "id,organization_id,name,description\n1,nowhere,One,First.\n");
    desk.run(&request(&source, &desk.home())).unwrap();
    let directory = desk.directory();
    assert_eq!((directory.services.len(), directory.organisations.len(), directory.locations.len()), (1, 3, 0));
}

#[test]
fn what_a_record_says_can_hurt_nobody() {
    let desk = Desk::new();
    desk.import(
        "dump.json",
        r#"[{"id":"=1+1","name":"=cmd()|A","url":"javascript:alert(1)","email":"x@y","description":"<script>alert(1)</script>@SUM(A1)\u202e\u0000 tea",
        "organization":{"id":"../../etc","name":"<b>Oak</b>"},"minimum_age":-5,"maximum_age":1e300,
        "service_at_locations":[{"location":{"id":"l","name":"-2","latitude":1e999,"longitude":"NaN"}}],
        "schedules":[{"opens_at":"99:99","closes_at":"x","byday":"XX"}],"cost_options":[{"amount":-1}]}]"#
            .replace("1e999", "\"1e999\"")
            .as_str(),
    );
    let directory = desk.directory();
    let service = &directory.services[0];
    assert_eq!((service.name.as_str(), service.description.as_str()), ("cmd()|A", "SUM(A1) tea"));
    assert!(service.website.is_none() && service.email.is_none() && service.age.minimum.is_none());
    assert_eq!(directory.organisations[0].name, "Oak");
    assert!(directory.locations[0].point.is_none());
    for (file, bytes) in desk.bytes() {
        assert!(!String::from_utf8(bytes).unwrap().contains("javascript:"), "{file}");
    }
}

#[test]
fn a_folder_that_is_something_else_is_not_written_to() {
    let desk = Desk::new();
    let source = desk.file("dump.json", r#"[{"id":"1","name":"One"}]"#);
    desk.file("directory/holiday.jpg", "a picture");
    let error = desk.run(&request(&source, &desk.home())).unwrap_err().to_string();
    assert!(error.contains("neither a directory of CSV files nor empty"), "{error}");
    assert_eq!(desk.bytes().len(), 1);
}
