//! Pictures of several pages in one, for people who have not installed Mend: laid out as HTML by the browser itself.

use std::path::Path;

use anyhow::Result;

use crate::chromium;
use crate::script::script;
use crate::session::Session;

impl Session {
    /// A picture of this HTML file of this size, as PNG. Chromium only.
    pub async fn picture_of(&self, html: &Path, (width, height): (u32, u32)) -> Result<Vec<u8>> {
        self.new_tab().await?;
        self.web.goto(&format!("file://{}", html.display())).await?;
        chromium::resize(&self.web, width, height).await?;
        let drawn = "await Promise.all([...document.images].map((one) => one.decode()));
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); return true";
        script::<bool>(&self.web, drawn, &[]).await?;
        let bytes = self.web.screenshot_as_png().await?;
        self.web.close_window().await?;
        self.go_home().await?;
        Ok(bytes)
    }
}
