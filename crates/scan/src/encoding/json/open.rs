//! The lists and maps that are open, with the keys of the maps: one that stands twice is broken.

use std::collections::BTreeSet;

use crate::artefact::stop::{Step, Stop, broken};

/// Keys that are kept, each with its place, in bytes.
const MAX_KEPT: usize = 16 << 20;
/// What a key takes beside its letters.
const PLACE: usize = 64;

/// What is open, from the outside.
#[derive(Debug, Default)]
pub(crate) struct Open {
    maps: Vec<BTreeSet<String>>,
    kept: usize,
}

impl Open {
    /// A list or a map begins.
    pub(crate) fn open(&mut self) {
        self.maps.push(BTreeSet::new());
    }

    /// The innermost of them ends.
    pub(crate) fn close(&mut self) {
        for key in self.maps.pop().unwrap_or_default() {
            self.kept = self.kept.saturating_sub(size(&key));
        }
    }

    /// A key of the innermost one, at byte `at`.
    ///
    /// # Errors
    /// When it stands twice, or all of them take more memory than is kept.
    pub(crate) fn key(&mut self, at: u64, key: &str) -> Step {
        self.kept = self.kept.saturating_add(size(key));
        if self.kept > MAX_KEPT {
            return Err(Stop::Limit("its maps have more keys than are followed"));
        }
        if self.maps.last_mut().is_some_and(|keys| !keys.insert(key.to_owned())) {
            return broken(at, format!("the key {key} is there twice"));
        }
        Ok(())
    }
}

fn size(key: &str) -> usize {
    key.len().saturating_add(PLACE)
}
