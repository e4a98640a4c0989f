//! What goes around a scan: the guard, the policy, explanations, formats for others, and safetensors.

use std::fs;

use serde_json::Value;

use crate::harness::{coseal, coseal_at, folder};

const EVIL: &[u8] = b"cposix\nsystem\nX\x04\0\0\0true\x85R.";
const OWN: &[u8] = b"\x80\x02cshop.models\nEncoder\n)\x81}X\x01\0\0\0wK\x01sb.";
const PLAIN: &[u8] = b"\x80\x02]q\0.";
const POLICY: &[u8] = b"schema = 1\n[[allow]]\nmodule = \"shop.models\"\nname = \"Encoder\"\nuse = [\"construct\"]\nreason = \"ours\"\n\
    [[allow]]\nmodule = \"posix\"\nname = \"system\"\nuse = [\"call\"]\nreason = \"no\"\n";

/// A NumPy array of three small numbers.
fn array() -> Vec<u8> {
    let header = "{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }\n";
    let mut bytes = b"\x93NUMPY\x01\0".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend([1, 0, 2, 0, 3, 0]);
    bytes
}

#[test]
fn the_guard_is_silent_about_what_may_be_loaded_and_says_one_line_of_what_may_not() {
    let folder = folder(&[("a.pkl", EVIL), ("b.pkl", PLAIN), ("c.txt", b"text")]);
    let good = coseal(folder.path(), &["scan", "--pre-load", "b.pkl"]);
    assert_eq!((good.code, good.stdout.as_str(), good.stderr.as_str()), (0, "", ""));
    let bad = coseal(folder.path(), &["scan", "--pre-load", "."]);
    assert_eq!((bad.code, bad.stdout.as_str()), (1, ""));
    insta::assert_snapshot!(bad.stderr, @r#"
    coseal: refused a.pkl: malicious: calls posix.system("…"); coseal scan --explain a.pkl
    "#);
    for (path, code) in [("c.txt", 6), ("not-there.pt", 4)] {
        let ended = coseal(folder.path(), &["scan", "--pre-load", path]);
        assert_eq!((ended.code, ended.stderr.lines().count()), (code, 1), "{}", ended.stderr);
    }
}

#[test]
fn a_policy_allows_the_unknown_and_never_the_dangerous() {
    let folder = folder(&[("evil.pkl", EVIL), ("own.pkl", OWN), ("policy.toml", POLICY)]);
    let without = coseal(folder.path(), &["scan", "."]);
    assert!(without.stdout.contains("unknown    own.pkl"), "{}", without.stdout);
    let with = coseal(folder.path(), &["scan", ".", "--policy", "policy.toml"]);
    assert_eq!(with.code, 1);
    insta::assert_snapshot!(with.stdout, @r#"
    malicious  evil.pkl  pickle, 26 B, complete, all bytes looked at: calls posix.system("…") (the policy file allows it, which counts for nothing: it is known to be dangerous) at byte 0x18
    clean      own.pkl  pickle, 37 B, complete, all bytes looked at: the policy file allows shop.models.Encoder
    in all     2 model files: 1 malicious, 1 clean
    judged by  policy sha256:02c6f80c13b3fda93f80bfbff18dc22b2a260b57ef0b66bcfb606421568594e0
    "#);
    assert_eq!(coseal(folder.path(), &["scan", "own.pkl", "--policy", "policy.toml"]).code, 0);
    let json = coseal(folder.path(), &["scan", ".", "--policy", "policy.toml", "--format", "json"]);
    assert!(json.json()["policy"].as_str().unwrap().starts_with("sha256:"));
}

#[test]
fn a_policy_with_a_mistake_is_not_used_at_all() {
    let folder = folder(&[("a.pkl", PLAIN), ("policy.toml", b"schema = 1\n[format]\n")]);
    let ended = coseal(folder.path(), &["scan", "a.pkl", "--policy", "policy.toml"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ended.stderr, @r#"
    coseal: the policy is not valid: line 2: unknown key `format`; did you mean `formats`?
    "#);
}

#[test]
fn an_explanation_says_what_happens_why_that_matters_and_what_to_do() {
    let folder = folder(&[("evil.pkl", EVIL)]);
    let ended = coseal_at(folder.path(), &["scan", "--explain", "evil.pkl"], 80);
    let details: Vec<_> =
        ended.stdout.lines().skip(1).take_while(|line| !line.is_empty()).collect();
    assert!(details.iter().all(|line| line.chars().count() <= 80));
    insta::assert_snapshot!(details.join("\n"), @r#"
    What was found
      ✗ calls posix.system("…") (at byte 0x18)
        = it starts a program on the machine that loads it, with the rights of
          whoever loads it
        because loading the file calls something that runs code or touches the
          machine (pickle-dangerous-call)
        → do not load this file; ask its source for weights without code, such as
          safetensors
    What to do
      → Don't load it, not even to look into it: loading is what runs it.
      → If it was loaded anywhere, treat that machine, and every key and token
        that it could read, as in other hands.
      → Tell whoever published it, and get the weights as safetensors or GGUF from
        a source that you trust.
    What was seen
      imports         1
      policy          built-in, version 6
      bytes read      all 26 B
    "#);
}

#[test]
fn other_tools_get_the_same_verdicts() {
    let folder = folder(&[("evil.pkl", EVIL), ("plain.pkl", PLAIN)]);
    let junit = coseal(folder.path(), &["scan", ".", "--format", "junit"]);
    assert_eq!(junit.code, 1);
    assert!(junit.stdout.contains("tests=\"2\" failures=\"1\""), "{}", junit.stdout);
    let run = || coseal(folder.path(), &["scan", ".", "--format", "cyclonedx"]).json();
    let bom = run();
    assert_eq!(bom, run(), "the same files give the same document");
    assert_eq!(bom["specVersion"], "1.6");
    let components = bom["components"].as_array().unwrap();
    assert_eq!(components.len(), 2);
    assert!(
        components.iter().all(|file| file["hashes"][0]["content"].as_str().unwrap().len() == 64)
    );
    let verdict = |at: usize| -> Value { components[at]["properties"][0]["value"].clone() };
    assert_eq!((verdict(0), verdict(1)), ("malicious".into(), "clean".into()));
    assert_eq!(bom["vulnerabilities"][0]["affects"][0]["ref"], components[0]["bom-ref"]);
}

#[test]
fn arrays_become_safetensors_that_are_clean() {
    let folder = folder(&[("w.npy", &array()), ("evil.pkl", EVIL)]);
    let ended = coseal(folder.path(), &["convert", "w.npy"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let out = fs::read(folder.path().join("w.safetensors")).unwrap();
    assert!(out.ends_with(&[1, 0, 2, 0, 3, 0]));
    assert_eq!(coseal(folder.path(), &["scan", "w.safetensors"]).code, 0);
    let again = coseal(folder.path(), &["convert", "w.npy"]);
    assert_eq!(again.code, 2, "nothing is overwritten");
    assert_eq!(coseal(folder.path(), &["convert", "w.npy", "--force"]).code, 0);
    assert_eq!(fs::read(folder.path().join("w.safetensors")).unwrap(), out);
    let evil = coseal(folder.path(), &["convert", "evil.pkl"]);
    assert_eq!(evil.code, 1);
    assert!(evil.stdout.starts_with("malicious"), "{}", evil.stdout);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else is left");
}
