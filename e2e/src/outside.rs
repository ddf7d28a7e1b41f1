//! A fault outside the lab: what it needs before the browser starts, and how it begins while a page is open.
//!
//! Owns the [`Line`] that such a fault goes by. What the table says of a fault inside the lab is the lab's own business.

use anyhow::Result;
use mend_lab::{Lab, Needs};

use crate::{Browser, Chat, Robot, Setup, firefox, line::Line};

/// A fault that has not begun yet.
pub(crate) struct Outside {
    fault: String,
    needs: Needs,
    line: Line,
}

impl Outside {
    /// Whatever it needs besides a browser.
    pub async fn arrange(fault: &str, lab: &Lab) -> Result<Outside> {
        let line = Line::start(lab.https_port()).await?;
        Ok(Outside { fault: fault.to_owned(), needs: mend_lab::needs(fault)?, line })
    }

    /// Whatever the browser must be started with.
    pub fn prepare(&self, setup: Setup, lab: &Lab) -> Setup {
        let at = self.line.port();
        let chromium = setup.browser == Browser::Chromium;
        match self.needs {
            Needs::Nothing | Needs::Offline => setup,
            Needs::Blocker(_) => setup.with_blocker("chat"),
            Needs::Proxy => Setup { proxy: Some(at), ..setup },
            // Chromium's rules are fixed once it runs. It needs none as long as a proxy knows the address.
            Needs::HostRule(host) if chromium => Setup { proxy: Some(at), nowhere: Some(host), ..setup },
            Needs::HostRule(_) | Needs::DeadPort(_) => Setup { https_port: at, ..setup },
            Needs::BadCertificate(_) | Needs::Portal => {
                Setup { https_port: at, trust: Some(lab.fingerprint().to_owned()), ..setup }
            }
        }
    }

    /// Begins, for this tab at least.
    pub async fn begin(&self, robot: &Robot, lab: &Lab, chat: &Chat<'_>) -> Result<()> {
        lab.set_fault(&self.fault)?;
        chat.focus().await?;
        let firefox = robot.setup.browser == Browser::Firefox;
        match self.needs {
            Needs::Nothing | Needs::Blocker(_) => {}
            Needs::Offline => robot.go_offline().await?,
            Needs::HostRule(_) if firefox => {
                firefox::lose_names(&robot.web).await?;
                self.line.lead_to(lab.https_port()).await?;
            }
            Needs::HostRule(_) | Needs::Proxy | Needs::DeadPort(_) => self.line.cut().await?,
            Needs::BadCertificate(_) | Needs::Portal => {
                if firefox {
                    firefox::check_certificates(&robot.web).await?;
                }
                let to = if self.needs == Needs::Portal { lab.https_port() } else { lab.tls_port() };
                self.line.lead_to(to).await?;
            }
        }
        Ok(())
    }

    /// Cuts every connection; new ones lead where they led.
    pub async fn break_off(&self, lab: &Lab) -> Result<()> {
        self.line.lead_to(lab.https_port()).await
    }
}
