//! A lab and a browser together: where every test begins.

use anyhow::Result;
use mend_lab::{Hit, Http, Lab, Lang, Options};

use crate::{Browser, Robot, Setup};

/// Both of them.
pub struct Stage {
    /// The browser; it ends first.
    pub robot: Robot,
    /// The service that fails on command.
    pub lab: Lab,
}

impl Stage {
    /// A lab in this fault, and a fresh browser in front of it.
    pub async fn set(browser: Browser, fault: &str) -> Result<Stage> {
        Stage::with(browser, Http::Both, fault, |setup| setup).await
    }

    /// The same, with the HTTP version to offer and a change to the setup.
    pub async fn with(browser: Browser, http: Http, fault: &str, change: impl FnOnce(Setup) -> Setup) -> Result<Stage> {
        let lab = Lab::start(Options { http, fault: fault.to_owned(), ..Options::default() }).await?;
        let robot = Robot::start(change(Setup::new(browser, &lab)?)).await?;
        Ok(Stage { robot, lab })
    }

    /// All is well, on a page in this language.
    pub async fn speaking(browser: Browser, http: Http, lang: Lang) -> Result<Stage> {
        let lab = Lab::start(Options { http, lang, ..Options::default() }).await?;
        let robot = Robot::start(Setup::new(browser, &lab)?).await?;
        Ok(Stage { robot, lab })
    }

    /// Puts a fault in force.
    pub fn fault(&self, name: &str) -> Result<()> {
        Ok(self.lab.set_fault(name)?)
    }

    /// What was asked of the provider's status page.
    pub fn status_reads(&self) -> Vec<Hit> {
        self.lab.log().into_iter().filter(|hit| hit.host == "status.openai.com").collect()
    }
}

/// How often to repeat: `short`, or `full` where `MEND_FULL=1`.
pub fn rounds(short: usize, full: usize) -> usize {
    if std::env::var_os("MEND_FULL").is_some_and(|value| value == "1") { full } else { short }
}
