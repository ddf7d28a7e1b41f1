//! `mend backoff`: a table that says the same each time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::process::{Command, Output};

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
fn what_makes_no_sense_is_said() {
    for wrong in [["--policy", "hope"], ["--clients", "-3"], ["--outage", "a while"], ["--elapsed", "3"]] {
        let output = mend(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
    }
}
