//! An unpacked extension as one file, for a store or for a Firefox that keeps it over a restart.
//!
//! The same files give the same bytes: entries in order of their names, without times, uncompressed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Packs the folder's files.
pub fn pack(folder: &Path, into: &Path) -> Result<()> {
    let mut zip = ZipWriter::new(File::create(into).with_context(|| format!("cannot write {}", into.display()))?);
    add(&mut zip, folder, "").with_context(|| format!("cannot pack {}", folder.display()))?;
    zip.finish()?;
    Ok(())
}

fn add(zip: &mut ZipWriter<File>, folder: &Path, prefix: &str) -> Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            add(zip, &path, &format!("{name}/"))?;
        } else {
            zip.start_file(name, options)?;
            io::copy(&mut File::open(path)?, zip)?;
        }
    }
    Ok(())
}
