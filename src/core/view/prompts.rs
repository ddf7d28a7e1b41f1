//! The saved prompts as the popup shows them: when and where each was written, not its text.

use crate::core::{
    Millis, Model,
    check::CheckContext,
    diagnose,
    event::TabId,
    model::PromptToSend,
    model::Tab,
    msg::{Arg, Msg, msg},
    names::{Blame, Cause},
    permission::Permission,
    retry::safe,
    time::{HOUR, since},
};

/// Number of prompts that are shown; the others are old.
const SHOWN: usize = 3;
/// Length from which a prompt may be too long by itself, in UTF-16 units.
const LONG: u32 = 1_000;
/// How long the outcome of a wait is shown.
const TOLD: Millis = HOUR;

/// A saved prompt without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its id.
    pub id: Millis,
    /// The id of the tab in which it was written.
    pub tab: TabId,
    /// When it was sent or last changed, in milliseconds since the epoch.
    pub at: Millis,
    /// Whether part of its answer had been received.
    pub begun: bool,
    /// The file names of attachments; the files are not kept.
    pub files: Vec<String>,
    /// A number that prompts of equal text share.
    pub same: usize,
    /// Its length, in UTF-16 units, as JavaScript and so ChatGPT's page count.
    pub length: u32,
}

/// One prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptView {
    /// Its id.
    pub id: Millis,
    /// That it is saved, and its time.
    pub heading: Msg,
    /// Further notes.
    pub notes: Vec<Msg>,
    /// The button that schedules or cancels sending.
    pub send: Option<SendView>,
    /// Whether part of an answer is saved too.
    pub begun: bool,
}

/// The button that schedules sending a prompt once the service is back.
#[derive(Clone, Debug, PartialEq)]
pub struct SendView {
    /// Its label.
    pub label: Msg,
    /// Whether it is scheduled: the button then cancels it.
    pub on: bool,
    /// The permissions that must be requested first, within the click.
    pub needs: Vec<Permission>,
}

/// The newest prompts for the popup of this tab, those of the tab first; of equal texts one, that which is to be sent.
pub fn prompts(model: &Model, tab: Option<TabId>, mut kept: Vec<Prompt>, now: Millis) -> Vec<PromptView> {
    let waiting = model.recovery.as_ref().and_then(|wait| wait.send).map(|send| send.prompt);
    let mut shown = Vec::new();
    while let Some(next) = kept.iter().filter(|_| shown.len() < SHOWN).min_by_key(|one| (Some(one.tab) != tab, -one.at))
    {
        let same = next.same;
        let next = kept.iter().find(|one| one.same == same && Some(one.id) == waiting).unwrap_or(next);
        shown.push(view(model, tab, next, now));
        kept.retain(|one| one.same != same);
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
    let cause = cause(model, prompt.tab, now).map(|(cause, _)| cause);
    let of = |blame: Blame| cause.is_some_and(|cause| cause.blame() == blame);
    // Of a short one the length says nothing.
    if own && cause == Some(Cause::TooLong) && prompt.length >= LONG {
        notes.push(msg("prompt_length").number(prompt.length.into()));
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
        // Without its files it would be a different message.
        None if !prompt.files.is_empty() => None,
        None if prompt.begun => {
            notes.push(msg("prompt_begun"));
            None
        }
        None => may_help(model, prompt.tab, now).then(|| SendView {
            label: msg(if of(Blame::Limit) { "prompt_send_limit_do" } else { "prompt_send_do" }),
            on: false,
            needs: [Permission::Notifications].into_iter().filter(|need| !model.held.contains(need)).collect(),
        }),
    };
    PromptView { id: prompt.id, heading, notes, send, begun: prompt.begun }
}

/// Whether sending again can help in this tab, and there is something to wait for.
fn may_help(model: &Model, id: TabId, now: Millis) -> bool {
    let waits = |ends: Option<Millis>| ends.is_some_and(|ends| ends > now);
    cause(model, id, now)
        .is_some_and(|(cause, ends)| safe::mends(cause) && (cause.blame() != Blame::Limit || waits(ends)))
}

/// The cause of this tab's failure, and when it ends, if that is known.
fn cause(model: &Model, id: TabId, now: Millis) -> Option<(Cause, Option<Millis>)> {
    let tab = model.tab(id)?;
    let case = tab.open_case()?;
    let primary = diagnose::primary(case)?;
    let verdict = diagnose::verdict(&CheckContext { model, tab: Some(tab), case, primary, now });
    Some((verdict.cause, primary.ends))
}

/// The outcome of the last wait, while it is recent and nothing has failed since.
pub(super) fn outcome(model: &Model, tab: Option<&Tab>, now: Millis) -> Option<Msg> {
    let ended = model.ended.filter(|ended| since(now, ended.at) < TOLD)?;
    let newest = tab.and_then(|tab| tab.open_case()?.newest());
    let words = msg(ended.outcome.message_key()).ago(now, ended.at);
    Some(words).filter(|_| newest.is_none_or(|newest| newest <= ended.at))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::model::Wait;

    #[test]
    fn equal_texts_are_one_card() {
        let prompt = |id: Millis, tab: TabId, same: usize| Prompt {
            id,
            tab,
            at: id,
            begun: false,
            files: Vec::new(),
            same,
            length: 5,
        };
        let kept = || vec![prompt(1, 7, 0), prompt(2, 7, 0), prompt(3, 7, 2), prompt(4, 8, 0), prompt(5, 8, 4)];
        let ids = |model: &Model| prompts(model, Some(7), kept(), 10).iter().map(|one| one.id).collect::<Vec<_>>();
        let mut model = Model::default();
        assert_eq!(ids(&model), [3, 2, 5]);
        let send = Some(PromptToSend { prompt: 1, begun: false, at: None });
        let (tab, cause, calls) = (Some(7), Cause::Outage, Vec::new());
        model.recovery = Some(Wait { tab, began: 5, cause, ends: None, open: true, calls, tries: 0, next: 20, send });
        assert_eq!(ids(&model), [3, 1, 5], "what waits to be sent is what is shown of it");
    }
}
