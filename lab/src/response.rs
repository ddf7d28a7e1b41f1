//! One response, with the headers of OpenAI's service, its API or Cloudflare's edge, and the outcome of a request.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::StatusCode;
use hyper::header::{DATE, HeaderName, HeaderValue};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use uuid::Uuid;

use crate::fixtures::{Fixture, REQUEST_ID, Responder};

/// Content type of HTML.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// Content type of plain text.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

/// Header with the request id, a UUID, of ChatGPT's service; the API has `x-request-id`. Source: public recordings of 2024 to
/// 2026, say caiwuu/web2api, `chatgpt.com.har`.
const SERVICE_ID: &str = "x-oai-request-id";

/// Ends a body without its regular end.
#[derive(Debug, thiserror::Error)]
#[error("cut on purpose")]
pub(crate) struct Cut;

/// The body of a response.
pub(crate) type Body = UnsyncBoxBody<Bytes, Cut>;

/// What the server does with a request.
pub(crate) enum Outcome {
    /// Sends the response.
    Response(Response),
    /// Sends the response after this delay.
    Delayed(Duration, Response),
    /// Sends the response and resets the connection 500 ms later.
    ResponseThenReset(Response),
    /// Opens a WebSocket and drops it 500 ms later.
    UpgradeThenDrop(Response),
    /// Resets the HTTP/2 stream or closes the HTTP/1.1 connection.
    ResetStream,
    /// Closes the connection.
    CloseConnection,
}

/// A response under construction.
pub(crate) struct Response(hyper::Response<Body>);

impl From<Response> for Outcome {
    fn from(response: Response) -> Outcome {
        Outcome::Response(response)
    }
}

impl Outcome {
    /// The HTTP status, where a response is sent.
    pub fn status(&self) -> Option<u16> {
        match self {
            Outcome::Response(response)
            | Outcome::Delayed(_, response)
            | Outcome::ResponseThenReset(response)
            | Outcome::UpgradeThenDrop(response) => Some(response.status()),
            Outcome::ResetStream | Outcome::CloseConnection => None,
        }
    }

    /// Changes the response, where one is sent.
    pub fn map(self, change: impl FnOnce(Response) -> Response) -> Outcome {
        match self {
            Outcome::Response(response) => Outcome::Response(change(response)),
            Outcome::Delayed(delay, response) => Outcome::Delayed(delay, change(response)),
            Outcome::ResponseThenReset(response) => Outcome::ResponseThenReset(change(response)),
            Outcome::UpgradeThenDrop(response) => Outcome::UpgradeThenDrop(change(response)),
            closed @ (Outcome::ResetStream | Outcome::CloseConnection) => closed,
        }
    }
}

impl Response {
    /// A response with a body of one piece. `kind` is the content type.
    pub fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        Response::with_body(status, kind, Full::new(body.into()).map_err(|never| match never {}).boxed_unsync())
    }

    /// A response with any body. `kind` is the content type.
    pub fn with_body(status: u16, kind: &str, body: Body) -> Self {
        let mut response = hyper::Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Response(response).with("content-type", kind)
    }

    /// Status 200 with a JSON body.
    pub fn json(value: &Value) -> Self {
        Response::new(200, "application/json", value.to_string())
    }

    /// A fixed response.
    pub fn fixture(fixture: &Fixture) -> Self {
        // Some bodies contain the request id.
        let id = Uuid::new_v4().to_string();
        let response = Response::new(fixture.status, fixture.kind, fixture.body.replace(REQUEST_ID, &id));
        let response = fixture.headers.iter().fold(response, |response, (name, value)| response.with(name, value));
        match fixture.by {
            Responder::Service => response.with(SERVICE_ID, &id).by_edge(),
            Responder::Api => response.by_api(),
            Responder::Edge => response.by_edge(),
        }
    }

    /// Adds a header. A name or value that HTTP does not allow is ignored.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    /// Adds the headers of ChatGPT's service behind the edge.
    pub fn by_service(self) -> Self {
        self.with(SERVICE_ID, &Uuid::new_v4().to_string()).by_edge()
    }

    /// Adds the headers of the API behind the edge.
    pub fn by_api(self) -> Self {
        self.with("x-request-id", &format!("req_{}", Uuid::new_v4().simple()))
            .with("openai-version", "2020-10-01")
            .with("openai-processing-ms", "42")
            .by_edge()
    }

    /// Adds the headers of the edge.
    pub fn by_edge(self) -> Self {
        let ray: String = Uuid::new_v4().simple().to_string().chars().take(16).collect();
        self.with("server", "cloudflare").with("cf-ray", &format!("{ray}-FRA"))
    }

    /// Sets `Date` this many days ahead.
    pub fn days_ahead(mut self, days: i64) -> Self {
        let then = OffsetDateTime::now_utc() + time::Duration::days(days);
        // RFC 9110 wants GMT where RFC 2822 has an offset.
        let date = then.format(&Rfc2822).unwrap_or_default().replace("+0000", "GMT");
        if let Ok(date) = HeaderValue::from_str(&date) {
            self.0.headers_mut().insert(DATE, date);
        }
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// The finished response.
    pub fn into_response(self) -> hyper::Response<Body> {
        self.0
    }
}
