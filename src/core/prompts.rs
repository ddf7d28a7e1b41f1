//! Saved prompts: what the person sent or was writing when something failed, and the part of the answer that had
//! arrived.
//!
//! Owns which are kept and for how long. A prompt is not a fact: it is kept beside the model in session storage, on
//! disk only if the person chooses that, and never in an event, the journal or a ticket.

use serde::{Deserialize, Serialize};

use super::{
    Millis,
    event::TabId,
    named::named,
    text::clip,
    time::{HOUR, since},
};

/// Most prompts of one tab, and of all tabs.
const OF_TAB: usize = 4;
const MOST: usize = 16;
/// Most bytes of one tab's prompts, and of all. `storage.session` holds 10 MB (MDN and Chrome's reference,
/// "storage.session").
const BYTES_OF_TAB: usize = 2_000_000;
const BYTES: usize = 4_000_000;
/// Most prompts of one tab that were only found in its storage: the page can write there too.
const FOUND: usize = 2;
/// Longest path and file name, in bytes; most file names.
const PATH: usize = 1_000;
const NAME: usize = 800;
const NAMES: usize = 20;
/// Longest time that a prompt is kept, in any storage.
pub const KEPT_FOR: Millis = 24 * HOUR;

/// One prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedPrompt {
    /// Its id.
    pub id: Millis,
    /// The id of the tab in which it was written.
    pub tab: TabId,
    /// Whether the tab is in a private window; if so, it is never written to disk.
    pub private: bool,
    /// When it was sent or last changed, in milliseconds since the epoch.
    pub at: Millis,
    /// The path of the chat's page; it is sent only there.
    pub path: String,
    /// What the person wrote.
    pub text: String,
    /// The part of the answer that had arrived.
    pub answer: String,
    /// The file names of attachments; the files are not kept.
    pub files: Vec<String>,
    /// Whether it was found in the tab's storage when a page was loaded, rather than observed.
    pub found: bool,
}

impl SavedPrompt {
    fn bytes(&self) -> usize {
        self.text.len() + self.answer.len()
    }

    /// Limits its fields; a time in the future becomes `now`. False if the text is too long: a truncated prompt would
    /// be useless.
    fn fits(&mut self, now: Millis) -> bool {
        let room = BYTES_OF_TAB.saturating_sub(self.text.len());
        self.answer.truncate(clip(&self.answer, room).len());
        self.path.truncate(clip(&self.path, PATH).len());
        self.files.truncate(NAMES);
        self.files.iter_mut().for_each(|name| name.truncate(clip(name, NAME).len()));
        self.at = self.at.min(now);
        !self.text.trim().is_empty() && self.text.len() <= BYTES_OF_TAB
    }

    /// The first lines, as a label.
    pub fn head(&self, lines: usize) -> String {
        let found: Vec<&str> = self.text.lines().filter(|line| !line.trim().is_empty()).take(lines).collect();
        found.join("\n")
    }
}

named! {
    /// Where prompts are kept, as the person chose.
    #[derive(Default)]
    pub enum PromptStorage {
        /// Until the browser closes.
        #[default]
        Session = "session",
        /// Also on disk, for a day.
        Disk = "disk",
        /// Nowhere.
        Nowhere = "nowhere",
    }
}

/// Adds a prompt, or updates one of the same tab and text: the same text sent again takes nobody's place. Over the limits,
/// prompts of the same tab are dropped first.
pub fn keep(all: &mut Vec<SavedPrompt>, mut new: SavedPrompt, now: Millis) {
    if !new.fits(now) {
        return;
    }
    let known = all.iter().position(|one| one.tab == new.tab && one.text == new.text);
    if let Some(known) = known.map(|index| all.remove(index)) {
        new.id = known.id;
        new.found &= known.found;
        new.private |= known.private;
        if known.at > new.at {
            (new.at, new.path, new.files) = (known.at, known.path, known.files);
        }
        if new.answer.len() < known.answer.len() {
            new.answer = known.answer;
        }
    } else {
        new.id = all.iter().map(|one| one.id + 1).max().unwrap_or_default().max(new.at);
    }
    let tab = new.tab;
    all.push(new);
    fresh(all, now);
    let (mine, found) = (|one: &SavedPrompt| one.tab == tab, |one: &SavedPrompt| one.tab == tab && one.found);
    while count(all, &found) > FOUND {
        drop_oldest(all, &found);
    }
    while count(all, &mine) > OF_TAB || bytes(all, &mine) > BYTES_OF_TAB {
        drop_oldest(all, &mine);
    }
    shrink(all, MOST, BYTES);
}

/// Keeps a prompt again that was discarded, by the id that it had, if no other has it.
pub fn restore(all: &mut Vec<SavedPrompt>, prompt: SavedPrompt, now: Millis) {
    let (id, tab, text) = (prompt.id, prompt.tab, prompt.text.clone());
    keep(all, prompt, now);
    if all.iter().all(|one| one.id != id) {
        let own = all.iter_mut().filter(|one| one.tab == tab && one.text == text);
        own.for_each(|one| one.id = id);
    }
}

/// Drops prompts down to `most` and `most_bytes`: first those whose text is kept once more, then each time the oldest of the tab
/// that has the most.
pub fn shrink(all: &mut Vec<SavedPrompt>, most: usize, most_bytes: usize) {
    while all.len() > most || bytes(all, &|_| true) > most_bytes {
        let copy = all.iter().position(|one| all.iter().any(|other| other.text == one.text && other.at > one.at));
        if let Some(index) = copy {
            all.remove(index);
            continue;
        }
        let crowd = all.len() > most;
        let of = |one: &SavedPrompt| {
            let mine = |other: &SavedPrompt| other.tab == one.tab;
            if crowd { count(all, &mine) } else { bytes(all, &mine) }
        };
        let Some(tab) = all.iter().max_by_key(|one| (of(one), -one.at)).map(|one| one.tab) else { return };
        drop_oldest(all, &|one| one.tab == tab);
    }
}

/// Drops half of the prompts and half of their bytes, to free space.
pub fn halve(all: &mut Vec<SavedPrompt>) {
    shrink(all, all.len() / 2, bytes(all, &|_| true) / 2);
}

/// Drops the oldest of these; those that were only found go first.
fn drop_oldest(all: &mut Vec<SavedPrompt>, these: &dyn Fn(&SavedPrompt) -> bool) {
    let oldest = all.iter().enumerate().filter(|(_, one)| these(one)).min_by_key(|(_, one)| (!one.found, one.at));
    if let Some(index) = oldest.map(|(index, _)| index) {
        all.remove(index);
    }
}

fn count(all: &[SavedPrompt], these: &dyn Fn(&SavedPrompt) -> bool) -> usize {
    all.iter().filter(|one| these(one)).count()
}

fn bytes(all: &[SavedPrompt], these: &dyn Fn(&SavedPrompt) -> bool) -> usize {
    all.iter().filter(|one| these(one)).map(SavedPrompt::bytes).sum()
}

/// Drops expired prompts. A time in the future becomes `now`.
pub fn fresh(all: &mut Vec<SavedPrompt>, now: Millis) {
    all.iter_mut().for_each(|one| one.at = one.at.min(now));
    all.retain(|one| since(now, one.at) < KEPT_FOR);
}

/// Those that are written to disk: none without the person's choice, and never a private window's.
pub fn lasting(all: &[SavedPrompt], place: PromptStorage) -> Vec<&SavedPrompt> {
    all.iter().filter(|one| place == PromptStorage::Disk && !one.private).collect()
}

/// Drops the prompt with this id, and those of equal text, which are shown as one; without an id all of them.
pub fn discard(all: &mut Vec<SavedPrompt>, id: Option<Millis>) {
    let text = all.iter().find(|one| Some(one.id) == id).map(|one| one.text.clone());
    all.retain(|one| id.is_some() && text.as_ref() != Some(&one.text));
}

/// Drops the saved prompts with this text in this tab, as it was answered.
pub fn spend(all: &mut Vec<SavedPrompt>, tab: TabId, text: &str) {
    all.retain(|one| one.tab != tab || one.text != text);
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn prompt(at: Millis, text: &str) -> SavedPrompt {
        SavedPrompt {
            id: 0,
            tab: 3,
            private: false,
            at,
            path: "/".into(),
            text: text.into(),
            answer: String::new(),
            files: Vec::new(),
            found: false,
        }
    }

    fn texts(all: &[SavedPrompt]) -> Vec<&str> {
        all.iter().map(|one| one.text.as_str()).collect()
    }

    #[test]
    fn what_a_page_plants_takes_nobody_s_place() {
        let mut all = Vec::new();
        for at in 1..=3 {
            keep(&mut all, prompt(at, &format!("mine {at}")), 10);
        }
        keep(&mut all, SavedPrompt { tab: 4, ..prompt(4, "another tab's") }, 10);
        for at in 0..50 {
            let planted = SavedPrompt { found: true, at: Millis::MAX - at, ..prompt(0, &format!("planted {at}")) };
            keep(&mut all, planted, 20);
        }
        for text in ["mine 1", "mine 2", "mine 3", "another tab's"] {
            assert!(texts(&all).contains(&text), "{text}: {:?}", texts(&all));
        }
        assert!(all.iter().all(|one| one.at <= 20) && all.len() <= 5, "{:?}", texts(&all));
        fresh(&mut all, 20 + KEPT_FOR);
        assert!(all.is_empty(), "a time to come never ends");
    }

    #[test]
    fn everything_is_held_to_its_size() {
        let mut all = Vec::new();
        let long = |size: usize| "é".repeat(size);
        let new = SavedPrompt {
            path: long(5_000),
            answer: long(3_000_000),
            files: vec![long(5_000); 500],
            ..prompt(1, "text")
        };
        keep(&mut all, new, 1);
        let one = all.first().unwrap();
        assert!(one.path.len() <= PATH && one.bytes() <= BYTES_OF_TAB && one.files.len() == NAMES);
        assert!(one.files.iter().all(|name| name.len() <= NAME));
        keep(&mut all, prompt(2, &long(3_000_000)), 2);
        assert_eq!(texts(&all), ["text"], "too long a text is not kept");
    }

    #[test]
    fn one_tab_s_plenty_leaves_another_s_prompt() {
        let mut all = Vec::new();
        keep(&mut all, SavedPrompt { tab: 1, ..prompt(1, "the person's") }, 1);
        for tab in 2..40 {
            for at in 0..6 {
                keep(&mut all, SavedPrompt { tab, ..prompt(10 + at, &format!("{at}{}", "x".repeat(1_900_000))) }, 20);
            }
        }
        assert!(texts(&all).contains(&"the person's"));
        assert!(bytes(&all, &|_| true) <= BYTES);
    }

    #[test]
    fn nothing_of_a_private_window_and_nothing_unchosen_reaches_the_disk() {
        let all = [prompt(1, "mine"), SavedPrompt { private: true, ..prompt(2, "private") }];
        let texts = |place| lasting(&all, place).iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(PromptStorage::Disk), ["mine"]);
        assert!(texts(PromptStorage::Session).is_empty() && texts(PromptStorage::Nowhere).is_empty());
    }

    #[test]
    fn what_is_discarded_does_not_come_back_as_its_copy() {
        let mut all = Vec::new();
        for (at, tab, text) in [(1, 3, "same"), (2, 4, "same"), (3, 3, "other")] {
            keep(&mut all, SavedPrompt { tab, ..prompt(at, text) }, 5);
        }
        let id = all.iter().find(|one| one.at == 2).map(|one| one.id);
        discard(&mut all, Some(-1));
        assert_eq!(texts(&all), ["same", "same", "other"], "no such prompt");
        let gone = all.iter().find(|one| Some(one.id) == id).cloned().unwrap();
        discard(&mut all, id);
        assert_eq!(texts(&all), ["other"]);
        restore(&mut all, gone.clone(), 5);
        assert!(all.contains(&gone), "{all:?}");
        discard(&mut all, id);
        discard(&mut all, None);
        assert!(all.is_empty());
    }

    #[test]
    fn the_same_text_takes_nobody_s_place() {
        let mut all = Vec::new();
        keep(&mut all, prompt(1, "long and important"), 1);
        for at in 2..20 {
            keep(&mut all, SavedPrompt { path: format!("/c/{at}"), ..prompt(at, "test") }, 20);
        }
        assert_eq!(texts(&all), ["long and important", "test"]);
        assert_eq!((all[1].at, all[1].path.as_str()), (19, "/c/19"));
        for tab in 30..60 {
            keep(&mut all, SavedPrompt { tab, ..prompt(20 + Millis::from(tab), "hello") }, 100);
        }
        assert!(texts(&all).contains(&"long and important") && texts(&all).contains(&"test"));
        assert!(all.len() <= MOST);
    }

    #[test]
    fn told_twice_it_is_kept_once_with_the_longer_answer() {
        let mut all = Vec::new();
        keep(&mut all, SavedPrompt { answer: "half an".into(), ..prompt(1, "one") }, 1);
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
            told in proptest::collection::vec((0..40_i64, 0..9, "[a-c ]{0,3}"), 0..60),
        ) {
            let mut all = Vec::new();
            for (at, tab, text) in told {
                keep(&mut all, SavedPrompt { tab, ..prompt(at, &text) }, 40);
                prop_assert!(all.len() <= MOST && count(&all, &|one| one.tab == tab) <= OF_TAB);
                let mut ids: Vec<Millis> = all.iter().map(|one| one.id).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), all.len());
            }
        }
    }
}
