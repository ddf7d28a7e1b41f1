//! The popup: verdict, evidence, ladder, for one tab.

use super::{
    ladder::{self, RungView, UndoView},
    rescue,
    tabs::case_of,
    verdict::{self, VerdictView},
};
use crate::core::{
    Millis, Model,
    check::Scene,
    diagnose,
    event::TabId,
    model::{Case, Mended, Tab},
    msg::{Arg, Msg, key, msg},
    names::{Advice, Blame, Cause, Rung, State},
};

/// Everything the popup shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Popup {
    /// The tab it is about.
    pub tab: Option<TabId>,
    /// The verdict.
    pub verdict: VerdictView,
    /// The ladder; empty while nothing is to mend.
    pub rungs: Vec<RungView>,
    /// What is being waited for.
    pub progress: Option<Msg>,
    /// Mend may not see ChatGPT; the page offers to ask for it.
    pub blind: bool,
    /// What became of waiting for its return.
    pub outcome: Option<Msg>,
    /// What Mend changed earlier and can put back, where no rung stands for it.
    pub changes: Vec<UndoView>,
    /// Whether Mend looks closer in this tab; none where there is no reason to offer it.
    pub closer: Option<bool>,
}

/// The popup for this tab. `day` is when the person's day began.
pub fn popup(model: &Model, tab: Option<TabId>, now: Millis, day: Millis) -> Popup {
    let known = tab.and_then(|id| model.tab(id));
    let case = case_of(model, tab);
    let shown = |verdict: VerdictView, rungs: Vec<RungView>| Popup {
        tab,
        verdict,
        progress: ladder::progress(model, now),
        blind: !model.access,
        outcome: rescue::outcome(model, known, now),
        changes: if rungs.is_empty() {
            model.changes.iter().rev().map(|one| ladder::undone(one, model)).collect()
        } else {
            Vec::new()
        },
        rungs,
        closer: known.map(|known| known.closer).filter(|on| *on || known.and_then(Tab::open_case).is_some()),
    };
    if !model.access {
        let advice = Some(Advice::AllowSite);
        return shown(VerdictView { advice, ..plain(Cause::Unknown, "title_blind", msg("why_blind")) }, Vec::new());
    }
    let Some((case, focus)) = case.and_then(|case| Some((case, diagnose::focus(case)?))) else {
        return shown(calm(model, tab, known, day), Vec::new());
    };
    let scene = Scene { model, tab: known, case, focus, now };
    let verdict = diagnose::verdict(&scene);
    let rungs = ladder::rungs(&scene, &verdict);
    let words = match &case.mended {
        Some(mended) => plain(Cause::Working, "title_mended", proof(case, mended)),
        None => verdict::words(&scene, &verdict),
    };
    shown(words, rungs)
}

/// Nothing is wrong.
fn calm(model: &Model, tab: Option<TabId>, known: Option<&Tab>, day: Millis) -> VerdictView {
    if tab.is_none() {
        return plain(Cause::Working, "title_no_tab", msg("why_no_tab"));
    }
    let cause = known.map_or(Cause::Working, |known| known.benign);
    let today = model.recent.iter().filter(|at| **at >= day).count();
    let why = match today {
        0 => msg("failures_none"),
        1 => msg("failures_one"),
        many => msg("failures_many").number(many as i64),
    };
    let answers = known.map_or(0, |known| known.answers);
    let evidence = if answers > 0 { vec![count(answers, "answers_since_load")] } else { Vec::new() };
    let title = if cause == Cause::Stopped { "title_stopped" } else { "title_working" };
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
    }
}
