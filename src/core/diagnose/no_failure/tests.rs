use super::*;

const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";

fn response(at: Millis, url: &str, status: u16) -> Event {
    Event::Response(Response { at, url: url.to_owned(), status: Some(status), ..Response::default() })
}

fn broken(at: Millis, error: &str) -> Event {
    Event::NetError(NetError { at, url: CHAT.to_owned(), error: error.to_owned(), ..NetError::default() })
}

fn saw(at: Millis, saw: PageSignal) -> Event {
    Event::Inspected(PageReport { tab: 0, private: None, key: at.to_string(), at, saw })
}

fn no_failure(events: &[Event]) -> NoFailure {
    let mut tally = Tally::default();
    events.iter().for_each(|event| tally.take(event));
    tally.no_failure()
}

#[test]
fn it_works_only_where_it_was_seen_to() {
    assert_eq!(no_failure(&[]), NoFailure::Nothing);
    assert_eq!(no_failure(&[response(1, CHAT, 200)]), NoFailure::Unread);
    assert_eq!(no_failure(&[response(1, CHAT, 200), saw(1, PageSignal::Answered)]), NoFailure::Answered);
    assert_eq!(no_failure(&[response(1, "https://chatgpt.com/backend-api/me", 200)]), NoFailure::Fair);
    assert_eq!(no_failure(&[response(1, "https://example.org/", 200)]), NoFailure::Nothing);
    assert_eq!(no_failure(&[response(1, "https://chatgpt.com/cdn-cgi/trace", 200)]), NoFailure::Nothing);
    assert_eq!(no_failure(&[response(1, CHAT, 302)]), NoFailure::BrokenOff);
}

#[test]
fn what_ended_without_a_reason_is_no_stop() {
    assert_eq!(no_failure(&[broken(9_000, "net::ERR_ABORTED")]), NoFailure::BrokenOff);
    let stop = response(12_000, "https://chatgpt.com/backend-api/stop_conversation", 200);
    assert_eq!(no_failure(&[broken(9_000, "net::ERR_ABORTED"), stop.clone()]), NoFailure::Stopped);
    assert_eq!(no_failure(&[broken(99_000, "net::ERR_ABORTED"), stop]), NoFailure::BrokenOff);
    assert_eq!(no_failure(&[saw(1, PageSignal::Answered), broken(9_000, "net::ERR_FAILED")]), NoFailure::BrokenOff);
    assert_eq!(no_failure(&[broken(9_000, "net::ERR_FAILED"), saw(99_000, PageSignal::Answered)]), NoFailure::Answered);
}

/// The conclusion after all of these events, and whether the case counts as mended.
fn concluded(failed: (&str, Option<u16>), then: &[Event]) -> (Option<NoFailure>, bool) {
    let (url, status) = failed;
    let Endpoint { kind: endpoint, path } = classify(url);
    let failure = Failure { at: 50, endpoint: Some(endpoint), path: Some(path), status, ..Failure::default() };
    let mut model = Model::default();
    model.tab_mut(0).case = Some(Case { count: 1, failures: vec![failure], ..Case::default() });
    let mut tally = Tally::default();
    then.iter().for_each(|event| tally.take(event));
    let no_failure = tally.conclude(&mut model, 0);
    (no_failure, model.tab_mut(0).case.as_ref().is_some_and(|case| case.mended.is_some()))
}

/// A message that was answered.
fn good(at: Millis, url: &str) -> [Event; 2] {
    let Event::Inspected(report) = saw(at, PageSignal::Answered) else { panic!("no page report") };
    let key = format!("{at}:stream");
    let mut answer = response(at, url, 200);
    if let Event::Response(response) = &mut answer {
        response.key = at.to_string();
    }
    [answer, Event::Inspected(PageReport { key, ..report })]
}

#[test]
fn only_a_success_of_its_own_kind_mends_a_failure() {
    let (anon, prepare) =
        ("https://chatgpt.com/backend-anon/f/conversation", "https://chatgpt.com/backend-api/f/conversation/prepare");
    let rows = [
        (CHAT, CHAT, true),
        (prepare, CHAT, true),
        (anon, CHAT, true),
        (CHAT, anon, false),
        ("https://chatgpt.com/api/auth/session", anon, false),
        ("https://files.oaiusercontent.com/file-1", CHAT, false),
        ("https://chatgpt.com/backend-api/files", CHAT, false),
        ("https://chatgpt.com/backend-api/aip/connectors/mcp", CHAT, false),
        ("https://realtime.chatgpt.com/v1/vp", CHAT, false),
        ("https://chatgpt.com/backend-api/conversations", CHAT, false),
    ];
    for (failed, answered, mended) in rows {
        assert_eq!(concluded((failed, None), &good(60, answered)).1, mended, "{failed}, then {answered}");
        assert!(!concluded((failed, None), &good(50, answered)).1, "{answered} began before {failed} failed");
    }
    let models = "https://chatgpt.com/backend-api/models";
    let with = |url: &str| [&good(40, CHAT)[..], &[response(60, url, 200)]].concat();
    assert!(concluded((models, Some(500)), &with(models)).1);
    assert!(!concluded((models, Some(500)), &with("https://chatgpt.com/backend-api/memories")).1);
}

#[test]
fn what_fails_beside_an_answer_is_not_the_message_s_failure() {
    for status in [404, 422, 500, 503] {
        for at in [40, 60] {
            let failed = ("https://chatgpt.com/backend-api/wham/usage", Some(status));
            assert_eq!(concluded(failed, &good(at, CHAT)).0, Some(NoFailure::Partly));
        }
    }
    // A limit explains itself, and has nothing to do with messages.
    assert_eq!(concluded(("https://chatgpt.com/backend-api/conversations", Some(429)), &good(40, CHAT)).0, None);
    assert_eq!(concluded((CHAT, Some(500)), &good(40, CHAT)).0, None);
}

#[test]
fn what_nobody_knows_says_nothing_good() {
    let fine = response(1, "https://chatgpt.com/backend-api/me", 200);
    assert_eq!(no_failure(&[fine.clone(), response(2, "https://example.org/", 500)]), NoFailure::Beside);
    assert_eq!(no_failure(&[fine, response(2, "https://chatgpt.com/ces/v1/t", 500)]), NoFailure::Fair);
    assert_eq!(no_failure(&[response(2, "https://chatgpt.com/ces/v1/t", 500)]), NoFailure::Noise);
}
