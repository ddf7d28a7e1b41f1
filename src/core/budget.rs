//! Limits how many failures of one tab are processed: a page can cause any number, and each wakes the worker and is
//! saved.
//!
//! A token bucket, refilled over time. The content script has its own in front of this one; this one also counts what
//! `webRequest` reports. A failure over the limit is dropped; only the fact that there were more is kept.

use super::{
    Event, Millis, Model,
    event::{PageSignal, TabId},
    model::Budget,
    time::MINUTE,
};

/// Shortest time between two updates of `Tab::flooded`.
const NOTED: Millis = MINUTE;
/// How long the excess is shown after that.
const SHOWN: Millis = 10 * MINUTE;

impl Model {
    /// Whether this event is processed; a failure takes a token from its tab's bucket.
    pub fn takes_token(&mut self, event: &Event, now: Millis) -> bool {
        let Some(id) = failing(event) else { return true };
        let tab = self.tab_mut(id);
        if let Some(rest) = tab.budget.unwrap_or(Budget::full(now)).spend(now) {
            tab.budget = Some(rest);
            return true;
        }
        if tab.flooded.is_none_or(|then| then.abs_diff(now) >= NOTED.unsigned_abs()) {
            tab.flooded = Some(now);
        }
        false
    }

    /// Whether this tab's page caused more failures than are processed, within the last ten minutes.
    pub fn is_flooded(&self, id: TabId, now: Millis) -> bool {
        self.tab(id).and_then(|tab| tab.flooded).is_some_and(|then| then.abs_diff(now) < SHOWN.unsigned_abs())
    }
}

/// The tab of an event that is a failure.
fn failing(event: &Event) -> Option<TabId> {
    let tab = match event {
        Event::Response(one) if one.status.is_none_or(|status| status >= 400) => one.tab,
        Event::NetError(one) => one.tab,
        Event::Redirect(one) => one.tab,
        Event::PageReport(one)
            if matches!(one.saw, PageSignal::Banner { .. } | PageSignal::Timing { .. })
                || one.saw.is_deep_inspection() =>
        {
            one.tab
        }
        _ => return None,
    };
    Some(tab).filter(|tab| *tab >= 0)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::{
        event::NetError,
        model::budget::{EVERY, MOST},
    };

    fn broken(tab: TabId, at: Millis) -> Event {
        Event::NetError(NetError { tab, key: at.to_string(), at, ..NetError::default() })
    }

    #[test]
    fn a_flood_is_followed_so_far_and_changes_nothing_more() {
        let mut model = Model::default();
        let now = 1_800_000_000_000;
        let followed = (0..1_000).filter(|_| model.takes_token(&broken(3, now), now)).count();
        assert_eq!(followed, MOST as usize);
        assert!(model.is_flooded(3, now) && !model.is_flooded(4, now));
        let before = model.clone();
        assert!(!model.takes_token(&broken(3, now), now + EVERY - 1));
        assert_eq!(model, before);
        assert!(model.takes_token(&broken(4, now), now), "another tab has its own");
        assert!(model.takes_token(&Event::Tick, now), "only failures count");
        // The bucket is refilled.
        let later = now + 10 * EVERY;
        assert_eq!((0..100).filter(|_| model.takes_token(&broken(3, later), later)).count(), 10);
        let later = now + 24 * 60 * MINUTE;
        assert_eq!((0..1_000).filter(|_| model.takes_token(&broken(3, later), later)).count(), MOST as usize);
        assert!(!model.is_flooded(3, later + SHOWN));
    }

    #[test]
    fn a_slow_stream_of_failures_is_followed_to_its_end() {
        let mut model = Model::default();
        let followed = (0..5_000).filter(|at| model.takes_token(&broken(3, *at), *at * EVERY)).count();
        assert_eq!(followed, 5_000);
    }

    #[test]
    fn a_clock_that_is_set_back_stops_nothing_for_long() {
        let mut model = Model::default();
        let now = 1_800_000_000_000;
        assert!((0..1_000).any(|_| !model.takes_token(&broken(3, now), now)));
        let past = now - 24 * 60 * MINUTE;
        assert_eq!((0..1_000).filter(|_| model.takes_token(&broken(3, past), past)).count(), MOST as usize);
    }
}
