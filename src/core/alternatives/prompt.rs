//! The saved prompts as the page of alternatives shows them. Read only.

use crate::core::prompts::SavedPrompt;

/// Those that can be passed on, the newest first.
pub fn prompts(kept: Vec<SavedPrompt>) -> Vec<SavedPrompt> {
    kept.into_iter().rev().filter(|prompt| !prompt.text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: i64, text: &str) -> SavedPrompt {
        SavedPrompt { id, text: text.to_owned(), ..SavedPrompt::default() }
    }

    #[test]
    fn the_newest_comes_first_and_an_empty_one_is_left_out() {
        let read = prompts(vec![one(1, "first"), one(2, " \n"), one(4, "\nlast\n\nof all\nlines\nthere")]);
        assert_eq!(read.iter().map(|prompt| prompt.id).collect::<Vec<_>>(), [4, 1]);
        assert_eq!(read.first().map(|prompt| prompt.head(3)), Some("last\nof all\nlines".to_owned()));
    }
}
