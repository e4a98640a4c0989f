//! Blocks of the file, read at their addresses.

use std::cell::Cell;

use super::rules;
use crate::{
    artefact::report::Report,
    bytes::{ReadAt, Section, read_up_to},
};

/// Bytes of one block.
const MAX_BLOCK: usize = 8 << 20;
/// Blocks read of one file.
const MAX_BLOCKS: u32 = 1 << 20;
/// Bytes read of one file.
const MAX_BYTES: u64 = 256 << 20;
/// Values visited, and objects of heaps passed, in one file.
const MAX_STEPS: u32 = 1 << 21;

/// Why something can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It breaks the rules of the format: where, and how.
    Broken(u64, &'static str),
    /// It is of a kind that is not read, or more than is read.
    Unread(&'static str),
    /// A read failed there.
    Failed(u64),
}

/// What was read, or why not.
pub(super) type Outcome<T> = Result<T, Trouble>;

impl Trouble {
    /// Says it.
    pub(super) fn tell(self, what: &str, report: &mut Report) {
        match self {
            Self::Broken(offset, text) => {
                let text = format!("{what}: {text}");
                rules::broken(offset, &text, report);
            }
            Self::Unread(why) => report.gap(what, why),
            Self::Failed(offset) => report.unreadable(offset),
        }
    }
}

/// A file whose superblock is known.
pub(super) struct File<'a> {
    bytes: &'a dyn ReadAt,
    /// Where address 0 stands.
    pub(super) base: u64,
    /// Bytes of an address.
    pub(super) offsets: usize,
    /// Bytes of a length.
    pub(super) lengths: usize,
    blocks: Cell<u32>,
    left: Cell<u64>,
    steps: Cell<u32>,
}

impl<'a> File<'a> {
    /// A file whose addresses count from `base`.
    pub(super) const fn new(
        bytes: &'a dyn ReadAt,
        base: u64,
        offsets: usize,
        lengths: usize,
    ) -> Self {
        let (blocks, left) = (Cell::new(MAX_BLOCKS), Cell::new(MAX_BYTES));
        let steps = Cell::new(MAX_STEPS);
        Self { bytes, base, offsets, lengths, blocks, left, steps }
    }

    /// How many bytes there are from address 0 on.
    pub(super) fn size(&self) -> u64 {
        self.bytes.size().saturating_sub(self.base)
    }

    /// Where an address stands in the file.
    pub(super) const fn place(&self, address: u64) -> u64 {
        self.base.saturating_add(address)
    }

    /// Whether an address stands for nothing.
    pub(super) const fn is_undefined(&self, address: u64) -> bool {
        let bits = 64_u32.saturating_sub((self.offsets as u32).saturating_mul(8));
        match u64::MAX.checked_shr(bits) {
            Some(undefined) => address == undefined,
            None => true,
        }
    }

    /// Whether all of a stretch is in the file.
    pub(super) fn holds(&self, address: u64, size: u64) -> bool {
        address.checked_add(size).is_some_and(|end| end <= self.size())
    }

    /// A stretch of the file.
    pub(super) fn section(&self, address: u64, size: u64) -> Section<'a> {
        Section::new(self.bytes, self.place(address), size)
    }

    /// Exactly `size` bytes at `address`.
    pub(super) fn block(&self, address: u64, size: usize) -> Outcome<Vec<u8>> {
        if !self.holds(address, size as u64) {
            return Err(Trouble::Broken(self.place(address), "it reaches beyond the file"));
        }
        self.some(address, size)
    }

    /// As many of `size` bytes at `address` as there are.
    pub(super) fn some(&self, address: u64, size: usize) -> Outcome<Vec<u8>> {
        if size > MAX_BLOCK {
            return Err(Trouble::Unread("it is larger than what is read at once"));
        }
        self.spend(size)?;
        let mut block = vec![0; size];
        let place = self.place(address);
        let read = read_up_to(self.bytes, place, &mut block).map_err(|_| Trouble::Failed(place))?;
        block.truncate(read);
        Ok(block)
    }

    /// Counts a step.
    pub(super) fn step(&self) -> Outcome<()> {
        let steps = self.steps.get().checked_sub(1);
        self.steps
            .set(steps.ok_or(Trouble::Unread("the file has more values than are looked at"))?);
        Ok(())
    }

    fn spend(&self, size: usize) -> Outcome<()> {
        let blocks = self.blocks.get().checked_sub(1);
        let left = self.left.get().checked_sub(size as u64);
        let (Some(blocks), Some(left)) = (blocks, left) else {
            return Err(Trouble::Unread("the file has more parts than are read"));
        };
        self.blocks.set(blocks);
        self.left.set(left);
        Ok(())
    }

    /// What `Fields` says at `address`, or that something is broken there.
    pub(super) fn expect<T>(
        &self,
        read: Option<T>,
        address: u64,
        text: &'static str,
    ) -> Outcome<T> {
        read.ok_or(Trouble::Broken(self.place(address), text))
    }
}
