//! `coseal evidence export`: verdicts and the records that they stand on, in the formats of others. What the formats' own
//! schemas say of them is for conformance/exports.sh.

use std::fs;

use serde_json::Value;

use super::people::{SYSTEM, entries, log, public, record, root, runner, trusts};
use crate::harness::{Machine, copy_of};

const FORMATS: [&str; 5] = ["bundle", "cyclonedx-1.6", "cyclonedx-1.7", "oscal", "gemara"];

/// All of one format, with what changes from run to run taken out.
fn export(machine: &Machine, folder: &std::path::Path, format: &str) -> String {
    let ended = machine.coseal(folder, &["evidence", "export", "--format", format]);
    assert_eq!(ended.code, 0, "{format}: {}", ended.stderr);
    ended.stdout
}

#[test]
fn each_format_carries_the_records_and_their_proofs() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    trusts(&runner, &root(&[("runner", &public(&runner, "key"), &["runner"])]));
    for format in FORMATS {
        let text = export(&runner, folder.path(), format);
        assert!(!text.contains("tlog-proof"), "{format} without anything on record");
        assert_eq!(text.is_empty(), format == "bundle", "{format}");
    }
    record(&runner, folder.path(), &[]);
    let envelopes = entries(&log(&runner, SYSTEM));
    let bundle = export(&runner, folder.path(), "bundle");
    let lines: Vec<&str> = bundle.lines().collect();
    assert!(lines.len() > 10, "{}", lines.len());
    for line in &lines {
        assert!(envelopes.iter().any(|envelope| envelope == line.as_bytes()), "{line}");
    }
    for format in &FORMATS[1..] {
        let text = export(&runner, folder.path(), format);
        assert!(serde_json::from_str::<Value>(&text).unwrap().is_object(), "{format}");
        assert!(!text.contains(folder.path().to_str().unwrap()), "{format}");
    }
    for format in &FORMATS[1..3] {
        let text = export(&runner, folder.path(), format);
        assert!(text.contains("tlog-proof"), "{format}");
        assert!(text.contains(&public(&runner, "key")) || text.contains("envelope"), "{format}");
    }
    // What is not intact is not given away as if it were.
    let bundle = format!("tile/entries/000.p/{}", envelopes.len());
    let path =
        runner.path("store/logs").join(log(&runner, SYSTEM).origin().to_string()).join(bundle);
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&path, bytes).unwrap();
    for format in FORMATS {
        let ended = runner.coseal(folder.path(), &["evidence", "export", "--format", format]);
        assert_eq!(ended.code, 5, "{format}");
        assert!(ended.stderr.contains("is not intact: record"), "{}", ended.stderr);
        assert!(!ended.stdout.contains("tlog-proof"), "{format}");
    }
}

/// What a record is, and the proof that it is in its log, come out of the same store by themselves.
#[test]
fn a_record_is_shown_and_proved_by_its_id() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    record(&runner, folder.path(), &[]);
    let list = runner.coseal(folder.path(), &["evidence", "list", "--format", "json"]).json();
    let listed = list["records"].as_array().unwrap();
    assert!(listed.len() > 90);
    let origin = log(&runner, SYSTEM);
    let envelopes = entries(&origin);
    for record in listed.iter().step_by(20) {
        let (id, index) = (record["record"].as_str().unwrap(), record["index"].as_u64().unwrap());
        let envelope = runner.coseal(folder.path(), &["evidence", "show", id, "--envelope"]).stdout;
        assert_eq!(envelope.as_bytes(), envelopes[index as usize]);
        let proof = runner.coseal(folder.path(), &["evidence", "prove", id]).stdout;
        let proof = coseal_sign::proof::TlogProof::parse(proof.as_bytes()).unwrap();
        let head = origin.head().unwrap().unwrap();
        let leaf = coseal_sign::tlog::leaf_hash(envelope.as_bytes());
        proof.verify(&leaf, &head.key).unwrap();
        let statement = runner.coseal(folder.path(), &["evidence", "show", id]).json();
        assert_eq!(statement["predicate"]["check"], record["check"]);
    }
}
