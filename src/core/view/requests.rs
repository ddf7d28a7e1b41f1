//! The failed requests of a tab, for a page without developer tools.

use super::{evidence, tabs::case_of};
use crate::core::{
    Millis, Model,
    check::CheckContext,
    endpoint::EndpointKind,
    event::TabId,
    model::Case,
    msg::{Arg, Msg, key, msg},
    observe::FailureStub,
    request_ids::Ids,
};

/// The content of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Requests {
    /// The heading: how many there are, or that there are none.
    pub head: Msg,
    /// Why there are none, or what happened to them.
    pub note: Option<Msg>,
    /// The newest ones, the newest first.
    pub shown: Vec<RequestView>,
    /// Number of older ones, by kind.
    pub older: Vec<Msg>,
}

/// One failed request.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestView {
    /// When it happened, relative and exact.
    pub when: Msg,
    /// The kind of request.
    pub what: Msg,
    /// Its path, with ids replaced.
    pub path: Option<String>,
    /// HTTP status, or the name of the error.
    pub outcome: Option<String>,
    /// The decoded facts.
    pub facts: Vec<Msg>,
    /// The request ids, for a support desk.
    pub ids: Ids,
}

/// The failed requests of this tab.
pub fn requests(model: &Model, tab: Option<TabId>, now: Millis) -> Requests {
    let Some(case) = case_of(model, tab).filter(|case| case.count > 0) else {
        let note = if tab.is_none() { "why_no_tab" } else { "requests_none_why" };
        return Requests { head: msg("requests_none"), note: Some(msg(note)), shown: Vec::new(), older: Vec::new() };
    };
    let shown = case.failures.iter().rev().map(|failure| {
        let context = CheckContext { model, tab: tab.and_then(|id| model.tab(id)), case, primary: failure, now };
        RequestView {
            when: msg("requests_when").ago(now, failure.at),
            what: endpoint(failure.endpoint),
            path: failure.path.clone(),
            outcome: outcome(failure.status, failure.error.as_deref()),
            facts: failure.facts.iter().map(|fact| evidence::line(*fact, &context)).collect(),
            ids: failure.ids.clone(),
        }
    });
    Requests {
        head: match case.count {
            1 => msg("requests_one"),
            many => msg("requests_many").number(many.into()),
        },
        note: case.mended.as_ref().map(|mended| msg("requests_mended").ago(now, mended.at)),
        shown: shown.collect(),
        older: older(case),
    }
}

/// The kind of request; "only the page shows it" if not known.
pub(crate) fn endpoint(endpoint: Option<EndpointKind>) -> Msg {
    endpoint.map_or_else(|| msg("endpoint_unseen"), |endpoint| msg(&key("endpoint", endpoint.name())))
}

/// An error comes before the status of the response that it interrupted.
pub(crate) fn outcome(status: Option<u16>, error: Option<&str>) -> Option<String> {
    error.map(str::to_owned).or_else(|| status.map(|status| status.to_string()))
}

/// The older ones by kind, and the number of those without a stub.
fn older(case: &Case) -> Vec<Msg> {
    let mut kinds: Vec<(Option<EndpointKind>, Option<u16>, i64)> = Vec::new();
    for FailureStub(_, endpoint, status, _) in &case.stubs {
        match kinds.iter_mut().find(|(known, same, _)| (*known, *same) == (*endpoint, *status)) {
            Some((.., count)) => *count += 1,
            None => kinds.push((*endpoint, *status, 1)),
        }
    }
    let known = case.failures.len() + case.stubs.len();
    let forgotten = i64::from(case.count) - known as i64;
    let line = |(of, status, count): (Option<EndpointKind>, Option<u16>, i64)| {
        let status = status.map_or_else(|| "–".to_owned(), |status| status.to_string());
        msg("requests_kind").number(count).arg(Arg::Msg(endpoint(of))).text(&status)
    };
    let mut lines: Vec<Msg> = kinds.into_iter().map(line).collect();
    if forgotten > 0 {
        lines.push(msg("requests_forgotten").number(forgotten));
    }
    lines
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::{
        Event,
        event::{NetError, Response},
        update,
    };

    const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation?q=canary";

    fn fails(model: &mut Model, at: Millis) {
        let (key, url) = (at.to_string(), CHAT.to_owned());
        let response = Response { tab: 7, key, at, url, status: Some(500), ..Response::default() };
        update(model, Event::Response(response), at);
    }

    #[test]
    fn the_newest_stands_first_and_the_oldest_are_counted() {
        let mut model = Model::default();
        for at in 0..60 {
            fails(&mut model, at * 20_000);
        }
        let error = NetError {
            tab: 7,
            key: "cut".into(),
            at: 1_300_000,
            url: CHAT.into(),
            error: "net::ERR_CONNECTION_RESET".into(),
            ..NetError::default()
        };
        update(&mut model, Event::NetError(error), 1_300_000);
        let seen = requests(&model, Some(7), 1_300_000);
        assert_eq!(seen.head, msg("requests_many").number(61));
        let outcomes: Vec<_> = seen.shown.iter().filter_map(|one| one.outcome.as_deref()).collect();
        assert_eq!(outcomes, ["net::ERR_CONNECTION_RESET", "500", "500", "500", "500", "500"]);
        let chat = Arg::Msg(msg("endpoint_chat"));
        assert_eq!(
            seen.older,
            [msg("requests_kind").number(48).arg(chat).text("500"), msg("requests_forgotten").number(7)]
        );
        assert!(!format!("{seen:?}").contains("canary"));
    }

    #[test]
    fn nothing_failed() {
        let seen = requests(&Model::default(), Some(7), 0);
        assert_eq!((seen.head, seen.shown.len()), (msg("requests_none"), 0));
        assert_eq!(requests(&Model::default(), None, 0).note, Some(msg("why_no_tab")));
    }
}
