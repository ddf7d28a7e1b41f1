//! What the page shows and what it does by itself, as event scripts: an answer that is taken up again, one that was left or
//! stopped, an error after the last byte, and a page that Mend does not know.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    event::{PageKnown, PageSignal},
    names::{Blame, Cause},
};
use proptest::prelude::*;
use scenario::Scenario;

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const STOP: &str = "https://chatgpt.com/backend-api/stop_conversation";
const HISTORY: &str = "https://chatgpt.com/backend-api/conversations";
const CUT: &str = "net::ERR_INCOMPLETE_CHUNKED_ENCODING";
const RESET: &str = "net::ERR_CONNECTION_RESET";

fn known(generation: &str, missing: &[&str]) -> PageSignal {
    let missing = missing.iter().map(|field| (*field).to_owned()).collect();
    PageSignal::Page(PageKnown { generation: generation.to_owned(), missing })
}

fn verdict(scenario: &Scenario) -> (Blame, Cause) {
    let verdict = scenario.popup().verdict;
    (verdict.blame, verdict.cause)
}

#[test]
fn an_answer_that_is_taken_up_again_raises_nothing() {
    for (error, wait) in [(CUT, 0), (RESET, 0), (CUT, 200)] {
        let mut scenario = Scenario::new();
        scenario
            .hello()
            .answer(MESSAGE, 200)
            .wait(2)
            .broken(MESSAGE, error)
            .saw(PageSignal::Recovering { on: true })
            .wait(wait)
            .tick();
        assert_eq!(verdict(&scenario), (Blame::Unknown, Cause::Unknown), "in progress, and not proved: {error}");
        assert_eq!(scenario.popup().progress.unwrap().key, "progress_recovering");
        scenario.wait(3).saw(PageSignal::Recovering { on: false }).answered();
        assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Working), "{error}");
        assert_eq!(scenario.wait(120).tick().count(), 0, "{error}");
        assert!(scenario.popup().progress.is_none());
    }
}

#[test]
fn one_that_is_given_up_is_the_connection() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, CUT).saw(PageSignal::Recovering { on: true });
    scenario.wait(60).banner("").saw(PageSignal::Recovering { on: false }).status_page(Some(vec![]));
    assert_eq!(verdict(&scenario), (Blame::Network, Cause::Connection));
    assert_eq!(scenario.count(), 1, "one failure, two sources");
}

#[test]
fn one_of_which_no_page_says_a_word_fails_in_the_end() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, CUT);
    assert_eq!(verdict(&scenario), (Blame::Unknown, Cause::Unknown));
    assert_eq!(scenario.popup().verdict.why.key, "why_broken_off");
    scenario.wait(31).tick().status_page(Some(vec![]));
    assert_eq!(verdict(&scenario), (Blame::Network, Cause::Connection));
    assert_eq!(scenario.count(), 1);
}

/// The page's timing calls an answer that was cut a good one: its status was 200.
#[test]
fn one_that_a_page_which_nobody_knows_calls_answered_fails_all_the_same() {
    let mut scenario = Scenario::new();
    scenario.hello().saw(known("", &[])).answer(MESSAGE, 200).wait(2).broken(MESSAGE, CUT).answered();
    scenario.wait(31).tick().status_page(Some(vec![]));
    assert_eq!(verdict(&scenario), (Blame::Network, Cause::Connection));
}

#[test]
fn one_that_broke_off_before_it_began_has_failed() {
    let mut scenario = Scenario::new();
    scenario.hello().broken(MESSAGE, RESET).status_page(Some(vec![]));
    assert_eq!(verdict(&scenario), (Blame::Network, Cause::Connection));
}

#[test]
fn a_stop_is_one_with_a_press_or_a_request_to_stop() {
    for error in ["net::ERR_ABORTED", "net::ERR_FAILED", "NS_BINDING_ABORTED"] {
        let mut scenario = Scenario::new();
        scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, error);
        assert_eq!(verdict(&scenario), (Blame::Unknown, Cause::Unknown), "nobody pressed Stop: {error}");
        assert_eq!(scenario.popup().verdict.why.key, "why_unsettled");
        scenario.answer(STOP, 200);
        assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped), "{error}");

        let mut scenario = Scenario::new();
        scenario.hello().answer(MESSAGE, 200).answer(STOP, 200).broken(MESSAGE, error);
        assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped), "in the other order: {error}");

        let mut scenario = Scenario::new();
        scenario.hello().answer(MESSAGE, 200).stopped().broken(MESSAGE, error);
        assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped), "pressed: {error}");
    }
}

/// A busy browser tells of the new page before it tells how the old one's answer ended.
#[test]
fn an_answer_that_was_left_is_no_failure_though_its_end_is_told_late() {
    let mut scenario = Scenario::new();
    scenario.hello().wait(5).answer(MESSAGE, 200).wait(2).hello().broken(MESSAGE, "NS_BINDING_ABORTED");
    assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped));

    let mut scenario = Scenario::new();
    scenario.hello().broken(MESSAGE, "NS_BINDING_ABORTED");
    assert_eq!(verdict(&scenario), (Blame::Unknown, Cause::Unknown), "no answer of the page before had begun");
}

#[test]
fn whoever_leaves_an_answer_stops_it() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).saw(PageSignal::Left).broken(MESSAGE, "NS_BINDING_ABORTED");
    assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped));
    scenario.wait(1).hello();
    assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped), "on the next page too");

    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, "NS_BINDING_ABORTED").wait(1).hello();
    assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Stopped), "a new page tells that the old one was left");
}

#[test]
fn what_failed_and_nobody_understands_is_no_health_until_something_succeeds() {
    for (url, error) in
        [(MESSAGE, "net::ERR_FAILED"), (HISTORY, "net::ERR_ABORTED"), (MESSAGE, "net::ERR_NETWORK_CHANGED")]
    {
        let mut scenario = Scenario::new();
        scenario.hello().broken(url, error).wait(40).tick();
        assert_eq!(verdict(&scenario), (Blame::Unknown, Cause::Unknown), "{error}");
        assert_eq!(scenario.count(), 0, "{error}");
        scenario.answer(HISTORY, 200);
        assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Working), "{error}");
    }
}

#[test]
fn nothing_seen_is_not_called_working() {
    let mut scenario = Scenario::new();
    assert_eq!(scenario.hello().popup().verdict.title.key, "title_quiet");
    assert_eq!(scenario.answer(MESSAGE, 200).popup().verdict.title.key, "title_working");
}

#[test]
fn an_error_after_the_last_byte_is_told_by_the_page_s_own_timing() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(50);
    scenario.saw(PageSignal::Banner { text: String::new(), ended: true }).status_page(Some(vec![]));
    let verdict = scenario.popup().verdict;
    assert_eq!(verdict.blame, Blame::Them, "{verdict:?}");
    assert!(verdict.confidence <= 0.6, "{}", verdict.confidence);
    assert_eq!(scenario.wait(60).tick().popup().verdict.blame, Blame::Them, "which is no proof that it works again");
}

#[test]
fn a_page_that_nobody_knows_is_never_called_working_and_says_so() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).saw(known("", &[])).wait(1).answered();
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.page.unwrap().key.as_str()), (Blame::Unknown, "page_unknown"));
    assert_eq!(popup.deep_inspection, Some(false), "a closer look is offered");
    scenario.wait(1).answer(MESSAGE, 500).status_page(Some(vec![]));
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.page.unwrap().key.as_str()), (Blame::Them, "page_unknown"));

    let mut scenario = Scenario::new();
    scenario.hello().deep_inspection(true).answer(MESSAGE, 200).saw(known("", &[])).answered();
    assert_eq!(verdict(&scenario), (Blame::Benign, Cause::Working), "the answer itself was read");
}

#[test]
fn what_is_missing_on_a_known_page_is_said_too() {
    let mut scenario = Scenario::new();
    scenario.hello().saw(known("2026-09", &["answer"]));
    assert_eq!(scenario.popup().page.unwrap().key, "page_partial");
    assert!(scenario.saw(known("2026-09", &[])).popup().page.is_none());
}

/// What a page can fail at: every endpoint that somebody waits for.
const URLS: &[&str] = &[
    MESSAGE,
    "https://chatgpt.com/backend-anon/f/conversation",
    "https://chatgpt.com/backend-api/f/conversation/resume",
    "https://chatgpt.com/backend-api/f/steer_turn",
    "https://chatgpt.com/backend-api/sentinel/chat-requirements",
    "https://chatgpt.com/api/auth/session",
    "https://chatgpt.com/backend-api/me",
    "https://chatgpt.com/backend-api/files/process_upload_stream",
    "https://files.oaiusercontent.com/file-1",
    "https://challenges.cloudflare.com/turnstile/v0/api.js",
    HISTORY,
    "https://chatgpt.com/cdn/assets/root.js",
    "https://chatgpt.com/backend-api/something-new",
    "https://chatgpt.com/",
];

const ERRORS: &[&str] = &[
    "net::ERR_FAILED",
    "net::ERR_ABORTED",
    "net::ERR_NETWORK_CHANGED",
    "net::ERR_NETWORK_IO_SUSPENDED",
    "NS_BINDING_ABORTED",
    "NS_ERROR_ABORT",
    "NS_ERROR_FAILURE",
    CUT,
    RESET,
    "net::ERR_SOMETHING_NEW",
    "",
];

fn failing() -> impl Strategy<Value = Vec<(usize, usize, usize, u16)>> {
    proptest::collection::vec((0..4_usize, 0..URLS.len(), 0..ERRORS.len(), 400..600_u16), 1..6)
}

proptest! {
    /// Absence is not health: whatever failed, and however little is known of it, while nothing has succeeded.
    #[test]
    fn a_failing_observation_and_no_success_is_never_benign(seen in failing(), page in 0..3_usize, deep_inspection in any::<bool>()) {
        let mut scenario = Scenario::new();
        scenario.hello().deep_inspection(deep_inspection);
        if page > 0 {
            scenario.saw(known(["", "", "2026-09"][page], &[]));
        }
        for (kind, url, error, status) in seen {
            let (url, error) = (URLS[url], ERRORS[error]);
            match kind {
                0 => scenario.broken(url, error),
                1 => scenario.answer(url, status),
                2 => scenario.saw(PageSignal::Timing { url: url.to_owned(), status, protocol: "h2".to_owned() }),
                _ => scenario.saw(PageSignal::Banner { text: String::new(), ended: status % 2 == 0 }),
            };
            let verdict = scenario.popup().verdict;
            prop_assert!(verdict.blame != Blame::Benign, "{url} {error} {status}: {verdict:?}");
        }
        let verdict = scenario.wait(90).tick().popup().verdict;
        prop_assert!(verdict.blame != Blame::Benign, "later: {verdict:?}");
    }
}

#[test]
fn an_answer_that_broke_off_before_the_page_was_loaded_again_has_failed() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, CUT).hello().status_page(Some(vec![]));
    assert_eq!(verdict(&scenario), (Blame::Network, Cause::Connection));

    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(2).broken(MESSAGE, CUT).saw(PageSignal::Recovering { on: true }).hello();
    assert_eq!(scenario.count(), 0, "the page was taking it up again, and its answer is there now");
}
