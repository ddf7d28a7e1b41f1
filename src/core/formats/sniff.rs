//! Recognises the format of a file.

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cases, one per line (docs/case-format.md).
    Cases,
    /// A HAR 1.2.
    Har,
    /// The event stream of a ChatGPT answer.
    Stream,
    /// Anything else.
    Text,
}

/// The format by the file's name, otherwise by its first bytes.
pub fn sniff(name: &str, head: &[u8]) -> Format {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("jsonl" | "ndjson") => Format::Cases,
        Some("har") => Format::Har,
        _ if head.starts_with('{') && head.contains("\"observations\"") => Format::Cases,
        _ if head.starts_with('{') && head.contains("\"log\"") => Format::Har,
        _ if begins_stream(head) => Format::Stream,
        _ => Format::Text,
    }
}

/// Whether a text begins like the event stream of a ChatGPT answer: other services' streams are similar, but have
/// other fields. Source: pionxzh/chatgpt-exporter, `src/api.ts`; raw streams in caiwuu/web2api.
fn begins_stream(head: &str) -> bool {
    let own = ["delta_encoding", "\"conversation_id\"", "\"message_stream_complete\"", "\"author\":"];
    let head = head.trim_start();
    (head.starts_with("data:") || head.starts_with("event:")) && own.iter().any(|mark| head.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_comes_first_and_then_the_head() {
        let har = "\u{feff}\n{ \"log\": {".as_bytes();
        assert_eq!(sniff("failed.HAR", b""), Format::Har);
        assert_eq!(sniff("failed.json", har), Format::Har);
        assert_eq!(sniff("-", har), Format::Har);
        assert_eq!(sniff("cases.jsonl", har), Format::Cases);
        assert_eq!(sniff("x.json", b"{\"id\":\"a\",\"observations\":["), Format::Cases);
        assert_eq!(sniff("server.log", b"log: {"), Format::Text);
    }
}
