//! Puts each line of standard input to the model, and tries again by one policy:
//! mend backoff --code rust --policy full --base 100 --cap 1000 --timeout 3 --budget 1 --rpm 120
//!
//! cargo add backon fastrand serde_json; cargo add ureq --features json; OPENAI_API_KEY=... cargo run <prompts.txt

use std::{
    env, io, iter, process, thread,
    time::{Duration, Instant},
};

use backon::BlockingRetryable;
use serde_json::{Value, json};

const MODEL: &str = "gpt-5";
/// In seconds. No wait before a further try is longer than `CAP`.
const BASE: f64 = 0.1;
const CAP: f64 = 1.0;
/// Without an answer for so long, a try has failed.
const TIMEOUT: Duration = Duration::from_secs(3);
/// All tries for one answer, and the waits between, take no longer.
const BUDGET: Duration = Duration::from_secs(60);
/// Between two new requests: many at once are refused, or make an overload worse.
const GAP: Duration = Duration::from_millis(500);

/// Why there is no answer.
#[derive(Default)]
struct Failure {
    /// 0 where the connection failed.
    status: u16,
    /// What the server asks for. (It may also name a date; OpenAI does not.)
    wait: Duration,
    no_credit: bool,
    /// For whoever reads it.
    words: String,
}

impl Failure {
    /// Whether another try can help: never with what only you can change, such as the key, the request or the credit.
    fn may_pass(&self) -> bool {
        !self.no_credit && matches!(self.status, 0 | 408 | 409 | 429 | 500..)
    }
}

impl From<ureq::Error> for Failure {
    fn from(error: ureq::Error) -> Failure {
        Failure { words: error.to_string(), ..Failure::default() }
    }
}

struct Client {
    agent: ureq::Agent,
    url: String,
    key: String,
}

impl Client {
    fn call(&self, prompt: &str) -> Result<String, Failure> {
        let body = json!({ "model": MODEL, "messages": [{ "role": "user", "content": prompt }] });
        let request = self.agent.post(&self.url).header("authorization", format!("Bearer {}", self.key));
        let mut response = request.send_json(&body)?;
        let status = response.status().as_u16();
        let wait = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
        let words = response.body_mut().read_to_string()?;
        // An edge answers in HTML: that is no JSON, and says nothing of credit.
        let told: Value = serde_json::from_str(&words).unwrap_or_default();
        match told.pointer("/choices/0/message/content").and_then(Value::as_str) {
            Some(answer) if status == 200 => Ok(answer.to_owned()),
            _ => Err(Failure {
                status,
                wait: Duration::from_secs(wait.unwrap_or(0).into()),
                no_credit: told.pointer("/error/code").is_some_and(|code| code == "insufficient_quota"),
                words,
            }),
        }
    }

    fn ask(&self, prompt: &str) -> Result<String, Failure> {
        let deadline = Instant::now() + BUDGET;
        (|| self.call(prompt))
            .retry(waits().take_while(|wait| Instant::now() + *wait < deadline))
            .when(|failure: &Failure| failure.may_pass() && Instant::now() + failure.wait < deadline)
            // backon's own wait comes on top of what the server asks for: it tells all clients the same.
            .notify(|failure, _| thread::sleep(failure.wait))
            .call()
    }
}

/// Anything from nothing to the step. backon's own jitter only adds to a wait, but it takes any iterator.
fn waits() -> impl Iterator<Item = Duration> {
    let steps = iter::successors(Some(BASE), |step| Some(CAP.min(step * 2.0))).skip(1);
    steps.map(|step| Duration::from_secs_f64(step * fastrand::f64()))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = env::var("OPENAI_BASE_URL").unwrap_or_else(|_| "https://api.openai.com/v1".to_owned());
    let config = ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).http_status_as_error(false);
    let client = Client {
        agent: config.build().into(),
        url: format!("{base_url}/chat/completions"),
        key: env::var("OPENAI_API_KEY")?,
    };
    thread::scope(|threads| {
        for (number, line) in io::stdin().lines().map_while(Result::ok).enumerate() {
            if number > 0 {
                thread::sleep(GAP);
            }
            let client = &client;
            threads.spawn(move || match client.ask(&line) {
                Ok(answer) => println!("{number}\t{answer}"),
                // The first that fails for good ends them all: the next ones would fail like it.
                Err(failure) => {
                    eprintln!("no answer, status {}: {}", failure.status, failure.words);
                    process::exit(1);
                }
            });
        }
    });
    Ok(())
}
