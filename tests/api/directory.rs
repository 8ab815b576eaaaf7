use super::site::Site;
use crate::fixture::Folder;

#[test]
fn a_good_directory_says_what_it_holds() {
    let site = Site::minimal();
    let json = site.get("/api/v1/directory").json();
    assert_eq!(json["counts"]["services"], 4);
    assert_eq!(json["counts"]["organisations"], 3);
    assert_eq!(json["changes"]["added"], 4);
    assert_eq!(json["problems_total"], 0);
    assert_eq!(json["kept_back"], serde_json::json!([]));
    assert_eq!(json["generation"], site.get("/health/ready").json()["generation"]);
}

#[test]
fn a_bad_row_is_named_with_its_place_and_cure() {
    let row = "gym-hour,common-ground,Gym hour,,,actve,gardening,,,,,,,,,,,,,,,,,,,,,,,,,";
    let site = Site::over(Folder::minimal().append("services.csv", row));
    let json = site.get("/api/v1/directory").json();
    assert_eq!(json["counts"]["services"], 4);
    let problem = &json["problems"][0];
    assert_eq!(
        (&problem["file"], &problem["line"], &problem["column"]),
        (&"services.csv".into(), &6.into(), &"status".into())
    );
    assert_eq!(problem["row_id"], "gym-hour");
    assert!(problem["help"].as_str().unwrap().contains("active"), "{problem:#}");
    assert_eq!(json["problems_by_code"][0]["count"], 1);
    let ready = site.get("/health/ready").json();
    assert_eq!((&ready["state"], &ready["errors"]), (&"ok".into(), &1.into()));
}

#[test]
fn a_bad_file_replaces_nothing_and_is_named() {
    let site = Site::minimal();
    let before = site.get("/api/v1/services").ids();
    std::fs::write(site.folder.file("services.csv"), b"not,a,header\n1,2,3\n").unwrap();
    site.read_again();
    assert_eq!(site.get("/api/v1/services").ids(), before);
    let ready = site.get("/health/ready");
    assert_eq!((ready.status.as_u16(), &ready.json()["state"]), (200, &"kept_back".into()));
    let kept_back = site.get("/api/v1/directory").json()["kept_back"].to_string();
    assert!(kept_back.contains("services.csv"), "{kept_back}");
    assert!(site.get("/metrics").text().contains("signpost_reloads_total{result=\"kept_back\"} 1\n"));
}

/// The address of a refuge is in no answer: not as a location, and not in a message about what is wrong with it.
#[test]
fn a_confidential_address_is_in_no_answer() {
    let row = "safe-house,Sentinel House,1 Sentinel Street,Sentinelton,M1 4BTSENTINEL,53.4,x-2.2sentinel,yes,,,By Sentinel Park,,";
    let good = "refuge,Sentinel Refuge,2 Sentinel Street,Sentinelton,M3 6AF,53.48,-2.25,yes,,,By Sentinel Park,,";
    let folder = Folder::minimal()
        .append("locations.csv", row)
        .append("locations.csv", good)
        .append("sessions.csv", "women-together,refuge,Th 10:00-12:00,,,");
    let site = Site::over(folder);
    assert_ne!(site.get("/api/v1/directory").json()["problems_total"], 0, "the row is bad");
    for uri in [
        "/",
        "/metrics",
        "/health/ready",
        "/api/v1/directory",
        "/api/v1/services",
        "/api/v1/services?near=M3+6AF",
        "/api/v1/services/women-together",
        "/api/v1/organisations/brightwater",
        "/api/v1/suggest?q=sentinel",
    ] {
        let answer = site.get(uri);
        assert_eq!(answer.status, 200, "{uri}: {}", answer.text());
        assert!(!answer.text().to_lowercase().contains("sentinel"), "{uri}: {}", answer.text());
    }
    // Nor where the whole file is refused for it.
    let only_bad = format!("{}\n{row}\n", site.folder.text("locations.csv").lines().next().unwrap());
    std::fs::write(site.folder.file("locations.csv"), only_bad).unwrap();
    site.read_again();
    assert_eq!(site.get("/health/ready").json()["state"], "kept_back");
    for uri in ["/health/ready", "/api/v1/directory"] {
        let answer = site.get(uri);
        assert!(!answer.text().to_lowercase().contains("sentinel"), "{uri}: {}", answer.text());
    }
}
