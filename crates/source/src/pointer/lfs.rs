//! Pointers of Git LFS.

use coseal_core::digest::Digest;

/// The line with which each begins.
const VERSION: &str = "version https://git-lfs.github.com/spec/v1";
/// Bytes of a pointer; the specification says that it is smaller than 1024.
pub(super) const MAX: u64 = 1024;

/// What a pointer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// Their number.
    pub size: u64,
}

/// Reads a pointer; none for any other text.
#[must_use]
pub fn pointer(text: &str) -> Option<Pointer> {
    let mut lines = text.lines();
    if text.len() as u64 > MAX || lines.next()? != VERSION {
        return None;
    }
    let (mut digest, mut size) = (None, None);
    for line in lines {
        match line.split_once(' ') {
            Some(("oid", oid)) => digest = oid.parse().ok(),
            Some(("size", bytes)) => size = bytes.parse().ok(),
            _ => {}
        }
    }
    Some(Pointer { digest: digest?, size: size? })
}

#[cfg(test)]
mod tests {
    use super::pointer;

    #[test]
    fn reads_a_pointer_and_nothing_else() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        let text =
            format!("version https://git-lfs.github.com/spec/v1\noid {digest}\nsize 12345\n");
        let read = pointer(&text).unwrap();
        assert_eq!((read.digest.to_string(), read.size), (digest, 12345));
        assert!(pointer(&text.replace("12345", "-1")).is_none());
        assert!(pointer(&text.replace("spec/v1", "spec/v9")).is_none());
        assert!(pointer(&text.replace("abab", "xxxx")).is_none());
        assert!(pointer(&format!("{text}{}", "#".repeat(1024))).is_none());
    }
}
