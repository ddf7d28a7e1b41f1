//! The proxy that the program's requests take.

use ureq::{Proxy, http::Uri};

use super::{base_url::BaseUrl, check::Check, environment::Variables};

const NAME: &str = "proxy";
/// In the order in which curl, requests, httpx and Go prefer them for https.
const SECURE: &[&str] = &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const PLAIN: &[&str] = &["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"];
/// The schemes that clients know (curl, "--proxy"; httpx, "Proxies").
const SCHEMES: &[&str] = &["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// The proxy for this address; none where there is none, and what is said of it.
pub fn of(variables: &Variables, base: &BaseUrl) -> (Option<Proxy>, Vec<Check>) {
    let names = if base.secure { SECURE } else { PLAIN };
    let Some((name, value)) = variables.first(names) else {
        let other = variables.first(&["HTTP_PROXY", "http_proxy"]).filter(|_| base.secure);
        let only = other.map(|(name, _)| {
            Check::doubtful(
                NAME,
                format!("{name} is set and HTTPS_PROXY is not, so https requests take no proxy."),
                "Set HTTPS_PROXY too, if they must take it.",
            )
        });
        return (None, only.into_iter().collect());
    };
    let bad = |words: &str, advice: &str| (None, vec![Check::bad(NAME, format!("{name} {words}"), advice)]);
    let (scheme, _) = value.split_once("://").unwrap_or(("http", value));
    if !SCHEMES.contains(&scheme) {
        return bad(
            "has a scheme that clients do not know.",
            "Write http://host:port, or socks5h://host:port for a SOCKS proxy.",
        );
    }
    let no_proxy = variables.first(&["NO_PROXY", "no_proxy"]).map(|(_, list)| list);
    let Ok(proxy) = with_exceptions(value, no_proxy) else {
        return bad("is no address of a proxy.", "Write http://host:port.");
    };
    let target = base.url.parse::<Uri>();
    if target.is_ok_and(|uri| proxy.is_no_proxy(&uri)) {
        return (None, vec![Check::good(NAME, format!("{name} is set; NO_PROXY lets {} go without.", base.host))]);
    }
    let words = format!("{}:{} ({name}).", proxy.host(), proxy.port());
    (Some(proxy), vec![Check::good(NAME, words)])
}

fn with_exceptions(value: &str, no_proxy: Option<&str>) -> Result<Proxy, ureq::Error> {
    let plain = Proxy::new(value)?;
    let Some(list) = no_proxy else { return Ok(plain) };
    let mut builder = Proxy::builder(plain.protocol()).host(plain.host()).port(plain.port());
    if let Some(user) = plain.username() {
        builder = builder.username(user);
    }
    if let Some(password) = plain.password() {
        builder = builder.password(password);
    }
    for entry in list.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
        builder = builder.no_proxy(entry);
    }
    builder.build()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::commands::api::check::Outcome;

    #[test]
    fn the_proxy_is_the_one_that_clients_take() {
        let (base, _) = BaseUrl::of(None, &Variables::default());
        let base = base.unwrap();
        let found = |set: &[(&'static str, &str)]| of(&Variables::of(set), &base);
        assert!(found(&[]).0.is_none());
        assert_eq!(found(&[("HTTP_PROXY", "http://p:3128")]).1[0].outcome, Outcome::Doubtful);
        assert!(found(&[("HTTPS_PROXY", "http://u:secret@p:3128")]).0.is_some());
        assert!(!found(&[("HTTPS_PROXY", "http://u:secret@p:3128")]).1[0].words.contains("secret"));
        assert_eq!(found(&[("HTTPS_PROXY", "socks://p:1080")]).1[0].outcome, Outcome::Bad);
        let (proxy, checks) = found(&[("HTTPS_PROXY", "http://p:3128"), ("NO_PROXY", "localhost, .openai.com")]);
        assert!(proxy.is_none(), "{checks:?}");
    }
}
