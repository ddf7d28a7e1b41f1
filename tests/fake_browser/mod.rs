//! A browser of a few lines: extensions that are on or off, cookies, local storage, and a page that fails because of them.
//! It carries out what the core asks for, can be killed before any task, and reads the model back from where it was saved.

#[path = "../contradiction/mod.rs"]
mod contradiction;

use contradiction::contradiction;
use mend::core::{
    Effect, Event, Millis, Model, Task,
    cookies::{CookieSummary, SESSION, SessionCookie},
    event::{BootReason, Extension, Extensions, Intent, NetError, PageReport, PageSignal, Response, StatusRead},
    headers::Headers,
    json::{Value, from_value, to_value},
    names::{Action, Rung, State},
    permission::Permission,
    reason::Reason,
    site_data::SiteDataScope,
    update,
    view::{Popup, RungView, popup},
};

pub const TAB: i32 = 3;
const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

/// Before the task of this number, counted from the start.
pub enum Kill {
    Worker(usize),
    Browser(usize),
}

#[derive(Default)]
pub struct FakeBrowser {
    pub model: Model,
    now: Millis,
    told: u32,
    saved: Value,
    disk: Value,
    extensions: Vec<(String, bool)>,
    culprits: Vec<String>,
    pub pinned: Option<String>,
    pub by_hand: bool,
    /// The page fails whatever is on.
    pub broken: bool,
    pub cookies: Vec<String>,
    pub local: Vec<String>,
    kept: Vec<(u32, SiteDataScope, Vec<String>, Vec<String>)>,
    /// No copy can be kept.
    pub full: bool,
    /// How often the page was loaded by Mend.
    pub loads: usize,
    tasks: usize,
    pub kills: Vec<Kill>,
    pub restarted: bool,
}

impl FakeBrowser {
    fn new() -> FakeBrowser {
        FakeBrowser { now: 1_780_000_000_000, ..FakeBrowser::default() }
    }

    /// So many extensions, of which these break the page, but only all together; and a page that is broken.
    pub fn with_extensions(count: usize, culprits: &[usize]) -> FakeBrowser {
        let mut browser = FakeBrowser::new();
        browser.extensions = (0..count).map(|number| (format!("ext-{number}"), true)).collect();
        browser.culprits = culprits.iter().map(|number| format!("ext-{number}")).collect();
        browser.saw(PageSignal::Hello);
        browser.happen(Event::NetError(NetError {
            tab: TAB,
            key: "first".into(),
            at: browser.now,
            method: "POST".into(),
            url: MESSAGE.into(),
            error: "net::ERR_BLOCKED_BY_CLIENT".into(),
        }));
        browser
    }

    /// Too many cookies, one of them the session's, and something in local storage.
    pub fn with_cookies() -> FakeBrowser {
        let mut browser = FakeBrowser::new();
        browser.cookies = [SESSION, "big", "cf_clearance"].map(str::to_owned).to_vec();
        browser.local = vec!["draft".to_owned()];
        browser.saw(PageSignal::Hello);
        browser.respond(431);
        browser
    }

    pub fn pass(&mut self, time: Millis) {
        self.now += time;
    }

    pub fn tick(&mut self) {
        self.happen(Event::Tick);
    }

    fn respond(&mut self, status: u16) {
        self.told += 1;
        let key = format!("r{}", self.told);
        let response = Response {
            tab: TAB,
            key,
            at: self.now,
            method: "POST".into(),
            url: MESSAGE.into(),
            status: Some(status),
            headers: Headers::default(),
            body: None,
        };
        self.happen(Event::Response(response));
    }

    fn saw(&mut self, saw: PageSignal) {
        self.told += 1;
        let key = format!("w{}", self.told);
        self.happen(Event::PageReport(PageReport { tab: TAB, private: Some(false), key, at: self.now, saw }));
    }

    /// One event, and everything that comes of it.
    pub fn happen(&mut self, event: Event) {
        self.now += 1_000;
        let effects = self.step(event);
        self.run(effects);
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let effects = update(&mut self.model, event, self.now);
        assert_eq!(contradiction(&self.model, self.now), None);
        (self.saved, self.disk) = (to_value(&self.model), to_value(&self.model.durable()));
        effects
    }

    fn run(&mut self, effects: Vec<Effect>) {
        let mut queue: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = queue.pop_front() {
            let Effect::Do { id, task } = effect else { continue };
            self.tasks += 1;
            let dies = |kill: &Kill| matches!(kill, Kill::Worker(at) | Kill::Browser(at) if *at == self.tasks);
            if let Some(index) = self.kills.iter().position(dies) {
                // Whether the work was done before the kill or not must make no difference: every second one is.
                if index % 2 == 0 {
                    self.carry_out(id, &task);
                }
                let browser = matches!(self.kills.remove(index), Kill::Browser(_));
                queue = self.wake(browser).into();
                continue;
            }
            let replies = self.carry_out(id, &task);
            self.now += 200;
            for reply in replies {
                queue.extend(self.step(reply));
            }
        }
    }

    fn wake(&mut self, browser: bool) -> Vec<Effect> {
        self.now += 2_000;
        let (plain, reason) = if browser { (&self.disk, BootReason::Start) } else { (&self.saved, BootReason::Wake) };
        self.model = from_value::<Model>(plain).unwrap_or_default();
        if browser {
            self.restarted = true;
            self.kept.clear();
        }
        self.step(Event::Boot(reason))
    }

    fn carry_out(&mut self, id: u32, task: &Task) -> Vec<Event> {
        let mut ok = true;
        let mut events = Vec::new();
        match task {
            Task::StatusPage => {
                return vec![Event::StatusRead(StatusRead { id, at: self.now, page: Some(Default::default()) })];
            }
            // No story here waits for a return.
            Task::Edge | Task::TabLastSeen { .. } | Task::Send { .. } => ok = false,
            Task::Reload { .. } => self.loads += 1,
            Task::Cookies { tab } => {
                let cookies = CookieSummary {
                    at: self.now,
                    count: self.cookies.len() as u32,
                    bytes: 9_000,
                    token: SessionCookie::Whole,
                };
                events.push(Event::Cookies { tab: *tab, cookies });
            }
            Task::BackUpSiteData { scope, .. } => {
                ok = !self.full;
                let (cookies, local) =
                    (self.in_scope(*scope), if scope.storage { self.local.clone() } else { Vec::new() });
                self.kept.retain(|one| one.0 != id);
                if ok {
                    self.kept.push((id, *scope, cookies, local));
                }
            }
            Task::ClearSiteData { scope, .. } => {
                let gone = self.in_scope(*scope);
                self.cookies.retain(|one| !gone.contains(one));
                if scope.storage {
                    self.local.clear();
                }
            }
            Task::RestoreSiteData { backup, .. } => {
                ok = self.kept.iter().any(|one| one.0 == *backup);
                let kept = self.kept.iter().find(|one| one.0 == *backup).cloned();
                if let Some((_, scope, cookies, local)) = kept {
                    let gone = self.in_scope(scope);
                    self.cookies.retain(|one| !gone.contains(one));
                    self.cookies.extend(cookies);
                    self.cookies.sort();
                    if scope.storage {
                        self.local = local;
                    }
                }
            }
            Task::Extensions => events.push(Event::Extensions(Extensions { enabled: self.enabled() })),
            Task::SetExtensions { on, off } => {
                for (id, is_on) in &mut self.extensions {
                    *is_on = (*is_on || on.contains(id)) && !off.contains(id);
                }
            }
            Task::OpenIncognito | Task::Erase => {}
        }
        events.push(Event::Done { id, result: ok.then_some(()).ok_or(Reason::new("No.")) });
        events
    }

    fn in_scope(&self, scope: SiteDataScope) -> Vec<String> {
        self.cookies.iter().filter(|name| scope.cookies.covers(name)).cloned().collect()
    }

    fn enabled(&self) -> Vec<Extension> {
        let on = self.extensions.iter().filter(|(_, on)| *on);
        on.map(|(id, _)| Extension {
            id: id.clone(),
            name: id.clone(),
            hosts: vec!["<all_urls>".into()],
            pinned: self.pinned.as_ref() == Some(id),
            by_hand: self.by_hand,
            ..Extension::default()
        })
        .collect()
    }

    /// A message is sent; what comes of it depends on what is on.
    pub fn send(&mut self) {
        self.now += 5_000;
        self.saw(PageSignal::Hello);
        self.now += 5_000;
        let on = |id: &String| self.extensions.iter().any(|(known, on)| known == id && *on);
        if self.broken || (!self.culprits.is_empty() && self.culprits.iter().all(on)) {
            self.told += 1;
            let key = format!("e{}", self.told);
            self.happen(Event::NetError(NetError {
                tab: TAB,
                key,
                at: self.now,
                method: "POST".into(),
                url: MESSAGE.into(),
                error: "net::ERR_BLOCKED_BY_CLIENT".into(),
            }));
        } else {
            self.saw(PageSignal::Answered);
        }
    }

    pub fn look_and_search(&mut self) {
        self.press(Rung::Extensions, Action::Look);
        self.press(Rung::Extensions, Action::Search);
    }

    /// Searches until it ends, sending a message after each load; begins again after a restart of the browser.
    pub fn search(&mut self) {
        self.look_and_search();
        for _ in 0..100 {
            match self.model.bisect.as_ref().map(|bisect| bisect.is_open()) {
                Some(true) => self.send(),
                _ => return,
            }
        }
        panic!("it never ends");
    }

    /// The person does what the search by hand asks for.
    pub fn switch_as_told(&mut self) {
        let bisect = self.model.bisect.clone().unwrap();
        for (id, on) in &mut self.extensions {
            *on = bisect.on.contains(id);
        }
    }

    pub fn press(&mut self, rung: Rung, act: Action) {
        self.happen(Event::Intent(Intent::Run { tab: TAB, rung, act }));
    }

    pub fn refuse(&mut self, rung: Rung) {
        self.happen(Event::Intent(Intent::Refused { tab: TAB, rung }));
    }

    pub fn grant(&mut self, permission: Permission) {
        self.happen(Event::Access { granted: true, held: vec![permission] });
    }

    pub fn undo(&mut self, rung: Rung) {
        let change = self.rung(rung).undo.unwrap().change;
        self.undo_change(change);
    }

    pub fn undo_change(&mut self, change: u32) {
        self.happen(Event::Intent(Intent::Undo { change }));
    }

    /// The ids of the extensions that are off.
    pub fn off(&self) -> Vec<String> {
        let mut off: Vec<String> = self.extensions.iter().filter(|(_, on)| !on).map(|(id, _)| id.clone()).collect();
        off.sort();
        off
    }

    /// Those that a finished search has named.
    pub fn named(&self) -> Vec<String> {
        self.model.changes.iter().flat_map(|change| change.off.clone()).collect()
    }

    pub fn popup(&self) -> Popup {
        popup(&self.model, Some(TAB), self.now, self.now - 3_600_000)
    }

    pub fn rung(&self, rung: Rung) -> RungView {
        self.popup().rungs.into_iter().find(|view| view.rung == rung).unwrap()
    }

    pub fn state(&self, rung: Rung) -> State {
        self.rung(rung).state
    }

    pub fn recommended(&self) -> Option<Rung> {
        self.popup().rungs.iter().find(|view| view.state == State::Recommended).map(|view| view.rung)
    }
}
