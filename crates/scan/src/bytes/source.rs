//! Where bytes come from. No memory maps: they need unsafe code and fault when a file is cut short.

use std::{fs::File, io, path::Path};

use coseal_core::tree::{ReadError, open_regular};

/// Bytes that can be read at any offset.
pub trait ReadAt: Send + Sync {
    /// How many there are.
    fn size(&self) -> u64;

    /// Reads into `buf` from `offset`, as far as there is something; 0 at or past the end.
    ///
    /// # Errors
    /// If the operating system refuses.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize>;
}

impl<T: ReadAt + ?Sized> ReadAt for &T {
    fn size(&self) -> u64 {
        (**self).size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        (**self).read_at(offset, buf)
    }
}

/// Fills as much of `buf` as there is from `offset`, over several reads if need be.
///
/// # Errors
/// If a read fails.
pub fn read_up_to(bytes: &dyn ReadAt, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0_usize;
    while let Some(rest) = buf.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let at = offset.saturating_add(filled as u64);
        match bytes.read_at(at, rest) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Fills all of `buf` from `offset`.
///
/// # Errors
/// If a read fails, or there is too little.
pub fn read_exact_at(bytes: &dyn ReadAt, offset: u64, buf: &mut [u8]) -> io::Result<()> {
    if read_up_to(bytes, offset, buf)? == buf.len() {
        Ok(())
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// A regular file.
#[derive(Debug)]
pub struct FileBytes {
    file: File,
    size: u64,
}

impl FileBytes {
    /// Opens a regular file: not a link, a pipe or a device. Its size is that of this moment.
    ///
    /// # Errors
    /// If it is no regular file, or can't be opened.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        Ok(Self::of(open_regular(path)?)?)
    }

    /// Of a file that is open. Its size is that of this moment.
    ///
    /// # Errors
    /// If the system does not tell its size.
    pub fn of(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self { file, size })
    }
}

impl ReadAt for FileBytes {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buf, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, buf, offset)
    }
}

/// Bytes in memory.
#[derive(Clone, Copy, Debug)]
pub struct SliceBytes<'a>(pub &'a [u8]);

impl ReadAt for SliceBytes<'_> {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|start| self.0.get(start..));
        let rest = rest.unwrap_or_default();
        let count = rest.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        Ok(count)
    }
}

/// A part of other bytes, as bytes of its own.
#[derive(Clone, Copy)]
pub struct Section<'a> {
    inner: &'a dyn ReadAt,
    start: u64,
    size: u64,
}

impl<'a> Section<'a> {
    /// `size` bytes of `inner` from `start`, or fewer if there are fewer.
    #[must_use]
    pub fn new(inner: &'a dyn ReadAt, start: u64, size: u64) -> Self {
        Self { inner, start, size: size.min(inner.size().saturating_sub(start)) }
    }

    /// All bytes of `inner` from `start`.
    #[must_use]
    pub fn from(inner: &'a dyn ReadAt, start: u64) -> Self {
        Self::new(inner, start, u64::MAX)
    }
}

impl ReadAt for Section<'_> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let count = left.min(buf.len());
        match (self.start.checked_add(offset), buf.get_mut(..count)) {
            (Some(at), Some(buf)) if count > 0 => self.inner.read_at(at, buf),
            _ => Ok(0),
        }
    }
}
