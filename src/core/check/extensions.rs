//! Other extensions that may change ChatGPT's page. Most are innocent: this is a reason to look, not a verdict.

use super::{Check, CheckContext};
use crate::core::{endpoint::EndpointKind, extensions::made_for_chatgpt, fact::Fact};

pub(super) const CHECK: Check = Check { name: "extensions", check, tells: &[Fact::ExtensionCanChange] };

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    // What no page asked for, no extension changed.
    let elsewhere = context.primary.role == Some(EndpointKind::Api)
        || context.primary.path.as_deref().is_some_and(|path| path.starts_with("/backend-api/codex"));
    if elsewhere {
        return Vec::new();
    }
    let found = context.model.extensions.iter().flatten().any(made_for_chatgpt);
    if found { vec![Fact::ExtensionCanChange] } else { Vec::new() }
}
