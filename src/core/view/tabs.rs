//! Chooses the tab that a page of Mend shows.

use crate::core::{
    Millis, Model,
    event::TabId,
    model::{Case, Tab},
};

/// An open tab of ChatGPT, as the browser lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTab {
    /// The browser's tab id.
    pub id: TabId,
    /// Whether it is in the popup's window; false if the page is a tab itself.
    pub here: bool,
    /// Whether it is the active tab of its window.
    pub active: bool,
}

/// The active tab of the popup's window, otherwise another one of that window; otherwise, and for a page in its own
/// tab, the one that failed last.
pub fn choose_tab(model: &Model, open: &[OpenTab]) -> Option<TabId> {
    let rank = |tab: &&OpenTab| {
        let failed: Option<Millis> = model.tab(tab.id).and_then(Tab::open_case).and_then(Case::newest);
        (tab.here && tab.active, tab.here, failed, tab.active)
    };
    open.iter().max_by_key(rank).map(|tab| tab.id)
}

/// The tab's case; for an unknown tab the one from before a restart, until a tab takes it over.
pub(crate) fn case_of(model: &Model, tab: Option<TabId>) -> Option<&Case> {
    match tab.and_then(|id| model.tab(id)) {
        Some(known) => known.case.as_ref(),
        None => model.carried.as_ref(),
    }
}
