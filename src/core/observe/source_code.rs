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
/// What compares, which sentences do not have.
const COMPARISONS: &[&str] = &["==", "!="];

/// Whether the line is a statement: it begins like one, and compares or ends like one, as a person's sentence does not. A list of
/// texts that gets a name counts as well.
pub fn is_source_code(line: &str) -> bool {
    let line = line.trim();
    // A URL or a status line in it is something that was requested.
    if line.contains("://") || line.contains("HTTP/") {
        return false;
    }
    let begins = STATEMENTS.iter().any(|word| line.starts_with(word));
    let compares = || COMPARISONS.iter().any(|sign| line.contains(sign));
    (begins && (line.ends_with(['{', ';']) || compares())) || is_list(line)
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
            "throw new Error(\"insufficient_quota\");",
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
            "if I use my key it says \"invalid_api_key\"",
            "when calling gpt-4o I get: {\"error\":{\"code\":\"insufficient_quota\"}}",
            "return code (401)",
            "error = {'message': 'Rate limit reached'} status 429",
            "Return code was 401 (invalid_api_key)",
        ] {
            assert!(!is_source_code(line), "{line}");
        }
    }
}
