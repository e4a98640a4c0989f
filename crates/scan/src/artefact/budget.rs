//! What one file may cost, however it nests: shared by all that is found in it, and the same on every machine.

use crate::container::{Codec, Unpacked};

/// Bytes unpacked from one file, over all its parts.
const MAX_UNPACKED: u64 = 512 << 20;
/// Members looked at in one file, over all its archives.
const MAX_MEMBERS: u32 = 65_536;
/// Bytes unpacked, over all members that are packed, only to see what is in them.
const MAX_PROBED: u64 = 1 << 30;
/// What one such member costs at most, and how many times its size.
const PROBED: u64 = 16 << 20;
const PROBED_RATIO: u64 = 100;
/// What it costs at least.
const PROBED_LEAST: u64 = 1 << 19;
/// Bytes read of members that share them with others, and what one such member costs at least.
const MAX_OVERLAPPING: u64 = 64 << 20;
const OVERLAPPING_LEAST: u64 = 16 << 20;
/// Members of archives that are asked what they hold, to tell one format; and over all parts.
pub(crate) const MAX_QUESTIONS: u32 = 1024;
const MAX_ALL_QUESTIONS: u32 = 8192;
/// Units of work, over all its parts. One is about what it takes to look at one word of a text.
const MAX_STEPS: u64 = 24_000_000;
/// Containers within containers.
pub(crate) const MAX_DEPTH: usize = 8;

/// What is left.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    unpacked: u64,
    members: u32,
    probed: u64,
    overlapping: u64,
    steps: u64,
    questions: u32,
}

/// All that one file may cost was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit;

impl Default for Budget {
    fn default() -> Self {
        Self {
            unpacked: MAX_UNPACKED,
            members: MAX_MEMBERS,
            probed: MAX_PROBED,
            overlapping: MAX_OVERLAPPING,
            steps: MAX_STEPS,
            questions: MAX_ALL_QUESTIONS,
        }
    }
}

impl Budget {
    /// Bytes that may still be unpacked by a codec.
    #[must_use]
    pub fn unpackable(&self, codec: Codec) -> u64 {
        self.unpacked.checked_div(codec.weight()).unwrap_or(0)
    }

    /// Counts what was unpacked.
    pub fn unpacked(&mut self, unpacked: &Unpacked<'_>) {
        self.unpacked = self.unpacked.saturating_sub(unpacked.cost());
    }

    /// Counts a packed member of `size` bytes that is asked what it holds; false when that was asked of too many.
    pub fn probe(&mut self, size: u64) -> bool {
        let cost = size.saturating_mul(PROBED_RATIO).clamp(PROBED_LEAST, PROBED);
        match self.probed.checked_sub(cost) {
            Some(left) => {
                self.probed = left;
                true
            }
            None => false,
        }
    }

    /// How many members of one part may be asked what they hold.
    #[must_use]
    pub fn questions(&self) -> u32 {
        self.questions.min(MAX_QUESTIONS)
    }

    /// Counts those that were, by how many of [`Self::questions`] are left.
    pub fn asked(&mut self, left: u32) {
        self.questions = self.questions.saturating_sub(self.questions().saturating_sub(left));
    }

    /// Counts a member of `size` bytes that shares them with others; false when there were too many.
    pub fn overlap(&mut self, size: u64) -> bool {
        let left = self.overlapping.checked_sub(size.max(OVERLAPPING_LEAST));
        self.overlapping = left.unwrap_or(self.overlapping);
        left.is_some()
    }

    /// Counts units of work.
    ///
    /// # Errors
    /// When more were done than one file may cost, from then on.
    pub const fn step(&mut self, n: u64) -> Result<(), Limit> {
        match self.steps.checked_sub(n) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => {
                self.steps = 0;
                Err(Limit)
            }
        }
    }

    /// Whether as much work was done as one file may be.
    #[must_use]
    pub const fn is_spent(&self) -> bool {
        self.steps == 0
    }

    /// Counts a member; false when there were too many.
    pub const fn member(&mut self) -> bool {
        match self.members.checked_sub(1) {
            Some(left) => {
                self.members = left;
                true
            }
            None => false,
        }
    }
}
