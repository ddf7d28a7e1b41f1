//! `mend backoff`: a table that says the same each time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

fn mend(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mend")).arg("backoff").args(arguments).output().unwrap()
}

#[test]
fn every_policy_stands_in_the_table_and_it_is_the_same_each_time() {
    let (one, other) = (mend(&[]), mend(&[]));
    assert_eq!((one.status.code(), &one.stdout), (Some(0), &other.stdout));
    let text = String::from_utf8(one.stdout).unwrap();
    for policy in ["none", "exponential", "quarter", "full", "equal", "decorrelated"] {
        assert!(text.lines().any(|line| line.starts_with(policy)), "{policy}: {text}");
    }
}

#[test]
fn fewer_clients_make_fewer_calls() {
    let calls = |clients: &str| -> u64 {
        let output = mend(&["--policy", "full", "--json", "--clients", clients]);
        let data: Value = serde_json::from_slice(&output.stdout).unwrap();
        data["calls"].as_u64().unwrap()
    };
    assert!(calls("100") * 5 < calls("1000"));
}

#[test]
fn the_picture_shows_what_the_table_says_and_needs_nothing_else() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("backoff.svg");
    let small = ["--policy", "full", "--clients", "30", "--outage", "1", "--timeout", "5", "--cap", "20000"];
    let output = mend(&[&small[..], &["--plot", file.to_str().unwrap()]].concat());
    assert_eq!((output.status.code(), &output.stdout), (Some(0), &mend(&small).stdout));
    let picture = fs::read_to_string(&file).unwrap();
    insta::assert_snapshot!(picture);
    assert_eq!(picture.matches("http").count(), 1, "the namespace's name alone");
}

#[test]
fn what_makes_no_sense_is_said() {
    for wrong in
        [["--policy", "hope"], ["--clients", "-3"], ["--outage", "a while"], ["--elapsed", "3"], ["--code", "cobol"]]
    {
        let output = mend(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("--help"), "{wrong:?}");
    }
}
