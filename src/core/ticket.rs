//! A ticket for the provider's support: what happened, when, and the ids that support asks for, as lines of messages.
//!
//! Holds no chat text, no cookie, no IP address and no query. Free text from the model is not trusted: it is included
//! only if it has its known format.

use super::{
    Millis, Model,
    decode::error_name,
    diagnose,
    endpoint::classify,
    event::TabId,
    model::{Attempt, Case},
    msg::{Arg, Msg, key, msg},
    names::Blame,
    observe::Failure,
    observe::needs,
    status::{IncidentStatus, relevant_incident},
    view::{self, case_of, endpoint, popup},
};

/// Longest text for browser or system, in bytes.
const ABOUT: usize = 80;

/// The environment, as the page knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The browser, its version and the system.
    pub browser: String,
    /// Our version.
    pub mend: String,
}

/// The lines of the ticket; empty if nothing failed.
pub fn ticket(model: &Model, tab: Option<TabId>, about: &About, now: Millis) -> Vec<Msg> {
    let Some((case, primary)) = case_of(model, tab).and_then(|case| Some((case, diagnose::primary(case)?))) else {
        return Vec::new();
    };
    let mut lines = vec![msg("ticket_head").text(&word(&about.mend)).arg(Arg::Clock(now))];
    let verdict = popup(model, tab, now, now).verdict;
    if case.mended.is_some() {
        lines.push(msg("ticket_mended").arg(Arg::Msg(verdict.why)));
    } else {
        // The popup's sentences speak to the person, these to a support desk.
        let side = msg(&key("ticket_side", verdict.blame.name()));
        let told = |words: &str| msg(words).arg(Arg::Msg(side.clone())).text(verdict.cause.name());
        lines.push(match verdict.blame {
            Blame::Unknown => msg("title_unknown"),
            _ if verdict.confidence >= view::PROBABLE => told("ticket_verdict"),
            _ => told("ticket_guess"),
        });
        lines.push(msg("confidence").number((verdict.confidence * 100.0).round() as i64));
    }
    lines.push(count(case));
    for failure in case.failures.iter().rev() {
        lines.push(line(failure));
        lines.extend(ids(failure));
    }
    lines.extend(steps(&case.attempts));
    lines.extend(provider(model, primary));
    lines.extend(tab.and_then(|id| model.tab(id)).and_then(view::unseen));
    lines.push(msg("ticket_browser").text(&word(&about.browser)));
    lines
}

/// The rendered lines as Markdown; the first one is the heading.
pub fn markdown(lines: &[String]) -> String {
    let Some((head, rest)) = lines.split_first() else { return String::new() };
    let rest: String = rest.iter().map(|line| format!("\n- {line}")).collect();
    format!("# {head}\n{rest}\n")
}

fn count(case: &Case) -> Msg {
    match case.count {
        1 => msg("ticket_one"),
        many => msg("ticket_many").number(many.into()).number(case.failures.len() as i64),
    }
}

/// Time, kind of request, path and result of a failure.
fn line(failure: &Failure) -> Msg {
    let path = failure.path.as_deref().map(|path| classify(&format!("https://chatgpt.com{path}")).path);
    let status = failure.status.map(|status| msg("ticket_status").number(status.into()));
    let error = failure.error.as_deref().map(|error| msg("ticket_error").text(error_name(error).unwrap_or("–")));
    let outcome = error.or(status).unwrap_or_else(|| msg("ticket_page"));
    msg("ticket_failure")
        .arg(Arg::Clock(failure.at))
        .arg(Arg::Msg(endpoint(failure.endpoint)))
        .text(path.as_deref().unwrap_or("–"))
        .arg(Arg::Msg(outcome))
}

fn ids(failure: &Failure) -> impl Iterator<Item = Msg> {
    // Validated again, so that nothing but an id can be in them.
    let ids = failure.ids.again();
    let line = |name: &'static str, id: Option<String>| id.map(|id| msg("ticket_id").text(name).text(&id));
    [line(ids.header(), ids.request), line("cf-ray", ids.ray)].into_iter().flatten()
}

fn steps(attempts: &[Attempt]) -> Vec<Msg> {
    if attempts.is_empty() {
        return vec![msg("ticket_no_steps")];
    }
    let step = |attempt: &Attempt| {
        let part = |family: &str, name: &str| Arg::Msg(msg(&key(family, name)));
        let words = msg("ticket_step").arg(Arg::Clock(attempt.at)).arg(part("rung", attempt.rung.name()));
        // The reason is free text, so it stays in the journal.
        let error = attempt.error.map(|error| msg(error.message_key()));
        std::iter::once(words.arg(part("state", attempt.state.name()))).chain(error)
    };
    attempts.iter().flat_map(step).collect()
}

/// The provider's status page as last read, and when.
fn provider(model: &Model, primary: &Failure) -> Vec<Msg> {
    let Some(provider) = &model.provider else { return vec![msg("status_unasked")] };
    let read = Arg::Clock(provider.at);
    let page = provider.page.as_ref();
    let Some(incident) = page.and_then(|page| relevant_incident(page, needs(primary))) else {
        let key = if page.is_some() { "ticket_green" } else { "ticket_unread" };
        return vec![msg(key).arg(read)];
    };
    let status = match incident.status {
        IncidentStatus::Investigating => msg("incident_status_investigating"),
        IncidentStatus::Identified => msg("incident_status_identified"),
        IncidentStatus::Monitoring => msg("incident_status_monitoring"),
        IncidentStatus::Other => msg("incident_status_other"),
    };
    vec![msg("ticket_incident").arg(read).text(&incident.name).arg(Arg::Msg(status))]
}

/// A version or a browser's name: letters, digits and a few signs.
fn word(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_alphanumeric() || " .-_()".contains(*letter)).take(ABOUT).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::{
        Event,
        event::{NetError, Response},
        headers::Headers,
        names::{Action, Rung, State},
        request_ids::Ids,
        template::Template,
        update,
    };
    use proptest::prelude::*;

    const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation?q=kanarienvogel";
    const AT: Millis = 1_784_971_320_000;

    fn about() -> About {
        About { browser: "Firefox 153.0 (Linux)".into(), mend: "0.1.0".into() }
    }

    fn broken() -> Model {
        let mut model = Model::default();
        let headers = Headers {
            x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            ..Headers::default()
        };
        let response = Response {
            tab: 7,
            key: "a".into(),
            at: AT,
            url: CHAT.into(),
            status: Some(500),
            headers,
            ..Response::default()
        };
        update(&mut model, Event::Response(response), AT);
        let (key, error) = ("b".to_owned(), "net::ERR_INCOMPLETE_CHUNKED_ENCODING".to_owned());
        let error = NetError { tab: 7, key, at: AT + 60_000, url: CHAT.into(), error, ..NetError::default() };
        update(&mut model, Event::NetError(error), AT + 60_000);
        let case = model.tab_mut(7).case_mut();
        case.attempts.push(Attempt {
            rung: Rung::Reload,
            act: Action::Reload,
            began: AT + 30_000,
            at: AT + 30_000,
            state: State::Failed,
            error: None,
            reason: None,
            undone: None,
        });
        model
    }

    /// The text in English, as a support desk gets it.
    fn english(lines: &[Msg]) -> String {
        let file = include_str!("../../extension/_locales/en/messages.json");
        let messages: serde_json::Value = serde_json::from_str(file).unwrap_or_default();
        let templates = |key: &str| Template::from_json(messages.get(key)?);
        lines.iter().map(|line| line.in_words(&templates)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_support_asks_for_is_in_it() {
        let model = broken();
        insta::assert_snapshot!(english(&ticket(&model, Some(7), &about(), AT + 120_000)));
        assert!(ticket(&model, Some(8), &about(), AT).is_empty());
    }

    proptest! {
        /// Whatever the model contains by mistake, no secret of a known kind is output.
        #[test]
        fn no_secret_comes_out(start in "[ -~äß漢\n]{0,20}", end in "[ -~äß漢\n]{0,20}") {
            let canary = format!("{start}:kanarienvogel {end}");
            let mut model = broken();
            for failure in &mut model.tab_mut(7).case_mut().failures {
                failure.path = Some(format!("/backend-api/me?token={canary}"));
                failure.error = Some(canary.clone());
                failure.ids = Ids { request: Some(canary.clone()), oai: true, ray: Some(canary.clone()) };
            }
            let text = english(&ticket(&model, Some(7), &about(), AT));
            prop_assert!(!text.contains("kanarienvogel"), "{}", text);
        }
    }
}
