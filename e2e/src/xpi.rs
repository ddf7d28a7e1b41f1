//! An unpacked extension as a file that Firefox installs for good: a temporary one would be gone after a restart.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Packs the folder's files, uncompressed.
pub(crate) fn pack(folder: &Path, into: &Path) -> Result<()> {
    let mut zip = ZipWriter::new(File::create(into)?);
    add(&mut zip, folder, "").with_context(|| format!("cannot pack {}", folder.display()))?;
    zip.finish()?;
    Ok(())
}

fn add(zip: &mut ZipWriter<File>, folder: &Path, prefix: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add(zip, &entry.path(), &format!("{name}/"))?;
        } else {
            zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
            io::copy(&mut File::open(entry.path())?, zip)?;
        }
    }
    Ok(())
}
