//! A bundle: a few files as one, a ZIP that every system opens.
//!
//! Owns what may be in one ([`LIMITS`], names) and writes it ([`pack`]), uncompressed and the same bytes every time. Reading
//! is the command line's business, so [`unpack`] is native, and trusts nothing.
//!
//! Source: PKWARE, APPNOTE.TXT 6.3.10, §4.3 and §4.4.

#[cfg(not(target_arch = "wasm32"))]
mod unpack;

use std::fmt;

use super::{Millis, time::civil};

#[cfg(not(target_arch = "wasm32"))]
pub use unpack::unpack;

/// How much a bundle holds at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many files.
    pub files: usize,
    /// So many bytes in each.
    pub each: usize,
    /// So many bytes in all of them.
    pub total: usize,
}

/// A report, a journal, requests and a picture, with room to spare.
pub const LIMITS: Limits = Limits { files: 16, each: 64 << 20, total: 128 << 20 };

/// Longest name.
const NAME: usize = 100;

/// Why there is no bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleError {
    /// More files than a bundle holds.
    TooMany,
    /// This file, or all up to it, are larger than a bundle holds.
    TooLarge(String),
    /// This name leads elsewhere, is there twice or is no name at all; what cannot be shown is replaced.
    Name(String),
    /// This file is encrypted, or compressed in another way than by deflating.
    Method(String),
    /// This file is not what the bundle says of it.
    Broken(String),
    /// It is no ZIP.
    NoZip,
}

impl std::error::Error for BundleError {}

impl fmt::Display for BundleError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BundleError::TooMany => to.write_str("too many files"),
            BundleError::TooLarge(name) => write!(to, "{name:?} is too large"),
            BundleError::Name(name) => write!(to, "{name:?} is no name for a file here"),
            BundleError::Method(name) => write!(to, "{name:?} is encrypted or compressed in a way that is not read"),
            BundleError::Broken(name) => write!(to, "{name:?} is damaged"),
            BundleError::NoZip => to.write_str("not a ZIP file"),
        }
    }
}

/// What is left of a bundle's room, and the names that are taken.
struct Room {
    limits: Limits,
    names: Vec<String>,
}

impl Room {
    fn new(limits: Limits) -> Room {
        Room { limits, names: Vec::new() }
    }

    /// Takes room for one more file.
    fn take(&mut self, name: &str, size: usize) -> Result<(), BundleError> {
        let left = self.limits.files.checked_sub(1).ok_or(BundleError::TooMany)?;
        // As systems see it to which Report.md and report.md are one. The whole of Unicode took 17 KB of wasm.
        let lower = name.to_ascii_lowercase();
        if !is_name(name) || self.names.contains(&lower) {
            return Err(BundleError::Name(name.to_owned()));
        }
        let rest = self.limits.total.checked_sub(size).filter(|_| size <= self.limits.each);
        self.limits.total = rest.ok_or_else(|| BundleError::TooLarge(name.to_owned()))?;
        self.limits.files = left;
        self.names.push(lower);
        Ok(())
    }
}

/// A plain name, which leads nowhere on any system.
fn is_name(name: &str) -> bool {
    let leads = |letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control();
    let is_dots = name.bytes().all(|byte| byte == b'.');
    name.len() <= NAME && !is_dots && !name.contains(leads)
}

/// Packs files, in this order, uncompressed, all as written at `at`: the same files give the same bytes.
pub fn pack(files: &[(&str, &[u8])], at: Millis) -> Result<Vec<u8>, BundleError> {
    let mut room = Room::new(LIMITS);
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        room.take(name, content.len())?;
        // The part that stands before the file and, again, in the directory. It cannot be cut: the room is far smaller.
        let mut head = Vec::new();
        for half in [VERSION, UTF8, STORED] {
            half_word(&mut head, half);
        }
        word(&mut head, dos(at));
        for whole in [crc32(content), content.len() as u32, content.len() as u32] {
            word(&mut head, whole);
        }
        half_word(&mut head, name.len() as u16);
        // No extra field.
        half_word(&mut head, 0);

        word(&mut directory, 0x0201_4b50);
        half_word(&mut directory, VERSION);
        directory.extend_from_slice(&head);
        // No comment, on disk 0, of no kind, without attributes; where the file is.
        directory.extend_from_slice(&[0; 10]);
        word(&mut directory, out.len() as u32);
        directory.extend_from_slice(name.as_bytes());

        word(&mut out, 0x0403_4b50);
        out.extend_from_slice(&head);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
    }
    let (start, count) = (out.len() as u32, files.len() as u16);
    out.extend_from_slice(&directory);
    word(&mut out, 0x0605_4b50);
    // Disk 0, with the directory and all that is in it.
    word(&mut out, 0);
    half_word(&mut out, count);
    half_word(&mut out, count);
    word(&mut out, directory.len() as u32);
    word(&mut out, start);
    half_word(&mut out, 0);
    Ok(out)
}

/// 2.0: what has to be understood.
const VERSION: u16 = 20;
/// Bit 11: names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Not compressed.
const STORED: u16 = 0;

fn half_word(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn word(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// The moment in MS-DOS's form, in UTC: to two seconds, from 1980 to 2107.
fn dos(at: Millis) -> u32 {
    const FIRST: Millis = 315_532_800_000;
    const LAST: Millis = 4_354_819_198_000;
    let [year, month, day, hours, minutes, seconds] = civil(at.clamp(FIRST, LAST));
    let date = (year - 1980) << 9 | month << 5 | day;
    (date << 16 | hours << 11 | minutes << 5 | (seconds / 2)) as u32
}

/// The CRC-32 of ZIP (ISO 3309), bit by bit: a table would be larger than all the rest.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests;
