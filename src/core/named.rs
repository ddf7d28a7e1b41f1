//! The macro `named!`: an enum whose variants have names that are part of the contract.

use serde::{Deserialize, Deserializer, de::Error};

/// The index of a name in a list. Outside the macro, so that it is compiled once and not for each enum.
pub(crate) fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

/// Deserializes one of the `known` names.
///
/// # Errors
/// The value is not one of them.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    known: &'static [&'static str],
    deserializer: D,
) -> Result<usize, D::Error> {
    let name = String::deserialize(deserializer)?;
    position(known, &name).ok_or_else(|| Error::unknown_variant(&name, known))
}

/// Declares an enum with a fixed name for each variant: `ALL` in order, `name()`, `from_name()`, and serde by name.
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $(#[$doc1:meta])* $first:ident = $name1:literal,
        $($(#[$doc:meta])* $variant:ident = $name:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $type { $(#[$doc1])* $first, $($(#[$doc])* $variant,)+ }

        impl $type {
            /// Every variant, in the order of the contract.
            pub const ALL: &'static [$type] = &[$type::$first, $($type::$variant,)+];

            const NAMES: &'static [&'static str] = &[$name1, $($name,)+];

            /// The name in views, stored data and the command line's output.
            pub fn name(self) -> &'static str {
                Self::NAMES.get(self as usize).copied().unwrap_or_default()
            }

            /// The variant of that name, if there is one.
            pub fn from_name(name: &str) -> Option<$type> {
                $crate::core::named::position(Self::NAMES, name).and_then(|place| Self::ALL.get(place)).copied()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let place = $crate::core::named::read(Self::NAMES, deserializer)?;
                Ok(Self::ALL.get(place).copied().unwrap_or($type::$first))
            }
        }
    };
}
pub(crate) use named;
