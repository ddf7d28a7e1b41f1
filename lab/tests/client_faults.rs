//! Each fault in the browser lasts until the right action is taken there, over HTTP/1.1 and HTTP/2.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::collections::BTreeMap;

use client::{CHAT, Pair, QUESTION, Received};
use mend_lab::Http;

const BOTH: [Http; 2] = [Http::One, Http::Two];
const SESSION: &str = "/api/auth/session";

/// A browser's cookies: a name may exist once for the host and once for the domain.
#[derive(Default)]
struct CookieStore(BTreeMap<(String, bool), String>);

impl CookieStore {
    fn store(&mut self, got: &Received) {
        for cookie in got.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let key = (name.to_owned(), rest.contains("Domain="));
            assert!(rest.contains("; Path=/") && rest.contains("; Secure"), "{cookie}");
            assert!(name.len() + rest.split(';').next().unwrap().len() < 4096, "{name} is too long to be kept");
            if rest.contains("Max-Age=0") {
                self.0.remove(&key);
            } else {
                self.0.insert(key, rest.split(';').next().unwrap().to_owned());
            }
        }
    }

    fn header(&self) -> String {
        self.0.iter().map(|((name, _), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Deletes every cookie but those of the session.
    fn keep_session(&mut self) {
        self.0.retain(|(name, _), _| name.contains("session-token"));
    }

    async fn send(&mut self, pair: &Pair, method: &str, path: &str) -> Received {
        let header = self.header();
        let body = if path == CHAT { QUESTION } else { "" };
        let got = pair.send(method, "chatgpt.com", path, body, &[("cookie", &header)]).await.unwrap();
        self.store(&got);
        got
    }

    async fn chat(&mut self, pair: &Pair) -> u16 {
        self.send(pair, "POST", CHAT).await.status
    }

    async fn signed_in(&mut self, pair: &Pair) -> bool {
        let session = self.send(pair, "GET", SESSION).await;
        session.status == 200 && session.json().pointer("/user/name").is_some_and(|name| name == "Robin")
    }

    async fn sign_in(&mut self, pair: &Pair) {
        let page = self.send(pair, "GET", "/auth/login").await;
        assert!(page.body.contains("<button id=sign-in>"), "{}", page.body);
        assert_eq!(self.send(pair, "POST", "/auth/login").await.header("location"), "/");
    }
}

#[tokio::test]
async fn oversized_cookies_are_refused_until_deleted_and_the_session_survives() {
    for http in BOTH {
        for (fault, status) in [("cookies-431", 431), ("cookies-400", 400)] {
            let pair = Pair::new(http, fault).await;
            let mut cookies = CookieStore::default();
            assert_eq!(cookies.send(&pair, "GET", "/").await.status, 200);
            assert!(cookies.header().len() > 8 << 10);
            for path in [SESSION, "/backend-api/me", "/backend-api/conversations?offset=0"] {
                let got = cookies.send(&pair, "GET", path).await;
                assert_eq!((got.status, got.header("content-type")), (status, "text/html"), "{fault} {path}");
            }
            assert_eq!(cookies.send(&pair, "GET", "/").await.status, 200);
            assert_eq!(cookies.chat(&pair).await, status, "a reload does not help");
            cookies.keep_session();
            assert_eq!(cookies.chat(&pair).await, 200);
            assert!(cookies.signed_in(&pair).await);
            cookies.send(&pair, "GET", "/").await;
            assert_eq!(cookies.chat(&pair).await, 200, "and they do not come back");
            cookies.0.clear();
            assert!(!cookies.signed_in(&pair).await, "whoever deletes all of them is signed out");
            assert_eq!(cookies.chat(&pair).await, 401);
        }
    }
}

#[tokio::test]
async fn a_corrupt_session_recovers_by_deleting_its_cookies_and_signing_in() {
    for http in BOTH {
        for fault in ["session-corrupt-cookie", "session-cut-cookie"] {
            let pair = Pair::new(http, fault).await;
            let mut cookies = CookieStore::default();
            cookies.send(&pair, "GET", "/").await;
            assert_eq!(cookies.chat(&pair).await, 401, "{fault}");
            assert_eq!(cookies.send(&pair, "GET", SESSION).await.body, "{}");
            cookies.sign_in(&pair).await;
            assert_eq!(cookies.chat(&pair).await, 401, "{fault}: signing in alone does not help");
            cookies.0.clear();
            cookies.send(&pair, "GET", "/").await;
            assert_eq!(cookies.chat(&pair).await, 401, "{fault}: nor does deleting alone");
            cookies.sign_in(&pair).await;
            assert_eq!(cookies.chat(&pair).await, 200, "{fault}");
            assert!(cookies.signed_in(&pair).await);
        }
    }
}

#[tokio::test]
async fn an_expired_session_recovers_by_signing_in() {
    for http in BOTH {
        let pair = Pair::new(http, "session-expired-cookie").await;
        let mut cookies = CookieStore::default();
        cookies.send(&pair, "GET", "/").await;
        let got = cookies.send(&pair, "POST", CHAT).await;
        assert_eq!((got.status, got.json()["detail"]["code"].as_str()), (401, Some("token_expired")));
        assert!(!cookies.signed_in(&pair).await);
        cookies.sign_in(&pair).await;
        assert_eq!(cookies.chat(&pair).await, 200);
        assert!(cookies.signed_in(&pair).await);
    }
}

#[tokio::test]
async fn a_challenge_is_passed_when_the_document_is_loaded_again() {
    for http in BOTH {
        let pair = Pair::new(http, "challenge-once").await;
        let mut cookies = CookieStore::default();
        assert_eq!(cookies.send(&pair, "GET", "/").await.status, 200);
        let refused = cookies.send(&pair, "POST", CHAT).await;
        assert_eq!((refused.status, refused.header("cf-mitigated")), (403, "challenge"));
        let check = cookies.send(&pair, "GET", "/").await;
        assert_eq!((check.status, check.header("cf-mitigated")), (403, "challenge"));
        assert!(check.body.contains("/cdn-cgi/challenge-platform/lab"));
        assert_eq!(cookies.chat(&pair).await, 403, "the page alone is not enough");
        cookies.send(&pair, "POST", "/cdn-cgi/challenge-platform/lab").await;
        assert!(cookies.send(&pair, "GET", "/").await.body.contains("id=\"thread\""));
        assert_eq!(cookies.chat(&pair).await, 200);
        assert!(cookies.signed_in(&pair).await);
    }
}

#[tokio::test]
async fn the_stale_document_is_served_until_the_service_worker_caches_it() {
    for http in BOTH {
        let pair = Pair::new(http, "stale-deploy").await;
        let mut cookies = CookieStore::default();
        let old = cookies.send(&pair, "GET", "/").await;
        assert!(old.body.contains("serviceWorker.register('/sw.js')"));
        let worker = cookies.send(&pair, "GET", "/sw.js").await;
        assert_eq!((worker.status, worker.header("cache-control")), (200, "no-cache"));
        assert!(worker.body.contains("/?kept"));
        assert_eq!(cookies.send(&pair, "GET", "/?kept").await.body, old.body);
        let script = pair.get("cdn.oaistatic.com", "/assets/root-1f03a6d2.js").await;
        assert!(old.body.contains("/assets/root-1f03a6d2.js") && script.body.contains("conversation-1f03a6d2.js"));
        assert_eq!(cookies.send(&pair, "GET", "/cdn/assets/conversation-1f03a6d2.js").await.status, 404);
        let new = cookies.send(&pair, "GET", "/").await;
        assert!(!new.body.contains("serviceWorker") && new.body.contains("/assets/root.js"));
        assert_eq!(cookies.chat(&pair).await, 200);
    }
}

#[tokio::test]
async fn one_oversized_conversation_is_listed_once() {
    for http in BOTH {
        let pair = Pair::new(http, "storage-full-until").await;
        let mut cookies = CookieStore::default();
        cookies.send(&pair, "GET", "/").await;
        let first = cookies.send(&pair, "GET", "/backend-api/conversations?offset=0").await;
        assert_eq!(first.json()["items"].as_array().unwrap().len(), 1);
        assert!((5_150_000..5_160_000).contains(&first.body.len()), "{}", first.body.len());
        assert!(cookies.send(&pair, "GET", "/backend-api/conversations?offset=0").await.body.len() < 10_000);
        assert!(cookies.signed_in(&pair).await);
    }
}
