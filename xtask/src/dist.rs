//! The extension's folder for one browser: the same files for each, and the manifest without what that browser does not
//! take.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{html, locales, module, project};

/// A browser that Mend is built for.
pub struct Browser {
    /// Names the folder and the zip.
    pub name: &'static str,
    /// What the manifest has for others only: the object that holds it (a JSON pointer), and the key.
    without: [(&'static str, &'static str); 2],
}

/// All of them.
pub const BROWSERS: [Browser; 2] = [
    Browser { name: "chrome", without: [("/background", "scripts"), ("", "browser_specific_settings")] },
    Browser { name: "firefox", without: [("/background", "service_worker"), ("", "minimum_chrome_version")] },
];

/// The icons' source, which no browser shows.
const UNSHIPPED: &str = "icons/mend.svg";

/// The error catalog, which the page of codes reads.
const CATALOG: &str = "catalog.tsv";

/// All lists of `catalog` in one text, in the order of their names. Of the comments only each list's title is left.
fn catalog() -> Result<String> {
    let folder = project::path("catalog");
    let mut lists: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    lists.sort();
    let mut whole = String::new();
    for list in lists {
        let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
        let title = text.lines().find(|line| line.starts_with("# "));
        let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        for line in title.into_iter().chain(rows) {
            whole.push_str(line);
            whole.push('\n');
        }
    }
    Ok(whole)
}

impl Browser {
    /// Where it is assembled.
    pub fn folder(&self) -> PathBuf {
        project::path("dist").join(self.name)
    }

    /// Assembles it anew from the extension's files, the modules and the licences.
    ///
    /// # Errors
    /// A file that cannot be read or written, or a manifest without what is to be left out.
    pub fn assemble(&self) -> Result<()> {
        let out = self.folder();
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        copy(&project::path("extension"), &out)?;
        copy(&module::folder(), &out)?;
        fs::remove_file(out.join(UNSHIPPED))?;
        html::assemble(&project::path("extension"), &out)?;
        locales::strip(&out.join("_locales"))?;
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(project::path(licence), out.join(licence))?;
        }
        fs::write(out.join(CATALOG), catalog()?)?;
        let manifest = serde_json::from_slice(&fs::read(project::path("manifest.json"))?)?;
        let manifest = serde_json::to_string_pretty(&self.manifest(manifest)?)?;
        fs::write(out.join("manifest.json"), manifest + "\n")?;
        Ok(())
    }

    fn manifest(&self, mut all: Value) -> Result<Value> {
        for (holder, key) in self.without {
            let object = all.pointer_mut(holder).and_then(Value::as_object_mut);
            let removed = object.and_then(|object| object.shift_remove(key));
            ensure!(removed.is_some(), "manifest.json has no {holder}/{key} to leave out for {}", self.name);
        }
        Ok(all)
    }
}

/// Copies the files of a folder, and of the folders in it; none over one that is there.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            ensure!(!target.exists(), "{} is there already: two files would have one name", target.display());
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_browser_gets_its_own_background_and_the_order_stays() {
        let manifest: Value = serde_json::from_slice(&fs::read(project::path("manifest.json")).unwrap()).unwrap();
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        for (browser, gone, stays) in BROWSERS
            .iter()
            .zip(["browser_specific_settings", "minimum_chrome_version"])
            .zip(["service_worker", "scripts"])
            .map(|((browser, gone), stays)| (browser, gone, stays))
        {
            let own = browser.manifest(manifest.clone()).unwrap();
            assert_eq!(names(&own["background"]), [stays, "type"]);
            let mut rest = names(&manifest);
            rest.retain(|name| name != gone);
            assert_eq!(names(&own), rest);
            assert!(browser.manifest(own).is_err(), "what is not there cannot be left out");
        }
    }
}
