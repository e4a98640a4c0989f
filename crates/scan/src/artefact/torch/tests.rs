//! Archives written by hand, and what must be said of them.

use coseal_core::fact::{Artefact, ArtefactVerdict};

use crate::{bytes::SliceBytes, container::checksum, inspect_anyway};

/// Offset within a fixed central header where the member's checksum stands.
const CENTRAL_CRC: usize = 16;

/// A stored archive of `members`; also where its central directory begins.
pub(crate) fn archive(members: &[(&str, &[u8])]) -> (Vec<u8>, usize) {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for (name, data) in members {
        let crc = checksum(&SliceBytes(data)).unwrap();
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc.to_le_bytes());
        common.extend((data.len() as u32).to_le_bytes());
        common.extend((data.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        central.extend(b"PK\x01\x02\x14\x00");
        central.extend(&common);
        central.extend([0; 10]);
        central.extend((out.len() as u32).to_le_bytes());
        central.extend(name.bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.bytes());
        out.extend(*data);
    }
    let start = out.len();
    let count = members.len() as u16;
    out.extend(&central);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend((central.len() as u32).to_le_bytes());
    out.extend((start as u32).to_le_bytes());
    out.extend([0, 0]);
    (out, start)
}

/// One tensor of two by two numbers over a storage of four.
pub(crate) const OBJECT: &[u8] =
    b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\n\
FloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x04tQK\0K\x02K\x02\x86K\x02K\x01\x86\x89\
ccollections\nOrderedDict\n)RtR.";
pub(crate) const EVIL: &[u8] = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";
pub(crate) const STORAGE: &[u8] = &[0; 16];

fn read(bytes: &[u8]) -> Artefact {
    inspect_anyway("m.pt", &SliceBytes(bytes))
}

fn good() -> (Vec<u8>, usize) {
    archive(&[("m/data.pkl", OBJECT), ("m/data/0", STORAGE), ("m/version", b"3\n")])
}

#[test]
fn an_ordinary_archive_is_clean_and_measured() {
    let artefact = read(&good().0);
    assert_eq!(artefact.verdict, ArtefactVerdict::Clean, "{artefact:#?}");
    assert_eq!(artefact.format, "torch-zip");
    assert_eq!(artefact.measures["parameters"], "4");
    assert_eq!(artefact.measures["dtypes"], "F32");
}

#[test]
fn views_stand_for_no_more_than_some_memory() {
    let view = |sides: &[u8], steps: &[u8]| {
        let before = b"K\x02K\x02\x86K\x02K\x01\x86";
        let at = OBJECT.windows(before.len()).position(|part| part == before).unwrap();
        let (head, tail) = (&OBJECT[..at], &OBJECT[at + before.len()..]);
        let object = [head, sides, steps, tail].concat();
        let members =
            [("m/data.pkl", object.as_slice()), ("m/data/0", STORAGE), ("m/version", b"3\n")];
        read(&archive(&members).0).verdict
    };
    let large = b"J\0\0\0\x04";
    let sides = |rows: &[u8], columns: &[u8]| [rows, columns, b"\x86"].concat();
    // An expanded mask, and one of sixteen megabytes.
    assert_eq!(view(b"M\xff\xffK\x04\x86", b"K\0K\x01\x86"), ArtefactVerdict::Clean);
    assert_eq!(view(b"M\0\x10M\0\x10\x86", b"K\0K\0\x86"), ArtefactVerdict::Clean);
    assert_eq!(view(&sides(large, large), b"K\0K\0\x86"), ArtefactVerdict::Malformed);
    let beyond = b"\x8a\x08\0\0\0\0\0\0\0\x10";
    assert_eq!(view(&sides(beyond, beyond), b"K\0K\0\x86"), ArtefactVerdict::Malformed);
}

#[test]
fn every_pickle_is_read_wherever_it_stands() {
    for name in
        ["m/extra.pkl", "m/x.txt", "m/x", "other/data.pkl", "m/code/x.debug_pkl", "m/data.pkl "]
    {
        let members = [("m/data.pkl", OBJECT), ("m/data/0", STORAGE), (name, EVIL)];
        let artefact = read(&archive(&members).0);
        assert_eq!(artefact.verdict, ArtefactVerdict::Malicious, "{name}");
        assert_eq!(artefact.findings[0].location.members, [name]);
    }
}

#[test]
fn payloads_outside_the_members_are_found() {
    let (bytes, _) = good();
    for hidden in [[EVIL, &bytes].concat(), [&bytes, EVIL].concat()] {
        assert_eq!(read(&hidden).verdict, ArtefactVerdict::Malicious);
    }
}

#[test]
fn what_loaders_may_disagree_on_is_never_clean() {
    let (bytes, central) = good();
    let changed = |offset: usize| {
        let mut bytes = bytes.clone();
        bytes[offset] ^= 1;
        read(&bytes).verdict
    };
    // Flags, method and checksum in the directory; flags in the first member's own header; the count.
    for offset in [central + 8, central + 10, central + CENTRAL_CRC, 6, bytes.len() - 12] {
        assert_ne!(changed(offset), ArtefactVerdict::Clean, "{offset}");
    }
    let members = [("m/data.pkl", OBJECT), ("m/DATA.pkl", OBJECT), ("m/data/0", STORAGE)];
    assert_eq!(read(&archive(&members).0).verdict, ArtefactVerdict::Malformed);
    for cut in 1..bytes.len() {
        let verdict = read(&bytes[..cut]).verdict;
        assert_ne!(verdict, ArtefactVerdict::Clean, "cut at {cut}");
    }
}

#[test]
fn storages_must_be_there_and_large_enough() {
    let missing = archive(&[("m/data.pkl", OBJECT)]).0;
    let small = archive(&[("m/data.pkl", OBJECT), ("m/data/0", &STORAGE[..15])]).0;
    for bytes in [missing, small] {
        assert_eq!(read(&bytes).verdict, ArtefactVerdict::Malformed);
    }
    let wide = OBJECT.to_vec();
    let at = wide.windows(4).position(|w| w == b"K\x02K\x02").unwrap();
    let mut wide = wide;
    wide[at + 1] = 9;
    let bytes = archive(&[("m/data.pkl", &wide), ("m/data/0", STORAGE)]).0;
    let artefact = read(&bytes);
    assert_eq!(artefact.verdict, ArtefactVerdict::Malformed);
    assert_eq!(artefact.findings[0].rule, "torch-tensor-outside-storage");
}

#[test]
fn a_version_is_a_number_of_one_that_is() {
    let of = |version: &[u8]| {
        let members = [("m/data.pkl", OBJECT), ("m/data/0", STORAGE), ("m/version", version)];
        read(&archive(&members).0).verdict
    };
    for good in [b"3\n".as_slice(), b"3", b"2\n", b"10\n", b"1\r\n"] {
        assert_eq!(of(good), ArtefactVerdict::Clean, "{good:?}");
    }
    for bad in
        [b"zz\n".as_slice(), b"", b"-3\n", b"0\n", b"99999999999999999999\n", b"11\n", b"x3\n"]
    {
        assert_eq!(of(bad), ArtefactVerdict::Malformed, "{bad:?}");
    }
}

#[test]
fn a_script_has_its_constants_and_bytecode_shares_their_storages() {
    let code = b"class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n".as_slice();
    let nothing = b"\x80\x02).".as_slice();
    let mut members = vec![
        ("m/data.pkl", OBJECT),
        ("m/data/0", STORAGE),
        ("m/code/__torch__.py", code),
        ("m/version", b"3\n"),
    ];
    let artefact = read(&archive(&members).0);
    assert_eq!(artefact.verdict, ArtefactVerdict::Malformed);
    assert_eq!(artefact.findings[0].rule, "torch-script-source");
    members.push(("m/constants.pkl", nothing));
    assert_eq!(read(&archive(&members).0).verdict, ArtefactVerdict::Clean);
    members.push(("m/bytecode.pkl", OBJECT));
    assert_eq!(read(&archive(&members).0).verdict, ArtefactVerdict::Malformed);
    members.push(("m/constants/0", STORAGE));
    assert_eq!(read(&archive(&members).0).verdict, ArtefactVerdict::Clean);
}
