//! What a site has in the profile, its cookies and its local storage, read past Mend: to compare before and after.
//!
//! As sets, as order means nothing (facts §6: what is set again may come in another order).

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::firefox;
use crate::script::script;
use crate::setup::Browser;

/// The cookies of every site, and what the tab's own site stores. Not printed: values may be long.
#[derive(Clone, PartialEq, Eq)]
pub struct SiteData {
    /// Each with everything that is set of it, but not when it was set or last used.
    pub cookies: BTreeSet<Cookie>,
    /// Key and value.
    pub storage: BTreeSet<(String, String)>,
}

/// One cookie.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Its host, with a dot before it where the whole domain is meant.
    pub domain: String,
    /// Its path.
    pub path: String,
    /// Seconds since 1970; none where it goes with the browser.
    pub expires: Option<u64>,
    /// Scripts do not see it.
    pub http_only: bool,
    /// Never sent without TLS.
    pub secure: bool,
    /// How the browser calls its SameSite.
    pub same_site: String,
    /// The site under which alone it is seen.
    pub partition: String,
}

const OF_FIREFOX: &str = "return Services.cookies.cookies.map((one) => ({
    name: one.name, value: one.value, domain: one.host, path: one.path,
    // In seconds before Firefox 142 or so, in milliseconds since.
    expires: one.isSession ? null : Math.floor(one.expiry > 1e11 ? one.expiry / 1000 : one.expiry),
    httpOnly: one.isHttpOnly, secure: one.isSecure, sameSite: String(one.sameSite),
    partition: one.originAttributes.partitionKey ?? '',
}))";

const STORED: &str = "return Object.entries(localStorage)";

const TOKEN: &str = "__Secure-next-auth.session-token";

impl Chat<'_> {
    /// Reads them, from a tab that shows the site.
    pub async fn site_data(&self) -> Result<SiteData> {
        self.focus().await?;
        Ok(SiteData { cookies: self.cookies().await?, storage: script(&self.session.web, STORED, &[]).await? })
    }

    /// The cookies alone, whatever the tab shows.
    pub async fn cookies(&self) -> Result<BTreeSet<Cookie>> {
        self.focus().await?;
        let web = &self.session.web;
        if self.session.setup.browser == Browser::Firefox {
            return firefox::in_chrome(web, OF_FIREFOX, &[]).await;
        }
        let told = web.cdp().send_raw("Storage.getCookies", json!({})).await?;
        let told = told.get("cookies").and_then(Value::as_array).context("no cookies in the answer")?;
        told.iter().map(of_chromium).collect()
    }
}

/// Chromium tells -1 for the end of a cookie that goes with the browser, and a partition as an object.
fn of_chromium(cookie: &Value) -> Result<Cookie> {
    let mut cookie = cookie.as_object().context("a cookie is an object")?.clone();
    let ends = cookie.get("expires").and_then(Value::as_f64).filter(|ends| *ends > 0.0);
    let site = cookie.get("partitionKey").and_then(|key| key.get("topLevelSite")).cloned();
    cookie.insert("expires".to_owned(), json!(ends.map(|ends| ends as u64)));
    cookie.insert("partition".to_owned(), site.unwrap_or_else(|| json!("")));
    cookie.entry("sameSite").or_insert(json!(""));
    Ok(serde_json::from_value(Value::Object(cookie))?)
}

impl SiteData {
    /// Names of what is in one of both only, or differs: empty where nothing was lost and nothing added.
    pub fn changes(&self, other: &SiteData) -> Vec<String> {
        let cookies = self.cookies.symmetric_difference(&other.cookies);
        let cookies = cookies.map(|one| format!("cookie {} of {}{}", one.name, one.domain, one.path));
        let storage = self.storage.symmetric_difference(&other.storage).map(|(key, _)| format!("stored {key}"));
        let mut names: Vec<String> = cookies.chain(storage).collect();
        names.dedup();
        names
    }
}

/// Whether these cookies hold one session of the lab's that is still good: whole, or in its two parts.
pub fn signed_in(cookies: &BTreeSet<Cookie>) -> bool {
    let parts: Vec<(&str, &str)> =
        cookies.iter().filter_map(|one| Some((one.name.strip_prefix(TOKEN)?, one.value.as_str()))).collect();
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    let good = parts.iter().all(|(_, value)| !value.starts_with("lab-expired"));
    good && matches!(names.as_slice(), [""] | [".0", ".1"])
}
