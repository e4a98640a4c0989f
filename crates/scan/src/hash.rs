//! Digests of files and folders.
//!
//! The digest of a file is the SHA-256 of its bytes. The digest of a folder is the SHA-256 of its listing:
//! one line `name`, NUL, `size`, NUL, `sha256`, line feed for each regular file below it, where `name` is
//! the path relative to the folder with `/` between its parts, `size` is decimal, `sha256` is 64 lower-case
//! hexadecimal digits, and lines are sorted by the bytes of `name`.

use std::io::{self, Read};

use coseal_core::digest::Digest;
use sha2::{Digest as _, Sha256};

use crate::bytes::ReadAt;

/// Bytes read at a time: as many for each file that is hashed at once.
const BUFFER: usize = 1 << 18;

/// SHA-256 of all of `bytes`; `progress` is told the number of bytes of each step.
///
/// # Errors
/// If a read fails.
pub fn of_bytes(bytes: &dyn ReadAt, mut progress: impl FnMut(u64)) -> io::Result<(Digest, u64)> {
    let mut offset = 0_u64;
    fold(|buffer| {
        let read = bytes.read_at(offset, buffer)?;
        offset = offset.saturating_add(read as u64);
        progress(read as u64);
        Ok(read)
    })
}

/// SHA-256 of all that `reader` gives; `progress` is told the number of bytes of each step.
///
/// # Errors
/// If a read fails.
pub fn of_reader(
    reader: &mut dyn Read,
    mut progress: impl FnMut(u64),
) -> io::Result<(Digest, u64)> {
    fold(|buffer| {
        let read = reader.read(buffer)?;
        progress(read as u64);
        Ok(read)
    })
}

fn fold(mut next: impl FnMut(&mut [u8]) -> io::Result<usize>) -> io::Result<(Digest, u64)> {
    let mut state = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut size = 0_u64;
    loop {
        match next(&mut buffer) {
            Ok(0) => return Ok((Digest::new(state.finalize().into()), size)),
            Ok(read) => {
                state.update(buffer.get(..read).unwrap_or_default());
                size = size.saturating_add(read as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The listing of a folder, as it grows.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    files: std::collections::BTreeMap<String, (u64, Digest)>,
}

impl Listing {
    /// Adds a file.
    pub fn add(&mut self, name: &str, size: u64, digest: Digest) {
        self.files.insert(name.to_owned(), (size, digest));
    }

    /// The digest of the folder, and the sum of the sizes of its files.
    #[must_use]
    pub fn digest(&self) -> (Digest, u64) {
        let mut state = Sha256::new();
        let mut total = 0_u64;
        for (name, (size, digest)) in &self.files {
            let hex = digest.to_string();
            let hex = hex.strip_prefix("sha256:").unwrap_or(&hex);
            state.update(format!("{name}\0{size}\0{hex}\n"));
            total = total.saturating_add(*size);
        }
        (Digest::new(state.finalize().into()), total)
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::digest::Digest;

    use super::{Listing, of_bytes, of_reader};
    use crate::bytes::SliceBytes;

    #[test]
    fn agrees_with_the_standard_and_reports_progress() {
        let expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut seen = 0;
        let (digest, size) = of_bytes(&SliceBytes(b"abc"), |step| seen += step).unwrap();
        assert_eq!((digest.to_string().as_str(), size, seen), (expected, 3, 3));
        let (digest, _) = of_reader(&mut b"abc".as_slice(), |_| ()).unwrap();
        assert_eq!(digest.to_string(), expected);
    }

    #[test]
    fn a_folder_is_its_sorted_listing() {
        let (a, _) = of_bytes(&SliceBytes(b"a"), |_| ()).unwrap();
        let (b, _) = of_bytes(&SliceBytes(b"b"), |_| ()).unwrap();
        let mut one = Listing::default();
        one.add("x/1", 1, a);
        one.add("x", 1, b);
        let mut two = Listing::default();
        two.add("x", 1, b);
        two.add("x/1", 1, a);
        assert_eq!(one.digest(), two.digest());
        let hex = |digest: Digest| digest.to_string().replace("sha256:", "");
        let text = format!("x\01\0{}\nx/1\01\0{}\n", hex(b), hex(a));
        assert_eq!(one.digest().0, of_bytes(&SliceBytes(text.as_bytes()), |_| ()).unwrap().0);
    }
}
