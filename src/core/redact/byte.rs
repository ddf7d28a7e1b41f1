//! What each byte can be part of, looked up instead of worked out: most of a text is nothing that anybody looks for.

/// A word; a detector that starts at a word looks only where one begins.
pub(super) const WORD: u8 = 1;
/// A word in the encoding of a URL.
pub(super) const PERCENT: u8 = 1 << 1;
/// A word with JSON's escapes.
pub(super) const ESCAPE: u8 = 1 << 2;
/// A word of base64, in either alphabet.
pub(super) const BASE64: u8 = 1 << 3;
/// What an encoded word may go on with.
pub(super) const JOINT: u8 = 1 << 4;
/// Something may begin here.
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

/// Whether it can be part of this.
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|known| known & class != 0)
}

/// Where the run of bytes of this class ends that begins here.
pub(super) fn run_of(bytes: &[u8], at: usize, class: u8) -> usize {
    super::run(bytes, at, |byte| is(byte, class))
}

/// Where the run of bytes ends that are not of it.
pub(super) fn run_to(bytes: &[u8], at: usize, class: u8) -> usize {
    super::run(bytes, at, |byte| !is(byte, class))
}
