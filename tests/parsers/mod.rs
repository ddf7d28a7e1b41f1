//! Every door through which something from outside comes in, with a corpus of what has come.
//!
//! A parser takes whatever it gets and holds to what it promises; the caller changes the corpus and watches for panics.

use mend::core::{
    Event, Millis, Model,
    alternatives::{SERVICES, Terminal, hand, prompts},
    authorize::{Message, Sender, authorize},
    decode::{Raw, decode, ends, is_ambiguous, is_deliberate},
    diagnose::forecast::remaining,
    endpoint::classify,
    event::{BootReason, BrowserEvent, Response, StatusRead},
    headers::Headers,
    history::{self, History},
    json::{Json, Value, from_value, to_value},
    observe::pasted,
    redact::Redactor,
    request_ids::Ids,
    status::{IncidentStatus, StatusPage},
    time::{http_date, rfc3339},
    update,
    view::{badge, forecast, popup},
};

/// Where the scripts of the corpus play.
const NOW: Millis = 1_800_000_000_000;
const OURS: &str = "chrome-extension://abc";

/// A model that has lived through what came before.
pub struct FakeBrowser {
    model: Model,
    now: Millis,
}

impl FakeBrowser {
    pub fn new() -> FakeBrowser {
        FakeBrowser { model: Model::default(), now: NOW }
    }

    fn happen(&mut self, event: Event) {
        self.now += 700;
        update(&mut self.model, event, self.now);
        self.look();
    }

    fn look(&self) {
        let seen = popup(&self.model, Some(3), self.now, self.now);
        assert!((0.0..=1.0).contains(&seen.verdict.confidence));
        badge(&self.model, 3, self.now);
    }
}

/// What a parser eats.
pub enum Food {
    /// Text, a line of the corpus each; ⏎ stands for a line's end.
    Text(fn(&mut FakeBrowser, &str)),
    /// Data, a line of JSON each.
    Data(fn(&mut FakeBrowser, &Value)),
}

/// One of them.
pub struct Parser {
    pub name: &'static str,
    pub corpus: &'static str,
    pub food: Food,
}

/// All of them.
pub const PARSERS: &[Parser] = &[
    Parser { name: "place", corpus: include_str!("../corpus/urls.txt"), food: Food::Text(a_place) },
    Parser { name: "pasted", corpus: include_str!("../corpus/texts.txt"), food: Food::Text(a_paste) },
    Parser { name: "decode", corpus: include_str!("../corpus/texts.txt"), food: Food::Text(a_body) },
    Parser { name: "redact", corpus: include_str!("../corpus/texts.txt"), food: Food::Text(a_secret) },
    Parser { name: "error", corpus: include_str!("../corpus/errors.txt"), food: Food::Text(an_error) },
    Parser { name: "header", corpus: include_str!("../corpus/headers.txt"), food: Food::Text(a_header) },
    Parser { name: "time", corpus: include_str!("../corpus/times.txt"), food: Food::Text(a_time) },
    Parser { name: "message", corpus: include_str!("../corpus/messages.txt"), food: Food::Data(a_message) },
    Parser { name: "event", corpus: include_str!("../corpus/events.txt"), food: Food::Data(an_event) },
    Parser { name: "page", corpus: include_str!("../corpus/pages.txt"), food: Food::Data(a_page) },
    Parser { name: "history", corpus: include_str!("../corpus/histories.txt"), food: Food::Data(a_history) },
    Parser { name: "alternatives", corpus: include_str!("../corpus/statuses.txt"), food: Food::Data(alternatives) },
    Parser { name: "model", corpus: include_str!("../corpus/models.txt"), food: Food::Data(a_model) },
];

fn a_place(_: &mut FakeBrowser, url: &str) {
    assert!(!classify(url).path.contains(['?', '#']), "{url}");
}

fn a_paste(world: &mut FakeBrowser, text: &str) {
    world.happen(pasted(text, world.now));
}

fn a_body(_: &mut FakeBrowser, text: &str) {
    let status = u16::try_from(400 + text.len() % 200).ok();
    let raw = Raw { at: NOW, status, text: Some(text), ..Raw::default() };
    decode(&raw);
    ends(&raw);
}

fn a_secret(_: &mut FakeBrowser, text: &str) {
    Redactor::default().text(text);
}

fn an_error(_: &mut FakeBrowser, error: &str) {
    decode(&Raw { at: NOW, error: Some(error), ..Raw::default() });
    is_ambiguous(error);
    is_deliberate(error);
}

fn a_header(world: &mut FakeBrowser, value: &str) {
    let ids = Ids::read(Some(value), Some(value));
    assert!([ids.request, ids.ray].iter().flatten().all(|id| id.is_ascii() && id.len() <= 68), "{value}");
    let all = || Some(value.to_owned());
    let headers = Headers {
        x_request_id: all(),
        x_oai_request_id: all(),
        cf_ray: all(),
        cf_mitigated: all(),
        retry_after: all(),
        date: all(),
        server: all(),
        content_type: all(),
        content_length: all(),
    };
    let (status, url) =
        (u16::try_from(200 + value.len() * 7 % 400).ok(), "https://chatgpt.com/api/auth/session".into());
    world.happen(Event::Response(Response {
        at: world.now,
        url,
        status,
        headers,
        key: value.into(),
        ..Response::default()
    }));
}

fn a_time(_: &mut FakeBrowser, text: &str) {
    rfc3339(text);
    http_date(text);
}

fn a_message(world: &mut FakeBrowser, plain: &Value) {
    let Some(message) = from_value::<Message>(plain) else { return };
    for url in ["https://chatgpt.com/", "chrome-extension://abc/popup.html"] {
        let sender = Sender {
            own: true,
            url: url.to_owned(),
            tab: Some(3),
            frame: Some(0),
            private: Some(false),
            default_store: true,
        };
        if let Ok(event) = authorize(message.clone(), &sender, OURS) {
            world.happen(event);
        }
    }
}

fn an_event(world: &mut FakeBrowser, plain: &Value) {
    if let Some(heard) = from_value::<BrowserEvent>(plain) {
        world.happen(heard.into());
    }
}

fn a_page(world: &mut FakeBrowser, plain: &Value) {
    let Some(page) = StatusPage::read(plain) else { return };
    let model = to_value(&world.model);
    let asked = from_value::<u32>(model.field("pending").element(0).field("id")).unwrap_or_default();
    world.happen(Event::StatusRead(StatusRead { id: asked, at: world.now, page: Some(page) }));
}

/// Whatever the list says, it stays small, and the range is one.
fn a_history(world: &mut FakeBrowser, plain: &Value) {
    let listed = history::read(plain, world.now).unwrap_or_default();
    let kept = History { at: world.now, unread: listed.unread(), past: listed.past };
    assert!(kept.past.len() <= 60 && kept.past.iter().all(|past| past.over > 0));
    assert_eq!(from_value::<History>(&to_value(&kept)).as_ref(), Some(&kept), "there and back");
    // What is stored may be anybody's too.
    for kept in [Some(kept), from_value::<History>(plain)].into_iter().flatten() {
        for stage in IncidentStatus::ALL {
            let left = remaining(45, *stage, &kept.past);
            assert!([0, left.p10, left.p25, left.p50, left.p75, left.p90].is_sorted() && left.n > 0, "{left:?}");
        }
        forecast(&world.model, Some(3), &kept, world.now);
    }
}

fn alternatives(_: &mut FakeBrowser, plain: &Value) {
    for watch in SERVICES.iter().filter_map(|service| service.status) {
        assert!(watch.read(plain).words.len() <= 160);
    }
    for prompt in prompts(from_value(plain).unwrap_or_default()) {
        assert!(!prompt.head(3).is_empty());
        for service in SERVICES {
            hand(service, Some(&prompt), false, Terminal::PowerShell);
        }
    }
}

/// What is stored may be another version's, or anybody's.
fn a_model(_: &mut FakeBrowser, plain: &Value) {
    let Some(model) = from_value::<Model>(plain) else { return };
    assert_eq!(from_value::<Model>(&to_value(&model)).as_ref(), Some(&model), "there and back");
    for reason in [BootReason::Wake, BootReason::Start] {
        let mut world = FakeBrowser { model: model.clone(), now: NOW };
        world.happen(Event::Boot(reason));
        world.happen(Event::Tick);
    }
    model.durable();
}

impl Parser {
    /// Its corpus, as texts.
    pub fn texts(&self) -> Vec<String> {
        self.corpus.lines().map(|line| line.replace('⏎', "\r\n")).collect()
    }
}
