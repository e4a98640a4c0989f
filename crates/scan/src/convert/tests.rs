//! Files written by hand, and what becomes of them.

use super::{Plan, Unfit, with_plan};
use crate::{bytes::SliceBytes, inspect_anyway};

fn converted(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    with_plan(&SliceBytes(bytes), |plan: &Plan<'_>| {
        let mut out = Vec::new();
        plan.write(&mut out).unwrap();
        out
    })
}

/// The header and the data.
fn parts(file: &[u8]) -> (serde_json::Value, &[u8]) {
    let length = u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    (serde_json::from_slice(&file[8..8 + length]).unwrap(), &file[8 + length..])
}

fn npy(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\0".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn an_array_is_written_in_the_order_of_c_and_least_significant_byte_first() {
    let fortran = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }\n";
    let file = npy(fortran, &[0, 0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5]);
    let out = converted(&file).unwrap();
    let (header, data) = parts(&out);
    assert_eq!(header["tensor"]["dtype"], "I16");
    assert_eq!(header["tensor"]["shape"], serde_json::json!([2, 3]));
    assert_eq!(data, [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0]);
    let scanned = inspect_anyway("m.safetensors", &SliceBytes(&out));
    assert_eq!(scanned.exit_code(), coseal_core::exit::ExitCode::Clean);
}

#[test]
fn what_has_no_place_there_is_refused_with_its_reason() {
    let dates = "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,), }\n";
    let why = converted(&npy(dates, &[0; 8])).unwrap_err().why;
    assert_eq!(why, "there is no tensor in it");
    let why = converted(b"\x80\x04K\x01.").unwrap_err().why;
    assert_eq!(why, "there is no tensor in it");
    for cut in [&b"\x80\x04"[..], b"", b"\x80\x04(", b"\x80\x04R.", b"\x80\x04h\x01."] {
        assert!(converted(cut).is_err());
    }
}

/// A legacy file of PyTorch: two tensors over one storage of six floats, one transposed, beside a number.
fn legacy() -> Vec<u8> {
    let mut file = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.".to_vec();
    file.extend(b"\x80\x02M\xe9\x03.");
    file.extend(b"\x80\x02}X\x0d\0\0\0little_endian\x88s.");
    let storage = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x007X\x03\0\0\0cpuK\x06NtQ";
    file.extend(b"\x80\x02}(X\x01\0\0\0actorch._utils\n_rebuild_tensor_v2\n(");
    file.extend(storage);
    file.extend(b"K\0K\x02K\x03\x86K\x03K\x01\x86\x89ccollections\nOrderedDict\n)RtR");
    file.extend(b"X\x01\0\0\0b}X\x01\0\0\0tctorch._utils\n_rebuild_tensor_v2\n(");
    file.extend(storage);
    file.extend(b"K\0K\x03K\x02\x86K\x01K\x03\x86\x89ccollections\nOrderedDict\n)RtRs");
    file.extend(b"X\x05\0\0\0epochK\x03u.");
    file.extend(b"\x80\x02]X\x01\0\0\x007a.");
    file.extend(6_u64.to_le_bytes());
    (0..6).for_each(|n| file.extend((n as f32).to_le_bytes()));
    file
}

#[test]
fn keys_are_joined_shared_bytes_written_twice_and_the_rest_named() {
    let file = legacy();
    let artefact = inspect_anyway("m.pt", &SliceBytes(&file));
    assert!(artefact.findings.is_empty() && artefact.coverage.complete, "{artefact:?}");
    let dropped =
        with_plan(&SliceBytes(&file), |plan| (plan.shared, plan.dropped.clone())).unwrap();
    assert_eq!((dropped.0, dropped.1[0].name.as_str()), (1, "epoch"));
    let out = converted(&file).unwrap();
    let (header, data) = parts(&out);
    assert_eq!(header["b.t"]["shape"], serde_json::json!([3, 2]));
    let numbers: Vec<f32> =
        data.chunks(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
    assert_eq!(numbers, [0., 1., 2., 3., 4., 5., 0., 3., 1., 4., 2., 5.]);
    for cut in 0..file.len() {
        assert!(converted(&file[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn no_byte_that_is_another_makes_a_result_that_breaks_the_format() {
    let file = legacy();
    for place in 0..file.len() {
        for other in [0, 0x2e, 0x7f, 0xff, file[place].wrapping_add(1), file[place] ^ 0x80] {
            let mut file = file.clone();
            file[place] = other;
            if let Ok(out) = converted(&file) {
                let scanned = inspect_anyway("m.safetensors", &SliceBytes(&out));
                let exit = scanned.exit_code();
                assert_eq!(exit, coseal_core::exit::ExitCode::Clean, "{place} {other}");
            }
        }
    }
}

/// A tensor of one element, by its name and what stands around it.
fn nested(depth: usize, key: usize) -> Vec<u8> {
    let mut file = b"\x80\x02".to_vec();
    for _ in 0..depth {
        file.extend(b"}X");
        file.extend((key as u32).to_le_bytes());
        file.extend(vec![b'k'; key]);
    }
    file.extend(b"K\x01");
    file.extend(vec![b's'; depth]);
    file.push(b'.');
    file
}

#[test]
fn names_and_depths_have_limits() {
    assert_eq!(converted(&nested(3, 3)).unwrap_err().why, "there is no tensor in it");
    assert!(converted(&nested(70, 1)).unwrap_err().why.contains("nest too deep"));
    assert!(converted(&nested(5, 1000)).unwrap_err().why.contains("longer than anybody"));
}
