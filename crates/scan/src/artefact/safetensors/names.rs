//! Whether names differ, of which there may be more than can be kept.

use super::tensors::MAX_TENSORS;
use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::room,
};

/// Names, as numbers: equal names have equal numbers.
#[derive(Default)]
pub(super) struct Names(Vec<u64>);

impl Names {
    pub(super) fn add(&mut self, name: &str) -> Step {
        if self.0.len() > MAX_TENSORS {
            return Err(Stop::Limit("there are more names than are followed"));
        }
        room::push(&mut self.0, number(name));
        Ok(())
    }

    /// Holds them against each other.
    pub(super) fn differ(mut self) -> Step {
        self.0.sort_unstable();
        match self.0.array_windows().all(|[one, next]| one != next) {
            true => Ok(()),
            false => broken(0, "two entries of one name"),
        }
    }
}

/// FNV-1a. Who makes two names meet only breaks a file of their own.
fn number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
