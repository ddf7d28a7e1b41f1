//! The address of the server that the program calls.

use mend::core::endpoint::{EndpointKind, classify};
use ureq::http::Uri;

use super::{check::Check, environment::Variables};

const NAME: &str = "address";
/// Where OpenAI's packages go by default.
const OPENAI: &str = "https://api.openai.com/v1";
/// What belongs to a request and not to the base of all.
const OF_REQUESTS: &[&str] = &["/chat/completions", "/completions", "/responses", "/embeddings", "/models"];

/// A usable address.
#[derive(Debug)]
pub struct BaseUrl {
    /// The address without a slash at its end.
    pub url: String,
    /// The name of the host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Whether it is https.
    pub secure: bool,
}

impl BaseUrl {
    /// The address that the program calls; none if it cannot be used, and what is said of it.
    pub fn of(given: Option<&str>, variables: &Variables) -> (Option<BaseUrl>, Vec<Check>) {
        let named = variables.first(&["OPENAI_BASE_URL", "OPENAI_API_BASE"]);
        let azure = variables.get("AZURE_OPENAI_ENDPOINT").filter(|_| variables.of_azure());
        let (from, url) = match (given, azure, named) {
            (Some(url), ..) => ("--base-url", url),
            (None, Some(url), _) => ("AZURE_OPENAI_ENDPOINT", url),
            (None, None, Some((name, url))) => (name, url),
            (None, None, None) => ("the default", OPENAI),
        };
        match parse(url) {
            Ok(base) => {
                let check = base.check(from);
                (Some(base), vec![check])
            }
            Err((words, advice)) => (None, vec![Check::bad(NAME, format!("{from} {words}"), advice)]),
        }
    }

    /// Whose it is.
    pub fn kind(&self) -> EndpointKind {
        classify(&format!("{}/responses", self.url)).kind
    }

    /// Whether the host is this machine.
    pub fn is_local(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }

    fn check(&self, from: &str) -> Check {
        let path = self.url.splitn(4, '/').nth(3).unwrap_or_default();
        let of_request = OF_REQUESTS.iter().find(|end| self.url.ends_with(**end));
        if let Some(end) = of_request {
            return Check::bad(
                NAME,
                format!("{from} ends with {end}."),
                "Remove it: the package adds the path of each request.",
            );
        }
        if path.matches("v1").count() > 1 {
            return Check::bad(NAME, format!("{from} has /v1 twice."), "Keep one.");
        }
        match self.kind() {
            EndpointKind::Api if path != "v1" => Check::bad(
                NAME,
                format!("{from} is {} without /v1 at its end.", self.url),
                format!("Set it to {OPENAI}, or unset it."),
            ),
            _ if !self.secure && !self.is_local() => {
                Check::bad(NAME, format!("{from} is http, so the key would travel unencrypted."), "Use https.")
            }
            EndpointKind::Api => Check::good(NAME, format!("{} ({from}), OpenAI's.", self.url)),
            EndpointKind::Azure => Check::good(NAME, format!("{} ({from}), Azure OpenAI.", self.url)),
            _ if path.is_empty() => Check::doubtful(
                NAME,
                format!("{} ({from}) is a gateway's, without /v1 at its end.", self.url),
                "Most gateways want /v1 at the end.",
            ),
            _ => Check::good(NAME, format!("{} ({from}), a gateway in front of the API.", self.url)),
        }
    }
}

fn parse(url: &str) -> Result<BaseUrl, (&'static str, &'static str)> {
    if url.contains(['"', '\'', '`']) || url.trim() != url {
        return Err(("contains quotes or blanks.", "Set the address alone."));
    }
    const NONE: (&str, &str) = ("is no address of the web.", "It must begin with https:// and name a host.");
    let uri: Uri = url.parse().map_err(|_| NONE)?;
    let (scheme, host) = (uri.scheme_str().ok_or(NONE)?, uri.host().ok_or(NONE)?);
    if !matches!(scheme, "http" | "https") {
        return Err(NONE);
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(("contains a user's name or password.", "Remove it: packages ignore it, and logs repeat it."));
    }
    let secure = scheme == "https";
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    Ok(BaseUrl { url: url.trim_end_matches('/').to_owned(), host: host.to_owned(), port, secure })
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::commands::api::check::Outcome;

    #[test]
    fn an_address_is_judged_as_a_package_would_use_it() {
        let rows = [
            ("https://api.openai.com/v1", Outcome::Good),
            ("https://api.openai.com/v1/", Outcome::Good),
            ("https://api.openai.com", Outcome::Bad),
            ("https://api.openai.com/v1/v1", Outcome::Bad),
            ("https://api.openai.com/v1/chat/completions", Outcome::Bad),
            ("http://llm.example.com/v1", Outcome::Bad),
            ("http://localhost:4000/v1", Outcome::Good),
            ("https://llm.example.com", Outcome::Doubtful),
            ("https://team.openai.azure.com", Outcome::Good),
            ("api.openai.com/v1", Outcome::Bad),
            ("\"https://api.openai.com/v1\"", Outcome::Bad),
            ("https://me:secret@llm.example.com/v1", Outcome::Bad),
            ("ftp://llm.example.com", Outcome::Bad),
        ];
        for (url, wanted) in rows {
            let (_, checks) = BaseUrl::of(Some(url), &Variables::default());
            assert_eq!(checks[0].outcome, wanted, "{url}: {checks:?}");
            assert!(!checks[0].words.contains("secret"));
        }
    }
}
