//! The failures, and what the program says of each.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

/// The folder of the failures.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases");

/// The form in which the program gets a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its requests, as a program would have recorded them.
    Case,
    /// The text that a person would paste.
    Pasted,
}

/// One line of a file (docs/case-format.md).
#[derive(Deserialize)]
struct PublicCase {
    id: String,
    surface: String,
    observations: Value,
    raw: String,
    expect: Expected,
}

#[derive(Deserialize)]
struct Expected {
    /// One side, or several that are right, with `|` between them.
    blame: String,
    cause: Vec<String>,
    #[serde(default)]
    undecidable: bool,
}

/// What the program prints of one failure.
#[derive(Deserialize)]
struct Told {
    id: String,
    blame: String,
    cause: String,
    confidence: f64,
}

/// One failure, and what the program says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// ChatGPT's page, the API or a gateway.
    pub surface: String,
    /// The sides that are right.
    pub wanted: Vec<String>,
    /// The causes that are right.
    pub causes: Vec<String>,
    /// Whether what is given tells the side.
    pub decidable: bool,
    /// The side that the program names.
    pub blame: String,
    /// The cause that it names.
    pub cause: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

impl Judged {
    /// Whether the side is right.
    pub fn is_right(&self) -> bool {
        self.wanted.contains(&self.blame)
    }

    /// Whether the program names a side at all.
    pub fn is_named(&self) -> bool {
        self.blame != "unknown"
    }
}

/// What `program` says of all failures of a set, by id. Files for it are written to `scratch`.
pub fn judge(program: &Path, set: &str, form: Form, scratch: &Path) -> Result<BTreeMap<String, Judged>> {
    let path = format!("{FOLDER}/{set}.jsonl");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let cases: Vec<PublicCase> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>().context(path)?;
    fs::create_dir_all(scratch)?;
    let files = match form {
        Form::Case => vec![as_cases(&cases, &scratch.join(format!("{set}.jsonl")))?],
        Form::Pasted => cases.iter().map(|one| as_pasted(one, scratch)).collect::<Result<_>>()?,
    };
    let output = Command::new(program).args(["diagnose", "--json"]).args(&files).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut told = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let one: Told = serde_json::from_str(line)?;
        // Of a pasted text the id is its file.
        let id = Path::new(&one.id).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&one.id).to_owned();
        told.insert(id, one);
    }
    let judged = cases.into_iter().map(|case| {
        let one = told.remove(&case.id).with_context(|| format!("{} got no verdict", case.id))?;
        let judged = Judged {
            surface: case.surface,
            wanted: case.expect.blame.split('|').map(str::to_owned).collect(),
            causes: case.expect.cause,
            decidable: !case.expect.undecidable,
            blame: one.blame,
            cause: one.cause,
            confidence: one.confidence,
        };
        Ok((case.id, judged))
    });
    judged.collect()
}

fn as_cases(cases: &[PublicCase], path: &Path) -> Result<PathBuf> {
    let line = |one: &PublicCase| format!("{}\n", json!({ "id": one.id, "observations": one.observations }));
    fs::write(path, cases.iter().map(line).collect::<String>())?;
    Ok(path.to_owned())
}

fn as_pasted(case: &PublicCase, scratch: &Path) -> Result<PathBuf> {
    let path = scratch.join(format!("{}.txt", case.id));
    fs::write(&path, &case.raw)?;
    Ok(path)
}
