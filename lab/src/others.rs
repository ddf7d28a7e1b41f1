//! The services that people go to while ChatGPT is down, and their status pages.
//!
//! Owns one page for all of them, and a status page of each kind that there is. Never changes with a fault: they are other
//! people's machines.

use serde_json::json;

use crate::ask::Ask;
use crate::reply::{Answer, HTML, Reply, TEXT};

/// Services that a link leads to.
pub(crate) const SERVICES: &[&str] = &[
    "claude.ai",
    "gemini.google.com",
    "copilot.microsoft.com",
    "chat.mistral.ai",
    "chat.deepseek.com",
    "www.perplexity.ai",
    "github.com",
    "replit.com",
    "ollama.com",
    "lmstudio.ai",
];

/// Its status page says that all is well with the part that counts.
pub(crate) const WORKS: &str = "status.claude.com";
/// Its status page tells of trouble.
pub(crate) const TROUBLE: &str = "www.githubstatus.com";
/// Its status page breaks off.
pub(crate) const GARBLED: &str = "status.perplexity.com";
/// Its status page is gone.
pub(crate) const GONE: &str = "status.replit.com";

/// What a service answers: the same for every path.
pub(crate) fn service(ask: &Ask) -> Reply {
    let page =
        format!("<!doctype html><html lang=en><meta charset=utf-8><title>{0} (lab)</title><h1>{0}</h1>", ask.host);
    Answer::new(200, HTML, page).into()
}

/// What a status page answers, in the form of Statuspage.
pub(crate) fn status(ask: &Ask) -> Reply {
    if ask.path != "/api/v2/summary.json" {
        return Answer::new(404, TEXT, "not found\n").into();
    }
    let answer = match ask.host.as_str() {
        GONE => return Reply::Drop,
        GARBLED => Answer::new(200, "application/json", r#"{"page":{"id":"x","name":"Perplexity"},"status":{"indi"#),
        TROUBLE => Answer::json(&json!({
            "page": { "id": "x", "name": "GitHub", "url": "https://www.githubstatus.com" },
            "status": { "indicator": "minor", "description": "Partially Degraded Service" },
            "components": [
                { "name": "Git Operations", "status": "operational" },
                { "name": "Copilot", "status": "partial_outage" },
            ],
            "incidents": [{
                "name": "Answers of <Copilot> fail for some", "status": "investigating", "impact": "minor",
                "components": [{ "name": "Copilot", "status": "partial_outage" }],
            }],
            "scheduled_maintenances": [],
        })),
        _ => Answer::json(&json!({
            "page": { "id": "x", "name": "Claude", "url": "https://status.claude.com" },
            "status": { "indicator": "minor", "description": "Minor Service Outage" },
            "components": [
                { "name": "claude.ai", "status": "operational" },
                { "name": "Claude Console", "status": "degraded_performance" },
            ],
            "incidents": [],
            "scheduled_maintenances": [],
        })),
    };
    answer.with("access-control-allow-origin", "*").into()
}
