//! One record in, rows out; and again.

use super::{Desk, happened, request};

/// A service as the UK's feeds of version 1 have it: HTML, a blank name, a person named, times in UTC.
const OLD_UK: &str = r#"[{
  "id": "6f1c", "name": "  ", "alternate_name": "Stepping Out", "status": "active", "url": "www.steps.example.org",
  "description": "<p>A walk &amp; a brew for anyone who has been inside.</p><ul><li>Boots lent</li></ul>",
  "email": "hello@steps.example.org", "fees": "Free", "assured_date": "2026-03-01", "assurer_email": "jo.bloggs@council.example.org",
  "pc_targetAudience": [{"name": "Women"}, "Left-handed people"],
  "organization": {"id": "o1", "name": "Steps CIC", "description": "", "url": "https://steps.example.org"},
  "contacts": [{"name": "Jo Bloggs", "title": "Manager", "phones": [{"number": "07700 900123"}]},
               {"name": "", "phones": [{"number": "Tel: 0161 496 0100 (office)"}]}],
  "eligibilitys": [{"eligibility": "Adults on probation", "minimum_age": 18, "maximum_age": 150}],
  "languages": [{"language": "English"}, {"language": "Polish"}, {"language": "Klingon"}],
  "service_taxonomys": [{"taxonomy": {"id": "x1", "name": "Walking groups", "vocabulary": "own"}}],
  "service_at_locations": [{"id": "sal1",
    "location": {"id": "l1", "name": "Park gate", "latitude": 53.4770, "longitude": -2.2309,
      "physical_addresses": [{"address_1": "1 Park Road", "city": "Manchester", "postal_code": "m14bt"}],
      "accessibility_for_disabilities": [{"accessibility": "Wheelchair access and hearing loop"}]},
    "regular_schedule": [
      {"byday": "TU", "opens_at": "10:00:00Z", "closes_at": "12:00:00Z", "dtstart": "2026-06-02", "interval": 1, "freq": "WEEKLY"},
      {"byday": "2SA", "opens_at": "09:30", "closes_at": "11:30", "freq": "MONTHLY"}]}]
}]"#;

#[test]
fn a_record_of_an_old_feed_becomes_rows_that_are_without_errors() {
    let desk = Desk::new();
    let report = desk.import("dump.json", OLD_UK);
    let directory = desk.directory();
    let service = &directory.services[0];
    assert_eq!(service.name, "Stepping Out");
    assert_eq!(service.summary, "A walk & a brew for anyone who has been inside.");
    assert_eq!(
        service.description,
        "• Boots lent\n\nWho it is for: Adults on probation\nAlso listed under: Left-handed people."
    );
    assert_eq!(service.website.as_ref().unwrap().as_str(), "https://www.steps.example.org");
    assert_eq!(service.phone.as_ref().unwrap().as_str(), "0161 496 0100");
    assert_eq!(service.cost.unwrap().pence(), 0);
    assert_eq!((service.age.minimum, service.age.maximum), (Some(18), None));
    assert_eq!(service.languages, ["en", "pl"]);
    assert_eq!(service.checked_on.unwrap().to_string(), "2026-03-01");
    assert_eq!((service.source.as_deref(), service.source_id.as_deref()), (Some("feed"), Some("6f1c")));
    let welcomes: Vec<_> = service.welcomes.iter().map(|code| code.as_str()).collect();
    assert_eq!(welcomes, ["women"]);
    assert_eq!(directory.organisations[0].name, "Steps CIC");
    let location = &directory.locations[0];
    assert_eq!((location.postcode.as_deref(), location.town.as_str()), (Some("M1 4BT"), "Manchester"));
    let access: Vec<_> = location.accessibility.iter().map(|code| code.as_str()).collect();
    assert_eq!(access, ["step_free", "hearing_loop"]);
    let hours = directory.sessions[0].opening_hours.as_ref().unwrap();
    assert_eq!(hours.as_str(), "Tu 11:00-13:00; Sa[2] 09:30-11:30", "UTC in June is an hour behind");
    assert_eq!(happened(&report, "contact"), ["names a person; left behind with number and address: 1"]);
    assert_eq!(happened(&report, "language"), ["is no language that we know by that name: 1"]);
    assert!(report.unknown_terms.contains_key("Left-handed people"));
    // Nothing of the people in it is anywhere in the files.
    for (file, bytes) in desk.bytes() {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("Bloggs") && !text.contains("bloggs") && !text.contains("07700 900123"), "{file}");
    }
}

#[test]
fn a_report_names_nobody() {
    let desk = Desk::new();
    let person = r#"[{"name":"Ann Persona","title":"Manager","email":"ann@example.org"}]"#;
    let record = format!(
        r#"[{{"id":"1","name":"One","description":"First.","contacts":{person},"reviews":[{{"name":"Ann Persona"}}],
        "organization":{{"id":"o","name":"Oak","contacts":{person}}},
        "service_at_locations":[{{"contacts":{person},"location":{{"id":"l","name":"Hall","contacts":{person}}}}}]}}]"#
    );
    let report = desk.import("dump.json", &record);
    let mut told = Vec::new();
    report.write(false, &mut told).unwrap();
    let told = String::from_utf8(told).unwrap() + &serde_json::to_string(&report).unwrap();
    assert!(told.contains("location.contacts") && !told.contains("Persona") && !told.contains("ann@"), "{told}");
}

#[test]
fn a_new_directory_has_the_vocabulary_and_nothing_of_the_sample() {
    let desk = Desk::new();
    desk.import("dump.json", OLD_UK);
    let directory = desk.directory();
    assert!(!directory.is_sample && directory.funds.is_empty());
    assert!(directory.categories.len() > 50 && directory.goals.len() > 20 && directory.thesaurus.len() > 100);
    let areas: Vec<_> = directory.areas.iter().map(|area| area.id.as_str()).collect();
    assert!(areas.contains(&"manchester") && areas.contains(&"wales") && !areas.contains(&"bolton"), "{areas:?}");
    assert!(directory.crisis.iter().all(|line| line.service_id.is_none() && line.phone.is_some()));
    for line in &directory.crisis {
        // The numbers of the sample are those that Ofcom keeps for drama.
        let phone = line.phone.as_ref().unwrap().as_str();
        assert!(!phone.starts_with("0808 157") && !phone.starts_with("07700"), "{phone}");
        assert!(!line.message.contains("0808 157") && !line.message.contains("Rowan Gate"), "{}", line.message);
    }
}

#[test]
fn imported_again_it_changes_what_the_source_changed_and_keeps_what_the_team_wrote() {
    let desk = Desk::new();
    desk.import("dump.json", OLD_UK);
    let before = desk.bytes();
    let report = desk.import("dump.json", OLD_UK);
    assert_eq!((report.services.unchanged, report.services.changed), (1, 0));
    assert_eq!(desk.bytes(), before, "an unchanged source changes no byte");

    // The team fills in its own columns, and adds a service of its own.
    let id = desk.directory().services[0].id.to_string();
    let mut rows = csv::Reader::from_path(desk.home().join("services.csv")).unwrap();
    let header = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let mut out = csv::Writer::from_path(desk.home().join("services.csv")).unwrap();
    out.write_record(&header).unwrap();
    let own = |name: &str, old: &str| match name {
        "led_by" => "peers".to_string(),
        "convictions" => "yes".to_string(),
        "notice" => "Ask for Sam".to_string(),
        "checked_on" => "2026-11-01".to_string(),
        _ => old.to_string(),
    };
    out.write_record(header.iter().zip(&row).map(|(name, cell)| own(name, cell))).unwrap();
    let ours = |name: &str, old: &str| match name {
        "id" => "our-own".to_string(),
        "name" => "Our own".to_string(),
        "source" | "source_id" => String::new(),
        _ => old.to_string(),
    };
    out.write_record(header.iter().zip(&row).map(|(name, cell)| ours(name, cell))).unwrap();
    drop(out);

    let source = desk.file("dump.json", OLD_UK.replace("0161 496 0100", "0161 496 0199"));
    let mut dry = request(&source, &desk.home());
    dry.dry_run = true;
    let before = desk.bytes();
    let (_, told) = desk.run(&dry).unwrap();
    assert_eq!(told, format!("services.csv ~ {id}  phone: `0161 496 0100` → `0161 496 0199`\n"));
    assert_eq!(desk.bytes(), before, "a dry run changes nothing");

    let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
    assert_eq!((report.services.changed, report.services.added), (1, 0));
    let directory = desk.directory();
    let service = &directory.services[0];
    assert_eq!(service.id.as_str(), id);
    assert_eq!(service.phone.as_ref().unwrap().as_str(), "0161 496 0199");
    assert_eq!(service.notice, "Ask for Sam");
    assert_eq!(service.led_by.len(), 1);
    assert!(service.convictions.is_some());
    assert_eq!(service.checked_on.unwrap().to_string(), "2026-11-01", "an older date is no check");
    assert_eq!(directory.services[1].id.as_str(), "our-own");
}

#[test]
fn what_is_gone_is_named_and_closed_only_if_asked() {
    let desk = Desk::new();
    let two = r#"[{"id":"1","name":"One","description":"First."},{"id":"2","name":"Two","description":"Second."}]"#;
    desk.import("dump.json", two);
    let source = desk.file("dump.json", r#"[{"id":"1","name":"One","description":"First."}]"#);
    let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
    assert_eq!(report.gone.len(), 1);
    assert_eq!(desk.directory().services[1].status.to_string(), "active");
    let mut closing = request(&source, &desk.home());
    closing.close_missing = true;
    desk.run(&closing).unwrap();
    let services = desk.directory().services;
    assert_eq!((services[1].name.as_str(), services[1].status.to_string().as_str()), ("Two", "closed"));
    assert_eq!(services[0].status.to_string(), "active");
}

#[test]
fn the_same_services_under_another_name_are_refused() {
    let desk = Desk::new();
    let one = r#"[{"id":"8d4e","name":"One","description":"First."}]"#;
    desk.import("dump.json", one);
    let source = desk.file("dump-of-today.json", one);
    let mut unnamed = request(&source, &desk.home());
    unnamed.source_name = None;
    let error = desk.run(&unnamed).unwrap_err().to_string();
    assert!(error.contains("there already, from the source `feed`"), "{error}");
}

#[test]
fn only_what_is_at_or_covers_a_place_if_a_place_is_given() {
    let desk = Desk::new();
    let at = |id: &str, postcode: &str| {
        format!(
            r#"{{"id":"{id}","name":"At {postcode}","description":"Here.","service_at_locations":[{{"location":{{"id":"l{id}","name":"Hall",
            "addresses":[{{"postal_code":"{postcode}","city":"Town"}}]}}}}]}}"#
        )
    };
    let dump = format!(
        r#"[{},{},{{"id":"3","name":"By phone","description":"A line."}},
        {{"id":"4","name":"For Salford","description":"By phone.","service_areas":[{{"name":"Salford"}}]}}]"#,
        at("1", "M1 4BT"),
        at("2", "EX1 1HS")
    );
    let source = desk.file("dump.json", dump);
    let mut asked = request(&source, &desk.home());
    asked.area = Some("Manchester".to_string());
    let (report, _) = desk.run(&asked).unwrap();
    assert_eq!((report.records, report.services.added), (4, 2));
    let names: Vec<_> = desk.directory().services.into_iter().map(|service| service.name).collect();
    assert_eq!(names, ["At M1 4BT", "By phone"]);
    asked.area = Some("Exeter".to_string());
    desk.run(&asked).unwrap();
    assert_eq!(desk.directory().services.len(), 4, "by a place of the map, with its circle; what is there stays");
}
