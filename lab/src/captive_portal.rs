//! A captive portal: a network's login page that answers in place of every host.
//!
//! Its responses have no headers of the edge. Over TLS it presents only its own certificate (`certs`), so that a browser
//! that verifies certificates refuses it.

use crate::hostnames::CAPTIVE_PORTAL;
use crate::request::Request;
use crate::response::{HTML, Response, TEXT};

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Hotel Wi-Fi</title>\
    <h1>Welcome</h1><form><input name=room placeholder=Room><button>Connect</button></form>";

/// The login page, or for other hosts a redirect to it.
pub(crate) fn answer(request: &Request) -> Response {
    let answer = if request.host == CAPTIVE_PORTAL {
        Response::new(200, HTML, PAGE)
    } else {
        let scheme = if request.plaintext { "http" } else { "https" };
        Response::new(302, TEXT, "")
            .with("location", &format!("https://{CAPTIVE_PORTAL}/?to={scheme}://{}/", request.host))
    };
    answer.with("cache-control", "no-store").with("server", "nginx")
}
