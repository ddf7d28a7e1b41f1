//! Lines of a program's source: a traceback quotes them, and who asks pastes them; an error named in one did not happen.

/// How a statement begins that compares, defines or passes on, in the common languages.
const STATEMENTS: &[&str] = &[
    "assert ",
    "assert(",
    "case ",
    "catch ",
    "const ",
    "def ",
    "elif ",
    "else if ",
    "except ",
    "expect(",
    "fn ",
    "for ",
    "func ",
    "function ",
    "if ",
    "if (",
    "import ",
    "let ",
    "match ",
    "public ",
    "raise ",
    "return ",
    "static ",
    "switch ",
    "throw ",
    "until ",
    "var ",
    "when ",
    "while ",
    "} catch ",
    "} elif ",
    "} else if ",
];
/// What stands in a statement and hardly in a sentence.
const MARKS: &[&str] = &["(", "\"", "'", "==", "{", "[", "::", "->", "=>"];
/// How a statement ends.
const ENDS: &[char] = &['{', ':', ';', ')', ',', ']', '}', '"', '\''];

/// Whether the line is a statement: it begins, goes on and ends like one. A list of texts that gets a name counts as well.
pub fn is_source_code(line: &str) -> bool {
    let line = line.trim();
    // A URL or a status line in it is something that was requested.
    if line.contains("://") || line.contains("HTTP/") {
        return false;
    }
    let begins = STATEMENTS.iter().any(|word| line.starts_with(word));
    let goes_on = || MARKS.iter().any(|mark| line.contains(mark));
    (begins && goes_on() && line.ends_with(ENDS)) || is_list(line)
}

/// Whether a list of texts gets a name: `RETRY_ON = ["server_error", …]`.
fn is_list(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(" = ") else { return false };
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | ' ' | ':');
    let rest = rest.trim_start();
    name.chars().all(is_name) && rest.starts_with('[') && rest.contains(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::is_source_code;

    #[test]
    fn statements_are_source_and_messages_are_not() {
        for line in [
            "if err == \"insufficient_quota\" {",
            "    raise self._make_status_error_from_response(err.response) from None; pass;",
            "  return await self._post(\"/chat/completions\", body=maybe_transform(body))",
            "def test_rate_limit_exceeded(): assert code == \"rate_limit_exceeded\"",
            "RETRY_ON = [\"rate_limit_exceeded\", \"server_error\"]",
            "} catch (OpenAI.RateLimitError error) {",
        ] {
            assert!(is_source_code(line), "{line}");
        }
        for line in [
            "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}",
            "throw new Error: https://api.openai.com/v1/responses (429)",
            "If you see this, Error: 429 (rate_limit_exceeded)",
            "if it says 401, what do I do",
            "error = {'message': 'Rate limit reached'} status 429",
            "Return code was 401 (invalid_api_key)",
        ] {
            assert!(!is_source_code(line), "{line}");
        }
    }
}
