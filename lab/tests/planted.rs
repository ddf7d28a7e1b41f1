//! Each planted cause is there until the right thing is done, and gone after it; over HTTP/1.1 and HTTP/2.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::collections::BTreeMap;

use client::{CHAT, Got, Pair, QUESTION};
use mend_lab::Http;

const BOTH: [Http; 2] = [Http::One, Http::Two];
const SESSION: &str = "/api/auth/session";

/// A browser, as far as its cookies go: a name may stand once for the host and once for the whole domain.
#[derive(Default)]
struct Jar(BTreeMap<(String, bool), String>);

impl Jar {
    fn take(&mut self, got: &Got) {
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

    /// What "delete the cookies, but not the session's" does.
    fn keep_session(&mut self) {
        self.0.retain(|(name, _), _| name.contains("session-token"));
    }

    async fn ask(&mut self, pair: &Pair, method: &str, path: &str) -> Got {
        let header = self.header();
        let body = if path == CHAT { QUESTION } else { "" };
        let got = pair.ask(method, "chatgpt.com", path, body, &[("cookie", &header)]).await.unwrap();
        self.take(&got);
        got
    }

    async fn chat(&mut self, pair: &Pair) -> u16 {
        self.ask(pair, "POST", CHAT).await.status
    }

    async fn signed_in(&mut self, pair: &Pair) -> bool {
        let session = self.ask(pair, "GET", SESSION).await;
        session.status == 200 && session.json().pointer("/user/name").is_some_and(|name| name == "Robin")
    }

    async fn sign_in(&mut self, pair: &Pair) {
        let page = self.ask(pair, "GET", "/auth/login").await;
        assert!(page.body.contains("<button id=sign-in>"), "{}", page.body);
        assert_eq!(self.ask(pair, "POST", "/auth/login").await.header("location"), "/");
    }
}

#[tokio::test]
async fn cookies_are_refused_until_they_are_deleted_and_nobody_is_signed_out() {
    for http in BOTH {
        for (fault, status) in [("cookies-431", 431), ("cookies-400", 400)] {
            let pair = Pair::new(http, fault).await;
            let mut jar = Jar::default();
            assert_eq!(jar.ask(&pair, "GET", "/").await.status, 200);
            assert!(jar.header().len() > 8 << 10);
            for path in [SESSION, "/backend-api/me", "/backend-api/conversations?offset=0"] {
                let got = jar.ask(&pair, "GET", path).await;
                assert_eq!((got.status, got.header("content-type")), (status, "text/html"), "{fault} {path}");
            }
            assert_eq!(jar.ask(&pair, "GET", "/").await.status, 200);
            assert_eq!(jar.chat(&pair).await, status, "a reload does not help");
            jar.keep_session();
            assert_eq!(jar.chat(&pair).await, 200);
            assert!(jar.signed_in(&pair).await);
            jar.ask(&pair, "GET", "/").await;
            assert_eq!(jar.chat(&pair).await, 200, "and they do not come back");
            jar.0.clear();
            assert!(!jar.signed_in(&pair).await, "whoever deletes all of them is signed out");
            assert_eq!(jar.chat(&pair).await, 401);
        }
    }
}

#[tokio::test]
async fn a_broken_session_is_mended_by_deleting_it_and_signing_in() {
    for http in BOTH {
        for fault in ["session-corrupt-cookie", "session-cut-cookie"] {
            let pair = Pair::new(http, fault).await;
            let mut jar = Jar::default();
            jar.ask(&pair, "GET", "/").await;
            assert_eq!(jar.chat(&pair).await, 401, "{fault}");
            assert_eq!(jar.ask(&pair, "GET", SESSION).await.body, "{}");
            jar.sign_in(&pair).await;
            assert_eq!(jar.chat(&pair).await, 401, "{fault}: signing in alone does not help");
            jar.0.clear();
            jar.ask(&pair, "GET", "/").await;
            assert_eq!(jar.chat(&pair).await, 401, "{fault}: nor does deleting alone");
            jar.sign_in(&pair).await;
            assert_eq!(jar.chat(&pair).await, 200, "{fault}");
            assert!(jar.signed_in(&pair).await);
        }
    }
}

#[tokio::test]
async fn an_expired_session_is_mended_by_signing_in() {
    for http in BOTH {
        let pair = Pair::new(http, "session-expired-cookie").await;
        let mut jar = Jar::default();
        jar.ask(&pair, "GET", "/").await;
        let got = jar.ask(&pair, "POST", CHAT).await;
        assert_eq!((got.status, got.json()["detail"]["code"].as_str()), (401, Some("token_expired")));
        assert!(!jar.signed_in(&pair).await);
        jar.sign_in(&pair).await;
        assert_eq!(jar.chat(&pair).await, 200);
        assert!(jar.signed_in(&pair).await);
    }
}

#[tokio::test]
async fn the_check_is_passed_once_the_page_is_loaded_again() {
    for http in BOTH {
        let pair = Pair::new(http, "challenge-once").await;
        let mut jar = Jar::default();
        assert_eq!(jar.ask(&pair, "GET", "/").await.status, 200);
        let refused = jar.ask(&pair, "POST", CHAT).await;
        assert_eq!((refused.status, refused.header("cf-mitigated")), (403, "challenge"));
        let check = jar.ask(&pair, "GET", "/").await;
        assert_eq!((check.status, check.header("cf-mitigated")), (403, "challenge"));
        assert!(check.body.contains("/cdn-cgi/challenge-platform/lab"));
        assert_eq!(jar.chat(&pair).await, 403, "the page alone is not enough");
        jar.ask(&pair, "POST", "/cdn-cgi/challenge-platform/lab").await;
        assert!(jar.ask(&pair, "GET", "/").await.body.contains("id=\"thread\""));
        assert_eq!(jar.chat(&pair).await, 200);
        assert!(jar.signed_in(&pair).await);
    }
}

#[tokio::test]
async fn the_page_from_before_the_deploy_is_given_until_it_is_kept() {
    for http in BOTH {
        let pair = Pair::new(http, "stale-deploy").await;
        let mut jar = Jar::default();
        let old = jar.ask(&pair, "GET", "/").await;
        assert!(old.body.contains("serviceWorker.register('/sw.js')"));
        let keeper = jar.ask(&pair, "GET", "/sw.js").await;
        assert_eq!((keeper.status, keeper.header("cache-control")), (200, "no-cache"));
        assert!(keeper.body.contains("/?kept"));
        assert_eq!(jar.ask(&pair, "GET", "/?kept").await.body, old.body);
        let script = pair.get("cdn.oaistatic.com", "/assets/root-1f03a6d2.js").await;
        assert!(old.body.contains("/assets/root-1f03a6d2.js") && script.body.contains("conversation-1f03a6d2.js"));
        assert_eq!(jar.ask(&pair, "GET", "/cdn/assets/conversation-1f03a6d2.js").await.status, 404);
        let new = jar.ask(&pair, "GET", "/").await;
        assert!(!new.body.contains("serviceWorker") && new.body.contains("/assets/root.js"));
        assert_eq!(jar.chat(&pair).await, 200);
    }
}

#[tokio::test]
async fn one_conversation_fills_the_storage_and_comes_once() {
    for http in BOTH {
        let pair = Pair::new(http, "storage-full-until").await;
        let mut jar = Jar::default();
        jar.ask(&pair, "GET", "/").await;
        let first = jar.ask(&pair, "GET", "/backend-api/conversations?offset=0").await;
        assert_eq!(first.json()["items"].as_array().unwrap().len(), 1);
        assert!((5_150_000..5_160_000).contains(&first.body.len()), "{}", first.body.len());
        assert!(jar.ask(&pair, "GET", "/backend-api/conversations?offset=0").await.body.len() < 10_000);
        assert!(jar.signed_in(&pair).await);
    }
}
