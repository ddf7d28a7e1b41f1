//! The extension's pages as they ship: the parts that several pages have are filled in, and a page's stylesheets are joined to
//! one. A page that waits for four stylesheets is painted one frame later (`./build.sh bench popup`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The folder of the parts, beside the pages: `<!-- part: signs -->` stands for `parts/signs.html`.
const PARTS: &str = "parts";

/// Makes the pages in `out` from those in `source`: each with its parts, and with one stylesheet of its own name.
///
/// # Errors
/// A file that cannot be read or written, and a part or a stylesheet that is not there.
pub fn assemble(source: &Path, out: &Path) -> Result<()> {
    for name in names(source, ".css")? {
        fs::remove_file(out.join(name))?;
    }
    fs::remove_dir_all(out.join(PARTS))?;
    for name in names(source, ".html")? {
        let page = page(source, &name)?;
        fs::write(out.join(&name), page.html)?;
        if !page.css.is_empty() {
            fs::write(out.join(stylesheet(&name)), page.css)?;
        }
    }
    Ok(())
}

/// A page as it ships.
#[derive(Default)]
struct Page {
    html: String,
    css: String,
}

fn page(source: &Path, name: &str) -> Result<Page> {
    let read = |name: &str| {
        let path = source.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut page = Page::default();
    for line in read(name)?.lines() {
        if let Some(part) = between(line, "<!-- part: ", " -->") {
            page.html += &read(&format!("{PARTS}/{part}.html")).with_context(|| format!("{name}: {line}"))?;
        } else if let Some(css) = between(line, "<link rel=\"stylesheet\" href=\"", "\">") {
            if page.css.is_empty() {
                page.html += &line.replace(css, &stylesheet(name));
                page.html.push('\n');
            }
            page.css += &read(css).with_context(|| format!("{name}: {line}"))?;
        } else if line.contains("<!-- part") {
            bail!("{name}: a part stands in a line of its own, as <!-- part: signs -->, not as {line}");
        } else {
            page.html += line;
            page.html.push('\n');
        }
    }
    Ok(page)
}

fn stylesheet(page: &str) -> String {
    page.replace(".html", ".css")
}

/// What stands in a line between its beginning and its end.
fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    line.trim().strip_prefix(before)?.strip_suffix(after)
}

/// The names in a folder with this ending.
fn names(folder: &Path, ending: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| name.ends_with(ending)));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::project;

    fn pages() -> Vec<(String, Page)> {
        let source = project::path("extension");
        let names = names(&source, ".html").unwrap();
        assert!(names.len() > 10, "{names:?}");
        names.into_iter().map(|name| (name.clone(), page(&source, &name).unwrap())).collect()
    }

    fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
        let before = format!(" {attribute}=\"");
        html.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn a_page_has_its_parts_and_one_stylesheet_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let (source, out) = (folder.path().join("source"), folder.path().join("out"));
        for folder in [source.join(PARTS), out.join(PARTS)] {
            fs::create_dir_all(folder).unwrap();
        }
        let link = |css: &str| format!("  <link rel=\"stylesheet\" href=\"{css}.css\">\n");
        let html = format!("<head>\n{}{}</head>\n  <!-- part: signs -->\n<p>\n", link("base"), link("one"));
        for (name, text) in [
            ("one.html", html.as_str()),
            ("base.css", "a {}\n"),
            ("one.css", "b {}\n"),
            ("parts/signs.html", "<svg>\n"),
        ] {
            fs::write(source.join(name), text).unwrap();
            fs::write(out.join(name), text).unwrap();
        }
        assemble(&source, &out).unwrap();
        let shipped = format!("<head>\n{}</head>\n<svg>\n<p>\n", link("one"));
        assert_eq!(fs::read_to_string(out.join("one.html")).unwrap(), shipped);
        assert_eq!(fs::read_to_string(out.join("one.css")).unwrap(), "a {}\nb {}\n");
        assert!(!out.join("base.css").exists() && !out.join(PARTS).exists());
        fs::write(source.join("one.html"), "<!-- part: none -->\n").unwrap();
        assert!(page(&source, "one.html").is_err(), "a part that is not there");
        fs::write(source.join("one.html"), "<p><!-- part: signs --></p>\n").unwrap();
        assert!(page(&source, "one.html").is_err(), "a part in the middle of a line");
    }

    #[test]
    fn no_id_stands_twice_in_a_page_and_each_reference_has_its_id() {
        for (name, page) in pages() {
            let ids = values(&page.html, "id");
            let once: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), once.len(), "{name}: an id stands twice among {ids:?}");
            let references = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
            let labels = references.iter().flat_map(|attribute| values(&page.html, attribute));
            let symbols = values(&page.html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
            for id in labels.flat_map(str::split_whitespace).chain(symbols) {
                assert!(once.contains(id), "{name}: nothing has the id {id}");
            }
        }
    }

    #[test]
    fn each_stylesheet_and_each_part_belongs_to_a_page() {
        let source = project::path("extension");
        let all =
            names(&source, ".html").unwrap().into_iter().map(|name| fs::read_to_string(source.join(name)).unwrap());
        let all = all.collect::<String>();
        for css in names(&source, ".css").unwrap() {
            assert!(all.contains(&format!("href=\"{css}\"")), "{css}");
        }
        for part in names(&source.join(PARTS), ".html").unwrap() {
            assert!(all.contains(&format!("<!-- part: {} -->", part.replace(".html", ""))), "{part}");
        }
    }
}
