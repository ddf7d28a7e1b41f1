//! Waiting: polls a condition until it holds or a deadline passes. Nothing else in these tests sleeps for a guessed time.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(40);

/// Repeats `attempt` until it succeeds.
///
/// # Errors
/// Where it still fails at the deadline; the error holds what it failed with last.
pub async fn until<T>(what: &str, limit: Duration, mut attempt: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        match attempt().await {
            Ok(found) => return Ok(found),
            Err(instead) if start.elapsed() >= limit => {
                bail!("waited {} s for {what}; instead: {instead:#}", limit.as_secs());
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
