//! The error catalog: the published names of errors of each layer between a program and the provider, and where a failure is
//! that bears such a name.
//!
//! The lists are data, `catalog/*.tsv`, each with its source. Where a name alone does
//! not say on whose side it is, the list names several layers, and nothing follows from it.
//!
//! Not in the extension's modules, as the lists are larger than them: its page of codes and its box for a pasted error read them
//! from a file beside it.
//!
//! | file | holds |
//! |---|---|
//! | `layer` | the layers, and the fact that each stands for |
//! | `form` | the forms of names, and where in a text each is one |
//! | `lists` | the lists, read |
//! | `lookup` | a name looked up by a person |

mod form;
mod layer;
mod lists;
mod lookup;

pub use form::NameForm;
pub use layer::Layer;
#[cfg(not(target_arch = "wasm32"))]
pub use lists::FILES;
#[cfg(target_arch = "wasm32")]
pub use lists::load;
pub use lists::{Catalog, CatalogEntry, known};
pub use lookup::{Explanation, Found, lookup};

use super::{
    fact::Fact,
    text::{clip, holds},
};

/// How much of a text is searched, in bytes.
const LONGEST: usize = 16_384;
/// What a text says of another reason than a person's Stop: a limit of time, or a failure before. In lower case.
const OTHERWISE: &[&str] = &[
    "timeout",
    "time-out",
    "timed out",
    "time out",
    "deadline",
    "budget",
    "quota",
    "exhausted",
    "limit",
    "fail",
    "no answer",
    "no output",
    "upstream",
    " 500",
    " 502",
    " 503",
    " 504",
];

/// The fact that the most telling name in a text stands for. Where a server in between was called, a name that may be its
/// failure is.
pub fn decode(catalog: &Catalog, text: &str, of_gateway: bool) -> Option<Fact> {
    let found: Vec<&CatalogEntry> = catalog.find(clip(text, LONGEST)).collect();
    // What the server says of itself comes before what a program makes of it, and a longer name before a shorter one.
    let telling = found.iter().filter_map(|one| Some((one.fact()?, one)));
    let rank = |fact: Fact| match fact {
        Fact::ClientEnded => 0,
        Fact::ClientFailed => 1,
        _ => 2,
    };
    let best = telling.max_by_key(|(fact, one)| (rank(*fact), one.form != NameForm::Class, one.name.len()));
    let lower = clip(text, LONGEST).to_ascii_lowercase();
    let is_plain = |fact: Fact| fact != Fact::ClientEnded || !OTHERWISE.iter().any(|word| holds(&lower, word));
    let best = best.filter(|(fact, _)| is_plain(*fact));
    let may_be_gateway = || found.iter().any(|one| one.layers.contains(&Layer::Gateway));
    best.map(|(fact, _)| fact).or_else(|| (of_gateway && may_be_gateway()).then_some(Fact::GatewayFailed))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_where_it_is_one() {
        let fact = |text: &str| decode(known().unwrap(), text, false);
        assert_eq!(
            fact("curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to llm.example:443"),
            Some(Fact::NetTls)
        );
        assert_eq!(fact("{\"error\":{\"code\":\"organization_must_be_verified\"}}"), Some(Fact::PermissionMissing));
        assert_eq!(fact("the requests went well, and so did the tokens"), None);
        assert_eq!(fact("all is well"), None);
        assert_eq!(fact("AbortError: This operation was aborted"), Some(Fact::ClientEnded));
        assert_eq!(fact("AbortError: This operation was aborted after the timeout of 30 s"), None);
    }

    #[test]
    fn where_a_gateway_was_called_a_name_that_may_be_its_failure_is() {
        let text = "SyntaxError: Unexpected token < in JSON at position 0";
        assert_eq!(decode(known().unwrap(), text, false), None);
        assert_eq!(decode(known().unwrap(), text, true), Some(Fact::GatewayFailed));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,400}") {
            decode(known().unwrap(), &text, true);
        }
    }
}
