//! A lab and a browser together: where every test begins.

use anyhow::Result;
use mend_lab::{Generation, Hit, Http, Lab, Lang, Options};
use tempfile::TempDir;

use crate::outside::Outside;
use crate::{Browser, Chat, Robot, Setup, requiring};

/// Both of them.
pub struct Stage {
    /// The browser; it ends first.
    pub robot: Robot,
    /// The service that fails on command.
    pub lab: Lab,
    /// The fault that is yet to begin.
    outside: Outside,
}

impl Stage {
    /// A lab in this fault, and a fresh browser in front of it.
    pub async fn set(browser: Browser, fault: &str) -> Result<Stage> {
        Stage::with(browser, Http::Both, fault, |setup| setup).await
    }

    /// The same, with the HTTP version to offer and a change to the setup.
    pub async fn with(browser: Browser, http: Http, fault: &str, change: impl FnOnce(Setup) -> Setup) -> Result<Stage> {
        let stage = Stage::before(browser, http, Lang::En, fault, change).await?;
        stage.fault(fault)?;
        Ok(stage)
    }

    /// The same, where the browser asks nobody whether Mend may have these permissions: no robot can answer Chromium's question.
    /// The folder holds that copy of Mend as long as it is kept.
    pub async fn allowing(browser: Browser, fault: &str, permissions: &[&str]) -> Result<(Stage, TempDir)> {
        let folder = TempDir::with_prefix("mend-variant-")?;
        let mend = match browser {
            Browser::Chromium => requiring(&browser.mend()?, permissions, folder.path())?,
            Browser::Firefox => browser.mend()?,
        };
        let stage = Stage::with(browser, Http::Both, fault, |setup| Setup { mend, ..setup }).await?;
        Ok((stage, folder))
    }

    /// All is well, on a page in this language.
    pub async fn speaking(browser: Browser, http: Http, lang: Lang) -> Result<Stage> {
        Stage::before(browser, http, lang, "well", |setup| setup).await
    }

    /// The same on one of the three pages.
    pub async fn on(browser: Browser, http: Http, lang: Lang, page: Generation) -> Result<Stage> {
        let lab = Options { http, lang, page, ..Options::default() };
        let mut stage = Stage::arrange(browser, lab, "well", |setup| setup).await?;
        stage.outside.defer(&stage.robot).await?;
        Ok(stage)
    }

    /// A lab in this fault, a fresh browser in front of it, on one of the three pages in English, with a change to the setup.
    pub async fn showing(
        browser: Browser,
        page: Generation,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Stage> {
        let mut stage = Stage::arrange(browser, Options { page, ..Options::default() }, fault, change).await?;
        stage.outside.defer(&stage.robot).await?;
        stage.fault(fault)?;
        Ok(stage)
    }

    /// All is well still, with everything arranged for a fault that [`Stage::begin`] begins, in the lab or outside.
    pub async fn before(
        browser: Browser,
        http: Http,
        lang: Lang,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Stage> {
        let lab = Options { http, lang, ..Options::default() };
        let mut stage = Stage::arrange(browser, lab, fault, change).await?;
        stage.outside.defer(&stage.robot).await?;
        Ok(stage)
    }

    /// The fault is there from the start, in the lab or outside.
    pub async fn within(browser: Browser, http: Http, lang: Lang, fault: &str) -> Result<Stage> {
        let lab = Options { http, lang, ..Options::default() };
        let stage = Stage::arrange(browser, lab, fault, |setup| setup).await?;
        stage.outside.begin(&stage.robot, &stage.lab).await?;
        Ok(stage)
    }

    async fn arrange(
        browser: Browser,
        options: Options,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Stage> {
        let lab = Lab::start(options).await?;
        let outside = Outside::arrange(fault, &lab).await?;
        let setup = outside.prepare(change(Setup::new(browser, &lab)?), &lab);
        let robot = Robot::start(setup).await?;
        Ok(Stage { robot, lab, outside })
    }

    /// The fault begins, while this tab is open.
    pub async fn begin(&self, chat: &Chat<'_>) -> Result<()> {
        chat.focus().await?;
        self.outside.begin(&self.robot, &self.lab).await
    }

    /// Cuts what is open between the browser and the lab; it may begin anew. Nothing lies between for a fault of the lab.
    pub async fn break_off(&self) -> Result<()> {
        self.outside.break_off(&self.lab).await
    }

    /// Puts a fault in force, as far as the lab can break by itself.
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
