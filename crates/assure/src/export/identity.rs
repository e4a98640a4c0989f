//! Names that follow from what they name (RFC 9562), never from chance.

use coseal_sign::sha256;

/// Which version a UUID says it is of.
#[derive(Clone, Copy, Debug)]
pub enum Version {
    /// Of one's own making, as RFC 9562 §5.8 has it for names by SHA-256.
    Custom,
    /// Name-based. OSCAL takes no versions but 4 and 5, so what is made as [`Version::Custom`] says 5 there.
    NameBased,
}

/// A UUID made of the first bits of SHA-256 over the parts, each behind its length.
#[must_use]
pub fn uuid(version: Version, parts: &[&str]) -> String {
    let mut name = String::from("coseal-export");
    for part in parts {
        name.push_str(&format!("\0{}\0{part}", part.len()));
    }
    let digest = sha256(name.as_bytes());
    let mut bits =
        u128::from_be_bytes(digest.bytes().first_chunk::<16>().copied().unwrap_or_default());
    let version = match version {
        Version::Custom => 8_u128,
        Version::NameBased => 5,
    };
    bits = bits & !(0xf << 76) | version << 76;
    bits = bits & !(0b11 << 62) | 0b10 << 62;
    let hex = format!("{bits:032x}");
    let mut out = String::with_capacity(36);
    for (place, digit) in hex.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Version, uuid};

    #[test]
    fn is_of_its_version_and_variant_and_the_same_each_time() {
        insta::assert_snapshot!(uuid(Version::Custom, &["a", "b"]), @"03adb2f0-d947-81d3-93b4-37c7400f048f");
        insta::assert_snapshot!(uuid(Version::NameBased, &["a", "b"]), @"03adb2f0-d947-51d3-93b4-37c7400f048f");
        assert_ne!(uuid(Version::Custom, &["a", "b"]), uuid(Version::Custom, &["ab"]));
        assert_ne!(uuid(Version::Custom, &["a", "b"]), uuid(Version::Custom, &["a\u{0}1\u{0}b"]));
    }
}
