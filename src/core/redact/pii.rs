//! Detectors of personal data: email and IP addresses, telephone, card and account numbers, home folders.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Detector, Found, HEX, SecretKind, escaped, goes, is_word, run, slice};

/// Longest local part and domain (RFC 5321 §4.5.3.1).
const LOCAL: usize = 64;
const DOMAIN: usize = 255;

pub(super) const EMAIL: Detector = Detector {
    name: "email",
    starts: b"@",
    find: email,
    yes: &[
        ("mail ada.l+x@mail.example.co.uk now", "ada.l+x@mail.example.co.uk"),
        ("<ada@example.com>", "ada@example.com"),
        ("{\"email\":\"a_b@example.org\"}", "a_b@example.org"),
        (r#""from:\nada@example.org""#, "ada@example.org"),
    ],
    no: &["@ada", "a@b", "fix @types/node@18.0.0", "x@localhost", "git@"],
};

fn email(bytes: &[u8], at: usize) -> Option<Found> {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let before = bytes.get(at.saturating_sub(LOCAL)..at)?;
    let mut start = at - before.iter().rev().take_while(|byte| local(**byte)).count();
    if escaped(bytes, start) {
        start += 1;
    }
    let mut end = run(bytes, at + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    while end > at && matches!(bytes.get(end - 1), Some(b'.' | b'-')) {
        end -= 1;
    }
    let domain = slice(bytes, at + 1..end.max(at + 1));
    let (_, last) = domain.rsplit_once('.')?;
    let named = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let whole = domain.split('.').all(|part| !part.is_empty());
    (start < at && named && whole && domain.len() <= DOMAIN)
        .then_some(Found { at: start..end, kind: SecretKind::Email })
}

pub(super) const IPV4: Detector = Detector {
    name: "ipv4",
    starts: b"0123456789",
    find: ipv4,
    yes: &[
        ("from 203.0.113.7:443", "203.0.113.7"),
        (r"from:\n203.0.113.7", "203.0.113.7"),
        ("\"ip=198.51.100.22\"", "198.51.100.22"),
    ],
    no: &[
        "version 156.0.8078.108 of it",
        "1.2.3",
        "1.2.3.4.5",
        "127.0.0.1",
        "0.0.0.0",
        "999.1.1.1",
        "v1.2.3.4-rc",
        "Chrome/156.0.0.0",
    ],
};

fn ipv4(bytes: &[u8], at: usize) -> Option<Found> {
    if !bytes.get(at..(at + 4).min(bytes.len()))?.contains(&b'.') {
        return None;
    }
    let end = run(bytes, at, |byte| byte.is_ascii_digit() || byte == b'.');
    let mut text = slice(bytes, at..end);
    text = text.strip_suffix('.').unwrap_or(text);
    // `Chrome/156.0.0.0` is a version, like everything after a name and a slash.
    let version = at >= 2 && bytes.get(at - 1) == Some(&b'/') && bytes.get(at - 2).is_some_and(|byte| is_word(*byte));
    let joined = version
        || matches!(bytes.get(end), Some(byte) if is_word(*byte) || *byte == b'-')
        || matches!(at.checked_sub(1).and_then(|at| bytes.get(at)), Some(b'.' | b'-'));
    let address: Ipv4Addr = text.parse().ok().filter(|_| !joined)?;
    let nobody = address.is_loopback() || address.is_unspecified() || address.is_broadcast();
    (!nobody).then_some(Found { at: at..at + text.len(), kind: SecretKind::Ip })
}

pub(super) const IPV6: Detector = Detector {
    name: "ipv6",
    starts: HEX,
    find: ipv6,
    yes: &[("from 2001:db8::1 port", "2001:db8::1"), ("[2001:db8:0:1:2:3:4:5]:443", "2001:db8:0:1:2:3:4:5")],
    no: &["::1", "10:02:47", "a::b is a path", "std::fmt", "12:34", "de:ad:be:ef", "fe::crate"],
};

fn ipv6(bytes: &[u8], at: usize) -> Option<Found> {
    if !bytes.get(at..(at + 5).min(bytes.len()))?.contains(&b':') {
        return None;
    }
    let mut end = run(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b':');
    while end > at && matches!(bytes.get(end - 1), Some(b':')) && !slice(bytes, at..end).ends_with("::") {
        end -= 1;
    }
    let text = slice(bytes, at..end);
    // Paths in source code look like short addresses.
    let plain =
        text.len() < 8 || text.matches(':').count() < 3 || matches!(bytes.get(end), Some(byte) if is_word(*byte));
    let address: Ipv6Addr = text.parse().ok().filter(|_| !plain)?;
    (!address.is_loopback()).then_some(Found { at: at..end, kind: SecretKind::Ip })
}

/// The block of an IP address: enough to tell a provider and a region.
pub(super) fn block(value: &str) -> Option<String> {
    if let Ok(address) = value.parse::<Ipv4Addr>() {
        let [a, b, c, _] = address.octets();
        return Some(format!("{a}.{b}.{c}.0/24"));
    }
    let [a, b, c, ..] = value.parse::<Ipv6Addr>().ok()?.segments();
    Some(format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)))
}

pub(super) const IBAN: Detector = Detector {
    name: "iban",
    starts: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    find: iban,
    yes: &[
        ("pay DE89370400440532013000 now", "DE89370400440532013000"),
        ("IBAN GB82 WEST 1234 5698 7654 32.", "GB82 WEST 1234 5698 7654 32"),
    ],
    no: &["DE89370400440532013001", "AB12", "HTTP2 200"],
};

/// ISO 13616: two letters, two check digits, checked modulo 97.
fn iban(bytes: &[u8], at: usize) -> Option<Found> {
    let head = bytes.get(at..at + 4)?;
    let begins = head.iter().take(2).all(u8::is_ascii_uppercase) && head.iter().skip(2).all(u8::is_ascii_digit);
    if !begins {
        return None;
    }
    let mut end = run(bytes, at, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    while end > at && matches!(bytes.get(end - 1), Some(b' ')) {
        end -= 1;
    }
    // Words in capitals may follow: the longest prefix with valid check digits is taken.
    while end > at + 14 {
        let text: String = slice(bytes, at..end).chars().filter(|char| *char != ' ').collect();
        if (15..=34).contains(&text.len()) && checks(&text) {
            return Some(Found { at: at..end, kind: SecretKind::Iban });
        }
        end = slice(bytes, at..end).rfind(' ').map_or(0, |gap| at + gap);
    }
    None
}

fn checks(text: &str) -> bool {
    let (head, tail) = text.split_at_checked(4).unwrap_or_default();
    let digits = tail.chars().chain(head.chars()).filter_map(|char| char.to_digit(36));
    digits.fold(0, |rest, digit| (rest * if digit > 9 { 100 } else { 10 } + digit) % 97) == 1
}

pub(super) const CARD: Detector = Detector {
    name: "card",
    starts: b"23456",
    find: card,
    yes: &[("card 4111 1111 1111 1111 ok", "4111 1111 1111 1111"), ("5500-0000-0000-0004", "5500-0000-0000-0004")],
    no: &[
        "4111 1111 1111 1112",
        "41111111-1111-1111-8111-111111111111",
        "1700000000000",
        "1795684082274",
        "0000000000000000",
    ],
};

/// ISO/IEC 7812: 13 to 19 digits of a known issuer, with Luhn's check digit.
fn card(bytes: &[u8], at: usize) -> Option<Found> {
    let end = numbers(bytes, at, b" -");
    if end < at + 13 {
        return None;
    }
    let text = slice(bytes, at..end);
    let groups: Vec<usize> = text.split([' ', '-']).map(str::len).collect();
    let printed = matches!(groups.as_slice(), [_] | [4, 6, 5] | [4, 4, 4, 1..=4] | [4, 4, 4, 4, 1..=3]);
    let digits: Vec<u32> = text.chars().filter_map(|char| char.to_digit(10)).collect();
    let issuer = matches!(digits.first(), Some(3..=6)) || (digits.first() == Some(&2) && digits.len() == 16);
    if !(13..=19).contains(&digits.len()) || !issuer || !printed || after(bytes, end) {
        return None;
    }
    let doubled = |(place, digit): (usize, &u32)| match place % 2 {
        0 => *digit,
        _ => digit * 2 - if *digit > 4 { 9 } else { 0 },
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    sum.is_multiple_of(10).then_some(Found { at: at..end, kind: SecretKind::Card })
}

pub(super) const PHONE: Detector = Detector {
    name: "phone",
    starts: b"+",
    find: phone,
    yes: &[("call +49 30 1234567 now", "+49 30 1234567"), ("tel:+14155552671", "+14155552671")],
    no: &["a+1", "2026-11-26T10:02:47+01:00", "+5 points", "C++17", "+1234"],
};

/// ITU-T E.164: a plus sign and at most 15 digits; fewer than 8 are not a subscriber's number.
fn phone(bytes: &[u8], at: usize) -> Option<Found> {
    if at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|byte| is_word(*byte) || *byte == b'+') {
        return None;
    }
    let end = numbers(bytes, at + 1, b" -()./");
    let count = slice(bytes, at..end).bytes().filter(u8::is_ascii_digit).count();
    let first = bytes.get(at + 1).is_some_and(|byte| (b'1'..=b'9').contains(byte));
    (first && (8..=15).contains(&count) && !after(bytes, end)).then_some(Found { at: at..end, kind: SecretKind::Phone })
}

/// Digits, with at most one separator between two of them.
fn numbers(bytes: &[u8], at: usize, between: &[u8]) -> usize {
    let mut end = at;
    let mut next = at;
    while let Some(byte) = bytes.get(next) {
        let gap =
            between.contains(byte) && bytes.get(next + 1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'(');
        if byte.is_ascii_digit() {
            end = next + 1;
        } else if !gap {
            break;
        }
        next += 1;
    }
    end
}

/// Whether a word continues there.
fn after(bytes: &[u8], end: usize) -> bool {
    bytes.get(end).is_some_and(|byte| is_word(*byte))
}

pub(super) const FOLDER: Detector = Detector {
    name: "folder",
    starts: b"hUu",
    find: folder,
    yes: &[
        ("at /home/ada/app.js:1", "ada"),
        ("file:///Users/bob.b/x", "bob.b"),
        (r"C:\Users\Ada Lovelace\Downloads", "Ada Lovelace"),
        (r#""C:\\Users\\ada\\x""#, "ada"),
    ],
    no: &["/home", "/users/me", "home/page/x", "/Users/Shared/x"],
};

/// Names of home folders that are not a person's.
const SHARED: &[&str] = &["Shared", "Public", "Default", "runner"];

fn folder(bytes: &[u8], at: usize) -> Option<Found> {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before))?;
    let unix = *before == b'/' && (slice(bytes, at..at + 5) == "home/" || slice(bytes, at..at + 6) == "Users/");
    let windows = *before == b'\\' && goes(bytes, at, "Users\\");
    if !unix && !windows {
        return None;
    }
    let mark = if unix { b'/' } else { b'\\' };
    let mut start = run(bytes, at, is_word) + 1;
    if bytes.get(start) == Some(&mark) {
        start += 1;
    }
    let end = run(bytes, start, |byte| {
        byte != mark && byte >= b' ' && !b"\"'<>|:*?".contains(&byte) && (windows || byte != b' ')
    });
    let name = slice(bytes, start..end);
    let ends = bytes.get(end) == Some(&mark);
    (ends && !name.is_empty() && !SHARED.contains(&name)).then_some(Found { at: start..end, kind: SecretKind::Name })
}
