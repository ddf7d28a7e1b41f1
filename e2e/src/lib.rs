//! Real browsers with Mend, against the lab.
//!
//! Owns what a person could do in a browser (open, type, press, wait, look) and what a test needs besides (kill the
//! worker, restart, read what is stored). Never patches the extension and never talks to anything but loopback.
//!
//! | file | noun |
//! |---|---|
//! | `stage` | a lab and a browser together: where every test begins |
//! | `outside`, `line` | a fault outside the lab, and what of it lies between browser and lab |
//! | `setup` | how to start a browser |
//! | `driver` | the WebDriver process |
//! | `robot` | the browser; `chromium` and `firefox` hold what they do differently |
//! | `slumber` | the computer's sleep |
//! | `chat`, `compose` | a tab of ChatGPT, and what is done with its composer; `seen.js` is what one sees of the page |
//! | `belongings` | what the site has in the profile, read past Mend |
//! | `popup` | Mend's popup, opened as a tab; `sheet` is what it says, `keyboard` how it is without a mouse |
//! | `look` | how a page looks |
//! | `page` | any page of the extension's own |
//! | `tools` | the browser's developer tools |
//! | `follow` | a person who does what Mend recommends, and nothing else |
//! | `wanted` | the verdict that a fault must get |
//! | `memory` | what Mend has stored |
//! | `cpu` | the processor time that a browser takes |
//! | `language` | Mend in another language |
//! | `wait` | the only way to wait |
//! | `crowd` | other extensions, of which some break the page |
//! | `variant` | Mend with optional permissions required |
//! | `apart` | a private window, a container, and Mend switched off |

mod apart;
mod belongings;
mod chat;
mod chromium;
mod compose;
mod cpu;
mod crowd;
mod driver;
mod firefox;
mod follow;
mod journal;
mod keyboard;
mod language;
mod line;
mod look;
mod memory;
mod outside;
mod page;
mod popup;
mod robot;
mod setup;
mod sheet;
mod slumber;
mod stage;
mod tools;
mod variant;
mod wait;
mod wanted;

pub use apart::Apart;
pub use belongings::{Belongings, Cookie, signed_in};
pub use chat::Chat;
pub use crowd::{Crowd, Harm, Member};
pub use follow::{Click, LOOKS, Outcome, Person, Walk};
pub use journal::of_kind;
pub use keyboard::Focus;
pub use language::{languages, speaking};
pub use memory::Memory;
pub use page::Page;
pub use popup::{Badge, Popup};
pub use robot::Robot;
pub use setup::{Browser, Scheme, Setup, workspace};
pub use sheet::{RungState, Sheet, Verdict};
pub use stage::{Stage, rounds};
pub use tools::{Shown, Tools};
pub use variant::requiring;
pub use wait::until;
pub use wanted::Wanted;
