//! How a page looks: pictures of it, light and dark, narrow and wide, and whether it fits and can be used by anyone.

use anyhow::{Result, ensure};

use crate::{Popup, Scheme, workspace};

impl Popup<'_> {
    /// Takes its pictures into `target/looks`, and looks for what sticks out and for barriers.
    pub async fn looks_right(&self, name: &str) -> Result<()> {
        for scheme in [Scheme::Light, Scheme::Dark] {
            for width in [360, 1000] {
                self.frame(width, scheme).await?;
                let name = format!("{name}-{scheme}-{width}");
                self.screenshot(&workspace().join(format!("target/looks/{name}.png"))).await?;
                let overflow = self.overflow().await?;
                ensure!(overflow <= 0, "{name} is {overflow} px wider than its page");
                let barriers = self.barriers().await?;
                ensure!(barriers.is_empty(), "{name}: {}", barriers.join("\n"));
            }
        }
        Ok(())
    }
}
