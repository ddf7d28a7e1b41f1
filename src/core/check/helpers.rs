//! Other extensions that may change ChatGPT's page. Most are innocent: this is a reason to look, not a verdict.

use super::{Check, Scene};
use crate::core::{endpoint::Role, fact::Fact, suspects::made_for_chatgpt};

pub(super) const CHECK: Check = Check { name: "helpers", check, tells: &[Fact::HelperCanChange] };

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
