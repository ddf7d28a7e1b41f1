//! The status page in each of its forms: which part is affected now, which failure that explains, and what it must not touch.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;
mod status_page;

use mend::core::{
    Effect, Task,
    diagnose::{self, Verdict, judge},
    fact::Fact,
    json::{from_value, to_value},
    names::{Action, Blame, Cause, Rung},
    observe::Failure,
    observe::needs,
    status::StatusPage,
    status::{AffectedComponent, CHAT, Component, ComponentStatus},
};
use proptest::prelude::*;
use scenario::Scenario;
use serde_json::{Value, json};
use status_page::*;

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const SESSION: &str = "https://chatgpt.com/api/auth/session";
const CODEX: &str = "https://chatgpt.com/backend-api/codex/responses";
const RESPONSES: &str = "https://api.openai.com/v1/responses";

/// A request failed, and then the page said this; none is a page that could not be read.
fn judged(url: &str, status: u16, page: Option<&Value>) -> Verdict {
    let scenario = failed(url, status, page);
    let tab = &scenario.model.tabs[0];
    let case = tab.case.as_ref().unwrap();
    let primary = diagnose::primary(case).unwrap();
    let context =
        mend::core::check::CheckContext { model: &scenario.model, tab: Some(tab), case, primary, now: scenario.now };
    diagnose::verdict(&context)
}

fn failed(url: &str, status: u16, page: Option<&Value>) -> Scenario {
    let mut scenario = Scenario::new();
    scenario.hello().answer(url, status);
    let page = page.and_then(StatusPage::read);
    let asked = scenario.effects.iter().find_map(|effect| match effect {
        Effect::Do { id, task: Task::StatusPage } => Some(*id),
        _ => None,
    });
    scenario.page_read(asked.expect("a failure asks for the page"), page);
    scenario
}

fn says(url: &str, page: &Value, fact: Fact) -> Verdict {
    let verdict = judged(url, 500, Some(page));
    assert!(verdict.evidence.contains(&fact), "{fact:?} is not told of {url}: {:?}", verdict.evidence);
    verdict
}

/// The made-up recoveries and outages, each with the fact that is right for a failed message.
#[test]
fn each_page_has_its_right_answer_for_a_failed_message() {
    use Fact::{
        IncidentElsewhere, IncidentNear, IncidentOpen, IncidentUntold, PartImpaired, StatusGreen, StatusUnread,
    };
    let full = |id| incident("investigating", &[(id, "full_outage", None)]);
    let rows: Vec<(&str, Value, &[Fact])> = vec![
        ("an outage of conversations", summary(vec![full(CONVERSATIONS)]), &[IncidentOpen]),
        (
            "all parts recovered, by current_status",
            summary(vec![incident(
                "monitoring",
                &[(CONVERSATIONS, "full_outage", Some("operational")), (LOGIN, "partial_outage", Some("operational"))],
            )]),
            &[StatusGreen],
        ),
        (
            "all parts recovered, by status",
            summary(vec![incident("monitoring", &[(CONVERSATIONS, "operational", None)])]),
            &[StatusGreen],
        ),
        (
            "conversations recovered, files not yet",
            summary(vec![incident(
                "monitoring",
                &[(CONVERSATIONS, "full_outage", Some("operational")), (FILES, "partial_outage", None)],
            )]),
            &[StatusGreen, IncidentElsewhere],
        ),
        ("no part named", summary(vec![incident("investigating", &[])]), &[IncidentOpen]),
        ("no part named, resolved", summary(vec![incident("resolved", &[])]), &[StatusGreen]),
        (
            "a fix is in, the part not well yet",
            summary(vec![incident("monitoring", &[(CONVERSATIONS, "partial_outage", Some("degraded_performance"))])]),
            &[IncidentOpen],
        ),
        ("voice alone", summary(vec![full(VOICE)]), &[StatusGreen, IncidentElsewhere]),
        ("signing in alone", summary(vec![full(LOGIN)]), &[StatusGreen, IncidentElsewhere]),
        ("the API alone", summary(vec![full(API)]), &[StatusGreen]),
        ("another product alone", summary(vec![full(SORA)]), &[StatusGreen]),
        ("a part nobody knows, of ChatGPT", summary(vec![full(UNKNOWN)]), &[IncidentNear]),
        ("a new id, the old group and name", summary(vec![full(RENAMED)]), &[IncidentOpen]),
        (
            "one recovered, the next one open",
            summary(vec![
                incident("monitoring", &[(CONVERSATIONS, "full_outage", Some("operational"))]),
                full(CONVERSATIONS),
            ]),
            &[IncidentOpen],
        ),
        ("a summary of another shape", json!({"summary": {"structure": structure()}}), &[StatusUnread]),
        (
            "no page of theirs",
            json!({"components": [{"id": "x", "name": "Git", "status": "operational"}]}),
            &[StatusUnread],
        ),
        ("v2, all well", v2(&[]), &[StatusGreen]),
        ("v2, conversations impaired", v2(&[(CONVERSATIONS, "major_outage")]), &[PartImpaired]),
        ("v2, voice out", v2(&[(VOICE, "major_outage")]), &[StatusGreen, IncidentElsewhere]),
        ("v2, signing in to the API out", v2(&[("01JSM5RTJWHRWDTS6Q604VEW3B", "major_outage")]), &[StatusGreen]),
        (
            "v2, an incident without a part",
            json!({"page": {}, "incidents": [{"name": "Errors", "status": "investigating", "components": [],
                   "created_at": "2027-01-15T07:40:00Z", "incident_updates": []}]}),
            &[IncidentUntold],
        ),
        (
            "v2, the same and over",
            json!({"page": {}, "incidents": [{"name": "Errors", "status": "resolved", "components": []}]}),
            &[StatusGreen],
        ),
        (
            "history, over",
            json!({"incidents": [incident("resolved", &[(CONVERSATIONS, "full_outage", Some("operational"))])]}),
            &[StatusGreen],
        ),
        (
            "history, going on",
            json!({"incidents": [incident("identified", &[(CONVERSATIONS, "full_outage", Some("full_outage"))])]}),
            &[IncidentOpen],
        ),
        (
            "history, the impact has ended",
            json!({"incidents": [{"name": "Errors", "status": "monitoring", "component_impacts": [
                {"component_id": CONVERSATIONS, "status": "full_outage", "start_at": "2027-01-15T07:00:00Z",
                 "end_at": "2027-01-15T07:30:00Z"}]}]}),
            &[StatusGreen],
        ),
    ];
    let told = [
        IncidentOpen,
        Fact::MaintenanceOpen,
        PartImpaired,
        IncidentNear,
        IncidentUntold,
        StatusGreen,
        IncidentElsewhere,
        StatusUnread,
    ];
    let (mut right, of) = (0, rows.len());
    for (name, page, expected) in rows {
        let verdict = judged(MESSAGE, 500, Some(&page));
        let facts: Vec<Fact> = told.into_iter().filter(|fact| verdict.evidence.contains(fact)).collect();
        assert_eq!(facts, expected, "{name}");
        assert_eq!(verdict.blame, Blame::Them, "{name}: a 500 with an id is theirs, whatever the page says");
        let outage = [IncidentOpen, PartImpaired].contains(&expected[0]);
        assert_eq!(verdict.cause == Cause::Outage, outage, "{name}: {verdict:?}");
        right += 1;
    }
    assert!(right == of && of >= 12);
}

#[test]
fn each_part_explains_its_own_failures_only() {
    let on = |id| summary(vec![incident("investigating", &[(id, "full_outage", None)])]);
    let own = [(MESSAGE, CONVERSATIONS), (SESSION, LOGIN), (CODEX, CLI), (RESPONSES, API)];
    let chat_too = [
        "https://chatgpt.com/backend-api/sentinel/chat-requirements",
        "https://chatgpt.com/backend-api/conversations?offset=0",
        "https://chatgpt.com/",
    ];
    for url in chat_too {
        says(url, &on(CONVERSATIONS), Fact::IncidentOpen);
    }
    says("https://auth.openai.com/oauth/token", &on(LOGIN), Fact::IncidentOpen);
    for (url, _) in own {
        for (of, id) in own {
            // An outage of conversations reaches further than any other part's.
            let explains = url == of || (id == CONVERSATIONS && url != RESPONSES);
            let verdict = judged(url, 500, Some(&on(id)));
            assert_eq!(verdict.evidence.contains(&Fact::IncidentOpen), explains, "{id} and {url}");
            assert_eq!(verdict.cause == Cause::Outage, explains, "{id} and {url}");
        }
    }
}

/// Uploads by their path, and by their endpoint wherever they go.
#[test]
fn an_upload_needs_the_part_for_files() {
    let failure = failed(MESSAGE, 500, None).model.tabs[0].case.as_ref().unwrap().failures[0].clone();
    let of = |path: &str| needs(&Failure { endpoint: None, path: Some(path.to_owned()), ..failure.clone() });
    assert_eq!(of("/backend-api/files/process_upload_stream"), [Component::Files]);
    assert_eq!(of("/backend-anon/files"), [Component::Files]);
    assert_eq!(of("/backend-api/wham/usage"), [Component::Codex, Component::Work]);
    assert_eq!(of("/backend-api/conversation/<id>"), CHAT);
}

#[test]
fn the_popup_names_the_part_that_is_affected_elsewhere() {
    let page = summary(vec![
        incident(
            "investigating",
            &[(VOICE, "full_outage", None), (CONVERSATIONS, "partial_outage", Some("operational"))],
        ),
        incident("investigating", &[("01KX45G1SH21AX5DT93D4HMF0P", "full_outage", None)]),
    ]);
    let popup = failed(MESSAGE, 500, Some(&page)).popup();
    let line = popup.verdict.evidence.iter().find(|line| line.key == "fact_incident_elsewhere").unwrap();
    assert_eq!(format!("{:?}", line.args), r#"[Text("Voice mode, ChatGPT Work")]"#);
    let rung = popup.rungs.iter().find(|rung| rung.rung == Rung::Status).unwrap();
    assert!(rung.words.iter().any(|words| words.key == "fact_incident_elsewhere"), "{:?}", rung.words);
}

#[test]
fn not_asked_says_nothing_and_unread_is_a_fact() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    let asked = scenario.popup().verdict;
    assert!(asked.evidence.iter().all(|line| !line.key.contains("status_unread") && !line.key.contains("green")));
    says(MESSAGE, &json!({"summary": {}}), Fact::StatusUnread);
    says(MESSAGE, &json!("<!doctype html>"), Fact::StatusUnread);
    says(MESSAGE, &Value::Null, Fact::StatusUnread);
}

/// An impaired part without an incident counts, but for less; a part that Mend does not know for less still.
#[test]
fn what_the_page_says_is_worth_what_it_says() {
    let alone = |fact: Fact| {
        let verdict = judge(&[Fact::OnChat, fact]);
        (verdict.guess, verdict.confidence)
    };
    let worth = [Fact::IncidentOpen, Fact::PartImpaired, Fact::IncidentNear, Fact::IncidentUntold].map(alone);
    assert!(worth.iter().all(|(guess, _)| *guess == Cause::Outage));
    assert!(worth.windows(2).all(|pair| pair[0].1 > pair[1].1), "{worth:?}");
    assert!(worth[2].1 < 0.6 && worth[3].1 < 0.5, "named, not decisive: {worth:?}");
    assert_eq!(alone(Fact::IncidentElsewhere).1, 0.0);
    assert_eq!(alone(Fact::StatusGreen).1, 0.0, "green is no proof of anything");
}

#[test]
fn a_recovered_part_ends_a_watch_and_what_is_followed() {
    let open = summary(vec![incident("investigating", &[(CONVERSATIONS, "full_outage", None)])]);
    let over = summary(vec![incident("monitoring", &[(CONVERSATIONS, "full_outage", Some("operational"))])]);
    for act in [Action::Follow, Action::FollowAll] {
        let mut scenario = failed(MESSAGE, 503, Some(&open));
        scenario.run(Rung::Status, act);
        let mut told = Vec::new();
        for page in [&open, &over] {
            let before = scenario.status_reads();
            for _ in 0..40 {
                scenario.wait(60).tick();
                if scenario.status_reads() > before {
                    break;
                }
            }
            let id = scenario.effects.iter().rev().find_map(|effect| match effect {
                Effect::Do { id, task: Task::StatusPage } => Some(*id),
                _ => None,
            });
            scenario.page_read(id.unwrap(), StatusPage::read(page));
            told.push(scenario.effects.iter().filter(|effect| matches!(effect, Effect::Notify { .. })).count());
        }
        assert_eq!(told, [0, 1], "{act:?}");
        assert!(scenario.model.recovery.is_none());
    }
}

/// Voice ends or begins: that is an incident on ChatGPT, for whoever follows them all.
#[test]
fn what_is_followed_is_every_part_of_chatgpt() {
    let both = [(VOICE, "full_outage", None), (CONVERSATIONS, "full_outage", None)];
    let mut scenario = failed(MESSAGE, 500, Some(&summary(vec![incident("identified", &both)])));
    scenario.run(Rung::Status, Action::FollowAll);
    let voice = [(VOICE, "full_outage", None), (CONVERSATIONS, "full_outage", Some("operational"))];
    for (parts, notices) in [(&voice[..], 0), (&[(VOICE, "full_outage", Some("operational"))], 1)] {
        scenario.wait(300).tick();
        let page = StatusPage::read(&summary(vec![incident("identified", parts)]));
        let id = scenario.effects.iter().rev().find_map(|effect| match effect {
            Effect::Do { id, task: Task::StatusPage } => Some(*id),
            _ => None,
        });
        scenario.page_read(id.unwrap(), page);
        let told = scenario.effects.iter().filter(|effect| matches!(effect, Effect::Notify { .. })).count();
        assert_eq!(told, notices);
    }
}

/// What matters is kept whatever the page's length: recovered incidents and other parts never push it out.
#[test]
fn what_is_kept_is_small_and_what_counts_comes_first() {
    let recovered = incident("monitoring", &[(CONVERSATIONS, "full_outage", Some("operational"))]);
    let mut many = vec![recovered; 40];
    let mut parts: Vec<(&str, &str, Option<&str>)> = PARTS.iter().map(|(id, ..)| (*id, "full_outage", None)).collect();
    parts.reverse();
    many.push(incident("investigating", &parts));
    let page = StatusPage::read(&summary(many)).unwrap();
    assert!(page.incident(CHAT).is_some());
    assert!(page.incidents.len() <= 12 && page.incidents.iter().all(|one| one.parts.len() <= 8));
    let size = to_value(&page).to_string().len();
    assert!(size < 8_192, "{size}");
    assert_eq!(from_value::<StatusPage>(&to_value(&page)), Some(page));
    // As it was kept before parts were: it explains nothing, and is no reason to forget the rest.
    let old = json!({"incidents": [{"name": "Errors", "stage": "identified", "chatgpt": true, "api": false}],
                     "maintenances": []});
    let old = from_value::<StatusPage>(&old).unwrap();
    assert!(!old.is_open(CHAT) && old.incidents.len() == 1);
}

#[test]
fn an_impaired_part_is_told_with_its_name() {
    let page = StatusPage::read(&v2(&[(CONVERSATIONS, "major_outage")])).unwrap();
    let hit = AffectedComponent {
        part: Component::Conversations,
        name: "Conversations".into(),
        status: ComponentStatus::Full,
    };
    assert_eq!(page.parts, [hit], "a major outage there is a full one here");
    let popup = failed(MESSAGE, 503, Some(&v2(&[(CONVERSATIONS, "degraded_performance")]))).popup();
    assert_eq!(popup.verdict.why.key, "why_impaired");
    let line = popup.verdict.evidence.iter().find(|line| line.key == "fact_part_impaired").unwrap();
    assert_eq!(format!("{:?}", line.args), r#"[Text("Conversations")]"#);
}

fn a_page() -> impl Strategy<Value = Vec<Value>> {
    let word = proptest::sample::select(vec!["operational", "degraded_performance", "full_outage", "odd"]);
    let part = (proptest::sample::select(PARTS.to_vec()), word.clone(), proptest::option::of(word));
    let stage = proptest::sample::select(vec!["investigating", "identified", "monitoring", "resolved"]);
    let one = (stage, proptest::collection::vec(part, 0..4)).prop_map(|(stage, parts)| {
        let parts: Vec<_> = parts.into_iter().map(|((id, ..), status, now)| (id, status, now)).collect();
        incident(stage, &parts)
    });
    proptest::collection::vec(one, 0..4)
}

fn a_failure() -> impl Strategy<Value = (&'static str, u16)> {
    let urls = proptest::sample::select(vec![MESSAGE, SESSION, CODEX, RESPONSES]);
    (urls, proptest::sample::select(vec![401_u16, 403, 404, 429, 500, 502, 503, 504]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A recovered incident more, wherever it stands, never changes a verdict.
    #[test]
    fn a_recovered_incident_changes_nothing(
        page in a_page(),
        (url, status) in a_failure(),
        parts in proptest::sample::subsequence(PARTS.to_vec(), 1..5),
        place in 0..5_usize,
    ) {
        let parts: Vec<_> = parts.iter().map(|(id, ..)| (*id, "full_outage", Some("operational"))).collect();
        let mut more = page.clone();
        more.insert(place.min(page.len()), incident("monitoring", &parts));
        prop_assert_eq!(judged(url, status, Some(&summary(page))), judged(url, status, Some(&summary(more))));
    }

    /// An incident on a part that the failure does not need never makes an outage likelier.
    #[test]
    fn an_unrelated_incident_raises_no_outage(
        page in a_page(),
        (url, status) in a_failure(),
        id in proptest::sample::select(vec![VOICE, FILES, SORA, "01JMXBNJXGKKP51D4DEJ2HZJ8Q", "01JSFK5QX36ZRW0TW0ZV0ZYFXQ"]),
        place in 0..5_usize,
    ) {
        let outage = |verdict: &Verdict| if verdict.guess == Cause::Outage { verdict.confidence } else { 0.0 };
        let mut more = page.clone();
        more.insert(place.min(page.len()), incident("investigating", &[(id, "full_outage", None)]));
        let (before, after) = (judged(url, status, Some(&summary(page))), judged(url, status, Some(&summary(more))));
        prop_assert!(outage(&after) <= outage(&before), "{:?} {:?}", before, after);
    }
}
