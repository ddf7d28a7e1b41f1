//! Diagnoses an error text that a person pasted like any other failure, in a temporary model.
//!
//! The text is not kept.

use super::{
    Event, Millis, Model,
    event::PageSignal,
    model::{Case, Provider},
    observe::{Failure, Source, pasted},
    view::{VerdictView, popup},
};

/// The verdict on the text, with the last reading of the provider's page.
pub fn paste(text: &str, provider: Option<&Provider>, now: Millis) -> VerdictView {
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
    failure.sources.mark(who);
    // `pasted` uses tab 0.
    model.tab_mut(0).case = Some(Case { count: 1, failures: vec![failure], ..Case::default() });
    popup(&model, Some(0), now, now).verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::names::Cause;

    #[test]
    fn a_traceback_a_log_line_and_a_banner() {
        let cause = |text: &str| paste(text, None, 1_800_000_000_000).cause;
        assert_eq!(
            cause("openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}"),
            Cause::NoCredit
        );
        assert_eq!(cause("HTTP/2 502\nserver: cloudflare\n\n<center>cloudflare</center>"), Cause::BadGateway);
        assert_eq!(
            cause("Only one message at a time. Please allow any other responses to complete."),
            Cause::OneAtATime
        );
        assert_eq!(cause("it does not work"), Cause::Unknown);
        assert_eq!(cause(""), Cause::Unknown);
    }
}
