//! Model → what a page shows: plain data and message keys. No HTML, no sentence, no effect.

mod badge;
mod evidence;
mod ladder;
mod path;
mod popup;
mod tabs;
mod verdict;

pub use badge::badge;
pub use ladder::{ButtonView, LinkView, RungView};
pub use path::Spot;
pub use popup::{Popup, popup};
pub use tabs::{OpenTab, choose_tab};
pub use verdict::{VerdictView, diagnosis};
