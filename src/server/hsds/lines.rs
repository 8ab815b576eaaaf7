//! `format=ndjson`: all records, one a line, made while they are sent, so that a whole nation's feed needs the memory of
//! a few records.

use crate::index::Snapshot;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use hyper::body::{Body as HttpBody, Frame};
use serde_json::Value;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Records made at once: about a millisecond's work, so that other requests are not kept waiting.
const AT_ONCE: usize = 16;

/// Makes the record of a number.
pub type Make = Box<dyn Fn(&Snapshot, u32) -> Option<Value> + Send + 'static>;

struct Lines {
    snapshot: Arc<Snapshot>,
    numbers: std::vec::IntoIter<u32>,
    make: Make,
}

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let mut text = Vec::new();
        let mut any = false;
        for _ in 0..AT_ONCE {
            let Some(number) = self.numbers.next() else { break };
            any = true;
            if let Some(record) = (self.make)(&self.snapshot, number)
                && serde_json::to_writer(&mut text, &record).is_ok()
            {
                text.push(b'\n');
            }
        }
        Poll::Ready(any.then(|| Ok(Frame::data(Bytes::from(text)))))
    }
}

/// The response that gives these records.
pub fn response(snapshot: Arc<Snapshot>, numbers: Vec<u32>, make: Make) -> Response {
    let lines = Lines { snapshot, numbers: numbers.into_iter(), make };
    let mut response = Response::new(Body::new(lines));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    response
}
