//! A person's keyboard, on the popup: what it reaches, and whether one sees where one is.

use anyhow::Result;
use serde::Deserialize;
use thirtyfour::Key;

use crate::popup::Popup;
use crate::script::script;

/// Where the keyboard focus is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Focus {
    /// Index of the focused element among all that can be focused; none if none of them is focused.
    pub at: Option<usize>,
    /// Number of elements that can be focused.
    pub of: usize,
    /// Its tag, its rung where it belongs to one, and its words.
    pub name: String,
    /// It stands out, and is in sight.
    pub seen: bool,
    /// Where it is in the window: top, bottom, and the window's height.
    pub place: (f64, f64, f64),
    /// It is the head of a part that is open.
    pub open: bool,
}

const FOCUS: &str = r#"
    const all = [...document.querySelectorAll("summary, button, a[href], input, select, textarea, [tabindex]")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled);
    const here = document.activeElement;
    const at = all.indexOf(here);
    const style = getComputedStyle(here);
    const { top, left, bottom, right } = here.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        at: at < 0 ? null : at,
        of: all.length,
        name: [here.localName, here.closest("[data-step]")?.dataset.step, here.textContent.trim()].filter(Boolean).join(" "),
        seen: here.matches(":focus-visible") && outlined
            // A line of it is enough: Firefox scrolls no further.
            && Math.min(bottom, innerHeight) - Math.max(top, 0) > Math.min(bottom - top, 16) - 1
            && left > -1 && right < innerWidth + 1,
        place: [top, bottom, innerHeight],
        open: here.localName === "summary" && here.parentElement.open,
    };"#;

/// Words that stand beyond the page's edge, that their own box cuts off, or that other words stand on.
const UNREADABLE: &str = r#"
    const told = [];
    const pieces = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let at = words.nextNode(); at; at = words.nextNode()) {
        const box = at.parentElement;
        if (!at.data.trim() || box.closest(".unseen, template, script, symbol")) continue;
        if (!box.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(at);
        for (const rect of range.getClientRects()) if (rect.width > 0) pieces.push({ said: at.data.trim(), box, rect });
        for (let over = box; over; over = over.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(over);
            const hides = overflowX !== "visible" && over.scrollWidth > over.clientWidth
                || overflowY === "hidden" && over.scrollHeight > over.clientHeight;
            if (hides && over !== document.documentElement) told.push(`${at.data.trim()}: cut off by ${over.localName}`);
        }
    }
    const width = document.documentElement.clientWidth;
    for (const { said, rect } of pieces) {
        if (rect.left < -.5 || rect.right > width + .5) told.push(`${said}: from ${rect.left} to ${rect.right} of ${width}`);
    }
    // Lines of one text touch; letters of two texts do not.
    const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    for (const [index, one] of pieces.entries()) {
        for (const other of pieces.slice(index + 1)) {
            if (one.box === other.box) continue;
            if (across(one.rect, other.rect) > 1 && down(one.rect, other.rect) > 4) told.push(`${one.said}: on ${other.said}`);
        }
    }
    return told;"#;

impl Popup<'_> {
    /// Presses and releases one key.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.action_chain().send_keys(key).perform().await?)
    }

    /// Goes one back.
    pub async fn press_shift_tab(&self) -> Result<()> {
        self.focus().await?;
        let keys = self.session.web.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
        Ok(keys.perform().await?)
    }

    /// Where the keyboard is.
    pub async fn keyboard(&self) -> Result<Focus> {
        self.focus().await?;
        script(&self.session.web, FOCUS, &[]).await
    }

    /// Words that cannot be read where they stand, a line each.
    pub async fn unreadable_text(&self) -> Result<Vec<String>> {
        self.focus().await?;
        script(&self.session.web, UNREADABLE, &[]).await
    }

    /// How many tabs there are.
    pub async fn tabs(&self) -> Result<usize> {
        Ok(self.session.web.windows().await?.len())
    }
}
