//! One answer, and who it seems to come from.
//!
//! Owns the headers that OpenAI's service and its edge put on everything. Never decides what is answered.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::header::{DATE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use uuid::Uuid;

use crate::canned::{self, By, Canned};

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

/// The id that ChatGPT's service gives each request, a UUID; the API has `x-request-id`. Source: public recordings of 2024 to
/// 2026, say caiwuu/web2api, `chatgpt.com.har`.
const SERVICE_ID: &str = "x-oai-request-id";

/// The body ends here, without an end.
#[derive(Debug, thiserror::Error)]
#[error("cut on purpose")]
pub(crate) struct Cut;

/// The body of an answer.
pub(crate) type Body = UnsyncBoxBody<Bytes, Cut>;

/// What becomes of a request.
pub(crate) enum Reply {
    /// It is answered.
    Answer(Answer),
    /// It is answered, so much later.
    Late(Duration, Answer),
    /// It is answered, until its connection is reset half a second later.
    Torn(Answer),
    /// It becomes a WebSocket, which is dropped half a second later.
    HangUp(Answer),
    /// Its stream is reset, or, over HTTP/1.1, its connection closed.
    Reset,
    /// Its connection is closed.
    Drop,
}

/// An answer under construction.
pub(crate) struct Answer(Response<Body>);

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Reply {
        Reply::Answer(answer)
    }
}

impl Reply {
    /// The status, where there is one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Reply::Answer(answer) | Reply::Late(_, answer) | Reply::Torn(answer) | Reply::HangUp(answer) => {
                Some(answer.status())
            }
            Reply::Reset | Reply::Drop => None,
        }
    }

    /// The same with its answer changed, where there is one.
    pub fn map(self, change: impl FnOnce(Answer) -> Answer) -> Reply {
        match self {
            Reply::Answer(answer) => Reply::Answer(change(answer)),
            Reply::Late(time, answer) => Reply::Late(time, change(answer)),
            Reply::Torn(answer) => Reply::Torn(change(answer)),
            Reply::HangUp(answer) => Reply::HangUp(change(answer)),
            none @ (Reply::Reset | Reply::Drop) => none,
        }
    }
}

impl Answer {
    /// An answer of one piece.
    pub fn new(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        Answer::of(status, kind, Full::new(body.into()).map_err(|never| match never {}).boxed_unsync())
    }

    /// An answer with any body.
    pub fn of(status: u16, kind: &str, body: Body) -> Self {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Answer(response).with("content-type", kind)
    }

    /// 200, JSON.
    pub fn json(value: &Value) -> Self {
        Answer::new(200, "application/json", value.to_string())
    }

    /// A fixed answer.
    pub fn canned(canned: &Canned) -> Self {
        // Some bodies carry the id of their request.
        let id = Uuid::new_v4().to_string();
        let answer = Answer::new(canned.status, canned.kind, canned.body.replace(canned::ID, &id));
        let answer = canned.headers.iter().fold(answer, |answer, (name, value)| answer.with(name, value));
        match canned.by {
            By::Service => answer.with(SERVICE_ID, &id).by_edge(),
            By::Api => answer.by_api(),
            By::Edge => answer.by_edge(),
        }
    }

    /// Adds a header; one that is no header is left out.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            self.0.headers_mut().append(name, value);
        }
        self
    }

    /// Signs as the service behind the edge does.
    pub fn by_service(self) -> Self {
        self.with(SERVICE_ID, &Uuid::new_v4().to_string()).by_edge()
    }

    /// Signs as the API behind the edge does.
    pub fn by_api(self) -> Self {
        self.with("x-request-id", &format!("req_{}", Uuid::new_v4().simple()))
            .with("openai-version", "2020-10-01")
            .with("openai-processing-ms", "42")
            .by_edge()
    }

    /// Signs as the edge does by itself.
    pub fn by_edge(self) -> Self {
        let ray: String = Uuid::new_v4().simple().to_string().chars().take(16).collect();
        self.with("server", "cloudflare").with("cf-ray", &format!("{ray}-FRA"))
    }

    /// Says that it is so many days later.
    pub fn days_ahead(mut self, days: i64) -> Self {
        let then = OffsetDateTime::now_utc() + time::Duration::days(days);
        // RFC 9110 wants GMT where RFC 2822 has an offset.
        let date = then.format(&Rfc2822).unwrap_or_default().replace("+0000", "GMT");
        if let Ok(date) = HeaderValue::from_str(&date) {
            self.0.headers_mut().insert(DATE, date);
        }
        self
    }

    /// The status, for the log.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// The finished answer.
    pub fn into_response(self) -> Response<Body> {
        self.0
    }
}
