//! Plain data ⇄ JSON, for the command line and for tests. The extension's JSON is the browser's work.

use serde_json::{Map, Value};

use super::{DEEPEST, Plain};

impl From<&Value> for Plain {
    fn from(value: &Value) -> Plain {
        read(value, DEEPEST)
    }
}

fn read(value: &Value, depth: u32) -> Plain {
    let Some(deeper) = depth.checked_sub(1) else { return Plain::Nothing };
    match value {
        Value::Null => Plain::Nothing,
        Value::Bool(value) => Plain::Bool(*value),
        // As a browser does it: what is no whole number is cut to one.
        Value::Number(number) => {
            Plain::Number(number.as_i64().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i64))
        }
        Value::String(text) => Plain::Text(text.clone()),
        Value::Array(items) => Plain::List(items.iter().map(|item| read(item, deeper)).collect()),
        Value::Object(map) => Plain::Map(map.iter().map(|(name, value)| (name.clone(), read(value, deeper))).collect()),
    }
}

impl From<&Plain> for Value {
    fn from(plain: &Plain) -> Value {
        match plain {
            Plain::Nothing => Value::Null,
            Plain::Bool(value) => Value::Bool(*value),
            Plain::Number(number) => Value::from(*number),
            Plain::Text(text) => Value::String(text.clone()),
            Plain::List(items) => items.iter().map(Value::from).collect(),
            Plain::Map(entries) => Value::Object(
                entries.iter().map(|(name, value)| (name.clone(), Value::from(value))).collect::<Map<_, _>>(),
            ),
        }
    }
}
