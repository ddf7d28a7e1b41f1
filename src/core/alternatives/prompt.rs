//! What the person wrote, as it lies in the session's memory. Read only: somebody else keeps it there.

use crate::core::{
    plain::{Data, Plain, Shape},
    prompts::SavedPrompt,
};

/// What is looked at of the list; the rest, such as half an answer, stays where it is.
pub const PROMPTS: Shape = Shape::List(&Shape::Map(&[
    ("id", Shape::One),
    ("tab", Shape::One),
    ("at", Shape::One),
    ("text", Shape::One),
    ("files", Shape::List(&Shape::One)),
]));

/// Those that can be handed over, the newest first. What is no prompt is left out.
pub fn prompts(kept: &Plain) -> Vec<SavedPrompt> {
    let read = kept.items().iter().rev().filter_map(SavedPrompt::from_plain);
    read.filter(|prompt| !prompt.text.trim().is_empty()).collect()
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
