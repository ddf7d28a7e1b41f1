//! How to start a browser.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail, ensure};
use mend_lab::Lab;
use serde_json::Value;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, or Chrome for Testing.
    Chromium,
    /// Firefox ESR.
    Firefox,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Dark ink on light ground.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
}

/// How to start it.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Which browser.
    pub browser: Browser,
    /// Where every https request goes.
    pub https_port: u16,
    /// Mend, unpacked.
    pub mend: PathBuf,
    /// A profile to keep; without one each session has its own, which outlives a restart but not the session.
    pub profile: Option<PathBuf>,
    /// Further unpacked extensions.
    pub extra_extensions: Vec<PathBuf>,
    /// A proxy on loopback; requests go through it.
    pub proxy: Option<u16>,
    /// This host has no address. Chromium only: Firefox can be told while it runs.
    pub unresolvable: Option<&'static str>,
    /// The only key that is taken without proof, as [`Lab::fingerprint`] tells it; none takes every certificate. Chromium
    /// only, likewise.
    pub trusted_key: Option<String>,
    /// Whether a fresh profile waits for Mend's first start: its worker in Chromium, its welcome page in Firefox. Off where an
    /// extension without these takes Mend's place.
    pub wait_for_first_start: bool,
    /// With the developer tools open for each tab? Chromium only.
    pub devtools: bool,
    /// Without a window?
    pub headless: bool,
    /// Width and height of the window.
    pub window: (u32, u32),
    /// What pages are told that the person prefers.
    pub scheme: Scheme,
}

impl Setup {
    /// Mend as it was built, in a fresh profile, without a window.
    pub fn new(browser: Browser, lab: &Lab) -> Result<Setup> {
        Ok(Setup {
            browser,
            https_port: lab.https_port(),
            mend: browser.mend()?,
            profile: None,
            extra_extensions: Vec::new(),
            proxy: None,
            unresolvable: None,
            trusted_key: None,
            wait_for_first_start: true,
            devtools: false,
            headless: true,
            window: (1000, 900),
            scheme: Scheme::Light,
        })
    }

    /// Loads one of the tiny extensions in `helpers`: `telemetry-blocker` blocks as an ad blocker does, `chat-blocker` as
    /// none should.
    pub fn with_helper(mut self, name: &str) -> Setup {
        self.extra_extensions.push(helper(name));
        self
    }
}

/// One of the tiny extensions.
pub(crate) fn helper(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("helpers").join(name)
}

impl Browser {
    /// The unpacked extension for this browser, in `$MEND_DIST` or the workspace's `dist`.
    pub fn mend(self) -> Result<PathBuf> {
        self.mend_in(&std::env::var_os("MEND_DIST").map_or_else(|| workspace().join("dist"), PathBuf::from))
    }

    /// The unpacked extension for this browser in a folder that `build.sh` filled.
    pub fn mend_in(self, dist: &Path) -> Result<PathBuf> {
        let mend = dist.join(match self {
            Browser::Chromium => "chrome",
            Browser::Firefox => "firefox",
        });
        ensure!(mend.join("manifest.json").is_file(), "there is no extension in {}: run ./build.sh", mend.display());
        Ok(mend.canonicalize()?)
    }
}

/// There is no browser of this name.
#[derive(Debug, thiserror::Error)]
#[error("Mend has chrome and firefox, no {0}")]
pub struct UnknownBrowser(String);

impl FromStr for Browser {
    type Err = UnknownBrowser;

    fn from_str(name: &str) -> std::result::Result<Self, UnknownBrowser> {
        match name {
            "chrome" | "chromium" => Ok(Browser::Chromium),
            "firefox" => Ok(Browser::Firefox),
            other => Err(UnknownBrowser(other.to_owned())),
        }
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        })
    }
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().unwrap_or(member).to_owned()
}

/// The id that an extension's manifest asks Firefox for.
pub(crate) fn gecko_id(extension: &Path) -> Result<String> {
    let path = extension.join("manifest.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let manifest: Value = serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    match manifest.pointer("/browser_specific_settings/gecko/id").and_then(Value::as_str) {
        Some(id) => Ok(id.to_owned()),
        None => bail!("{} has no browser_specific_settings.gecko.id", path.display()),
    }
}
