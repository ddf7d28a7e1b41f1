//! The verdict that a fault must get, and how to wait for it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::popup::{Popup, SETTLE_TIME};
use crate::popup_snapshot::{PopupSnapshot, Verdict};
use crate::session::Session;
use crate::wait::until;

/// How long a badge may be away, on a busy machine.
const BADGE: Duration = Duration::from_secs(15);

/// A verdict that the popup must show.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Whose fault it is, as in `data-blame`.
    pub blame: &'static str,
    /// The cause, as in `data-cause`.
    pub cause: &'static str,
    /// The highest confidence that is right, 0 to 1.
    pub most: f64,
}

impl Expected {
    /// Whether this verdict is as wanted. Where the evidence is thin, "can't tell yet" is as right as the side with little
    /// confidence.
    pub fn matches(&self, verdict: &Verdict) -> bool {
        let thin = self.most <= 0.6 && verdict.blame == "unknown";
        let sure: f64 = verdict.confidence.parse().unwrap_or(1.0);
        let named = verdict.blame == self.blame && verdict.cause == self.cause;
        (thin || named) && (self.blame == "benign" || sure <= self.most)
    }

    /// Opens the popup, waits until it says so, sees that it stays so and that the badge fits, and closes it.
    pub async fn wait_shown(&self, session: &Session) -> Result<PopupSnapshot> {
        let what = format!("{}/{}", self.blame, self.cause);
        watch_verdict(
            session,
            &what,
            |verdict| self.matches(verdict),
            async |popup: &Popup<'_>| {
                // A browser takes the badge away each time it shows an error page of its own, and it tries again by itself;
                // Mend sets it again a moment later.
                let moment = if self.blame == "benign" { Duration::ZERO } else { BADGE };
                until("the badge", moment, async || {
                    let badges = popup.badges().await?;
                    let lit = badges.iter().any(|badge| !badge.text.is_empty());
                    ensure!(lit == (self.blame != "benign"), "the badge does not fit {}: {badges:?}", self.blame);
                    Ok(())
                })
                .await
            },
        )
        .await
    }
}

/// Opens the popup, waits until its verdict is right, sees that it stays so and that `further` holds, and closes it.
///
/// # Errors
/// Where the verdict is another one, at once or later; the error says what Mend has stored.
pub async fn watch_verdict(
    session: &Session,
    what: &str,
    right: impl Fn(&Verdict) -> bool,
    further: impl AsyncFnOnce(&Popup<'_>) -> Result<()>,
) -> Result<PopupSnapshot> {
    let popup = session.open_popup().await?;
    let snapshot = async {
        popup.wait(what, |snapshot| right(&snapshot.verdict)).await?;
        let snapshot = popup.settled(SETTLE_TIME).await?;
        ensure!(right(&snapshot.verdict), "it said {what} first, and then\n{}", snapshot.table());
        further(&popup).await?;
        Ok(snapshot)
    }
    .await;
    let model = popup.stored_model().await?;
    popup.close().await?;
    snapshot.with_context(|| format!("stored: {}", model.0.get("tabs").unwrap_or(&model.0)))
}
