//! Fields of a structure, one after another.

/// What is left of a structure. Numbers are little-endian. Each method is none where too little is left.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    whole: usize,
}

impl<'a> Fields<'a> {
    /// All of `bytes`.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, whole: bytes.len() }
    }

    /// How many bytes were taken.
    pub(super) const fn taken(&self) -> usize {
        self.whole.saturating_sub(self.rest.len())
    }

    /// What is left.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number of `width` bytes, at most eight.
    pub(super) fn uint(&mut self, width: usize) -> Option<u64> {
        let mut number = [0; 8];
        number.get_mut(..width)?.copy_from_slice(self.take(width)?);
        Some(u64::from_le_bytes(number))
    }

    /// One byte.
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number of two bytes.
    pub(super) fn short(&mut self) -> Option<u16> {
        u16::try_from(self.uint(2)?).ok()
    }

    /// A number of four bytes.
    pub(super) fn word(&mut self) -> Option<u32> {
        u32::try_from(self.uint(4)?).ok()
    }

    /// A number of `width` bytes as a length.
    pub(super) fn length(&mut self, width: usize) -> Option<usize> {
        usize::try_from(self.uint(width)?).ok()
    }

    /// A text up to its NUL, which is taken too.
    pub(super) fn text(&mut self) -> Option<&'a [u8]> {
        let end = memchr::memchr(0, self.rest)?;
        let text = self.take(end)?;
        self.take(1)?;
        Some(text)
    }

    /// Takes what fills up to a multiple of eight of what was taken since `start`.
    pub(super) fn pad(&mut self, start: usize) -> Option<()> {
        let length = self.taken().saturating_sub(start);
        let padded = length.checked_next_multiple_of(8)?;
        self.take(padded.saturating_sub(length)).map(|_| ())
    }
}
