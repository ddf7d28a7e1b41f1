//! Access to third-party JSON (RFC 8259) without a type: a status page, a HAR, pasted text. A missing value, or one of
//! another type, reads as empty, so that a caller need not check each step.
//!
//! Our own data has types and goes through serde; [`to_value`] and [`from_value`] convert to and from `Value`.

mod read;

use serde::{Serialize, de::DeserializeOwned};
pub use serde_json::{Map, Value};

static NULL: Value = Value::Null;

/// Converts one of our types to JSON. Their keys are strings and their numbers finite, so this cannot fail; otherwise
/// `null`.
pub fn to_value<T: Serialize + ?Sized>(ours: &T) -> Value {
    serde_json::to_value(ours).unwrap_or_default()
}

/// Converts JSON to one of our types; none if it does not match.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(read::Reader(value)).ok()
}

/// JSON text with line breaks, for a file that people may read.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// `{ name: value }`
pub fn tagged(name: &str, value: impl Into<Value>) -> Value {
    Value::Null.with(name, value)
}

/// Untyped reading and building of JSON.
pub trait Json {
    /// The value of that name; `null` if there is none.
    fn field(&self, name: &str) -> &Value;
    /// The element at that index; `null` if there is none.
    fn element(&self, index: usize) -> &Value;
    /// The elements of an array; empty for another type.
    fn items(&self) -> &[Value];
    /// The string; empty for another type.
    fn text(&self) -> &str;
    /// The number without its fraction; none for another type.
    fn number(&self) -> Option<i64>;
    /// The object with this entry added or replaced; another type is replaced by an object.
    fn with(self, name: &str, value: impl Into<Value>) -> Value;
}

impl Json for Value {
    fn field(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }

    fn element(&self, index: usize) -> &Value {
        self.get(index).unwrap_or(&NULL)
    }

    fn items(&self) -> &[Value] {
        self.as_array().map(Vec::as_slice).unwrap_or_default()
    }

    fn text(&self) -> &str {
        self.as_str().unwrap_or_default()
    }

    fn number(&self) -> Option<i64> {
        self.as_i64().or_else(|| self.as_f64().map(|number| number as i64))
    }

    fn with(self, name: &str, value: impl Into<Value>) -> Value {
        let mut entries = if let Value::Object(entries) = self { entries } else { Map::new() };
        entries.insert(name.to_owned(), value.into());
        Value::Object(entries)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_missing_or_of_another_kind_reads_as_nothing() {
        let value = json!({ "a": [1, 2.9], "b": "text" });
        assert_eq!(value.field("a").element(1).number(), Some(2));
        assert_eq!((value.field("b").text(), value.field("a").text()), ("text", ""));
        assert!(value.field("c").items().is_empty() && value.element(0).is_null());
        assert_eq!(value.field("b").number(), None);
    }

    #[test]
    fn entries_keep_their_order_and_a_name_stands_once() {
        let value = tagged("z", 1).with("a", Value::Null).with("z", true);
        assert_eq!(value.to_string(), r#"{"z":true,"a":null}"#);
    }
}
