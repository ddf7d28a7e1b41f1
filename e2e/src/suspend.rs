//! Suspends every process of the browser, as the computer's sleep does. What becomes of connections is the caller's business.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::process::{cpu_time, signal, tree};
use crate::session::Session;

impl Session {
    /// Suspends the whole browser for this long, and resumes it.
    pub async fn suspend(&self, time: Duration) -> Result<()> {
        let all = tree(self.process().context("the browser's process is not known")?)?;
        let stopped = signal("-STOP", &all);
        tokio::time::sleep(time).await;
        // Whatever happened, no process stays suspended.
        let resumed = signal("-CONT", &all);
        ensure!(stopped && resumed, "the browser was not suspended");
        Ok(())
    }

    /// The processor time that the browser's processes have taken since each of them began.
    pub fn cpu_time(&self) -> Result<Duration> {
        cpu_time(self.process().context("the driver does not tell the browser's process")?)
    }
}
