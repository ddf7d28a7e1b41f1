//! Model → what a page shows: plain data and message keys. No HTML, no sentence, no effect.

#[cfg(feature = "desk")]
pub mod alternatives;
mod asides;
mod badge;
mod days;
mod elsewhere;
mod evidence;
mod heights;
mod journal;
mod ladder;
mod outlook;
mod path;
mod popup;
#[cfg(feature = "desk")]
mod qr;
mod redacted;
mod requests;
mod rescue;
mod settings;
mod tabs;
mod timeline;
mod verdict;
mod walk;
mod window;

pub use asides::asides;
pub use badge::badge;
pub use days::days;
pub use elsewhere::{Elsewhere, elsewhere};
pub use heights::{Heights, Kind};
pub use journal::{Behind, Filter, Line, behind, lines, told};
pub use ladder::{ButtonView, LinkView, RungView, UndoView};
pub use outlook::{Outlook, outlook};
pub(crate) use popup::unseen;
pub use popup::{Popup, popup};
#[cfg(feature = "desk")]
pub use qr::{Qr, qr};
pub use redacted::redacted;
pub(crate) use requests::role;
pub use requests::{RequestView, Requests, requests};
pub use rescue::{Prompt, PromptView, SendView, prompts};
pub use settings::{Grant, Hold, Kept, PERMISSIONS, Right, Stored, hold, kept};
pub(crate) use tabs::case_of;
pub use tabs::{OpenTab, choose_tab};
pub use timeline::{FailureView, RowView, row};
pub use verdict::VerdictView;
pub use walk::{Bar, WalkView, last_walk, walk};
pub use window::{MOST, Placed, Sight, Window, window};
