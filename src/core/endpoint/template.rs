//! Takes ids, and words of the person, out of a path.

use crate::core::text::{clip, holds};

/// Longest path that is kept.
const LONGEST: usize = 120;

/// A path of which nothing is said: a file's own address names the file.
pub const HIDDEN: &str = "/<id>";

/// Puts `<id>` for every segment that looks like an id: it holds digits and is long, or holds what no word of ours does.
/// After `/g/` stands the title of a project or of somebody's GPT.
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
    // Last: an id that is cut does not look like one.
    clip(&template, LONGEST).to_owned()
}

fn is_id(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.%~".contains(&byte));
    let named = holds(part, "%3A") || holds(part, "%3a");
    part.len() > 64 || !plain || named || (part.len() >= 16 && digits >= 3)
}
