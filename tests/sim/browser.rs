//! A life in virtual time: the browser, its alarms, the page, the provider and the edge around one model. Workers are
//! killed and browsers started again as the story wants.

use std::{cmp::Reverse, collections::BinaryHeap};

use mend::core::{
    Effect, Event, Millis, Model, Task,
    event::{BootReason, Intent, NetError, PageReport, PageSignal, Response, StatusRead, TabId},
    json::{Value, from_value, to_value},
    reason::Reason,
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    update,
};

pub const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";
const BORN: Millis = 1_800_000_000_000;
/// A browser's shortest alarm.
const ALARM: Millis = 30_000;
pub const MINUTE: Millis = 60_000;
pub const HOUR: Millis = 60 * MINUTE;

/// What is broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outage {
    /// The provider says so on its page, a while after it began and until a while after it ended.
    Listed,
    /// Nobody says so.
    Unlisted,
    /// The person's own network.
    Network,
    /// A limit, with its end.
    Limit,
}

/// What is still to come.
#[derive(Clone, Debug)]
enum Due {
    Alarm,
    /// A reply to the worker that lives now.
    Reply(Box<Event>),
    /// The page has an answer, good or not.
    Answer(TabId, bool),
}

/// One person's browser.
pub struct SimBrowser {
    pub model: Model,
    pub now: Millis,
    pub tab: TabId,
    pub outage: Outage,
    /// When it is over, and when the provider's page says so.
    pub over: Millis,
    pub said_over: Millis,
    /// When something was asked of the provider or the edge, and when prompts were sent.
    pub calls: Vec<Millis>,
    pub sends: Vec<Millis>,
    /// Every notification's words, and when.
    pub told: Vec<(Millis, &'static str)>,
    queue: BinaryHeap<Reverse<(Millis, u32)>>,
    todo: Vec<Option<Due>>,
    facts: u32,
    /// Prompts that this tab has sent, as its own session storage knows.
    did: Vec<Millis>,
    session: Value,
    disk: Value,
}

impl SimBrowser {
    /// A ChatGPT that has just failed; it is over after so long.
    pub fn failing(outage: Outage, lasts: Millis, rng: u32) -> SimBrowser {
        let mut browser = SimBrowser {
            model: Model { rng, ..Model::default() },
            now: BORN,
            tab: 7,
            outage,
            over: BORN + lasts,
            said_over: BORN + lasts,
            calls: Vec::new(),
            sends: Vec::new(),
            told: Vec::new(),
            queue: BinaryHeap::new(),
            todo: Vec::new(),
            facts: 0,
            did: Vec::new(),
            session: Value::Null,
            disk: Value::Null,
        };
        browser.happen(Event::Boot(BootReason::FirstRun));
        browser.saw(PageSignal::Hello);
        browser.failed();
        browser.pass(5_000);
        browser.calls.clear();
        browser
    }

    pub fn happen(&mut self, event: Event) {
        let effects = update(&mut self.model, event, self.now);
        self.save();
        self.run(effects);
        self.now += 1;
    }

    /// The event is taken in and saved; then the worker dies before it does anything.
    pub fn happen_and_die(&mut self, event: Event) {
        drop(update(&mut self.model, event, self.now));
        self.save();
        self.kill();
    }

    fn save(&mut self) {
        (self.session, self.disk) = (to_value(&self.model), to_value(&self.model.durable()));
    }

    pub fn saw(&mut self, saw: PageSignal) {
        self.facts += 1;
        let report = PageReport { tab: self.tab, private: Some(false), key: self.facts.to_string(), at: self.now, saw };
        self.happen(Event::PageReport(report));
    }

    /// A message fails in the way of this outage.
    pub fn failed(&mut self) {
        self.facts += 1;
        let (tab, key, at) = (self.tab, self.facts.to_string(), self.now);
        let (method, url) = ("POST".to_owned(), CHAT.to_owned());
        if self.outage == Outage::Network {
            let error = "net::ERR_NAME_NOT_RESOLVED".to_owned();
            return self.happen(Event::NetError(NetError { tab, key, at, method, url, error }));
        }
        let limited = self.outage == Outage::Limit;
        let headers = mend::core::headers::Headers {
            x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            content_type: Some("application/json".into()),
            retry_after: limited.then(|| ((self.over - self.now).max(0) / 1_000).to_string()),
            ..Default::default()
        };
        let status = Some(if limited { 429 } else { 500 });
        self.happen(Event::Response(Response { tab, key, at, method, url, status, headers, body: None }));
    }

    pub fn wants(&mut self, intent: Intent) {
        self.happen(Event::Intent(intent));
    }

    pub fn send_when_back(&mut self) {
        self.wants(Intent::Send { tab: self.tab, prompt: Some(1), begun: false });
    }

    /// The worker dies; what was on its way to it is lost, and the next event wakes another.
    pub fn kill(&mut self) {
        self.drop_replies();
        self.model = from_value::<Model>(&self.session).expect("what was saved can be read");
        let effects = update(&mut self.model, Event::Boot(BootReason::Wake), self.now);
        self.save();
        self.run(effects);
    }

    /// The browser ends and starts again; alarms are gone, tabs have other ids, their pages come back a moment later.
    pub fn restart(&mut self) {
        self.queue.clear();
        self.todo.clear();
        self.tab += 1;
        self.model = from_value::<Model>(&self.disk).expect("what was saved can be read");
        let effects = update(&mut self.model, Event::Boot(BootReason::Start), self.now);
        self.save();
        self.run(effects);
        self.pass(2_000);
        self.saw(PageSignal::Hello);
    }

    /// The computer sleeps: nothing happens, and what was on its way is lost.
    pub fn sleep(&mut self, how_long: Millis) {
        self.drop_replies();
        self.now += how_long;
    }

    fn drop_replies(&mut self) {
        for next in self.todo.iter_mut().filter(|next| matches!(next, Some(Due::Reply(_)))) {
            *next = None;
        }
    }

    /// So much time passes.
    pub fn pass(&mut self, how_long: Millis) {
        let end = self.now + how_long;
        while let Some(Reverse((at, index))) = self.queue.peek().copied().filter(|Reverse((at, _))| *at <= end) {
            self.queue.pop();
            self.now = self.now.max(at);
            match self.todo[index as usize].take() {
                Some(Due::Alarm) => self.happen(Event::Tick),
                Some(Due::Reply(event)) => self.happen(*event),
                Some(Due::Answer(tab, good)) if tab == self.tab => {
                    if good {
                        self.saw(PageSignal::Answered)
                    } else {
                        self.failed()
                    }
                }
                Some(Due::Answer(..)) | None => {}
            }
        }
        self.now = self.now.max(end);
    }

    fn later(&mut self, wait: Millis, next: Due) {
        self.queue.push(Reverse((self.now + wait, self.todo.len() as u32)));
        self.todo.push(Some(next));
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Wake { at } => self.later((at - self.now).max(ALARM), Due::Alarm),
                Effect::Notify { words, .. } => self.told.push((self.now, words)),
                Effect::Do { id, task } => self.carry_out(id, task),
                _ => {}
            }
        }
    }

    fn carry_out(&mut self, id: u32, task: Task) {
        let up = self.now >= self.over;
        let done =
            |ok: bool| Due::Reply(Box::new(Event::Done { id, result: ok.then_some(()).ok_or(Reason::new("No.")) }));
        match task {
            Task::StatusPage => {
                self.calls.push(self.now);
                let reached = self.outage != Outage::Network || up;
                let incidents =
                    if self.outage == Outage::Listed && self.now < self.said_over { vec![incident()] } else { vec![] };
                let page = reached.then_some(StatusPage { incidents, ..StatusPage::default() });
                let read = StatusRead { id, at: self.now + 300, page };
                self.later(300, Due::Reply(Box::new(Event::StatusRead(read))));
            }
            Task::Edge => {
                self.calls.push(self.now);
                self.later(300, done(self.outage != Outage::Network || up));
            }
            Task::TabLastSeen { tab } => {
                let seen = Some(self.now).filter(|_| tab == self.tab);
                self.later(10, Due::Reply(Box::new(Event::TabLastSeen { tab, seen })));
                self.later(11, done(true));
            }
            Task::Send { tab, prompt: kept } if tab == self.tab => {
                if !self.did.contains(&kept) {
                    self.did.push(kept);
                    self.sends.push(self.now);
                    self.later(3_000, Due::Answer(tab, up));
                }
                self.later(50, done(true));
            }
            _ => self.later(10, done(false)),
        }
    }
}

fn incident() -> Incident {
    Incident {
        name: "Elevated error rates".into(),
        status: IncidentStatus::Investigating,
        began: Some(BORN - 15 * MINUTE),
        updated: None,
        until: None,
        parts: vec![AffectedComponent {
            part: Component::Conversations,
            name: "Conversations".into(),
            status: ComponentStatus::Partial,
        }],
    }
}
