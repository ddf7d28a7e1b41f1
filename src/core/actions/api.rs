//! The account and the developer API: who can change what is missing. Our own page calls the API with the person's key.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{
    msg::msg,
    names::{Blame, Cause, Rung},
    surface::Surface,
};

pub(super) const STEP: Step = Step::new(Rung::Api, offer);

const KEY: Link = Link { key: "key_title", url: "key.html" };
const BILLING: Link =
    Link { key: "billing_do", url: "https://platform.openai.com/settings/organization/billing/overview" };
const SUPPORT: Link = Link { key: "ticket_write", url: "ticket.html" };

fn offer(situation: &Situation<'_>) -> Offer {
    let of_api = Surface::of(situation.primary) != Surface::Web;
    let cause = situation.verdict.cause;
    let fit = match (cause.blame() == Blame::Account, of_api) {
        (true, _) => Fit::Best,
        (false, true) => Fit::Fits,
        // A person who only chats has no API key to check.
        (false, false) => Fit::Useless("skip_not_api"),
    };
    let (words, links) = match (cause, of_api) {
        _ if matches!(fit, Fit::Useless(_)) => ("api_words", Vec::new()),
        (Cause::NoCredit, true) => ("api_credit", vec![BILLING, KEY]),
        (Cause::NoCredit, false) => ("account_credit", vec![SUPPORT]),
        (Cause::InvalidKey, _) => ("api_key_wrong", vec![KEY]),
        (Cause::SuspiciousActivity, _) => ("account_suspicious", vec![SUPPORT]),
        (Cause::Deactivated, _) => ("account_deactivated", vec![SUPPORT]),
        (Cause::MissingPermission, true) => ("api_permission", vec![KEY]),
        (Cause::MissingPermission, false) => ("account_permission", vec![SUPPORT]),
        (Cause::WrongOrganisation, true) => ("api_organisation", vec![KEY]),
        (Cause::WrongOrganisation, false) => ("account_organisation", vec![SUPPORT]),
        _ => ("api_words", vec![KEY]),
    };
    Offer { links, ..Offer::words(fit, vec![msg(words)]) }
}
