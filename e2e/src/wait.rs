//! Waiting: look again and again, until a deadline.
//!
//! Never sleeps in the hope that something will have happened.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks until `look` succeeds. Whatever it fails with is what is there instead, and is told when the time is over.
pub async fn until<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        match look().await {
            Ok(found) => return Ok(found),
            Err(instead) if start.elapsed() >= limit => {
                bail!("waited {} s for {what}; instead: {instead:#}", limit.as_secs());
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
