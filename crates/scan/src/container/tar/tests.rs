//! Headers written by hand.

use super::{Kind, open};
use crate::bytes::SliceBytes;

fn header(name: &str, kind: u8, size: usize) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn member(name: &str, kind: u8, data: &[u8]) -> Vec<u8> {
    let mut member = [header(name, kind, data.len()), data.to_vec()].concat();
    member.resize(member.len().div_ceil(512) * 512, 0);
    member
}

#[test]
fn members_stand_where_their_headers_say() {
    let long = format!("{}\0", "n".repeat(200));
    let bytes = [
        member("a", b'0', &[1; 700]),
        member("f/", 0, b""),
        member("././@LongLink", b'L', long.as_bytes()),
        member("cut", b'0', b"x"),
        member("p", b'x', b"13 path=long\n"),
        member("short", b'0', b"xy"),
        vec![0; 1024],
    ]
    .concat();
    let archive = open(&SliceBytes(&bytes));
    let found: Vec<_> =
        archive.entries.iter().map(|entry| (entry.name(), entry.kind, entry.size)).collect();
    let long = "n".repeat(200);
    let expected = [
        ("a", Kind::File, 700),
        ("f/", Kind::Folder, 0),
        (long.as_str(), Kind::File, 1),
        ("long", Kind::File, 2),
    ];
    assert_eq!(found, expected);
    assert!(archive.problems.is_empty() && archive.whole && archive.rest.is_none());
    assert_eq!(archive.entries[0].data, 512);
}

#[test]
fn endless_headers_end() {
    let bytes = header("a", b'5', 0).repeat(70_000);
    let archive = open(&SliceBytes(&bytes));
    assert!(!archive.whole && archive.entries.len() <= 65_536);
    let zeros = [header("a", b'5', 0), vec![0; 40 << 20], header("b", b'5', 0)].concat();
    assert!(!open(&SliceBytes(&zeros)).whole);
}

#[test]
fn names_are_bounded_however_often_one_is_given() {
    let name = "n".repeat(60_000);
    let record = format!("60012 path={name}\n");
    assert_eq!(record.len(), 60_012);
    let mut bytes = header("g", b'g', record.len());
    bytes.extend(record.as_bytes());
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes.extend(header("a", b'0', 0).repeat(4000));
    let archive = open(&SliceBytes(&bytes));
    assert!(!archive.whole);
    assert!(archive.entries.iter().map(|entry| entry.name().len()).sum::<usize>() <= 8 << 20);
    assert!(archive.problems.iter().any(|(_, text)| text.contains("longer than any")));
}
