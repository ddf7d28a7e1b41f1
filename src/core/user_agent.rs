//! Browser with version, and system, from the User-Agent string (MDN, "User-Agent"; RFC 9110 §10.1.5).

use super::text::{after, holds};

/// Part of the User-Agent → name; derived browsers also name the one that they are based on, so the more specific ones
/// come first.
const BROWSERS: &[(&str, &str)] =
    &[("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("Chrome/", "Chrome")];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
    ("X11", "Unix"),
];

/// `Firefox 153.0 on Linux`. Of Chromium's version a `.0.0` at the end is left out: it is always zero ("User-Agent
/// reduction", developer.chrome.com), and would look like an IP address.
pub fn browser(agent: &str) -> String {
    let version = |mark: &'static str| {
        let rest = after(agent, mark).next()?;
        rest.split([' ', ';', ')']).next().map(|version| version.trim_end_matches(".0.0"))
    };
    let browser = BROWSERS.iter().find_map(|(mark, name)| Some(format!("{name} {}", version(mark)?)));
    let system = SYSTEMS.iter().find(|(mark, _)| holds(agent, mark)).map(|(_, name)| *name);
    format!("{} on {}", browser.as_deref().unwrap_or("another browser"), system.unwrap_or("another system"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_telling_name_wins() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome 156.0 on Windows");
        assert_eq!(browser(&format!("{chrome} Edg/156.0.1.2")), "Edge 156.0.1.2 on Windows");
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
        assert_eq!(browser(firefox), "Firefox 153.0 on Linux");
        assert_eq!(browser(""), "another browser on another system");
    }
}
