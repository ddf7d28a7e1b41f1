//! Inputs that nobody sends on purpose: a corpus, changed at random, the same way for the same seed.

pub mod tree;

/// Longest text that is made; every parser cuts what is longer than it cares for.
const LONGEST: usize = 100_000;
const USUAL: usize = 4_000;

/// What parsers trip over.
pub const NASTY: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "💥",
    "İ",
    "ß",
    "\u{301}",
    "\r\n",
    "\n\n",
    "\\u0000",
    "\"",
    "'",
    "<",
    ">",
    "{",
    "}",
    "[",
    "]",
    ":",
    "://",
    "/",
    "//",
    "?",
    "#",
    "@",
    "%",
    "%00",
    ",",
    ";",
    "=",
    "-",
    "+",
    ".",
    "..",
    "Z",
    "GMT",
    "T",
    "0",
    "-0",
    "1e400",
    "NaN",
    "null",
    "true",
    "net::ERR_",
    "NS_ERROR_",
    "https://",
    "status: ",
    "error code: ",
    "cf-ray: ",
    "request id ",
    "retry-after: ",
    "\"resets_in_seconds\":",
    "req_",
];

/// Numbers at the edges.
pub const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    99,
    200,
    399,
    400,
    429,
    499,
    500,
    599,
    600,
    65_535,
    65_536,
    1 << 31,
    (1 << 32) - 1,
    1 << 32,
    1 << 53,
    1_800_000_000_000,
    1_800_000_001_000,
    -62_135_596_800_000,
    253_402_300_800_000,
    i64::MAX,
    i64::MIN,
    i64::MAX / 1_000,
];

/// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled"): fast and repeatable.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        number as usize % end.max(1)
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn number(&mut self) -> i64 {
        let near = self.below(5) as i64 - 2;
        NUMBERS[self.below(NUMBERS.len())].wrapping_add(near)
    }
}

/// One of the texts, changed in a few places, or now and then as it is.
pub fn text<S: AsRef<str>>(rng: &mut Rng, corpus: &[S]) -> String {
    let mut text = rng.pick(corpus).as_ref().to_owned();
    for _ in 0..rng.below(7) {
        let (from, to) = part(rng, &text);
        let part = text[from..to].to_owned();
        match rng.below(10) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, &part.repeat(1 << rng.below(7))),
            2 => text.replace_range(from..to, NASTY[rng.below(NASTY.len())]),
            3 => text.insert_str(from, NASTY[rng.below(NASTY.len())]),
            4 => {
                let other = rng.pick(corpus).as_ref();
                let (begin, end) = self::part(rng, other);
                text.replace_range(from..to, &other[begin..end]);
            }
            5 => text.truncate(from),
            6 => text.replace_range(from..to, &rng.number().to_string()),
            7 => {
                text.replace_range(from..to, &if rng.below(2) == 0 { part.to_uppercase() } else { part.to_lowercase() })
            }
            8 => text.push_str(rng.pick(corpus).as_ref()),
            _ => text.insert(from, char::from_u32(rng.below(0x11_0000) as u32).unwrap_or('\u{fffd}')),
        }
        let longest = if rng.below(500) == 0 { LONGEST } else { USUAL };
        if text.len() > longest {
            text.truncate(text.floor_char_boundary(longest));
        }
    }
    if rng.below(2_000) == 0 && !text.is_empty() {
        text = text.repeat(LONGEST / text.len());
    }
    text
}

/// A place in the text: mostly a word, else a few letters.
fn part(rng: &mut Rng, text: &str) -> (usize, usize) {
    let from = text.floor_char_boundary(rng.below(text.len() + 1));
    let rest = &text[from..];
    let word = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    let length = if rng.below(3) > 0 { word } else { rest.floor_char_boundary(rng.below(16)) };
    (from, from + length)
}
