//! What the header says of the tensors, and whether they cover the data.

use std::collections::BTreeSet;

use coseal_core::{counted::counted, fact::ArtefactVerdict};

use super::{
    entry::Entry,
    header::{PROBED, Problem, cover},
    rules::HIDDEN,
};
use crate::{
    artefact::{
        registry::pickle,
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::{ReadAt, Section, room},
};

/// Tensors followed.
pub(super) const MAX_TENSORS: usize = 1 << 19;

/// What the header says.
#[derive(Default)]
pub(super) struct Tensors {
    /// Start and end of each tensor's data. They need not be aligned: writers before 2023 did not.
    ranges: Vec<(u64, u64)>,
    dtypes: BTreeSet<&'static str>,
    parameters: u64,
}

impl Tensors {
    /// The data must be covered exactly, each byte once.
    pub(super) fn cover(
        &mut self,
        data: u64,
        size: u64,
        bytes: &dyn ReadAt,
        report: &mut Report,
    ) -> Result<(), Problem> {
        self.ranges.sort_unstable();
        let mut covered = 0;
        for &(start, end) in &self.ranges {
            let offset = data.saturating_add(start);
            if start != covered {
                let what =
                    if start < covered { "overlaps another" } else { "leaves a hole before it" };
                return Err(cover(offset, format!("a tensor at {start} {what}")));
            }
            if end > size {
                return Err(cover(offset, format!("a tensor at {start} reaches outside the file")));
            }
            covered = end;
        }
        if covered == size {
            return Ok(());
        }
        let offset = data.saturating_add(covered);
        if pickle::has_effect(&Section::new(bytes, offset, PROBED)) {
            let text = "a pickle with effects follows the tensors";
            report.find(&HIDDEN, ArtefactVerdict::Malicious, offset, text);
        }
        Err(cover(
            offset,
            format!("{} in no tensor", counted(size.saturating_sub(covered), "byte")),
        ))
    }

    pub(super) fn measure(&self, report: &mut Report) {
        report.measure("tensors", self.ranges.len().to_string());
        report.measure("parameters", self.parameters.to_string());
        if !self.dtypes.is_empty() {
            report.measure("dtypes", self.dtypes.iter().copied().collect::<Vec<_>>().join(" "));
        }
    }

    /// Adds the tensor that is described at `at`.
    pub(super) fn add(&mut self, at: u64, entry: &Entry) -> Step {
        let (Some((dtype, bits)), Some(elements), Some((start, end))) =
            (entry.dtype, entry.elements, entry.offsets)
        else {
            return broken(at, "a tensor without type, shape or offsets");
        };
        let Some(total) = elements.checked_mul(bits) else {
            return broken(at, "a shape beyond all bounds");
        };
        let Some(length) = end.checked_sub(start) else {
            return broken(at, "a tensor that ends before it begins");
        };
        if !total.is_multiple_of(8) || total.checked_div(8) != Some(length) {
            return broken(at, "a tensor whose shape does not match its size");
        }
        if self.ranges.len() >= MAX_TENSORS {
            return Err(Stop::Limit("there are more tensors than are followed"));
        }
        self.dtypes.insert(dtype);
        self.parameters = self.parameters.saturating_add(elements);
        room::push(&mut self.ranges, (start, end));
        Ok(())
    }
}
