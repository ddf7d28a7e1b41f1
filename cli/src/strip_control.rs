//! Text of others for a terminal.

/// Somebody else's text without control characters: nothing in it moves a terminal's cursor or changes its colours.
pub fn strip_control(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// The same for a text of many lines.
pub fn strip_control_lines(text: &str) -> String {
    text.lines().map(|line| strip_control(line) + "\n").collect()
}
