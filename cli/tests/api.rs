//! `mend api` against the lab: every planted fault is named by its step and its sentence, the exit code says that there is one,
//! and no key is ever printed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, dead_code, reason = "a test may fail loudly")]

mod common;

use std::{
    io::{Read, Write, copy},
    net::{Shutdown, TcpListener, TcpStream},
    process::Command,
    thread,
};

use common::file;
use mend_lab::{Http, Lab, Options};
use serde_json::Value;

/// A key of the right form that nothing may print.
const CANARY: &str = "sk-proj-CANARYa1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2";

/// How a proxy lets programs through.
#[derive(Clone, Copy, PartialEq)]
enum Passes {
    /// To the lab, whatever the name.
    All,
    /// It wants a password.
    WithPassword,
    /// It refuses the host.
    None,
    /// It is no proxy.
    Nothing,
}

/// A proxy that leads every name to this port; lives as long as the test.
fn proxy(to: u16, passes: Passes) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || tunnel(stream, to, passes));
        }
    });
    port
}

fn tunnel(mut stream: TcpStream, to: u16, passes: Passes) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        head.extend(byte);
    }
    let has_password = String::from_utf8_lossy(&head).to_ascii_lowercase().contains("proxy-authorization: basic");
    let answer: &[u8] = match passes {
        Passes::All => b"HTTP/1.1 200 Connection established\r\n\r\n",
        Passes::WithPassword if has_password => b"HTTP/1.1 200 Connection established\r\n\r\n",
        Passes::WithPassword => b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
        Passes::None => b"HTTP/1.1 403 Forbidden\r\n\r\n",
        Passes::Nothing => b"220 mail.example ESMTP\r\n\r\n",
    };
    if stream.write_all(answer).is_err() || !answer.starts_with(b"HTTP/1.1 200") {
        return;
    }
    let server = TcpStream::connect(("127.0.0.1", to)).unwrap();
    let (mut from, mut back) = (stream.try_clone().unwrap(), server.try_clone().unwrap());
    let upward = thread::spawn(move || {
        let _ = copy(&mut from, &mut back);
        let _ = back.shutdown(Shutdown::Write);
    });
    let (mut server, mut stream) = (server, stream);
    let _ = copy(&mut server, &mut stream);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = upward.join();
}

/// A running lab, and the set-up of a program that calls it as api.openai.com.
struct Fixture {
    lab: Lab,
    runtime: tokio::runtime::Runtime,
    environment: Vec<(&'static str, String)>,
}

impl Fixture {
    fn new(fault: &str) -> Fixture {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = Options { http: Http::One, fault: fault.to_owned(), ..Options::default() };
        let lab = runtime.block_on(Lab::start(options)).unwrap();
        let roots = file(&format!("api-roots-{}.pem", lab.https_port()), lab.api_certificate().as_bytes());
        let way = proxy(lab.https_port(), Passes::All);
        let environment = vec![
            ("OPENAI_API_KEY", CANARY.to_owned()),
            ("SSL_CERT_FILE", roots),
            ("HTTPS_PROXY", format!("http://127.0.0.1:{way}")),
        ];
        Fixture { lab, runtime, environment }
    }

    fn with(mut self, name: &'static str, value: &str) -> Fixture {
        self.environment.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            self.environment.push((name, value.to_owned()));
        }
        self
    }

    /// The exit code, and the checks. Nothing that is printed holds the key.
    fn run(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_mend"));
            command.arg("api").args(arguments).env_clear().envs(self.environment.iter().cloned());
            let output = command.output().unwrap();
            let printed = [&output.stdout[..], &output.stderr[..]].concat();
            let printed = String::from_utf8(printed).unwrap();
            assert!(!printed.contains("CANARY"), "a key is printed: {printed}");
            (output.status.code().unwrap(), printed)
        };
        let (code, text) = run(arguments);
        let (same, json) = run(&[arguments, &["--json"]].concat());
        assert_eq!(code, same, "{text}{json}");
        let told: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert_eq!(told["works"], code == 0, "{json}");
        (code, told["checks"].as_array().unwrap().clone())
    }

    /// Asserts that this check, and no other, is bad, and says these words.
    fn fails(&self, arguments: &[&str], check: &str, words: &str) {
        let (code, checks) = self.run(arguments);
        let bad: Vec<&Value> = checks.iter().filter(|one| one["outcome"] == "bad").collect();
        assert_eq!(code, 1, "{words}: {checks:#?}");
        assert_eq!(bad.len(), 1, "{words}: {checks:#?}");
        assert_eq!(bad[0]["check"], check, "{words}: {checks:#?}");
        assert!(bad[0]["words"].as_str().unwrap().contains(words), "{words}: {checks:#?}");
        assert!(bad[0]["advice"].as_str().unwrap().len() > 10, "{checks:#?}");
    }
}

#[test]
fn a_set_up_that_works_is_called_so() {
    let fixture = Fixture::new("well");
    for arguments in [&[][..], &["--model", "gpt-5"], &["--model", "gpt-5", "--call"]] {
        let (code, checks) = fixture.run(arguments);
        assert_eq!(code, 0, "{checks:#?}");
    }
}

#[test]
fn a_fault_of_the_server_or_the_account_is_named() {
    let rows = [
        ("401-key", "models", "the API key"),
        ("401-organisation", "models", "another organisation"),
        ("429-quota", "models", "quota or credit is used up"),
        ("429-rate", "models", "usage limit"),
        ("500-api", "models", "OpenAI, not you"),
        ("503-api-first-9", "models", "overloaded"),
        ("403-region", "models", "does not serve the country"),
    ];
    for (fault, check, words) in rows {
        Fixture::new(fault).fails(&[], check, words);
    }
    let fixture = Fixture::new("well");
    fixture.fails(&["--model", "gpt-9"], "models", "gpt-9 is none of them");
}

#[test]
fn a_fault_of_the_environment_is_named() {
    let rows = [
        ("OPENAI_API_KEY", "", "key", "is not set"),
        ("OPENAI_API_KEY", "sk-ant-api03-CANARY", "key", "another provider"),
        ("OPENAI_API_KEY", "Bearer sk-CANARY", "key", "Bearer"),
        ("OPENAI_BASE_URL", "https://api.openai.com", "address", "without /v1"),
        ("OPENAI_BASE_URL", "https://api.openai.com/v1/chat/completions", "address", "ends with /chat/completions"),
        ("OPENAI_BASE_URL", "api.openai.com", "address", "is no address"),
        ("OPENAI_ORG_ID", "my company", "environment", "does not have the form org-"),
        ("REQUESTS_CA_BUNDLE", "/no/such/file.pem", "certificates", "holds no certificate"),
        ("HTTPS_PROXY", "socks://127.0.0.1:9", "proxy", "a scheme that clients do not know"),
    ];
    for (name, value, check, words) in rows {
        let fixture = Fixture::new("well").with(name, value);
        let (code, checks) = fixture.run(&[]);
        let bad: Vec<&Value> = checks.iter().filter(|one| one["outcome"] == "bad").collect();
        assert_eq!(code, 1, "{name}={value}: {checks:#?}");
        assert_eq!(bad[0]["check"], check, "{name}={value}: {checks:#?}");
        assert!(bad[0]["words"].as_str().unwrap().contains(words), "{name}={value}: {checks:#?}");
        // What is known to be wrong is not sent, above all no other provider's key.
        assert!(fixture.lab.log().is_empty(), "{name}={value}: {:?}", fixture.lab.log());
    }
}

#[test]
fn a_fault_of_the_way_there_is_named() {
    let fixture = Fixture::new("well");
    let port = fixture.lab.https_port();
    let by = |passes| format!("http://127.0.0.1:{}", proxy(port, passes));
    let dead = fixture.lab.dead_port();
    Fixture::new("well").with("HTTPS_PROXY", &by(Passes::WithPassword)).fails(&[], "proxy", "wants a user's name");
    Fixture::new("well").with("HTTPS_PROXY", &by(Passes::None)).fails(&[], "proxy", "refuses the way");
    Fixture::new("well").with("HTTPS_PROXY", &by(Passes::Nothing)).fails(&[], "proxy", "none of HTTP");
    let refused = format!("http://127.0.0.1:{dead}");
    Fixture::new("well").with("HTTPS_PROXY", &refused).fails(&[], "connect", "refuses connections");
    // The certificate of another lab is not trusted.
    let other = Fixture::new("well");
    let way = format!("http://127.0.0.1:{}", proxy(other.lab.https_port(), Passes::All));
    fixture.with("HTTPS_PROXY", &way).fails(&[], "tls", "is not trusted here");
    // A server without TLS behind the port of https.
    let plain = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let to = plain.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in plain.incoming().map_while(Result::ok) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let way = format!("http://127.0.0.1:{}", proxy(to, Passes::All));
    Fixture::new("well").with("HTTPS_PROXY", &way).fails(&[], "tls", "could not be made");
}

/// A server by http that answers each request with an empty list of models, and with this date.
fn dated(date: &'static str) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut head = [0; 4_096];
            let _ = stream.read(&mut head);
            let body = r#"{"object":"list","data":[]}"#;
            let length = body.len();
            let _ = write!(stream, "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-length: {length}\r\n\r\n{body}");
        }
    });
    port
}

#[test]
fn a_clock_that_is_wrong_is_named() {
    for (date, words) in [("Mon, 06 Jan 2025 10:00:00 GMT", "ahead of"), ("Thu, 01 Jan 2099 10:00:00 GMT", "behind")] {
        let gateway = format!("http://127.0.0.1:{}/v1", dated(date));
        Fixture::new("well").with("OPENAI_BASE_URL", &gateway).fails(&[], "clock", words);
    }
}

#[test]
fn a_proxy_gets_its_password_and_a_gateway_is_called_as_one() {
    let fixture = Fixture::new("well");
    let way = proxy(fixture.lab.https_port(), Passes::WithPassword);
    let fixture = fixture.with("HTTPS_PROXY", &format!("http://me:secret@127.0.0.1:{way}"));
    let (code, checks) = fixture.run(&[]);
    assert_eq!(code, 0, "{checks:#?}");
    assert!(!format!("{checks:?}").contains("secret"));
    let gateway = format!("http://127.0.0.1:{}/v1", fixture.lab.https_port());
    let fixture = fixture.with("OPENAI_BASE_URL", &gateway).with("OPENAI_API_KEY", "any key");
    let (code, _) = fixture.run(&[]);
    assert_eq!(code, 1, "it holds a blank");
    let (code, checks) = fixture.with("OPENAI_API_KEY", "hunter2").run(&["--model", "gpt-5", "--call"]);
    assert_eq!(code, 0, "{checks:#?}");
}

#[test]
fn a_file_of_variables_fills_what_the_environment_lacks() {
    let env = file("api.env", format!("OPENAI_API_KEY=\"{CANARY}\"\nOPENAI_ORG_ID=nonsense\n").as_bytes());
    let fixture = Fixture::new("well").with("OPENAI_API_KEY", "");
    fixture.fails(&["--env-file", &env], "environment", "OPENAI_ORG_ID");
    let broken = file("api-broken.env", b"OPENAI_API_KEY=\"CANARY-never-closed\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mend"));
    let output = command.args(["api", "--env-file", &broken]).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("CANARY"));
}
