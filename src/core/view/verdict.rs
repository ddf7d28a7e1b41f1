//! The verdict as text: title, reason, and evidence.

use super::{evidence, hop, ladder::LinkView};
use crate::core::{
    check::CheckContext,
    codes,
    diagnose::Verdict,
    endpoint::EndpointKind,
    fact::Fact,
    msg::{Msg, key, msg},
    names::{Advice, Blame, Cause, Hop},
    observe::Source,
    observe::needs,
    status::relevant_incident,
    surface::Surface,
};

/// Confidence from which it is "almost certainly".
const CERTAIN: f64 = 0.9;
/// Confidence from which it is "probably".
pub const PROBABLE: f64 = 0.6;

/// Causes with a title of their own, because the side's would be read as something else: a Cloudflare check is no broken
/// connection.
pub const TITLED_CAUSES: &[Cause] = &[
    Cause::EdgeChallenge,
    Cause::AddressBlocked,
    Cause::ModelNotFound,
    Cause::OneAtATime,
    Cause::Clock,
    Cause::CookiesTooLarge,
    Cause::InvalidKey,
    Cause::ClientError,
];
/// Messages that speak of a page or of ChatGPT, and have a second form `<key>_api` for programs.
pub const PAGE_WORDS: &[&str] = &[
    "certain_request",
    "probable_request",
    "guess_request",
    "why_server_error",
    "why_bad_gateway",
    "why_gateway_timeout",
    "why_dns",
    "why_tls",
    "why_edge_challenge",
    "why_too_long",
    "why_not_found",
    "why_invalid",
    "more_request",
];
/// Messages that name OpenAI, and have a second form `<key>_azure`.
pub const OPENAI_WORDS: &[&str] = &["certain_them", "probable_them", "guess_them"];

/// The verdict as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictView {
    /// Whose side the failure is on.
    pub blame: Blame,
    /// What exactly failed.
    pub cause: Cause,
    /// Confidence, from 0 to 1.
    pub confidence: f64,
    /// Advice beyond the ladder's rungs.
    pub advice: Option<Advice>,
    /// The title.
    pub title: Msg,
    /// The reason.
    pub why: Msg,
    /// The hop that is broken, if any.
    pub broken: Option<Hop>,
    /// The evidence, one line each.
    pub evidence: Vec<Msg>,
    /// What would give more evidence.
    pub more: Vec<Msg>,
    /// The entry of the page of codes that explains the failure.
    pub code: Option<LinkView>,
}

/// The text of a verdict.
pub(super) fn words(context: &CheckContext<'_>, verdict: &Verdict) -> VerdictView {
    let sure = verdict.confidence >= PROBABLE && verdict.blame != Blame::Unknown;
    let evidence: Vec<Msg> = verdict.evidence.iter().map(|fact| evidence::line(*fact, context)).collect();
    VerdictView {
        blame: verdict.blame,
        cause: verdict.cause,
        confidence: verdict.confidence,
        advice: advice(context, verdict.cause),
        title: spoken(context, title(verdict, sure)),
        why: spoken(context, why(context, verdict, sure)),
        broken: hop::broken(verdict.cause).filter(|_| sure),
        evidence,
        code: codes::entry(context.primary).map(|name| code(&name)),
        more: if verdict.confidence < CERTAIN { more(context, verdict) } else { Vec::new() },
    }
}

/// The link to an entry of the page of codes.
fn code(name: &str) -> LinkView {
    let status = name.chars().all(|letter| letter.is_ascii_digit());
    let label = if status { msg("code_means").text(name) } else { msg("code_means_error") };
    LinkView { label, url: format!("codes.html#code-{name}") }
}

/// The message in the words of the surface and the provider.
fn spoken(context: &CheckContext<'_>, mut words: Msg) -> Msg {
    let key = words.key.as_str();
    if PAGE_WORDS.contains(&key) && Surface::of(context.primary) != Surface::Web {
        words.key.push_str("_api");
    } else if OPENAI_WORDS.contains(&key) && context.primary.endpoint == Some(EndpointKind::Azure) {
        words.key.push_str("_azure");
    }
    words
}

fn title(verdict: &Verdict, sure: bool) -> Msg {
    let family = match (sure, verdict.confidence >= CERTAIN) {
        (true, true) => "certain",
        (true, false) => "probable",
        _ => return msg("title_unknown"),
    };
    let name = if TITLED_CAUSES.contains(&verdict.cause) { verdict.cause.name() } else { verdict.blame.name() };
    msg(&key(family, name))
}

fn why(context: &CheckContext<'_>, verdict: &Verdict, sure: bool) -> Msg {
    match (sure, verdict.guess) {
        (true, Cause::Outage) => {
            let page = context.model.provider.as_ref().and_then(|provider| provider.page.as_ref());
            let incident = page.and_then(|page| relevant_incident(page, needs(context.primary)));
            match incident.and_then(|incident| incident.began) {
                Some(began) => msg("why_outage_since").ago(context.now, began),
                None if verdict.evidence.contains(&Fact::PartImpaired) => msg("why_impaired"),
                None => msg("why_outage"),
            }
        }
        (true, cause) => msg(&key("why", cause.name())),
        (false, _) if verdict.evidence.contains(&Fact::OnForeign) => msg("why_foreign"),
        (false, Cause::Unknown) => msg("why_unknown"),
        (false, guess) => msg(&key("guess", guess.blame().name())),
    }
}

/// `wait-until` requires a time in the future.
fn advice(context: &CheckContext<'_>, cause: Cause) -> Option<Advice> {
    let waiting = context.primary.ends.is_some_and(|ends| ends > context.now);
    let of_page = Surface::of(context.primary) == Surface::Web;
    cause.advice().filter(|advice| match advice {
        Advice::WaitUntil => waiting,
        Advice::SignIn | Advice::NewChat | Advice::AllowSite => of_page,
        Advice::Shorten | Advice::Billing => true,
    })
}

fn more(context: &CheckContext<'_>, verdict: &Verdict) -> Vec<Msg> {
    let has = |fact: Fact| verdict.evidence.contains(&fact);
    if has(Fact::OnForeign) {
        return Vec::new();
    }
    let mut more = Vec::new();
    match &context.model.provider {
        _ if context.model.reading_status().is_some() => {}
        _ if context.primary.endpoint == Some(EndpointKind::Azure) => {}
        None => more.push(msg("more_status")),
        Some(provider) if provider.page.is_none() => more.push(msg("more_status_unread")),
        Some(_) => {}
    }
    if !context.primary.sources.by(Source::Network) {
        more.push(spoken(context, msg("more_request")));
    }
    if !has(Fact::Repeated) && matches!(verdict.guess.blame(), Blame::Them | Blame::Network | Blame::Unknown) {
        more.push(msg("more_again"));
    }
    more
}
