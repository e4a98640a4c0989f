//! Files written by hand.

use coseal_core::fact::{Artefact, ArtefactVerdict};

use crate::{bytes::SliceBytes, inspect};

const UNDEFINED: u64 = u64::MAX;
const EVIL: &[u8] = b"cposix\nsystem\nX\x04\0\0\0true\x85R.";

/// A file with a superblock of version 2, written front to back.
struct Hand(Vec<u8>);

impl Hand {
    fn new() -> Self {
        Self(vec![0; 48])
    }

    fn put(&mut self, bytes: &[u8]) -> u64 {
        while !self.0.len().is_multiple_of(8) {
            self.0.push(0);
        }
        let address = self.0.len() as u64;
        self.0.extend(bytes);
        address
    }

    fn object(&mut self, messages: &[Vec<u8>]) -> u64 {
        let body = messages.concat();
        let mut header = b"OHDR\x02\x02".to_vec();
        header.extend((body.len() as u32).to_le_bytes());
        header.extend(body);
        header.extend([0; 4]);
        self.put(&header)
    }

    fn bytes(mut self, messages: &[Vec<u8>]) -> Vec<u8> {
        let root = self.object(messages);
        let mut head = b"\x89HDF\r\n\x1a\n\x02\x08\x08\0".to_vec();
        for number in [0, UNDEFINED, self.0.len() as u64, root] {
            head.extend(number.to_le_bytes());
        }
        head.extend([0; 4]);
        self.0[..48].copy_from_slice(&head);
        self.0
    }

    fn read(self, messages: &[Vec<u8>]) -> Artefact {
        inspect("m.h5", &SliceBytes(&self.bytes(messages))).unwrap()
    }
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut message = vec![kind];
    message.extend((body.len() as u16).to_le_bytes());
    message.push(0);
    message.extend(body);
    message
}

fn link(name: &str, kind: u8, rest: &[u8]) -> Vec<u8> {
    let mut body = vec![1, 8, kind, name.len() as u8];
    body.extend(name.bytes());
    body.extend(rest);
    message(6, &body)
}

fn hard(name: &str, address: u64) -> Vec<u8> {
    link(name, 0, &address.to_le_bytes())
}

fn soft(name: &str, target: &str) -> Vec<u8> {
    let mut rest = (target.len() as u16).to_le_bytes().to_vec();
    rest.extend(target.bytes());
    link(name, 1, &rest)
}

fn text(size: usize) -> Vec<u8> {
    let mut datatype = vec![0x13, 0, 0, 0];
    datatype.extend((size as u32).to_le_bytes());
    datatype
}

const FLOAT: &[u8] = b"\x11\x20\x1f\0\x04\0\0\0\0\0\x20\0\x17\x08\0\x17\x7f\0\0\0";

fn attribute(name: &str, value: &[u8]) -> Vec<u8> {
    let datatype = text(value.len());
    let mut body = vec![3, 0];
    for length in [name.len() + 1, datatype.len(), 4] {
        body.extend((length as u16).to_le_bytes());
    }
    body.push(0);
    body.extend(name.bytes());
    body.push(0);
    body.extend(datatype);
    body.extend([2, 0, 0, 0]);
    body.extend(value);
    message(0x0c, &body)
}

fn shape(count: u64) -> Vec<u8> {
    let mut body = vec![2, 1, 0, 1];
    body.extend(count.to_le_bytes());
    message(1, &body)
}

fn contiguous(address: u64, size: u64) -> Vec<u8> {
    let mut body = vec![3, 1];
    body.extend(address.to_le_bytes());
    body.extend(size.to_le_bytes());
    message(8, &body)
}

fn dataset(file: &mut Hand, count: u64, data: &[u8]) -> u64 {
    let address = file.put(data);
    file.object(&[shape(count), message(3, FLOAT), contiguous(address, data.len() as u64)])
}

#[test]
fn numbers_and_texts_are_clean() {
    let mut file = Hand::new();
    let numbers = dataset(&mut file, 4, &[0; 16]);
    let artefact = file.read(&[
        hard("a", numbers),
        soft("b", "/a"),
        soft("c", "/nowhere"),
        attribute("note", b"some text.\0\0"),
    ]);
    assert_eq!(artefact.verdict, ArtefactVerdict::Clean, "{artefact:?}");
    assert!(artefact.coverage.complete && artefact.coverage.payload == 0);
}

#[test]
fn pickled_attributes_are_pickles() {
    let evil = Hand::new().read(&[attribute("x", EVIL)]);
    assert_eq!(evil.verdict, ArtefactVerdict::Malicious);
    let plain = Hand::new().read(&[attribute("x", b"\x80\x02]q\0K\x01a.")]);
    assert_eq!(plain.verdict, ArtefactVerdict::Clean);
    let code = Hand::new().read(&[attribute("x", b"\x80\x02cmine\nThing\n)R.")]);
    assert_eq!(code.verdict, ArtefactVerdict::Unknown);
}

#[test]
fn descriptions_of_models_are_read_in_their_attributes() {
    let config = |class: &str| {
        let text = format!("{{\"class_name\": \"{class}\", \"config\": {{}}}}");
        Hand::new().read(&[attribute("model_config", text.as_bytes())]).verdict
    };
    assert_eq!(config("Sequential"), ArtefactVerdict::Clean);
    assert_eq!(config("Mine"), ArtefactVerdict::Unknown);
    assert_eq!(config("TFSMLayer"), ArtefactVerdict::Malicious);
}

#[test]
fn what_stands_in_other_files_is_told() {
    for (name, verdict) in [
        ("/etc/passwd", ArtefactVerdict::Malicious),
        ("a/../../b", ArtefactVerdict::Malicious),
        ("beside.h5", ArtefactVerdict::Unknown),
    ] {
        let value = format!("\0{name}\0/x\0");
        let mut rest = (value.len() as u16).to_le_bytes().to_vec();
        rest.extend(value.bytes());
        assert_eq!(Hand::new().read(&[link("x", 64, &rest)]).verdict, verdict, "{name}");
    }
    assert_eq!(Hand::new().read(&[link("x", 99, &[])]).verdict, ArtefactVerdict::Unknown);
}

#[test]
fn extents_and_shapes_must_fit_the_file() {
    for (count, place, size) in
        [(5, 48, 16), (4, 1 << 40, 16), (1 << 60, 48, 16), (u64::MAX, 48, 16)]
    {
        let mut file = Hand::new();
        file.put(&[0; 16]);
        let object = file.object(&[shape(count), message(3, FLOAT), contiguous(place, size)]);
        assert_eq!(file.read(&[hard("a", object)]).verdict, ArtefactVerdict::Malformed, "{count}");
    }
}

#[test]
fn filters_that_nobody_brings_along_are_plug_ins() {
    for (id, verdict) in [(1_u16, ArtefactVerdict::Clean), (40_000, ArtefactVerdict::Unknown)] {
        let mut file = Hand::new();
        let mut filters = vec![2, 1];
        filters.extend(id.to_le_bytes());
        filters.extend(if id < 256 { [0; 4].as_slice() } else { &[0; 6] });
        let mut layout = vec![3, 2, 2];
        layout.extend(UNDEFINED.to_le_bytes());
        layout.extend([4, 0, 0, 0, 4, 0, 0, 0]);
        let object = file.object(&[
            shape(4),
            message(3, FLOAT),
            message(0x0b, &filters),
            message(8, &layout),
        ]);
        assert_eq!(file.read(&[hard("a", object)]).verdict, verdict, "{id}");
    }
}

#[test]
fn links_that_never_end_are_told() {
    let circle = Hand::new().read(&[soft("a", "/b/x"), soft("b", "a")]);
    assert_eq!(circle.verdict, ArtefactVerdict::Malformed);
    let mut bytes = Hand::new().bytes(&[hard("again", 48)]);
    assert_eq!(inspect("m.h5", &SliceBytes(&bytes)).unwrap().verdict, ArtefactVerdict::Malformed);
    bytes.extend(b"more");
    let more = inspect("m.h5", &SliceBytes(&bytes)).unwrap();
    assert!(more.findings.iter().any(|finding| finding.rule == "hdf5-surrounding-bytes"));
}

#[test]
fn what_stands_around_the_file_is_looked_at() {
    let inner = Hand::new().bytes(&[]);
    let with = |block: &[u8]| {
        let mut bytes = vec![0; 512];
        bytes[..block.len()].copy_from_slice(block);
        bytes.extend(&inner);
        for at in [512 + 12, 512 + 28, 512 + 36] {
            let value = u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
            let add = if at == 512 + 12 { 512 } else { 0 };
            bytes[at..at + 8].copy_from_slice(&(value + add).to_le_bytes());
        }
        inspect("m", &SliceBytes(&bytes)).unwrap()
    };
    assert_eq!(with(&[]).verdict, ArtefactVerdict::Clean);
    assert_eq!(with(b"MATLAB 7.3 MAT-file, Platform: X").verdict, ArtefactVerdict::Clean);
    let mut matlab = b"MATLAB 7.4 MAT-file, Platform: X".to_vec();
    matlab.resize(124, b' ');
    matlab.extend(b"\0\x02IM");
    matlab[116..124].fill(0);
    assert_eq!(with(&matlab).verdict, ArtefactVerdict::Clean);
    assert_eq!(with(b"a note, and no more").verdict, ArtefactVerdict::Clean);
    for block in [&b"#!/bin/sh\nid\n"[..], b"<html>", b"MATLAB \x7fELF\x01", b"\x01\x02"] {
        assert_ne!(with(block).verdict, ArtefactVerdict::Clean);
    }
    assert_eq!(with(EVIL).verdict, ArtefactVerdict::Malicious);
}

#[test]
fn any_cut_of_a_file_is_read_without_trouble() {
    let mut file = Hand::new();
    let numbers = dataset(&mut file, 4, &[0; 16]);
    let whole = file.bytes(&[hard("a", numbers), attribute("x", EVIL)]);
    for end in 8..whole.len() {
        let artefact = inspect("m.h5", &SliceBytes(&whole[..end])).unwrap();
        assert!(artefact.verdict > ArtefactVerdict::Clean, "{end}");
    }
    for at in 8..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        assert!(inspect("m.h5", &SliceBytes(&bytes)).is_some());
    }
}

#[test]
fn a_file_behind_a_long_user_block_is_one_by_any_name() {
    for (path, block) in [("m.keras", 4096), ("m.bin", 8192), ("weights", 1 << 20)] {
        let mut bytes = vec![b' '; block];
        bytes.extend(Hand::new().bytes(&[]));
        let artefact = inspect(path, &SliceBytes(&bytes));
        assert_eq!(artefact.unwrap().format, "hdf5", "{path}");
    }
}

#[test]
fn addresses_count_from_the_superblock_wherever_it_stands() {
    let mut file = Hand::new();
    let numbers = dataset(&mut file, 4, &[0; 16]);
    let inner = file.bytes(&[hard("a", numbers), attribute("x", EVIL)]);
    let mut bytes = vec![0; 1024];
    bytes.extend(&inner);
    assert_eq!(inspect("m", &SliceBytes(&bytes)).unwrap().verdict, ArtefactVerdict::Malicious);
    let mut plain = vec![0; 1024];
    plain.extend(Hand::new().bytes(&[attribute("x", b"plain")]));
    assert_eq!(inspect("m", &SliceBytes(&plain)).unwrap().verdict, ArtefactVerdict::Clean);
}

#[test]
fn blanks_behind_the_end_are_nothing() {
    let with = |rest: &[u8]| {
        let bytes = [Hand::new().bytes(&[]), rest.to_vec()].concat();
        inspect("m.h5", &SliceBytes(&bytes)).unwrap().verdict
    };
    assert_eq!(with(b"\n\n \0\0"), ArtefactVerdict::Clean);
    assert_eq!(with(b"\n\nx"), ArtefactVerdict::Malformed);
    assert_eq!(with(&[0; 5000]), ArtefactVerdict::Malformed);
}

#[test]
fn the_first_chunk_of_bytes_is_unpacked_whatever_its_size() {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write as _;
    let noise = (0_u32..100_000)
        .map(|at| (at.wrapping_mul(at ^ 2_654_435_761).wrapping_mul(2_246_822_519) >> 24) as u8);
    let evil = [EVIL.to_vec(), noise.collect()].concat();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&evil).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() > 1 << 16);
    let mut file = Hand::new();
    let place = file.put(&packed);
    let mut layout = vec![4, 2, 2, 1, 4];
    layout.extend((evil.len() as u32).to_le_bytes());
    layout.push(1);
    layout.extend((packed.len() as u64).to_le_bytes());
    layout.extend([0; 4]);
    layout.extend(place.to_le_bytes());
    let bytes = b"\x10\0\0\0\x01\0\0\0\0\0\x08\0";
    let object = file.object(&[
        shape(evil.len() as u64),
        message(3, bytes),
        message(0x0b, &[2, 1, 1, 0, 0, 0, 0, 0]),
        message(8, &layout),
    ]);
    let artefact = file.read(&[hard("a", object)]);
    assert!(artefact.verdict >= ArtefactVerdict::Unknown, "{artefact:?}");
}

#[test]
fn packed_datasets_stay_in_proportion() {
    for (count, others, verdict) in [
        (1 << 20, 0, ArtefactVerdict::Clean),
        (100_000_000, 0, ArtefactVerdict::Malformed),
        (10_000_000, 3, ArtefactVerdict::Malformed),
        (10_000_000, 1 << 22, ArtefactVerdict::Clean),
    ] {
        let mut file = Hand::new();
        let chunk = file.put(&[0; 64]);
        if others > 3 {
            file.put(&vec![0; others]);
        }
        let mut layout = vec![4, 2, 2, 1, 4];
        layout.extend((count as u32 * 4).to_le_bytes());
        layout.push(1);
        layout.extend(64_u64.to_le_bytes());
        layout.extend([0; 4]);
        layout.extend(chunk.to_le_bytes());
        let messages = [
            shape(count),
            message(3, FLOAT),
            message(0x0b, &[2, 1, 1, 0, 0, 0, 0, 0]),
            message(8, &layout),
        ];
        let all: Vec<u64> = (0..others.min(3) + 1).map(|_| file.object(&messages)).collect();
        let names = ["a", "b", "c", "d"];
        let links: Vec<Vec<u8>> =
            names.iter().zip(&all).map(|(name, object)| hard(name, *object)).collect();
        let artefact = file.read(&links);
        assert_eq!(artefact.verdict, verdict, "{count}, {others}: {artefact:?}");
    }
}
