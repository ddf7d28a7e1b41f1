//! One macro: an enum whose names are part of the contract.

use super::plain::Plain;

/// Where a name stands among these. Outside the macro: once for all enums, not once for each.
pub(crate) fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

/// The place of the name that stands here; sets `bad` where it is none of these.
pub(crate) fn read(names: &[&str], plain: &Plain, bad: &mut bool) -> usize {
    let known = if let Plain::Text(name) = plain { position(names, name) } else { None };
    *bad |= known.is_none();
    known.unwrap_or_default()
}

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

            const NAMES: &'static [&'static str] = &[$name1, $($name,)+];

            /// The name that stands in views, stored data and the command line's output.
            pub fn name(self) -> &'static str {
                Self::NAMES.get(self as usize).copied().unwrap_or_default()
            }

            /// The variant of that name, if there is one.
            pub fn from_name(name: &str) -> Option<$type> {
                $crate::core::named::position(Self::NAMES, name).and_then(|place| Self::ALL.get(place)).copied()
            }
        }

        impl $crate::core::plain::Data for $type {
            fn to_plain(&self) -> $crate::core::plain::Plain {
                $crate::core::plain::Plain::Text(self.name().to_owned())
            }

            fn read(plain: &$crate::core::plain::Plain, bad: &mut bool) -> $type {
                let place = $crate::core::named::read(Self::NAMES, plain, bad);
                Self::ALL.get(place).copied().unwrap_or($type::$first)
            }
        }
    };
}
pub(crate) use named;
