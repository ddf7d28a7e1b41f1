//! The editor of the page's composer: ProseMirror, as the real page has it.
//!
//! Owns which of its parts the page imports and where they are. `build.sh` installs them; the lab carries none itself.

use std::fs;
use std::path::Path;

use serde_json::{Map, json};

use crate::reply::Answer;

/// Each part, and the file that it begins with.
const PARTS: [(&str, &str); 10] = [
    ("orderedmap", "dist/index.js"),
    ("prosemirror-commands", "dist/index.js"),
    ("prosemirror-history", "dist/index.js"),
    ("prosemirror-keymap", "dist/index.js"),
    ("prosemirror-model", "dist/index.js"),
    ("prosemirror-state", "dist/index.js"),
    ("prosemirror-transform", "dist/index.js"),
    ("prosemirror-view", "dist/index.js"),
    ("rope-sequence", "dist/index.js"),
    ("w3c-keyname", "index.js"),
];

/// Where the page finds them on the asset host.
const FOLDER: &str = "/assets/editor/";

/// What to do where they are not there; nothing where they are.
pub(crate) fn missing(modules: Option<&Path>) -> Option<String> {
    let Some(folder) = modules else {
        return Some(
            "The page's editor is not there. Run ./build.sh, or set MEND_PROSEMIRROR to a node_modules folder with \
             prosemirror-view and what it needs.\n"
                .to_owned(),
        );
    };
    let (name, _) = PARTS.iter().find(|(name, _)| !folder.join(name).is_dir())?;
    Some(format!("The page's editor lacks {name} in {}: run ./build.sh.\n", folder.display()))
}

/// The import map of the page.
pub(crate) fn map() -> String {
    let imports: Map<_, _> = PARTS
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!(format!("https://cdn.oaistatic.com{FOLDER}{name}.js"))))
        .collect();
    json!({ "imports": imports }).to_string()
}

/// A part, where the path names one that is there.
pub(crate) fn part(modules: Option<&Path>, path: &str) -> Option<Answer> {
    let name = path.strip_prefix(FOLDER)?.strip_suffix(".js")?;
    let (name, file) = PARTS.iter().find(|(known, _)| *known == name)?;
    let text = fs::read(modules?.join(name).join(file)).ok()?;
    Some(Answer::new(200, "text/javascript; charset=utf-8", text))
}
