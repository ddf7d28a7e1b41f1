//! The settings: Mend's permissions with their reasons, and what it stores.

use crate::core::{
    Model,
    model::{Case, Tab},
    msg::{Arg, Msg, msg},
};

/// What a permission allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Access to ChatGPT's pages.
    Site,
    /// Access to the provider's status page.
    StatusPage,
    /// Use of the browser API of that name.
    Api,
}

/// One permission of the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// Its name in the manifest; for hosts, their names.
    pub name: &'static str,
    /// What it allows.
    pub right: Right,
    /// Whether it is optional, and asked for only where it is used.
    pub optional: bool,
    /// The message key of the reason.
    pub why: &'static str,
}

const fn needed(name: &'static str, right: Right, why: &'static str) -> Grant {
    Grant { name, right, optional: false, why }
}

const fn optional(name: &'static str, why: &'static str) -> Grant {
    Grant { name, right: Right::Api, optional: true, why }
}

/// All permissions of the manifest, required ones first.
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

/// The state of a permission, and its button.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// The state as text.
    pub words: Msg,
    /// Whether the button grants (true) or revokes it, and its label; none if neither is possible.
    pub button: Option<(bool, Msg)>,
}

/// The state of this permission. A person can revoke required hosts too, at any time.
pub fn hold(permission: &Grant, held: bool) -> Hold {
    let (words, button) = match (permission.optional, held) {
        (false, true) => ("perm_needed", None),
        (false, false) => ("perm_taken", Some((true, msg("perm_allow")))),
        (true, true) => ("perm_allowed", Some((false, msg("perm_give_back")))),
        (true, false) => ("perm_not_allowed", Some((true, msg("perm_allow")))),
    };
    Hold { words: msg(words), button }
}

/// An item in the browser's storage, without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its key.
    pub name: String,
    /// Its approximate size, in bytes.
    pub size: u32,
}

/// What Mend stores.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageUse {
    /// In session storage, until the browser closes.
    pub session: Msg,
    /// On disk.
    pub disk: Msg,
    /// The number of failures.
    pub failures: Msg,
    /// The number of backups of cookies.
    pub snapshots: usize,
    /// The unreadable items that were set aside: their keys, and text if there are any.
    pub unreadable: Option<(Vec<String>, Msg)>,
}

/// A summary of the model and both storage areas.
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
    let kilobytes = (bytes + 999) / 1000;
    let size = match kilobytes {
        ..10_000 => msg("size_kb").number(kilobytes),
        _ => msg("size_mb").number((kilobytes + 500) / 1000),
    };
    msg("storage_size").number(stored.len() as i64).arg(Arg::Msg(size))
}
