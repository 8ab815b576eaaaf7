use super::browser::Browser;
use super::hands::on_paper;
use super::looks::Contrast;
use super::server::Server;

#[test]
fn the_page_of_a_service_is_accessible_in_both_languages_and_on_paper() {
    let browser = Browser::new(Server::sample());
    for (path, name) in [
        ("/services/alongside-gate-mentors", "service"),
        ("/services/alongside-gate-mentors?lang=cy", "service-welsh"),
        ("/services/alongside-gate-mentors?lang=mirrored", "service-mirrored"),
        ("/services/gone-fishing", "service-missing"),
    ] {
        browser.visit(path);
        assert_eq!(browser.count("h1"), 1, "{path}");
        browser.assert_accessible(path, Contrast::Good);
        browser.pictures(name);
    }
    browser.assert_private();
    browser.visit("/services/alongside-gate-mentors");
    on_paper(&browser, "service");
}

#[test]
fn without_scripts_it_is_the_same_and_without_an_index_it_says_so() {
    let browser = Browser::without_scripts(Server::sample());
    browser.visit("/services/alongside-gate-mentors");
    browser.see("svg.map");
    browser.see("a[href^='mailto:team@example.org']");
    browser.scripts(true);
    let browser = browser.before(Server::without_index());
    browser.visit("/services/alongside-gate-mentors");
    browser.heading("not ready");
    browser.assert_accessible("no index", Contrast::Good);
    browser.pictures("service-no-index");
}
