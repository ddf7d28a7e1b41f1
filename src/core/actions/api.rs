//! The developer API: key, organisation, credit. Our own page calls the API with the person's key.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{
    endpoint::EndpointKind,
    msg::msg,
    names::{Blame, Rung},
};

pub(super) const STEP: Step = Step::new(Rung::Api, offer);

fn offer(situation: &Situation<'_>) -> Offer {
    let of_api = situation.primary.endpoint == Some(EndpointKind::Api);
    let account = situation.verdict.cause.blame() == Blame::Account;
    let fit = match (account, of_api) {
        (true, _) => Fit::Best,
        (false, true) => Fit::Fits,
        // A person who only chats has no API key to check.
        (false, false) => Fit::Useless("skip_not_api"),
    };
    let links = match fit {
        Fit::Useless(_) => Vec::new(),
        _ => vec![Link { key: "key_title", url: "key.html" }],
    };
    Offer { links, ..Offer::words(fit, vec![msg("api_words")]) }
}
