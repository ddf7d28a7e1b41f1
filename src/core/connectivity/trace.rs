//! The edge's report on a connection: `/cdn-cgi/trace`, lines of `key=value` (Cloudflare, "/cdn-cgi/ endpoint").
//!
//! Reads the country, the data centre and the tunnel. Never the IP address.

/// Longest code that is accepted: a country has two letters (ISO 3166-1), a data centre three (IATA).
const CODE: usize = 3;

/// The fields of a trace that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The country of the IP address as two letters; `T1` is Tor.
    pub country: String,
    /// The data centre that answered, by its IATA code.
    pub pop: String,
    /// Whether the connection goes through Cloudflare WARP or Gateway.
    pub tunnel: bool,
}

impl Trace {
    /// Reads a trace; none if the text is not one.
    pub fn read(text: &str) -> Option<Trace> {
        let value = |name: &str| {
            let mut pairs = text.lines().filter_map(|line| line.trim().split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let code = |name: &str| {
            let is_code =
                |code: &&str| (2..=CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
            value(name).filter(is_code).map(str::to_ascii_uppercase)
        };
        let on = |name: &str| value(name).is_some_and(|state| !matches!(state, "off" | ""));
        Some(Trace { country: code("loc")?, pop: code("colo")?, tunnel: on("warp") || on("gateway") })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_address_stays_out() {
        let text = "fl=1f1\nh=chatgpt.com\nip=203.0.113.7\ncolo=FRA\nloc=DE\nwarp=off\ngateway=off\n";
        let trace = Trace::read(text).unwrap();
        assert_eq!((trace.country.as_str(), trace.pop.as_str(), trace.tunnel), ("DE", "FRA", false));
        assert!(!format!("{trace:?}").contains("203."));
        assert!(Trace::read("colo=FRA\nloc=DE\nwarp=plus").unwrap().tunnel);
        assert_eq!(Trace::read("<html>loc=DE"), None);
        assert_eq!(Trace::read("loc=203.0.113.7\ncolo=FRA"), None, "only codes are taken");
    }

    proptest! {
        #[test]
        fn never_panics_and_takes_codes_only(text in "(ip|loc|colo|warp|x|\n|=|[0-9.]{0,12}|[A-Z]{2,3}|.){0,60}") {
            if let Some(trace) = Trace::read(&text) {
                prop_assert!(trace.country.len() <= 3 && trace.pop.len() <= 3);
            }
        }
    }
}
