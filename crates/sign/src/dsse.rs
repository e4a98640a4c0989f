//! DSSE envelopes: a payload, its type, and signatures over both.

use serde_json::{Map, Value, json};

use crate::{
    base64,
    canonical::canonical,
    json::{parse_object, take_array, take_string},
    key::{Ed25519Key, Ed25519Public, key_id},
};

/// The longest envelope, in bytes: what an entry of a log can hold.
pub const MAX_ENVELOPE: usize = crate::tlog::bundle::MAX_ENTRY;

/// The most signatures of an envelope.
pub const MAX_SIGNATURES: usize = 8;

/// The longest type of a payload and the longest id of a key, in bytes.
const MAX_NAME: usize = 256;

/// The longest signature, in bytes: some of RSA keys are this long.
const MAX_SIGNATURE: usize = 2048;

/// Why an envelope is not one, or is not signed.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum DsseError {
    /// The envelope, or a part of it, is longer than it may be.
    #[error("the envelope is too large")]
    TooLarge,
    /// Not the JSON of an envelope: a member is missing, unknown, there twice, or not what it should be.
    #[error("not a DSSE envelope")]
    Malformed,
    /// An envelope with white space, another order of members or other escapes than [`Envelope::to_bytes`] writes.
    #[error("the envelope is not written in its canonical form")]
    NotCanonical,
    /// There is no signature, none by the key, or too many.
    #[error("the envelope is not signed by the key")]
    NotSigned,
    /// A signature that names the key is not its own over this payload.
    #[error("the signature of the envelope does not verify")]
    Signature,
}

/// What is signed: the type and the payload with their lengths (DSSE, "Pre-Authentication Encoding").
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let (type_length, length) = (payload_type.len(), payload.len());
    let mut bytes = format!("DSSEv1 {type_length} {payload_type} {length} ").into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// A signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Which key it claims to be of; it is not signed. Empty when it claims none.
    pub keyid: String,
    /// The signature.
    pub sig: Vec<u8>,
}

/// An envelope within its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    payload_type: String,
    payload: Vec<u8>,
    signatures: Vec<Signature>,
}

impl Envelope {
    /// An envelope of its parts.
    ///
    /// # Errors
    ///
    /// When it has no signature or more than eight, no type, or is too large.
    pub fn new(
        payload_type: &str,
        payload: Vec<u8>,
        signatures: Vec<Signature>,
    ) -> Result<Self, DsseError> {
        let long = |signature: &Signature| {
            signature.keyid.len() > MAX_NAME || signature.sig.len() > MAX_SIGNATURE
        };
        if payload_type.len() > MAX_NAME
            || payload.len() > MAX_ENVELOPE
            || signatures.len() > MAX_SIGNATURES
            || signatures.iter().any(long)
        {
            return Err(DsseError::TooLarge);
        }
        if payload_type.is_empty() || signatures.iter().any(|signature| signature.sig.is_empty()) {
            return Err(DsseError::Malformed);
        }
        if signatures.is_empty() {
            return Err(DsseError::NotSigned);
        }
        let envelope = Self { payload_type: payload_type.to_owned(), payload, signatures };
        if envelope.to_bytes().len() > MAX_ENVELOPE {
            return Err(DsseError::TooLarge);
        }
        Ok(envelope)
    }

    /// An envelope with the signature of a key, which it names by its [`key_id`].
    ///
    /// # Errors
    ///
    /// When it has no type or becomes too large.
    pub fn sign_ed25519(
        payload_type: &str,
        payload: Vec<u8>,
        key: &Ed25519Key,
    ) -> Result<Self, DsseError> {
        let sig = key.sign(&pae(payload_type, &payload)).to_vec();
        Self::new(payload_type, payload, vec![Signature { keyid: key.id(), sig }])
    }

    /// Reads an envelope of our own: exactly the bytes that [`Envelope::to_bytes`] writes.
    ///
    /// # Errors
    ///
    /// When the bytes are not an envelope, not in their canonical form, or too large.
    pub fn parse(bytes: &[u8]) -> Result<Self, DsseError> {
        let envelope = Self::read(bytes)?;
        (envelope.to_bytes() == bytes).then_some(envelope).ok_or(DsseError::NotCanonical)
    }

    /// Reads anybody's envelope: white space, the order of members and escapes are free. Unknown members and members
    /// that are there twice are refused, and Base64 in any spelling but the standard one.
    ///
    /// # Errors
    ///
    /// When the bytes are not an envelope, or too large.
    pub fn read(bytes: &[u8]) -> Result<Self, DsseError> {
        if bytes.len() > MAX_ENVELOPE {
            return Err(DsseError::TooLarge);
        }
        let mut members = parse_object(bytes).ok_or(DsseError::Malformed)?;
        let (payload_type, payload, items) = parts(&mut members).ok_or(DsseError::Malformed)?;
        if items.len() > MAX_SIGNATURES {
            return Err(DsseError::TooLarge);
        }
        let signatures: Option<_> = items.into_iter().map(signature).collect();
        Self::new(&payload_type, payload, signatures.ok_or(DsseError::Malformed)?)
    }

    /// The type of the payload.
    #[must_use]
    pub fn payload_type(&self) -> &str {
        &self.payload_type
    }

    /// The payload. It means nothing before a signature of it is verified.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The signatures, verified or not.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The envelope as canonical JSON (RFC 8785).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let signatures: Vec<_> = self.signatures.iter().map(signature_json).collect();
        let value = json!({
            "payload": base64::encode(&self.payload),
            "payloadType": self.payload_type,
            "signatures": signatures,
        });
        canonical(&value).into_bytes()
    }

    /// Verifies all signatures that name the key by its [`key_id`].
    ///
    /// # Errors
    ///
    /// When there is none, or one doesn't verify.
    pub fn verify_ed25519(&self, public: &[u8; 32]) -> Result<(), DsseError> {
        let id = key_id(public);
        if !self.signatures.iter().any(|signature| signature.keyid == id) {
            return Err(DsseError::NotSigned);
        }
        self.verify(&Ed25519Public::new(public).map_err(|_| DsseError::Signature)?)
    }

    /// The same, with a key that is used more than once.
    ///
    /// # Errors
    ///
    /// When there is none, or one doesn't verify.
    pub fn verify(&self, public: &Ed25519Public) -> Result<(), DsseError> {
        let id = key_id(public.bytes());
        let message = pae(&self.payload_type, &self.payload);
        let mut signed = Err(DsseError::NotSigned);
        for signature in self.signatures.iter().filter(|signature| signature.keyid == id) {
            if !verifies(public, &message, signature) {
                return Err(DsseError::Signature);
            }
            signed = Ok(());
        }
        signed
    }

    /// Whether any of the signatures is of the key, whatever they are called: for envelopes of others, who name keys
    /// in their own ways.
    #[must_use]
    pub fn is_signed_by(&self, public: &[u8; 32]) -> bool {
        let message = pae(&self.payload_type, &self.payload);
        Ed25519Public::new(public).is_ok_and(|public| {
            self.signatures.iter().any(|signature| verifies(&public, &message, signature))
        })
    }
}

fn verifies(public: &Ed25519Public, message: &[u8], signature: &Signature) -> bool {
    let sig = signature.sig.as_slice().try_into();
    sig.is_ok_and(|sig| public.verify(message, sig).is_ok())
}

fn parts(members: &mut Map<String, Value>) -> Option<(String, Vec<u8>, Vec<Value>)> {
    let payload_type = take_string(members, "payloadType")?;
    let payload = base64::decode(&take_string(members, "payload")?)?;
    let signatures = take_array(members, "signatures")?;
    members.is_empty().then_some((payload_type, payload, signatures))
}

fn signature(value: Value) -> Option<Signature> {
    let Value::Object(mut members) = value else { return None };
    let keyid = match members.contains_key("keyid") {
        true => take_string(&mut members, "keyid")?,
        false => String::new(),
    };
    let sig = base64::decode(&take_string(&mut members, "sig")?)?;
    members.is_empty().then_some(Signature { keyid, sig })
}

fn signature_json(signature: &Signature) -> Value {
    let sig = base64::encode(&signature.sig);
    match signature.keyid.as_str() {
        "" => json!({ "sig": sig }),
        keyid => json!({ "keyid": keyid, "sig": sig }),
    }
}

#[cfg(test)]
mod tests;
