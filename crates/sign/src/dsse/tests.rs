use proptest::prelude::*;

use super::{DsseError, Envelope, MAX_ENVELOPE, Signature, pae};
use crate::key::Ed25519Key;

fn key() -> Ed25519Key {
    Ed25519Key::from_seed(&[1; 32])
}

fn envelope() -> Envelope {
    Envelope::sign_ed25519("text/plain", b"hello".to_vec(), &key()).unwrap()
}

/// The example of the DSSE protocol.
#[test]
fn encodes_what_is_signed_as_the_protocol_does() {
    assert_eq!(
        pae("http://example.com/HelloWorld", b"hello world"),
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
    assert_eq!(pae("", b""), b"DSSEv1 0  0 ");
}

#[test]
fn writes_one_line_of_canonical_json() {
    let text = String::from_utf8(envelope().to_bytes()).unwrap();
    let start = r#"{"payload":"aGVsbG8=","payloadType":"text/plain","signatures":[{"keyid":"34750f98bd59fcfc946da45aaabe933b","sig":""#;
    assert!(text.starts_with(start), "{text}");
    assert!(text.ends_with("\"}]}"), "{text}");
    let again = Envelope::parse(text.as_bytes()).unwrap();
    assert_eq!(again, envelope());
    assert_eq!(again.verify_ed25519(&key().public()), Ok(()));
}

#[test]
fn refuses_every_flipped_bit() {
    let whole = envelope().to_bytes();
    for (at, bit) in (0..whole.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        let verified = Envelope::parse(&bytes).and_then(|it| it.verify_ed25519(&key().public()));
        assert!(verified.is_err(), "{at}.{bit}");
    }
}

#[test]
fn verifies_all_that_name_the_key() {
    let good = envelope().signatures()[0].clone();
    let public = key().public();
    let signed = |signatures| Envelope::new("text/plain", b"hello".to_vec(), signatures).unwrap();
    let bad = Signature { sig: vec![0; 64], ..good.clone() };
    let other = Signature { keyid: "other".to_owned(), ..good.clone() };
    assert_eq!(signed(vec![good.clone(), bad]).verify_ed25519(&public), Err(DsseError::Signature));
    assert_eq!(signed(vec![other.clone()]).verify_ed25519(&public), Err(DsseError::NotSigned));
    assert_eq!(signed(vec![other.clone(), good]).verify_ed25519(&public), Ok(()));
    assert!(signed(vec![other.clone()]).is_signed_by(&public));
    assert!(!signed(vec![other]).is_signed_by(&Ed25519Key::from_seed(&[2; 32]).public()));
}

#[test]
fn reads_the_layout_of_others_but_parses_only_its_own() {
    let text = r#"{ "signatures": [ {"sig": "AA==", "keyid": ""}, {"sig":"\u0041A=="} ],
        "payloadType": "t", "payload": "" }"#;
    let envelope = Envelope::read(text.as_bytes()).unwrap();
    assert_eq!((envelope.payload_type(), envelope.payload()), ("t", b"".as_slice()));
    assert_eq!(envelope.signatures().len(), 2);
    assert_eq!(Envelope::parse(text.as_bytes()), Err(DsseError::NotCanonical));
    assert_eq!(Envelope::parse(&envelope.to_bytes()), Ok(envelope));
}

#[test]
fn refuses_what_is_no_envelope() {
    for text in [
        "",
        "[]",
        r#"["","t",[{"sig":"AA=="}]]"#,
        r#"{"payload":"","payloadType":"t"}"#,
        r#"{"payload":"","payloadType":"t","signatures":{}}"#,
        r#"{"payload":"","payloadType":"t","signatures":[{}]}"#,
        r#"{"payload":"","payloadType":"t","signatures":[{"sig":""}]}"#,
        r#"{"payload":"","payloadType":"","signatures":[{"sig":"AA=="}]}"#,
        r#"{"payload":"","payload":"","payloadType":"t","signatures":[{"sig":"AA=="}]}"#,
        r#"{"payload":"","payloadType":"t","signatures":[{"sig":"AA==","sig":"AA=="}]}"#,
        r#"{"payload":"","payloadType":"t","signatures":[{"sig":"AA==","keyid":null}]}"#,
        r#"{"payload":"","payloadType":"t","signatures":[{"sig":"AA==","cert":"x"}]}"#,
        r#"{"extra":1,"payload":"","payloadType":"t","signatures":[{"sig":"AA=="}]}"#,
        r#"{"payload":"AB==","payloadType":"t","signatures":[{"sig":"AA=="}]}"#,
        r#"{"payload":"_w==","payloadType":"t","signatures":[{"sig":"AA=="}]}"#,
        r#"{"payload":"_w==","payloadType":"t","signatures":[{"sig":"AA"}]}"#,
        r#"{"payload":1,"payloadType":"t","signatures":[{"sig":"AA=="}]}"#,
    ] {
        assert_eq!(Envelope::read(text.as_bytes()), Err(DsseError::Malformed), "{text}");
    }
    let unsigned = r#"{"payload":"","payloadType":"t","signatures":[]}"#;
    assert_eq!(Envelope::read(unsigned.as_bytes()), Err(DsseError::NotSigned));
}

#[test]
fn ends_where_the_limits_are() {
    let signature = |_| Signature { keyid: String::new(), sig: vec![0] };
    let new = |size, signatures| {
        Envelope::new("t", vec![0; size], (0..signatures).map(signature).collect())
    };
    assert_eq!(new(0, 9).unwrap_err(), DsseError::TooLarge);
    assert!(new(0, 8).is_ok());
    let around = r#"{"payload":"","payloadType":"t","signatures":[{"sig":"AA=="}]}"#.len();
    let most = (MAX_ENVELOPE - around) / 4 * 3;
    assert!(new(most, 1).unwrap().to_bytes().len() <= MAX_ENVELOPE);
    assert_eq!(new(most + 1, 1).unwrap_err(), DsseError::TooLarge);
    assert_eq!(Envelope::read(&vec![b' '; MAX_ENVELOPE + 1]), Err(DsseError::TooLarge));
}

proptest! {
    #[test]
    fn any_payload_reads_back(payload_type in ".{1,20}", payload: Vec<u8>) {
        let envelope = Envelope::sign_ed25519(&payload_type, payload, &key()).unwrap();
        let again = Envelope::parse(&envelope.to_bytes()).unwrap();
        prop_assert!(again.verify_ed25519(&key().public()).is_ok());
        prop_assert_eq!(again, envelope);
    }
}
