//! Options of a lab.

use std::path::PathBuf;

use crate::generation::Generation;

/// HTTP versions that the TLS listeners offer by ALPN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Http {
    /// HTTP/1.1 only.
    One,
    /// HTTP/2 only.
    Two,
    /// HTTP/2 preferred, and HTTP/1.1.
    #[default]
    Both,
}

/// Language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// BCP 47 tag of the document's `lang` attribute.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ja => "ja",
            Lang::Zh => "zh-CN",
        }
    }
}

/// How to start a lab.
#[derive(Clone, Debug)]
pub struct Options {
    /// HTTP versions to offer.
    pub http: Http,
    /// Port of the TLS listener; 0 takes any free port.
    pub https_port: u16,
    /// Port of the control endpoint; 0 takes any free port.
    pub control_port: u16,
    /// Name of the first fault in force.
    pub fault: String,
    /// Language of the page.
    pub lang: Lang,
    /// Generation of the page where the address has no `?page=`.
    pub page: Generation,
    /// A `node_modules` folder with ProseMirror. Without one the document is answered with 503.
    pub modules: Option<PathBuf>,
}

/// Environment variable with the default of [`Options::modules`].
const MODULES: &str = "MEND_PROSEMIRROR";

impl Default for Options {
    fn default() -> Self {
        Options {
            http: Http::Both,
            https_port: 0,
            control_port: 0,
            fault: "well".to_owned(),
            lang: Lang::En,
            page: Generation::Old,
            modules: std::env::var_os(MODULES).map(PathBuf::from),
        }
    }
}
