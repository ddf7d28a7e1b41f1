//! The names of an option's values, from the core's own lists: for parsing, for help and for completion.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Takes one of these by its name.
pub fn names<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(all.iter().map(|one| name(*one)));
    names.try_map(move |text| {
        all.iter().copied().find(|one| name(*one) == text).ok_or_else(|| format!("there is no {text:?}"))
    })
}
