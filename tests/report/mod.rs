//! Where the gaps are, and what nobody has checked.

use crate::fixture::Folder;
use crate::fixture::served::{Served, now};
use signpost::model::{Coded, Delivery, Point, Status};
use signpost::report::coverage::{Asked, Cell, Count, coverage};
use signpost::report::{freshness, map, sheet, table};

fn sample() -> Served {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    let files = std::fs::read_dir(from).unwrap().map(|file| file.unwrap());
    Served::new(files.fold(Folder::empty(), |folder, file| {
        folder.with_bytes(file.file_name().to_str().unwrap(), &std::fs::read(file.path()).unwrap())
    }))
}

/// Counted again, service by service, from the distances.
#[test]
fn the_counts_are_those_of_looking_at_every_service() {
    for served in [sample(), Served::new(Folder::minimal())] {
        let (snapshot, today) = (&served.snapshot, now().date());
        let asked = Asked { kind: Some("borough".to_string()), goal: None };
        let report = coverage(snapshot, today, &asked, &|| false).unwrap_or_else(|_| panic!("no report"));
        assert!(!report.areas.is_empty());
        let (facts, lexicon) = (snapshot.facts(), snapshot.lexicon());
        for area in &report.areas {
            let middle = Point::new(area.latitude, area.longitude).unwrap();
            let mut around = snapshot.areas().holding(middle);
            around.push(lexicon.area(area.area.as_str()).unwrap());
            for cell in &area.cells {
                let goal = lexicon.categories_of_goal(lexicon.goal(cell.goal.as_str()).unwrap());
                let strong: Vec<u16> = goal.iter().filter(|pair| pair.1 >= 2).map(|pair| pair.0).collect();
                let within = |km: f64| {
                    let services = facts.services.iter().filter(|service| {
                        let serves =
                            service.categories.iter().any(|&c| lexicon.line(c).iter().any(|c| strong.contains(c)));
                        let covers = service.covers.iter().any(|area| around.contains(area));
                        let remote =
                            service.delivery.values::<Delivery>().any(|d| matches!(d.code(), "phone" | "online"));
                        let mut listings = facts
                            .listings
                            .iter()
                            .filter(|listing| *facts.services[listing.service as usize].id == *service.id);
                        service.status == Status::Active
                            && serves
                            && listings.any(|listing| {
                                let range = listing.sessions.start as usize..listing.sessions.end as usize;
                                let sessions = &facts.sessions[range];
                                let over = !sessions.is_empty()
                                    && sessions.iter().all(|s| s.ends_on.is_some_and(|last| last < today));
                                let near = listing.point.is_some_and(|point| point.distance_km(middle) <= km);
                                let nowhere = listing.location.is_none() && service.covers.is_empty() && remote;
                                !over && (near || covers || nowhere)
                            })
                    });
                    services.count() as u32
                };
                let counted = [cell.within_2_km, cell.within_5_km, cell.within_10_km].map(|count| count.services);
                assert_eq!(counted, [2.0, 5.0, 10.0].map(within), "{} {}", area.area, cell.goal);
            }
        }
    }
}

/// Counted on paper from the rows of the small directory: three services near Manchester's middle or for all of it, of
/// which one is an hour's walk from Salford's; the line at night covers England and opens when the evening is over.
#[test]
fn evenings_weekends_women_step_free_and_free_are_counted() {
    let served = Served::new(Folder::minimal());
    let report = coverage(&served.snapshot, now().date(), &Asked::default(), &|| false).unwrap_or_else(|_| panic!());
    let mut counted = String::new();
    for area in &report.areas {
        for cell in &area.cells {
            let rings = [cell.within_2_km, cell.within_5_km, cell.within_10_km];
            let of = |what: fn(&Count) -> u32| rings.iter().map(what).map(|n| n.to_string()).collect::<String>();
            let (services, evenings, weekends) = (of(|c| c.services), of(|c| c.evenings), of(|c| c.weekends));
            let Cell { without_travel, women, step_free, free, .. } = cell;
            counted += &format!(
                "{:<10} {:<12} {services}      {evenings}      {weekends}",
                area.area.as_str(),
                cell.goal.as_str()
            );
            counted += &format!("      {without_travel}      {women}     {step_free}         {free}\n");
        }
    }
    insta::assert_snapshot!(format!("area       goal         services evenings weekends remote women step-free free\n{counted}"), @r"
    area       goal         services evenings weekends remote women step-free free
    manchester belonging    233      111      122      2      1     1         2
    manchester own_home     111      111      000      1      0     1         1
    manchester outside_more 011      000      011      0      0     1         1
    salford    belonging    223      111      112      2      1     1         2
    salford    own_home     111      111      000      1      0     1         1
    salford    outside_more 001      000      001      0      0     1         1
    ");
}

#[test]
fn a_fund_without_use_is_named_with_where() {
    let unused = |folder: Folder| {
        let served = Served::new(folder);
        let report = coverage(&served.snapshot, now().date(), &Asked::default(), &|| false);
        report.unwrap_or_else(|_| panic!()).unused_funds
    };
    // Gardening can be reached everywhere; travel and courses are no category of services.
    assert!(unused(Folder::minimal()).is_empty());
    let without_helpers = Folder::minimal().replace_in("services.csv", "gardening;volunteering", "gardening");
    let found = unused(without_helpers.replace_in("funds.csv", "travel;kit;gardening", "kit;volunteering"));
    let areas: Vec<&str> = found[0].areas.iter().map(|area| area.as_str()).collect();
    assert_eq!((found.len(), found[0].fund.as_str(), areas), (1, "fresh-start", vec!["manchester", "salford"]));
    assert!(found[0].pays_for_more, "it pays for kit too");
    // The only garden lies 11 km and more from this Salford; the fund still has its use in Manchester.
    let far = Folder::minimal().replace_in("areas.csv", "53.4900,-2.3400,7", "53.4900,-2.4050,7");
    let found = unused(far.replace_in("funds.csv", "travel;kit;gardening", "gardening"));
    assert_eq!(found[0].areas.iter().map(|area| area.as_str()).collect::<Vec<_>>(), ["salford"]);
    assert!(!found[0].pays_for_more);
}

#[test]
fn what_is_written_can_be_read() {
    let served = Served::new(Folder::minimal());
    let report = coverage(&served.snapshot, now().date(), &Asked::default(), &|| false).unwrap_or_else(|_| panic!());
    let mut csv_text = Vec::new();
    sheet::coverage(&report, &mut csv_text).unwrap();
    assert_eq!(csv::Reader::from_reader(csv_text.as_slice()).records().map(Result::unwrap).count(), 6);
    let text = map::coverage(&served.snapshot, &report).to_string();
    let features: geojson::FeatureCollection = text.parse().unwrap();
    assert_eq!(features.features.len(), 2);
}

#[test]
fn the_oldest_come_first_and_the_unchecked_before_them() {
    let served = Served::new(Folder::minimal().replace_in("services.csv", "2026-09-15", "2024-09-15"));
    let report = freshness::freshness(&served.snapshot, now().date(), freshness::DAYS, usize::MAX);
    let mut text = Vec::new();
    table::freshness(&report, &mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text).unwrap(), @r"
    Of 4 services 1 were never checked and 1 not in the last 365 days

    Doorway Advice: 1 never checked, 1 too long ago
      never       Night line (night-line)
      2024-09-15  Housing advice (housing-advice)
    ");
}
