//! Files that would exhaust whoever reads them: each ends soon, in little memory, and says which limit ended it.

use std::{fs, process::Stdio, thread, time::Duration};

use serde_json::Value;

use crate::harness::{Machine, folder};

/// Most memory that a scan may have had resident, in KiB: 64 MiB, and what the tests' build needs more.
const RESIDENT: u64 = (64 + 24) << 10;

/// The result of a scan, and the most memory that it had resident in KiB, where the system tells.
fn scanned(name: &str, bytes: &[u8]) -> (i32, Value, u64) {
    let folder = folder(&[(name, bytes)]);
    let machine = Machine::new();
    let mut command = machine.command(folder.path(), &["scan", "--format", "json", name]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(fs::read_to_string(&status).ok().and_then(resident).unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    let result = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code().unwrap_or(-1), result, most)
}

#[expect(clippy::needless_pass_by_value, reason = "it is called on what was just read")]
fn resident(status: String) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// It ends as incomplete, with a gap that says `limit`.
fn ends(name: &str, bytes: &[u8], limit: &str) {
    let (code, result, most) = scanned(name, bytes);
    assert_eq!(code, 6, "{name}: {result:#}");
    assert!(result.to_string().contains(limit), "{name}: {result:#}");
    assert!(most < RESIDENT, "{name}: {most} KiB");
}

/// Deflate (RFC 1951) of zeros: fixed codes, a literal, then `times` times eight matches of 258 bytes with the byte before, in 13
/// bits each.
fn deflated(times: usize) -> Vec<u8> {
    let head = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let one = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let bits: Vec<u8> = head.into_iter().chain(one.repeat(9)).take(120).collect();
    let byte = |bits: &[u8]| bits.iter().rev().fold(0_u8, |byte, bit| (byte << 1) | bit);
    let bytes: Vec<u8> = bits.chunks(8).map(byte).collect();
    // From the third byte on, 104 bits come again and again.
    let (head, again) = bytes.split_at(2);
    [head, &again.repeat(times)].concat()
}

#[test]
fn zip_archives_of_very_many_members_end() {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for at in 0..70_000_u32 {
        let name = format!("{at:05}.pkl");
        let fields = [&[0; 16], [9, 0, 0, 0].as_slice()].concat();
        central.extend([b"PK\x01\x02\x14\0\x14\0".as_slice(), &[0; 20]].concat());
        central.extend([&fields[16..18], &[0; 12], &(out.len() as u32).to_le_bytes()].concat());
        central.extend(name.bytes());
        out.extend([b"PK\x03\x04\x14\0".as_slice(), &[0; 20], &fields[16..20]].concat());
        out.extend(name.bytes());
    }
    let start = out.len() as u32;
    out.extend(&central);
    out.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &[0xff; 4]].concat());
    out.extend([(central.len() as u32).to_le_bytes(), start.to_le_bytes()].concat());
    out.extend([0, 0]);
    ends("m.zip", &out, "more than are followed");
}

#[test]
fn streams_of_gzip_end() {
    let gzip = [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &deflated(400_000)].concat();
    ends("m.pkl.gz", &gzip, "unpacks to more than is read");
}

#[test]
fn streams_of_zstd_end() {
    let mut zstd = b"\x28\xb5\x2f\xfd\0\x58".to_vec();
    zstd.extend([0x02, 0, 0x10, 0].repeat(6000));
    ends("m.pkl.zst", &zstd, "unpacks to more than is read");
}

#[test]
fn dictionaries_of_7z_end() {
    // One folder of LZMA2 whose dictionary has four GiB, and a file of a TiB in it.
    let size = [&[0xff][..], &(1_u64 << 40).to_le_bytes()].concat();
    let header = [
        b"\x01\x04\x06\0\x01\x09\x07\0\x07\x0b\x01\0\x01\x21\x21\x01\x28\x0c".as_slice(),
        &size,
        b"\0\0\x05\x01\x11\x0d\0m\0.\0p\0k\0l\0\0\0\0\0",
    ]
    .concat();
    let data = b"\x01\0\0\x80\x04N\0";
    let mut start = (data.len() as u64).to_le_bytes().to_vec();
    start.extend((header.len() as u64).to_le_bytes());
    start.extend(crc(&header).to_le_bytes());
    let mut bytes = b"7z\xbc\xaf\x27\x1c\0\x04".to_vec();
    bytes.extend(crc(&start).to_le_bytes());
    bytes.extend([&start, data.as_slice(), &header].concat());
    ends("m.7z", &bytes, "more memory than 40 MiB");
}

/// CRC-32 as archives have it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

#[test]
fn pickles_that_nest_without_end_end() {
    let pickle = [b"\x80\x04N".as_slice(), &b"\x85".repeat(5_000_000), b"."].concat();
    ends("m.pkl", &pickle, "nest thousands deep");
}
