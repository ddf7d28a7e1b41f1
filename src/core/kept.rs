//! Prompts that are kept for the person: what they sent or were writing when something failed, and what had come of the
//! answer.
//!
//! Owns which are kept and for how long. A prompt is nobody's fact: it lies beside the model, in the session's memory, and
//! on disk only where the person wants that; it is in no event, no journal and no ticket.

use super::{
    Millis,
    event::TabId,
    named::named,
    plain::plain,
    time::{HOUR, since},
};

/// So many prompts at most …
const MOST: usize = 8;
/// … of so many bytes together; the oldest goes first. The session's memory holds 10 MB.
const BYTES: usize = 4_000_000;
/// So long at most, wherever they lie.
pub const KEPT_FOR: Millis = 24 * HOUR;

/// One prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: Millis,
    /// The tab that it was written in.
    pub tab: TabId,
    /// In a private window? Then it is never written to disk.
    pub private: bool,
    /// When it was sent, or last changed. With its text it is one prompt, whoever tells of it.
    pub at: Millis,
    /// The path of the chat's page: elsewhere it is not sent.
    pub path: String,
    /// What the person wrote.
    pub text: String,
    /// What had come of the answer.
    pub answer: String,
    /// The names of attachments, which are not kept.
    pub files: Vec<String>,
}
plain!(Kept by field_or_default { id, tab, private, at, path, text, answer, files });

impl Kept {
    /// The first lines, to know it by.
    pub fn head(&self, lines: usize) -> String {
        let found: Vec<&str> = self.text.lines().filter(|line| !line.trim().is_empty()).take(lines).collect();
        found.join("\n")
    }
}

named! {
    /// Where prompts are kept: the person's choice.
    #[derive(Default)]
    pub enum Where {
        /// Until the browser ends.
        #[default]
        Session = "session",
        /// Also on disk, for a day.
        Disk = "disk",
        /// Nowhere.
        Nowhere = "nowhere",
    }
}

/// Keeps one more, or what more is known of one that is kept.
pub fn keep(all: &mut Vec<Kept>, mut new: Kept, now: Millis) {
    if new.text.trim().is_empty() || new.text.len() + new.answer.len() > BYTES {
        return;
    }
    let known = all.iter().position(|one| one.at == new.at && one.text == new.text);
    if let Some(known) = known.map(|index| all.remove(index)) {
        new.id = known.id;
        if new.answer.len() < known.answer.len() {
            new.answer = known.answer;
        }
    } else {
        new.id = all.iter().map(|one| one.id + 1).max().unwrap_or_default().max(new.at);
    }
    all.push(new);
    fresh(all, now);
    while all.len() > MOST || all.iter().map(|one| one.text.len() + one.answer.len()).sum::<usize>() > BYTES {
        all.remove(0);
    }
}

/// What is too old goes.
pub fn fresh(all: &mut Vec<Kept>, now: Millis) {
    all.retain(|one| since(now, one.at) < KEPT_FOR);
}

/// It was answered: whatever was kept of that text in that tab is not needed any more.
pub fn spend(all: &mut Vec<Kept>, tab: TabId, text: &str) {
    all.retain(|one| one.tab != tab || one.text != text);
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn prompt(at: Millis, text: &str) -> Kept {
        Kept {
            id: 0,
            tab: 3,
            private: false,
            at,
            path: "/".into(),
            text: text.into(),
            answer: String::new(),
            files: Vec::new(),
        }
    }

    #[test]
    fn told_twice_it_is_kept_once_with_the_longer_answer() {
        let mut all = Vec::new();
        keep(&mut all, Kept { answer: "half an".into(), ..prompt(1, "one") }, 1);
        keep(&mut all, prompt(1, "one"), 2);
        keep(&mut all, prompt(2, "two"), 3);
        assert_eq!(all.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(all[0].answer, "half an");
        spend(&mut all, 3, "one");
        spend(&mut all, 4, "two");
        assert_eq!(all.len(), 1);
        fresh(&mut all, 2 + KEPT_FOR);
        assert!(all.is_empty());
    }

    proptest! {
        #[test]
        fn numbers_are_never_given_twice_and_there_are_never_too_many(
            told in proptest::collection::vec((0..40_i64, "[a-c ]{0,3}"), 0..40),
        ) {
            let mut all = Vec::new();
            for (at, text) in told {
                keep(&mut all, prompt(at, &text), 40);
                prop_assert!(all.len() <= MOST);
                let mut ids: Vec<Millis> = all.iter().map(|one| one.id).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), all.len());
            }
        }
    }
}
