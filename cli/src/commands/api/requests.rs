//! Requests with the key: the models, the model that is used, and, if wanted, one minimal call.

use std::time::Duration;

use mend::core::{
    Event, decode::CLOCK, endpoint::EndpointKind, event::Response as Seen, headers::Headers, time::http_date,
};
use serde_json::{Value, json};
use ureq::{
    Agent, Body, Proxy,
    http::{Request, Response},
    tls::{Certificate, RootCerts, TlsConfig, TlsProvider},
};

use super::{
    base_url::BaseUrl,
    certificate::{Roots, provider},
    check::Check,
    environment::Variables,
};
use crate::{case::Case, commands::diagnose, input::now};

/// Longest wait for an answer.
const LIMIT: Duration = Duration::from_secs(30);
/// Largest answer that is read, in bytes.
const LARGEST: u64 = 4 << 20;
/// Azure's version where none is named (learn.microsoft.com, "Azure OpenAI API version lifecycle").
const VERSION: &str = "2024-10-21";
/// The minimum of `max_output_tokens` (OpenAI, API reference, Responses).
const TOKENS: u32 = 16;

/// A client with the program's key, proxy and certificates.
pub struct Client<'a> {
    agent: Agent,
    base: &'a BaseUrl,
    key: &'a str,
    variables: &'a Variables,
}

/// What a server answered.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl<'a> Client<'a> {
    /// The client.
    pub fn new(
        base: &'a BaseUrl,
        key: &'a str,
        variables: &'a Variables,
        proxy: Option<Proxy>,
        roots: Roots,
    ) -> Client<'a> {
        let certificates: Vec<Certificate<'static>> =
            roots.list.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::new_with_certs(&certificates))
            .unversioned_rustls_crypto_provider(provider())
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .proxy(proxy)
            .timeout_global(Some(LIMIT))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("mend/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Client { agent, base, key: key.trim(), variables }
    }

    /// Asks, as long as the answers are good.
    pub fn checks(&self, model: Option<&str>, call: bool) -> Vec<Check> {
        let azure = self.base.kind() == EndpointKind::Azure;
        let mut checks = Vec::new();
        let models = match self.ask("models", "GET", &self.path("models"), None) {
            Ok(answer) => answer,
            Err(check) => return vec![*check],
        };
        checks.extend(clock(&models));
        if models.status >= 400 && models.status != 404 {
            checks.push(self.judged("models", &models, "GET", "models"));
            return checks;
        }
        if models.status == 404 {
            // Not every gateway has a list.
            checks.push(Check::doubtful(
                "models",
                "The server has no list of models (404).",
                "Check the base URL; some gateways have none, then --call shows whether requests work.",
            ));
        } else {
            checks.push(listed(&models, model.filter(|_| !azure)));
        }
        let Some(model) = model.filter(|_| call) else { return checks };
        let (path, body) = self.minimal(model, azure);
        match self.ask("call", "POST", &path, Some(&body)) {
            Ok(answer) if answer.status >= 400 => checks.push(self.judged("call", &answer, "POST", &path)),
            Ok(answer) => {
                checks.push(answered(&answer));
                checks.extend(limits(&answer));
            }
            Err(check) => checks.push(*check),
        }
        checks
    }

    fn path(&self, of: &str) -> String {
        let version = self.variables.get("OPENAI_API_VERSION").unwrap_or(VERSION);
        match self.base.kind() {
            EndpointKind::Azure if !self.base.url.ends_with("/v1") => format!("openai/{of}?api-version={version}"),
            _ => of.to_owned(),
        }
    }

    /// The smallest request that a model answers.
    fn minimal(&self, model: &str, azure: bool) -> (String, Value) {
        let chat = json!({ "model": model, "messages": [{ "role": "user", "content": "Hi" }], "max_completion_tokens": TOKENS });
        match self.base.kind() {
            EndpointKind::Api => (
                "responses".to_owned(),
                json!({ "model": model, "input": "Hi", "max_output_tokens": TOKENS, "store": false }),
            ),
            EndpointKind::Azure if azure => (self.path(&format!("deployments/{model}/chat/completions")), chat),
            _ => ("chat/completions".to_owned(), chat),
        }
    }

    fn ask(&self, name: &'static str, method: &str, path: &str, body: Option<&Value>) -> Result<Answer, Box<Check>> {
        let broken = |error: ureq::Error| {
            Box::new(Check::bad(
                name,
                format!("{method} /{path} got no answer: {error}."),
                "Try again; if it stays, check proxy, firewall and time limits where the program runs.",
            ))
        };
        let mut request = Request::builder().method(method).uri(format!("{}/{path}", self.base.url));
        request = if self.base.kind() == EndpointKind::Azure {
            request.header("api-key", self.key)
        } else {
            request.header("authorization", format!("Bearer {}", self.key))
        };
        let own = [
            ("openai-organization", self.variables.first(&["OPENAI_ORG_ID", "OPENAI_ORGANIZATION"])),
            ("openai-project", self.variables.first(&["OPENAI_PROJECT_ID"])),
        ];
        for (header, value) in own {
            if let Some((_, value)) = value {
                request = request.header(header, value);
            }
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        let request = request.header("content-type", "application/json").body(text);
        let request = request.map_err(|error| broken(error.into()))?;
        let response: Response<Body> = self.agent.run(request).map_err(broken)?;
        let status = response.status().as_u16();
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        };
        let headers = response.headers().iter().filter_map(header).collect();
        let body = response.into_body().into_with_config().limit(LARGEST).read_to_string().map_err(broken)?;
        Ok(Answer { status, headers, body })
    }

    /// What Mend says of an answer that is an error.
    fn judged(&self, name: &'static str, answer: &Answer, method: &str, path: &str) -> Check {
        let headers = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let response = Seen {
            at: now(),
            key: name.to_owned(),
            method: method.to_owned(),
            url: format!("{}/{path}", self.base.url),
            status: Some(answer.status),
            headers: Headers::from_pairs(headers),
            body: Some(answer.body.clone()),
            ..Seen::default()
        };
        let at = response.at;
        let summary = diagnose::summary(Case::new(name.to_owned(), vec![(Event::Response(response), at)]));
        Check {
            blame: Some(summary.blame),
            ..Check::bad(name, format!("{}: {}", answer.status, summary.words), summary.advice)
        }
    }
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The server's clock against this machine's.
fn clock(answer: &Answer) -> Option<Check> {
    let theirs = header(answer, "date").and_then(http_date)?;
    let off = now().saturating_sub(theirs);
    let seconds = off.unsigned_abs() / 1_000;
    Some(if off.unsigned_abs() >= CLOCK.unsigned_abs() {
        let which = if off > 0 { "ahead" } else { "behind" };
        Check::bad(
            "clock",
            format!("This machine's clock is {seconds} s {which} of the server's."),
            "Set it by the network's time (NTP): certificates and tokens depend on it.",
        )
    } else {
        Check::good("clock", format!("{seconds} s from the server's."))
    })
}

/// The list of models, and whether this one is in it.
fn listed(answer: &Answer, model: Option<&str>) -> Check {
    let parsed: Option<Value> = serde_json::from_str(&answer.body).ok();
    let list = parsed.as_ref().and_then(|body| body.get("data")).and_then(Value::as_array);
    let Some(list) = list else {
        return Check::bad(
            "models",
            "The answer is no list of models, though its status is good.",
            "Check the base URL: another server may answer there.",
        );
    };
    let has = |name: &str| list.iter().any(|one| one.get("id").and_then(Value::as_str) == Some(name));
    match model {
        Some(name) if !has(name) => Check::bad(
            "models",
            format!("The key can see {} models, and {name} is none of them.", list.len()),
            "Check the model's name; an owner of the project can allow it in the project's limits.",
        ),
        Some(name) => Check::good("models", format!("The key is accepted, and can see {name}.")),
        None => Check::good("models", format!("The key is accepted, and can see {} models.", list.len())),
    }
}

fn answered(answer: &Answer) -> Check {
    let parsed: Option<Value> = serde_json::from_str(&answer.body).ok();
    match parsed {
        Some(body)
            if body.get("error").is_none_or(Value::is_null)
                && (body.get("output").is_some() || body.get("choices").is_some()) =>
        {
            Check::good("call", "The model answered.")
        }
        _ => Check::bad(
            "call",
            "The status is good, but the answer is none of a model's.",
            "Check the base URL: another server may answer there.",
        ),
    }
}

/// What is left of the limits (OpenAI, "Rate limits in headers").
fn limits(answer: &Answer) -> Vec<Check> {
    let pair = |what: &str| {
        let left = header(answer, &format!("x-ratelimit-remaining-{what}"))?;
        let limit = header(answer, &format!("x-ratelimit-limit-{what}"))?;
        let reset = header(answer, &format!("x-ratelimit-reset-{what}")).unwrap_or("unknown");
        let words = format!("{left} of {limit} {what} a minute are left; full again in: {reset}.");
        Some(if left == "0" {
            Check::doubtful("limits", words, "Send less, or ask for a higher limit.")
        } else {
            Check::good("limits", words)
        })
    };
    ["requests", "tokens"].into_iter().filter_map(pair).collect()
}
