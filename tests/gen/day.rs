//! What may happen next.

use mend::core::{
    Event, Millis, Task,
    connectivity::finding::Finding,
    cookies::{CookieSummary, SessionCookie},
    event::{
        BootReason, Extension, Extensions, Intent, NetError, PageReport, PageSignal, Redirect, Response, StatusRead,
        TabId,
    },
    headers::Headers,
    names::{Action, Rung},
    permission::Permission,
    reason::Reason,
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    stream_end::StreamEnd,
    view::popup,
};

use super::{CANARY, Day, HIDDEN, LATE, OPEN, PRIVATE};

const STATUSES: &[u16] = &[
    200, 200, 200, 204, 400, 401, 402, 403, 404, 413, 418, 422, 429, 429, 431, 500, 500, 500, 502, 503, 504, 520, 522,
    524,
];
const PATHS: &[&str] = &[
    "chatgpt.com/backend-api/f/conversation",
    "chatgpt.com/backend-api/f/conversation",
    "chatgpt.com/backend-api/f/conversation",
    "chatgpt.com/backend-api/sentinel/chat-requirements",
    "chatgpt.com/api/auth/session",
    "chatgpt.com/backend-api/me",
    "chatgpt.com/backend-api/conversations",
    "chatgpt.com/backend-api/conversation/6710aa21-8f0c-8004-b1e2-0242ac120002",
    "chatgpt.com/",
    "chatgpt.com/c/6710aa21-8f0c-8004-b1e2-0242ac120002",
    "chatgpt.com/cdn/assets/root-8d1f.js",
    "chatgpt.com/ces/v1/t",
    "chatgpt.com/backend-api/stop_conversation",
    "chatgpt.com/backend-api/memories",
    "auth.openai.com/oauth/token",
    "api.openai.com/v1/responses",
];
const ERRORS: &[&str] = &[
    "net::ERR_ABORTED",
    "net::ERR_FAILED",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_TIMED_OUT",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
    "net::ERR_HTTP2_PROTOCOL_ERROR",
    "net::ERR_NAME_NOT_RESOLVED",
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_PROXY_CONNECTION_FAILED",
    "net::ERR_CERT_AUTHORITY_INVALID",
    "net::ERR_BLOCKED_BY_CLIENT",
    "net::ERR_NETWORK_CHANGED",
    "net::ERR_TOO_MANY_REDIRECTS",
    "net::ERR_NOBODY_KNOWS",
    "NS_ERROR_ABORT",
    "NS_ERROR_NET_RESET",
    "NS_ERROR_UNKNOWN_HOST",
    "NS_BINDING_ABORTED",
];
const WORDS: &[&str] = &[
    "",
    "Something went wrong.",
    "A network error occurred. Please check your connection and try again.",
    "Too many requests. Please slow down.",
    "Only one message at a time. Please allow any other responses to complete before sending another message",
    "usage_limit_reached \"resets_in_seconds\":13872",
    "Unusual activity has been detected from your device.",
    "The message you submitted was too long",
    "token_expired",
    "token_revoked",
    "insufficient_quota",
    "unsupported_country",
    "Unable to load site",
    "slow down",
    "You have limited access to your conversations",
    "conversation_not_found",
    "upstream connect error or disconnect/reset before headers",
];

impl Day {
    /// The next thing.
    pub(super) fn next(&mut self) {
        self.now += match self.rng.below(8) {
            0 => 3_600_000 * (1 + self.rng.below(9) as Millis),
            1 | 2 => 60_000 * (1 + self.rng.below(30) as Millis),
            3 | 4 => 1_000 * (1 + self.rng.below(40) as Millis),
            _ => 10 * (1 + self.rng.below(90) as Millis),
        };
        match self.rng.below(40) {
            0..=12 => self.answered(),
            13..=17 => self.broke(),
            18 => self.redirected(),
            19..=26 => self.seen(),
            27..=29 => self.replied(),
            30 => self.extensions(),
            31..=35 => self.intended(),
            36 => {
                let tokens =
                    [SessionCookie::Missing, SessionCookie::Whole, SessionCookie::Broken, SessionCookie::Doubled];
                let (at, token) = (self.now, *self.rng.pick(&tokens));
                let bytes = *self.rng.pick(&[900, 9_000, 40_000]);
                let tab = self.tab();
                self.happen(Event::Cookies { tab, cookies: CookieSummary { at, count: 12, bytes, token } });
            }
            37 => self.boot(BootReason::Wake),
            38 if self.rng.below(3) == 0 => self.boot(BootReason::Start),
            38 => {
                let held = vec![*self.rng.pick(Permission::ALL)];
                self.happen(Event::Access { granted: true, held });
            }
            _ => self.happen(Event::Tick),
        }
    }

    fn tab(&mut self) -> TabId {
        *self.rng.pick(&[OPEN, OPEN, OPEN, OPEN, LATE[0], LATE[1], PRIVATE, PRIVATE, -1])
    }

    fn key(&mut self) -> String {
        self.facts += 1;
        format!("7ab1e6f0-{}", self.facts)
    }

    fn url(&mut self) -> String {
        let path = *self.rng.pick(PATHS);
        format!("https://{path}?q={CANARY}&model=auto#{CANARY}")
    }

    /// What somebody wrote stands beside the error's own words.
    fn words(&mut self) -> String {
        format!("{} {CANARY}", self.rng.pick(WORDS))
    }

    fn id(&mut self, tab: TabId) -> String {
        let hidden = tab == PRIVATE || tab == -1;
        let start =
            if hidden { HIDDEN } else { *self.rng.pick(&["bd8e52b7-7993-4407-a17b-", "22d611ce-30df-4cb8-81f1-"]) };
        format!("{start}{:012x}", self.rng.below(usize::MAX) as u64 & 0xffff_ffff_ffff)
    }

    fn headers(&mut self, tab: TabId, status: u16) -> Headers {
        let mut headers = Headers::default();
        match self.rng.below(4) {
            0 => {
                headers.server = Some("cloudflare".into());
                headers.content_type = Some("text/html; charset=UTF-8".into());
                headers.cf_mitigated = (status == 403 && self.rng.below(2) == 0).then(|| "challenge".into());
            }
            1 => headers.content_type = Some("text/plain".into()),
            _ => {
                headers.x_request_id = Some(self.id(tab));
                headers.content_type = Some("application/json".into());
            }
        }
        if self.rng.below(2) == 0 {
            let place = self.rng.pick(&["MAD", "DUS", "SIN"]);
            headers.cf_ray =
                Some(format!("{:016x}-{place}", 0xa355_a9cd_f900_0000_u64 + self.rng.below(1 << 24) as u64));
        }
        if matches!(status, 429 | 503) && self.rng.below(2) == 0 {
            headers.retry_after = Some(self.rng.pick(&["5", "60", "10800"]).to_string());
        }
        headers.content_length = (self.rng.below(2) == 0).then(|| self.rng.pick(&["2", "900"]).to_string());
        headers
    }

    fn answered(&mut self) {
        let (tab, key, url, status) = (self.tab(), self.key(), self.url(), *self.rng.pick(STATUSES));
        let headers = self.headers(tab, status);
        let body = (self.rng.below(4) == 0).then(|| self.words());
        let method = self.rng.pick(&["GET", "POST"]).to_string();
        self.happen(Event::Response(Response {
            tab,
            key,
            at: self.now,
            method,
            url,
            status: Some(status),
            headers,
            body,
        }));
    }

    fn broke(&mut self) {
        let (tab, key, url) = (self.tab(), self.key(), self.url());
        let error = self.rng.pick(ERRORS).to_string();
        self.happen(Event::NetError(NetError { tab, key, at: self.now, method: "POST".into(), url, error }));
    }

    fn redirected(&mut self) {
        let (tab, key, url) = (self.tab(), self.key(), self.url());
        let to = format!("http://portal.{CANARY}.example/login?room=12");
        self.happen(Event::Redirect(Redirect { tab, key, at: self.now, method: "POST".into(), url, to }));
    }

    fn seen(&mut self) {
        let tab = *self.rng.pick(&[OPEN, OPEN, OPEN, LATE[0], LATE[1], PRIVATE]);
        let private = match (tab, self.rng.below(2)) {
            (OPEN, _) | (_, 0) if tab != PRIVATE => Some(false),
            (PRIVATE, _) => Some(true),
            _ => None,
        };
        let url = self.url();
        let saw = match self.rng.below(14) {
            0..=2 => PageSignal::Hello,
            3..=5 => PageSignal::Banner { text: self.words(), ended: false },
            6 => PageSignal::Timing { url, status: *self.rng.pick(STATUSES), protocol: "h2".into() },
            7 => PageSignal::Timing { url, status: 0, protocol: String::new() },
            8 => PageSignal::Answered,
            9 => PageSignal::Stopped,
            10 => PageSignal::Count { answers: self.rng.below(9) as u32, busy: self.rng.below(2) == 0, noise: false },
            11 => PageSignal::Fine { url, size: *self.rng.pick(&[0, 2, 900]) },
            12 => PageSignal::Room { local: *self.rng.pick(&[9, 4_900_000]), used: *self.rng.pick(&[1, 99]) },
            _ => self.deep_inspection(url),
        };
        let (key, at) = (self.key(), self.now);
        let report = PageReport { tab, private, key, at, saw };
        let inspected = report.saw.is_deep_inspection() && self.rng.below(2) == 0;
        self.happen(if inspected { Event::Inspected(report) } else { Event::PageReport(report) });
    }

    fn deep_inspection(&mut self, url: String) -> PageSignal {
        match self.rng.below(3) {
            0 => PageSignal::Body { url, status: *self.rng.pick(STATUSES), text: self.words() },
            1 => PageSignal::Stream { url, end: *self.rng.pick(StreamEnd::ALL), text: self.words() },
            _ => PageSignal::Thrown { by: "abcdefghijklmnopabcdefghijklmnop".into() },
        }
    }

    /// An answer to what Mend asked for.
    fn replied(&mut self) {
        let Some((id, task)) = self.pending.pop() else { return };
        if task == Task::StatusPage {
            let page = (self.rng.below(5) > 0).then(|| self.page());
            return self.happen(Event::StatusRead(StatusRead { id, at: self.now, page }));
        }
        if task == Task::Extensions {
            self.extensions();
        }
        let ok = self.rng.below(5) > 0;
        self.happen(Event::Done { id, result: ok.then_some(()).ok_or(Reason::new("No.")) });
    }

    fn page(&mut self) -> StatusPage {
        let began = self.now - 900_000;
        let name = "Elevated error rates on ChatGPT".to_owned();
        let status = *self.rng.pick(IncidentStatus::ALL);
        let mut parts: Vec<AffectedComponent> = (0..self.rng.below(3)).map(|_| self.hit()).collect();
        if parts.is_empty() {
            parts.push(AffectedComponent {
                part: Component::All,
                name: String::new(),
                status: ComponentStatus::Unknown,
            });
        }
        // In the order in which a page is kept.
        parts.sort_by_key(|hit| (!hit.is_live(), hit.part));
        let until = (self.rng.below(2) == 0).then_some(began + 3_600_000);
        let one = Incident { name, status, began: Some(began), until, updated: Some(began + 60_000), parts };
        match self.rng.below(4) {
            0 => StatusPage { incidents: vec![one], ..StatusPage::default() },
            1 => StatusPage { maintenances: vec![one], ..StatusPage::default() },
            2 => StatusPage {
                parts: vec![AffectedComponent { status: ComponentStatus::Partial, ..self.hit() }],
                ..StatusPage::default()
            },
            _ => StatusPage::default(),
        }
    }

    /// A part of any kind, in any state.
    fn hit(&mut self) -> AffectedComponent {
        let parts = [
            (Component::Conversations, "Conversations"),
            (Component::Login, "Login"),
            (Component::Voice, "Voice mode"),
            (Component::ChatGpt, "Pictures"),
            (Component::Api, "Responses"),
            (Component::Other, "Another product"),
        ];
        let (part, name) = *self.rng.pick(&parts);
        AffectedComponent { part, name: name.to_owned(), status: *self.rng.pick(ComponentStatus::ALL) }
    }

    fn extensions(&mut self) {
        let one = |id: &str, name: &str, host: &str, power: &str| Extension {
            id: id.into(),
            name: name.into(),
            hosts: vec![host.into()],
            permissions: vec![power.into()],
            reads_pages: true,
            ..Extension::default()
        };
        let mut enabled = vec![
            one("abcdefghijklmnopabcdefghijklmnop", "A helper", "https://chatgpt.com/*", "scripting"),
            one("{0a1b2c3d-1111-4222-8333-444455556666}", "A blocker", "<all_urls>", "webRequestBlocking"),
            one("ponmlkjihgfedcbaponmlkjihgfedcba", "Tampermonkey", "<all_urls>", "scripting"),
        ];
        enabled.truncate(self.rng.below(4));
        self.happen(Event::Extensions(Extensions { enabled }));
    }

    /// A press of one of the buttons that the popup shows.
    fn offered(&mut self, tab: TabId) -> Option<Intent> {
        let rungs = popup(&self.model, Some(tab), self.now, 0).rungs;
        let buttons: Vec<(Rung, Action)> =
            rungs.iter().flat_map(|rung| rung.buttons.iter().map(|button| (rung.rung, button.act))).collect();
        let changes = |one: &&(Rung, Action)| one.0 == Rung::CacheCookies || one.0 == Rung::Extensions;
        // Those that change something are few among many.
        let (rung, act) = match buttons.iter().find(changes).filter(|_| self.rng.below(2) == 0) {
            Some(change) => *change,
            None if buttons.is_empty() => return None,
            None => *self.rng.pick(&buttons),
        };
        Some(Intent::Run { tab, rung, act })
    }

    fn intended(&mut self) {
        let tab = *self.rng.pick(&[OPEN, OPEN, LATE[0], PRIVATE]);
        let (rung, act) = (*self.rng.pick(Rung::ALL), *self.rng.pick(Action::ALL));
        let intent = match self.rng.below(8) {
            0 => Intent::Open { tab: Some(OPEN), open: vec![OPEN, LATE[0], LATE[1], PRIVATE] },
            1 => Intent::Refused { tab, rung },
            2 => Intent::DeepInspection { tab, on: self.rng.below(3) > 0 },
            3 => Intent::Probed { finding: *self.rng.pick(Finding::ALL) },
            4 => match self.model.changes.last() {
                Some(change) => Intent::Undo { change: change.id },
                None => Intent::Run { tab, rung: Rung::Reload, act: Action::Reload },
            },
            5 => Intent::Run { tab, rung, act },
            _ => self.offered(tab).unwrap_or(Intent::Run { tab, rung: Rung::Reload, act: Action::Reload }),
        };
        self.happen(Event::Intent(intent));
    }
}
