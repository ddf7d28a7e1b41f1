//! The ladder as a page shows it.

use crate::core::{
    Millis, Model,
    check::{Scene, relevant_incident},
    diagnose::Verdict,
    fix::{self, Fit, Offer, Situation},
    msg::{Msg, msg},
    names::{Rung, State},
};

/// One rung.
#[derive(Clone, Debug, PartialEq)]
pub struct RungView {
    /// Which.
    pub rung: Rung,
    /// Where it stands.
    pub state: State,
    /// A few words beside its name: tried, skipped and why, …
    pub note: Option<Msg>,
    /// What to do.
    pub words: Vec<Msg>,
    /// Its button.
    pub button: Option<ButtonView>,
    /// A page of the provider's.
    pub link: Option<LinkView>,
    /// Stands open at first.
    pub open: bool,
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct ButtonView {
    /// Its words.
    pub label: Msg,
    /// Nothing to press right now.
    pub busy: bool,
}

/// A link out.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkView {
    /// Its words.
    pub label: Msg,
    /// Where it leads; always one of our own constants.
    pub url: String,
}

pub(super) fn rungs(scene: &Scene<'_>, verdict: &Verdict) -> Vec<RungView> {
    let provider = scene.model.provider.as_ref();
    let page = provider.and_then(|provider| provider.page.as_ref());
    let situation = Situation {
        verdict,
        case: scene.case,
        focus: scene.focus,
        provider,
        incident: page.and_then(|page| relevant_incident(page, scene.focus.role)),
        now: scene.now,
    };
    fix::ladder(&situation).into_iter().map(|(rung, state, offer)| view(scene, rung, state, offer)).collect()
}

fn view(scene: &Scene<'_>, rung: Rung, state: State, offer: Offer) -> RungView {
    let reading = if rung == Rung::Status { scene.model.reading_status() } else { None };
    let state = if reading.is_some() && state != State::Skipped { State::Running } else { state };
    let mut words = match offer.fit {
        // What would not help is not told to anyone; why not, is.
        Fit::Useless(reason) if state == State::Skipped => vec![msg(&format!("{reason}_why"))],
        _ => offer.words,
    };
    if let (State::Running, Some(attempt)) = (state, scene.case.attempt(rung)) {
        words = vec![msg("running_since").ago(scene.now, attempt.at), msg("running_next")];
    }
    // Without a tab there is nothing to act on; a skipped rung must not tempt.
    let acts = scene.tab.is_some() && state != State::Skipped && scene.case.mended.is_none();
    let busy =
        reading.is_some() || (rung == Rung::Reload && scene.tab.is_some_and(|tab| scene.model.reloading(tab.id)));
    RungView {
        rung,
        state,
        note: note(state, offer.fit),
        button: offer.button.filter(|_| acts).map(|key| ButtonView { label: msg(key), busy }),
        link: offer.link.map(|link| LinkView { label: msg(link.key), url: link.url.to_owned() }),
        open: matches!(state, State::Recommended | State::Running | State::Passed) && !words.is_empty(),
        words,
    }
}

fn note(state: State, fit: Fit) -> Option<Msg> {
    match (state, fit) {
        (State::Failed, _) => Some(msg("note_failed")),
        (State::Passed, _) => Some(msg("note_passed")),
        (State::Running, _) => Some(msg("note_running")),
        (State::Skipped, Fit::Useless(reason)) => Some(msg(reason)),
        _ => None,
    }
}

/// How long a reading of the status page has been under way.
pub(super) fn progress(model: &Model, now: Millis) -> Option<Msg> {
    model.reading_status().map(|since| msg("reading_status").ago(now, since))
}
