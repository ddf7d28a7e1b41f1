//! The computer sleeps: every process of the browser stands still.
//!
//! Owns the signals. What becomes of the connections meanwhile is the caller's business.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::Robot;

impl Robot {
    /// Puts the whole browser to sleep for so long, and wakes it.
    pub async fn sleep(&self, time: Duration) -> Result<()> {
        let id = self.process().context("the browser's process is not known")?;
        let all = family(id)?;
        let stopped = signal("-STOP", &all);
        tokio::time::sleep(time).await;
        // Whatever happened, nobody is left asleep.
        let woken = signal("-CONT", &all);
        ensure!(stopped && woken, "the browser did not sleep");
        Ok(())
    }
}

/// Sends a signal to processes; false if one of them is not there.
pub(crate) fn signal(signal: &str, ids: &[u32]) -> bool {
    let ids = ids.iter().map(u32::to_string);
    let done = Command::new("kill").arg(signal).args(ids).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// A process and all that come from it, itself first.
fn family(id: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").context("sleep needs /proc")? {
        let Ok(id) = entry?.file_name().to_string_lossy().parse::<u32>() else { continue };
        // It may have ended meanwhile.
        let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        // After the name, which may hold anything, come the state and the parent.
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut family = vec![id];
    let mut at = 0;
    while let Some(&parent) = family.get(at) {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    Ok(family)
}
