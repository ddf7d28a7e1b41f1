//! Diagnoses the API's responses: what is wrong, and what to change. Uses the same decoders and rules as any other
//! failure, in a temporary model. Bodies are decoded and dropped: an error may repeat part of the key.

use super::BASE;
use crate::core::{
    Event, Millis, Model,
    event::Response,
    headers::Headers,
    msg::{Arg, Msg, msg},
    names::{Blame, Cause},
    request_ids::Ids,
    text::clip,
    update::update,
    view::{VerdictView, popup},
};

/// One response of the API; `status` is none if there was no response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Method and path, for display.
    pub asked: String,
    /// When it arrived, in milliseconds since the epoch.
    pub at: Millis,
    /// HTTP status.
    pub status: Option<u16>,
    /// The allowed headers.
    pub headers: Headers,
    /// The headers that only the API sends.
    pub counted: Counted,
    /// The beginning of its body; decoded and dropped.
    pub body: String,
}

/// The organisation that a request is counted for, and the rate limit (OpenAI, API reference, "Debugging requests";
/// "Rate limits in headers").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// `openai-organization`.
    pub organisation: Option<String>,
    /// `x-ratelimit-limit-requests`.
    pub limit: Option<String>,
    /// `x-ratelimit-remaining-requests`.
    pub left: Option<String>,
}

/// The result as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyView {
    /// Whose side the failure is on.
    pub blame: Blame,
    /// What exactly failed.
    pub cause: Cause,
    /// The title.
    pub title: Msg,
    /// The reason; none if the title is enough.
    pub why: Option<Msg>,
    /// What to change.
    pub change: Msg,
    /// The evidence.
    pub evidence: Vec<Msg>,
    /// The request id, for OpenAI's support.
    pub request: Option<String>,
}

/// Longest header value that is shown, in bytes.
const SHOWN: usize = 80;

/// The result of the responses so far; none without any.
pub fn judge(answers: &[Answer], now: Millis) -> Option<KeyView> {
    let last = answers.last()?;
    let mut evidence: Vec<Msg> = answers.iter().map(asked).collect();
    let request = Ids::read(last.headers.x_request_id.as_deref(), None).request;
    let Some(status) = last.status else {
        return Some(KeyView {
            blame: Blame::Network,
            cause: Cause::Connection,
            title: msg("key_unreachable"),
            why: None,
            change: msg("network_words"),
            evidence,
            request,
        });
    };
    evidence.extend(counted(&last.counted));
    if status < 400 {
        let title = msg("key_works");
        let change = msg("change_nothing");
        return Some(KeyView {
            blame: Blame::Benign,
            cause: Cause::Working,
            title,
            why: None,
            change,
            evidence,
            request,
        });
    }
    let (verdict, ends) = verdict(last, status, now);
    evidence.extend(verdict.evidence);
    let change = change(verdict.cause, status, ends, now);
    let (blame, cause) = (verdict.blame, verdict.cause);
    Some(KeyView { blame, cause, title: verdict.title, why: Some(verdict.why), change, evidence, request })
}

fn asked(answer: &Answer) -> Msg {
    let words = msg("key_asked").text(&answer.asked);
    match answer.status {
        Some(status) => words.number(status.into()),
        None => words.text("–"),
    }
}

fn counted(counted: &Counted) -> Vec<Msg> {
    let organisation = counted.organisation.as_deref().map(|name| msg("key_organisation_is").text(clip(name, SHOWN)));
    let left = match (&counted.left, &counted.limit) {
        (Some(left), Some(limit)) => Some(msg("key_left").text(clip(left, SHOWN)).text(clip(limit, SHOWN))),
        _ => None,
    };
    [organisation, left].into_iter().flatten().collect()
}

fn verdict(answer: &Answer, status: u16, now: Millis) -> (VerdictView, Option<Millis>) {
    let mut model = Model::default();
    let response = Response {
        at: answer.at,
        key: "key".to_owned(),
        url: format!("{BASE}/v1/responses"),
        status: Some(status),
        headers: answer.headers.clone(),
        body: Some(answer.body.clone()),
        ..Response::default()
    };
    update(&mut model, Event::Response(response), now);
    let failure = model.tab(0).and_then(|tab| tab.case.as_ref()).and_then(|case| case.failures.first());
    let ends = failure.and_then(|failure| failure.ends);
    (popup(&model, Some(0), now, now).verdict, ends)
}

/// What to change, by cause.
fn change(cause: Cause, status: u16, ends: Option<Millis>, now: Millis) -> Msg {
    match cause {
        Cause::NoCredit => msg("api_credit"),
        Cause::WrongOrganisation => msg("change_organisation"),
        Cause::InvalidKey => msg("change_key"),
        Cause::MissingPermission => msg("change_permission"),
        Cause::Deactivated => msg("change_deactivated"),
        Cause::ModelNotFound => msg("change_model"),
        Cause::RegionBlocked => msg("code_451_helps"),
        _ => match (cause.blame(), ends.filter(|ends| *ends > now)) {
            (Blame::Limit, Some(ends)) => Msg { at: Some(ends), ..msg("retry_at").arg(Arg::Clock(ends)) },
            (Blame::Limit, None) => msg("change_pace"),
            (Blame::Them, _) => msg("retry_theirs"),
            (Blame::Network, _) => msg("network_words"),
            _ if status == 401 => msg("change_key"),
            _ => msg("code_other_helps"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_800_000_000_000;
    /// A part of the key, as the API's own error repeats it; it must not be shown.
    const CANARY: &str = "sk-proj-canary";

    fn view(status: u16, body: &str) -> KeyView {
        let headers = Headers {
            x_request_id: Some(format!("req_{}", "a".repeat(32))),
            content_type: Some("application/json".into()),
            ..Headers::default()
        };
        let asked = "GET /v1/models".to_owned();
        let body = format!("{{\"error\":{{\"message\":\"{CANARY}: {body}\"}}}}");
        let answer = Answer { asked, at: NOW, status: Some(status), headers, counted: Counted::default(), body };
        let view = judge(&[answer], NOW).unwrap_or_else(|| unreachable!());
        assert!(!format!("{view:?}").contains(CANARY), "{view:?}");
        view
    }

    #[test]
    fn each_answer_says_what_to_change() {
        let rows = [
            (200, "", Cause::Working, "change_nothing"),
            (401, "Incorrect API key provided", Cause::InvalidKey, "change_key"),
            (
                401,
                "OpenAI-Organization header should match organization for API key",
                Cause::WrongOrganisation,
                "change_organisation",
            ),
            (401, "mismatched_project", Cause::WrongOrganisation, "change_organisation"),
            (
                403,
                "You have insufficient permissions for this operation. Missing scopes: model.read",
                Cause::MissingPermission,
                "change_permission",
            ),
            (403, "unsupported_country_region_territory", Cause::RegionBlocked, "code_451_helps"),
            (404, "The model `gpt-9` does not exist", Cause::ModelNotFound, "change_model"),
            (429, "insufficient_quota", Cause::NoCredit, "api_credit"),
            (429, "Rate limit reached for gpt-5", Cause::TooManyRequests, "change_pace"),
            (401, "account_deactivated", Cause::Deactivated, "change_deactivated"),
            (500, "The server had an error while processing your request", Cause::ServerError, "retry_theirs"),
        ];
        for (status, body, cause, change) in rows {
            let view = view(status, body);
            assert_eq!((view.cause, view.change.key.as_str()), (cause, change), "{status} {body}");
            assert!(view.request.is_some());
        }
    }

    #[test]
    fn no_answer_is_the_connection_s() {
        assert_eq!(judge(&[], NOW), None);
        let view = judge(&[Answer { asked: "GET /v1/models".into(), at: NOW, ..Answer::default() }], NOW);
        assert_eq!(view.map(|view| (view.blame, view.title)), Some((Blame::Network, msg("key_unreachable"))));
    }
}
