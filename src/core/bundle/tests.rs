//! Bundles of our own, of other programs, and malformed ones.

use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::{BundleError, LIMITS, Limits, Room, crc32, is_name, pack, unpack, unpack::within};
use crate::core::Millis;

const AT: Millis = 1_784_971_321_000;
const SMALL: Limits = Limits { files: 3, each: 1_000, total: 1_500 };

/// A bundle as other programs write it: deflated, with data descriptors.
fn foreign(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, content) in files {
        let file = zip.new_file(*name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, _) = file.start().unwrap();
        entry.write_all(&compress_to_vec(content, 9)).unwrap();
        let descriptor = rawzip::DataDescriptorOutput::new(rawzip::crc32(content), content.len() as u64);
        entry.finish(descriptor).unwrap();
    }
    zip.finish().unwrap()
}

/// The same bundle, with another size of its only file in the directory.
fn claiming(mut bundle: Vec<u8>, size: u32) -> Vec<u8> {
    let directory = bundle.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bundle[directory + 24..directory + 28].copy_from_slice(&size.to_le_bytes());
    bundle
}

fn owned(files: &[(&str, &[u8])]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect()
}

#[test]
fn what_is_packed_is_a_zip_with_these_bytes() {
    let bundle = pack(&[("a.md", b"123456789")], AT).unwrap();
    let local = [
        &b"PK\x03\x04\x14\x00\x00\x08\x00\x00"[..],
        // 09:22:00 and 2026-07-25; the CRC-32 check value for the digits 1 to 9.
        &[0xc0, 0x4a, 0xf9, 0x5c, 0x26, 0x39, 0xf4, 0xcb, 9, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0],
        b"a.md123456789",
    ]
    .concat();
    assert_eq!(bundle.get(..local.len()), Some(&local[..]));
    let zip = rawzip::ZipArchive::from_slice(&bundle).unwrap();
    let entry = zip.entries().next_entry().unwrap().unwrap();
    let (at, flags) = (entry.last_modified_dos(), entry.flags());
    assert_eq!((at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second()), (2026, 7, 25, 9, 22, 0));
    assert!(flags.is_utf8() && !flags.has_data_descriptor());
}

#[test]
fn a_moment_that_the_form_cannot_hold_is_the_nearest() {
    for (at, year) in [(0, 1980), (i64::MIN, 1980), (i64::MAX, 2107)] {
        let bundle = pack(&[("a", b"")], at).unwrap();
        let zip = rawzip::ZipArchive::from_slice(&bundle).unwrap();
        let entry = zip.entries().next_entry().unwrap().unwrap();
        assert_eq!(entry.last_modified_dos().year(), year);
    }
}

#[test]
fn a_bundle_of_others_is_read() {
    let files: &[(&str, &[u8])] = &[("report.md", &[b'x'; 900]), ("Überblick.txt", b""), ("漢字.png", b"\0\xff")];
    assert_eq!(unpack(&foreign(files)), Ok(owned(files)));
    assert_eq!(unpack(&foreign(&[])), Ok(Vec::new()));
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let bad = ["", ".", "..", "...", "/a", "../a", "a/b", "a/", "C:a", "\\a", "a\0", "a\n", &"a".repeat(101)];
    for name in bad {
        assert_eq!(pack(&[(name, b"")], AT), Err(BundleError::Name(name.to_owned())));
    }
    for name in ["../../etc/passwd", "/etc/passwd", "a/b", "C:\\a"] {
        let mut zip = ZipArchiveWriter::new(Vec::new());
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (entry, _) = zip.new_file(path).start().unwrap();
        entry.finish(rawzip::DataDescriptorOutput::new(0, 0)).unwrap();
        assert_eq!(unpack(&zip.finish().unwrap()), Err(BundleError::Name(name.to_owned())));
    }
    let twice: &[(&str, &[u8])] = &[("A.md", b"1"), ("a.md", b"2")];
    assert_eq!(pack(twice, AT), Err(BundleError::Name("a.md".to_owned())));
    assert_eq!(unpack(&foreign(twice)), Err(BundleError::Name("a.md".to_owned())));
}

#[test]
fn more_than_there_is_room_for_is_refused() {
    let names: Vec<String> = (0..17).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(pack(&files, AT), Err(BundleError::TooMany));
    assert_eq!(unpack(&foreign(&files)), Err(BundleError::TooMany));
    assert_eq!(unpack(&pack(&files[..16], AT).unwrap()).unwrap().len(), 16);

    let zeros = [0; 1_001];
    assert_eq!(within(&foreign(&[("a", &zeros)]), SMALL), Err(BundleError::TooLarge("a".to_owned())));
    let both = foreign(&[("a", &zeros[..800]), ("b", &zeros[..800])]);
    assert_eq!(within(&both, SMALL), Err(BundleError::TooLarge("b".to_owned())));
    assert!(within(&foreign(&[("a", &zeros[..800]), ("b", &zeros[..700])]), SMALL).is_ok());

    let mut room = Room::new(LIMITS);
    assert_eq!(room.take("a", LIMITS.each + 1), Err(BundleError::TooLarge("a".to_owned())));
    assert_eq!((room.take("a", LIMITS.each), room.take("b", LIMITS.each)), (Ok(()), Ok(())));
    assert_eq!(room.take("c", 1), Err(BundleError::TooLarge("c".to_owned())));
}

#[test]
fn a_bomb_is_refused_whatever_it_claims() {
    let bomb = foreign(&[("a", &vec![0; 1 << 20])]);
    assert!(bomb.len() < 2_000);
    assert_eq!(within(&bomb, SMALL), Err(BundleError::TooLarge("a".to_owned())));
    for claim in [0, 10, 999] {
        assert_eq!(within(&claiming(bomb.clone(), claim), SMALL), Err(BundleError::Broken("a".to_owned())));
    }
    assert_eq!(unpack(&claiming(bomb, u32::MAX - 1)), Err(BundleError::TooLarge("a".to_owned())));
}

#[test]
fn what_is_damaged_or_hidden_is_refused() {
    let whole = pack(&[("a.md", b"123456789")], AT).unwrap();
    let broken = Err(BundleError::Broken("a.md".to_owned()));
    let mut other = whole.clone();
    *other.iter_mut().find(|byte| **byte == b'5').unwrap() = b'6';
    assert_eq!(unpack(&other), broken);
    assert_eq!(unpack(&claiming(whole.clone(), 8)), broken);

    let directory = whole.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    for (at, value) in [(8, 1), (10, 12)] {
        let mut hidden = whole.clone();
        hidden[directory + at] = value;
        assert_eq!(unpack(&hidden), Err(BundleError::Method("a.md".to_owned())), "{at}");
    }
    for cut in 0..whole.len() {
        assert!(unpack(&whole[..cut]).is_err(), "{cut} of {}", whole.len());
    }
}

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof!["[a-zä漢]{1,6}\\.(md|har|png)", ".{0,12}"];
    prop::collection::vec((name, prop::collection::vec(any::<u8>(), 0..300)), 0..6)
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(files in files(), at: Millis) {
        let given: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
        match pack(&given, at) {
            Ok(bundle) => {
                prop_assert_eq!(unpack(&bundle), Ok(files.clone()));
                prop_assert_eq!(pack(&given, at), Ok(bundle));
            }
            Err(BundleError::Name(name)) => {
                let lower: Vec<String> = files.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
                let is_twice = lower.iter().filter(|other| **other == name.to_ascii_lowercase()).count() > 1;
                prop_assert!(is_twice || !is_name(&name), "{}", name);
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn both_sums_are_one(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(crc32(&bytes), rawzip::crc32(&bytes));
    }

    #[test]
    fn anything_else_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = unpack(&bytes);
    }

    /// A damaged bundle never panics, and whatever is read from it is within the limits.
    #[test]
    fn damage_never_panics(
        files in files(),
        deflated: bool,
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let given: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
        let Ok(mut bundle) = pack(&given, AT) else { return Ok(()) };
        if deflated {
            bundle = foreign(&given);
        }
        for (at, value) in hits {
            let at = at.index(bundle.len());
            bundle[at] = value;
        }
        if let Ok(files) = within(&bundle, SMALL) {
            prop_assert!(files.len() <= SMALL.files && files.iter().all(|(name, _)| is_name(name)));
            prop_assert!(files.iter().map(|(_, content)| content.len()).sum::<usize>() <= SMALL.total);
        }
    }
}
