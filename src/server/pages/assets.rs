//! Styles, scripts and pictures, from inside the binary: no path from a request reaches the file system.
//!
//! An asset's address holds a part of the SHA-256 of its bytes (`/assets/signpost-1a2b3c4d5e6f.css`), so a browser may
//! keep it for ever and never has an old one.

use crate::server::error::{Kind, Problem};
use crate::server::request::PathText;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Every asset: its name, its type and its bytes.
const ASSETS: [(&str, &str, &[u8]); 12] = [
    ("directory.css", CSS, include_bytes!("../../../assets/directory.css")),
    ("icon.svg", SVG, include_bytes!("../../../assets/icon.svg")),
    ("kiosk.css", CSS, include_bytes!("../../../assets/kiosk.css")),
    ("kiosk.js", SCRIPT, include_bytes!("../../../assets/kiosk.js")),
    ("leave.js", SCRIPT, include_bytes!("../../../assets/leave.js")),
    ("map.css", CSS, include_bytes!("../../../assets/map.css")),
    ("map.js", SCRIPT, include_bytes!("../../../assets/map.js")),
    ("navigator.css", CSS, include_bytes!("../../../assets/navigator.css")),
    ("navigator.js", SCRIPT, include_bytes!("../../../assets/navigator.js")),
    ("plan.css", CSS, include_bytes!("../../../assets/plan.css")),
    ("service.css", CSS, include_bytes!("../../../assets/service.css")),
    ("signpost.css", CSS, include_bytes!("../../../assets/signpost.css")),
];

/// Bytes of the hash in an address: 48 bits tell a handful of assets apart.
const HASH_BYTES: usize = 6;

/// The bytes at an address never change.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The address of each asset, in their order.
static PATHS: LazyLock<Vec<String>> =
    LazyLock::new(|| ASSETS.iter().map(|(name, _, bytes)| hashed(name, bytes)).collect());

/// The address of an asset; one that is not there has an address that leads nowhere.
pub fn path(name: &str) -> String {
    let known = ASSETS.iter().position(|(known, ..)| *known == name).and_then(|at| PATHS.get(at));
    known.map_or_else(|| format!("/assets/{name}"), String::clone)
}

/// The address of every asset.
pub fn paths() -> &'static [String] {
    &PATHS
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect();
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/assets/{stem}-{hash}.{kind}")
}

pub(super) async fn asset(PathText(name): PathText) -> Result<Response, Problem> {
    let wanted = format!("/assets/{name}");
    let asset = PATHS.iter().zip(&ASSETS).find(|(path, _)| **path == wanted);
    let (_, (_, media_type, bytes)) = asset.ok_or(Problem::new(Kind::NotFound))?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(media_type)), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, *bytes).into_response())
}
