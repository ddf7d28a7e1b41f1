//! What the content script, or a deep inspection, saw of the page. Never what somebody wrote, nor what ChatGPT answered.

use serde::{Deserialize, Serialize};

use crate::core::{stream_end::StreamEnd, text::clip};

/// The content script's few words: `{ kind: "banner", text, ended }`, as `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PageSignal {
    /// A page of ChatGPT was loaded.
    Hello,
    /// The page shows an error, judged by its structure.
    Banner {
        /// The error's own words, cut short; a hint only, decoded and dropped.
        text: String,
        /// The last message's request had ended well just before, by the page's own timing.
        #[serde(default)]
        ended: bool,
    },
    /// The page's own timing saw a failed request.
    Timing {
        /// The full URL.
        url: String,
        /// The status, 0 where there was no answer.
        status: u16,
        /// `nextHopProtocol`; empty where the request never left the browser.
        #[serde(default)]
        protocol: String,
    },
    /// An answer came and no error followed. Told while Mend watches for it.
    Answered,
    /// The person pressed Stop.
    Stopped,
    /// The page was left while an answer was under way.
    Left,
    /// The page lost its connection and fetches the rest of the answer by itself.
    Recovering {
        /// It says so now; false once it does so no more.
        on: bool,
    },
    /// How well Mend knows this page. Told on request, and by itself where something is missing.
    Page(PageKnown),
    /// How many answers came since the page was loaded, told on request.
    Count {
        /// That many.
        answers: u32,
        /// An answer is running right now.
        busy: bool,
        /// Telemetry failed, as it does where something blocks it.
        noise: bool,
    },
    /// An endpoint answered well. Told on request, and at once while Mend watches.
    Fine {
        /// The full URL.
        url: String,
        /// The size of the body, in bytes.
        #[serde(default)]
        size: u32,
    },
    /// How much room is left for what the page keeps; told with each error that it shows.
    Room {
        /// Characters in the site's local storage.
        #[serde(default)]
        local: u32,
        /// How much of the site's quota is used, in percent.
        #[serde(default)]
        used: u32,
    },
    /// A deep inspection: the head of the body of a failed answer.
    Body {
        /// The full URL.
        url: String,
        /// The status.
        status: u16,
        /// The service's own words; decoded and dropped.
        text: String,
    },
    /// A deep inspection: an answer's stream ended as a good one does not.
    Stream {
        /// The full URL.
        url: String,
        /// How.
        end: StreamEnd,
        /// The record of the error, where there was one: its type, code and message; decoded and dropped.
        #[serde(default)]
        text: String,
    },
    /// A deep inspection: an error in the page has another extension's file in its stack.
    Thrown {
        /// The extension's id as the page sees it; empty where it is not known.
        #[serde(default)]
        by: String,
    },
    /// The page had more failures than the content script tells of.
    Flood,
}

/// What of ChatGPT's page the map of its generations (`extension/js/page_map.js`) finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageKnown {
    /// The name of the generation that is shown; empty where none is known.
    pub generation: String,
    /// The fields of its entry that should be on the page and are not.
    pub missing: Vec<String>,
}

/// Longest list of missing fields, and longest name.
const MISSING: usize = 8;
const NAME: usize = 24;

impl PageKnown {
    /// Cut to a fixed size: the page's own script cannot tell it, but nothing that is stored is without a limit.
    pub fn clipped(&self) -> PageKnown {
        let cut = |name: &String| clip(name, NAME).to_owned();
        PageKnown { generation: cut(&self.generation), missing: self.missing.iter().take(MISSING).map(cut).collect() }
    }
}

impl PageSignal {
    /// Whether only a deep inspection shows this.
    pub fn is_deep_inspection(&self) -> bool {
        matches!(self, PageSignal::Body { .. } | PageSignal::Stream { .. } | PageSignal::Thrown { .. })
    }
}
