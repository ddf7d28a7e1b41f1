//! The WebDriver process: chromedriver or geckodriver.
//!
//! Owns the process and its port. Ends with it when dropped; the session must have been ended before, or the browser
//! stays.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};

use crate::setup::Browser;
use crate::wait::until;

/// What chromedriver says when it gives up.
const EXITING: &str = "port not available. Exiting";

/// A running driver.
pub(crate) struct Driver {
    /// Where it listens.
    pub url: String,
    _log: NamedTempFile,
    _child: Child,
}

impl Driver {
    /// Starts the browser's driver on a port of its choice. One that chose a port that somebody else just took gives up;
    /// so start it again.
    pub async fn start(browser: Browser) -> Result<Driver> {
        let mut tries = 0;
        loop {
            tries += 1;
            match Driver::try_start(browser).await {
                Err(error) if tries < 4 && error.to_string().contains(EXITING) => {}
                done => return done,
            }
        }
    }

    async fn try_start(browser: Browser) -> Result<Driver> {
        let log = NamedTempFile::new().context("cannot make a file for the driver's output")?;
        let (program, arguments): (PathBuf, &[&str]) = match browser {
            Browser::Chromium => (program("MEND_CHROMEDRIVER", "chromedriver"), &["--port=0"]),
            Browser::Firefox => (program("MEND_GECKODRIVER", "geckodriver"), &["--port", "0", "--allow-system-access"]),
        };
        let child = Command::new(&program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.reopen()?)
            .stderr(log.reopen()?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let port = until(&format!("{} to say its port", program.display()), Duration::from_secs(20), async || {
            let said = std::fs::read_to_string(log.path())?;
            if said.contains(EXITING) {
                return Ok(None);
            }
            port(&said).map(Some).ok_or_else(|| anyhow!("{said:?}"))
        })
        .await?
        .with_context(|| format!("{}: {EXITING}", program.display()))?;
        Ok(Driver { url: format!("http://127.0.0.1:{port}"), _log: log, _child: child })
    }
}

/// The program that the environment names, else the one on the path: a driver wants a browser's full path.
pub(crate) fn program(variable: &str, name: &str) -> PathBuf {
    let program = std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(&program)).find(|file| file.is_file()).unwrap_or(program)
}

/// "ChromeDriver was started successfully on port 4711." or "Listening on 127.0.0.1:4711".
fn port(said: &str) -> Option<u16> {
    let after = said.split("successfully on port ").nth(1).or_else(|| said.split("Listening on 127.0.0.1:").nth(1))?;
    let end = after.find(|letter: char| !letter.is_ascii_digit())?;
    after.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn the_port_is_read() {
        let chrome = "Starting ChromeDriver 156.0 on port 0\nChromeDriver was started successfully on port 35701.\n";
        assert_eq!(port(chrome), Some(35701));
        assert_eq!(port("1795\tgeckodriver\tINFO\tListening on 127.0.0.1:41000\n"), Some(41000));
        assert_eq!(port("1795\tgeckodriver\tINFO\tListening on 127.0.0.1:41"), None);
    }
}
