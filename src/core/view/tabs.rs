//! Which tab a page of Mend's shows.

use crate::core::{
    Millis, Model,
    event::TabId,
    model::{Case, Tab},
};

/// An open tab of ChatGPT, as the browser lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTab {
    /// Its id.
    pub id: TabId,
    /// It is in the window that the popup belongs to; false where the page is itself a tab.
    pub here: bool,
    /// It is its window's active tab.
    pub active: bool,
}

/// The active tab of the popup's own window; else one of that window; else, and for a page in a tab of its own, the
/// one that failed last.
pub fn choose_tab(model: &Model, open: &[OpenTab]) -> Option<TabId> {
    let rank = |tab: &&OpenTab| {
        let failed: Option<Millis> = model.tab(tab.id).and_then(Tab::open_case).and_then(Case::newest);
        (tab.here && tab.active, tab.here, failed, tab.active)
    };
    open.iter().max_by_key(rank).map(|tab| tab.id)
}

/// The tab's case; where the tab is not known, the one from before a restart, until a tab takes it over.
pub(crate) fn case_of(model: &Model, tab: Option<TabId>) -> Option<&Case> {
    match tab.and_then(|id| model.tab(id)) {
        Some(known) => known.case.as_ref(),
        None => model.carried.as_ref(),
    }
}
