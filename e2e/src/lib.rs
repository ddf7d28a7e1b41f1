//! Real browsers with Mend, against the lab.
//!
//! Owns what a person could do in a browser (open, type, press, wait, look) and what a test needs besides (kill the
//! worker, restart, read what is stored). Never patches the extension and never talks to anything but loopback.
//!
//! | file | noun |
//! |---|---|
//! | `fixture` | a lab and a browser session together: where every test begins |
//! | `network_fault`, `tcp_proxy` | a fault outside the lab, and the proxy between browser and lab that it needs |
//! | `setup` | how to start a browser |
//! | `driver` | the WebDriver process |
//! | `session` | a running browser; `chromium` and `firefox` hold what they do differently |
//! | `profile`, `script`, `process` | a profile's folder, JavaScript in a page, processes of this machine |
//! | `suspend` | the computer's sleep, and the processor time of a browser |
//! | `chat`, `composer` | a tab of ChatGPT, and what is done with its composer; `page_state.js` reads the page |
//! | `site_data` | the site's cookies and storage in the profile, read past Mend |
//! | `popup` | Mend's popup, opened as a tab; `popup_snapshot` is what it says, `keyboard` how it is without a mouse |
//! | `appearance` | a page's screenshots, its width, and axe-core |
//! | `scene` | a picture of several pages in one |
//! | `page` | any page of the extension's own |
//! | `devtools` | the browser's developer tools |
//! | `simulated_user` | a person who does what Mend recommends, and nothing else |
//! | `expected` | the verdict that a fault must get |
//! | `stored_model`, `journal` | what Mend has stored |
//! | `language` | Mend in another language |
//! | `wait` | the only way to wait |
//! | `extension_set` | other extensions, of which some break the page |
//! | `permissions` | Mend with optional permissions required |
//! | `isolation` | a private window, a container, and Mend switched off |
//! | `folder` | a copy of a folder |

mod appearance;
mod chat;
mod chromium;
mod composer;
mod devtools;
mod driver;
mod expected;
mod extension_set;
mod firefox;
mod fixture;
mod folder;
mod isolation;
mod journal;
mod keyboard;
mod language;
mod network_fault;
mod page;
mod permissions;
mod popup;
mod popup_snapshot;
mod process;
mod profile;
mod scene;
mod script;
mod session;
mod setup;
mod simulated_user;
mod site_data;
mod stored_model;
mod suspend;
mod tcp_proxy;
mod wait;

pub use chat::Chat;
pub use devtools::{DevTools, LoggedRequest};
pub use expected::{Expected, watch_verdict};
pub use extension_set::{ExtensionSet, Harm, TestExtension};
pub use fixture::{Fixture, rounds};
pub use folder::copy_folder;
pub use isolation::Isolation;
pub use journal::of_kind;
pub use keyboard::Focus;
pub use language::{languages, localized_copy};
pub use page::Page;
pub use permissions::require_permissions;
pub use popup::{Badge, Popup, SETTLE_TIME};
pub use popup_snapshot::{PopupSnapshot, RungState, Verdict};
pub use session::Session;
pub use setup::{Browser, Scheme, Setup, UnknownBrowser, workspace};
pub use simulated_user::{Click, LOOK_TIME, Outcome, SimulatedUser, UserRun};
pub use site_data::{Cookie, SiteData, signed_in};
pub use stored_model::StoredModel;
pub use wait::until;
