//! Following the provider's incidents on ChatGPT: until this one ends, or all of them until the person stops it.
//!
//! Reads the status page every five minutes while it follows, never else. Tells when an incident has begun or ended; what
//! cannot be read is neither.

use super::{
    Effect, Millis, Model,
    check::relevant_incident,
    names::Act,
    observe::Role,
    plain::plain,
    time::{MINUTE, since},
};

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follow {
    /// Also the next ones; else it ends with this one.
    pub all: bool,
    /// An incident was open when the page was read last.
    pub open: bool,
}
plain!(Follow by field { all, open });

const EVERY: Millis = 5 * MINUTE;

/// The person starts or stops it.
pub(crate) fn follow(model: &mut Model, act: Act, now: Millis) -> Vec<Effect> {
    if act == Act::Unfollow {
        model.follow = None;
        return Vec::new();
    }
    model.follow = Some(Follow { all: act == Act::FollowAll, open: is_open(model) });
    vec![Effect::Wake { at: now.saturating_add(EVERY) }]
}

/// The alarm rang, or the worker woke: is it time to read?
pub(crate) fn due(model: &mut Model, now: Millis) -> Vec<Effect> {
    if model.follow.is_none() {
        return Vec::new();
    }
    let read = model.provider.as_ref().map_or(Millis::MIN, |provider| provider.at);
    let mut effects = if since(now, read) >= EVERY { model.ask_status(now, false) } else { Vec::new() };
    effects.push(Effect::Wake {
        at: read.max(now.saturating_sub(EVERY)).saturating_add(EVERY).max(now.saturating_add(MINUTE)),
    });
    effects
}

/// The page was read: has an incident begun, or ended?
pub(crate) fn heard(model: &mut Model, now: Millis) -> Vec<Effect> {
    let readable = model.provider.as_ref().is_some_and(|provider| provider.page.is_some());
    let open = is_open(model);
    let Some(follow) = model.follow.as_mut().filter(|_| readable) else { return Vec::new() };
    let (before, all) = (follow.open, follow.all);
    follow.open = open;
    if before && !open && !all {
        model.follow = None;
    }
    let mut effects = Vec::new();
    if before && !open {
        effects.push(Effect::Notify { title: "notify_over", words: "notify_over_words" });
    } else if !before && open {
        effects.push(Effect::Notify { title: "notify_begun", words: "notify_begun_words" });
    }
    if model.follow.is_some() {
        effects.push(Effect::Wake { at: now.saturating_add(EVERY) });
    }
    effects
}

fn is_open(model: &Model) -> bool {
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    page.is_some_and(|page| relevant_incident(page, Some(Role::Chat)).is_some())
}
