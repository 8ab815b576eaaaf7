//! The API's description as a page to read: made from the OpenAPI document, so that the two cannot differ.

use super::frame::Frame;
use crate::server::error::Kind;
use askama::Template;
use serde_json::Value;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

#[derive(Template)]
#[template(path = "docs.html")]
struct Docs {
    frame: Frame,
    about: String,
    groups: Vec<Group>,
    schemas: Vec<SchemaView>,
    problems: [Kind; Kind::ALL.len()],
}

/// Operations of one tag.
struct Group {
    name: String,
    about: String,
    operations: Vec<OperationView>,
}

/// An operation: a method on a path.
struct OperationView {
    method: &'static str,
    path: String,
    summary: String,
    about: String,
    parameters: Vec<Field>,
    body: Option<Kinds>,
    example: Option<String>,
    responses: Vec<Answer>,
}

/// A response of an operation.
struct Answer {
    status: String,
    about: String,
    /// Its media types, each with what the body is.
    bodies: Vec<(String, Kinds)>,
}

/// A parameter, or a property of an object.
struct Field {
    name: String,
    required: bool,
    kinds: Kinds,
    about: String,
    example: Option<String>,
}

/// The kinds of a value; some are names of schemas on the same page.
type Kinds = Vec<KindName>;

/// A kind of value.
struct KindName {
    name: String,
    is_schema: bool,
}

/// An object or a list of codes that answers and bodies are made of.
struct SchemaView {
    name: String,
    about: String,
    fields: Vec<Field>,
    kinds: Kinds,
    codes: Vec<String>,
}

/// The page. It depends on nothing but the program.
pub(super) fn page(description: &Arc<OpenApi>, frame: Frame) -> Result<String, ()> {
    let document = serde_json::to_value(description.as_ref()).map_err(|_| ())?;
    let schemas = objects(&document["components"]["schemas"]).map(|(name, schema)| schema_view(name, schema)).collect();
    let docs = Docs {
        frame,
        about: text(&document["info"]["description"]),
        groups: groups(&document),
        schemas,
        problems: Kind::ALL,
    };
    docs.render().map_err(|_| ())
}

fn groups(document: &Value) -> Vec<Group> {
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = text(&tag["name"]);
        let mut operations = Vec::new();
        for (path, item) in objects(&document["paths"]) {
            for (key, method) in [("get", "GET"), ("post", "POST")] {
                let operation = &item[key];
                if operation["tags"][0] == tag["name"] {
                    operations.push(operation_view(method, path, operation));
                }
            }
        }
        Group { name, about: text(&tag["description"]), operations }
    })
    .collect()
}

fn operation_view(method: &'static str, path: &str, operation: &Value) -> OperationView {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameter = |parameter: &Value| Field {
        name: text(&parameter["name"]),
        required: parameter["required"] == true,
        kinds: kinds(&parameter["schema"]),
        about: text(&parameter["description"]),
        example: example(parameter).or_else(|| example(&parameter["schema"])),
    };
    let body = &operation["requestBody"]["content"]["application/json"];
    let response = |(status, response): (&String, &Value)| Answer {
        status: status.clone(),
        about: text(&response["description"]),
        bodies: objects(&response["content"]).map(|(name, body)| (name.clone(), kinds(&body["schema"]))).collect(),
    };
    OperationView {
        method,
        path: path.to_string(),
        summary: text(&operation["summary"]),
        about: text(&operation["description"]),
        parameters: parameters.map(parameter).collect(),
        body: body.is_object().then(|| kinds(&body["schema"])),
        example: body.get("example").and_then(|example| serde_json::to_string_pretty(example).ok()),
        responses: objects(&operation["responses"]).map(response).collect(),
    }
}

fn schema_view(name: &str, schema: &Value) -> SchemaView {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let field = |(name, property): (&String, &Value)| Field {
        name: name.clone(),
        required: required.contains(&name.as_str()),
        kinds: kinds(property),
        about: text(&property["description"]),
        example: example(property),
    };
    let fields: Vec<Field> = objects(&schema["properties"]).map(field).collect();
    let codes: Vec<String> = schema["enum"].as_array().into_iter().flatten().map(text).collect();
    let kinds = if fields.is_empty() && codes.is_empty() { kinds(schema) } else { Vec::new() };
    SchemaView { name: name.to_string(), about: text(&schema["description"]), fields, kinds, codes }
}

/// What kinds of value a schema allows; "list of" and "map to" stand before what they hold.
fn kinds(schema: &Value) -> Kinds {
    let plain = |name: &str| KindName { name: name.to_string(), is_schema: false };
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return vec![KindName { name: name.to_string(), is_schema: true }];
    }
    let among = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| schema[*key].as_array());
    if let Some(among) = among {
        return among.iter().flat_map(kinds).collect();
    }
    let of = |before: &str, inner: &Value| -> Kinds {
        let mut all = vec![plain(before)];
        all.extend(kinds(inner));
        all
    };
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let format = schema["format"].as_str();
    let mut all = Vec::new();
    for name in names {
        match name {
            // A field that may be null may be left out.
            "null" => (),
            "array" => all.extend(of("list of", &schema["items"])),
            "object" if schema["additionalProperties"].is_object() => {
                all.extend(of("map from names to", &schema["additionalProperties"]));
            }
            "string" => all.push(plain(format.unwrap_or("text"))),
            "boolean" => all.push(plain("true or false")),
            "integer" => all.push(plain("whole number")),
            other => all.push(plain(other)),
        }
    }
    all
}

fn example(value: &Value) -> Option<String> {
    let example = value.get("example").or_else(|| value.get("examples")?.get(0))?;
    Some(example.as_str().map_or_else(|| example.to_string(), str::to_string))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_string()
}

fn objects(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
