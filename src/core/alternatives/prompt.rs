//! What the person wrote, as it lies in the session's memory. Read only: somebody else keeps it there.

use crate::core::{
    Millis,
    event::TabId,
    plain::{Data, Plain, Shape, plain},
};

/// What is looked at of the list; the rest, such as half an answer, stays where it is.
pub const KEPT: Shape = Shape::List(&Shape::Map(&[
    ("id", Shape::One),
    ("tab", Shape::One),
    ("at", Shape::One),
    ("text", Shape::One),
    ("files", Shape::List(&Shape::One)),
]));

/// A kept prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Its number.
    pub id: i64,
    /// The tab that it was written in.
    pub tab: TabId,
    /// When it was sent.
    pub at: Millis,
    /// What was written, letter for letter.
    pub text: String,
    /// The names of the files that went with it; the files themselves are not kept.
    pub files: Vec<String>,
}
plain!(Prompt by field_or_default { id, tab, at, text, files });

/// Those that can be handed over, the newest first. What is no prompt is left out.
pub fn prompts(kept: &Plain) -> Vec<Prompt> {
    let read = kept.items().iter().rev().filter_map(Prompt::from_plain);
    read.filter(|prompt| !prompt.text.trim().is_empty()).collect()
}

impl Prompt {
    /// The first lines, to know it by.
    pub fn head(&self, lines: usize) -> String {
        let found: Vec<&str> = self.text.lines().filter(|line| !line.trim().is_empty()).take(lines).collect();
        found.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: i64, text: &str) -> Plain {
        Plain::tagged("id", Plain::Number(id)).with("text", Plain::Text(text.to_owned()))
    }

    #[test]
    fn the_newest_comes_first_and_what_is_none_is_left_out() {
        let kept = Plain::List(vec![
            one(1, "first"),
            Plain::Number(3),
            one(2, " \n"),
            Plain::tagged("text", Plain::Number(1)),
            one(4, "\nlast\n\nof all\nlines\nthere"),
        ]);
        let read = prompts(&kept);
        assert_eq!(read.iter().map(|prompt| prompt.id).collect::<Vec<_>>(), [4, 1]);
        assert_eq!(read.first().map(|prompt| prompt.head(3)), Some("last\nof all\nlines".to_owned()));
        assert_eq!(prompts(&Plain::Text("x".to_owned())), []);
    }
}
