//! A short language for event scripts: each method is one thing that happens, a moment after the last.

use mend::core::{
    Effect, Event, Millis, Model, Task,
    event::{BootReason, Intent, NetError, PageReport, PageSignal, Redirect, Response, StatusRead},
    headers::Headers,
    history::History,
    names::{Action, Blame, Rung, State},
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    update,
    view::{Forecast, Popup, forecast, popup},
};

/// The only tab of most scripts.
pub const TAB: i32 = 7;

/// A model, a clock, and every effect so far.
pub struct Scenario {
    pub model: Model,
    pub now: Millis,
    pub effects: Vec<Effect>,
    badge: Option<(Blame, String)>,
    facts: u32,
    last: Option<Event>,
}

impl Scenario {
    /// A first run.
    pub fn new() -> Scenario {
        let mut scenario = Scenario {
            model: Model::default(),
            now: 1_800_000_000_000,
            effects: Vec::new(),
            badge: None,
            facts: 0,
            last: None,
        };
        scenario.boot(BootReason::FirstRun);
        scenario
    }

    pub fn happen(&mut self, event: Event) -> &mut Scenario {
        self.last = Some(event.clone());
        for effect in update(&mut self.model, event, self.now) {
            match effect {
                Effect::Badge { blame, sign, .. } => self.badge = Some((blame, sign)),
                other => self.effects.push(other),
            }
        }
        self.now += 10;
        self
    }

    pub fn again(&mut self) -> &mut Scenario {
        let last = self.last.clone().unwrap();
        self.happen(last)
    }

    pub fn wait(&mut self, seconds: Millis) -> &mut Scenario {
        self.now += seconds * 1_000;
        self
    }

    pub fn boot(&mut self, reason: BootReason) -> &mut Scenario {
        self.happen(Event::Boot(reason))
    }

    fn key(&mut self) -> String {
        self.facts += 1;
        self.facts.to_string()
    }

    pub fn answer(&mut self, url: &str, status: u16) -> &mut Scenario {
        self.answer_with(url, status, |_| {})
    }

    pub fn answer_with(&mut self, url: &str, status: u16, more: impl Fn(&mut Headers)) -> &mut Scenario {
        let mut headers = Headers {
            x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            content_type: Some("application/json".into()),
            ..Headers::default()
        };
        more(&mut headers);
        let (key, url, method) = (self.key(), url.to_owned(), "POST".to_owned());
        let status = Some(status);
        self.happen(Event::Response(Response { tab: TAB, key, at: self.now, method, url, status, headers, body: None }))
    }

    pub fn broken(&mut self, url: &str, error: &str) -> &mut Scenario {
        let (key, url, method) = (self.key(), url.to_owned(), "POST".to_owned());
        self.happen(Event::NetError(NetError { tab: TAB, key, at: self.now, method, url, error: error.to_owned() }))
    }

    pub fn redirected(&mut self, url: &str, to: &str) -> &mut Scenario {
        let (key, url, to, method) = (self.key(), url.to_owned(), to.to_owned(), "POST".to_owned());
        self.happen(Event::Redirect(Redirect { tab: TAB, key, at: self.now, method, url, to }))
    }

    pub fn deep_inspection(&mut self, on: bool) -> &mut Scenario {
        self.happen(Event::Intent(Intent::DeepInspection { tab: TAB, on }))
    }

    pub fn saw(&mut self, saw: PageSignal) -> &mut Scenario {
        let key = self.key();
        self.happen(Event::PageReport(PageReport { tab: TAB, private: Some(false), key, at: self.now, saw }))
    }

    pub fn hello(&mut self) -> &mut Scenario {
        self.saw(PageSignal::Hello)
    }

    pub fn answered(&mut self) -> &mut Scenario {
        self.saw(PageSignal::Answered)
    }

    pub fn stopped(&mut self) -> &mut Scenario {
        self.saw(PageSignal::Stopped)
    }

    pub fn banner(&mut self, text: &str) -> &mut Scenario {
        self.saw(PageSignal::Banner { text: text.to_owned(), ended: false })
    }

    pub fn tick(&mut self) -> &mut Scenario {
        self.happen(Event::Tick)
    }

    /// The popup is opened; a question for the status page finds it green.
    pub fn open(&mut self) -> &mut Scenario {
        let before = self.status_reads();
        self.happen(Event::Intent(Intent::Open { tab: Some(TAB), open: vec![TAB] }));
        if self.status_reads() > before {
            self.status_page(Some(vec![]));
        }
        self
    }

    pub fn run(&mut self, rung: Rung, act: Action) -> &mut Scenario {
        self.happen(Event::Intent(Intent::Run { tab: TAB, rung, act }))
    }

    /// Answers the last question for the status page.
    pub fn status_page(&mut self, incidents: Option<Vec<Incident>>) -> &mut Scenario {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Do { id, task: Task::StatusPage } => Some(*id),
            _ => None,
        });
        self.reply_to(asked.expect("nobody asked for the status page"), incidents)
    }

    pub fn reply_to(&mut self, id: u32, incidents: Option<Vec<Incident>>) -> &mut Scenario {
        self.page_read(id, incidents.map(|incidents| StatusPage { incidents, ..StatusPage::default() }))
    }

    pub fn page_read(&mut self, id: u32, page: Option<StatusPage>) -> &mut Scenario {
        self.happen(Event::StatusRead(StatusRead { id, at: self.now, page }))
    }

    pub fn status_reads(&self) -> usize {
        self.effects.iter().filter(|effect| matches!(effect, Effect::Do { task: Task::StatusPage, .. })).count()
    }

    pub fn popup(&self) -> Popup {
        popup(&self.model, Some(TAB), self.now, self.now - 3_600_000)
    }

    pub fn forecast(&self, history: &History) -> Forecast {
        forecast(&self.model, Some(TAB), history, self.now)
    }

    pub fn state(&self, rung: Rung) -> State {
        self.popup().rungs.iter().find(|view| view.rung == rung).unwrap().state
    }

    pub fn recommended(&self) -> Option<Rung> {
        self.popup().rungs.iter().find(|view| view.state == State::Recommended).map(|view| view.rung)
    }

    pub fn badge(&self) -> Option<(Blame, String)> {
        self.badge.clone()
    }

    pub fn count(&self) -> u32 {
        self.model.tab(TAB).and_then(|tab| tab.case.as_ref()).map_or(0, |case| case.count)
    }
}

/// An incident on ChatGPT's conversations.
pub fn incident(began: Millis) -> Incident {
    Incident {
        name: "Elevated error rates".into(),
        status: IncidentStatus::Investigating,
        began: Some(began),
        until: None,
        updated: Some(began + 60_000),
        parts: vec![AffectedComponent {
            part: Component::Conversations,
            name: "Conversations".into(),
            status: ComponentStatus::Partial,
        }],
    }
}
