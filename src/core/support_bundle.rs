//! The files of a support bundle, each as its exact text: the extension and `mend ticket` write the same.

use super::{
    har::of_failures,
    journal::{JournalEvent, JournalRecord, cases},
    json::pretty,
    redact::Redactor,
};

/// The report, in Markdown and ready to paste.
pub const REPORT: &str = "report.md";
/// The journal, one entry per line.
pub const JOURNAL: &str = "journal.jsonl";
/// The structure of a page that Mend does not recognise.
const STRUCTURE: &str = "page.txt";
/// The failed requests, as a HAR.
const REQUESTS: &str = "requests.har";
/// The person's ratings of verdicts, as cases.
const CASES: &str = "cases.jsonl";

/// The names of all files.
pub const FILES: &[&str] = &[REPORT, STRUCTURE, JOURNAL, REQUESTS, CASES];

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// Its name.
    pub name: &'static str,
    /// Its content, redacted.
    pub text: String,
}

/// The files in their order, without empty ones. `structure` may be empty; `mend` is our version.
pub fn files(
    report: &str,
    structure: &str,
    records: &[JournalRecord],
    mend: &str,
    redactor: &mut Redactor,
) -> Vec<BundleFile> {
    let failures = records.iter().filter_map(|record| match &record.entry.what {
        JournalEvent::Failure(failure) => Some(failure),
        _ => None,
    });
    let requests = if records.is_empty() { String::new() } else { pretty(&of_failures(failures, mend)) };
    let journal: String = records.iter().map(|record| format!("{}\n", record.line())).collect();
    let cases: String = cases(records).iter().map(|case| format!("{case}\n")).collect();
    let all = [(REPORT, report), (STRUCTURE, structure), (JOURNAL, &journal), (REQUESTS, &requests), (CASES, &cases)];
    let written = all.into_iter().filter(|(_, text)| !text.is_empty());
    written.map(|(name, text)| BundleFile { name, text: redactor.text(text) }).collect()
}
