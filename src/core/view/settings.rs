//! The settings: what Mend may do and why, and what it keeps.

use crate::core::{
    Model,
    model::{Case, Tab},
    msg::{Msg, msg},
};

/// What a permission lets Mend do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See ChatGPT's pages.
    Site,
    /// Read the provider's status page.
    StatusPage,
    /// Use the browser's API of that name.
    Api,
}

/// One permission of the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// Its name; of hosts, theirs.
    pub name: &'static str,
    /// What it lets Mend do.
    pub right: Right,
    /// Asked for only where it is used.
    pub optional: bool,
    /// The message key of why.
    pub why: &'static str,
}

const fn needed(name: &'static str, right: Right, why: &'static str) -> Grant {
    Grant { name, right, optional: false, why }
}

const fn optional(name: &'static str, why: &'static str) -> Grant {
    Grant { name, right: Right::Api, optional: true, why }
}

/// All of the manifest's, the needed ones first.
pub const PERMISSIONS: &[Grant] = &[
    needed("chatgpt.com, chat.openai.com", Right::Site, "perm_site"),
    needed("status.openai.com", Right::StatusPage, "perm_status"),
    needed("webRequest", Right::Api, "perm_web_request"),
    needed("storage", Right::Api, "perm_storage"),
    needed("alarms", Right::Api, "perm_alarms"),
    optional("cookies", "perm_cookies"),
    optional("browsingData", "perm_browsing_data"),
    optional("management", "perm_management"),
    optional("notifications", "perm_notifications"),
    optional("scripting", "perm_scripting"),
];

/// How a permission stands, and what a button can do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// In words.
    pub words: Msg,
    /// Allow it (true) or give it back, and the button's words; none where there is nothing to do.
    pub button: Option<(bool, Msg)>,
}

/// How this permission stands. A person can take hosts away at any time, though they are needed.
pub fn hold(permission: &Grant, held: bool) -> Hold {
    let (words, button) = match (permission.optional, held) {
        (false, true) => ("perm_needed", None),
        (false, false) => ("perm_taken", Some((true, msg("perm_allow")))),
        (true, true) => ("perm_allowed", Some((false, msg("perm_give_back")))),
        (true, false) => ("perm_not_allowed", Some((true, msg("perm_allow")))),
    };
    Hold { words: msg(words), button }
}

/// One thing in the browser's storage: never what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Under this name.
    pub name: String,
    /// In bytes, about.
    pub size: u32,
}

/// What Mend keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageUse {
    /// Until the browser ends.
    pub session: Msg,
    /// On disk.
    pub disk: Msg,
    /// How many failures.
    pub failures: Msg,
    /// How many copies of cookies.
    pub snapshots: usize,
    /// What could not be read and was set aside: the names, and words where there are any.
    pub unreadable: Option<(Vec<String>, Msg)>,
}

/// What the model and both parts of the storage hold.
pub fn kept(model: &Model, session: &[Stored], disk: &[Stored]) -> StorageUse {
    let cases = || model.tabs.iter().filter_map(|tab: &Tab| tab.case.as_ref()).chain(&model.carried);
    let details: usize = cases().map(|case: &Case| case.failures.len() + case.stubs.len()).sum();
    let unreadable: Vec<String> =
        disk.iter().filter(|one| one.name.starts_with("unreadable-")).map(|one| one.name.clone()).collect();
    let words = msg("unreadable_words").number(unreadable.len() as i64);
    StorageUse {
        session: size(session),
        disk: size(disk),
        failures: msg("storage_failures_count").number(details as i64).number(model.recent.len() as i64),
        snapshots: session.iter().filter(|one| one.name.starts_with("snapshot-")).count(),
        unreadable: (!unreadable.is_empty()).then_some((unreadable, words)),
    }
}

fn size(stored: &[Stored]) -> Msg {
    let bytes: i64 = stored.iter().map(|one| i64::from(one.size)).sum();
    msg("storage_size").number(stored.len() as i64).number(bytes)
}
