//! The form of the key, before it is sent anywhere.

use mend::core::{
    endpoint::EndpointKind,
    key::{KeyFormat, shape},
};

use super::{base_url::BaseUrl, check::Check, environment::Variables};

const NAME: &str = "key";
/// What every key of OpenAI's begins with.
const START: &str = "sk-";

/// What is said of the key.
pub fn checks(variables: &Variables, base: Option<&BaseUrl>) -> Vec<Check> {
    let wanted = if variables.of_azure() { "AZURE_OPENAI_API_KEY" } else { "OPENAI_API_KEY" };
    let Some((name, key)) = variables.key() else {
        return vec![Check::bad(
            NAME,
            format!("{wanted} is not set, or empty."),
            "Set it in the program's own environment, not only in a file that the program does not read.",
        )];
    };
    if key.trim() != key {
        return vec![Check::bad(
            NAME,
            format!("{name} begins or ends with a blank or a line break."),
            "Remove it: HTTP clients refuse such a header, or the server does not know the key.",
        )];
    }
    if is_double(key) {
        return vec![Check::bad(NAME, format!("{name} holds two keys in a row."), "Keep one of them.")];
    }
    vec![match base.map(BaseUrl::kind) {
        Some(EndpointKind::Api) => of_openai(name, key),
        Some(EndpointKind::Azure) if key.starts_with(START) => Check::bad(
            NAME,
            format!("{name} has the form of a key of OpenAI's own, and the address is Azure's."),
            "Use a key of the Azure resource.",
        ),
        _ if key.contains(char::is_whitespace) => {
            Check::bad(NAME, format!("{name} contains white space."), "Copy the key again, without a line break.")
        }
        _ => Check::good(NAME, format!("{name} is set; what form it must have, its server decides.")),
    }]
}

fn of_openai(name: &str, key: &str) -> Check {
    let bad = |words: &str, advice: &str| Check::bad(NAME, format!("{name} {words}"), advice);
    const AGAIN: &str = "Copy the whole key from platform.openai.com/api-keys.";
    match shape(key) {
        KeyFormat::Good => Check::good(NAME, format!("{name} has the form of a key.")),
        KeyFormat::Empty => bad("is empty.", AGAIN),
        KeyFormat::Bearer => bad("begins with “Bearer”.", "Remove that word: the package adds it."),
        KeyFormat::Quoted => bad("contains quotes or a variable's name.", "Set the key alone, without quotes."),
        KeyFormat::Spaced => bad("contains white space.", AGAIN),
        KeyFormat::Masked => bad("is masked by dots or stars.", AGAIN),
        KeyFormat::Id => bad("is the id of an organisation or project.", AGAIN),
        KeyFormat::Admin => {
            bad("is an administration key, which cannot call models.", "Create a key of a project for the program.")
        }
        KeyFormat::Foreign => {
            bad("has the form of another provider's key.", "Use a key of OpenAI's, or set that provider's base URL.")
        }
        KeyFormat::Unknown => bad("has none of the forms of OpenAI's keys.", AGAIN),
        KeyFormat::Odd => bad("contains a character that no key has.", AGAIN),
        KeyFormat::Short => bad("is too short to be whole.", AGAIN),
    }
}

/// Two keys in a row: pasted twice, or an old one before the new one.
fn is_double(key: &str) -> bool {
    key.strip_prefix(START).is_some_and(|rest| rest.contains("sk-proj-") || rest.contains("sk-svcacct-"))
        || key.len().is_multiple_of(2) && key.len() > 40 && key.get(..key.len() / 2) == key.get(key.len() / 2..)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_judged_by_its_form_and_never_repeated() {
        let long = format!("sk-proj-{}", "a1B2".repeat(30));
        let words = |key: &str| {
            let variables = Variables::of(&[("OPENAI_API_KEY", key)]);
            let (base, _) = BaseUrl::of(None, &variables);
            let check = checks(&variables, base.as_ref()).remove(0);
            assert!(!check.words.contains("a1B2") && !check.advice.unwrap_or_default().contains("a1B2"));
            check.words
        };
        assert!(words("").contains("is not set"));
        assert!(words(&long).contains("has the form of a key"));
        assert!(words(&format!("{long}\n")).contains("line break"));
        assert!(words(&format!("{long}{long}")).contains("two keys"));
        assert!(words(&format!("Bearer {long}")).contains("Bearer"));
        assert!(words("sk-ant-api03-a1B2").contains("another provider"));
    }

    #[test]
    fn a_gateway_has_keys_of_its_own() {
        let variables =
            Variables::of(&[("OPENAI_API_KEY", "hunter2"), ("OPENAI_BASE_URL", "http://localhost:4000/v1")]);
        let (base, _) = BaseUrl::of(None, &variables);
        assert!(checks(&variables, base.as_ref())[0].words.contains("its server decides"));
    }
}
