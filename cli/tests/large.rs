//! Files of 50 MB, and of 1 GB for redaction with `MEND_FULL=1`: the right answer, and no more memory than for a small one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
};

const SIZE: usize = 50 << 20;
/// Above what a file of three bytes takes.
const ALLOWED_KB: u64 = 64 << 10;

/// What the program said of a file, and the most memory it ever held, in KB.
struct Run {
    said: String,
    errors: String,
    peak: u64,
}

fn peak_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells the peak");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// It reads the file, then waits for standard input: there its memory can be read off.
fn run(file: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .args(["diagnose", "--json", file, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut err) =
        (BufReader::new(child.stdout.take().unwrap()), BufReader::new(child.stderr.take().unwrap()));
    let (mut said, mut errors) = (String::new(), String::new());
    if file.contains("refused") {
        err.read_line(&mut errors).unwrap();
    } else {
        out.read_line(&mut said).unwrap();
    }
    let peak = peak_of(child.id());
    drop(child.stdin.take());
    out.read_to_string(&mut String::new()).unwrap();
    err.read_to_string(&mut errors).unwrap();
    child.wait().unwrap();
    Run { said, errors, peak }
}

/// Writes a file of its own for each test, piece by piece.
fn file(name: &str, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut into = BufWriter::new(File::create(&path).unwrap());
    write(&mut into).unwrap();
    into.flush().unwrap();
    path
}

/// One entry: a message, answered at this second of a long day.
fn entry(second: usize, status: u16, body: &str) -> String {
    let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
    format!(
        r#"{{"startedDateTime":"2026-07-25T{hour:02}:{minute:02}:{second:02}.000Z","time":120.5,"request":{{"method":"POST","url":"https://chatgpt.com/backend-api/f/conversation","headers":[]}},"response":{{"status":{status},"headers":[{{"name":"content-type","value":"application/json"}}],"content":{{"mimeType":"application/json","text":"{body}"}}}}}}"#
    )
}

/// Runs it on such a file: the answer holds `wanted`, and memory stays low.
fn check(name: &str, wanted: &str, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
    let small = file(&format!("small-beside-{}.txt", name.replace("refused", "")), |into| into.write_all(b"500"));
    let base = run(small.to_str().unwrap()).peak;
    let path = file(name, write);
    let size = fs::metadata(&path).unwrap().len() >> 20;
    let Run { said, errors, peak } = run(path.to_str().unwrap());
    fs::remove_file(&path).unwrap();
    println!("{name}: {size} MB, {} KB above {base}", peak.saturating_sub(base));
    assert!(format!("{said}{errors}").contains(wanted), "{name}: {said}{errors}");
    assert!(peak <= base + ALLOWED_KB, "{name}: {peak} KB, {base} KB for a small file");
}

#[test]
fn a_har_of_many_entries() {
    let body = "x".repeat(5_000);
    check("entries.har", "server-error", |into| {
        into.write_all(br#"{"log":{"version":"1.2","entries":["#)?;
        for number in 0..SIZE / 5_300 {
            writeln!(into, "{},", entry(number, 200, &body))?;
        }
        write!(into, "{}]}}}}", entry(SIZE / 5_300 + 1, 500, "Internal Server Error"))
    });
}

#[test]
fn many_tiny_entries_that_all_failed() {
    check("tiny.har", "\"blame\":\"them\"", |into| {
        into.write_all(br#"{"log":{"entries":["#)?;
        for number in 0..SIZE / 340 {
            writeln!(into, "{},", entry(number / 4, 500, ""))?;
        }
        write!(into, "{}]}}}}", entry(86_000, 500, "Internal Server Error"))
    });
}

#[test]
fn many_failed_entries_with_large_bodies() {
    let body = "x".repeat(200_000);
    check("bodies.har", "server-error", |into| {
        into.write_all(br#"{"log":{"entries":["#)?;
        for number in 0..SIZE / 200_300 {
            writeln!(into, "{},", entry(number * 20, 500, &body))?;
        }
        write!(into, "{}]}}}}", entry(86_000, 500, &body))
    });
}

#[test]
fn one_large_body_of_a_har() {
    for (name, letter) in [("body.har", "x"), ("letters.har", "日"), ("escapes.har", "\\ud83d\\ude00")] {
        let body = "{'detail': {'code': 'usage_limit_reached'}} ".to_owned() + &letter.repeat(SIZE / letter.len());
        check(name, "plan-window", |into| write!(into, "{{\"log\":{{\"entries\":[{}]}}}}", entry(1, 429, &body)));
    }
}

#[test]
fn one_case_with_a_large_body() {
    let body = "Internal Server Error ".to_owned() + &"x".repeat(SIZE);
    check("body.jsonl", "server-error", |into| {
        write!(
            into,
            r#"{{"id":"x","observations":[{{"type":"response","url":"https://chatgpt.com/backend-api/f/conversation","status":500,"headers":{{"x-request-id":"bd8e52b7-7993-4407-a17b-c697e6ae3ef6"}},"body":"{body}"}}]}}"#
        )
    });
}

#[test]
fn a_long_text() {
    check("long.txt", "no-credit", |into| {
        writeln!(into, "openai.RateLimitError: Error code: 429 - {{'error': {{'code': 'insufficient_quota'}}}}")?;
        (0..SIZE / 100).try_for_each(|_| writeln!(into, "{}", "x".repeat(99)))
    });
}

#[test]
fn nothing_but_brackets() {
    check("refused-deep.har", "refused-deep.har:1: is not a HAR", |into| into.write_all(&vec![b'['; SIZE]));
    check("refused-skipped.har", "is not a HAR: nested too deeply", |into| {
        into.write_all(b"{\"log\":{\"comment\":")?;
        into.write_all(&vec![b'['; SIZE])
    });
    check("refused-long.jsonl", "refused-long.jsonl:1: is longer than 16 MB", |into| {
        into.write_all(b"{\"id\":\"x\",\"observations\":[")?;
        into.write_all("{},".repeat(SIZE / 3).as_bytes())
    });
}

/// Redacts such a file, which is deleted afterwards.
fn redacted(name: &str, wanted: &str, write: impl FnOnce(usize, &mut dyn Write) -> std::io::Result<()>) {
    let full = std::env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let path = file(name, |into| write(if full { 1 << 30 } else { SIZE }, into));
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .args(["redact", path.to_str().unwrap(), "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    let peak = peak_of(child.id());
    drop(child.stdin.take());
    child.wait().unwrap();
    fs::remove_file(&path).unwrap();
    println!("{name}: {peak} KB");
    assert!(said.contains(wanted), "{name}: {said}");
    assert!(peak <= ALLOWED_KB, "{name}: {peak} KB");
}

#[test]
fn a_har_is_redacted() {
    let body = "x".repeat(5_000);
    redacted("redacted.har", "entries were written anew", |size, into| {
        into.write_all(br#"{"log":{"version":"1.2","entries":["#)?;
        (0..size / 5_300).try_for_each(|number| writeln!(into, "{},", entry(number, 500, &body)))?;
        write!(into, "{}]}}}}", entry(86_000, 500, &body))
    });
}

#[test]
fn a_text_is_redacted() {
    let line = "2026-11-26T10:02:47Z 500 x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d for ada@example.com";
    redacted("redacted.log", "taken out: 1 email", |size, into| {
        (0..size / line.len()).try_for_each(|_| writeln!(into, "{line}"))
    });
    let word = "abcdefgh".repeat(1_000);
    redacted("redacted-without-a-gap.txt", "nothing was found", |size, into| {
        (0..size / word.len()).try_for_each(|_| into.write_all(word.as_bytes()))
    });
}
