//! Files that people hand over: what each is, and JSON of any size read a value at a time in bounded memory.

mod json_cursor;
mod json_stream;
mod projection;
mod sniff;
mod truncate;

pub use json_stream::{Fault, JsonStream};
pub use projection::{Projected, Projection};
pub use sniff::{Format, sniff};
pub use truncate::{LONGEST, Truncate};
