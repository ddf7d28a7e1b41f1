//! Command line of the lab: parses the arguments, starts a lab and waits for Ctrl-C.

use std::process::ExitCode;

use anyhow::bail;
use lexopt::prelude::*;
use mend_lab::{Http, Lab, Lang, Options, table};

const USAGE: &str =
    "mend-lab [--port N] [--control-port N] [--http 1|2|both] [--lang en|ja|zh] [--page old|new|next] [--fault NAME]
mend-lab --list";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mend-lab: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let Some(options) = arguments()? else { return Ok(()) };
    let fault = options.fault.clone();
    let lab = Lab::start(options).await?;
    println!(
        "mend-lab: https on 127.0.0.1:{}, control on http://127.0.0.1:{}, fault {fault}",
        lab.https_port(),
        lab.control_port()
    );
    println!(
        "for faults outside: nobody on {}, expired certificate on {}, forged handshake on {}, key {}",
        lab.dead_port(),
        lab.tls_port(),
        lab.handshake_port(),
        lab.fingerprint()
    );
    println!("the API is on http://127.0.0.1:{}/v1 as well, without TLS", lab.https_port());
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// The options, or `None` where `--list` or `--help` was printed.
fn arguments() -> anyhow::Result<Option<Options>> {
    let mut options = Options { https_port: 8443, control_port: 8444, ..Options::default() };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.https_port = parser.value()?.parse()?,
            Long("control-port") => options.control_port = parser.value()?.parse()?,
            Long("fault") => options.fault = parser.value()?.string()?,
            Long("http") => {
                options.http = match parser.value()?.string()?.as_str() {
                    "1" => Http::One,
                    "2" => Http::Two,
                    "both" => Http::Both,
                    other => bail!("--http takes 1, 2 or both, not {other}"),
                }
            }
            Long("lang") => {
                options.lang = match parser.value()?.string()?.as_str() {
                    "en" => Lang::En,
                    "ja" => Lang::Ja,
                    "zh" => Lang::Zh,
                    other => bail!("--lang takes en, ja or zh, not {other}"),
                }
            }
            Long("page") => options.page = parser.value()?.string()?.parse()?,
            Long("list") => {
                print!("{}", table());
                return Ok(None);
            }
            Short('h') | Long("help") => {
                println!("{USAGE}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}
