//! Diagnoses an error text that a person pasted like any other failure, in a temporary model.
//!
//! The text is not kept.

use super::{
    Event, Millis, Model,
    event::PageSignal,
    model::{Case, StatusReading},
    msg::{Msg, msg},
    names::State,
    observe::{Failure, Source, excerpt, pasted},
    text::clip,
    view::{LeadView, LinkView, VerdictView, popup},
};

/// What is said of a pasted error.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The verdict.
    pub verdict: VerdictView,
    /// What to do.
    pub words: Vec<Msg>,
    /// Where to do it.
    pub links: Vec<LinkView>,
}

/// The verdict on the text, with the last reading of the provider's page; none if no error is recognised in it: what is known
/// besides says nothing about the text.
pub fn paste(text: &str, provider: Option<&StatusReading>, now: Millis) -> Option<Pasted> {
    let mut model = Model { provider: provider.cloned(), ..Model::default() };
    let (who, mut failure) = match pasted(text, now) {
        Event::Response(response) => (Source::Network, Failure::answered(&response, None)),
        Event::NetError(error) => (Source::Network, Failure::broken(&error)),
        Event::PageReport(report) => match report.saw {
            PageSignal::Banner { text, .. } => (Source::Page, Failure::shown(now, &text)),
            _ => (Source::Page, Failure::default()),
        },
        _ => (Source::Page, Failure::default()),
    };
    if failure.facts.is_empty() && failure.status.is_none() && failure.error.is_none() {
        return None;
    }
    failure.sources.mark(who);
    // `pasted` uses tab 0.
    model.tab_mut(0).case = Some(Case { count: 1, failures: vec![failure], ..Case::default() });
    let mut popup = popup(&model, Some(0), now, now);
    popup.verdict.evidence.extend(count(text));
    let step = popup.rungs.into_iter().find(|rung| rung.state == State::Recommended);
    let (words, lead, links) = step.map_or_else(Default::default, |step| (step.words, step.lead, step.links));
    let lead = if let Some(LeadView::Link(link)) = lead { Some(link) } else { None };
    let links = lead.into_iter().chain(links).chain(popup.verdict.code.clone()).collect();
    Some(Pasted { verdict: popup.verdict, words, links })
}

/// How a copied request begins: "Copy as cURL" (bash and cmd), "as fetch" and "as PowerShell" of browsers' developer tools.
const REQUESTS: &[&str] =
    &["curl ", "$ curl ", "fetch(", "await fetch(", "invoke-webrequest ", "$session = new-object"];

/// What is said of a text in which no error is recognised.
pub fn nothing(text: &str) -> Msg {
    let begin = clip(text.trim_start(), 64).to_ascii_lowercase();
    msg(match () {
        () if begin.is_empty() => "paste_empty",
        () if REQUESTS.iter().any(|request| begin.starts_with(request)) => "paste_request",
        () => "paste_nothing",
    })
}

/// How many lines of a long text say the same as the one that the verdict is about; none for one.
pub fn count(text: &str) -> Option<Msg> {
    let alike = excerpt(text).alike;
    (alike > 1).then(|| msg("paste_count").number(alike as i64))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::{names::Cause, status::StatusPage};

    #[test]
    fn a_traceback_a_log_line_and_a_banner() {
        let cause = |text: &str| paste(text, None, 1_800_000_000_000).unwrap().verdict.cause;
        assert_eq!(
            cause("openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}"),
            Cause::NoCredit
        );
        assert_eq!(cause("HTTP/2 502\nserver: cloudflare\n\n<center>cloudflare</center>"), Cause::BadGateway);
        assert_eq!(
            cause("Only one message at a time. Please allow any other responses to complete."),
            Cause::OneAtATime
        );
    }

    #[test]
    fn a_copied_request_is_told_as_one_without_its_answer() {
        for text in [
            "curl 'https://chatgpt.com/backend-api/f/conversation' -H 'accept: text/event-stream' --data-raw '{}'",
            "fetch(\"https://api.openai.com/v1/responses\", { \"method\": \"POST\" });",
            "Invoke-WebRequest -UseBasicParsing -Uri \"https://chatgpt.com/backend-api/me\"",
        ] {
            assert_eq!((paste(text, None, 0), nothing(text).key.as_str()), (None, "paste_request"), "{text}");
        }
        assert_eq!(nothing(" \n").key, "paste_empty");
        assert_eq!(nothing("all is well").key, "paste_nothing");
        let run =
            "$ curl -i https://api.openai.com/v1/models\nHTTP/2 401\n\n{\"error\":{\"code\":\"invalid_api_key\"}}";
        assert!(paste(run, None, 0).is_some());
    }

    #[test]
    fn what_to_do_comes_with_the_places_where_to_do_it() {
        let urls = |text: &str| -> Vec<String> {
            let links = paste(text, None, 1_800_000_000_000).unwrap().links;
            links.into_iter().map(|link| link.url).collect()
        };
        let quota = urls("openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}");
        assert!(quota[0].contains("/billing/") && quota.contains(&"key.html".into()), "{quota:?}");
        assert_eq!(quota.last().unwrap(), "codes.html#code-429");
        assert_eq!(urls("net::ERR_NAME_NOT_RESOLVED"), ["connectivity.html", "codes.html#code-net-dns"]);
    }

    #[test]
    fn a_text_without_an_error_has_no_verdict_whatever_else_is_known() {
        let page = serde_json::json!({ "summary": { "ongoing_incidents": [], "affected_components": [] } });
        let provider = StatusReading { at: 1_800_000_000_000, page: StatusPage::read(&page) };
        assert!(provider.page.is_some());
        for text in ["", " ", "hello", "it does not work", "Why is the sky blue?"] {
            assert_eq!(paste(text, Some(&provider), 1_800_000_000_000), None, "{text}");
        }
        // A status that nobody knows is an error all the same.
        assert!(paste("HTTP/1.1 599", Some(&provider), 1_800_000_000_000).is_some());
    }
}
