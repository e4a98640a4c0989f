//! Digests over bytes and over facts.

use coseal_core::{
    digest::Digest,
    fact::{Facts, Read},
};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::canonical::canonical;

/// SHA-256 of bytes in memory.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest::new(Sha256::digest(bytes).into())
}

/// The binding digest of a check: over its id and the canonical form of exactly the facts that it reads.
/// Evidence holds only as long as this stays the same.
#[must_use]
pub fn binding(check: &str, reads: &[Read], facts: &Facts) -> Digest {
    let mut bound: Map<String, Value> = Map::new();
    for read in reads {
        // One kind may be read twice, with different fields: by the check and by a condition.
        let fields = read.fields.join(",");
        bound.insert(format!("{}[{fields}]", read.kind), facts.bound(read));
    }
    let value = Value::from_iter([
        ("check".to_owned(), Value::from(check)),
        ("facts".to_owned(), Value::Object(bound)),
    ]);
    sha256(canonical(&value).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::sha256;

    /// FIPS 180-4 example, "abc".
    #[test]
    fn digests_abc() {
        assert_eq!(
            sha256(b"abc").to_string(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
