//! `mend api`: checks the set-up of a program that calls the developer API, as the program would use it, step by step from its
//! environment to an answer. Owns the order of the steps and the output; each step has a file of its own and no step prints.
//!
//! The key is used for requests and for nothing else: no check holds it, and a message that repeats it is not shown.

mod base_url;
mod certificate;
mod check;
mod connection;
mod environment;
mod key;
mod proxy;
mod requests;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anstyle::{AnsiColor, Style};
use mend::core::names::Blame;
use serde_json::json;

use self::{
    base_url::BaseUrl,
    check::{Check, Outcome},
    environment::Variables,
    requests::Client,
};
use crate::{output::fail, strip_control::strip_control};

/// Checks the set-up of a program that calls OpenAI's API: environment, key, network, certificate, model.
///
/// Reads the variables that OpenAI's packages read (`OPENAI_API_KEY`, `OPENAI_BASE_URL` …; those of Azure; proxies and
/// certificates), and asks the server for its models with that key, which costs nothing. It never prints a key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 it works; 1 something does not; 2 an argument or a file is at fault.\n\nExamples:\n  mend api\n  mend api --env-file .env --model gpt-5 --call"
)]
pub struct Args {
    /// Where to read variables that the environment lacks
    #[arg(long, value_name = "FILE")]
    env_file: Option<String>,
    /// The server, instead of OPENAI_BASE_URL
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The model that the program uses; at Azure the deployment
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Send one minimal request to the model, too, which costs a few tokens
    #[arg(long, requires = "model")]
    call: bool,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Makes the checks, and prints them.
    pub fn run(self) -> ExitCode {
        let variables = match Variables::read(self.env_file.as_deref()) {
            Ok(variables) => variables,
            Err(error) => return fail(&error.to_string()),
        };
        let checks = self.checks(&variables);
        let code = u8::from(is_bad(&checks));
        let key = variables.key().map(|(_, key)| key).unwrap_or_default();
        match print(&checks, key, self.json) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                fail(&format!("the answer could not be written: {error}"))
            }
            _ => ExitCode::from(code),
        }
    }

    fn checks(&self, variables: &Variables) -> Vec<Check> {
        let mut checks = variables.checks();
        let (base, found) = BaseUrl::of(self.base_url.as_deref(), variables);
        checks.extend(key::checks(variables, base.as_ref()));
        checks.extend(found);
        let Some(base) = base else { return checks };
        let (proxy, found) = proxy::of(variables, &base);
        let misses_proxy = is_bad(&found);
        checks.extend(found);
        // Without the proxy that was meant the way would be another one.
        if misses_proxy {
            return checks;
        }
        let (roots, found) = certificate::roots(variables);
        checks.extend(found);
        let (reached, found) = connection::checks(&base, proxy.as_ref(), &roots);
        checks.extend(found);
        // A key is not sent where something is known to be wrong: another provider's, or over http.
        if !reached || is_bad(&checks) {
            return checks;
        }
        let Some((_, key)) = variables.key() else { return checks };
        let client = Client::new(&base, key, variables, proxy, roots);
        checks.extend(client.checks(self.model.as_deref(), self.call));
        checks
    }
}

fn is_bad(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.outcome == Outcome::Bad)
}

fn print(checks: &[Check], key: &str, json: bool) -> io::Result<()> {
    let safe = |text: &str| without(key, &strip_control(text));
    if json {
        let list: Vec<_> = checks
            .iter()
            .map(|check| {
                json!({
                    "check": check.name,
                    "outcome": check.outcome.name(),
                    "words": safe(&check.words),
                    "advice": check.advice.as_deref().map(safe),
                    "blame": check.blame.map(Blame::name),
                })
            })
            .collect();
        return writeln!(io::stdout(), "{}", json!({ "works": !is_bad(checks), "checks": list }));
    }
    let mut out = anstream::stdout().lock();
    for check in checks {
        let colour = Style::new().fg_color(Some(match check.outcome {
            Outcome::Good => AnsiColor::Green.into(),
            Outcome::Doubtful => AnsiColor::Yellow.into(),
            Outcome::Bad => AnsiColor::Red.into(),
        }));
        let mark = check.outcome.mark();
        writeln!(out, "{colour}{mark} {:<12}{colour:#} {}", check.name, safe(&check.words))?;
        if let Some(advice) = &check.advice {
            writeln!(out, "  {:<12} → {}", "", safe(advice))?;
        }
    }
    Ok(())
}

/// The text without the key, should a server repeat it.
fn without(key: &str, text: &str) -> String {
    if key.trim().len() < 8 { text.to_owned() } else { text.replace(key.trim(), "<key>") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_a_server_repeats_is_not_shown() {
        assert_eq!(without("sk-0123456789", "Incorrect API key: sk-0123456789."), "Incorrect API key: <key>.");
        assert_eq!(without("", "nothing to hide"), "nothing to hide");
    }
}
