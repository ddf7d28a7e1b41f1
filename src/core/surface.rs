//! Where the failed request came from: the page of ChatGPT, or a program that calls the developer API or a gateway in front of it.
//!
//! Advice follows it: a program cannot load a page again, and has no cookies and no sign-in to ChatGPT.

use super::{endpoint::EndpointKind, fact::Fact, named::named, observe::Failure};

named! {
    /// Where a request came from.
    pub enum Surface {
        /// ChatGPT's page, in a browser.
        Web = "web",
        /// A program that calls the developer API at its provider, OpenAI or Azure.
        Api = "api",
        /// A program that calls the developer API by a gateway.
        Gateway = "gateway",
    }
}

/// The endpoints of ChatGPT that programs use (openai/codex, codex-rs/backend-client).
const OF_PROGRAMS: &[&str] = &["/backend-api/codex", "/backend-api/wham"];

impl Surface {
    /// Where this failed request came from; a failure that only a page showed came from there.
    pub fn of(failure: &Failure) -> Surface {
        match failure.endpoint {
            // What names no server is a program's: the page's own errors are known.
            Some(EndpointKind::Api | EndpointKind::Azure | EndpointKind::Untold) => Surface::Api,
            Some(EndpointKind::Gateway) => Surface::Gateway,
            _ if failure.path.as_deref().is_some_and(is_of_programs) => Surface::Api,
            _ if failure.has(Fact::ClientFailed) || failure.has(Fact::ClientEnded) => Surface::Api,
            _ => Surface::Web,
        }
    }
}

/// Whether this path of ChatGPT's host is used by programs, not by its page.
pub fn is_of_programs(path: &str) -> bool {
    OF_PROGRAMS.iter().any(|begin| path.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surface_follows_from_endpoint_and_path() {
        let of = |endpoint, path: &str| {
            Surface::of(&Failure { endpoint: Some(endpoint), path: Some(path.to_owned()), ..Failure::default() })
        };
        assert_eq!(of(EndpointKind::Chat, "/backend-api/f/conversation"), Surface::Web);
        assert_eq!(of(EndpointKind::Other, "/backend-api/codex/responses"), Surface::Api);
        assert_eq!(of(EndpointKind::Azure, "/openai/deployments/<id>/chat/completions"), Surface::Api);
        assert_eq!(of(EndpointKind::Gateway, "/v1/responses"), Surface::Gateway);
        assert_eq!(Surface::of(&Failure::default()), Surface::Web);
    }
}
