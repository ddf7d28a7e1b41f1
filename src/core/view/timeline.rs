//! One request in the timeline of the developer tools.

use super::{
    requests::{endpoint, outcome},
    verdict,
};
use crate::core::{
    Millis, Model,
    check::CheckContext,
    diagnose,
    endpoint::EndpointKind,
    entry::HarEntry,
    model::{Case, StatusReading},
    msg::{Msg, msg},
    names::Blame,
    observe::Failure,
    request_ids::Ids,
    time::SECOND,
};

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// When it began, in milliseconds since the epoch.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// Its path, with ids replaced.
    pub path: String,
    /// HTTP status, or the name of the error.
    pub outcome: String,
    /// The kind of request.
    pub what: Msg,
    /// Whether it is telemetry, so that its failure means nothing.
    pub noise: bool,
    /// How long it took.
    pub took: Msg,
    /// The same as the length of a bar, in per cent.
    pub bar: u32,
    /// The size of the body.
    pub size: Option<Msg>,
    /// The failure, if it failed.
    pub failure: Option<FailureView>,
}

/// A diagnosis of one failure by itself, without the rest of the tab.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureView {
    /// Whose side it is on.
    pub blame: Blame,
    /// The title.
    pub title: Msg,
    /// The reason.
    pub why: Msg,
    /// The decoded facts, one line each.
    pub facts: Vec<Msg>,
    /// The request ids, for a support desk.
    pub ids: Ids,
}

/// From this duration on, whole seconds are shown.
const LONG: Millis = 10 * SECOND;
/// Length of the longest bar, for about a minute, a long answer. Each doubling is one step, so that 40 ms and 40 s are
/// both visible.
const STEPS: u32 = 16;

/// The row of an entry, with the last reading of the provider's page.
pub fn row(entry: &HarEntry, provider: Option<&StatusReading>, now: Millis) -> RowView {
    RowView {
        at: entry.at,
        method: entry.method.clone(),
        path: entry.place.path.clone(),
        outcome: outcome(entry.status, entry.error.as_deref()).unwrap_or_default(),
        what: endpoint(Some(entry.place.kind)),
        noise: entry.place.kind == EndpointKind::Telemetry,
        took: match entry.took {
            ..LONG => msg("took_ms").number(entry.took),
            _ => msg("took_s").number(entry.took / SECOND),
        },
        bar: entry.took.max(1).ilog2().min(STEPS) * 100 / STEPS,
        size: entry.size.map(|bytes| msg("size_kb").number(bytes.saturating_add(999) / 1_000)),
        failure: entry.failure.as_ref().map(|failure| explained(failure, provider, now)),
    }
}

fn explained(failure: &Failure, provider: Option<&StatusReading>, now: Millis) -> FailureView {
    let model = Model { provider: provider.cloned(), ..Model::default() };
    let case = Case { count: 1, failures: vec![failure.clone()], ..Case::default() };
    let context = CheckContext { model: &model, tab: None, case: &case, primary: failure, now };
    let verdict = diagnose::verdict(&context);
    let words = verdict::words(&context, &verdict);
    FailureView {
        blame: words.blame,
        title: words.title,
        why: words.why,
        facts: words.evidence,
        ids: failure.ids.clone(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    use serde_json::json;

    fn seen(status: u16, time: i64, text: &str) -> RowView {
        let entry = json!({
            "startedDateTime": "2026-07-25T09:22:00Z", "time": time,
            "request": { "method": "POST", "url": "https://chatgpt.com/backend-api/f/conversation?canary" },
            "response": { "status": status, "content": { "size": 1001, "text": text }, "headers": [
                { "name": "cf-ray", "value": "a355a9cdf90fec87-MAD" }
            ] },
        });
        row(&HarEntry::read(&entry).unwrap(), None, 0)
    }

    #[test]
    fn a_failure_says_what_it_means() {
        let row = seen(429, 40, r#"{"detail":"Only one message at a time. canary"}"#);
        assert!(!format!("{row:?}").contains("canary"));
        let failure = row.failure.unwrap();
        assert_eq!((failure.blame, failure.why), (Blame::Limit, msg("why_one_at_a_time")));
        assert_eq!(failure.ids.ray.as_deref(), Some("a355a9cdf90fec87-MAD"));
    }

    #[test]
    fn a_bar_grows_with_each_doubling() {
        let bars = [0, 1, 40, 2_500, 60_000, 86_400_000].map(|time| seen(200, time, "").bar);
        assert_eq!(bars, [0, 0, 31, 68, 93, 100]);
        assert_eq!(seen(200, 9_999, "").took, msg("took_ms").number(9_999));
        assert_eq!(seen(200, 12_700, "").took, msg("took_s").number(12));
        assert_eq!(seen(200, 1, "").size, Some(msg("size_kb").number(2)));
        assert_eq!(seen(200, 1, "").failure, None);
    }
}
