//! Where the gaps are, and what nobody has checked.

use crate::fixture::Folder;
use crate::fixture::served::{Served, now};
use signpost::model::{Coded, Delivery, Point, Status};
use signpost::report::coverage::{Asked, coverage};
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
