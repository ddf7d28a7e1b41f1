//! Reads a bundle from an untrusted source: within the limits, and only plain file names.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, Error, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use super::{BundleError, LIMITS, Limits, Room, crc32};

/// The files of a bundle with their names, in order: stored or deflated, complete and with a matching CRC-32.
///
/// # Errors
/// The bundle is not a ZIP, is damaged, or exceeds the limits.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, BundleError> {
    within(bytes, LIMITS)
}

pub(super) fn within(bytes: &[u8], limits: Limits) -> Result<Vec<(String, Vec<u8>)>, BundleError> {
    let no_zip = |_: Error| BundleError::NoZip;
    let zip = ZipArchive::from_slice(bytes).map_err(no_zip)?;
    let (mut room, mut files) = (Room::new(limits), Vec::new());
    let mut entries = zip.entries();
    while let Some(entry) = entries.next_entry().map_err(no_zip)? {
        let path = entry.file_path();
        let lossy = || String::from_utf8_lossy(path.as_bytes()).into_owned();
        let name = str::from_utf8(path.as_bytes()).map_err(|_| BundleError::Name(lossy()))?.to_owned();
        // The declared size counts towards the limits, and no more than that is inflated.
        let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
        room.take(&name, size)?;
        let content = content(&zip, &entry, size, &name)?;
        files.push((name, content));
    }
    if files.len() as u64 == zip.entries_hint() { Ok(files) } else { Err(BundleError::NoZip) }
}

fn content(
    zip: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    size: usize,
    name: &str,
) -> Result<Vec<u8>, BundleError> {
    let broken = || BundleError::Broken(name.to_owned());
    let inside = zip.get_entry(entry.wayfinder()).map_err(|_| broken())?;
    let content = match entry.compression_method() {
        _ if entry.flags().is_encrypted() => return Err(BundleError::Method(name.to_owned())),
        CompressionMethod::STORE if inside.data().len() == size => inside.data().to_vec(),
        CompressionMethod::STORE => return Err(broken()),
        CompressionMethod::DEFLATE => decompress_to_vec_with_limit(inside.data(), size).map_err(|_| broken())?,
        _ => return Err(BundleError::Method(name.to_owned())),
    };
    let found = ZipVerification { crc: crc32(&content), uncompressed_size: content.len() as u64 };
    inside.claim_verifier().valid(found).map_err(|_| broken())?;
    Ok(content)
}
