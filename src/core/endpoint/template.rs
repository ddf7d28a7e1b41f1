//! Removes ids and words of the person from a path.

use crate::core::text::{clip, holds};

/// Longest path that is kept, in bytes.
const LONGEST: usize = 120;

/// A path that says nothing, for files: the path would contain the file's name.
pub const HIDDEN: &str = "/<id>";

/// Replaces every segment that looks like an id by `<id>`: long with digits, or with characters that known words lack.
/// A segment after `/g/` is the title of a project or a GPT.
pub fn template(path: &str) -> String {
    let mut template = String::new();
    let mut before = "";
    for (index, part) in path.split('/').enumerate() {
        if index > 0 {
            template.push('/');
        }
        let hidden = !part.is_empty() && (is_id(part) || before == "g");
        template.push_str(if hidden { "<id>" } else { part });
        before = part;
    }
    // Last, as a truncated id does not look like one.
    clip(&template, LONGEST).to_owned()
}

fn is_id(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.%~".contains(&byte));
    let named = holds(part, "%3A") || holds(part, "%3a");
    part.len() > 64 || !plain || named || (part.len() >= 16 && digits >= 3)
}
