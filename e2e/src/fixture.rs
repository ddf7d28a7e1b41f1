//! A lab and a browser together: where every test begins.

use anyhow::Result;
use mend_lab::{Generation, Hit, Http, Lab, Lang, Options};
use tempfile::TempDir;

use crate::chat::Chat;
use crate::network_fault::NetworkFault;
use crate::permissions::require_permissions;
use crate::session::Session;
use crate::setup::{Browser, Setup};

/// A lab and a browser session.
pub struct Fixture {
    /// The browser; it ends first.
    pub session: Session,
    /// The service that fails on command.
    pub lab: Lab,
    /// The fault that is yet to begin.
    network_fault: NetworkFault,
}

impl Fixture {
    /// A lab in this fault, and a fresh browser in front of it.
    pub async fn start(browser: Browser, fault: &str) -> Result<Fixture> {
        Fixture::with_setup(browser, Http::Both, fault, |setup| setup).await
    }

    /// The same, with the HTTP version to offer and a change to the setup.
    pub async fn with_setup(
        browser: Browser,
        http: Http,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Fixture> {
        let fixture = Fixture::before_fault(browser, http, Lang::En, fault, change).await?;
        fixture.set_fault(fault)?;
        Ok(fixture)
    }

    /// The same, where the browser asks nobody whether Mend may have these permissions: no driver can answer Chromium's prompt.
    /// The folder holds that copy of Mend as long as it is kept.
    pub async fn with_permissions(browser: Browser, fault: &str, permissions: &[&str]) -> Result<(Fixture, TempDir)> {
        let folder = TempDir::with_prefix("mend-permissions-")?;
        let mend = match browser {
            Browser::Chromium => require_permissions(&browser.mend()?, permissions, folder.path())?,
            Browser::Firefox => browser.mend()?,
        };
        let fixture = Fixture::with_setup(browser, Http::Both, fault, |setup| Setup { mend, ..setup }).await?;
        Ok((fixture, folder))
    }

    /// No fault, on a page in this language.
    pub async fn with_language(browser: Browser, http: Http, lang: Lang) -> Result<Fixture> {
        Fixture::before_fault(browser, http, lang, "well", |setup| setup).await
    }

    /// The same on one of the three pages.
    pub async fn with_page(browser: Browser, http: Http, lang: Lang, page: Generation) -> Result<Fixture> {
        let lab = Options { http, lang, page, ..Options::default() };
        let mut fixture = Fixture::build(browser, lab, "well", |setup| setup).await?;
        fixture.network_fault.delay(&fixture.session).await?;
        Ok(fixture)
    }

    /// A lab in this fault, a fresh browser in front of it, on one of the three pages in English, with a change to the setup.
    pub async fn with_page_and_setup(
        browser: Browser,
        page: Generation,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Fixture> {
        let mut fixture = Fixture::build(browser, Options { page, ..Options::default() }, fault, change).await?;
        fixture.network_fault.delay(&fixture.session).await?;
        fixture.set_fault(fault)?;
        Ok(fixture)
    }

    /// No fault yet, with everything prepared for one that [`Fixture::begin`] begins, in the lab or outside it.
    pub async fn before_fault(
        browser: Browser,
        http: Http,
        lang: Lang,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Fixture> {
        let lab = Options { http, lang, ..Options::default() };
        let mut fixture = Fixture::build(browser, lab, fault, change).await?;
        fixture.network_fault.delay(&fixture.session).await?;
        Ok(fixture)
    }

    /// The fault is there from the start, in the lab or outside it.
    pub async fn during_fault(browser: Browser, http: Http, lang: Lang, fault: &str) -> Result<Fixture> {
        let lab = Options { http, lang, ..Options::default() };
        let fixture = Fixture::build(browser, lab, fault, |setup| setup).await?;
        fixture.network_fault.begin(&fixture.session, &fixture.lab).await?;
        Ok(fixture)
    }

    async fn build(
        browser: Browser,
        options: Options,
        fault: &str,
        change: impl FnOnce(Setup) -> Setup,
    ) -> Result<Fixture> {
        let lab = Lab::start(options).await?;
        let network_fault = NetworkFault::prepare(fault, &lab).await?;
        let setup = network_fault.apply_to(change(Setup::new(browser, &lab)?), &lab);
        let session = Session::start(setup).await?;
        Ok(Fixture { session, lab, network_fault })
    }

    /// The fault begins, while this tab is open.
    pub async fn begin(&self, chat: &Chat<'_>) -> Result<()> {
        chat.focus().await?;
        self.network_fault.begin(&self.session, &self.lab).await
    }

    /// Cuts what is open between the browser and the lab; it may begin anew. Nothing lies between for a fault of the lab.
    pub async fn drop_connections(&self) -> Result<()> {
        self.network_fault.drop_connections(&self.lab).await
    }

    /// Puts a fault in force, as far as the lab can break by itself.
    pub fn set_fault(&self, name: &str) -> Result<()> {
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
