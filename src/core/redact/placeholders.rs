//! Finds the placeholders in a redacted text, to mark them in a preview.

use super::SecretKind;

/// The segments of a redacted text in order; `true` for a placeholder.
pub fn segments(text: &str) -> Vec<(&str, bool)> {
    let (mut segments, mut rest) = (Vec::new(), text);
    while let Some((before, mark, after)) = next(rest) {
        if !before.is_empty() {
            segments.push((before, false));
        }
        segments.push((mark, true));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push((rest, false));
    }
    segments
}

fn next(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('<').find_map(|(at, _)| {
        let (before, from) = text.split_at_checked(at)?;
        let (mark, after) = from.split_at_checked(from.find('>')? + 1)?;
        is_mark(mark).then_some((before, mark, after))
    })
}

/// Whether the text is a placeholder such as `<email-1>`.
fn is_mark(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let parts = inner.and_then(|inner| inner.rsplit_once('-'));
    parts.is_some_and(|(kind, number)| SecretKind::from_name(kind).is_some() && number.parse::<u32>().is_ok())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_is_found_and_nothing_else() {
        assert_eq!(
            segments("a <b> <email-1>, <id> <ip-12><ip-x>"),
            [("a <b> ", false), ("<email-1>", true), (", <id> ", false), ("<ip-12>", true), ("<ip-x>", false)]
        );
        assert_eq!(segments(""), []);
        assert_eq!(segments("<email-1>"), [("<email-1>", true)]);
    }
}
