//! A network fault, which lies outside the lab: what it needs before the browser starts, and how it begins while a page is
//! open.
//!
//! Owns the [`TcpProxy`] that such a fault goes by. What the table says of a fault inside the lab is the lab's own business.

use anyhow::Result;
use mend_lab::{Lab, Precondition};

use crate::session::Session;
use crate::setup::{Browser, Setup, helper};
use crate::tcp_proxy::TcpProxy;
use crate::{chromium, firefox};

/// A fault that has not begun yet.
pub(crate) struct NetworkFault {
    fault: String,
    precondition: Precondition,
    proxy: TcpProxy,
    /// Where Chromium's proxy is told to come and go.
    vpn: Option<String>,
}

impl NetworkFault {
    /// Whatever it needs besides a browser.
    pub async fn prepare(fault: &str, lab: &Lab) -> Result<NetworkFault> {
        let proxy = TcpProxy::start(lab.https_port()).await?;
        Ok(NetworkFault { fault: fault.to_owned(), precondition: mend_lab::precondition(fault)?, proxy, vpn: None })
    }

    /// Whatever the browser must be started with.
    pub fn apply_to(&self, setup: Setup, lab: &Lab) -> Setup {
        let at = self.proxy.port();
        let chromium = setup.browser == Browser::Chromium;
        match self.precondition {
            Precondition::Nothing => setup,
            Precondition::Blocker(_) => setup.with_helper("chat-blocker"),
            Precondition::Proxy => Setup { proxy: Some(at), ..setup },
            // Chromium's rules are fixed once it runs, but it needs no address as long as it goes through a proxy.
            Precondition::HostRule(host) if chromium => Setup { unresolvable: Some(host), ..setup.with_helper("vpn") },
            Precondition::HostRule(_) | Precondition::DeadPort(_) | Precondition::Offline => {
                Setup { https_port: at, ..setup }
            }
            Precondition::BadCertificate(_) | Precondition::CaptivePortal => {
                Setup { https_port: at, trusted_key: Some(lab.fingerprint().to_owned()), ..setup }
            }
        }
    }

    /// Whatever else it takes to open a page before the fault begins.
    pub async fn delay(&mut self, session: &Session) -> Result<()> {
        if session.setup.unresolvable.is_some() {
            let vpn = chromium::origin(&session.web, &helper("vpn")).await?;
            chromium::set_proxy(&session.web, &vpn, Some(self.proxy.port())).await?;
            self.vpn = Some(vpn);
        }
        Ok(())
    }

    /// Begins: for the tab in front at least.
    pub async fn begin(&self, session: &Session, lab: &Lab) -> Result<()> {
        let firefox = session.setup.browser == Browser::Firefox;
        if firefox && matches!(self.precondition, Precondition::BadCertificate(_) | Precondition::CaptivePortal) {
            // While the good ones still answer: whatever these hosts show now is taken from then on.
            firefox::check_certificates(&session.web, &["chatgpt.com", "status.openai.com"]).await?;
        }
        lab.set_fault(&self.fault)?;
        match self.precondition {
            Precondition::Nothing | Precondition::Blocker(_) => {}
            Precondition::Offline => {
                session.go_offline().await?;
                self.proxy.route_to(lab.https_port()).await?;
            }
            Precondition::HostRule(_) if firefox => {
                firefox::break_dns(&session.web).await?;
                self.proxy.route_to(lab.https_port()).await?;
            }
            Precondition::HostRule(_) => {
                if let Some(vpn) = &self.vpn {
                    chromium::set_proxy(&session.web, vpn, None).await?;
                }
            }
            Precondition::Proxy | Precondition::DeadPort(_) => self.proxy.refuse().await?,
            Precondition::BadCertificate(_) | Precondition::CaptivePortal => {
                let to =
                    if self.precondition == Precondition::CaptivePortal { lab.https_port() } else { lab.tls_port() };
                self.proxy.route_to(to).await?;
            }
        }
        Ok(())
    }

    /// Cuts every connection; new ones lead where they led.
    pub async fn drop_connections(&self, lab: &Lab) -> Result<()> {
        self.proxy.route_to(lab.https_port()).await
    }
}
