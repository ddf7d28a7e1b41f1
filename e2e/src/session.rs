//! The browser: started, driven like a person would, restarted, ended.
//!
//! Owns the session and the profile. What the browsers do differently is in `chromium` and `firefox`; what is on a
//! page is the business of `chat` and `popup`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};

use crate::driver::Driver;
use crate::process::signal;
use crate::profile::{Profile, downloads};
use crate::setup::{Browser, Setup};
use crate::wait::until;
use crate::{chromium, firefox};

/// A running browser with Mend in it. Stop it; dropped without that, it is killed.
pub struct Session {
    // Dropped in this order: the driver ends before the profile goes.
    pub(crate) web: WebDriver,
    driver: Driver,
    profile: Profile,
    pub(crate) setup: Setup,
    /// `chrome-extension://…` or `moz-extension://…`, without a slash.
    origin: String,
    /// A blank tab that stays open; whoever closes a tab goes back to it.
    home: WindowHandle,
    /// New tabs have no network.
    offline: AtomicBool,
}

impl Session {
    /// Starts the driver and the browser, and installs Mend.
    pub async fn start(setup: Setup) -> Result<Session> {
        let driver = Driver::start(setup.browser).await?;
        let profile = Profile::open(setup.profile.as_deref())?;
        let fresh = setup.wait_for_first_start && profile.is_empty();
        match setup.browser {
            Browser::Chromium => chromium::prepare(profile.path())?,
            Browser::Firefox => firefox::prepare(&setup, profile.path())?,
        }
        let web = connect(&driver, &setup, profile.path()).await?;
        let mut home = web.window().await?;
        let origin = match setup.browser {
            Browser::Chromium => chromium::origin(&web, &setup.mend).await?,
            Browser::Firefox => firefox::origin(&web, &setup.mend).await?,
        };
        match setup.browser {
            // What is opened before the worker first runs is seen by nobody.
            Browser::Chromium if fresh => chromium::wait_for_worker(&web, &origin).await?,
            Browser::Firefox if fresh => home = close_welcome(&web).await?,
            _ => {}
        }
        Ok(Session { web, driver, profile, setup, origin, home, offline: AtomicBool::new(false) })
    }

    /// Quits the browser and starts it again with the same profile. Every tab is gone.
    pub async fn restart(&mut self) -> Result<()> {
        self.quit().await?;
        self.web = connect(&self.driver, &self.setup, self.profile.path()).await?;
        self.home = self.web.window().await?;
        Ok(())
    }

    /// How many tabs show the page that greets whoever has just installed Mend.
    pub async fn welcome_pages(&self) -> Result<usize> {
        let count = welcome_pages(&self.web).await?.len();
        self.go_home().await?;
        Ok(count)
    }

    /// Closes the first tab whose address begins so, and gives the address; none where there is no such tab.
    pub async fn close_tab(&self, beginning: &str) -> Result<Option<String>> {
        for window in self.web.windows().await? {
            self.web.switch_to_window(window).await?;
            let url = self.web.current_url().await?.to_string();
            if url.starts_with(beginning) {
                self.web.close_window().await?;
                self.go_home().await?;
                return Ok(Some(url));
            }
        }
        self.go_home().await?;
        Ok(None)
    }

    /// Kills the extension's worker in whatever it is doing, and waits until it is gone.
    pub async fn kill_worker(&self) -> Result<()> {
        self.go_home().await?;
        match self.setup.browser {
            Browser::Chromium => chromium::kill_worker(&self.web, &self.origin).await,
            Browser::Firefox => firefox::kill_worker(&self.web, &self.setup.mend).await,
        }
    }

    /// Whether the extension's worker is there: it runs, or starts.
    pub async fn worker_runs(&self) -> Result<bool> {
        self.go_home().await?;
        match self.setup.browser {
            Browser::Chromium => Ok(!chromium::workers(&self.web, &self.origin).await?.is_empty()),
            Browser::Firefox => firefox::worker_runs(&self.web, &self.setup.mend).await,
        }
    }

    /// `chrome-extension://…` or `moz-extension://…`, without a slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What the browser has saved for the person under this name, whole.
    pub async fn download(&self, name: &str) -> Result<Vec<u8>> {
        let path = downloads(self.profile.path()).join(name);
        until(&format!("{} to be saved", path.display()), Duration::from_secs(10), async || {
            // A browser makes the name its own first, and fills it at the end.
            let bytes = std::fs::read(&path)?;
            ensure!(!bytes.is_empty(), "it is empty");
            std::fs::remove_file(&path)?;
            Ok(bytes)
        })
        .await
    }

    /// The files of what extensions keep in the profile that hold this text, as it is written.
    pub fn files_holding(&self, text: &str) -> Result<Vec<PathBuf>> {
        let folders: &[&str] = match self.setup.browser {
            Browser::Chromium => {
                &["Default/Local Extension Settings", "Default/Sync Extension Settings", "Default/IndexedDB"]
            }
            Browser::Firefox => &["storage/default", "browser-extension-data", "storage-sync-v2.sqlite"],
        };
        let mut found = Vec::new();
        let mut rest: Vec<PathBuf> = folders.iter().map(|one| self.profile.path().join(one)).collect();
        while let Some(path) = rest.pop() {
            // The site's own storage is where it belongs.
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("http")) {
                continue;
            }
            if path.is_dir() {
                rest.extend(path.read_dir()?.map_while(|entry| entry.ok()).map(|entry| entry.path()));
            } else if path.is_file() && std::fs::read(&path)?.windows(text.len()).any(|part| part == text.as_bytes()) {
                found.push(path);
            }
        }
        Ok(found)
    }

    /// Ends the browser and waits until it is gone.
    pub async fn stop(self) -> Result<()> {
        self.quit().await
    }

    /// A driver may answer before the browser has let go of its profile.
    async fn quit(&self) -> Result<()> {
        let id = self.process();
        self.web.clone().quit().await.context("the browser did not quit")?;
        let gone = async || {
            ensure!(id.is_none_or(|id| !signal("-0", &[id])), "it is still there");
            Ok(())
        };
        until("the browser to be gone", Duration::from_secs(10), gone).await
    }

    /// The browser's own process; it may have more.
    pub(crate) fn process(&self) -> Option<u32> {
        let capabilities = self.web.capabilities();
        let id = ["goog:processID", "moz:processID"].iter().find_map(|key| capabilities.get(key))?;
        id.as_u64()?.try_into().ok()
    }

    /// Takes the network away: in Chromium from the current tab and later ones, in Firefox from everything.
    pub(crate) async fn go_offline(&self) -> Result<()> {
        self.offline.store(true, Ordering::Relaxed);
        match self.setup.browser {
            Browser::Chromium => chromium::go_offline(&self.web).await,
            Browser::Firefox => firefox::go_offline(&self.web).await,
        }
    }

    pub(crate) async fn go_home(&self) -> Result<()> {
        self.web.switch_to_window(self.home.clone()).await.context("cannot go back to the first tab")
    }

    pub(crate) async fn new_tab(&self) -> Result<WindowHandle> {
        let window = self.web.new_tab().await?;
        self.web.switch_to_window(window.clone()).await?;
        if self.setup.browser == Browser::Chromium {
            chromium::prefer(&self.web, self.setup.scheme).await?;
            if self.offline.load(Ordering::Relaxed) {
                chromium::go_offline(&self.web).await?;
            }
        }
        Ok(window)
    }
}

/// A session that was not stopped belongs to a test that failed: its browser is killed.
impl Drop for Session {
    fn drop(&mut self) {
        let has_quit = self.web.clone().leak().is_err();
        let Some(id) = self.process().filter(|_| !has_quit) else { return };
        signal("-TERM", &[id]);
        for _ in 0..60 {
            if !signal("-0", &[id]) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        signal("-KILL", &[id]);
    }
}

/// The tabs that show the page which greets whoever has just installed Mend.
async fn welcome_pages(web: &WebDriver) -> Result<Vec<WindowHandle>> {
    let mut found = Vec::new();
    for window in web.windows().await? {
        web.switch_to_window(window.clone()).await?;
        if web.current_url().await?.path() == "/welcome.html" {
            found.push(window);
        }
    }
    Ok(found)
}

/// Waits for the page that opens by itself in a fresh profile, and closes it: no test shall meet it half way. Gives the
/// tab that is left. Chromium loads an unpacked extension before it has a window, so nothing opens there.
async fn close_welcome(web: &WebDriver) -> Result<WindowHandle> {
    let welcome = until("the first page to open", Duration::from_secs(60), async || {
        welcome_pages(web).await?.into_iter().next().context("it is not there")
    })
    .await?;
    web.switch_to_window(welcome).await?;
    web.close_window().await?;
    let left = web.windows().await?.into_iter().next().context("no tab is left")?;
    web.switch_to_window(left.clone()).await?;
    Ok(left)
}

async fn connect(driver: &Driver, setup: &Setup, profile: &Path) -> Result<WebDriver> {
    let wanted = match setup.browser {
        Browser::Chromium => chromium::capabilities(setup, profile),
        Browser::Firefox => firefox::capabilities(setup, profile)?,
    };
    let wanted: Map<String, Value> = serde_json::from_value(wanted)?;
    let web = WebDriver::new(&driver.url, Capabilities::from(wanted))
        .await
        .with_context(|| format!("{} did not start", setup.browser))?;
    // A measurement takes longer than the 30 s of WebDriver (§ Session Timeouts).
    web.set_script_timeout(Duration::from_secs(300)).await?;
    Ok(web)
}
