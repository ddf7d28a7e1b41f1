//! What Mend has stored: the model, as its pages could read it.

use serde_json::Value;

/// A copy of the stored model.
#[derive(Clone, Debug)]
pub struct StoredModel(pub Value);

impl StoredModel {
    /// How many failures the open and mended cases of all tabs count.
    pub fn failures(&self) -> u64 {
        let tabs = self.0.get("tabs").and_then(Value::as_array);
        let count = |tab: &Value| tab.pointer("/case/count").and_then(Value::as_u64).unwrap_or(0);
        tabs.map_or(0, |tabs| tabs.iter().map(count).sum())
    }

    /// How many failures there were, whatever became of their tabs.
    pub fn recent_failures(&self) -> usize {
        self.0.get("recent").and_then(Value::as_array).map_or(0, Vec::len)
    }
}
