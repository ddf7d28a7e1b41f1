//! Each program of `mend backoff --code` against the lab: what comes out, and how often and when it calls.
//!
//! The official SDKs come from `$MEND_OPENAI_PYTHON`, a Python that has the package, and `$MEND_OPENAI_NODE`, a folder of node
//! modules; build.sh installs them and sets both.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use mend_lab::{Http, Lab, Options};

/// Short waits, so that a test is short. The first is at most 0.2 s.
const POLICY: &[&str] = &["--base", "100", "--cap", "1000", "--timeout", "3", "--budget", "1", "--rpm", "120"];
const PATH: &str = "/v1/chat/completions";
const HELLO: &str = "Hello from the lab.";
const REQUEST: &str = r#"{"model":"gpt-5","messages":[{"role":"user","content":"Hello"}]}"#;
/// What a program takes until it calls, on a machine that has much else to do. No wait is ever shorter for that.
const SLACK: u64 = 5_000;

/// One program, and the folder that it stands in.
struct Program {
    command: Vec<String>,
    folder: PathBuf,
    /// What it reads for one request.
    line: &'static str,
}

/// The result of running a program.
struct Ran {
    well: bool,
    out: String,
    error: String,
    /// When it called, in ms since before it was started.
    calls: Vec<u64>,
}

fn mend(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mend")).arg("backoff").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn code(language: &str, policy: &[&str]) -> String {
    let program = mend(&[&["--code", language], policy].concat());
    assert!(!program.contains("{{"), "everything is filled in: {program}");
    program
}

fn needed(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} names no openai package; run ./build.sh test"))
}

/// What a compiler or formatter prints, which must do its work.
fn built(folder: &Path, command: &[&str]) -> String {
    let output = Command::new(command[0]).args(&command[1..]).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{} does not start: {error}; run ./build.sh test", command[0]));
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

impl Program {
    fn written(language: &str, policy: &[&str], test: &str) -> Program {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{language}-{test}"));
        fs::create_dir_all(&folder).unwrap();
        let (file, line) = match language {
            "python" => ("ask.py", "Hello"),
            "node" => ("ask.mjs", "Hello"),
            "curl" => ("ask.sh", REQUEST),
            "go" => ("ask.go", "Hello"),
            "java" => ("Ask.java", REQUEST),
            "csharp" => ("Ask.cs", REQUEST),
            _ => return Program { command: example(), folder, line: "Hello" },
        };
        fs::write(folder.join(file), code(language, policy)).unwrap();
        let run = |command: &[&str]| command.iter().map(|part| (*part).to_owned()).collect();
        // Compiled once, as a compiler may take longer than what is measured.
        let compiled = match language {
            "go" => {
                assert_eq!(built(&folder, &["gofmt", "-l", file]), "", "it is formatted");
                built(&folder, &["go", "vet", file]);
                built(&folder, &["go", "build", "-o", "ask", file]);
                Some(run(&["./ask"]))
            }
            "java" => {
                built(&folder, &["javac", "-Xlint:all", "-Werror", "-d", "classes", file]);
                Some(run(&["java", "-cp", "classes", "Ask"]))
            }
            "csharp" => {
                built(&folder, &["mcs", "-warnaserror", "-r:System.Net.Http.dll", "-out:ask.exe", file]);
                Some(run(&["mono", "ask.exe"]))
            }
            _ => None,
        };
        if let Some(command) = compiled {
            return Program { command, folder, line };
        }
        let runner = match language {
            "python" => needed("MEND_OPENAI_PYTHON"),
            "node" => {
                // Node looks for packages beside the program only.
                let _ = fs::remove_file(folder.join("node_modules"));
                std::os::unix::fs::symlink(needed("MEND_OPENAI_NODE"), folder.join("node_modules")).unwrap();
                "node".to_owned()
            }
            _ => "sh".to_owned(),
        };
        Program { command: vec![runner, file.to_owned()], folder, line }
    }

    /// Runs it with so many requests against a lab in this fault.
    fn run(&self, fault: &str, requests: usize) -> Ran {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = Options { http: Http::One, fault: fault.to_owned(), ..Options::default() };
        let lab = runtime.block_on(Lab::start(options)).unwrap();
        let mut child = Command::new(&self.command[0])
            .args(&self.command[1..])
            .current_dir(&self.folder)
            .env("OPENAI_API_KEY", "sk-lab")
            .env("OPENAI_BASE_URL", format!("http://127.0.0.1:{}/v1", lab.https_port()))
            .env_remove("http_proxy")
            .env_remove("HTTP_PROXY")
            .env_remove("all_proxy")
            .env_remove("ALL_PROXY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.command[0]));
        child.stdin.take().unwrap().write_all(format!("{}\n", self.line).repeat(requests).as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let log = lab.log();
        assert!(log.iter().all(|hit| hit.path == PATH && hit.authorization), "{log:?}");
        Ran {
            well: output.status.success(),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
            calls: log.iter().map(|hit| hit.at_ms).collect(),
        }
    }
}

impl Ran {
    /// It had so many answers, after so many calls.
    fn answered(&self, answers: usize, calls: usize) {
        assert!(self.well, "{} {:?}", self.error, self.calls);
        assert_eq!(
            (self.out.matches(HELLO).count(), self.calls.len()),
            (answers, calls),
            "{} {}",
            self.out,
            self.error
        );
    }

    /// Between these two calls there were so many ms.
    fn waited(&self, before: usize, least: u64, most: u64) {
        let wait = self.calls[before + 1] - self.calls[before];
        assert!((least..=most + SLACK).contains(&wait), "{wait} ms, not {least} to {most}: {:?}", self.calls);
    }
}

/// What a program has to keep, whatever it is written in. Waits are at most `most` ms, the first and the second one.
fn keeps_the_policy(program: &Program, most: [u64; 2], gap: u64) {
    let ran = program.run("well", 6);
    ran.answered(6, 6);
    assert!(ran.calls[5] >= 5 * gap, "spread, by {gap} ms: {:?}", ran.calls);

    let ran = program.run("503-api-first-2", 1);
    ran.answered(1, 3);
    ran.waited(0, 0, most[0]);
    ran.waited(1, 0, most[1]);

    let ran = program.run("429-api-first-1", 1);
    ran.answered(1, 2);
    ran.waited(0, 1_990, 2_000 + most[0]);

    for forbidden in ["401-key", "429-quota", "404-model"] {
        let ran = program.run(forbidden, 1);
        assert!(!ran.well && ran.out.is_empty() && ran.calls.len() == 1, "{forbidden}: {} {:?}", ran.out, ran.calls);
        assert!(!ran.error.is_empty(), "it says why");
    }
}

/// A try without an answer ends with the timeout, and the next one comes after a wait.
fn keeps_the_timeout(program: &Program) {
    let ran = program.run("slow-api-first-1", 1);
    ran.answered(1, 2);
    // Its clock runs from before the lab's.
    ran.waited(0, 2_000, 3_200);
}

/// What the server asks for is more than all tries may take: it is not waited for.
fn keeps_the_budget(language: &str) {
    let policy = [POLICY, &["--budget", "0"]].concat();
    let ran = Program::written(language, &policy, "budget").run("429-rate", 1);
    assert!(!ran.well && ran.calls.len() == 1, "{} {:?}", ran.out, ran.calls);
}

/// Each kind of jitter is a program that runs, and draws waits within its bounds.
fn draws_each_kind(language: &str) {
    for (kind, least, most) in
        [("exponential", 800, 800), ("quarter", 600, 1_000), ("equal", 400, 800), ("decorrelated", 400, 1_200)]
    {
        let policy = [&["--policy", kind], POLICY, &["--base", "400", "--cap", "4000"]].concat();
        let ran = Program::written(language, &policy, kind).run("503-api-first-1", 1);
        ran.answered(1, 2);
        ran.waited(0, least - least / 50, most);
    }
}

fn holds(language: &str) {
    let program = Program::written(language, POLICY, "policy");
    keeps_the_policy(&program, [200, 400], 500);
    keeps_the_timeout(&program);
    keeps_the_budget(language);
    draws_each_kind(language);
}

#[test]
fn python_with_the_official_sdk() {
    holds("python");
}

#[test]
fn node_with_the_official_sdk() {
    holds("node");
}

#[test]
fn curl_in_a_shell() {
    holds("curl");
}

#[test]
fn go_with_its_standard_library() {
    holds("go");
}

#[test]
fn java_with_its_standard_library() {
    holds("java");
}

#[test]
fn csharp_with_its_standard_library() {
    holds("csharp");
}

/// By cargo, because a test that is run by its name alone does not build the examples.
fn example() -> Vec<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let run = [env!("CARGO"), "run", "--quiet", "--locked", "--manifest-path", manifest, "--example", "backoff"];
    run.map(str::to_owned).to_vec()
}

/// The example is what is printed, and does what it says.
#[test]
fn rust_with_backon() {
    let example = include_str!("../examples/backoff.rs");
    assert_eq!(code("rust", POLICY), example, "write it anew, its second line says how");
    let program = Program::written("rust", POLICY, "policy");
    keeps_the_policy(&program, [200, 400], 500);
    keeps_the_timeout(&program);
}

#[test]
fn no_program_tries_again_without_a_wait() {
    let none = ["backoff", "--code", "python", "--policy", "none"];
    let output = Command::new(env!("CARGO_BIN_EXE_mend")).args(none).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("without a wait"));
}
