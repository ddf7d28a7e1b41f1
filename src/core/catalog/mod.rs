//! The error catalog: the published names of errors of each layer between a program and the provider, and where a failure is
//! that bears such a name.
//!
//! The lists are data, `catalog/*.tsv`, each with its source. Where a name alone does
//! not say on whose side it is, the list names several layers, and nothing follows from it.
//!
//! Not in the extension, which sees requests of ChatGPT's page only: the lists are larger than its modules.
//!
//! | file | holds |
//! |---|---|
//! | `layer` | the layers, and the fact that each stands for |
//! | `form` | the forms of names, and where in a text each is one |
//! | `lists` | the lists, read |

mod form;
mod layer;
mod lists;

pub use form::NameForm;
pub use layer::Layer;
pub use lists::{Catalog, CatalogEntry, FILES, known};

use super::{fact::Fact, text::clip};

/// How much of a text is searched, in bytes.
const LONGEST: usize = 16_384;

/// The fact that the most telling name in a text stands for.
pub fn decode(catalog: &Catalog, text: &str) -> Option<Fact> {
    let found = catalog.find(clip(text, LONGEST));
    // What the server says of itself comes before what a program makes of it, and a longer name before a shorter one.
    let best = found
        .filter_map(|one| Some((one.fact()?, one)))
        .max_by_key(|(fact, one)| (*fact != Fact::ClientFailed, one.form != NameForm::Class, one.name.len()));
    best.map(|(fact, _)| fact)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_where_it_is_one() {
        let fact = |text: &str| decode(known(), text);
        assert_eq!(
            fact("curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to llm.example:443"),
            Some(Fact::NetTls)
        );
        assert_eq!(fact("{\"error\":{\"code\":\"organization_must_be_verified\"}}"), Some(Fact::PermissionMissing));
        assert_eq!(fact("the requests went well, and so did the tokens"), None);
        assert_eq!(fact("all is well"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,400}") {
            decode(known(), &text);
        }
    }
}
