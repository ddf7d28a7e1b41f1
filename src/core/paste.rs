//! Diagnoses an error text that a person pasted like any other failure, in a temporary model.
//!
//! The text is not kept.

use super::{
    Event, Millis, Model,
    event::PageSignal,
    model::{Case, StatusReading},
    observe::{Failure, Source, pasted},
    view::{VerdictView, popup},
};

/// The verdict on the text, with the last reading of the provider's page; none if no error is recognised in it: what is known
/// besides says nothing about the text.
pub fn paste(text: &str, provider: Option<&StatusReading>, now: Millis) -> Option<VerdictView> {
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
    Some(popup(&model, Some(0), now, now).verdict)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::{names::Cause, status::StatusPage};

    #[test]
    fn a_traceback_a_log_line_and_a_banner() {
        let cause = |text: &str| paste(text, None, 1_800_000_000_000).unwrap().cause;
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
