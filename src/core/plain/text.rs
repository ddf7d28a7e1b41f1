//! Plain data → JSON (RFC 8259), where a value for each part of it would cost the browser more than the text: it writes
//! what `JSON.stringify` writes of such values.

use std::fmt::Write;

use super::Plain;

impl Plain {
    /// Writes it behind what stands there.
    pub fn write(&self, text: &mut String) {
        match self {
            Plain::Nothing => text.push_str("null"),
            Plain::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Plain::Number(number) => {
                // Writing to a text cannot fail.
                let _ = write!(text, "{number}");
            }
            Plain::Text(value) => quoted(value, text),
            Plain::List(items) => {
                let mut before = '[';
                for item in items {
                    text.push(before);
                    item.write(text);
                    before = ',';
                }
                text.push_str(if before == '[' { "[]" } else { "]" });
            }
            Plain::Map(entries) => {
                let mut before = '{';
                for (name, value) in entries {
                    text.push(before);
                    quoted(name, text);
                    text.push(':');
                    value.write(text);
                    before = ',';
                }
                text.push_str(if before == '{' { "{}" } else { "}" });
            }
        }
    }
}

fn quoted(value: &str, text: &mut String) {
    text.push('"');
    let mut rest = value;
    loop {
        let end = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')).unwrap_or(rest.len());
        let (plain, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        text.push_str(plain);
        let mut after = after.chars();
        let Some(special) = after.next() else { break };
        match special {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            _ => {
                let _ = write!(text, "\\u{:04x}", u32::from(special));
            }
        }
        rest = after.as_str();
    }
    text.push('"');
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn written(plain: &Plain) -> String {
        let mut text = String::new();
        plain.write(&mut text);
        text
    }

    #[test]
    fn names_stay_in_order_and_what_is_empty_is_written() {
        let list = Plain::List(vec![Plain::Nothing, Plain::Bool(true), Plain::Bool(false), Plain::List(Vec::new())]);
        let plain = Plain::tagged("z", list).with("a", Plain::Map(Vec::new())).with("", Plain::Number(-1));
        assert_eq!(written(&plain), r#"{"z":[null,true,false,[]],"a":{},"":-1}"#);
    }

    #[test]
    fn every_sign_is_written_as_serde_json_writes_it() {
        // It is held to what `JSON.stringify` writes, too: <https://tc39.es/ecma262/#sec-quotejsonstring>.
        for sign in ('\0'..'\u{2100}').chain(['\u{fffd}', '\u{1f33b}']) {
            let text = format!("a{sign}{sign}b{sign}");
            assert_eq!(written(&Plain::Text(text.clone())), Value::String(text).to_string());
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(texts in proptest::collection::vec(("\\PC*", any::<i64>()), 0..8)) {
            let pair = |(text, number): &(String, i64)| Plain::tagged(text, Plain::Number(*number)).with("x", Plain::Text(text.clone()));
            let plain = Plain::List(texts.iter().map(pair).collect());
            let read: Value = serde_json::from_str(&written(&plain)).unwrap();
            prop_assert_eq!(read, Value::from(&plain));
        }
    }
}
