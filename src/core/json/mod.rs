//! JSON (RFC 8259) that is not ours, read without a type of its own: a status page, a HAR, what a person pastes. What is missing,
//! or of another kind, reads as nothing, so that a reader need not ask at each step.
//!
//! What is ours has a type, and serde reads and writes it; [`to_value`] and [`from_value`] lead to and from this form.

mod read;

use serde::{Serialize, de::DeserializeOwned};
pub use serde_json::{Map, Value};

static NULL: Value = Value::Null;

/// One of ours as JSON. Ours have names as keys and finite numbers, so this cannot fail; `null` if it ever did.
pub fn to_value<T: Serialize + ?Sized>(ours: &T) -> Value {
    serde_json::to_value(ours).unwrap_or_default()
}

/// JSON as one of ours; none where it is something else.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(read::Reader(value)).ok()
}

/// As text with line breaks, for a file that people may read.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// `{ name: value }`
pub fn tagged(name: &str, value: impl Into<Value>) -> Value {
    Value::Null.with(name, value)
}

/// Reading and building JSON without a type.
pub trait Json {
    /// The entry of that name; `null` where there is none.
    fn field(&self, name: &str) -> &Value;
    /// The element at that place of a list; `null` where there is none.
    fn element(&self, index: usize) -> &Value;
    /// The elements of a list; none where it is something else.
    fn items(&self) -> &[Value];
    /// The text; empty where it is something else.
    fn text(&self) -> &str;
    /// The number, its fraction cut off; none where it is something else.
    fn number(&self) -> Option<i64>;
    /// `{…}` with this entry, in place of one of that name if there is one; what is no `{…}` is replaced by one.
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
