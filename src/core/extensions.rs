//! Other extensions that may cause a failure: those that can reach ChatGPT's page or its requests, the likeliest
//! first.
//!
//! Ranks them by permissions, not by name; names only select the warning before one is switched off and the script
//! managers.

use super::{event::Extension, named::named, text::holds};

/// Permissions by which an extension reaches pages or their requests (Chrome, "Permissions" reference), and whether
/// each allows to change them, not only to observe or redirect.
const POWERS: &[(&str, bool)] = &[
    ("debugger", true),
    ("declarativeNetRequest", true),
    ("declarativeNetRequestWithHostAccess", true),
    ("proxy", false),
    ("scripting", true),
    ("webRequest", false),
    ("webRequestBlocking", true),
];
/// Match patterns for all sites (Chrome, "Match patterns").
const EVERYWHERE: &[&str] = &["<all_urls>", "*://*/*", "https://*/*", "http://*/*"];

named! {
    /// A feature that is missing while an extension is off.
    pub enum LostFeature {
        /// A VPN or proxy: the connection takes another route.
        Vpn = "vpn",
        /// A password manager: passwords are not filled in.
        Passwords = "passwords",
        /// A tab suspender: suspended tabs may be lost.
        Tabs = "tabs",
    }
}

/// The extensions that can reach ChatGPT and may be switched, the likeliest first: first the one with a file in an
/// error of the page (its id is `thrower`, or empty), then by permissions.
pub fn candidates(enabled: &[Extension], thrower: &str) -> Vec<Extension> {
    let able = |wanted: u8| {
        let rank = move |one: &Extension| if one.id == thrower { SEEN } else { reach(one) };
        enabled.iter().filter(move |one| !one.pinned && !one.id.is_empty() && rank(one) == wanted)
    };
    (1..=SEEN).rev().flat_map(able).cloned().collect()
}

/// Rank of an extension whose file is in an error of the page; above all ranks of [`reach`].
const SEEN: u8 = 5;

/// How directly it can reach ChatGPT, from 0 (not at all) to 4 (has permission for its hosts).
fn reach(extension: &Extension) -> u8 {
    let able = has_power(extension, false);
    let everywhere = extension.hosts.iter().any(|host| EVERYWHERE.contains(&host.as_str()));
    if extension.hosts.iter().any(|host| holds(host, "chatgpt.com") || holds(host, "openai.com")) {
        4
    } else if everywhere && able {
        3
    } else if everywhere || able {
        2
    } else {
        // A browser may not report where content scripts run, only whether any do.
        u8::from(extension.reads_pages)
    }
}

/// Whether it has one of [`POWERS`]; with `changing`, one that allows changes.
fn has_power(extension: &Extension, changing: bool) -> bool {
    let mut powers = POWERS.iter().filter(|(_, changes)| *changes || !changing);
    powers.any(|(power, _)| extension.permissions.iter().any(|name| name == power))
}

/// User script managers: a script that they run on ChatGPT's page is made for it (hydrotho/ChatGPT_Model_Switcher#40).
const SCRIPTERS: &[&str] = &["Tampermonkey", "Violentmonkey", "Greasemonkey", "ScriptCat"];

/// Whether it is made for this site. One for all sites would break other sites as well.
pub(crate) fn made_for_chatgpt(extension: &Extension) -> bool {
    let here = |host: &String| holds(host, "chatgpt.com") || holds(host, "chat.openai.com");
    (extension.hosts.iter().any(here) || SCRIPTERS.contains(&extension.name.as_str())) && has_power(extension, true)
}

/// The feature that is missing while it is off, judged by name and permissions.
pub fn loss(extension: &Extension) -> Option<LostFeature> {
    let name = extension.name.to_ascii_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| holds(&name, word));
    if extension.permissions.iter().any(|name| name == "proxy") || named(&["vpn", "proxy"]) {
        Some(LostFeature::Vpn)
    } else if named(&["password", "bitwarden", "lastpass", "keepass", "dashlane"]) {
        Some(LostFeature::Passwords)
    } else if named(&["suspend", "discard"]) {
        Some(LostFeature::Tabs)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, hosts: &[&str], permissions: &[&str]) -> Extension {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Extension {
            id: id.into(),
            name: id.into(),
            hosts: texts(hosts),
            permissions: texts(permissions),
            ..Extension::default()
        }
    }

    #[test]
    fn the_nearest_come_first_and_those_that_cannot_touch_it_not_at_all() {
        let all = [
            one("notes", &["https://example.com/*"], &["storage"]),
            one("everywhere", &["<all_urls>"], &[]),
            one("blocker", &["<all_urls>"], &["declarativeNetRequest"]),
            one("sidebar", &["https://chatgpt.com/*"], &[]),
            Extension { pinned: true, ..one("policy", &["<all_urls>"], &["webRequest"]) },
            Extension { reads_pages: true, ..one("content-script", &[], &[]) },
            Extension { id: String::new(), ..one("of a case file", &["<all_urls>"], &[]) },
        ];
        let ids: Vec<String> = candidates(&all, "everywhere").into_iter().map(|one| one.id).collect();
        assert_eq!(ids, ["everywhere", "sidebar", "blocker", "content-script"]);
        assert_eq!(candidates(&all, "").first().map(|one| one.id.as_str()), Some("sidebar"));
    }

    #[test]
    fn what_would_be_missed_is_said_before() {
        assert_eq!(loss(&one("Swift VPN", &[], &[])), Some(LostFeature::Vpn));
        assert_eq!(loss(&one("Any", &[], &["proxy"])), Some(LostFeature::Vpn));
        assert_eq!(loss(&one("Bitwarden", &[], &[])), Some(LostFeature::Passwords));
        assert_eq!(loss(&one("The Great Suspender", &[], &[])), Some(LostFeature::Tabs));
        assert_eq!(loss(&one("Sidebar", &[], &[])), None);
    }
}
