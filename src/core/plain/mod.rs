//! Plain data: the one shape in which anything crosses between the core and storage or messages.
//!
//! Owns the tree ([`Plain`]), what can become one ([`Data`]), and the macro that spells it out for a struct. Never knows a
//! browser: the shell turns a tree into JavaScript values, the command line into JSON. `text` writes one as JSON by hand.
//!
//! It stands in for serde in the extension: derived visitors for these few types, with serde-wasm-bindgen under them,
//! took 110 KB of wasm; this takes a tenth of it.

#[cfg(not(target_arch = "wasm32"))]
mod json;
mod text;

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

/// What of a tree is looked at, so that a reader can leave the rest where it stands.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One value.
    One,
    /// A list of such.
    List(&'static Shape),
    /// These entries.
    Map(&'static [(&'static str, Shape)]),
}

impl Plain {
    /// `{…}` with this entry, in place of one of that name if there is one.
    pub fn with(self, name: &str, value: Plain) -> Plain {
        let mut entries = if let Plain::Map(entries) = self { entries } else { Vec::new() };
        match entries.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => entries.push((name.to_owned(), value)),
        }
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

    /// The entry of that name as one of ours.
    pub fn field<T: Data>(&self, name: &str, bad: &mut bool) -> T {
        T::read(self.get(name), bad)
    }

    /// The same, with the default where it is missing.
    pub fn field_or_default<T: Data + Default>(&self, name: &str, bad: &mut bool) -> T {
        match self.get(name) {
            Plain::Nothing => T::default(),
            value => T::read(value, bad),
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

    /// The elements of a list; none where it is something else.
    pub fn items(&self) -> &[Plain] {
        if let Plain::List(items) = self { items } else { &[] }
    }

    /// The text; empty where it is something else.
    pub fn text(&self) -> &str {
        if let Plain::Text(text) = self { text } else { "" }
    }

    /// The whole number; none where it is something else.
    pub fn number(&self) -> Option<i64> {
        if let Plain::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether this is `{…}`.
    pub fn is_map(&self) -> bool {
        matches!(self, Plain::Map(_))
    }
}

/// What can become plain data and come back.
pub trait Data: Sized {
    /// As plain data.
    fn to_plain(&self) -> Plain;

    /// Back again. Where it is something else, `bad` is set and what comes back means nothing: reading never stops half way,
    /// because throwing half-read structs away would take more wasm than all the rest.
    fn read(plain: &Plain, bad: &mut bool) -> Self;

    /// Back again; none where it is something else.
    fn from_plain(plain: &Plain) -> Option<Self> {
        let mut bad = false;
        let read = Self::read(plain, &mut bad);
        (!bad).then_some(read)
    }
}

/// As it is.
impl Data for Plain {
    fn to_plain(&self) -> Plain {
        self.clone()
    }

    fn read(plain: &Plain, _: &mut bool) -> Plain {
        plain.clone()
    }
}

impl Data for bool {
    fn to_plain(&self) -> Plain {
        Plain::Bool(*self)
    }

    fn read(plain: &Plain, bad: &mut bool) -> bool {
        if let Plain::Bool(value) = plain {
            *value
        } else {
            *bad = true;
            false
        }
    }
}

impl Data for String {
    fn to_plain(&self) -> Plain {
        Plain::Text(self.clone())
    }

    fn read(plain: &Plain, bad: &mut bool) -> String {
        if let Plain::Text(text) = plain {
            text.clone()
        } else {
            *bad = true;
            String::new()
        }
    }
}

macro_rules! numbers {
    ($($type:ty)+) => { $(
        impl Data for $type {
            fn to_plain(&self) -> Plain {
                Plain::Number(i64::from(*self))
            }

            fn read(plain: &Plain, bad: &mut bool) -> $type {
                let number = if let Plain::Number(number) = plain { <$type>::try_from(*number).ok() } else { None };
                *bad |= number.is_none();
                number.unwrap_or_default()
            }
        }
    )+ };
}
numbers! { u8 u16 u32 i32 i64 }

impl<T: Data> Data for Option<T> {
    fn to_plain(&self) -> Plain {
        self.as_ref().map_or(Plain::Nothing, T::to_plain)
    }

    fn read(plain: &Plain, bad: &mut bool) -> Option<T> {
        if let Plain::Nothing = plain { None } else { Some(T::read(plain, bad)) }
    }
}

impl<T: Data> Data for Vec<T> {
    fn to_plain(&self) -> Plain {
        // By hand, and once for each type: `collect` takes three times the wasm.
        let mut list = Vec::new();
        for item in self {
            list.push(item.to_plain());
        }
        Plain::List(list)
    }

    fn read(plain: &Plain, bad: &mut bool) -> Vec<T> {
        let mut read = Vec::new();
        match plain {
            Plain::List(items) => items.iter().for_each(|item| read.push(T::read(item, bad))),
            _ => *bad = true,
        }
        read
    }
}

impl<A: Data, B: Data> Data for (A, B) {
    fn to_plain(&self) -> Plain {
        Plain::List(vec![self.0.to_plain(), self.1.to_plain()])
    }

    fn read(plain: &Plain, bad: &mut bool) -> (A, B) {
        (A::read(plain.at(0), bad), B::read(plain.at(1), bad))
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

            fn read(plain: &$crate::core::plain::Plain, bad: &mut bool) -> $type {
                *bad |= !plain.is_map();
                $type { $($field: plain.$get($crate::core::plain::plain!(@name $field $($name)?), bad)),+ }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}
pub(crate) use plain;

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
