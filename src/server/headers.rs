//! The headers that every response carries, whatever its route and status: nothing is loaded from elsewhere, nothing is
//! framed, nothing is kept unless a handler says that it may be. There are no cookies.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

/// Own styles, scripts, images, fonts, forms and questions only; nothing written into the page itself (no
/// `unsafe-inline`).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every response carries. HSTS is not among them: it belongs to the proxy that has the certificate.
pub const EVERYWHERE: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// `Cache-Control` of answers that depend on nothing but the directory: kept, but asked about each time.
pub const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// `Cache-Control` of everything else: questions, profiles and their answers leave no trace in a browser or proxy.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The policy of a server whose maps lie on tiles: pictures may come from that one origin too, and nothing else may.
pub fn policy_with_tiles(origin: &str) -> Option<HeaderValue> {
    let own = "img-src 'self'";
    HeaderValue::from_str(&CONTENT_SECURITY_POLICY.replace(own, &format!("{own} {origin}"))).ok()
}

/// Adds them; a handler's own `Cache-Control` stays, and so does its word on who else may load it.
pub async fn add(mut response: Response, policy: Option<HeaderValue>) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in EVERYWHERE {
        if name == "cross-origin-resource-policy" && headers.contains_key(&name) {
            continue;
        }
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(policy) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    response
}
