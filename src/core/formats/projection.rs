//! Reads only the selected parts of JSON as plain data; the rest is skipped without being stored.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::core::json::{Map, Value};

/// A selection of a JSON value.
#[derive(Clone, Copy, Debug)]
pub enum Projection {
    /// A scalar value.
    One,
    /// A list of such.
    List(&'static Projection),
    /// An object with these entries.
    Map(&'static [(&'static str, Projection)]),
}

/// Reads the selected parts. A value of another type becomes `null`.
#[derive(Clone, Copy)]
pub struct Projected(pub &'static Projection);

impl<'de> DeserializeSeed<'de> for Projected {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Projected {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number as i64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Projection::Map(known) = self.0 else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Value::Null);
        };
        let mut entries = Map::with_capacity(known.len());
        while let Some(name) = map.next_key_seed(Name(known))? {
            let Some((name, shape)) = name else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Projected(shape))?;
            // Of a repeated name the last value counts, as in a browser.
            entries.insert((*name).to_owned(), value);
        }
        Ok(Value::Object(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Projection::List(each) = self.0 else {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Value::Null);
        };
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Projected(each))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }
}

/// One of these names, with its value.
struct Name(&'static [(&'static str, Projection)]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static (&'static str, Projection)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static (&'static str, Projection)>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|(known, _)| *known == name))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use serde::de::DeserializeSeed;

    use super::*;
    use crate::core::json::{Json, tagged};

    const SHAPE: Projection = Projection::Map(&[
        ("a", Projection::One),
        ("b", Projection::List(&Projection::Map(&[("c", Projection::One)]))),
    ]);

    fn read(text: &str) -> Option<Value> {
        Projected(&SHAPE).deserialize(&mut serde_json::Deserializer::from_str(text)).ok()
    }

    #[test]
    fn only_what_is_looked_at_is_read() {
        let text = r#"{"x":{"a":[1,{}]},"b":[{"c":"t","d":[[]]},{"c":2.9}],"a":-1,"a":true}"#;
        let c = |value| tagged("c", value);
        let b = Value::Array(vec![c(Value::String("t".into())), c(Value::from(2))]);
        assert_eq!(read(text), Some(tagged("b", b).with("a", Value::Bool(true))));
    }

    #[test]
    fn what_is_of_another_shape_is_nothing() {
        assert_eq!(read(r#"[{"a":1}]"#), Some(Value::Null));
        assert_eq!(read(r#"{"a":[1],"b":{"c":1}}"#), Some(tagged("a", Value::Null).with("b", Value::Null)));
        assert_eq!(read(r#""text""#), Some(Value::String("text".into())));
        assert_eq!(read(r#"{"x":[1,}"#), None);
    }
}
