//! Any bytes as the code of a model of TorchScript, as its bytecode and as a program: never a panic, and the same verdict twice.
#![no_main]

use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

/// A stored member without a directory: it is found by its own header.
fn member(name: &str, data: &[u8]) -> Vec<u8> {
    let mut member = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    member.extend((data.len() as u32).to_le_bytes());
    member.extend((data.len() as u32).to_le_bytes());
    member.extend((name.len() as u16).to_le_bytes());
    member.extend([0, 0]);
    member.extend(name.bytes());
    member.extend(data);
    member
}

fuzz_target!(|data: &[u8]| {
    for name in ["m/code/__torch__.py", "m/bytecode.pkl", "m/serialized_exported_program.json"] {
        let bytes = [member("m/data.pkl", b"\x80\x02N."), member(name, data)].concat();
        let artefact = inspect_anyway("m.pt", &SliceBytes(&bytes));
        assert_eq!(artefact, inspect_anyway("m.pt", &SliceBytes(&bytes)));
    }
});
