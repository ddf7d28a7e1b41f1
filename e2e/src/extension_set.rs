//! Other extensions, as many as people have, of which chosen ones break the page.
//!
//! Owns their names and their few lines. Each can touch ChatGPT; all but the chosen ones do it no harm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::firefox;
use crate::session::Session;
use crate::setup::{Browser, Setup};

/// How the page is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// Not at all.
    None,
    /// One blocks the message.
    Blocks,
    /// One makes the message invalid: the service answers 422.
    Spoils,
    /// Two make it invalid, each only where the other is on, too.
    Pair,
    /// One fails in the page, where errors name its file.
    Throws,
    /// One makes it invalid in two of three page loads.
    Sometimes,
}

/// The extensions. Their folders go when this is dropped.
pub struct ExtensionSet {
    extensions: Vec<TestExtension>,
    _folder: TempDir,
}

/// One extension.
#[derive(Clone, Debug)]
pub struct TestExtension {
    /// What it is called.
    pub name: String,
    /// Its id in Firefox.
    pub gecko: String,
    /// Its id in Chromium.
    pub id: String,
    /// Whether it breaks the page.
    pub harmful: bool,
    folder: PathBuf,
}

/// Neutral names, of the kinds that people have; one changes the way of the connection, one fills in passwords.
const NAMES: &[&str] = &[
    "Sidebar Helper",
    "Swift VPN",
    "Keyring Password Manager",
    "Page Notes",
    "Dark Reading",
    "Quick Translate",
    "Tab Shelf",
    "Grammar Lens",
    "Reading Ruler",
    "Clip to Notebook",
    "Prompt Drawer",
    "Coupon Finder",
    "Chat Folders",
    "Screen Measure",
    "Markdown Viewer",
    "Link Preview",
];

/// Does no harm.
const HARMLESS: &str = "document.documentElement.dataset.extensions = 'some';\n";

/// Makes the message invalid where `spoils()` says so.
const SPOILER: &str = r#"
const sound = fetch;
globalThis.fetch = async function (input, options) {
  const message = new URL(input?.url ?? input, location.href).pathname === "/backend-api/f/conversation";
  if (!message || !spoils()) return sound.call(this, input, options);
  return sound.call(this, input, { ...options, body: String(options.body).replace('"messages"', '"message"') });
};
"#;

const COUNTED: &str = r#"
const load = Number(sessionStorage.getItem("loads") ?? 0) + 1;
sessionStorage.setItem("loads", load);
const spoils = () => load % 3 !== 0;
"#;

impl ExtensionSet {
    /// Creates so many extensions; one or two of them do this harm.
    pub fn create(count: usize, harm: Harm) -> Result<ExtensionSet> {
        let folder = TempDir::with_prefix("mend-extensions-")?;
        let harmful: &[usize] = match harm {
            Harm::None => &[],
            Harm::Pair => &[count / 4, count * 3 / 4],
            Harm::Blocks | Harm::Spoils | Harm::Throws | Harm::Sometimes => &[count * 2 / 3],
        };
        let extensions = (0..count)
            .map(|at| TestExtension::write(folder.path(), at, harmful.contains(&at).then_some((harm, harmful))))
            .collect::<Result<_>>()?;
        Ok(ExtensionSet { extensions, _folder: folder })
    }

    /// All extensions.
    pub fn extensions(&self) -> &[TestExtension] {
        &self.extensions
    }

    /// The extensions that break the page.
    pub fn harmful(&self) -> Vec<&TestExtension> {
        self.extensions.iter().filter(|one| one.harmful).collect()
    }

    /// Waits until what they do is in force: Firefox reads its blocking rules some time after its start.
    pub async fn wait_until_active(&self, session: &Session) -> Result<()> {
        if session.setup.browser == Browser::Chromium {
            return Ok(());
        }
        for extension in &self.extensions {
            firefox::wait_for_rules(&session.web, &extension.gecko).await?;
        }
        Ok(())
    }

    /// Starts the browser with all of them.
    pub fn install(&self, mut setup: Setup) -> Setup {
        setup.extra_extensions.extend(self.extensions.iter().map(|one| one.folder.clone()));
        setup
    }
}

impl TestExtension {
    fn write(into: &Path, at: usize, harm: Option<(Harm, &[usize])>) -> Result<TestExtension> {
        let kind = NAMES.get(at % NAMES.len()).context("there are names")?;
        let name = if at < NAMES.len() { (*kind).to_owned() } else { format!("{kind} {}", at / NAMES.len() + 1) };
        let folder = into.join(format!("{at:02}"));
        fs::create_dir_all(&folder)?;
        // Chromium digests the bytes and asks for no more of a key.
        let key = format!("mend test, extension {at:03}");
        let gecko = format!("test-{at}@mend.invalid");
        let mut manifest = json!({
            "manifest_version": 3,
            "name": name,
            "version": "1",
            "description": "For Mend's tests.",
            "key": STANDARD.encode(&key),
            "browser_specific_settings": { "gecko": { "id": gecko, "strict_min_version": "142.0" } },
        });
        let parts = match harm {
            Some((Harm::Blocks, _)) => blocker(&folder)?,
            Some((harm, harmful)) => script(&folder, &spoiler(harm, at, harmful), true)?,
            None if *kind == "Swift VPN" => json!({ "permissions": ["proxy"], "host_permissions": ["<all_urls>"] }),
            None => script(&folder, HARMLESS, false)?,
        };
        if let (Some(manifest), Value::Object(parts)) = (manifest.as_object_mut(), parts) {
            manifest.extend(parts);
        }
        fs::write(folder.join("manifest.json"), manifest.to_string())?;
        let folder = folder.canonicalize()?;
        Ok(TestExtension { name, gecko, id: chromium_id(key.as_bytes()), harmful: harm.is_some(), folder })
    }
}

/// Blocks as a content blocker does.
fn blocker(folder: &Path) -> Result<Value> {
    let rule = json!([{
        "id": 1, "action": { "type": "block" },
        "condition": { "urlFilter": "|https://chatgpt.com/backend-api/f/conversation|" },
    }]);
    fs::write(folder.join("rules.json"), rule.to_string())?;
    Ok(json!({
        "permissions": ["declarativeNetRequest"],
        "host_permissions": ["*://chatgpt.com/*"],
        "declarative_net_request": { "rule_resources": [{ "id": "rules", "enabled": true, "path": "rules.json" }] },
    }))
}

/// Runs in ChatGPT's page, in the page's own world or beside it.
fn script(folder: &Path, body: &str, run_in_page: bool) -> Result<Value> {
    fs::write(folder.join("script.js"), format!("(() => {{\n{body}}})();\n"))?;
    let world = if run_in_page { "MAIN" } else { "ISOLATED" };
    Ok(json!({
        "host_permissions": ["*://chatgpt.com/*"],
        "content_scripts": [{
            "matches": ["*://chatgpt.com/*"], "js": ["script.js"], "run_at": "document_start", "world": world,
        }],
    }))
}

fn spoiler(harm: Harm, at: usize, harmful: &[usize]) -> String {
    let when = match harm {
        Harm::Pair => {
            let others = harmful.iter().filter(|one| **one != at);
            let there: Vec<String> = others.map(|one| format!("mark.contains('drawer-{one}')")).collect();
            format!(
                "const mark = document.documentElement.classList;\nmark.add('drawer-{at}');\n\
                 const spoils = () => {};\n",
                there.join(" && ")
            )
        }
        // One error that the page catches, and one that nobody does.
        Harm::Throws => {
            "const spoils = () => { Promise.reject(new Error('late')); throw new Error('no prompt'); };\n".to_owned()
        }
        Harm::Sometimes => COUNTED.to_owned(),
        Harm::None | Harm::Blocks | Harm::Spoils => "const spoils = () => true;\n".to_owned(),
    };
    when + SPOILER
}

/// The first half of the key's digest, its hexadecimal digits written as the letters a to p.
fn chromium_id(key: &[u8]) -> String {
    let digest = digest(&SHA256, key);
    let halves = digest.as_ref().iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from(b'a' + half)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids_are_unique_and_the_guilty_as_many_as_said() {
        for (harm, harmful) in [
            (Harm::None, 0),
            (Harm::Blocks, 1),
            (Harm::Spoils, 1),
            (Harm::Pair, 2),
            (Harm::Throws, 1),
            (Harm::Sometimes, 1),
        ] {
            let extension_set = ExtensionSet::create(64, harm).unwrap();
            assert_eq!(extension_set.harmful().len(), harmful);
            let mut seen: Vec<&str> =
                extension_set.extensions().iter().flat_map(|one| [one.name.as_str(), one.id.as_str()]).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 128);
        }
    }
}
