//! The extension's languages: what each lacks or has wrong beside English, and what of its file ships.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::project;

const ENGLISH: &str = "en";

/// What `messages.json` says to translators only: keys of a message, and of a placeholder.
const NOTES: [&str; 2] = ["description", "example"];

/// The messages that a language lacks: the browsers show them in English.
pub type Missing = BTreeMap<String, Vec<String>>;

/// The messages of a language, as the extension's folder has them.
struct Locale {
    language: String,
    entries: serde_json::Map<String, Value>,
}

/// Where the languages are.
pub fn folder() -> PathBuf {
    project::path("extension/_locales")
}

/// Compares each language in the folder with English.
///
/// # Errors
/// A file that cannot be read, a message that English does not have, and a placeholder that English does not have, that is
/// left out, that is not defined or that is not used. All of them are named.
pub fn check(folder: &Path) -> Result<Missing> {
    let english = Locale::read(folder, ENGLISH)?;
    let (mut missing, mut wrong) = (Missing::new(), english.faults());
    for language in languages(folder)?.into_iter().filter(|language| language != ENGLISH) {
        let locale = Locale::read(folder, &language)?;
        wrong.extend(locale.faults());
        for (key, entry) in &locale.entries {
            match english.entries.get(key) {
                None => wrong.push(format!("{language}: {key}: English has no such message")),
                Some(same) if contents(same) != contents(entry) => {
                    wrong.push(format!("{language}: {key}: its placeholders are not those of English"));
                }
                Some(_) => {}
            }
        }
        let lacks: Vec<String> =
            english.entries.keys().filter(|key| !locale.entries.contains_key(*key)).cloned().collect();
        if !lacks.is_empty() {
            missing.insert(language, lacks);
        }
    }
    ensure!(wrong.is_empty(), "messages.json: {} faults:\n  {}", wrong.len(), wrong.join("\n  "));
    Ok(missing)
}

/// Fails if a language in the folder lacks a message, so that no half translated extension is packed.
///
/// # Errors
/// Those of [`check`], and a message without a translation. All of them are named.
pub fn complete(folder: &Path) -> Result<()> {
    let missing = check(folder)?;
    let remedy = "translate them in extension/_locales/<language>/messages.json (CONTRIBUTING.md, Add a message)";
    ensure!(missing.is_empty(), "messages without a translation:\n{}{remedy}", listed(&missing));
    Ok(())
}

/// Says what each language lacks, as a warning.
///
/// # Errors
/// Those of [`check`].
pub fn warn(folder: &Path) -> Result<()> {
    let missing = check(folder)?;
    if !missing.is_empty() {
        eprintln!("warning: messages without a translation, shown in English:\n{}", listed(&missing));
    }
    Ok(())
}

/// Named of each language.
const NAMED: usize = 10;

/// A line for each language: how many messages it lacks, and the first of them.
fn listed(missing: &Missing) -> String {
    let line = |(language, keys): (&String, &Vec<String>)| {
        let more = if keys.len() > NAMED { " …" } else { "" };
        let first: Vec<&str> = keys.iter().take(NAMED).map(String::as_str).collect();
        format!("  {language}: {}: {}{more}\n", keys.len(), first.join(", "))
    };
    missing.iter().map(line).collect()
}

/// Takes what only translators read out of each language in the folder.
///
/// # Errors
/// A file that cannot be read or written.
pub fn strip(folder: &Path) -> Result<()> {
    for language in languages(folder)? {
        let mut locale = Locale::read(folder, &language)?;
        for entry in locale.entries.values_mut() {
            let mut entry = entry.as_object_mut();
            let placeholders = entry.as_mut().and_then(|entry| entry.get_mut("placeholders")?.as_object_mut());
            for placeholder in
                placeholders.into_iter().flat_map(|all| all.values_mut()).filter_map(Value::as_object_mut)
            {
                placeholder.retain(|name, _| !NOTES.contains(&name.as_str()));
            }
            if let Some(entry) = entry {
                entry.retain(|name, _| !NOTES.contains(&name.as_str()));
            }
        }
        fs::write(file(folder, &language), serde_json::to_string(&locale.entries)? + "\n")?;
    }
    Ok(())
}

impl Locale {
    fn read(folder: &Path, language: &str) -> Result<Locale> {
        let file = file(folder, language);
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let entries = serde_json::from_slice(&text).with_context(|| format!("{} is not valid", file.display()))?;
        Ok(Locale { language: language.to_owned(), entries })
    }

    /// What is wrong with its messages by themselves: browsers refuse the extension if a placeholder is not defined.
    fn faults(&self) -> Vec<String> {
        let fault = |(key, entry): (&String, &Value)| {
            let defined: BTreeSet<String> = contents(entry).into_keys().collect();
            let what = match entry.get("message").and_then(Value::as_str).map(used) {
                None => "there is no message",
                Some(None) => "a dollar sign is neither written twice nor part of a placeholder such as $NAME$",
                Some(Some(used)) if used != defined => "the placeholders that are used are not those that are defined",
                Some(Some(_)) => return None,
            };
            Some(format!("{}: {key}: {what}", self.language))
        };
        self.entries.iter().filter_map(fault).collect()
    }
}

fn file(folder: &Path, language: &str) -> PathBuf {
    folder.join(language).join("messages.json")
}

fn languages(folder: &Path) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// The placeholders that a message defines, in lower case, and their content.
fn contents(entry: &Value) -> BTreeMap<String, Option<&str>> {
    let placeholders = entry.get("placeholders").and_then(Value::as_object);
    let all = placeholders.into_iter().flatten();
    all.map(|(name, one)| (name.to_ascii_lowercase(), one.get("content").and_then(Value::as_str))).collect()
}

/// The placeholders that the words use, in lower case; none where a dollar sign is neither part of one nor doubled.
fn used(message: &str) -> Option<BTreeSet<String>> {
    let parts: Vec<&str> = message.split('$').collect();
    let named = |name: &&str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    // Every other part stands between two dollar signs; an empty one is a doubled sign.
    let between: Vec<&str> = parts.iter().skip(1).step_by(2).copied().collect();
    let fits = parts.len() % 2 == 1 && between.iter().all(named);
    fits.then(|| between.iter().filter(|name| !name.is_empty()).map(|name| name.to_ascii_lowercase()).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tempfile::TempDir;

    use super::*;

    fn message(words: &str) -> Value {
        json!({ "message": words, "description": "Button.", "placeholders": { "times": { "content": "$1", "example": "3" } } })
    }

    /// English and German with these messages.
    fn written(english: Value, german: Value) -> TempDir {
        let place = tempfile::tempdir().unwrap();
        for (language, messages) in [(ENGLISH, english), ("de", german)] {
            fs::create_dir(place.path().join(language)).unwrap();
            fs::write(file(place.path(), language), messages.to_string()).unwrap();
        }
        place
    }

    fn refused(english: Value, german: Value) -> String {
        check(written(english, german).path()).unwrap_err().to_string()
    }

    #[test]
    fn the_extension_has_no_fault() {
        let missing = check(&folder()).unwrap();
        assert!(missing.keys().all(|language| language != ENGLISH));
    }

    #[test]
    fn a_missing_translation_is_told_on_a_branch_and_refused_in_a_package() {
        let place =
            written(json!({ "a": { "message": "A" }, "b": { "message": "B" } }), json!({ "a": { "message": "Ah" } }));
        assert_eq!(check(place.path()).unwrap(), Missing::from([("de".into(), vec!["b".into()])]));
        let told = complete(place.path()).unwrap_err().to_string();
        assert!(told.contains("de: 1: b\n") && told.contains("CONTRIBUTING.md"), "{told}");
        let whole = json!({ "a": message("$TIMES$ times") });
        complete(written(whole.clone(), whole).path()).unwrap();
    }

    #[test]
    fn what_english_does_not_have_is_refused() {
        let told = refused(json!({}), json!({ "x": { "message": "X" } }));
        assert!(told.contains("de: x: English has no such message"), "{told}");
    }

    #[test]
    fn a_placeholder_that_a_translation_leaves_out_or_invents_is_refused() {
        let english = || json!({ "a": message("$TIMES$ times") });
        assert!(refused(english(), json!({ "a": { "message": "oft" } })).contains("not those of English"));
        assert!(refused(english(), json!({ "a": message("oft") })).contains("used are not those that are defined"));
        assert!(refused(english(), json!({ "a": message("$TIMES$ von $ALL$") })).contains("used are not those"));
        assert!(refused(english(), json!({ "a": message("$1 mal") })).contains("dollar sign"));
        let other = json!({ "a": { "message": "$times$ mal", "placeholders": { "times": { "content": "$2" } } } });
        assert!(refused(english(), other).contains("not those of English"));
        assert!(check(written(english(), json!({ "a": message("US$$ $times$ mal") })).path()).is_ok());
    }

    #[test]
    fn notes_to_translators_do_not_ship() {
        let place = written(json!({ "description": message("$TIMES$"), "example": { "message": "E" } }), json!({}));
        strip(place.path()).unwrap();
        let shipped = fs::read_to_string(file(place.path(), ENGLISH)).unwrap();
        let words = r#"{"message":"$TIMES$","placeholders":{"times":{"content":"$1"}}}"#;
        assert_eq!(shipped, format!("{{\"description\":{words},\"example\":{{\"message\":\"E\"}}}}\n"));
    }
}
