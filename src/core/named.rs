//! One macro: an enum whose names are part of the contract.

/// Declares an enum with a fixed name for each variant: `ALL` in order, `name()`, `from_name()`, and serde by that name.
/// (serde's own derive would spell out every variant twice more: 20 KB of wasm.)
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis enum $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $type { $($(#[$doc])* $variant,)+ }

        impl $type {
            /// Every variant, in the order of the contract.
            pub const ALL: &'static [$type] = &[$($type::$variant,)+];

            /// The name that stands in views, stored data and the command line's output.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }

            /// The variant of that name, if there is one.
            pub fn from_name(name: &str) -> Option<$type> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let name = <String as serde::Deserialize>::deserialize(deserializer)?;
                $type::from_name(&name).ok_or_else(|| serde::de::Error::custom("a name that nobody knows"))
            }
        }
    };
}
pub(crate) use named;
