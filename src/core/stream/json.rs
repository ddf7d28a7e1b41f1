//! Helpers for a record's JSON: fields, patches, and empty values.

use serde_json::Value;

/// The value of that name; `null` if there is none.
pub(super) fn at<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// The record as a patch, followed by the patches in it.
pub(super) fn patches(record: &Value) -> impl Iterator<Item = &Value> {
    at(record, "v").as_array().into_iter().flatten().chain([record])
}

/// Whether the value is neither `null` nor an empty string.
pub(super) fn is_given(value: &Value) -> bool {
    value.is_object() || value.as_str().is_some_and(|text| !text.is_empty())
}
