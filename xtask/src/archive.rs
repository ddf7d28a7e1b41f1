//! An unpacked extension as one file, for a store or for a Firefox that keeps it over a restart.
//!
//! The same files give the same bytes: entries in order of their names, without times, uncompressed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Packs the folder's files.
///
/// # Errors
/// A file that cannot be read, or a zip that cannot be written.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_written_in_another_order_give_the_same_bytes() {
        let place = tempfile::tempdir().unwrap();
        let packed = |name: &str, files: [&str; 3]| {
            let folder = place.path().join(name);
            fs::create_dir_all(folder.join("sub")).unwrap();
            for file in files {
                fs::write(folder.join(file), file).unwrap();
            }
            let zip = place.path().join(format!("{name}.zip"));
            pack(&folder, &zip).unwrap();
            fs::read(zip).unwrap()
        };
        let one = packed("one", ["a", "sub/b", "c"]);
        assert!(one == packed("other", ["c", "sub/b", "a"]));
        assert!(one.windows(5).any(|name| name == b"sub/b"));
    }
}
