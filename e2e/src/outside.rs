//! A fault outside the lab: what it needs before the browser starts, and how it begins while a page is open.
//!
//! Owns the [`Line`] that such a fault goes by. What the table says of a fault inside the lab is the lab's own business.

use anyhow::Result;
use mend_lab::{Lab, Precondition};

use crate::{Browser, Robot, Setup, chromium, firefox, line::Line, setup::helper};

/// A fault that has not begun yet.
pub(crate) struct Outside {
    fault: String,
    needs: Precondition,
    line: Line,
    /// Where Chromium's proxy is told to come and go.
    vpn: Option<String>,
}

impl Outside {
    /// Whatever it needs besides a browser.
    pub async fn arrange(fault: &str, lab: &Lab) -> Result<Outside> {
        let line = Line::start(lab.https_port()).await?;
        Ok(Outside { fault: fault.to_owned(), needs: mend_lab::precondition(fault)?, line, vpn: None })
    }

    /// Whatever the browser must be started with.
    pub fn prepare(&self, setup: Setup, lab: &Lab) -> Setup {
        let at = self.line.port();
        let chromium = setup.browser == Browser::Chromium;
        match self.needs {
            Precondition::Nothing => setup,
            Precondition::Blocker(_) => setup.with_helper("chat-blocker"),
            Precondition::Proxy => Setup { proxy: Some(at), ..setup },
            // Chromium's rules are fixed once it runs, but it needs no address as long as it goes through a proxy.
            Precondition::HostRule(host) if chromium => Setup { nowhere: Some(host), ..setup.with_helper("vpn") },
            Precondition::HostRule(_) | Precondition::DeadPort(_) | Precondition::Offline => {
                Setup { https_port: at, ..setup }
            }
            Precondition::BadCertificate(_) | Precondition::CaptivePortal => {
                Setup { https_port: at, trust: Some(lab.fingerprint().to_owned()), ..setup }
            }
        }
    }

    /// Whatever else it takes to open a page before the fault begins.
    pub async fn defer(&mut self, robot: &Robot) -> Result<()> {
        if robot.setup.nowhere.is_some() {
            let vpn = chromium::origin(&robot.web, &helper("vpn")).await?;
            chromium::set_proxy(&robot.web, &vpn, Some(self.line.port())).await?;
            self.vpn = Some(vpn);
        }
        Ok(())
    }

    /// Begins: for the tab in front at least.
    pub async fn begin(&self, robot: &Robot, lab: &Lab) -> Result<()> {
        let firefox = robot.setup.browser == Browser::Firefox;
        if firefox && matches!(self.needs, Precondition::BadCertificate(_) | Precondition::CaptivePortal) {
            // While the good ones still answer: whatever these hosts show now is taken from then on.
            firefox::check_certificates(&robot.web, &["chatgpt.com", "status.openai.com"]).await?;
        }
        lab.set_fault(&self.fault)?;
        match self.needs {
            Precondition::Nothing | Precondition::Blocker(_) => {}
            Precondition::Offline => {
                robot.go_offline().await?;
                self.line.lead_to(lab.https_port()).await?;
            }
            Precondition::HostRule(_) if firefox => {
                firefox::lose_names(&robot.web).await?;
                self.line.lead_to(lab.https_port()).await?;
            }
            Precondition::HostRule(_) => {
                if let Some(vpn) = &self.vpn {
                    chromium::set_proxy(&robot.web, vpn, None).await?;
                }
            }
            Precondition::Proxy | Precondition::DeadPort(_) => self.line.cut().await?,
            Precondition::BadCertificate(_) | Precondition::CaptivePortal => {
                let to = if self.needs == Precondition::CaptivePortal { lab.https_port() } else { lab.tls_port() };
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
