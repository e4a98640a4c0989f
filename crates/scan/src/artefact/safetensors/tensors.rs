//! What the header says of the tensors, and whether they cover the data.

use std::{
    collections::{BTreeSet, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use coseal_core::{counted::counted, fact::ArtefactVerdict};
use serde::de;

use super::{
    entry::Entry,
    header::{PROBED, Problem, cover},
    rules::HIDDEN,
};
use crate::{
    artefact::{registry::pickle, report::Report},
    bytes::{ReadAt, Section},
};

/// Tensors followed.
pub(super) const MAX_TENSORS: usize = 1 << 19;

/// What the header says.
#[derive(Default)]
pub(super) struct Tensors {
    /// Start and end of each tensor's data. They need not be aligned: writers before 2023 did not.
    ranges: Vec<(u64, u64)>,
    /// Hashes of the names seen.
    names: HashSet<u64>,
    dtypes: BTreeSet<&'static str>,
    parameters: u64,
    pub(super) overflow: bool,
    pub(super) problem: Option<&'static str>,
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
        // The names are not needed any more, and there may be many.
        self.names = HashSet::new();
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

    /// Notes what is wrong, and gives the error that stops the parser.
    pub(super) fn fail<E: de::Error>(&mut self, why: &'static str) -> E {
        self.problem.get_or_insert(why);
        E::custom(why)
    }

    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), &'static str> {
        let (Some(dtype), Some(shape), Some((start, end))) =
            (entry.dtype, entry.shape.as_ref(), entry.offsets)
        else {
            return Err("a tensor without type, shape or offsets");
        };
        let (name, bits) = dtype;
        let elements = shape.iter().try_fold(1_u64, |product, side| product.checked_mul(*side));
        let elements = elements.ok_or("a shape beyond all bounds")?;
        let total = elements.checked_mul(bits).ok_or("a shape beyond all bounds")?;
        let length = end.checked_sub(start).ok_or("a tensor that ends before it begins")?;
        if !total.is_multiple_of(8) || total.checked_div(8) != Some(length) {
            return Err("a tensor whose shape does not match its size");
        }
        if self.ranges.len() >= MAX_TENSORS {
            self.overflow = true;
            return Ok(());
        }
        self.dtypes.insert(name);
        self.parameters = self.parameters.saturating_add(elements);
        self.ranges.push((start, end));
        Ok(())
    }

    pub(super) fn is_new(&mut self, name: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        self.overflow |= self.names.len() > MAX_TENSORS;
        self.overflow || self.names.insert(hasher.finish())
    }
}
