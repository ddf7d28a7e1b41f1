//! The toolbar badge: a sign and a colour for each blame, and a tooltip.

use crate::core::{Millis, Model, diagnose::diagnosis, event::TabId, model::Tab, msg::key, names::Blame};

/// Blame (for the colour), sign (never colour alone) and the message key of the tooltip.
pub fn badge(model: &Model, id: TabId, now: Millis) -> (Blame, &'static str, String) {
    let quiet = (Blame::Benign, "", "badge_quiet".to_owned());
    let Some(case) = model.tab(id).and_then(|tab: &Tab| tab.case.as_ref()) else { return quiet };
    if case.mended.is_some() {
        return (Blame::Benign, "✓", "badge_mended".to_owned());
    }
    let Some(verdict) = diagnosis(model, model.tab(id), case, now) else { return quiet };
    (verdict.blame, sign(verdict.blame), key("badge", verdict.blame.name()))
}

fn sign(blame: Blame) -> &'static str {
    match blame {
        Blame::Them => "!",
        Blame::Network => "~",
        Blame::Extension => "+",
        Blame::Browser => "#",
        Blame::Session => "@",
        Blame::Account => "$",
        Blame::Limit => "%",
        Blame::Request => "×",
        Blame::Gateway => "=",
        Blame::Unknown => "?",
        Blame::Benign => "",
    }
}
