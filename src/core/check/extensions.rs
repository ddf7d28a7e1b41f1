//! Other extensions that can change ChatGPT's page. Most are not the cause: a reason to test, not a verdict.

use super::{Check, CheckContext};
use crate::core::{endpoint::EndpointKind, extensions::made_for_chatgpt, fact::Fact};

pub(super) const CHECK: Check = Check { name: "extensions", check, tells: &[Fact::ExtensionCanChange] };

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    // An extension does not change requests of other programs.
    let elsewhere = context.primary.endpoint == Some(EndpointKind::Api)
        || context.primary.path.as_deref().is_some_and(|path| path.starts_with("/backend-api/codex"));
    if elsewhere {
        return Vec::new();
    }
    let found = context.model.extensions.iter().flatten().any(made_for_chatgpt);
    if found { vec![Fact::ExtensionCanChange] } else { Vec::new() }
}
