//! Base64 of RFC 4648, section 4, in the one spelling that an encoder writes.

use base64ct::{Base64, Encoding as _};

pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// The bytes, or nothing where the text is not exactly what [`encode`] writes for them.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64::decode_vec(text).ok()?;
    // Unused bits at the end could be anything: two texts for the same bytes would be two signed objects.
    (encode(&bytes) == text).then_some(bytes)
}

/// As [`decode`], for exactly 32 bytes.
pub(crate) fn decode_hash(text: &str) -> Option<[u8; 32]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// RFC 4648, section 10.
    #[test]
    fn reads_and_writes_the_vectors() {
        for (plain, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), plain.as_bytes());
        }
    }

    #[test]
    fn refuses_other_spellings() {
        for text in
            ["Zh==", "Zg", "Zg=", "Zg===", "Zm9=", " Zg==", "Zg==\n", "Z-_=", "Zg==Zg==", "="]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
