//! Every kind of problem once, as `signpost check` shows it.

use super::{checked, reading};
use crate::fixture::Folder;
use signpost::dataset::catalogue::ALL;

/// A change to the minimal folder that makes just this problem, and those that follow from it.
type Spoil = fn(Folder) -> Folder;

const SPOILT: &[(&str, Spoil)] = &[
    ("E001", |it| it.without("services.csv")),
    ("E002", |it| {
        let it = it.without("crisis.csv");
        std::fs::create_dir(it.file("crisis.csv")).unwrap();
        it
    }),
    ("E003", |it| it.with_bytes("thesaurus.csv", b"words,means\nbroke,money\nCaf\xe9 talk,group\nmore \x80,x\n")),
    ("E004", |it| it.with_bytes("thesaurus.csv", b"\xff\xfew\0o\0r\0d\0s\0")),
    ("E005", |it| it.with_bytes("thesaurus.csv", b"PK\x03\x04\x14\0\0\0")),
    ("E006", |it| it.with("thesaurus.csv", "somewhere to sleep,housing\nskint,money\n")),
    ("E007", |it| it.replace_in("organisations.csv", "id,name,", "id,nmae,")),
    ("E008", |it| it.replace_in("organisations.csv", "email,phone", "phone,phone")),
    ("E009", |it| it.replace_in("services.csv", ",active,", ",,active,")),
    ("E010", |it| it.append("crisis.csv", "help,,999,\"Ring now")),
    ("E020", |it| {
        it.with("audiences.csv", "code,name,words\nwomen,\"Women,lady\nparents,\"Parents\",mum\nmen,Men,lads\n")
    }),
    ("E021", |it| it.append("audiences.csv", "men,\"Men\" and boys,lads")),
    ("E022", |it| it.append("audiences.csv", "men,Men, lads and blokes,lads")),
    ("E023", |it| it.append("audiences.csv", &format!("men,Men,{}", "lads;".repeat(20_000)))),
    ("E024", |it| it.append("organisations.csv", "common-ground,Common Ground again")),
    ("E030", |it| it.replace_in("organisations.csv", ",Common Ground,", ",,")),
    ("E031", |it| it.append("organisations.csv", "Men's Shed!,Men's Shed")),
    ("E032", |it| it.replace_in("services.csv", "drop_in;self", "drpo_in;self")),
    ("E033", |it| it.replace_in("locations.csv", "53.4839", "\"53,4839\"")),
    ("E034", |it| it.replace_in("services.csv", ",Boots,18,", ",Boots,180,")),
    ("E035", |it| it.replace_in("services.csv", ",Boots,18,", ",Boots,17.5,")),
    ("E036", |it| it.replace_in("sessions.csv", "2026-03-01", "11/22/2026")),
    ("E037", |it| it.replace_in("sessions.csv", "2026-03-01", "3/4/26")),
    ("E038", |it| it.replace_in("sessions.csv", "Mo-Fr 09:00-17:00", "Mon-Fri 9am-5pm")),
    ("E039", |it| it.replace_in("services.csv", ",2.50,", ",two pounds fifty,")),
    ("E040", |it| it.replace_in("locations.csv", ",yes,Bus", ",sometimes,Bus")),
    ("E041", |it| it.replace_in("organisations.csv", "0161 496 0102", "0161 496 0102 (ask for Sam)")),
    ("E042", |it| it.replace_in("organisations.csv", "+44 161 496 0103", "4.41614E+11")),
    ("E043", |it| it.replace_in("organisations.csv", "help@doorway", "help at doorway")),
    ("E044", |it| it.replace_in("organisations.csv", "https://common-ground", "common-ground")),
    ("E045", |it| it.replace_in("organisations.csv", "https://common-ground.example.org", "javascript:alert(1)")),
    ("E046", |it| it.replace_in("services.csv", "Turn up", "Turn \u{202e}up")),
    ("E047", |it| it.replace_in("services.csv", "Turn up", &"Turn up ".repeat(4_200))),
    ("E048", |it| it.replace_in("services.csv", "en;pl", "en;xx")),
    ("E050", |it| it.replace_in("services.csv", "gardening;volunteering", "gardning;volunteering")),
    ("E051", |it| it.replace_in("areas.csv", "england,England,nation,", "england,England,nation,salford")),
    ("E052", |it| it.replace_in("locations.csv", "53.4839,-2.2521", "53.4839,")),
    ("E053", |it| it.replace_in("locations.csv", "53.4839,-2.2521", "-2.2521,53.4839")),
    ("E054", |it| it.replace_in("services.csv", ",Boots,18,,", ",Boots,30,18,")),
    ("E055", |it| it.replace_in("sessions.csv", "2026-11-30", "2025-11-30")),
    ("E070", |it| it.with("areas.geojson", "{\"type\": \"FeatureCollection\",\n \"features\": [}")),
    ("E071", |it| {
        it.with(
            "areas.geojson",
            r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "salford", "properties": {}, "geometry":
  {"type": "Polygon", "coordinates": [[[-2.4, 53.4], [-2.2, 53.4], [-2.2, 53.5], [-2.4, 53.4]]]}},
{"type": "Feature", "properties": {"id": "manchester"}, "geometry": null},
{"type": "Feature", "id": "manchestr", "properties": {}, "geometry": null},
{"type": "Feature", "id": "manchester", "properties": {}, "geometry": {"type": "Point", "coordinates": [-2.2, 53.4]}},
{"type": "Feature", "id": "manchester", "properties": {}, "geometry":
  {"type": "Polygon", "coordinates": [[[-2.4, 53.4], [-2.2, 53.4], [-2.2, 53.5]]]}},
{"type": "Feature", "id": "england", "properties": {}, "geometry":
  {"type": "MultiPolygon", "coordinates": [[[[53.4, -2.4], [53.4, -2.2], [53.5, -2.2], [53.4, -2.4]]]]}}
]}"#,
        )
    }),
    ("W001", |it| it.replace_in("organisations.csv", ",source,source_id", ",source,twitter")),
    ("W002", |it| it.with("service.csv", "id,name\n").with(".~lock.services.csv#", "").with("notes.csv", "")),
    ("W003", |it| it.with("datapackage.json", "{\n\"name\": \"signpost-sample\",\n}")),
    ("W010", |it| it.replace_in("sessions.csv", "2026-03-01", "1/3/2026")),
    ("W011", |it| {
        it.replace_in("services.csv", "drop_in;self", "Drop in;self")
            .replace_in("services.csv", ",peer_support,", ",Peer support,")
            .replace_in("services.csv", "en;pl", "en;Polish")
            .replace_in("locations.csv", ",yes,Bus", ",Y,Bus")
    }),
    ("W012", |it| it.replace_in("services.csv", ",2.50,", ",£2.50,")),
    ("W013", |it| it.replace_in("organisations.csv", "0161 496 0102", "1614960102")),
    ("W014", |it| it.replace_in("services.csv", "Turn up", "=HYPERLINK(1)")),
    ("W015", |it| it.replace_in("locations.csv", "M3 6AF,53.4839,-2.2521", ",,")),
    ("W016", |it| it.replace_in("locations.csv", "M3 6AF", "M3 6A")),
    ("W017", |it| it.replace_in("locations.csv", "-2.2521", "2.2521")),
    ("W018", |it| it.replace_in("services.csv", "Turn up", "Turn up at the caf\u{fffd}")),
    ("W019", |it| it.replace_in("services.csv", "gardening;volunteering", "")),
    ("W020", |it| {
        it.replace_in("organisations.csv", "doorway-advice,Doorway Advice", "doorway-advice,")
            .append("organisations.csv", "another,Another,,,,,,,,")
    }),
];

/// Kinds that no test of a reasonable size can show.
const NOT_SHOWN: [&str; 1] = ["E011"]; // a file of more than five million rows

#[test]
fn every_kind_is_shown_once() {
    for (code, spoil) in SPOILT {
        let folder = spoil(Folder::minimal());
        let found = reading(&folder).problems;
        assert!(found.iter().any(|problem| problem.code == *code), "no {code} in\n{}", checked(&folder));
        insta::assert_snapshot!(*code, checked(&folder));
    }
    for kind in ALL {
        let shown = SPOILT.iter().any(|(code, _)| *code == kind.code);
        assert!(shown != NOT_SHOWN.contains(&kind.code), "{} has no example here", kind.code);
    }
}
