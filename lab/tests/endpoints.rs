//! The endpoints beside the chat, in each fault and without one.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::{BOTH, CLIENT_FAULTS, KEY, Pair, numbered};
use mend_lab::{FAULTS, Http};

/// Endpoints beside the chat that a fault breaks: fault, host, path, status.
const FAILING_ENDPOINTS: &[(&str, &str, &str, u16)] = &[
    ("500-api", "api.openai.com", "/v1/models", 500),
    ("503-api-first-N", "api.openai.com", "/v1/models", 503),
    ("429-api-first-N", "api.openai.com", "/v1/models", 429),
    ("503-overload", "api.openai.com", "/v1/models", 503),
    ("503-overload", "auth.openai.com", "/oauth/token", 503),
    ("429-conversation", "chatgpt.com", "/backend-api/conversations?offset=0", 429),
    ("429-conversation", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 429),
    ("429-quota", "api.openai.com", "/v1/models", 429),
    ("429-rate", "api.openai.com", "/v1/models", 429),
    ("401-revoked", "chatgpt.com", "/backend-api/me", 401),
    ("401-revoked", "auth.openai.com", "/oauth/token", 401),
    ("session-corrupt", "chatgpt.com", "/backend-api/me", 401),
    ("401-key", "api.openai.com", "/v1/models", 401),
    ("401-organisation", "api.openai.com", "/v1/models", 401),
    ("502-service", "chatgpt.com", "/backend-api/me", 502),
    ("502-service", "chatgpt.com", "/backend-api/models", 502),
    ("502-service", "chatgpt.com", "/backend-api/conversations?offset=0", 502),
    ("502-service", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 502),
    ("403-block", "chatgpt.com", "/backend-api/me", 403),
    ("403-block", "chatgpt.com", "/backend-api/models", 403),
    ("403-block", "chatgpt.com", "/backend-api/conversations?offset=0", 403),
    ("403-block", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 403),
    ("403-block", "auth.openai.com", "/oauth/token", 403),
    ("403-block", "auth.openai.com", "/log-in", 403),
    ("403-region", "api.openai.com", "/v1/models", 403),
    ("404-conversation", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 404),
    ("404-model", "api.openai.com", "/v1/models", 404),
];

/// Endpoints that answer with 200 unless [`FAILING_ENDPOINTS`] says otherwise.
const ENDPOINTS: [(&str, &str); 8] = [
    ("chatgpt.com", "/"),
    ("chatgpt.com", "/backend-api/me"),
    ("chatgpt.com", "/backend-api/models"),
    ("chatgpt.com", "/backend-api/conversations?offset=0"),
    ("chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001"),
    ("api.openai.com", "/v1/models"),
    ("auth.openai.com", "/oauth/token"),
    ("auth.openai.com", "/log-in"),
];

#[tokio::test]
async fn a_fault_breaks_no_endpoint_but_its_own() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let alone = |name: &str| name != "captive-portal" && !CLIENT_FAULTS.contains(name);
        for fault in FAULTS.iter().filter(|fault| alone(fault.name)) {
            pair.lab.set_fault(&numbered(fault.name)).unwrap();
            for (host, path) in ENDPOINTS {
                let broken = FAILING_ENDPOINTS.iter().find(|row| (row.0, row.1, row.2) == (fault.name, host, path));
                let method = if path == "/oauth/token" { "POST" } else { "GET" };
                let got = pair.send(method, host, path, "", &KEY).await.unwrap();
                assert_eq!(got.status, broken.map_or(200, |row| row.3), "{} {host}{path} {http:?}", fault.name);
            }
        }
    }
}

#[tokio::test]
async fn the_api_without_tls_recovers_after_its_calls() {
    let pair = Pair::new(Http::Both, "503-api-first-2").await;
    let ask = "GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n";
    for status in [503, 503, 200, 200] {
        let answer = client::plain(pair.lab.https_port(), ask).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
}

#[tokio::test]
async fn the_trace_names_an_unsupported_country() {
    let pair = Pair::new(Http::Both, "403-region").await;
    assert!(pair.get("chatgpt.com", "/cdn-cgi/trace").await.body.contains("\nloc=HK\n"));
}

#[tokio::test]
async fn the_api_and_the_token_endpoint_respond() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let models = pair.send("GET", "api.openai.com", "/v1/models", "", &KEY).await.unwrap();
        assert_eq!(models.json()["data"][0]["id"], "gpt-5");
        assert!(models.header("x-request-id").starts_with("req_") && models.header("x-request-id").len() == 36);
        for (path, object) in [("/v1/chat/completions", "chat.completion"), ("/v1/responses", "response")] {
            let got = pair.send("POST", "api.openai.com", path, "{}", &KEY).await.unwrap();
            assert_eq!((got.status, got.json()["object"].as_str()), (200, Some(object)));
        }
        assert_eq!(pair.get("api.openai.com", "/v1/models").await.status, 401);
        assert_eq!(pair.send("GET", "api.openai.com", "/v1/no-such", "", &KEY).await.unwrap().status, 404);
        let token = pair.send("POST", "auth.openai.com", "/oauth/token", "{}", &[]).await.unwrap();
        assert_eq!(token.json()["token_type"], "Bearer");
        for (fault, code) in [("429-quota", "insufficient_quota"), ("401-key", "invalid_api_key")] {
            pair.lab.set_fault(fault).unwrap();
            let got = pair.send("POST", "api.openai.com", "/v1/chat/completions", "{}", &KEY).await.unwrap();
            assert_eq!(got.json()["error"]["code"], code);
            assert!(got.header("x-request-id").starts_with("req_"));
        }
    }
}

#[tokio::test]
async fn blocked_telemetry_leaves_the_chat_working() {
    for http in BOTH {
        let pair = Pair::new(http, "noise-blocked").await;
        for (host, path) in [
            ("chatgpt.com", "/ces/v1/t"),
            ("chatgpt.com", "/backend-api/lat/r"),
            ("chatgpt.com", "/backend-api/beacons/home"),
            ("ab.chatgpt.com", "/v1/rgstr"),
            ("browser-intake-datadoghq.com", "/api/v2/rum"),
            ("featuregates.org", "/v1/initialize"),
        ] {
            assert!(pair.send("POST", host, path, "{}", &[]).await.is_err(), "{host}{path}");
        }
        assert!(pair.lab.log().iter().all(|hit| hit.status.is_none()));
        assert!(pair.chat().await.complete);
        pair.lab.set_fault("well").unwrap();
        let preflight = pair.send("OPTIONS", "ab.chatgpt.com", "/v1/rgstr", "", &[]).await.unwrap();
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-origin"), "https://chatgpt.com");
    }
}

#[tokio::test]
async fn the_document_and_the_edge_have_no_request_id() {
    for http in BOTH {
        let pair = Pair::new(http, "500").await;
        let page = pair.get("chatgpt.com", "/").await;
        assert_eq!(page.headers.get_all("set-cookie").iter().count(), 2);
        let trace = pair.get("chatgpt.com", "/cdn-cgi/trace").await;
        assert!(trace.body.contains("\ncolo=FRA\n") && trace.body.contains("\nloc=DE\n"));
        let script = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        for got in [page, trace, script] {
            assert_eq!((got.status, got.header("x-oai-request-id")), (200, ""));
            assert!(!got.header("cf-ray").is_empty());
        }
        let old = pair.get("chat.openai.com", "/c/1?a=b").await;
        assert_eq!((old.status, old.header("location")), (308, "https://chatgpt.com/c/1?a=b"));
        assert_eq!(pair.get("example.org", "/").await.status, 404);
    }
}
