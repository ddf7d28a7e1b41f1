//! A day with ChatGPT, made up: events as browsers tell them, in an order that chance gives, and the journal that Mend keeps
//! of it, as the shell keeps it.

#[path = "../contradiction/mod.rs"]
mod contradiction;
mod day;

use mend::core::{
    Effect, Event, Millis, Model, Task,
    diagnose::diagnosis,
    event::BootReason,
    journal::{Feedback, JournalEntry, JournalEvent, JournalRecord, RecordedVerdict, fresh, notes},
    names::Blame,
    update,
};

use super::mutate::Rng;
use contradiction::contradiction;

/// What a person wrote, what stands in a query, and the like: nothing of it may be written down.
pub const CANARY: &str = "kanarienvogel";
/// Where requests of a private tab show: in the ids that their answers carry.
pub const HIDDEN: &str = "deadbeef-0bad-4bad-8bad-";
/// A tab that is never private, two that turn out not to be, and one that is.
pub const OPEN: i32 = 7;
pub const LATE: [i32; 2] = [8, 9];
pub const PRIVATE: i32 = 13;

/// A model with a journal.
pub struct Day {
    pub model: Model,
    pub now: Millis,
    pub journal: Vec<JournalRecord>,
    /// Events that were told twice and changed the journal all the same.
    pub twice: Vec<String>,
    /// Verdicts that say something else than the popup did at that moment.
    pub untrue: Vec<String>,
    /// What a popup said that is not so, or that something else in it contradicts.
    pub contradictions: Vec<String>,
    pending: Vec<(u32, Task)>,
    rng: Rng,
    facts: u32,
}

impl Day {
    /// The day of this seed, to its end.
    pub fn new(seed: u64) -> Day {
        let mut day = Day {
            model: Model::default(),
            now: 1_784_971_320_000 + seed as i64 * 61_007,
            journal: Vec::new(),
            twice: Vec::new(),
            untrue: Vec::new(),
            contradictions: Vec::new(),
            pending: Vec::new(),
            rng: Rng::new(seed.wrapping_add(1)),
            facts: 0,
        };
        day.happen(Event::Boot(BootReason::FirstRun));
        for _ in 0..12 + day.rng.below(30) {
            day.next();
        }
        day.judge();
        day
    }

    /// The journal as lines of JSON, as they stand in a bundle.
    pub fn lines(&self) -> Vec<String> {
        self.journal.iter().map(|note| note.line().to_string()).collect()
    }

    /// One event, now and then told twice.
    fn happen(&mut self, event: Event) {
        self.take(event.clone());
        let keyed =
            matches!(event, Event::Response(_) | Event::NetError(_) | Event::Redirect(_) | Event::PageReport(_));
        if keyed && self.rng.below(4) == 0 {
            let before = self.journal.clone();
            self.take(event.clone());
            if self.journal != before {
                self.twice.push(format!("{event:?}"));
            }
        }
        self.now += 10;
    }

    fn take(&mut self, event: Event) {
        for effect in update(&mut self.model, event, self.now) {
            if let Effect::Do { id, task } = effect {
                self.pending.retain(|(known, _)| *known != id);
                self.pending.push((id, task));
            }
        }
        self.keep();
        self.contradictions.extend(contradiction(&self.model, self.now));
    }

    /// As the shell writes: what is not known yet takes the place of what stands under its key.
    fn keep(&mut self) {
        let told = notes(&self.model, self.now);
        self.compare(&told);
        let last = |entry: &JournalEntry| {
            let same = |known: &&JournalRecord| match entry.what {
                JournalEvent::Verdict(_) => {
                    matches!(known.entry.what, JournalEvent::Verdict(_)) && known.entry.case == entry.case
                }
                _ => known.entry.key == entry.key,
            };
            self.journal.iter().rfind(same).map(|note| note.entry.clone())
        };
        let known: Vec<JournalEntry> = told.iter().filter_map(|note| last(&note.entry)).collect();
        for note in fresh(told, &known) {
            self.journal.retain(|one| one.entry.key != note.entry.key);
            self.journal.push(note);
        }
    }

    /// A verdict in the journal rests on its scene alone, one in the popup on all that is known; only that an answer runs
    /// in a private tab is known to the popup and not written down.
    fn compare(&mut self, told: &[JournalRecord]) {
        if self.model.tabs.iter().any(|tab| tab.private != Some(false) && tab.busy.is_some()) {
            return;
        }
        for tab in &self.model.tabs {
            let Some(case) = &tab.case else { continue };
            let verdict = diagnosis(&self.model, Some(tab), case, self.now).map(|one| RecordedVerdict::from(&one));
            let name = format!("{}-{}", case.began, case.tab);
            let written = told.iter().filter(|note| note.entry.case == name).find_map(|note| match &note.entry.what {
                JournalEvent::Verdict(told) => Some(told),
                _ => None,
            });
            if written.is_some() && written != verdict.as_ref() {
                self.untrue.push(format!("{written:?} {verdict:?}"));
            }
        }
    }

    /// The worker is killed, or the browser starts again; tabs are what they were, but for their ids.
    fn boot(&mut self, reason: BootReason) {
        let kept = if reason == BootReason::Start { self.model.durable() } else { self.model.clone() };
        let json = serde_json::to_string(&kept).unwrap();
        self.model = serde_json::from_str(&json).unwrap();
        self.pending.clear();
        self.happen(Event::Boot(reason));
    }

    /// Somebody says of some verdicts whether they were right.
    fn judge(&mut self) {
        let mut cases: Vec<String> = self.journal.iter().map(|note| note.entry.case.clone()).collect();
        cases.sort();
        cases.dedup();
        for case in cases {
            let feedback = match self.rng.below(4) {
                0 => Feedback { right: true, blame: None },
                1 => Feedback { right: false, blame: Some(*self.rng.pick(Blame::ALL)) },
                2 => Feedback { right: false, blame: None },
                _ => continue,
            };
            self.journal
                .push(JournalRecord { entry: JournalEntry::feedback(&case, feedback, self.now), snapshot: None });
        }
    }
}
