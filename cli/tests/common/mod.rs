//! What the tests of bundles share: journals from event scripts, packed as the extension packs them, and the program run.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use mend::core::{
    Event, Millis, Model,
    bundle::pack,
    event::{Intent, PageReport, PageSignal, Response, StatusRead},
    headers::Headers,
    journal::{Feedback, JournalEntry, JournalEvent, JournalRecord, fresh, notes},
    names::{Action, Rung},
    update,
};

/// 2026-07-25T09:22:00Z.
pub const AT: Millis = 1_784_971_320_000;
const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation?q=canary";

pub fn mend(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mend")).args(arguments).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    // The folder is another one on each machine.
    String::from_utf8_lossy(bytes).replace(concat!(env!("CARGO_TARGET_TMPDIR"), "/"), "")
}

/// A file of its own for each test.
pub fn file(name: &str, bytes: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

pub fn bundle(name: &str, files: &[(&str, &[u8])]) -> String {
    file(name, &pack(files, AT).unwrap())
}

/// As it stands in a bundle.
pub fn lines(journal: &[JournalRecord]) -> String {
    journal.iter().map(|note| format!("{}\n", note.line())).collect()
}

/// A model with its journal.
#[derive(Default)]
pub struct Day {
    model: Model,
    pub journal: Vec<JournalRecord>,
}

impl Day {
    /// So many seconds after the start.
    fn happen(&mut self, second: Millis, event: Event) {
        let now = AT + second * 1_000;
        update(&mut self.model, event, now);
        let written: Vec<JournalEntry> = self.journal.iter().map(|note| note.entry.clone()).collect();
        let last = |case: &str| {
            written
                .iter()
                .rfind(|one| one.case == case && matches!(one.what, JournalEvent::Verdict(_)))
                .map(|one| &one.key)
        };
        let current =
            |one: &&JournalEntry| !matches!(one.what, JournalEvent::Verdict(_)) || last(&one.case) == Some(&one.key);
        let known: Vec<JournalEntry> = written.iter().filter(current).cloned().collect();
        for note in fresh(notes(&self.model, now), &known) {
            self.journal.retain(|one| one.entry.key != note.entry.key);
            self.journal.push(note);
        }
    }

    pub fn saw(&mut self, second: Millis, saw: PageSignal) {
        let (key, at) = (format!("w{second}"), AT + second * 1_000);
        self.happen(second, Event::PageReport(PageReport { tab: 7, private: Some(false), key, at, saw }));
    }

    pub fn answer(&mut self, second: Millis, status: u16, headers: Headers) {
        let (key, at, url) = (format!("r{second}"), AT + second * 1_000, CHAT.to_owned());
        let method = "POST".to_owned();
        let response = Response { tab: 7, key, at, method, url, status: Some(status), headers, body: None };
        self.happen(second, Event::Response(response));
    }

    pub fn run(&mut self, second: Millis, rung: Rung, act: Action) {
        self.happen(second, Event::Intent(Intent::Run { tab: 7, rung, act }));
    }

    /// The status page is read, and shows nothing.
    pub fn green(&mut self, second: Millis) {
        let id = self.model.pending.iter().map(|one| one.id).max().unwrap();
        let at = AT + second * 1_000;
        self.happen(second, Event::StatusRead(StatusRead { id, at, page: Some(Default::default()) }));
    }

    pub fn said(&mut self, second: Millis, feedback: Feedback) {
        let case = self.journal.last().unwrap().entry.case.clone();
        self.journal.push(JournalRecord {
            entry: JournalEntry::feedback(&case, feedback, AT + second * 1_000),
            snapshot: None,
        });
    }
}

pub fn served() -> Headers {
    Headers {
        x_request_id: Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".into()),
        cf_ray: Some("a355a9cdf90fec87-MAD".into()),
        content_type: Some("application/json".into()),
        ..Headers::default()
    }
}

/// A message fails twice, a reload does not help and the next one does; then a limit, of which the person says that it was
/// none.
pub fn day() -> Day {
    let mut day = Day::default();
    day.saw(0, PageSignal::Hello);
    day.answer(1, 500, served());
    day.green(2);
    day.run(60, Rung::Reload, Action::Reload);
    day.saw(61, PageSignal::Hello);
    day.answer(70, 500, served());
    day.run(120, Rung::Reload, Action::Fresh);
    day.saw(121, PageSignal::Hello);
    day.answer(180, 200, Headers::default());
    day.saw(185, PageSignal::Answered);
    day.saw(300, PageSignal::Answered);
    day.answer(7_200, 429, Headers { retry_after: Some("10800".into()), ..served() });
    day.green(7_201);
    day.said(7_300, Feedback { right: false, blame: Some(mend::core::names::Blame::Them) });
    day
}
