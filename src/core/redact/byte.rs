//! Character classes of bytes, as a lookup table: most bytes of a text belong to nothing that is searched for.

/// Part of a word; a detector for words starts only at the beginning of one.
pub(super) const WORD: u8 = 1;
/// Part of a percent-encoded word.
pub(super) const PERCENT: u8 = 1 << 1;
/// Part of a word with JSON escapes.
pub(super) const ESCAPE: u8 = 1 << 2;
/// Part of a base64 word, in either alphabet.
pub(super) const BASE64: u8 = 1 << 3;
/// A byte with which an encoded word may continue.
pub(super) const JOINT: u8 = 1 << 4;
/// A byte at which a detector may start.
pub(super) const BEGINS: u8 = 1 << 5;

const CLASSES: [u8; 256] = classes();

#[expect(clippy::indexing_slicing, reason = "only the compiler runs it, and refuses what is out of bounds")]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let one = byte as u8;
        if one.is_ascii_alphanumeric() {
            table[byte] = WORD | PERCENT | ESCAPE | BASE64 | BEGINS;
        }
        if super::begins(one) != 0 {
            table[byte] |= BEGINS;
        }
        byte += 1;
    }
    let signs: [(&[u8], u8); 6] = [
        (b"_", WORD),
        (b"%._-+~!*'", PERCENT),
        (b"\\._-+", ESCAPE),
        (b"+/-_", BASE64),
        (b"%\\+/-_.~!*'", JOINT),
        (b"%\\_", BEGINS),
    ];
    let mut class = 0;
    while class < signs.len() {
        let mut at = 0;
        while at < signs[class].0.len() {
            table[signs[class].0[at] as usize] |= signs[class].1;
            at += 1;
        }
        class += 1;
    }
    table
}

/// Whether the byte is in this class.
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|known| known & class != 0)
}

/// The end of the run of bytes of this class that begins here.
pub(super) fn run_of(bytes: &[u8], at: usize, class: u8) -> usize {
    super::run(bytes, at, |byte| is(byte, class))
}

/// The end of the run of bytes that are not of this class.
pub(super) fn run_to(bytes: &[u8], at: usize, class: u8) -> usize {
    super::run(bytes, at, |byte| !is(byte, class))
}
