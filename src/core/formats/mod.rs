//! Files that a person provides: their format, and JSON of any size read value by value in bounded memory.

mod json_cursor;
mod json_stream;
mod projection;
mod sniff;
mod truncate;

pub use json_stream::{Fault, JsonStream};
pub use projection::{Projected, Projection};
pub use sniff::{Format, sniff};
pub use truncate::{LONGEST, Truncate};
