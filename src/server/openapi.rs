//! The API's description in OpenAPI 3.1, made from the handlers: each says what it gives, and what is the same for many
//! is added here, so that it is the same for all.

use crate::search::ask::{Ask, FIELDS};
use crate::server::api::plan;
use crate::server::error::{Kind, Problem, ProblemDetails};
use crate::server::request;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{OpenApi, Ref, RefOr, Required};
use utoipa::{OpenApi as _, PartialSchema};

/// The search by address, whose parameters are the fields of [`Ask`].
const SEARCH: &str = "/api/v1/services";

/// Where the description is.
pub const PATH: &str = "/api/openapi.json";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Signpost",
        description = "A directory of local community services, and a matching engine over it. Nothing about a person \
                       is stored or logged. Fields that are not stated are left out: not stated is never \"no\" and \
                       never \"everyone\". Mistakes are answered with problem details (RFC 9457) that name the field \
                       and the cure. Answers that depend on nothing but the directory carry an `ETag`.",
    ),
    tags(
        (name = "services", description = "Find services"),
        (name = "matching", description = "From a person's goals to options"),
        (name = "places", description = "Postcodes and places"),
        (name = "organisations", description = "Who runs services"),
        (name = "vocabulary", description = "The words of the directory"),
        (name = "directory", description = "How the data is"),
        (name = "health", description = "How the server is"),
    ),
    components(schemas(ProblemDetails)),
)]
struct Description;

/// What the handlers' descriptions are added to.
pub fn beginning() -> OpenApi {
    Description::openapi()
}

/// Adds what is the same for many: the parameters of the search, and how each operation can refuse.
pub fn complete(mut description: OpenApi) -> OpenApi {
    for (path, item) in &mut description.paths.paths {
        let health = path.starts_with("/health");
        for operation in [item.get.as_mut(), item.post.as_mut()].into_iter().flatten() {
            let has_formats = path.starts_with(SEARCH) && !path.contains('{') || path == plan::PATH;
            if path == SEARCH {
                operation.parameters.get_or_insert_default().extend(search_parameters());
            }
            if !health {
                add_refusals(operation, path.contains('{'), has_formats);
            }
            let reports = path.starts_with("/api/v1/directory/");
            if path.contains('{') || reports || matches!(tag(operation), "vocabulary" | "organisations") {
                add_etag(operation);
            }
        }
    }
    description
}

fn tag(operation: &Operation) -> &str {
    operation.tags.as_ref().and_then(|tags| tags.first()).map_or("", String::as_str)
}

/// The fields of a question as query parameters.
fn search_parameters() -> Vec<RefOr<Parameter>> {
    let RefOr::T(Schema::Object(ask)) = Ask::schema() else { return Vec::new() };
    let parameter = |(name, schema): (String, RefOr<Schema>)| {
        let list = matches!(&schema, RefOr::T(Schema::Array(_)));
        let description = match &schema {
            RefOr::T(Schema::Object(object)) => object.description.clone(),
            RefOr::T(Schema::Array(array)) => array.description.clone(),
            _ => None,
        };
        let parameter = ParameterBuilder::new().name(&name).parameter_in(ParameterIn::Query).required(Required::False);
        if name == "near" {
            // A point cannot stand in a query string.
            let text = ObjectBuilder::new().schema_type(Type::String).examples(["M1 4BT"]).build();
            let what = "A postcode (full, sector or outcode), a place's name, or degrees as `53.48,-2.24`.";
            return parameter.description(Some(what)).schema(Some(text)).build();
        }
        let parameter = parameter.description(description).schema(Some(schema));
        if list { parameter.style(Some(ParameterStyle::Form)).explode(Some(false)).build() } else { parameter.build() }
    };
    let mut properties: Vec<(String, RefOr<Schema>)> = ask.properties.into_iter().collect();
    properties.sort_by_key(|(name, _)| FIELDS.iter().position(|field| field == name));
    properties.into_iter().map(parameter).map(RefOr::T).collect()
}

/// The problems that an operation can answer with.
fn add_refusals(operation: &mut Operation, by_id: bool, has_formats: bool) {
    let mut kinds = vec![Kind::Question, Kind::Method, Kind::UrlTooLong, Kind::Inside, Kind::NoIndex];
    if by_id {
        kinds.push(Kind::NotFound);
    }
    if has_formats {
        kinds.push(Kind::NotAcceptable);
    }
    if operation.request_body.is_some() {
        kinds.extend([Kind::SlowBody, Kind::BodyTooLarge, Kind::MediaType]);
    }
    for kind in kinds {
        let details = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let mut response = ResponseBuilder::new().content("application/problem+json", details);
        let description = match kind {
            Kind::NoIndex => {
                "Not ready, too busy, or out of time: `not-ready`, `too-busy` or `out-of-time`.".to_string()
            }
            Kind::Question if operation.request_body.is_some() => {
                format!("{}: `invalid-question` or `malformed-json`.", kind.title())
            }
            _ => format!("{}: `{}`.", kind.title(), kind.name()),
        };
        if kind == Kind::NoIndex {
            let seconds = HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::Integer).build()));
            response = response.header("Retry-After", seconds.description(Some("Seconds")).build());
        }
        let response = response.description(description).build();
        operation.responses.responses.insert(kind.status().as_str().to_string(), response.into());
    }
}

/// The ETag, and how to ask by it.
fn add_etag(operation: &mut Operation) {
    let text = || ObjectBuilder::new().schema_type(Type::String).build();
    let parameter = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The `ETag` of the answer you have"))
        .schema(Some(text()));
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter.build()));
    if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") {
        let header = HeaderBuilder::new().schema(Some(text())).description(Some("Changes with the directory")).build();
        answer.headers.insert("ETag".to_string(), header.into());
    }
    let unchanged = ResponseBuilder::new().description("You have this answer already.").build();
    operation.responses.responses.insert("304".to_string(), unchanged.into());
}

/// `GET /api/openapi.json`.
pub fn response(description: &Arc<OpenApi>, uri: &Uri) -> Result<Response, Problem> {
    let [] = request::known(uri, [])?;
    let text = description.to_pretty_json().map_err(|_| Problem::inside("the API's description cannot be written"))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response())
}
