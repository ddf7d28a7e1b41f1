//! Of JSON only what is looked at, as plain data: the rest is skipped where it stands, and takes no memory.

use std::fmt;

use mend::core::plain::{Plain, Shape};
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// Reads what is of this shape. What is of another is nothing, as it is in a browser.
#[derive(Clone, Copy)]
pub struct Projected(pub &'static Shape);

impl<'de> DeserializeSeed<'de> for Projected {
    type Value = Plain;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Plain, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Projected {
    type Value = Plain;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Plain, E> {
        Ok(Plain::Nothing)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Plain, E> {
        Ok(Plain::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Plain, E> {
        Ok(Plain::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Plain, E> {
        Ok(Plain::Number(number as i64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Plain, E> {
        Ok(Plain::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
        let Shape::Map(known) = self.0 else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Plain::Nothing);
        };
        let mut entries: Vec<(String, Plain)> = Vec::with_capacity(known.len());
        while let Some(name) = map.next_key_seed(Name(known))? {
            let Some((name, shape)) = name else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Projected(shape))?;
            // Of a name that stands twice the last counts, as in a browser.
            match entries.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => *old = value,
                None => entries.push(((*name).to_owned(), value)),
            }
        }
        Ok(Plain::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Plain, A::Error> {
        let Shape::List(each) = self.0 else {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Plain::Nothing);
        };
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Projected(each))? {
            items.push(item);
        }
        Ok(Plain::List(items))
    }
}

/// One of these names, and what stands under it.
struct Name(&'static [(&'static str, Shape)]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static (&'static str, Shape)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static (&'static str, Shape)>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|(known, _)| *known == name))
    }
}

#[cfg(test)]
mod tests {
    use mend::core::plain::Plain;
    use serde::de::DeserializeSeed;

    use super::*;

    const SHAPE: Shape = Shape::Map(&[("a", Shape::One), ("b", Shape::List(&Shape::Map(&[("c", Shape::One)])))]);

    fn read(text: &str) -> Option<Plain> {
        Projected(&SHAPE).deserialize(&mut serde_json::Deserializer::from_str(text)).ok()
    }

    #[test]
    fn only_what_is_looked_at_is_read() {
        let text = r#"{"x":{"a":[1,{}]},"b":[{"c":"t","d":[[]]},{"c":2.9}],"a":-1,"a":true}"#;
        let c = |value| Plain::tagged("c", value);
        let b = Plain::List(vec![c(Plain::Text("t".into())), c(Plain::Number(2))]);
        assert_eq!(read(text), Some(Plain::tagged("b", b).with("a", Plain::Bool(true))));
    }

    #[test]
    fn what_is_of_another_shape_is_nothing() {
        assert_eq!(read(r#"[{"a":1}]"#), Some(Plain::Nothing));
        assert_eq!(
            read(r#"{"a":[1],"b":{"c":1}}"#),
            Some(Plain::tagged("a", Plain::Nothing).with("b", Plain::Nothing))
        );
        assert_eq!(read(r#""text""#), Some(Plain::Text("text".into())));
        assert_eq!(read(r#"{"x":[1,}"#), None);
    }
}
