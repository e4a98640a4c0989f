//! Archives written by hand.

use super::{Method, open};
use crate::{
    bytes::{Section, SliceBytes},
    container::checksum,
};

fn sum(bytes: &[u8]) -> [u8; 4] {
    checksum(&SliceBytes(bytes)).unwrap().to_le_bytes()
}

/// An archive of one stream, packed by a coder of this id and properties.
fn archive(coder: &[u8], packed: &[u8], size: u8, files: u8) -> Vec<u8> {
    let mut header = vec![1, 4, 6, 0, 1, 9, packed.len() as u8, 0];
    header.extend([7, 11, 1, 0, 1]);
    header.extend(coder);
    header.extend([12, size, 0, 8, 0, 0, 5, files]);
    let names = ["a", "b", "c"].into_iter().take(files.into());
    let names: Vec<u8> = names.flat_map(|name| [name.as_bytes()[0], 0, 0, 0]).collect();
    header.extend([17, names.len() as u8 + 1, 0]);
    header.extend(names);
    header.extend([0, 0]);
    sealed(&header, packed)
}

fn sealed(header: &[u8], packed: &[u8]) -> Vec<u8> {
    let mut start = (packed.len() as u64).to_le_bytes().to_vec();
    start.extend((header.len() as u64).to_le_bytes());
    start.extend(sum(header));
    [super::MAGIC, &[0, 4], &sum(&start), &start, packed, header].concat()
}

#[test]
fn streams_and_their_files_are_told() {
    let bytes = archive(&[1, 0], b"numbers", 7, 1);
    let archive = open(&SliceBytes(&bytes)).unwrap();
    assert_eq!(archive.members[0].name, "a");
    assert_eq!(archive.end, bytes.len() as u64);
    let [stream] = archive.streams.as_slice() else { panic!("{archive:?}") };
    assert_eq!((&stream.method, stream.start, stream.size), (&Method::Copy, 32, 7));
    let source = SliceBytes(&bytes);
    let held = Section::new(&source, stream.start, stream.packed);
    assert_eq!(checksum(&held), checksum(&SliceBytes(b"numbers")));
}

#[test]
fn methods_that_are_not_read_are_named() {
    for (coder, what) in [
        ([4, 6, 0xf1, 7, 1].as_slice(), "encryption"),
        (&[0x23, 3, 4, 1, 5, 6, 0, 0, 0, 1], "PPMd"),
        (&[0x23, 3, 1, 1, 1, 0], "LZMA without its properties"),
        (&[1, 0x55], "a method that is not known"),
    ] {
        let bytes = archive(coder, b"numbers", 7, 1);
        let archive = open(&SliceBytes(&bytes)).unwrap();
        assert_eq!(archive.streams[0].method, Method::Other(what));
    }
}

#[test]
fn broken_headers_end_without_an_archive() {
    let good = archive(&[1, 0], b"numbers", 7, 1);
    for cut in 0..good.len() {
        assert!(open(&SliceBytes(&good[..cut])).is_err(), "{cut}");
    }
    assert!(open(&SliceBytes(&archive(&[1, 0], b"numbers", 7, 2))).is_err());
    // Every byte of the header, changed and sealed again: whatever comes of it, it ends.
    let header = good[39..].to_vec();
    for at in 0..header.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut header = header.clone();
            header[at] = value;
            drop(open(&SliceBytes(&sealed(&header, b"numbers"))));
        }
    }
}
