//! The core by itself: one event of a story as it happens in a tab, on this machine's processor.

use std::time::Instant;

use mend::core::{
    Effect, Event, Millis, Model, Task,
    event::{BootReason, Intent, NetError, PageReport, PageSignal, Response, StatusRead},
    headers::Headers,
    names::{Action, Rung},
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    update,
    view::popup,
};
use mend_e2e::rounds;

use crate::{report::Figure, stats::Sample};

const TAB: i32 = 7;
const START: Millis = 1_800_000_000_000;
const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const GATE: &str = "https://chatgpt.com/backend-api/sentinel/chat-requirements";

/// Plays the story again and again.
pub fn measure() -> Vec<Figure> {
    let (mut events, mut views) = (Vec::new(), Vec::new());
    for _ in 0..rounds(2_000, 20_000) {
        let mut model = Model::default();
        let mut now = START;
        for (index, event) in story().into_iter().enumerate() {
            now += 900;
            let event = at(event, now, index);
            let begun = Instant::now();
            let effects = update(&mut model, event, now);
            events.push(begun.elapsed().as_secs_f64() * 1e6);
            for effect in effects {
                if let Effect::Do { id, task: Task::StatusPage } = effect {
                    let read = Event::StatusRead(StatusRead { id, at: now, page: Some(page(now)) });
                    let begun = Instant::now();
                    update(&mut model, read, now);
                    events.push(begun.elapsed().as_secs_f64() * 1e6);
                }
            }
            let begun = Instant::now();
            let seen = popup(&model, Some(TAB), now, START);
            views.push(begun.elapsed().as_secs_f64() * 1e6);
            drop(seen);
        }
    }
    let (events, views) = (Sample::of(events), Sample::of(views));
    let told = |sample: &Sample| format!("{:.1} µs (p99 {:.1} µs)", sample.median(), sample.percentile(99));
    vec![
        Figure::new("core, one event", "host", told(&events), "< 10 µs", events.median() < 10.0),
        Figure::note("core, one view of the popup", "host", told(&views)),
    ]
}

/// A page is loaded, answers come, then failures of several kinds, a reload, and answers again.
fn story() -> Vec<Event> {
    let mut story = vec![Event::Boot(BootReason::FirstRun), saw(PageSignal::Hello)];
    for path in ["/api/auth/session", "/backend-api/me", "/backend-api/accounts/check/v4-2023-04-27"] {
        story.push(answer(&format!("https://chatgpt.com{path}"), 200));
    }
    for _ in 0..20 {
        story.extend([answer(GATE, 200), answer(MESSAGE, 200)]);
    }
    for status in [500, 503, 429, 403] {
        let (url, protocol) = (MESSAGE.to_owned(), "h2".to_owned());
        story.extend([answer(GATE, 200), answer(MESSAGE, status)]);
        story.push(saw(PageSignal::Timing { url, status, protocol }));
        story.push(saw(PageSignal::Banner {
            text: "Something went wrong. If this issue persists please contact us.".into(),
            ended: false,
        }));
    }
    for error in ["net::ERR_CONNECTION_RESET", "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_ABORTED"] {
        let (method, url, error) = ("POST".to_owned(), MESSAGE.to_owned(), error.to_owned());
        story.push(Event::NetError(NetError { tab: TAB, method, url, error, ..NetError::default() }));
        story.push(saw(PageSignal::Banner { text: "A network error occurred.".into(), ended: false }));
    }
    story.push(Event::Intent(Intent::Open { tab: Some(TAB), open: vec![TAB] }));
    story.push(Event::Intent(Intent::Run { tab: TAB, rung: Rung::Reload, act: Action::Reload }));
    story.extend([
        saw(PageSignal::Hello),
        answer(GATE, 200),
        answer(MESSAGE, 200),
        saw(PageSignal::Answered),
        Event::Tick,
    ]);
    story
}

fn answer(url: &str, status: u16) -> Event {
    let headers = Headers {
        x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
        cf_ray: Some("a355a9cdf90fec87-MAD".into()),
        date: Some("Fri, 15 Jan 2027 08:00:00 GMT".into()),
        content_type: Some("application/json".into()),
        retry_after: (status == 429).then(|| "10800".into()),
        ..Headers::default()
    };
    let (method, url, status) = ("POST".to_owned(), url.to_owned(), Some(status));
    Event::Response(Response { tab: TAB, method, url, status, headers, ..Response::default() })
}

fn saw(saw: PageSignal) -> Event {
    Event::PageReport(PageReport { tab: TAB, private: Some(false), key: String::new(), at: 0, saw })
}

/// Gives the event its time and its name.
fn at(mut event: Event, now: Millis, index: usize) -> Event {
    let name = format!("3f1c9a52-8b34-4a51-9c2e-3d0a9f1f7b11:{index}");
    match &mut event {
        Event::Response(one) => (one.at, one.key) = (now, name),
        Event::NetError(one) => (one.at, one.key) = (now, name),
        Event::PageReport(one) => (one.at, one.key) = (now, name),
        _ => {}
    }
    event
}

fn page(now: Millis) -> StatusPage {
    let incident = Incident {
        name: "Elevated error rates".into(),
        status: IncidentStatus::Investigating,
        began: Some(now - 900_000),
        until: None,
        updated: Some(now - 60_000),
        parts: vec![AffectedComponent {
            part: Component::Conversations,
            name: "Conversations".into(),
            status: ComponentStatus::Partial,
        }],
    };
    StatusPage { incidents: vec![incident], ..StatusPage::default() }
}
