//! Instructions for checking the device itself: three topics on five systems.

use crate::core::{named::named, text::holds};

named! {
    /// An operating system with instructions.
    pub enum System {
        /// Windows.
        Windows = "windows",
        /// macOS.
        Mac = "mac",
        /// ChromeOS.
        ChromeOs = "chrome-os",
        /// Android.
        Android = "android",
        /// Linux.
        Linux = "linux",
    }
}

named! {
    /// What to check.
    pub enum Topic {
        /// A proxy or VPN.
        Proxy = "proxy",
        /// Cached DNS entries.
        Dns = "dns",
        /// The device's clock.
        Clock = "clock",
    }
}

/// Part of a platform's name or of a User-Agent → system; the first match wins, as Android's contains
/// "Linux" too. Source: W3C, User-Agent Client Hints, and MDN on `Navigator.userAgent`.
const NAMES: &[(&str, System)] = &[
    ("Android", System::Android),
    ("CrOS", System::ChromeOs),
    ("Chrome OS", System::ChromeOs),
    ("Windows", System::Windows),
    ("Mac", System::Mac),
    ("Linux", System::Linux),
];

impl System {
    /// The system that the browser names, if there are instructions for it.
    pub fn of(agent: &str) -> Option<System> {
        NAMES.iter().find(|(part, _)| holds(agent, part)).map(|(_, system)| *system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_names_its_system() {
        let of = System::of;
        assert_eq!(of("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36"), Some(System::ChromeOs));
        assert_eq!(of("Mozilla/5.0 (Android 14; Mobile; rv:142.0) Gecko"), Some(System::Android));
        assert_eq!(of("Mozilla/5.0 (Linux; Android 10; K)"), Some(System::Android));
        assert_eq!(of("Mozilla/5.0 (X11; Linux x86_64; rv:142.0)"), Some(System::Linux));
        assert_eq!(of("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15)"), Some(System::Mac));
        assert_eq!(of("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"), Some(System::Windows));
        assert_eq!(of("FreeBSD"), None);
    }
}
