//! What fails is seen: nowhere is a result thrown away without a reason beside it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Whether a line throws something away.
type Ignores = fn(&str) -> bool;

fn sources(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path, ending));
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found
}

/// Whether this line throws a result away. `let _ = write!` writes into a `String` wherever it stands, which cannot fail.
fn ignores_rust(code: &str) -> bool {
    // `drop` of what a call gives; neither a method of that name, nor the end of a variable.
    let drops = code.match_indices("drop(").any(|(at, name)| {
        let (before, given) = (code.get(..at).unwrap_or_default(), code.get(at + name.len()..).unwrap_or_default());
        !before.ends_with(|sign: char| sign.is_alphanumeric() || "_.".contains(sign))
            && !before.ends_with("fn ")
            && given.contains('(')
    });
    let unnamed = code.starts_with("let _ =") && !code.starts_with("let _ = write");
    drops || unnamed || (code.ends_with(".ok();") && !code.starts_with("let "))
}

/// Whether this line throws an error away: `catch {}` or `.catch(() => {})`, on one line or with the brace left open.
fn ignores_js(code: &str) -> bool {
    code.contains(".catch(() => {})") || code.contains("catch {")
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("* ") || line.starts_with("/*")
}

/// Lines of a text that throw something away with no comment on them, above them or right below the brace that they open.
fn unexplained(text: &str, ignores: Ignores) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let at = |number: usize| lines.get(number).copied().unwrap_or_default();
    let explained = |number: usize| {
        let below = at(number).ends_with('{') && is_comment(at(number + 1));
        at(number).contains("// ") || below || number.checked_sub(1).is_some_and(|above| is_comment(at(above)))
    };
    let found = |number: &usize| !is_comment(at(*number)) && ignores(at(*number).trim()) && !explained(*number);
    (0..lines.len()).filter(found).map(|number| number + 1).collect()
}

#[test]
fn no_result_is_thrown_away_without_a_reason() {
    let rooms: &[(&str, &str, Ignores)] = &[
        ("src/web", "rs", ignores_rust),
        ("cli/src", "rs", ignores_rust),
        ("lab/src", "rs", ignores_rust),
        ("xtask/src", "rs", ignores_rust),
        ("extension/js", "js", ignores_js),
    ];
    let mut wrong = Vec::new();
    for (folder, ending, ignores) in rooms {
        let files = sources(Path::new(folder), ending);
        assert!(files.len() > 3, "{folder} was not read");
        for path in files {
            let text = fs::read_to_string(&path).unwrap();
            wrong.extend(unexplained(&text, *ignores).iter().map(|line| format!("{}:{line}", path.display())));
            for (number, line) in text.lines().enumerate() {
                if line.contains("drop(") && line.contains(".await") && *ending == "rs" && ignores_rust(line.trim()) {
                    wrong.push(format!("{}:{}: a reason beside it is not enough", path.display(), number + 1));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "report it, or say beside it why it does not matter");
}

#[test]
fn what_is_thrown_away_is_found() {
    let found = |text: &str| unexplained(text, ignores_rust);
    assert_eq!(found("spawn_local(async move { drop(render().await) });"), [1]);
    assert_eq!(found("    let _ = stream.set_nodelay(true);"), [1]);
    assert_eq!(found("fs::remove_file(path).ok();\nlet number = text.parse().ok();"), [1]);
    assert_eq!(found("    // Slower, no more.\n    let _ = stream.set_nodelay(true);"), Vec::<usize>::new());
    assert_eq!(found("fn drop(&mut self) {\ntotal -= self.drop(rows).await?;\nasked.map(drop)"), Vec::<usize>::new());
    let found = |text: &str| unexplained(text, ignores_js);
    assert_eq!(found("try {\n} catch {\n}\nwork().catch(() => {});"), [2, 4]);
    assert_eq!(found("} catch {\n  // Nothing that fetch_tap.js says.\n}"), Vec::<usize>::new());
}
