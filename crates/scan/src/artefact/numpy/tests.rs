//! Arrays written by hand.

use coseal_core::fact::{Artefact, ArtefactVerdict};

use crate::{bytes::SliceBytes, inspect};

fn npy(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\0".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

fn read(header: &str, data: &[u8]) -> Artefact {
    inspect("a.npy", &SliceBytes(&npy(header, data))).unwrap()
}

const NUMBERS: &str = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }          \n";

#[test]
fn numbers_are_clean_when_there_are_as_many_as_the_header_says() {
    assert_eq!(read(NUMBERS, &[0; 48]).verdict, ArtefactVerdict::Clean);
    for data in [vec![0; 47], vec![0; 49], Vec::new()] {
        assert_eq!(read(NUMBERS, &data).verdict, ArtefactVerdict::Malformed);
    }
    let fields =
        "{'descr': [('a', '<i4'), ('b', '|S3', (2,))], 'fortran_order': True, 'shape': (4,), }\n";
    assert_eq!(read(fields, &[0; 40]).verdict, ArtefactVerdict::Clean);
    let scalar = "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (), }\n";
    assert_eq!(read(scalar, &[0; 8]).verdict, ArtefactVerdict::Clean);
}

#[test]
fn numbers_that_are_a_pickle_with_effects_are_said_to_be() {
    let mut data = b"cposix\nsystem\nX\x04\0\0\0true\x85R.".to_vec();
    data.resize(48, 0);
    assert_eq!(read(NUMBERS, &data).verdict, ArtefactVerdict::Malicious);
    assert_eq!(read(NUMBERS, &[b'N'; 48]).verdict, ArtefactVerdict::Clean);
}

#[test]
fn numbers_that_begin_like_opcodes_are_numbers() {
    for first in 0..=255_u8 {
        for text in
            [&b"\x17\x9c\n\xe1\xf3\n)R0"[..], b"\x01\x02\x03\x04\x05\x06\x07\x08.", b"a b\nc\n)R."]
        {
            let mut data = vec![first];
            data.extend(text);
            data.resize(48, 0x3f);
            assert_eq!(read(NUMBERS, &data).verdict, ArtefactVerdict::Clean, "{first:#x}");
        }
    }
}

#[test]
fn objects_are_read_as_the_pickle_that_they_are() {
    let objects = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n";
    let evil = read(objects, b"cposix\nsystem\nX\x04\0\0\0true\x85R.");
    assert_eq!(evil.verdict, ArtefactVerdict::Malicious);
    let hidden = "{'descr': [('a', [('b', '|O')])], 'fortran_order': False, 'shape': (1,), }\n";
    assert_eq!(read(hidden, b"cposix\nsystem\n)R.").verdict, ArtefactVerdict::Malicious);
    assert_eq!(read(objects, b"\x80\x02]q\0K\x01a.").verdict, ArtefactVerdict::Clean);
}

#[test]
fn headers_that_numpy_does_not_write_are_malformed() {
    let odd = [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'more': 1}\n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'shape': (1,)}\n",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2, 3), }\n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }\n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999999), }\n",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "",
    ];
    for header in odd {
        assert_eq!(read(header, &[0; 48]).verdict, ArtefactVerdict::Malformed, "{header}");
    }
}
