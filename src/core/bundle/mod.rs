//! A bundle: a few files in one ZIP.
//!
//! Owns what a bundle may contain ([`LIMITS`], names) and writes it ([`pack`]), uncompressed and deterministically.
//! Only the command line reads bundles, so [`unpack`] is native only; it treats its input as hostile.
//!
//! Source: PKWARE, APPNOTE.TXT 6.3.10, §4.3 and §4.4.

#[cfg(not(target_arch = "wasm32"))]
mod unpack;

use std::fmt;

use super::{Millis, time::civil};

#[cfg(not(target_arch = "wasm32"))]
pub use unpack::unpack;

/// Upper limits of a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Number of files.
    pub files: usize,
    /// Bytes per file.
    pub each: usize,
    /// Bytes of all files.
    pub total: usize,
}

/// Enough for a report, a journal, requests and a picture.
pub const LIMITS: Limits = Limits { files: 16, each: 64 << 20, total: 128 << 20 };

/// Longest file name, in bytes.
const NAME: usize = 100;

/// Why a bundle could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleError {
    /// Too many files.
    TooMany,
    /// This file, or the sum of all up to it, is too large.
    TooLarge(String),
    /// This name has a path, is a duplicate or is empty; unprintable characters are replaced.
    Name(String),
    /// This file is encrypted, or its compression method is not deflate.
    Method(String),
    /// This file does not match its directory entry.
    Broken(String),
    /// It is not a ZIP.
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

/// The remaining limits, and the names in use.
struct Room {
    limits: Limits,
    names: Vec<String>,
}

impl Room {
    fn new(limits: Limits) -> Room {
        Room { limits, names: Vec::new() }
    }

    /// Accounts for one more file.
    fn take(&mut self, name: &str, size: usize) -> Result<(), BundleError> {
        let left = self.limits.files.checked_sub(1).ok_or(BundleError::TooMany)?;
        // For file systems on which Report.md and report.md are the same. Full Unicode lowercasing took 17 KB of wasm.
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

/// A plain file name, without a path on any system.
fn is_name(name: &str) -> bool {
    let leads = |letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control();
    let is_dots = name.bytes().all(|byte| byte == b'.');
    name.len() <= NAME && !is_dots && !name.contains(leads)
}

/// Packs files in this order, uncompressed, with the modification time `at`: the same files give the same bytes.
///
/// # Errors
/// The files exceed [`LIMITS`], or a name is not allowed.
pub fn pack(files: &[(&str, &[u8])], at: Millis) -> Result<Vec<u8>, BundleError> {
    let mut room = Room::new(LIMITS);
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        room.take(name, content.len())?;
        // The fields that the local header and the central directory share. The lengths cannot overflow: the limits
        // are far smaller.
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
        // No comment, disk 0, no attributes; then the offset of the local header.
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
    // Disk 0, and the directory with all its entries.
    word(&mut out, 0);
    half_word(&mut out, count);
    half_word(&mut out, count);
    word(&mut out, directory.len() as u32);
    word(&mut out, start);
    half_word(&mut out, 0);
    Ok(out)
}

/// Version needed to extract: 2.0.
const VERSION: u16 = 20;
/// General purpose bit 11: names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Method 0: stored.
const STORED: u16 = 0;

fn half_word(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn word(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Time in MS-DOS format, UTC: resolution two seconds, range 1980 to 2107.
fn dos(at: Millis) -> u32 {
    const FIRST: Millis = 315_532_800_000;
    const LAST: Millis = 4_354_819_198_000;
    let [year, month, day, hours, minutes, seconds] = civil(at.clamp(FIRST, LAST));
    let date = (year - 1980) << 9 | month << 5 | day;
    (date << 16 | hours << 11 | minutes << 5 | (seconds / 2)) as u32
}

/// The CRC-32 of ZIP (ISO 3309), bit by bit: a table would be larger than all of this module.
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
