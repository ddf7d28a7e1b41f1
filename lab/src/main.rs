//! Command line of the lab: parses the arguments, starts a lab and waits for Ctrl-C.

use std::process::ExitCode;

use clap::Parser;
use mend_lab::{Generation, Http, Lab, Lang, Options, table};

/// A fake ChatGPT on loopback, which fails as it is told: the page, its back end, the API and the status page.
#[derive(Parser)]
#[command(name = "mend-lab")]
struct Arguments {
    /// The port for https and for the API without TLS
    #[arg(long, value_name = "N", default_value_t = 8443)]
    port: u16,
    /// The port that takes orders
    #[arg(long, value_name = "N", default_value_t = 8444)]
    control_port: u16,
    /// The version of HTTP
    #[arg(long, default_value = "both", value_parser = ["1", "2", "both"])]
    http: String,
    /// The language of the page
    #[arg(long, default_value = "en", value_parser = ["en", "ja", "zh"])]
    lang: String,
    /// The generation of the page: old, new or next
    #[arg(long, default_value = "old")]
    page: Generation,
    /// How it fails at first; --list names the faults
    #[arg(long, value_name = "NAME", default_value = "well")]
    fault: String,
    /// Lists the faults and ends
    #[arg(long)]
    list: bool,
}

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
    let arguments = Arguments::parse();
    if arguments.list {
        print!("{}", table());
        return Ok(());
    }
    let options = options(arguments);
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

fn options(arguments: Arguments) -> Options {
    Options {
        https_port: arguments.port,
        control_port: arguments.control_port,
        http: match arguments.http.as_str() {
            "1" => Http::One,
            "2" => Http::Two,
            _ => Http::Both,
        },
        lang: match arguments.lang.as_str() {
            "ja" => Lang::Ja,
            "zh" => Lang::Zh,
            _ => Lang::En,
        },
        page: arguments.page,
        fault: arguments.fault,
        ..Options::default()
    }
}
