//! Plain data: the one shape in which anything crosses between the core and storage or messages.
//!
//! Owns the tree ([`Plain`]), what can become one ([`Data`]), and the macro that spells it out for a struct. Never knows a
//! browser: the shell turns a tree into JavaScript values, the command line into JSON.
//!
//! It stands in for serde in the extension: derived visitors for these few types, with serde-wasm-bindgen under them,
//! took 110 KB of wasm; this takes a tenth of it.

#[cfg(not(target_arch = "wasm32"))]
mod json;

/// Deeper trees are cut here: nothing of ours is half as deep.
pub const DEEPEST: u32 = 24;

/// A value without a type of ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Plain {
    /// `null`, or nothing at all.
    #[default]
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number; a fraction is cut off.
    Number(i64),
    /// Text.
    Text(String),
    /// `[…]`
    List(Vec<Plain>),
    /// `{…}`, in order.
    Map(Vec<(String, Plain)>),
}

static NOTHING: Plain = Plain::Nothing;

impl Plain {
    /// `{…}` with one more entry.
    pub fn with(self, name: &str, value: Plain) -> Plain {
        let mut entries = if let Plain::Map(entries) = self { entries } else { Vec::new() };
        entries.push((name.to_owned(), value));
        Plain::Map(entries)
    }

    /// `{ name: value }`, the form of an enum's variant that carries something.
    pub fn tagged(name: &str, value: Plain) -> Plain {
        Plain::Nothing.with(name, value)
    }

    /// The entry of that name; [`Plain::Nothing`] where there is none.
    pub fn get(&self, name: &str) -> &Plain {
        match self {
            Plain::Map(entries) => entries.iter().find(|(known, _)| known == name).map_or(&NOTHING, |(_, value)| value),
            _ => &NOTHING,
        }
    }

    /// The element at that place of a list; [`Plain::Nothing`] where there is none.
    pub fn at(&self, index: usize) -> &Plain {
        match self {
            Plain::List(items) => items.get(index).unwrap_or(&NOTHING),
            _ => &NOTHING,
        }
    }

    /// The entry of that name as one of ours; none where it is missing or of another type.
    pub fn field<T: Data>(&self, name: &str) -> Option<T> {
        T::from_plain(self.get(name))
    }

    /// The same, with the default where it is missing.
    pub fn field_or_default<T: Data + Default>(&self, name: &str) -> Option<T> {
        match self.get(name) {
            Plain::Nothing => Some(T::default()),
            value => T::from_plain(value),
        }
    }

    /// A variant's name and what it carries: `"hello"`, or `{ "banner": … }` with that one entry.
    pub fn variant(&self) -> Option<(&str, &Plain)> {
        match self {
            Plain::Text(name) => Some((name, &NOTHING)),
            Plain::Map(entries) => match entries.as_slice() {
                [(name, value)] => Some((name, value)),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_map(&self) -> bool {
        matches!(self, Plain::Map(_))
    }
}

/// What can become plain data and come back.
pub trait Data: Sized {
    /// As plain data.
    fn to_plain(&self) -> Plain;

    /// Back again; none where it is something else.
    fn from_plain(plain: &Plain) -> Option<Self>;
}

impl Data for bool {
    fn to_plain(&self) -> Plain {
        Plain::Bool(*self)
    }

    fn from_plain(plain: &Plain) -> Option<bool> {
        if let Plain::Bool(value) = plain { Some(*value) } else { None }
    }
}

impl Data for String {
    fn to_plain(&self) -> Plain {
        Plain::Text(self.clone())
    }

    fn from_plain(plain: &Plain) -> Option<String> {
        if let Plain::Text(text) = plain { Some(text.clone()) } else { None }
    }
}

macro_rules! numbers {
    ($($type:ty)+) => { $(
        impl Data for $type {
            fn to_plain(&self) -> Plain {
                Plain::Number(i64::from(*self))
            }

            fn from_plain(plain: &Plain) -> Option<$type> {
                if let Plain::Number(number) = plain { <$type>::try_from(*number).ok() } else { None }
            }
        }
    )+ };
}
numbers! { u8 u16 u32 i32 i64 }

impl<T: Data> Data for Option<T> {
    fn to_plain(&self) -> Plain {
        self.as_ref().map_or(Plain::Nothing, T::to_plain)
    }

    fn from_plain(plain: &Plain) -> Option<Option<T>> {
        if *plain == Plain::Nothing { Some(None) } else { T::from_plain(plain).map(Some) }
    }
}

impl<T: Data> Data for Vec<T> {
    fn to_plain(&self) -> Plain {
        Plain::List(self.iter().map(T::to_plain).collect())
    }

    fn from_plain(plain: &Plain) -> Option<Vec<T>> {
        let Plain::List(items) = plain else { return None };
        // A loop: collecting into an Option would be spelled out anew for each type.
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            read.push(T::from_plain(item)?);
        }
        Some(read)
    }
}

impl<A: Data, B: Data> Data for (A, B) {
    fn to_plain(&self) -> Plain {
        Plain::List(vec![self.0.to_plain(), self.1.to_plain()])
    }

    fn from_plain(plain: &Plain) -> Option<(A, B)> {
        Some((A::from_plain(plain.at(0))?, B::from_plain(plain.at(1))?))
    }
}

/// Spells out [`Data`] for a struct, by its fields' names. `field_or_default` in place of `field` lets fields be missing;
/// `as` gives a field another name.
macro_rules! plain {
    ($type:ident by $get:ident { $($field:ident $(as $name:literal)?),+ $(,)? }) => {
        impl $crate::core::plain::Data for $type {
            fn to_plain(&self) -> $crate::core::plain::Plain {
                $crate::core::plain::Plain::Nothing
                    $(.with($crate::core::plain::plain!(@name $field $($name)?), self.$field.to_plain()))+
            }

            fn from_plain(plain: &$crate::core::plain::Plain) -> Option<$type> {
                $crate::core::plain::map(plain)?;
                Some($type { $($field: plain.$get($crate::core::plain::plain!(@name $field $($name)?))?),+ })
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}
pub(crate) use plain;

/// Only a map can be a struct.
pub(crate) fn map(plain: &Plain) -> Option<()> {
    plain.is_map().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Thing {
        size: u16,
        name: Option<String>,
    }
    plain!(Thing by field { size, name as "full-name" });

    #[test]
    fn a_struct_goes_there_and_back() {
        let thing = Thing { size: 3, name: Some("x".into()) };
        let plain = thing.to_plain();
        assert_eq!(plain.get("full-name"), &Plain::Text("x".into()));
        assert_eq!(Thing::from_plain(&plain), Some(thing));
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_refused() {
        assert_eq!(Thing::from_plain(&Plain::Nothing), None);
        assert_eq!(Thing::from_plain(&Plain::Nothing.with("full-name", Plain::Nothing)), None);
        assert_eq!(Thing::from_plain(&Plain::tagged("size", Plain::Number(70_000))), None);
        assert_eq!(Thing::from_plain(&Plain::tagged("size", Plain::Number(7))), Some(Thing { size: 7, name: None }));
    }

    #[test]
    fn a_variant_is_a_name_or_a_name_with_something() {
        assert_eq!(Plain::Text("hello".into()).variant(), Some(("hello", &Plain::Nothing)));
        assert_eq!(Plain::tagged("count", Plain::Number(1)).variant(), Some(("count", &Plain::Number(1))));
        assert_eq!(Plain::tagged("a", Plain::Nothing).with("b", Plain::Nothing).variant(), None);
    }
}
