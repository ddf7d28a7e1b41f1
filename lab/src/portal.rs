//! The network's own login page, which stands before everything until somebody signs in.
//!
//! Owns the page and the way to it. Never carries a mark of the edge: it is not there. Over TLS it has no certificate but
//! its own (`certs`), so a browser that looks goes no further.

use crate::ask::Ask;
use crate::reply::{Answer, HTML, TEXT};

pub(crate) const HOST: &str = "login.hotel-wifi.example";

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Hotel Wi-Fi</title>\
    <h1>Welcome</h1><form><input name=room placeholder=Room><button>Connect</button></form>";

/// Whatever was asked: the page, or the way to it.
pub(crate) fn answer(ask: &Ask) -> Answer {
    let answer = if ask.host == HOST {
        Answer::new(200, HTML, PAGE)
    } else {
        let scheme = if ask.plain { "http" } else { "https" };
        Answer::new(302, TEXT, "").with("location", &format!("https://{HOST}/?to={scheme}://{}/", ask.host))
    };
    answer.with("cache-control", "no-store").with("server", "nginx")
}
