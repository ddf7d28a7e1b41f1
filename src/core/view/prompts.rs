//! The prompts that are kept, as the popup shows them. Knows when each was written and where, never what it says.

use crate::core::{
    Millis, Model,
    check::CheckContext,
    diagnose,
    event::TabId,
    model::PromptToSend,
    model::Tab,
    msg::{Arg, Msg, msg},
    names::Blame,
    permission::Permission,
    retry::safe,
    time::{HOUR, since},
};

/// So many are shown; the rest are old.
const SHOWN: usize = 3;
/// How long the outcome of a wait is shown.
const TOLD: Millis = HOUR;

/// What is known of a saved prompt without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its number.
    pub id: Millis,
    /// The tab that it was written in.
    pub tab: TabId,
    /// When it was sent, or last changed.
    pub at: Millis,
    /// Something of its answer had come.
    pub begun: bool,
    /// The names of attachments, which are not kept.
    pub files: Vec<String>,
}

/// One prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptView {
    /// Its number.
    pub id: Millis,
    /// That it is safe, and from when it is.
    pub heading: Msg,
    /// What else there is to know.
    pub notes: Vec<Msg>,
    /// The button that has it sent, or no longer.
    pub send: Option<SendView>,
    /// Half an answer is kept too.
    pub begun: bool,
}

/// The button that has a prompt sent when it is back.
#[derive(Clone, Debug, PartialEq)]
pub struct SendView {
    /// Its words.
    pub label: Msg,
    /// It will be sent: the button takes that back.
    pub on: bool,
    /// What the browser must be asked for first, within the click.
    pub needs: Vec<Permission>,
}

/// The newest prompts for the popup of this tab, its own first.
pub fn prompts(model: &Model, tab: Option<TabId>, mut kept: Vec<Prompt>, now: Millis) -> Vec<PromptView> {
    let mut shown = Vec::new();
    while let Some(next) = (0..kept.len())
        .filter(|_| shown.len() < SHOWN)
        .min_by_key(|at| kept.get(*at).map(|one| (Some(one.tab) != tab, -one.at)))
    {
        shown.push(view(model, tab, &kept.remove(next), now));
    }
    shown
}

fn view(model: &Model, tab: Option<TabId>, prompt: &Prompt, now: Millis) -> PromptView {
    let own = Some(prompt.tab) == tab;
    let heading = msg(if own { "prompt_own" } else { "prompt_other" }).ago(now, prompt.at);
    let wait = model.recovery.as_ref();
    let waits = wait.and_then(|wait| wait.send).filter(|send| send.prompt == prompt.id);
    let mut notes = Vec::new();
    if !prompt.files.is_empty() {
        notes.push(msg("prompt_files").text(&prompt.files.join(", ")));
    }
    let send = match waits {
        Some(PromptToSend { at: Some(at), .. }) => {
            notes.push(Msg { at: Some(at), ..msg("prompt_sent").arg(Arg::Clock(at)) });
            None
        }
        Some(PromptToSend { at: None, .. }) => {
            let next = wait.map_or(now, |wait| wait.next);
            notes.push(Msg { at: Some(next), ..msg("prompt_waits").arg(Arg::Clock(next)) });
            Some(SendView { label: msg("prompt_unsend_do"), on: true, needs: Vec::new() })
        }
        None if !own => None,
        // Without its files it would be another message.
        None if !prompt.files.is_empty() => None,
        None if prompt.begun => {
            notes.push(msg("prompt_begun"));
            None
        }
        None => may_help(model, prompt.tab, now).then(|| SendView {
            label: msg("prompt_send_do"),
            on: false,
            needs: [Permission::Notifications].into_iter().filter(|need| !model.held.contains(need)).collect(),
        }),
    };
    PromptView { id: prompt.id, heading, notes, send, begun: prompt.begun }
}

/// Whether sending again can help in this tab, and there is something to wait for.
fn may_help(model: &Model, id: TabId, now: Millis) -> bool {
    let Some(tab) = model.tab(id) else { return false };
    let Some((case, primary)) = tab.open_case().and_then(|case| Some((case, diagnose::primary(case)?))) else {
        return false;
    };
    let verdict = diagnose::verdict(&CheckContext { model, tab: Some(tab), case, primary, now });
    safe::mends(verdict.cause) && (verdict.blame != Blame::Limit || primary.ends.is_some())
}

/// How the last wait ended, while that is news and nothing has failed since.
pub(super) fn outcome(model: &Model, tab: Option<&Tab>, now: Millis) -> Option<Msg> {
    let ended = model.ended.filter(|ended| since(now, ended.at) < TOLD)?;
    let newest = tab.and_then(|tab| tab.open_case()?.newest());
    let words = msg(ended.outcome.words()).ago(now, ended.at);
    Some(words).filter(|_| newest.is_none_or(|newest| newest <= ended.at))
}
