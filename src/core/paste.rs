//! An error that somebody pasted: the same road as any other failure, in a memory of its own that is gone afterwards.
//!
//! Never keeps the text.

use super::{
    Millis, Model,
    model::Provider,
    observe::pasted,
    update::update,
    view::{VerdictView, popup},
};

/// What Mend says of the text, knowing what the provider's page said last.
pub fn paste(text: &str, provider: Option<&Provider>, now: Millis) -> VerdictView {
    let mut model = Model { provider: provider.cloned(), ..Model::default() };
    update(&mut model, pasted(text, now), now);
    // `pasted` speaks of tab 0.
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
