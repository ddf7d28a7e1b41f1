//! Reading a record's JSON: fields, patches, and whether something is told at all.

use serde_json::Value;

/// What stands under a name; nothing where there is no such name.
pub(super) fn at<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// The record as a patch, and those in it.
pub(super) fn patches(record: &Value) -> impl Iterator<Item = &Value> {
    at(record, "v").as_array().into_iter().flatten().chain([record])
}

/// `null` and an empty text are none.
pub(super) fn is_given(value: &Value) -> bool {
    value.is_object() || value.as_str().is_some_and(|text| !text.is_empty())
}
