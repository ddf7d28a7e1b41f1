//! How a page looks: pictures of it, light and dark, narrow and wide, and whether it fits and can be used by anyone.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::popup::Popup;
use crate::script::script;
use crate::setup::{Browser, Scheme, workspace};
use crate::wait::until;
use crate::{chromium, firefox};

const AXE: &str = r#"
    const { violations } = await axe.run(document);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" ")}`.slice(0, 400));"#;

/// What looks like the primary action: a button or link filled with the colour of action.
const PRIMARY: &str = r#"
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.background = "var(--network)";
    const blue = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const seen = [...document.querySelectorAll("button, a")].filter((one) => one.checkVisibility());
    const looks = (one) => one.localName === "button" || getComputedStyle(one).borderTopStyle === "solid";
    const acts = seen.filter(looks);
    return acts.filter((one) => getComputedStyle(one).backgroundColor === blue).map((one) => ({
        act: one.dataset.act ?? one.dataset.do ?? one.getAttribute("href") ?? "",
        words: one.textContent.trim(),
        first: one === acts[0],
        bottom: Math.ceil(one.getBoundingClientRect().bottom + scrollY),
    }));"#;

/// A primary action.
#[derive(Clone, Debug, Deserialize)]
pub struct PrimaryAction {
    /// The action that it runs, or the address that it opens.
    pub act: String,
    /// Its label.
    pub words: String,
    /// Whether nothing before it looks like a button.
    pub first: bool,
    /// Where it ends, in pixels from the top of the page.
    pub bottom: u32,
}

impl Popup<'_> {
    /// What looks like a primary action on the page as it stands.
    pub async fn primary_actions(&self) -> Result<Vec<PrimaryAction>> {
        self.focus().await?;
        script(&self.session.web, PRIMARY, &[]).await
    }

    /// Takes screenshots into `target/looks`, and checks that nothing is wider than the page and that axe-core finds nothing.
    pub async fn check_appearance(&self, name: &str) -> Result<()> {
        for scheme in [Scheme::Light, Scheme::Dark] {
            for width in [360, 1000] {
                self.frame(width, scheme).await?;
                let name = format!("{name}-{scheme}-{width}");
                self.screenshot(&workspace().join(format!("target/looks/{name}.png"))).await?;
                let overflow = self.overflow().await?;
                ensure!(overflow <= 0, "{name} is {overflow} px wider than its page");
                let primary = self.primary_actions().await?;
                ensure!(primary.len() <= 1, "{name} has more than one primary action: {primary:?}");
                let accessibility_violations = self.accessibility_violations().await?;
                ensure!(accessibility_violations.is_empty(), "{name}: {}", accessibility_violations.join("\n"));
            }
        }
        Ok(())
    }

    /// What does not fit its own box: the words of each element that is wider inside than outside.
    pub async fn overflowing(&self) -> Result<Vec<String>> {
        self.focus().await?;
        let body = "return [...document.querySelectorAll('body *')]
            .filter((one) => !one.closest('.unseen, svg, textarea') && one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .map((one) => `${one.tagName} ${one.id} ${one.className}: ${one.textContent.trim().slice(0, 80)}`)";
        script(&self.session.web, body, &[]).await
    }

    /// Gives the page this width, the height that its content takes, and this scheme.
    pub async fn frame(&self, width: u32, scheme: Scheme) -> Result<()> {
        self.focus().await?;
        let web = &self.session.web;
        match self.session.setup.browser {
            Browser::Chromium => chromium::prefer(web, scheme).await?,
            Browser::Firefox => firefox::prefer(web, scheme).await?,
        }
        // Tall first, so that no scroll bar takes part of the width.
        self.resize(width, 3000).await?;
        let height = "return Math.ceil(document.documentElement.getBoundingClientRect().height)";
        let height: u32 = script(web, height, &[]).await?;
        self.resize(width, height).await
    }

    async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let web = &self.session.web;
        match self.session.setup.browser {
            Browser::Chromium => chromium::resize(web, width, height).await?,
            Browser::Firefox => firefox::resize(web, width, height).await?,
        }
        until("the page to take its size", Duration::from_secs(5), async || {
            // Two frames, so that what is painted has that size as well.
            let body = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                return [innerWidth, innerHeight];";
            let size: (u32, u32) = script(web, body, &[]).await?;
            ensure!(size == (width, height), "{size:?}");
            Ok(())
        })
        .await
    }

    /// What axe-core finds wrong with the page as it stands, a line each. `$MEND_AXE` is its source; build.sh sets it.
    pub async fn accessibility_violations(&self) -> Result<Vec<String>> {
        let path = std::env::var("MEND_AXE").context("MEND_AXE names no axe.min.js; run ./build.sh test")?;
        let axe = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        self.focus().await?;
        // The source defines `module.exports` where there is one, and a global where there is none.
        let body = format!("const module = {{ exports: {{}} }}; {axe}\n const axe = module.exports; {AXE}");
        script(&self.session.web, &body, &[]).await
    }

    /// Gives the page the size of a browser's popup, where a long one has a scroll bar.
    pub async fn frame_as_popup(&self) -> Result<()> {
        self.focus().await?;
        self.resize(360, 600).await
    }

    /// By how many pixels the content is wider than the page.
    pub async fn overflow(&self) -> Result<i64> {
        self.focus().await?;
        script(
            &self.session.web,
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
            &[],
        )
        .await
    }

    /// Saves what the popup shows as a PNG file.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        self.focus().await?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.session.web.screenshot(path).await?)
    }
}
