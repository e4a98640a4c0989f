//! Any bytes as the proof of an entry: what is read is written back byte for byte, and verifying never panics.
#![no_main]

use coseal_sign::{
    checkpoint::Checkpoint,
    proof::TlogProof,
    tlog::{verify_consistency, verify_inclusion},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(proof) = TlogProof::parse(data) else { return };
    assert_eq!(proof.to_string().as_bytes(), data);
    let checkpoint = Checkpoint::parse(proof.checkpoint().text()).expect("a proof holds one");
    let (size, root) = (checkpoint.size(), checkpoint.root());
    let included = verify_inclusion(&[7; 32], proof.index(), size, proof.hashes(), root).is_ok();
    assert!(!included || proof.index() < size);
    let grown = verify_consistency(proof.index(), &[7; 32], size, root, proof.hashes()).is_ok();
    assert!(!grown || *root == [7; 32]);
});
