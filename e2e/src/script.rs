//! Runs JavaScript in the current page.

use anyhow::Result;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thirtyfour::WebDriver;

/// Runs the body of an async function in the current page and waits for what it returns.
///
/// # Errors
/// Where the script throws, takes longer than the session's script timeout, or returns something of another type.
pub(crate) async fn script<T: DeserializeOwned>(web: &WebDriver, body: &str, arguments: &[Value]) -> Result<T> {
    let whole = format!("return (async function () {{ {body} }}).apply(this, arguments)");
    Ok(web.execute(whole, arguments.to_vec()).await?.convert()?)
}
