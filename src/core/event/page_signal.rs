//! What the content script or deep inspection observed in the page. Never what a person wrote or ChatGPT answered.

use serde::{Deserialize, Serialize};

use crate::core::{stream_end::StreamEnd, text::clip};

/// A signal: `{ kind: "banner", text, ended }`, as `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PageSignal {
    /// A page of ChatGPT was loaded.
    Hello,
    /// The page shows an error, recognised by its structure.
    Banner {
        /// The error's text, truncated; only a hint, decoded and dropped.
        text: String,
        /// Whether the last message's request had just ended well, by the page's own timing.
        #[serde(default)]
        ended: bool,
    },
    /// The page's own timing shows a failed request.
    Timing {
        /// The full URL.
        url: String,
        /// HTTP status; 0 without a response.
        status: u16,
        /// `nextHopProtocol`; empty if the request never left the browser.
        #[serde(default)]
        protocol: String,
    },
    /// An answer came and no error followed. Reported while Mend asks for it.
    Answered,
    /// Stop was pressed.
    Stopped,
    /// The page was left during an answer.
    Left,
    /// The page lost its connection and fetches the rest of the answer by itself.
    Recovering {
        /// Whether it is doing so; false when it has ended.
        on: bool,
    },
    /// How much of this page Mend recognises. Reported on request, and unasked if something is missing.
    Page(PageKnown),
    /// The number of answers since the page was loaded, on request.
    Count {
        /// Number of answers.
        answers: u32,
        /// Whether an answer is running.
        busy: bool,
        /// Whether telemetry failed, as it does where something blocks it.
        noise: bool,
    },
    /// An endpoint answered well. Reported on request, and at once while Mend asks for it.
    Fine {
        /// The full URL.
        url: String,
        /// The size of the body, in bytes.
        #[serde(default)]
        size: u32,
    },
    /// The free storage of the site; reported with each error that is shown.
    Room {
        /// Characters in the site's local storage.
        #[serde(default)]
        local: u32,
        /// Used share of the site's quota, in per cent.
        #[serde(default)]
        used: u32,
    },
    /// Deep inspection: the beginning of the body of a failed response.
    Body {
        /// The full URL.
        url: String,
        /// HTTP status.
        status: u16,
        /// The body's text; decoded and dropped.
        text: String,
    },
    /// Deep inspection: a response's stream did not end normally.
    Stream {
        /// The full URL.
        url: String,
        /// How it ended.
        end: StreamEnd,
        /// The error record, if there was one: type, code and message; decoded and dropped.
        #[serde(default)]
        text: String,
    },
    /// Deep inspection: an error in the page has another extension's file in its stack.
    Thrown {
        /// The extension's id as the page sees it; empty if not known.
        #[serde(default)]
        by: String,
    },
    /// The page had more failures than the content script reports.
    Flood,
}

/// The parts of ChatGPT's page that are found with the map of its generations (`extension/js/page_map.js`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageKnown {
    /// The name of the generation; empty if none is recognised.
    pub generation: String,
    /// The fields of its entry that should be on the page and are missing.
    pub missing: Vec<String>,
}

/// Most missing fields, and longest name in bytes.
const MISSING: usize = 8;
const NAME: usize = 24;

impl PageKnown {
    /// Truncated to the limits: nothing is stored without a limit.
    pub fn clipped(&self) -> PageKnown {
        let cut = |name: &String| clip(name, NAME).to_owned();
        PageKnown { generation: cut(&self.generation), missing: self.missing.iter().take(MISSING).map(cut).collect() }
    }
}

impl PageSignal {
    /// Whether only deep inspection shows this.
    pub fn is_deep_inspection(&self) -> bool {
        matches!(self, PageSignal::Body { .. } | PageSignal::Stream { .. } | PageSignal::Thrown { .. })
    }
}
