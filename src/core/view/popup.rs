//! The popup for one tab: verdict, evidence, ladder.

use super::{
    ladder::{self, RungView, UndoView},
    prompts,
    tabs::case_of,
    verdict::{self, VerdictView},
};
use crate::core::{
    Millis, Model,
    check::CheckContext,
    diagnose,
    event::TabId,
    model::{Case, Mended, Tab},
    msg::{Arg, Msg, key, msg},
    names::{Advice, Blame, Cause, Rung, State},
};

/// Everything the popup shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Popup {
    /// The id of the tab that it is about.
    pub tab: Option<TabId>,
    /// The verdict.
    pub verdict: VerdictView,
    /// The ladder; empty while there is nothing to mend.
    pub rungs: Vec<RungView>,
    /// What is in progress.
    pub progress: Option<Msg>,
    /// Whether Mend lacks access to ChatGPT's hosts; the popup then offers to ask for it.
    pub blind: bool,
    /// The outcome of the last wait for recovery.
    pub outcome: Option<Msg>,
    /// Earlier changes that can be undone and that no rung shows.
    pub changes: Vec<UndoView>,
    /// Whether deep inspection is on in this tab; none if it is not offered.
    pub deep_inspection: Option<bool>,
    /// What Mend cannot see on this page, if the page is not recognised.
    pub page: Option<Msg>,
}

/// The popup for this tab. `day` is the last midnight, in milliseconds since the epoch.
pub fn popup(model: &Model, tab: Option<TabId>, now: Millis, day: Millis) -> Popup {
    let known = tab.and_then(|id| model.tab(id));
    let case = case_of(model, tab);
    let shown = |verdict: VerdictView, rungs: Vec<RungView>| Popup {
        tab,
        verdict,
        progress: recovering(known).or_else(|| ladder::progress(model, now)),
        blind: !model.access,
        outcome: prompts::outcome(model, known, now),
        changes: if rungs.is_empty() {
            model.changes.iter().rev().filter_map(|one| ladder::undone(one, model)).collect()
        } else {
            Vec::new()
        },
        rungs,
        page: known.and_then(unseen),
        deep_inspection: known.filter(|tab| offers_closer(tab)).map(|tab| tab.deep_inspection),
    };
    if !model.access {
        let advice = Some(Advice::AllowSite);
        return shown(VerdictView { advice, ..plain(Cause::Unknown, "title_blind", msg("why_blind")) }, Vec::new());
    }
    let Some((case, primary)) = case.and_then(|case| Some((case, diagnose::primary(case)?))) else {
        return shown(no_failure(model, tab, known, day), Vec::new());
    };
    let context = CheckContext { model, tab: known, case, primary, now };
    let verdict = diagnose::verdict(&context);
    let rungs = ladder::rungs(&context, &verdict);
    let words = match &case.mended {
        Some(mended) => plain(Cause::Working, "title_mended", proof(case, mended)),
        None => verdict::words(&context, &verdict),
    };
    shown(words, rungs)
}

/// Whether deep inspection is on, or would give more evidence.
fn offers_closer(tab: &Tab) -> bool {
    tab.deep_inspection || tab.open_case().is_some() || tab.unsettled().is_some() || tab.is_unknown_page()
}

/// The page fetches the rest of an answer by itself: in progress, not failed.
fn recovering(tab: Option<&Tab>) -> Option<Msg> {
    tab.and_then(|tab| tab.recovering).map(|_| msg("progress_recovering"))
}

/// The parts of the page that are not recognised.
pub(crate) fn unseen(tab: &Tab) -> Option<Msg> {
    let page = tab.page.as_ref()?;
    match (page.generation.is_empty(), page.missing.is_empty()) {
        (true, _) => Some(msg("page_unknown")),
        (false, false) => Some(msg("page_partial")),
        (false, true) => None,
    }
}

/// The verdict without an open case. "Works" requires an observed success, no failure that is not understood, and a
/// page on which errors are recognised.
fn no_failure(model: &Model, tab: Option<TabId>, known: Option<&Tab>, day: Millis) -> VerdictView {
    if tab.is_none() {
        return plain(Cause::Working, "title_no_tab", msg("why_no_tab"));
    }
    let cause = known.map_or(Cause::Working, |known| known.benign);
    if cause != Cause::Stopped {
        if let Some(tab) = known.filter(|tab| tab.unsettled().is_some()) {
            let why = match &tab.doubt {
                _ if tab.recovering.is_some() => "why_recovering",
                Some(doubt) if doubt.is_cut() => "why_broken_off",
                _ => "why_unsettled",
            };
            let more = vec![msg("more_again"), msg("more_deep_inspection")];
            return VerdictView { more, ..plain(Cause::Unknown, "title_unknown", msg(why)) };
        }
        // Deep inspection reads the response itself, and reports an error in it.
        if known.is_some_and(|tab| tab.is_unknown_page() && !tab.deep_inspection) {
            let more = vec![msg("more_deep_inspection")];
            return VerdictView { more, ..plain(Cause::Unknown, "title_unknown_page", msg("why_unknown_page")) };
        }
    }
    let today = model.recent.iter().filter(|at| **at >= day).count();
    let why = match today {
        0 => msg("failures_none"),
        1 => msg("failures_one"),
        many => msg("failures_many").number(many as i64),
    };
    let answers = known.map_or(0, |known| known.answers);
    let evidence = if answers > 0 { vec![count(answers, "answers_since_load")] } else { Vec::new() };
    let title = match cause {
        Cause::Stopped => "title_stopped",
        _ if known.is_some_and(Tab::works) => "title_working",
        _ => "title_quiet",
    };
    VerdictView { evidence, ..plain(cause, title, why) }
}

/// "Worked: two answers came since the reload."
fn proof(case: &Case, mended: &Mended) -> Msg {
    let helped = case.attempts.iter().rev().find(|attempt| attempt.state == State::Passed);
    match helped.map(|attempt| attempt.rung) {
        Some(Rung::Reload) => count(mended.answers, "mended_reload"),
        Some(rung) => count(mended.answers, "mended_step").arg(Arg::Msg(msg(&key("rung", rung.name())))),
        None => count(mended.answers, "mended_alone"),
    }
}

fn count(answers: u32, family: &str) -> Msg {
    match answers {
        1 => msg(&format!("{family}_one")),
        many => msg(&format!("{family}_many")).number(many.into()),
    }
}

fn plain(cause: Cause, title: &str, why: Msg) -> VerdictView {
    VerdictView {
        blame: cause.blame(),
        cause,
        confidence: if cause.blame() == Blame::Benign { 1.0 } else { 0.0 },
        advice: None,
        title: msg(title),
        why,
        broken: None,
        evidence: Vec::new(),
        more: Vec::new(),
        code: None,
    }
}
