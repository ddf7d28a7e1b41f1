//! The road, as event scripts: what happens, in order, and what Mend then says, shows and asks for.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Effect, Task,
    history::History,
    names::{Action, Advice, Blame, Cause, Rung, State},
};
use scenario::{Scenario, TAB, incident};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const SESSION: &str = "https://chatgpt.com/api/auth/session";

#[test]
fn all_is_well_and_nothing_is_asked() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(SESSION, 200).answer(MESSAGE, 200).wait(60).answered();
    assert!(scenario.effects.is_empty(), "no badge, no status page: {:?}", scenario.effects);
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.verdict.cause), (Blame::Benign, Cause::Working));
    assert!(popup.rungs.is_empty());
}

#[test]
fn a_500_is_theirs_and_reload_comes_first() {
    let mut scenario = Scenario::new();
    scenario
        .hello()
        .answer(SESSION, 200)
        .answer(MESSAGE, 500)
        .banner("Something went wrong.")
        .status_page(Some(vec![]));
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.verdict.cause), (Blame::Them, Cause::ServerError));
    assert!(popup.verdict.confidence >= 0.9, "{}", popup.verdict.confidence);
    assert_eq!(scenario.recommended(), Some(Rung::Reload));
    assert_eq!(scenario.state(Rung::CacheCookies), State::Skipped);
    assert_eq!(scenario.badge(), Some((Blame::Them, "!".to_owned())));
    assert_eq!(scenario.count(), 1, "two sources, one failure");
}

#[test]
fn an_incident_makes_it_an_outage_and_no_one_clears_cookies() {
    let mut scenario = Scenario::new();
    let began = scenario.now - 900_000;
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![incident(began)]));
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.verdict.cause), (Blame::Them, Cause::Outage));
    assert_eq!(scenario.forecast(&History::default()).words.unwrap().key, "forecast");
    assert_eq!(scenario.recommended(), Some(Rung::Status));
    for rung in [Rung::Reload, Rung::CacheCookies, Rung::Extensions, Rung::Network] {
        assert_eq!(scenario.state(rung), State::Skipped, "{rung:?}");
        let view = popup.rungs.iter().find(|view| view.rung == rung).unwrap();
        assert!(view.buttons.is_empty() && view.words.iter().all(|words| words.key.starts_with("skip_")), "{view:?}");
    }
}

#[test]
fn a_plan_limit_says_until_when() {
    let mut scenario = Scenario::new();
    scenario
        .hello()
        .answer_with(MESSAGE, 429, |headers| headers.retry_after = Some("10800".into()))
        .status_page(Some(vec![]));
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.verdict.cause), (Blame::Limit, Cause::PlanWindow));
    assert_eq!(popup.verdict.advice, Some(Advice::WaitUntil));
    assert_eq!(scenario.recommended(), Some(Rung::Retry));
    scenario.wait(4 * 3600);
    assert_eq!(scenario.popup().verdict.advice, None, "the wait is over");
}

#[test]
fn an_expired_session_asks_to_sign_in() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(SESSION, 200).answer(MESSAGE, 401).status_page(Some(vec![]));
    let popup = scenario.popup();
    assert_eq!((popup.verdict.blame, popup.verdict.cause), (Blame::Session, Cause::Expired));
    assert_eq!(popup.verdict.advice, Some(Advice::SignIn));
}

#[test]
fn a_cut_stream_is_the_connection_but_not_for_sure() {
    let mut scenario = Scenario::new();
    scenario.hello().broken(MESSAGE, "net::ERR_INCOMPLETE_CHUNKED_ENCODING").banner("").status_page(Some(vec![]));
    let verdict = scenario.popup().verdict;
    assert_eq!((verdict.blame, verdict.cause), (Blame::Network, Cause::Connection));
    assert!(verdict.confidence <= 0.7, "{}", verdict.confidence);
}

#[test]
fn the_same_cut_again_and_again_while_the_rest_answers_is_theirs() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(SESSION, 200);
    for _ in 0..3 {
        scenario.wait(20).answer("https://chatgpt.com/backend-api/sentinel/chat-requirements", 200);
        scenario.broken(MESSAGE, "NS_ERROR_NET_PARTIAL_TRANSFER").banner("");
    }
    assert_eq!(scenario.status_page(Some(vec![])).popup().verdict.blame, Blame::Them);
}

#[test]
fn the_person_s_own_doing_raises_nothing() {
    for error in ["net::ERR_ABORTED", "NS_BINDING_ABORTED", "net::ERR_FAILED", "NS_ERROR_ABORT"] {
        let mut scenario = Scenario::new();
        scenario.hello().broken(MESSAGE, error).broken(SESSION, error).wait(3).stopped();
        assert_eq!(scenario.count(), 0, "{error}");
        assert_eq!(scenario.popup().verdict.blame, Blame::Benign, "{error}");
        assert!(scenario.effects.is_empty(), "{error}: {:?}", scenario.effects);
    }
}

#[test]
fn a_doubtful_error_needs_the_page_s_word() {
    let mut scenario = Scenario::new();
    scenario.hello().broken(MESSAGE, "net::ERR_FAILED").wait(1).banner("A network error occurred.");
    assert_eq!(scenario.count(), 1);
    let mut late = Scenario::new();
    late.hello().broken(MESSAGE, "net::ERR_FAILED").wait(60).banner("A network error occurred.");
    assert_eq!(late.popup().verdict.blame, Blame::Unknown, "the old doubt says nothing about this banner");
}

#[test]
fn noise_is_dropped() {
    let mut scenario = Scenario::new();
    scenario.hello();
    for url in
        ["https://chatgpt.com/ces/v1/t", "https://ab.chatgpt.com/v1/rgstr", "https://browser-intake-datadoghq.com/x"]
    {
        scenario.broken(url, "net::ERR_BLOCKED_BY_CLIENT").answer(url, 500);
    }
    let verdict = scenario.popup().verdict;
    assert_eq!((verdict.blame, verdict.cause), (Blame::Benign, Cause::Noise));
    assert!(scenario.effects.is_empty());
}

#[test]
fn what_nobody_waits_for_is_no_failure() {
    let title = "https://chatgpt.com/backend-api/conversation/gen_title/6710aa21";
    let mut scenario = Scenario::new();
    scenario.hello().answer(title, 200);
    assert_eq!(scenario.popup().verdict.cause, Cause::Working);
    scenario.answer(title, 500).saw(mend::core::event::PageSignal::Timing {
        url: title.into(),
        status: 500,
        protocol: "h2".into(),
    });
    assert_eq!((scenario.count(), scenario.popup().verdict.blame), (0, Blame::Benign));
}

#[test]
fn reload_is_proved_by_the_next_answer() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![])).run(Rung::Reload, Action::Reload);
    assert!(matches!(scenario.effects.last(), Some(Effect::Do { task: Task::Reload { tab: TAB, fresh: false }, .. })));
    assert_eq!(scenario.state(Rung::Reload), State::Running);
    scenario.wait(2).hello().answer(SESSION, 200);
    assert_eq!(scenario.state(Rung::Reload), State::Running, "a page that loads is no answer");
    scenario.wait(5).answer(MESSAGE, 200).wait(1).answered();
    assert_eq!(scenario.state(Rung::Reload), State::Passed);
    let verdict = scenario.popup().verdict;
    assert_eq!((verdict.blame, verdict.title.key.as_str()), (Blame::Benign, "title_mended"));
    assert_eq!(scenario.badge(), Some((Blame::Benign, "✓".to_owned())));
    scenario.wait(700).tick();
    assert_eq!(scenario.badge(), Some((Blame::Benign, String::new())), "the tick goes when it is old news");
}

#[test]
fn a_reload_that_did_not_help_is_not_offered_again() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![])).run(Rung::Reload, Action::Reload);
    scenario.wait(2).hello().wait(4).answer(MESSAGE, 500);
    assert_eq!(scenario.state(Rung::Reload), State::Failed);
    assert_eq!(scenario.recommended(), Some(Rung::Status));
}

#[test]
fn the_network_s_word_alone_proves_it_only_where_no_page_can_tell() {
    let mut scenario = Scenario::new();
    scenario.answer(MESSAGE, 500).wait(5).answer(MESSAGE, 200);
    assert_eq!(scenario.popup().verdict.blame, Blame::Them, "an error can follow a good status");
    assert_eq!(scenario.wait(31).tick().popup().verdict.blame, Blame::Benign);

    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).wait(5).answer(MESSAGE, 200).wait(31).tick();
    assert_eq!(scenario.popup().verdict.blame, Blame::Them, "an answer that is still being thought about is none");
    assert_eq!(scenario.answered().popup().verdict.title.key, "title_mended");
}

#[test]
fn an_error_after_a_good_answer_is_a_failure() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200).wait(1).banner("Error in message stream").status_page(Some(vec![]));
    assert_eq!(scenario.popup().verdict.blame, Blame::Them);
}

#[test]
fn the_status_page_is_read_after_a_failure_and_not_again_for_two_minutes() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![]));
    scenario.wait(20).answer(MESSAGE, 500).wait(20).open();
    assert_eq!(scenario.status_reads(), 1);
    scenario.wait(120).open();
    assert_eq!(scenario.status_reads(), 2);
}

#[test]
fn a_stale_reply_is_dropped_and_a_missing_one_is_given_up() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).reply_to(999, Some(vec![]));
    assert!(scenario.model.provider.is_none());
    scenario.wait(16).tick();
    assert_eq!(scenario.model.provider.as_ref().unwrap().page, None, "unread, not down");
}

#[test]
fn an_answer_does_not_prove_that_the_history_is_back() {
    let history = "https://chatgpt.com/backend-api/conversations";
    let mut scenario = Scenario::new();
    scenario.hello().answer(history, 429).status_page(Some(vec![])).wait(5).answer(MESSAGE, 200).answered();
    assert_eq!(scenario.popup().verdict.cause, Cause::ConversationAccess);
    scenario.wait(60).answer(history, 200).wait(31).tick();
    assert_eq!(scenario.popup().verdict.title.key, "title_mended");
}

#[test]
fn told_twice_counts_once() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    scenario.again().again();
    assert_eq!(scenario.count(), 1);
}

#[test]
fn without_access_mend_says_so_and_offers_to_ask() {
    let mut scenario = Scenario::new();
    scenario.hello().happen(mend::core::Event::Access { granted: false, held: vec![] });
    let popup = scenario.popup();
    assert!(popup.blind && popup.rungs.is_empty());
    assert_eq!((popup.verdict.blame, popup.verdict.advice), (Blame::Unknown, Some(Advice::AllowSite)));
    scenario.happen(mend::core::Event::Access { granted: true, held: vec![] });
    assert_eq!(scenario.popup().verdict.blame, Blame::Benign);
}

#[test]
fn a_private_tab_s_failure_is_explained_like_any_other() {
    let mut scenario = Scenario::new();
    let (saw, at) = (mend::core::event::PageSignal::Hello, scenario.now);
    let hello = mend::core::event::PageReport { tab: TAB, private: Some(true), key: "p".into(), at, saw };
    scenario.happen(mend::core::Event::PageReport(hello)).answer(MESSAGE, 500).status_page(Some(vec![]));
    assert_eq!(scenario.popup().verdict.blame, Blame::Them);
}
