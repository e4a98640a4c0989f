//! What one file may cost, however it nests: shared by all that is found in it, and the same on every machine.

/// Bytes unpacked from one file, over all its parts.
const MAX_UNPACKED: u64 = 512 << 20;
/// Members looked at in one file, over all its archives.
const MAX_MEMBERS: u32 = 65_536;
/// Containers within containers.
pub(crate) const MAX_DEPTH: usize = 8;

/// What is left.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    unpacked: u64,
    members: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { unpacked: MAX_UNPACKED, members: MAX_MEMBERS }
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
