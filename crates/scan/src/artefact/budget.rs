//! What one file may cost, however it nests: shared by all that is found in it, and the same on every machine.

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
/// Steps of programs that are followed rather than run, such as templates.
const MAX_STEPS: u64 = 24_000_000;
/// Containers within containers.
pub(crate) const MAX_DEPTH: usize = 8;

/// What is left.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    unpacked: u64,
    members: u32,
    probed: u64,
    steps: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { unpacked: MAX_UNPACKED, members: MAX_MEMBERS, probed: MAX_PROBED, steps: MAX_STEPS }
    }
}

impl Budget {
    /// Bytes that may still be unpacked.
    #[must_use]
    pub const fn unpackable(&self) -> u64 {
        self.unpacked
    }

    /// Counts unpacked bytes.
    pub const fn unpacked(&mut self, bytes: u64) {
        self.unpacked = self.unpacked.saturating_sub(bytes);
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

    /// Counts steps of following a program; false when there were too many.
    pub const fn step(&mut self, steps: u64) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
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
