use super::asking::{assert_says, assert_silent, page, settings};
use crate::api::site::Site;
use crate::fixture::Folder;
use serde_json::Value;

fn data(text: &str) -> Value {
    let (_, rest) = text.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn the_page_tells_everything_public_and_nothing_that_only_workers_are_told() {
    let site = Site::with_settings(Folder::minimal(), settings());
    let answer = page(&site, "/services/allotment-mornings");
    assert_eq!(answer.status, 200);
    assert_says(
        &answer,
        &[
            "Allotment mornings",
            "Common Ground",
            "Grow food with others",
            "Ring 0161 496 0102",
            "Free",
            "Only for Ages 18 and over",
            "Station Road, Manchester, M1 4BT",
            "1 March 2026 to 30 November 2026",
            "Tuesday 24 November 10am to 1pm",
            "Last checked on 1 October 2026",
            "Tell us if something here is wrong",
        ],
    );
    assert!(answer.text().contains("href=\"mailto:team@example.org?subject=Something%20is%20wrong"));
    // The session ends on the 30th of November.
    assert_silent(&answer, &["Under-18", "under_18", "December", "style=\""]);
    let data = data(answer.text());
    assert_eq!(data["@type"], "Service");
    assert_eq!(data["isAccessibleForFree"], true);
    assert_eq!(data["availableChannel"]["serviceLocation"][0]["address"]["postalCode"], "M1 4BT");
    assert_eq!(data["hoursAvailable"].as_array().unwrap().len(), 2);
}

#[test]
fn a_confidential_place_is_not_on_the_page() {
    let site = Site::minimal();
    let answer = page(&site, "/services/women-together");
    assert_says(&answer, &["Women together", "The address is kept private", "Wednesday 25 November 6pm to 8.30pm"]);
    assert_silent(&answer, &["brightwater-house", "Brightwater house", "M14 5TP", "53.45", "<svg class=\"map\""]);
    assert_eq!(data(answer.text())["availableChannel"]["serviceLocation"], serde_json::json!([]));
}

#[test]
fn text_of_the_directory_cannot_end_the_data_block() {
    let folder = Folder::minimal().replace_in("services.csv", "Night line,", "</script><b>&Night,");
    let answer = page(&Site::over(folder), "/services/night-line");
    assert_silent(&answer, &["</script><b>"]);
    assert_eq!(data(answer.text())["name"], "</script><b>&Night");
}

#[test]
fn the_page_is_asked_for_again_only_on_another_day_or_in_another_language() {
    let site = Site::minimal();
    let answer = page(&site, "/services/night-line");
    let tag = answer.header("etag").to_string();
    assert!(tag.contains("2026-11-24"), "{tag}");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(site.get_with("/services/night-line", "if-none-match", &tag).status, 304);
    assert_eq!(site.get_with("/services/night-line?lang=cy", "if-none-match", &tag).status, 200);
    let welsh = page(&site, "/services/night-line?lang=cy");
    assert_says(&welsh, &["Y pythefnos nesaf", "Ffoniwch 116 123", "dydd Mawrth 24 Tachwedd"]);
}

#[test]
fn a_service_that_is_not_there_is_said_so_in_plain_words() {
    let answer = page(&Site::minimal(), "/services/gone-fishing");
    assert_eq!(answer.status, 404);
    assert_says(&answer, &["We cannot find this service", "It may have closed"]);
}

#[test]
fn a_closed_service_has_a_page_that_says_so() {
    let folder = Folder::minimal().replace_in("services.csv", "Someone to talk to at night,,active", "Someone,,closed");
    let answer = page(&Site::over(folder), "/services/night-line");
    assert_says(&answer, &["This has closed.", "No times are listed for the next two weeks."]);
}
