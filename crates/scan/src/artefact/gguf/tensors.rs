//! The list of tensors, and whether they cover the data.

use std::collections::HashSet;

use coseal_core::fact::ArtefactVerdict;

use super::{
    kinds::block,
    reader::{Problem, Reader, Trouble},
    rules::{COVER, HIDDEN},
};
use crate::{
    artefact::{registry::pickle, report::Report},
    bytes::{ReadAt, Section, read_up_to},
};

/// Tensors followed.
const MAX_TENSORS: u64 = 1 << 17;
/// Bytes of names held at once.
const MAX_NAMES: usize = 8 << 20;
/// Bytes of a tensor's name; loaders end it with a zero within 64.
const MAX_NAME: usize = 63;
/// Dimensions of a tensor.
const MAX_RANK: u32 = 4;
/// Bytes that are tried as a pickle.
const PROBED: u64 = 1 << 16;

/// Where a tensor begins and ends, from the beginning of the data.
pub(super) type Extent = (u64, u64);

/// Reads the list.
pub(super) fn list(
    reader: &mut Reader<'_>,
    count: u64,
    alignment: u64,
) -> Result<Vec<Extent>, Problem> {
    if count > MAX_TENSORS {
        return reader.limit("there are more tensors than are followed");
    }
    let (mut names, mut held) = (HashSet::new(), 0_usize);
    let mut extents = Vec::new();
    for _ in 0..count {
        let name = reader.name(65_535)?;
        held = held.saturating_add(name.len());
        if held > MAX_NAMES {
            return reader.limit("the names are longer than is held");
        }
        if name.len() > MAX_NAME {
            return reader.broken("the name of a tensor is longer than loaders hold");
        }
        if !names.insert(name) {
            return reader.broken("two tensors have one name");
        }
        extents.push(extent(reader, alignment)?);
    }
    Ok(extents)
}

fn extent(reader: &mut Reader<'_>, alignment: u64) -> Result<Extent, Problem> {
    let rank = reader.u32()?;
    if rank > MAX_RANK {
        return reader
            .broken(format!("a tensor has {rank} dimensions; there are at most {MAX_RANK}"));
    }
    let (mut row, mut elements) = (1, 1_u64);
    for place in 0..rank {
        let length = reader.length()?;
        if length == 0 {
            return reader.broken("a tensor has a dimension of no length");
        }
        if place == 0 {
            row = length;
        }
        elements = match elements
            .checked_mul(length)
            .filter(|elements| i64::try_from(*elements).is_ok())
        {
            Some(elements) => elements,
            None => return reader.broken("the elements of a tensor are more than can be counted"),
        };
    }
    let kind = reader.u32()?;
    let Some((per_block, bytes)) = block(kind) else {
        return reader.broken(format!("a tensor is of the kind {kind}, which there is not"));
    };
    if row.checked_rem(per_block) != Some(0) {
        return reader.broken("the rows of a tensor are no whole blocks");
    }
    let start = reader.u64()?;
    if start.checked_rem(alignment) != Some(0) {
        return reader.broken("a tensor is not aligned");
    }
    let size = elements.checked_div(per_block).and_then(|blocks| blocks.checked_mul(bytes));
    match size.and_then(|size| start.checked_add(size)) {
        Some(end) => Ok((start, end)),
        None => reader.broken("the end of a tensor is beyond what can be counted"),
    }
}

/// Compares the tensors with the data: one behind the other, with nothing but zeros between.
pub(super) fn cover(
    bytes: &dyn ReadAt,
    header: u64,
    alignment: u64,
    mut extents: Vec<Extent>,
    report: &mut Report,
) -> Result<(), Problem> {
    extents.sort_unstable();
    let broken = |at: u64, what: &str| Err(Problem { at, kind: Trouble::Broken(what.to_owned()) });
    let Some(data) = header.checked_next_multiple_of(alignment) else {
        return broken(header, "the data begins beyond what can be counted");
    };
    let mut end = data;
    padding(bytes, header, data, report)?;
    for (start, stop) in extents {
        let (Some(start), Some(stop)) = (data.checked_add(start), data.checked_add(stop)) else {
            return broken(header, "a tensor is beyond what can be counted");
        };
        let next = end.checked_next_multiple_of(alignment).unwrap_or(u64::MAX);
        if start < next {
            return lies(report, start, "a tensor overlaps the one before it");
        }
        if stop > bytes.size() {
            return lies(report, start, "a tensor reaches past the end of the file");
        }
        if start > next {
            behind(bytes, next, start, report);
            return lies(report, next, "bytes between tensors belong to none");
        }
        padding(bytes, end, start, report)?;
        report.payload(stop.saturating_sub(start));
        end = stop;
    }
    let last = end.checked_next_multiple_of(alignment).unwrap_or(u64::MAX);
    padding(bytes, end, last.min(bytes.size()), report)?;
    if bytes.size() > last {
        behind(bytes, last, bytes.size(), report);
        return lies(report, last, "bytes behind the tensors belong to none");
    }
    Ok(())
}

fn lies(report: &mut Report, at: u64, what: &str) -> Result<(), Problem> {
    report.find(&COVER, ArtefactVerdict::Malformed, at, what);
    Ok(())
}

/// Whether bytes that belong to no tensor are a pickle.
fn behind(bytes: &dyn ReadAt, start: u64, end: u64, report: &mut Report) {
    let section = Section::new(bytes, start, end.saturating_sub(start).min(PROBED));
    if pickle::has_effect(&section) {
        report.find(
            &HIDDEN,
            ArtefactVerdict::Malicious,
            start,
            "a pickle with effects lies beside the tensors",
        );
    }
}

/// Less than an alignment of zeros.
fn padding(bytes: &dyn ReadAt, start: u64, end: u64, report: &mut Report) -> Result<(), Problem> {
    let length = end.min(bytes.size()).saturating_sub(start);
    if length == 0 {
        return Ok(());
    }
    let mut held = vec![0; usize::try_from(length).unwrap_or(0)];
    match read_up_to(bytes, start, &mut held) {
        Ok(_) if held.iter().all(|byte| *byte == 0) => Ok(()),
        Ok(_) => {
            behind(bytes, start, end, report);
            lies(report, start, "bytes of padding are not zero")
        }
        Err(_) => Err(Problem { at: start, kind: Trouble::Unreadable }),
    }
}
