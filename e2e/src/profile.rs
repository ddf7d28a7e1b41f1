//! The folder of a browser's profile.

use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;

/// A profile: one that goes with the session, or one that was there and stays.
pub(crate) enum Profile {
    /// Deleted when dropped.
    Temporary(TempDir),
    /// Left as it is.
    Given(PathBuf),
}

impl Profile {
    /// This folder, or a new one where none is given.
    pub fn open(given: Option<&Path>) -> Result<Profile> {
        Ok(match given {
            Some(path) => Profile::Given(path.to_owned()),
            None => Profile::Temporary(TempDir::with_prefix("mend-e2e-")?),
        })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        match self {
            Profile::Temporary(folder) => folder.path(),
            Profile::Given(path) => path,
        }
    }

    /// Whether no browser has used it yet.
    pub fn is_empty(&self) -> bool {
        self.path().read_dir().map_or(true, |mut inside| inside.next().is_none())
    }
}

/// Where the browser of this profile saves downloads.
pub(crate) fn downloads(profile: &Path) -> PathBuf {
    profile.join("downloads")
}
