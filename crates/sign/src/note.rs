//! Signed notes: text with the signatures of one or more keys, as c2sp.org/signed-note has them, and the witnesses'
//! timestamped signatures of c2sp.org/tlog-cosignature.

use std::fmt;

use crate::{base64, key, verifier_key::is_name};

pub use crate::verifier_key::{KeyKind, VerifierKey, VerifierKeyError};

/// The longest note, in bytes.
pub const MAX_NOTE: usize = 64 * 1024;

/// The most signatures of a note.
pub const MAX_SIGNATURES: usize = 64;

/// Times above this are not valid in a cosignature.
const MAX_TIME: u64 = i64::MAX as u64;

/// Why a note is not one, or is not signed.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum NoteError {
    /// More than 64 KiB, or more than 64 signatures.
    #[error("the note is too large")]
    TooLarge,
    /// The text is no UTF-8, holds a control character, or does not end its last line.
    #[error("the text of the note is not made of whole lines of UTF-8")]
    Text,
    /// There is no blank line with signature lines behind it, or one of them is not written as one is.
    #[error("the signatures of the note are not written as signed-note has them")]
    Signatures,
    /// None of the signatures is of the key.
    #[error("the note is not signed by the key")]
    NotSigned,
    /// A signature that names the key is not its own over this text.
    #[error("a signature of the note does not verify")]
    Signature,
    /// The key is of the other kind: a writer signs, a witness cosigns.
    #[error("the key is of the wrong kind")]
    Kind,
    /// The time of a cosignature is beyond 2^63 - 1.
    #[error("the time of the cosignature is out of range")]
    Time,
}

/// One signature line of a note, not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key that it claims.
    pub name: String,
    /// The id of the key that it claims.
    pub id: u32,
    /// The signature, as its kind encodes it.
    pub bytes: Vec<u8>,
}

/// What a verified signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// When a witness cosigned, in seconds since 1970; where it did so more than once, the first time. A writer's
    /// signature has none.
    pub time: Option<u64>,
}

/// A note. One that was parsed prints as exactly the bytes that it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Reads a note. Its text means nothing before [`Note::verify`] has said so.
    ///
    /// # Errors
    ///
    /// When the bytes are not a note, not in its one spelling, or too large.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE {
            return Err(NoteError::TooLarge);
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| NoteError::Text)?;
        // The blank line is the last one: the text may hold others.
        let (head, lines) = whole.rsplit_once("\n\n").ok_or(NoteError::Signatures)?;
        let text = format!("{head}\n");
        check_text(&text)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Signatures)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooLarge);
            }
            signatures.push(parse_line(line).ok_or(NoteError::Signatures)?);
        }
        Ok(Self { text, signatures })
    }

    /// A note with the signature of its writer. `sign` is given the bytes to sign; what it gives back is verified.
    ///
    /// # Errors
    ///
    /// When the text can't be a note's, the key is a witness's, or the signature is not of the key.
    pub fn sign(
        text: &str,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<Self, NoteError> {
        check_text(text)?;
        if key.kind() != KeyKind::Ed25519 {
            return Err(NoteError::Kind);
        }
        let mut note = Self { text: text.to_owned(), signatures: Vec::new() };
        let bytes = sign(text.as_bytes()).to_vec();
        note.add(key, bytes)?;
        Ok(note)
    }

    /// Adds the cosignature of a witness at a time (seconds since 1970). `sign` is given the bytes to sign; what it
    /// gives back is verified. The witness has to have checked that the checkpoint is consistent with all that it
    /// cosigned before.
    ///
    /// # Errors
    ///
    /// When the key is not a witness's, the time is out of range, the note would grow too large, or the signature
    /// is not of the key. The note is unchanged then.
    pub fn cosign(
        &mut self,
        key: &VerifierKey,
        time: u64,
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<(), NoteError> {
        if key.kind() != KeyKind::Cosignature {
            return Err(NoteError::Kind);
        }
        if time > MAX_TIME {
            return Err(NoteError::Time);
        }
        let signature = sign(cosigned(time, &self.text).as_bytes());
        let bytes = time.to_be_bytes().into_iter().chain(signature).collect();
        self.add(key, bytes)
    }

    /// The text that is signed, with the newline at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines, verified or not.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The same note with only those signature lines.
    #[must_use]
    pub fn with(&self, wanted: impl Fn(&NoteSignature) -> bool) -> Self {
        let mut note = self.clone();
        note.signatures.retain(wanted);
        note
    }

    /// The note as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_string().into_bytes()
    }

    /// Verifies the signatures of one key. Those of other keys are passed over.
    ///
    /// # Errors
    ///
    /// When there is no signature with the key's name and id, or there is one that doesn't verify.
    pub fn verify(&self, key: &VerifierKey) -> Result<Verified, NoteError> {
        let mut found: Option<Verified> = None;
        for signature in &self.signatures {
            if signature.id != key.id() || signature.name != key.name() {
                continue;
            }
            let verified = check(key, &self.text, &signature.bytes)?;
            let time = found.map_or(verified.time, |found| found.time.min(verified.time));
            found = Some(Verified { time });
        }
        found.ok_or(NoteError::NotSigned)
    }

    fn add(&mut self, key: &VerifierKey, bytes: Vec<u8>) -> Result<(), NoteError> {
        check(key, &self.text, &bytes)?;
        let signature = NoteSignature { name: key.name().to_owned(), id: key.id(), bytes };
        let size = self.to_string().len() + signature.to_string().len();
        if self.signatures.len() == MAX_SIGNATURES || size > MAX_NOTE {
            return Err(NoteError::TooLarge);
        }
        self.signatures.push(signature);
        Ok(())
    }
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(formatter))
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.to_be_bytes().as_slice(), &self.bytes].concat();
        writeln!(formatter, "\u{2014} {} {}", self.name, base64::encode(&bytes))
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_NOTE {
        return Err(NoteError::TooLarge);
    }
    let control = text.bytes().any(|byte| byte < b' ' && byte != b'\n');
    if control || !text.ends_with('\n') {
        return Err(NoteError::Text);
    }
    Ok(())
}

fn parse_line(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = base64::decode(encoded)?;
    let (id, bytes) = bytes.split_first_chunk()?;
    let whole = is_name(name) && !bytes.is_empty();
    whole.then(|| NoteSignature {
        name: name.to_owned(),
        id: u32::from_be_bytes(*id),
        bytes: bytes.to_vec(),
    })
}

fn check(key: &VerifierKey, text: &str, bytes: &[u8]) -> Result<Verified, NoteError> {
    let verify = |message: &[u8], signature: &[u8]| {
        let signature = signature.try_into().map_err(|_| NoteError::Signature)?;
        key::verify_ed25519(key.public(), message, signature).map_err(|_| NoteError::Signature)
    };
    match key.kind() {
        KeyKind::Ed25519 => {
            verify(text.as_bytes(), bytes)?;
            Ok(Verified { time: None })
        }
        KeyKind::Cosignature => {
            let (time, signature) = bytes.split_first_chunk().ok_or(NoteError::Signature)?;
            let time = u64::from_be_bytes(*time);
            if time > MAX_TIME {
                return Err(NoteError::Time);
            }
            verify(cosigned(time, text).as_bytes(), signature)?;
            Ok(Verified { time: Some(time) })
        }
    }
}

fn cosigned(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

#[cfg(test)]
mod tests;
