//! Cutting text short without breaking it. Never interprets it.

/// The first `longest` bytes, ended at a character.
pub fn clip(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}
