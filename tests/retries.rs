//! The rule of safe retry, over random histories of what happens to a browser: whatever came before, a saved prompt is sent
//! never after the first token, never for a forbidden cause, never before a limit's end, never two at once, and never above
//! the budget. What may be is worked out here anew, from the history alone. `MEND_FULL=1` plays a million of them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;

use fastrand::Rng;
use mend::core::{
    Effect, Event, Millis, Model, Task,
    event::{BootReason, Intent, NetError, PageReport, PageSignal, Response, StatusRead},
    headers::Headers,
    json::{from_value, to_value},
    reason::Reason,
    retry::safe::BUDGET,
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    update,
};

const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;
const TABS: i32 = 2;

/// How a message fails: its status or error, whether a message that failed so may be sent again, and whether it is a limit.
const FAILURES: &[(&str, bool)] = &[
    ("500", true),
    ("502", true),
    ("503", true),
    ("504", true),
    ("net::ERR_NAME_NOT_RESOLVED", true),
    ("net::ERR_CONNECTION_REFUSED", true),
    ("429", true),
    ("401", false),
    ("402", false),
    ("403", false),
    ("404", false),
    ("413", false),
    ("422", false),
    ("431", false),
];

/// What the history says, told without the core.
#[derive(Default)]
struct RecordedVerdict {
    /// Of each tab: the newest failure, and when its limit ends.
    newest: BTreeMap<i32, (&'static str, Option<Millis>)>,
    /// The armed prompt, and whether its answer had begun.
    armed: Option<(Millis, bool)>,
    sent: Vec<(Millis, Millis)>,
    /// A prompt is on its way, from this tab since then, under this id.
    under_way: Option<(i32, Millis, u32)>,
}

struct History {
    model: Model,
    now: Millis,
    facts: u32,
    asked: Vec<(u32, Task)>,
    told: RecordedVerdict,
}

impl History {
    fn happen(&mut self, event: Event) {
        for effect in update(&mut self.model, event, self.now) {
            if let Effect::Do { id, task } = effect {
                if let Task::Send { tab, prompt: kept } = task {
                    self.check(tab, kept, id);
                }
                self.asked.push((id, task));
            }
        }
    }

    /// A prompt is being sent: may it be?
    fn check(&mut self, tab: i32, kept: Millis, id: u32) {
        // The worker died, and asks again for the same: the page does it once.
        if self.asked.iter().any(|(known, _)| *known == id) {
            return;
        }
        let told = &mut self.told;
        let (armed, begun) = told.armed.expect("nobody wants anything sent");
        assert_eq!(armed, kept);
        assert!(!begun, "after the first token");
        assert!(told.under_way.is_none_or(|(_, since, _)| self.now - since >= 10 * MINUTE), "two at once");
        assert!(!told.sent.iter().any(|(known, _)| *known == kept), "twice");
        let within = told.sent.iter().filter(|(_, at)| self.now - at < HOUR).count();
        assert!(within < BUDGET, "above the budget");
        let (failure, ends) = told.newest[&tab];
        let known = FAILURES.iter().find(|(name, _)| *name == failure).unwrap();
        assert!(known.1, "for {failure}");
        assert!(failure != "429" || ends.is_some_and(|ends| ends <= self.now), "before the limit's end: {ends:?}");
        told.sent.push((kept, self.now));
        told.under_way = Some((tab, self.now, id));
    }

    fn fail(&mut self, random: &mut Rng) {
        let (failure, _) = FAILURES[random.usize(..FAILURES.len())];
        self.facts += 1;
        let (tab, key, at) = (random.i32(0..TABS), self.facts.to_string(), self.now);
        let (method, url) = ("POST".to_owned(), "https://chatgpt.com/backend-api/f/conversation".to_owned());
        let wait = (failure == "429" && random.bool()).then(|| random.i64(1..7_200));
        // What follows another failure within seconds is part of it; which of them counts is not this test's business.
        self.told.newest.insert(tab, (failure, wait.map(|wait| at + wait * 1_000)));
        self.told.under_way.take_if(|(from, ..)| *from == tab);
        let Ok(status) = failure.parse() else {
            let error = failure.to_owned();
            return self.happen(Event::NetError(NetError { tab, key, at, method, url, error }));
        };
        let headers = Headers {
            x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            content_type: Some("application/json".into()),
            retry_after: wait.map(|wait| wait.to_string()),
            ..Headers::default()
        };
        self.happen(Event::Response(Response { tab, key, at, method, url, status: Some(status), headers, body: None }));
    }

    fn saw(&mut self, tab: i32, saw: PageSignal) {
        self.facts += 1;
        self.happen(Event::PageReport(PageReport {
            tab,
            private: Some(false),
            key: self.facts.to_string(),
            at: self.now,
            saw,
        }));
    }

    /// Answers the oldest question, well or not.
    fn reply(&mut self, random: &mut Rng) {
        if self.asked.is_empty() {
            return;
        }
        let (id, task) = self.asked.remove(0);
        match task {
            Task::StatusPage => {
                let incidents = (0..random.usize(0..2)).map(|_| incident(self.now)).collect();
                let page = random.bool().then(|| StatusPage { incidents, ..StatusPage::default() });
                self.happen(Event::StatusRead(StatusRead { id, at: self.now, page }));
            }
            Task::TabLastSeen { tab } => {
                let seen = (random.u32(0..8) > 0).then(|| self.now - random.i64(0..30 * HOUR));
                self.happen(Event::TabLastSeen { tab, seen });
                self.happen(Event::Done { id, result: seen.map(drop).ok_or(Reason::new("No tab with id: 7.")) });
            }
            _ => {
                let ok = random.bool();
                // A page that could not send it has not sent it, if it says so in time.
                let pending = self.model.pending.iter().any(|one| one.id == id);
                self.told.under_way.take_if(|(_, _, known)| *known == id && !ok && pending);
                self.happen(Event::Done { id, result: ok.then_some(()).ok_or(Reason::new("No.")) });
            }
        }
    }

    fn step(&mut self, random: &mut Rng) {
        // Most questions are answered soon; the rest late, or never.
        if !self.asked.is_empty() && random.u32(0..4) > 0 {
            self.now += random.i64(100..3_000);
            return self.reply(random);
        }
        // Far enough apart that the newest failure is the one in question.
        self.now += random.i64(11_000..20 * MINUTE);
        match random.u32(0..24) {
            0..=4 => self.fail(random),
            5..=7 => {
                let (tab, begun) = (random.i32(0..TABS), random.u32(0..6) == 0);
                let kept = self.now;
                self.happen(Event::Intent(Intent::Send { tab, prompt: Some(kept), begun }));
                // Where nothing fails, or another one is on its way, nothing is begun.
                if self.model.recovery.as_ref().is_some_and(|watch| watch.began == self.now) {
                    self.told.armed = Some((kept, begun));
                }
            }
            8 => {
                self.told.armed = None;
                self.happen(Event::Intent(Intent::Send { tab: 0, prompt: None, begun: false }));
            }
            9..=12 => self.happen(Event::Tick),
            13..=14 => self.reply(random),
            15..=19 => self.happen(Event::Tick),
            20 => {
                let tab = random.i32(0..TABS);
                self.told.under_way.take_if(|(from, ..)| *from == tab);
                self.saw(tab, PageSignal::Answered);
            }
            21 => {
                let busy = random.bool();
                self.saw(random.i32(0..TABS), PageSignal::Count { answers: 0, busy, noise: false });
            }
            _ => {
                self.model = from_value::<Model>(&to_value(&self.model)).unwrap();
                self.happen(Event::Boot(BootReason::Wake));
            }
        }
    }
}

fn incident(now: Millis) -> Incident {
    Incident {
        name: String::new(),
        status: IncidentStatus::Investigating,
        began: Some(now - HOUR),
        updated: None,
        until: None,
        parts: vec![AffectedComponent {
            part: Component::Conversations,
            name: "Conversations".into(),
            status: ComponentStatus::Partial,
        }],
    }
}

#[test]
fn no_history_breaks_the_rule() {
    let full = std::env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let histories = if full { 1_000_000 } else { 5_000 };
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let sent: u64 = std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads)
            .map(|one| {
                scope
                    .spawn(move || (0..histories).skip(one as usize).step_by(threads as usize).map(played).sum::<u64>())
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    println!("{histories} histories, {sent} prompts sent");
    assert!(sent > histories / 50, "the histories are too dull: {sent} sent");
}

/// One history; says how many prompts were sent in it.
fn played(seed: u64) -> u64 {
    let mut random = Rng::with_seed(seed);
    let mut history = History {
        model: Model { rng: random.u32(1..), ..Model::default() },
        now: 1_800_000_000_000,
        facts: 0,
        asked: Vec::new(),
        told: RecordedVerdict::default(),
    };
    history.happen(Event::Boot(BootReason::FirstRun));
    (0..TABS).for_each(|tab| history.saw(tab, PageSignal::Hello));
    (0..60).for_each(|_| history.step(&mut random));
    history.told.sent.len() as u64
}
