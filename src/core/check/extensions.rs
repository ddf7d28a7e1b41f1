//! Other extensions that can change ChatGPT's page. Most are not the cause: a reason to test, not a verdict.

use super::{Check, CheckContext};
use crate::core::{extensions::made_for_chatgpt, fact::Fact, surface::Surface};

pub(super) const CHECK: Check = Check { name: "extensions", check, tells: &[Fact::ExtensionCanChange] };

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    // An extension does not change requests of other programs.
    if Surface::of(context.primary) != Surface::Web {
        return Vec::new();
    }
    let found = context.model.extensions.iter().flatten().any(made_for_chatgpt);
    if found { vec![Fact::ExtensionCanChange] } else { Vec::new() }
}
