use super::site::Site;
use serde_json::Value;

fn description() -> Value {
    Site::unready().get("/api/openapi.json").json()
}

/// A changed interface shows up here.
#[test]
fn the_description_has_every_operation() {
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    let mut operations = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses: Vec<&str> = operation["responses"].as_object().unwrap().keys().map(String::as_str).collect();
            operations.push(format!("{} {path} {}", method.to_uppercase(), responses.join(" ")));
        }
    }
    operations.sort();
    insta::assert_snapshot!(operations.join("\n"), @r"
    GET /api/v1/areas 200 304 400 405 414 500 503
    GET /api/v1/audiences 200 304 400 405 414 500 503
    GET /api/v1/categories 200 304 400 405 414 500 503
    GET /api/v1/directory 200 400 405 414 500 503
    GET /api/v1/directory/coverage 200 304 400 405 414 500 503
    GET /api/v1/directory/freshness 200 304 400 405 414 500 503
    GET /api/v1/funds 200 304 400 405 414 500 503
    GET /api/v1/gazetteer 200 400 405 414 500 503
    GET /api/v1/goals 200 304 400 405 414 500 503
    GET /api/v1/organisations 200 304 400 405 414 500 503
    GET /api/v1/organisations/{id} 200 304 400 404 405 414 500 503
    GET /api/v1/services 200 400 405 406 414 500 503
    GET /api/v1/services/{id} 200 304 400 404 405 414 500 503
    GET /api/v1/suggest 200 400 405 414 500 503
    GET /health/live 200
    GET /health/ready 200 503
    POST /api/v1/match 200 400 405 408 413 414 415 500 503
    POST /api/v1/plan 200 400 405 406 408 413 414 415 500 503
    POST /api/v1/services/search 200 400 405 406 408 413 414 415 500 503
    ");
}

#[test]
fn a_search_has_a_parameter_for_each_field_of_a_question() {
    let description = description();
    let parameters = description["paths"]["/api/v1/services"]["get"]["parameters"].as_array().unwrap();
    let mut names: Vec<&str> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
    let mut fields = signpost::search::ask::FIELDS.to_vec();
    names.sort_unstable();
    fields.sort_unstable();
    assert_eq!(names, fields);
    for parameter in parameters {
        let schema = &parameter["schema"];
        assert!(schema["type"].is_string() || schema["type"].is_array(), "{parameter:#}");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let description = description();
    let operations =
        description["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let mut names: Vec<&str> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
}

/// As they stand in answers, not as the program calls them.
#[test]
fn codes_are_described_as_they_are_written() {
    let description = description();
    let codes = |name: &str| description["components"]["schemas"][name]["enum"].clone();
    assert_eq!(codes("Places"), serde_json::json!(["open", "waiting_list", "full"]));
    assert_eq!(codes("Referral"), serde_json::json!(["drop_in", "self", "professional"]));
}

/// Every `$ref` leads somewhere, and every schema is used: a client can be generated from it.
#[test]
fn every_reference_leads_to_a_schema() {
    let description = description();
    let schemas = description["components"]["schemas"].as_object().unwrap();
    let mut references = Vec::new();
    gather(&description, &mut references);
    assert!(references.len() > 50);
    for reference in &references {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        assert!(schemas.contains_key(name), "{reference}");
    }
    for name in schemas.keys() {
        assert!(references.contains(&format!("#/components/schemas/{name}")), "nothing uses {name}");
    }
}

fn gather(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                references.push(reference.clone());
            }
            map.values().for_each(|value| gather(value, references));
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, references)),
        _ => (),
    }
}

#[test]
fn the_page_to_read_has_every_operation_and_schema_and_asks_nobody_else() {
    let site = Site::unready();
    let page = site.get("/api/docs");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let description = description();
    for path in description["paths"].as_object().unwrap().keys() {
        assert!(page.text().contains(&format!(" {path}</code>")), "{path}");
    }
    for schema in description["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.text().contains(&format!("id=\"schema-{schema}\"")), "{schema}");
    }
    for uri in ["/", "/about", "/api/docs", "/problems/not-found"] {
        let page = site.get(uri);
        let text = page.text();
        assert!(text.contains("<html lang=\"en-GB\" ") && text.contains("<h1>"), "{uri}");
        for trace in ["src=\"http", "href=\"http", "<script>", "style=\"", "@import", "url("] {
            assert!(!text.contains(trace), "{uri}: {trace}");
        }
    }
}

#[test]
fn a_problem_type_leads_to_a_page() {
    let site = Site::minimal();
    for uri in ["/nowhere", "/api/v1/services?page=0"] {
        let kind = site.get(uri).json()["type"].as_str().unwrap().to_string();
        let page = site.get(&kind);
        assert_eq!(page.status, 200);
        assert!(page.text().contains(&kind));
    }
}

#[test]
fn the_pages_say_when_the_organisations_are_fictional_and_whose_the_places_are() {
    let site = Site::minimal();
    let sample = site.state.snapshot().unwrap().vocabulary().is_sample;
    assert_eq!(site.get("/").text().contains("sample directory"), sample);
    assert!(site.get("/about").text().contains("GeoNames, CC BY 4.0"));
}
