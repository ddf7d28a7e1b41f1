//! One macro: an enum whose names are part of the contract.

/// Declares an enum with a fixed name for each variant: `ALL` in order, `name()`, `from_name()`, and plain data by
/// that name.
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

            /// The name that stands in views, stored data and the command line's output.
            pub fn name(self) -> &'static str {
                match self { $type::$first => $name1, $($type::$variant => $name,)+ }
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

            fn read(plain: &$crate::core::plain::Plain, bad: &mut bool) -> $type {
                let known = match plain {
                    $crate::core::plain::Plain::Text(name) => $type::from_name(name),
                    _ => None,
                };
                *bad |= known.is_none();
                known.unwrap_or($type::$first)
            }
        }
    };
}
pub(crate) use named;
