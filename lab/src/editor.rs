//! ProseMirror, the editor of the page's composer, as on the real page. `build.sh` installs its npm packages.

use std::fs;
use std::path::Path;

use serde_json::{Map, json};

use crate::response::Response;

/// Each npm package and its entry file.
const PACKAGES: [(&str, &str); 10] = [
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

/// Path of the packages on the asset host.
const FOLDER: &str = "/assets/editor/";

/// A message for the developer if a package is missing.
pub(crate) fn missing(modules: Option<&Path>) -> Option<String> {
    let Some(folder) = modules else {
        return Some(
            "The page's editor is not there. Run ./build.sh, or set MEND_PROSEMIRROR to a node_modules folder with \
             prosemirror-view and what it needs.\n"
                .to_owned(),
        );
    };
    let (name, _) = PACKAGES.iter().find(|(name, _)| !folder.join(name).is_dir())?;
    Some(format!("The page's editor lacks {name} in {}: run ./build.sh.\n", folder.display()))
}

/// The import map of the document, as JSON.
pub(crate) fn import_map() -> String {
    let imports: Map<_, _> = PACKAGES
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!(format!("https://cdn.oaistatic.com{FOLDER}{name}.js"))))
        .collect();
    json!({ "imports": imports }).to_string()
}

/// The package that a path names, if it is installed.
pub(crate) fn module(modules: Option<&Path>, path: &str) -> Option<Response> {
    let name = path.strip_prefix(FOLDER)?.strip_suffix(".js")?;
    let (name, file) = PACKAGES.iter().find(|(known, _)| *known == name)?;
    let text = fs::read(modules?.join(name).join(file)).ok()?;
    Some(Response::new(200, "text/javascript; charset=utf-8", text))
}
