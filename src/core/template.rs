//! A message of `messages.json` with its placeholders, filled in as browsers do it (MDN, "Internationalization",
//! "Locale-Specific Message reference"; Chrome's `message_bundle.cc`, Firefox's `ExtensionCommon.sys.mjs`).

/// A message: `$NAME$` is a placeholder, `$1` to `$9` an argument, `$$` a dollar sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    message: String,
    placeholders: Vec<(String, String)>,
}

impl Template {
    /// A message without placeholders.
    pub fn new(message: String) -> Template {
        Template { message, placeholders: Vec::new() }
    }

    /// Adds a placeholder: its name, compared case-insensitively, and its content, usually `$1`.
    pub fn placeholder(mut self, name: String, content: String) -> Template {
        self.placeholders.push((name, content));
        self
    }

    /// An entry of `messages.json`; none where it has no message.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_json(entry: &serde_json::Value) -> Option<Template> {
        let message = entry.get("message")?.as_str()?.to_owned();
        let placeholders = entry.get("placeholders").and_then(serde_json::Value::as_object);
        let content =
            |one: &serde_json::Value| one.get("content").and_then(|content| content.as_str().map(str::to_owned));
        let placeholders = placeholders.into_iter().flatten();
        Some(placeholders.fold(Template::new(message), |template, (name, one)| {
            template.placeholder(name.clone(), content(one).unwrap_or_default())
        }))
    }

    /// The text. A missing argument is left out; an unknown placeholder stays as it is.
    pub fn fill(&self, arguments: &[String]) -> String {
        fill(&self.message, &self.placeholders, arguments)
    }
}

/// In one pass, so that nothing in an argument is taken for a placeholder.
fn fill(text: &str, placeholders: &[(String, String)], arguments: &[String]) -> String {
    let mut sentence = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        sentence.push_str(before);
        let named = after.split_once('$').and_then(|(name, after)| {
            placeholders.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, content)| (content, after))
        });
        rest = match (named, after.chars().next()) {
            (Some((content, after)), _) => {
                sentence.push_str(&fill(content, &[], arguments));
                after
            }
            (None, Some(digit @ '1'..='9')) => {
                let place = digit as usize - '1' as usize;
                sentence.push_str(arguments.get(place).map_or("", String::as_str));
                after.get(1..).unwrap_or_default()
            }
            // Of several dollar signs in a row, the first one escapes the others.
            (None, Some('$')) => {
                let plain = after.trim_start_matches('$');
                sentence.extend(std::iter::repeat_n('$', after.len() - plain.len()));
                plain
            }
            (None, _) => {
                sentence.push('$');
                after
            }
        };
    }
    sentence + rest
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn filled(message: &str, arguments: &[&str]) -> String {
        let template = Template::new(message.into())
            .placeholder("failures".into(), "$1".into())
            .placeholder("side_2".into(), "<$2>".into());
        template.fill(&arguments.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_placeholder_is_found_in_any_case_and_place() {
        assert_eq!(filled("$FAILURES$ of $Failures$", &["3"]), "3 of 3");
        assert_eq!(filled("$SIDE_2$$FAILURES$.", &["3", "x"]), "<x>3.");
        assert_eq!(filled("$2, $1", &["a", "b"]), "b, a");
    }

    #[test]
    fn a_dollar_sign_is_written_twice() {
        assert_eq!(filled("US$$20 for $FAILURES$", &["3"]), "US$20 for 3");
        assert_eq!(filled("$$$$ and $$FAILURES$", &["3"]), "$$$ and $FAILURES$");
        assert_eq!(filled("5 $ is $", &[]), "5 $ is $");
    }

    #[test]
    fn an_argument_is_never_read_again() {
        assert_eq!(filled("$FAILURES$ $SIDE_2$", &["$2", "US$10 $FAILURES$"]), "$2 <US$10 $FAILURES$>");
    }

    #[test]
    fn what_is_not_known_stays_and_what_is_not_given_is_left_out() {
        assert_eq!(filled("$OTHER$ $SIDE_2$ $3", &[]), "$OTHER$ <> ");
    }

    #[test]
    fn an_entry_of_the_file_is_read() {
        let entry = serde_json::json!({
            "message": "$TIMES$ times", "description": "…", "placeholders": { "times": { "content": "$1", "example": "3" } }
        });
        assert_eq!(Template::from_json(&entry).unwrap().fill(&["4".into()]), "4 times");
        assert_eq!(Template::from_json(&serde_json::json!({ "description": "…" })), None);
    }
}
