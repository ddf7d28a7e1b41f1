//! `mend clock` as a person or a script calls it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::process::{Command, Output};

use serde_json::Value;

fn clock(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mend")).arg("clock").args(arguments).output().expect("it starts")
}

#[test]
fn tells_a_range_in_minutes() {
    for arguments in [&["--elapsed", "30"][..], &["--elapsed", "95.5", "--stage", "monitoring"]] {
        let output = clock(&[arguments, &["--json"]].concat());
        assert!(output.status.success());
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let range = ["p10", "p25", "p50", "p75", "p90"].map(|name| told.get(name).and_then(Value::as_i64).unwrap());
        assert!(range.is_sorted() && range[0] >= 0 && range[4] > range[0], "{told}");
        assert!(told.get("n").and_then(Value::as_u64).unwrap() >= 25, "{told}");
    }
    let words = String::from_utf8(clock(&["--elapsed", "30"]).stdout).unwrap();
    assert!(words.starts_with("Usually over in another"), "{words}");
}

#[test]
fn says_what_is_wrong_with_a_question() {
    for arguments in [&[][..], &["--elapsed", "-3"], &["--elapsed", "soon"], &["--elapsed", "3", "--stage", "lost"]] {
        let output = clock(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("mend --help"), "{arguments:?}");
    }
}
