use proptest::prelude::*;

use super::{MAX_NOTE, MAX_SIGNATURES, Note, NoteError, VerifierKey};
use crate::key::Ed25519Key;

/// Key and note of the example of c2sp.org/signed-note.
const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn writer() -> (Ed25519Key, VerifierKey) {
    let key = Ed25519Key::from_seed(&[1; 32]);
    let verifier = VerifierKey::new_ed25519("shop/1", &key.public()).unwrap();
    (key, verifier)
}

fn witness() -> (Ed25519Key, VerifierKey) {
    let key = Ed25519Key::from_seed(&[2; 32]);
    let verifier = VerifierKey::new_cosignature("witness.example/1", &key.public()).unwrap();
    (key, verifier)
}

fn cosigned() -> Note {
    let (key, verifier) = writer();
    let mut note = Note::sign("one\n\ntwo\n", &verifier, |text| key.sign(text)).unwrap();
    let (key, verifier) = witness();
    note.cosign(&verifier, 1_700_000_000, |text| key.sign(text)).unwrap();
    note
}

#[test]
fn verifies_the_example() {
    let note = Note::parse(NOTE.as_bytes()).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.verify(&VerifierKey::parse(KEY).unwrap()).unwrap().time, None);
    assert_eq!(note.to_string(), NOTE);
}

#[test]
fn reads_back_what_writer_and_witness_signed() {
    let note = Note::parse(&cosigned().to_bytes()).unwrap();
    assert_eq!(note, cosigned());
    assert_eq!(note.text(), "one\n\ntwo\n");
    assert_eq!(note.verify(&writer().1).unwrap().time, None);
    assert_eq!(note.verify(&witness().1).unwrap().time, Some(1_700_000_000));
}

#[test]
fn a_cosignature_twice_counts_from_the_first() {
    let (key, verifier) = witness();
    let mut note = cosigned();
    note.cosign(&verifier, 1_600_000_000, |text| key.sign(text)).unwrap();
    assert_eq!(note.verify(&verifier).unwrap().time, Some(1_600_000_000));
}

#[test]
fn refuses_every_flipped_bit() {
    let key = VerifierKey::parse(KEY).unwrap();
    for (at, bit) in (0..NOTE.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut bytes = NOTE.as_bytes().to_vec();
        bytes[at] ^= 1 << bit;
        assert!(Note::parse(&bytes).and_then(|note| note.verify(&key)).is_err(), "{at}.{bit}");
    }
}

#[test]
fn refuses_every_flipped_bit_of_a_cosignature() {
    let bytes = cosigned().to_bytes();
    for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1 << bit;
        let both = Note::parse(&bytes)
            .and_then(|note| note.verify(&writer().1).and_then(|_| note.verify(&witness().1)));
        assert!(both.is_err(), "{at}.{bit}");
    }
}

#[test]
fn a_known_key_that_fails_fails_the_note() {
    let (key, verifier) = writer();
    let good = Note::sign("a\n", &verifier, |text| key.sign(text)).unwrap();
    let other = Note::sign("b\n", &verifier, |text| key.sign(text)).unwrap();
    let line = other.signatures()[0].to_string();
    for text in [format!("{good}{line}"), format!("a\n\n{line}{}", good.signatures()[0])] {
        let note = Note::parse(text.as_bytes()).unwrap();
        assert_eq!(note.verify(&verifier), Err(NoteError::Signature));
    }
}

#[test]
fn a_signer_with_another_key_is_found_out() {
    let (_, verifier) = writer();
    let (other, witness) = witness();
    let signed = Note::sign("a\n", &verifier, |text| other.sign(text));
    assert_eq!(signed.unwrap_err(), NoteError::Signature);
    assert_eq!(Note::sign("a\n", &witness, |text| other.sign(text)).unwrap_err(), NoteError::Kind);
    let mut note = cosigned();
    assert_eq!(note.cosign(&witness, u64::MAX, |_| [0; 64]), Err(NoteError::Time));
    assert_eq!(note.cosign(&witness, 1, |_| [0; 64]), Err(NoteError::Signature));
    assert_eq!(note, cosigned());
}

#[test]
fn refuses_other_spellings() {
    let line = NOTE.rsplit_once("\n\n").unwrap().1;
    for text in [
        "",
        "\n",
        "a\n\n",
        "a\n",
        line,
        &NOTE.replace('\n', "\r\n"),
        &NOTE.replace("foo Uw", "foo  Uw"),
        &NOTE.replace("foo Uw", "foo\u{a0}Uw"),
        &NOTE.replace("aQM=", "aQN="),
        &NOTE.replace("aQM=", "aQM"),
        &NOTE.replace("aQM=", "aQM= "),
        &NOTE.replace('\u{2014}', "-"),
        &NOTE.replace("an example", "an\texample"),
        &format!("{NOTE}\n"),
        &format!("{NOTE}x\n"),
        &format!(" {line}"),
        NOTE.trim_end(),
        "a\n\n\u{2014} x AAAAAA==\n",
        "a\n\n\u{2014}  AAAAAAA=\n",
    ] {
        assert!(Note::parse(text.as_bytes()).is_err(), "{text:?}");
    }
    assert_eq!(Note::parse(b"\xff\n\n").unwrap_err(), NoteError::Text);
}

#[test]
fn ends_where_the_limits_are() {
    let line = "\u{2014} x AAAAAAA=\n";
    let most = format!("a\n\n{}", line.repeat(MAX_SIGNATURES));
    assert_eq!(Note::parse(most.as_bytes()).unwrap().signatures().len(), MAX_SIGNATURES);
    assert_eq!(Note::parse(format!("{most}{line}").as_bytes()), Err(NoteError::TooLarge));
    let long = format!("{}\n\n{line}", "a".repeat(MAX_NOTE - line.len() - 2));
    assert!(Note::parse(long.as_bytes()).is_ok());
    assert_eq!(Note::parse(format!("a{long}").as_bytes()), Err(NoteError::TooLarge));
}

proptest! {
    #[test]
    fn any_text_of_lines_reads_back(text in "([^\\p{Cc}]{0,20}\n){1,5}") {
        let (key, verifier) = writer();
        let note = Note::sign(&text, &verifier, |text| key.sign(text)).unwrap();
        let again = Note::parse(&note.to_bytes()).unwrap();
        prop_assert_eq!(again.text(), &text);
        prop_assert!(again.verify(&verifier).is_ok());
    }

    #[test]
    fn what_is_read_is_written_the_same(
        text in "(a|\n|\r|\u{2014} x AAAAAAA=\n|\u{2014} y Zm9vYmE=|\u{2014}| |\n\n){0,8}",
    ) {
        if let Ok(note) = Note::parse(text.as_bytes()) {
            prop_assert_eq!(note.to_string(), text);
        }
    }
}
