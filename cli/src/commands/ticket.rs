//! `mend ticket`: from a HAR, a case file or a pasted error to what a support desk asks for. The text goes to the terminal,
//! the bundle into a file; both are redacted as the extension's are.

use std::{io::Write, process::ExitCode};

use mend::core::{
    Event,
    bundle::pack,
    event::{PageReport, PageSignal, TabId},
    journal::{JournalEntry, JournalEvent, JournalRecord, fresh, notes},
    redact::{Keep, Redactor},
    support_bundle::{REPORT, files},
    ticket::{About, markdown, ticket},
};

use super::{diagnose::play, redact::KeepArgs};
use crate::{
    case::Case,
    input::{self, InputError, now},
    output::{self, written},
    words,
};

/// Makes of files what a support desk asks for: a text, and a bundle to attach.
///
/// Prints the text, and writes a bundle with it, the journal and a HAR of what failed. Both are without personal data and
/// secrets.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mend ticket -o mend-ticket.zip failed.har")]
pub struct Args {
    #[command(flatten)]
    keep: KeepArgs,
    /// The bundle
    #[arg(short, long, value_name = "OUT.zip")]
    out: String,
    /// What to read, as `mend diagnose` does; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<String>,
}

impl Args {
    /// Prints the text for whoever reads along, and writes the bundle.
    pub fn run(self) -> ExitCode {
        if self.out == "-" {
            return output::fail("a bundle is a file: name one with --out");
        }
        let mut ticket = Ticket::default();
        let code = input::each(&self.files, |file| ticket.read(file));
        let name = &self.out;
        let Some((text, bundle)) = ticket.made(self.keep.into()) else {
            if code != ExitCode::SUCCESS {
                return output::fail(&format!("{name} was not written"));
            }
            return output::fail(&format!(
                "nothing failed in it, so there is nothing to report; {name} was not written"
            ));
        };
        let printed = output::print(&text);
        let written = written(&self.out, &self.files, |out| match out.write_all(&bundle) {
            Ok(()) => code,
            Err(error) => output::fail(&error.to_string()),
        });
        if printed == ExitCode::SUCCESS { written } else { printed }
    }
}

/// What happened in all the cases, and the reports on them.
#[derive(Default)]
struct Ticket {
    reports: Vec<String>,
    notes: Vec<JournalRecord>,
    /// The number of tabs so far: each case has tabs of its own, so that no two cases have the same id.
    tabs: TabId,
}

impl Ticket {
    /// Reads a file and takes what happened in it.
    fn read(&mut self, file: &str) -> Result<(), InputError> {
        input::read(file, |case| {
            self.take(case);
            Ok(())
        })
    }

    fn take(&mut self, mut case: Case) {
        if case.nothing.is_some() {
            return;
        }
        let first = self.tabs;
        case.retab(|tab| first.saturating_add(tab));
        let tabs = case.tabs();
        self.tabs = tabs.last().map_or(first, |last| last.saturating_add(1));
        let at = case.events.iter().map(|(_, at)| *at).min().unwrap_or_default();
        for tab in &tabs {
            // Whoever makes a ticket of a file has chosen to keep what is in it.
            let (tab, private, key) = (*tab, Some(false), "ticket".to_owned());
            let hello = PageReport { tab, private, key, at, saw: PageSignal::Hello };
            case.events.insert(0, (Event::PageReport(hello), at));
        }
        let mut written: Vec<JournalEntry> = Vec::new();
        let mut kept: Vec<JournalRecord> = Vec::new();
        let (model, _) = play(case, |model, now| {
            for note in fresh(notes(model, now), &written) {
                written.retain(|one| match (&one.what, &note.entry.what) {
                    (JournalEvent::Verdict(_), JournalEvent::Verdict(_)) => one.case != note.entry.case,
                    _ => one.key != note.entry.key,
                });
                written.push(note.entry.clone());
                kept.retain(|one| one.entry.key != note.entry.key);
                kept.push(note);
            }
        });
        self.notes.extend(kept);
        let about = About { browser: "the command line".to_owned(), mend: env!("CARGO_PKG_VERSION").to_owned() };
        for tab in tabs {
            let lines: Vec<String> = ticket(&model, Some(tab), &about, now()).iter().map(words::say).collect();
            if !lines.is_empty() {
                self.reports.push(markdown(&lines));
            }
        }
    }

    /// The text and the bundle; none where nothing failed.
    fn made(&self, keep: Keep) -> Option<(String, Vec<u8>)> {
        if self.reports.is_empty() {
            return None;
        }
        let mut redactor = Redactor::new(keep);
        let mend = env!("CARGO_PKG_VERSION");
        let files = files(&self.reports.join("\n"), "", &self.notes, mend, &mut redactor);
        let report = files.iter().find(|file| file.name == REPORT).map(|file| file.text.clone())?;
        let packed: Vec<(&str, &[u8])> = files.iter().map(|file| (file.name, file.text.as_bytes())).collect();
        Some((report, pack(&packed, now()).ok()?))
    }
}
