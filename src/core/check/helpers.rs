//! Other extensions that may change ChatGPT's page. Most are innocent: this is a reason to look, not a verdict.

use super::{Check, Scene};
use crate::core::{decode::holds, event::Extension, fact::Fact, observe::Role};

pub(super) const CHECK: Check = Check { name: "helpers", check, tells: &[Fact::HelperCanChange] };

/// Permissions that let an extension change a page or its requests (Chrome, "Permissions" reference).
const POWERS: &[&str] =
    &["scripting", "debugger", "webRequestBlocking", "declarativeNetRequest", "declarativeNetRequestWithHostAccess"];

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    // What no page asked for, no extension changed.
    let elsewhere = scene.focus.role == Some(Role::Api)
        || scene.focus.path.as_deref().is_some_and(|path| path.starts_with("/backend-api/codex"));
    if elsewhere {
        return Vec::new();
    }
    let found = scene.model.extensions.iter().flatten().any(made_for_chatgpt);
    if found { vec![Fact::HelperCanChange] } else { Vec::new() }
}

/// Managers of user scripts: what they run on ChatGPT's page is made for it (hydrotho/ChatGPT_Model_Switcher#40).
const SCRIPTERS: &[&str] = &["Tampermonkey", "Violentmonkey", "Greasemonkey", "ScriptCat"];

/// Made for this very site: one that may touch every site is as likely anywhere else to be noticed first.
pub(crate) fn made_for_chatgpt(extension: &Extension) -> bool {
    let here = |host: &String| holds(host, "chatgpt.com") || holds(host, "chat.openai.com");
    (extension.hosts.iter().any(here) || SCRIPTERS.contains(&extension.name.as_str()))
        && extension.permissions.iter().any(|permission| POWERS.contains(&permission.as_str()))
}
