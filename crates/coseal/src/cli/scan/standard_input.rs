//! Standard input, as bytes that can be read at any offset: parsers jump.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
};

use coseal_scan::bytes::{FileBytes, ReadAt};

/// Held in memory up to this many bytes; what is longer goes into a file that no name leads to.
const HELD: usize = 8 << 20;
/// Longest input, in bytes.
const MAX_INPUT: u64 = 64 << 30;
/// Bytes read at a time.
const STEP: usize = 1 << 20;

/// Bytes in memory.
struct Held(Vec<u8>);

impl ReadAt for Held {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        coseal_scan::bytes::SliceBytes(&self.0).read_at(offset, buf)
    }
}

/// All of standard input.
///
/// # Errors
/// If it can't be read, is longer than 64 GiB, or there is no room for it.
pub(super) fn read() -> io::Result<Box<dyn ReadAt>> {
    spooled(&mut io::stdin().lock())
}

fn spooled(input: &mut dyn io::Read) -> io::Result<Box<dyn ReadAt>> {
    let mut held = Vec::new();
    fill(input, &mut held, HELD)?;
    if held.len() < HELD {
        return Ok(Box::new(Held(held)));
    }
    let mut file = nameless()?;
    let mut size = 0;
    while !held.is_empty() {
        size += held.len() as u64;
        if size > MAX_INPUT {
            return Err(io::Error::other(format!("it is longer than {MAX_INPUT} bytes")));
        }
        file.write_all(&held)?;
        held.clear();
        fill(input, &mut held, STEP)?;
    }
    Ok(Box::new(FileBytes::of(file)?))
}

/// Reads until there are `count` bytes, or no more.
fn fill(input: &mut dyn io::Read, into: &mut Vec<u8>, count: usize) -> io::Result<()> {
    let missing = count.saturating_sub(into.len()) as u64;
    #[expect(clippy::disallowed_methods, reason = "bounded by take")]
    input.take(missing).read_to_end(into)?;
    Ok(())
}

/// A file that goes away with this process: its name is taken away as soon as it is there.
fn nameless() -> io::Result<File> {
    let mut last = io::ErrorKind::AlreadyExists.into();
    for attempt in 0..64 {
        let name = format!("coseal-scan-{}-{attempt}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::custom_flags(&mut options, 0x0400_0000); // FILE_FLAG_DELETE_ON_CLOSE
        match options.open(&path) {
            Ok(file) => {
                #[cfg(unix)]
                fs::remove_file(&path)?;
                return Ok(file);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use coseal_scan::bytes::read_up_to;

    use super::{HELD, STEP, spooled};

    #[test]
    fn what_is_long_is_read_like_what_is_short() {
        for size in [0, 9, HELD - 1, HELD, HELD + STEP + 3] {
            let input: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let bytes = spooled(&mut input.as_slice()).unwrap();
            assert_eq!(bytes.size(), size as u64);
            let mut end = [0; 5];
            let read = read_up_to(&*bytes, (size as u64).saturating_sub(5), &mut end).unwrap();
            assert!(input.ends_with(&end[..read]));
        }
    }
}
