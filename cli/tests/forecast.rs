//! `mend forecast` as a person or a script calls it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::process::{Command, Output};

use serde_json::Value;

fn forecast(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mend")).arg("forecast").args(arguments).output().expect("it starts")
}

#[test]
fn tells_a_range_in_minutes() {
    for arguments in [&["--elapsed", "30"][..], &["--elapsed", "95.5", "--status", "monitoring"]] {
        let output = forecast(&[arguments, &["--json"]].concat());
        assert!(output.status.success());
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let range = ["p10", "p25", "p50", "p75", "p90"].map(|name| told.get(name).and_then(Value::as_i64).unwrap());
        assert!(range.is_sorted() && range[0] >= 0 && range[4] > range[0], "{told}");
        assert!(told.get("n").and_then(Value::as_u64).unwrap() >= 25, "{told}");
    }
    let words = String::from_utf8(forecast(&["--elapsed", "30"]).stdout).unwrap();
    assert!(words.starts_with("Usually over in another"), "{words}");
}

#[test]
fn says_what_is_wrong_with_a_question() {
    for arguments in [
        &[][..],
        &["--elapsed", "-3"],
        &["--elapsed=-0.6"],
        &["--elapsed", "soon"],
        &["--elapsed", ""],
        &["--elapsed", "NaN"],
        &["--elapsed", "inf"],
        &["--elapsed", "1e300"],
        &["--elapsed", "43201"],
        &["--elapsed", "3", "--status", "lost"],
        &["--elapsed", "3", "--history", "no/such/file"],
    ] {
        let output = forecast(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).contains("--help"), "{arguments:?}");
    }
    let far = String::from_utf8(forecast(&["--elapsed", "1e300"]).stderr).unwrap();
    assert!(far.contains("minutes, from 0 to 43200"), "{far}");
}

fn number(output: &Output, name: &str) -> i64 {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice::<Value>(&output.stdout).unwrap().get(name).and_then(Value::as_i64).unwrap()
}

/// Incidents of five minutes, and one that was running when the list was saved.
#[test]
fn a_saved_history_is_mixed_in() {
    let name = std::env::temp_dir().join(format!("mend-clock-{}.json", std::process::id()));
    let file = name.to_str().unwrap();
    let one = |day: u32, status: &str, last: &str| {
        format!(
            r#"{{"status":"{status}","published_at":"2026-07-{day:02}T09:00:00Z","updates":[{{"to_status":"{status}","published_at":"2026-07-{day:02}T{last}Z"}}],"component_impacts":[{{"component_id":"01JMXBNJXGV1T5GT2M9XA83XNG","start_at":"2026-07-{day:02}T08:55:00Z","end_at":null}}]}}"#
        )
    };
    let mut all: Vec<String> = (1..25).map(|day| one(day, "resolved", "09:05:00")).collect();
    all.push(one(25, "investigating", "14:00:00"));
    let told = |text: &str, elapsed| {
        std::fs::write(&name, text).unwrap();
        forecast(&["--elapsed", elapsed, "--json", "--history", file])
    };
    let list = format!(r#"{{"incidents":[{}]}}"#, all.join(","));
    let (with, without) = (told(&list, "0"), forecast(&["--elapsed", "0", "--json"]));
    assert_eq!(number(&with, "n"), number(&without, "n") + 25);
    assert!(number(&with, "p50") < number(&without, "p50") / 2);
    // After an hour only the one that ran for five is a case.
    assert_eq!(number(&told(&list, "60"), "n"), number(&forecast(&["--elapsed", "60", "--json"]), "n") + 1);
    let empty = told(r#"{"incidents":[]}"#, "0");
    assert_eq!(number(&empty, "n"), number(&without, "n"), "an empty list was read");
    for none in ["{}", "null", "[3]", r#"{"incidents":[{"status":7}]}"#, r#"{"incidents":7}"#] {
        let output = told(none, "0");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{none}");
    }
    let garbled = told("<!doctype html>", "0");
    assert_eq!(garbled.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&garbled.stderr).contains("is no JSON"));
    std::fs::remove_file(&name).unwrap();
}

/// What of a list does not count is told, in words and in JSON; only a list of which nothing can be read is an error.
#[test]
fn what_of_a_history_does_not_count_is_told() {
    let name = std::env::temp_dir().join(format!("mend-clock-skipped-{}.json", std::process::id()));
    let one = |part: &str, published: &str| {
        serde_json::json!({"status": "resolved", "published_at": published,
            "updates": [{"to_status": "resolved", "published_at": "2026-07-03T09:40:00Z"}],
            "component_impacts": [{"component_id": part}]})
    };
    let (chat, voice) = ("01JMXBNJXGV1T5GT2M9XA83XNG", "01JMXBNJXGGT5SR5DB9J7GYY48");
    let ask = |incidents: Vec<Value>, more: &[&str]| {
        std::fs::write(&name, serde_json::json!({ "incidents": incidents }).to_string()).unwrap();
        forecast(&[&["--elapsed", "0", "--history", name.to_str().unwrap()][..], more].concat())
    };
    let good = one(chat, "2026-07-03T09:00:00Z");
    let mixed = vec![good, one(voice, "2026-07-03T09:00:00Z"), one(chat, "never"), one(voice, "2026-07-03T09:00:00Z")];
    let told: Value = serde_json::from_slice(&ask(mixed.clone(), &["--json"]).stdout).unwrap();
    assert_eq!(told["read"], 1);
    let why = [(2, "other-part"), (3, "no-begin"), (4, "other-part")];
    assert_eq!(
        told["skipped"],
        Value::from_iter(why.map(|(entry, why)| serde_json::json!({"entry": entry, "why": why})))
    );
    let words = String::from_utf8(ask(mixed, &[]).stdout).unwrap();
    let second = words.lines().nth(1).unwrap();
    assert!(second.starts_with("Of the history, 1 incidents count; 3 were left out: 2 on other parts"), "{second}");
    assert!(ask(vec![one(voice, "2026-07-03T09:00:00Z")], &[]).status.success(), "read, and of another part");
    let none = ask(vec![one(chat, "never")], &["--json"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&none.stderr).contains("1 without a time of publishing"));
    std::fs::remove_file(&name).unwrap();
}
