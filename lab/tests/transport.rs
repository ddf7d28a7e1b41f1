//! Changes to every response: a wrong clock and a captive portal.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::{BOTH, Pair};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

#[tokio::test]
async fn the_date_header_is_two_days_ahead() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for (host, path) in [("chatgpt.com", "/"), ("chatgpt.com", "/cdn-cgi/trace"), ("status.openai.com", "/")] {
            let date = |got: client::Received| {
                OffsetDateTime::parse(&got.header("date").replace("GMT", "+0000"), &Rfc2822).unwrap()
            };
            pair.lab.set_fault("well").unwrap();
            let now = date(pair.get(host, path).await);
            pair.lab.set_fault("clock").unwrap();
            let got = pair.get(host, path).await;
            assert!(got.header("date").ends_with(" GMT"));
            assert_eq!(got.headers.get_all("date").iter().count(), 1);
            let ahead = date(got) - now;
            assert!((ahead.whole_minutes() - 2 * 24 * 60).abs() <= 1, "{ahead}");
        }
    }
}

#[tokio::test]
async fn the_captive_portal_answers_for_every_host() {
    for http in BOTH {
        let pair = Pair::new(http, "captive-portal").await;
        for host in ["chatgpt.com", "cdn.oaistatic.com", "status.openai.com", "example.org"] {
            let got = pair.get(host, "/").await;
            assert_eq!(got.status, 302);
            assert_eq!(got.header("location"), format!("https://login.hotel-wifi.example/?to=https://{host}/"));
        }
        let login = pair.get("login.hotel-wifi.example", "/").await;
        assert_eq!((login.status, login.header("content-type")), (200, "text/html; charset=utf-8"));
        assert_eq!((login.header("cf-ray"), login.header("x-oai-request-id")), ("", ""));
        let plain = "GET / HTTP/1.1\r\nhost: neverssl.com\r\nconnection: close\r\n\r\n";
        let port = pair.lab.https_port();
        assert!(
            client::plain(port, plain).await.contains("location: https://login.hotel-wifi.example/?to=http://neverssl")
        );
        pair.lab.set_fault("well").unwrap();
        assert!(client::plain(port, plain).await.starts_with("HTTP/1.1 301"));
    }
}
