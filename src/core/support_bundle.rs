//! The files of a support bundle, each as the text that would leave: the extension and `mend ticket` write the same.

use super::{
    har::of_failures,
    journal::{JournalEvent, JournalRecord, cases},
    json::pretty,
    redact::Redactor,
};

/// The report, in Markdown and ready to paste.
pub const REPORT: &str = "report.md";
/// The journal, an entry a line.
pub const JOURNAL: &str = "journal.jsonl";
/// The structure of a page that Mend does not know.
const STRUCTURE: &str = "page.txt";
/// What failed, as a HAR.
const REQUESTS: &str = "requests.har";
/// What the person said of verdicts, as cases.
const CASES: &str = "cases.jsonl";

/// A file to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it, redacted.
    pub text: String,
}

/// The files in their order, without those that would be empty. `structure` may be; `mend` is our version.
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
