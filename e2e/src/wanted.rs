//! The verdict that a fault must get, and how to wait for it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::{Robot, Sheet, Verdict, until};

/// How long a verdict must stand: longer than any witness takes to speak up.
const CALM: Duration = Duration::from_millis(1500);

/// How long a badge may be away, on a busy machine.
const BADGE: Duration = Duration::from_secs(15);

/// What must be said.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Whose side it is on.
    pub blame: &'static str,
    /// What it is called.
    pub cause: &'static str,
    /// How sure Mend may be, at most.
    pub most: f64,
}

impl Wanted {
    /// Whether this verdict is as wanted. Where the evidence is thin, "can't tell yet" is as right as the side with little
    /// confidence.
    pub fn is(&self, verdict: &Verdict) -> bool {
        let thin = self.most <= 0.6 && verdict.blame == "unknown";
        let sure: f64 = verdict.confidence.parse().unwrap_or(1.0);
        let named = verdict.blame == self.blame && verdict.cause == self.cause;
        (thin || named) && (self.blame == "benign" || sure <= self.most)
    }

    /// Opens the popup, waits until it says so, sees that it stays so and that the badge fits, and closes it.
    pub async fn told(&self, robot: &Robot) -> Result<Sheet> {
        let popup = robot.open_popup().await?;
        let sheet = async {
            popup.wait(&format!("{}/{}", self.blame, self.cause), |sheet| self.is(&sheet.verdict)).await?;
            let sheet = popup.settled(CALM).await?;
            ensure!(
                self.is(&sheet.verdict),
                "it said {}/{} first, and then\n{}",
                self.blame,
                self.cause,
                sheet.table()
            );
            // A browser takes the badge away each time it shows an error page of its own, and it tries again by itself;
            // Mend sets it again a moment later.
            let moment = if self.blame == "benign" { Duration::ZERO } else { BADGE };
            until("the badge", moment, async || {
                let badges = popup.badges().await?;
                let lit = badges.iter().any(|badge| !badge.text.is_empty());
                ensure!(lit == (self.blame != "benign"), "the badge does not fit {}: {badges:?}", self.blame);
                Ok(())
            })
            .await?;
            Ok(sheet)
        }
        .await;
        let memory = popup.memory().await?;
        popup.close().await?;
        sheet.with_context(|| format!("known: {}", memory.0.get("tabs").unwrap_or(&memory.0)))
    }
}
