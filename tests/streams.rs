//! The two readers of an answer's stream, in Rust and in the page's own world, say the same of each stream of the corpus.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{fs, process::Command};

use mend::core::{json::to_value, stream::Reader};
use serde_json::{Value, json};

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

fn corpus() -> Vec<Value> {
    let text = fs::read_to_string(format!("{FOLDER}/tests/corpus/streams.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the corpus wants to be said.
fn wanted(row: &Value) -> Value {
    json!({ "end": row["end"], "error": row["error"] })
}

/// What a reader said: its end, and its text as JSON.
fn said(end: Value, text: &str) -> Value {
    let error = serde_json::from_str::<Value>(text).map_or(Value::Null, |text| text["error"].clone());
    json!({ "end": end, "error": error })
}

fn rust(pieces: &[&[u8]]) -> Value {
    let mut reader = Reader::default();
    pieces.iter().for_each(|piece| reader.take(piece));
    match reader.end() {
        None => said(Value::Null, ""),
        Some(ended) => said(to_value(&ended.end), &ended.text),
    }
}

#[test]
fn rust_reads_each_stream_wherever_it_is_cut() {
    for row in corpus() {
        let bytes = row["stream"].as_str().unwrap().as_bytes();
        let step = (bytes.len() / 400).max(1);
        for at in (0..=bytes.len()).step_by(step) {
            let (one, other) = bytes.split_at(at);
            assert_eq!(rust(&[one, other]), wanted(&row), "{}, cut at {at}", row["name"]);
        }
    }
}

#[test]
fn the_page_s_reader_reads_each_stream_wherever_it_is_cut() {
    let files = ["tests/streams.js", "extension/js/sse.js", "tests/corpus/streams.jsonl"];
    let output = Command::new("node").args(files.map(|file| format!("{FOLDER}/{file}"))).output();
    let output = output.expect("this test needs node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), corpus().len());
    for (row, line) in corpus().iter().zip(lines) {
        let read = said(line.get("end").cloned().unwrap_or(line.clone()), line["text"].as_str().unwrap_or_default());
        assert_eq!(read, wanted(row), "{}", row["name"]);
    }
}
