//! Third-party services that people use while ChatGPT is down, and their status pages. No fault changes them.

use serde_json::json;

use crate::hostnames::{STATUS_INCIDENT, STATUS_TRUNCATED, STATUS_UNREACHABLE};
use crate::request::Request;
use crate::response::{HTML, Outcome, Response, TEXT};

/// The page of a service, the same for every path.
pub(crate) fn service(request: &Request) -> Outcome {
    let page =
        format!("<!doctype html><html lang=en><meta charset=utf-8><title>{0} (lab)</title><h1>{0}</h1>", request.host);
    Response::new(200, HTML, page).into()
}

/// A status page in the format of Atlassian Statuspage.
pub(crate) fn status(request: &Request) -> Outcome {
    if request.path != "/api/v2/summary.json" {
        return Response::new(404, TEXT, "not found\n").into();
    }
    let response = match request.host.as_str() {
        STATUS_UNREACHABLE => return Outcome::CloseConnection,
        STATUS_TRUNCATED => {
            Response::new(200, "application/json", r#"{"page":{"id":"x","name":"Perplexity"},"status":{"indi"#)
        }
        STATUS_INCIDENT => Response::json(&json!({
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
        _ => Response::json(&json!({
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
    response.with("access-control-allow-origin", "*").into()
}
