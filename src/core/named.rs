//! One macro: an enum whose names are part of the contract.

/// Declares an enum with a fixed name for each variant: `ALL` in order, `name()`, `from_name()`, and plain data by
/// that name.
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

        impl $crate::core::plain::Data for $type {
            fn to_plain(&self) -> $crate::core::plain::Plain {
                $crate::core::plain::Plain::Text(self.name().to_owned())
            }

            fn from_plain(plain: &$crate::core::plain::Plain) -> Option<$type> {
                match plain {
                    $crate::core::plain::Plain::Text(name) => $type::from_name(name),
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use named;
