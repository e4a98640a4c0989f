//! Names from a file, kept short.

use sha2::{Digest as _, Sha256};

/// Bytes of a name that is kept as it is.
const MAX_NAME: usize = 96;
/// Bytes kept of a longer one.
const KEPT: usize = 64;

/// A name as it is, or the beginning of a long one with a digest of all of it: different names stay different.
#[must_use]
pub fn brief(name: &str) -> String {
    if name.len() <= MAX_NAME {
        return name.to_owned();
    }
    let kept = name.char_indices().take_while(|(at, _)| *at < KEPT).map(|(_, letter)| letter);
    let mut brief: String = kept.collect();
    brief.push('#');
    for byte in Sha256::digest(name.as_bytes()).iter().take(8) {
        brief.push_str(&format!("{byte:02x}"));
    }
    brief
}

#[cfg(test)]
mod tests {
    use super::brief;

    #[test]
    fn long_names_stay_different() {
        assert_eq!(brief("Relu"), "Relu");
        let (one, two) = ("a".repeat(200), "a".repeat(201));
        assert!(brief(&one) != brief(&two) && brief(&one).len() < 96);
    }
}
