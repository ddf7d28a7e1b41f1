//! One picture: a browser's window with ChatGPT in it, Mend's popup over it, a caption below.

use std::path::{Path, PathBuf};

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use mend_e2e::workspace;

/// The size of a store's picture, in pixels.
pub const PAGE: (u32, u32) = (1280, 800);
/// The size of a store's small promotional tile, in pixels.
pub const TILE: (u32, u32) = (440, 280);

const STYLE: &str = "
    * { box-sizing: border-box; margin: 0; }
    body { height: 100vh; overflow: hidden; background: #dfe5ee; color: #1b1f24; font: 600 26px/1.3 system-ui, sans-serif; }
    .window { position: absolute; inset: 24px 24px 92px; overflow: hidden; border-radius: 12px; background: #fff; box-shadow: 0 8px 30px #0003; }
    .bar { display: flex; align-items: center; gap: 12px; height: 44px; padding: 0 16px; background: #eef1f5; font: 14px system-ui, sans-serif; color: #57606a; }
    .bar .address { flex: 1; padding: 5px 14px; border-radius: 14px; background: #fff; }
    .bar img { width: 22px; height: 22px; }
    .window > img { display: block; width: 100%; }
    .popup { position: absolute; z-index: 1; top: 74px; right: 40px; width: 360px; max-height: 620px; overflow: hidden; border-radius: 10px; box-shadow: 0 8px 36px #0006; }
    .popup img { display: block; width: 360px; }
    .caption { position: absolute; left: 40px; right: 40px; bottom: 26px; text-align: center; }
    .tile { display: grid; grid-template-columns: 1fr 196px; gap: 18px; height: 100%; padding: 28px 0 0 28px; }
    .tile h1 { display: flex; gap: 10px; align-items: center; font-size: 30px; }
    .tile h1 img { width: 36px; height: 36px; }
    .tile p { margin-top: 14px; font: 16px/1.4 system-ui, sans-serif; }
    .tile .side { overflow: hidden; border-radius: 10px 0 0 0; box-shadow: 0 4px 18px #0004; background: #fff; }
    .tile .side img { width: 300px; }";

/// One picture of the way.
pub struct Frame<'p> {
    /// What it shows.
    pub caption: &'p str,
    /// A picture of the chat.
    pub chat: &'p Path,
    /// A picture of the popup, where it is open.
    pub popup: Option<&'p Path>,
}

impl Frame<'_> {
    /// Writes it as HTML.
    pub fn write(&self, folder: &Path) -> Result<PathBuf> {
        let popup = match self.popup {
            Some(popup) => format!(r#"<div class="popup"><img src="{}"></div>"#, image(popup)?),
            None => String::new(),
        };
        let body = format!(
            r#"<div class="window"><div class="bar"><span class="address">chatgpt.com</span><img src="{}"></div><img src="{}"></div>{popup}<p class="caption">{}</p>"#,
            icon()?,
            image(self.chat)?,
            self.caption,
        );
        html(&body, folder)
    }
}

/// The small tile: name, sentence, and the beginning of a popup.
pub fn tile(popup: &Path, folder: &Path) -> Result<PathBuf> {
    let body = format!(
        r#"<div class="tile"><div><h1><img src="{}">Mend</h1><p>ChatGPT fails. Is it you, or is it them, and what now?</p></div><div class="side"><img src="{}"></div></div>"#,
        icon()?,
        image(popup)?,
    );
    html(&body, folder)
}

fn html(body: &str, folder: &Path) -> Result<PathBuf> {
    let path = folder.join("frame.html");
    std::fs::write(&path, format!("<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"))?;
    Ok(path)
}

fn icon() -> Result<String> {
    data_url("image/svg+xml", &workspace().join("extension/icons/mend.svg"))
}

/// A data URL: the page is laid out before its first picture is taken.
fn image(path: &Path) -> Result<String> {
    data_url("image/png", path)
}

fn data_url(kind: &str, path: &Path) -> Result<String> {
    Ok(format!("data:{kind};base64,{}", STANDARD.encode(std::fs::read(path)?)))
}
