//! A QR code (ISO/IEC 18004) as an SVG path.

use qrcodegen::{QrCode, QrCodeEcc};

/// Width of the quiet zone, in modules: four, as the standard requires.
const QUIET: i32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Width and height in modules, with the quiet zone.
    pub size: i32,
    /// The dark modules, as an SVG path.
    pub path: String,
}

/// The code of this text; none if it is too long for any version.
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some(Qr { size: code.size() + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finder_patterns_stand_in_three_corners() {
        let code = qr("https://chatgpt.com/").unwrap();
        assert_eq!(code.size, 25 + 2 * QUIET);
        assert!(code.path.starts_with("M4 4h7v1h-7z"));
        assert!(code.path.contains("M22 4h7v1h-7z") && code.path.contains("M4 22h7v1h-7z"));
    }

    #[test]
    fn what_is_too_long_has_none() {
        assert_eq!(qr(&"x".repeat(4_000)), None);
    }
}
