//! Copies the elements of one tensor, piece by piece, in the order of C and least significant byte first.

use std::io::{self, Write};

use super::array::Array;
use crate::bytes::{ReadAt, read_exact_at};

/// Bytes copied at a time.
const PIECE: usize = 1 << 20;
/// Elements put into order at a time.
const ORDERED: usize = 1 << 19;
/// Elements that stand no further apart than so many bytes are read in one go.
const NEAR: u64 = 1 << 12;

/// Where the elements are.
pub(super) struct From<'a> {
    pub(super) bytes: &'a dyn ReadAt,
    /// First byte of the storage.
    pub(super) start: u64,
    /// Bytes that change places; 1 if none do.
    pub(super) swap: u64,
    /// Bytes of an element.
    pub(super) item: u64,
}

/// Writes all elements.
pub(super) fn copy(array: &Array, from: &From<'_>, out: &mut dyn Write) -> io::Result<()> {
    let count = array.count().ok_or(io::ErrorKind::InvalidData)?;
    if array.is_contiguous() {
        let start = from.start.saturating_add(array.offset.saturating_mul(from.item));
        return run(from, start, count.saturating_mul(from.item), out);
    }
    let mut done = 0_u64;
    while done < count {
        let next = count.min(done.saturating_add(ORDERED as u64));
        ordered(array, from, done, next, out)?;
        done = next;
    }
    Ok(())
}

fn run(from: &From<'_>, start: u64, length: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE.min(usize::try_from(length).unwrap_or(PIECE))];
    let mut done = 0_u64;
    while done < length {
        let left = usize::try_from(length.saturating_sub(done)).unwrap_or(usize::MAX);
        let piece = piece.get_mut(..left.min(PIECE)).unwrap_or_default();
        read_exact_at(from.bytes, start.saturating_add(done), piece)?;
        swap(piece, from.swap);
        out.write_all(piece)?;
        done = done.saturating_add(piece.len() as u64);
    }
    Ok(())
}

/// Elements `first..next`: read in the order in which they stand, put where they belong.
fn ordered(
    array: &Array,
    from: &From<'_>,
    first: u64,
    next: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let size = usize::try_from(from.item).map_err(|_| io::ErrorKind::InvalidData)?;
    let count = usize::try_from(next.saturating_sub(first)).unwrap_or(0);
    let mut order: Vec<(u64, u32)> = Vec::with_capacity(count);
    for (slot, index) in (first..next).enumerate() {
        let element = source(array, index).saturating_mul(from.item);
        order.push((from.start.saturating_add(element), u32::try_from(slot).unwrap_or(u32::MAX)));
    }
    order.sort_unstable();
    let mut result = vec![0; count.saturating_mul(size)];
    let mut held = Vec::new();
    let mut rest = order.as_slice();
    while let Some(&(start, _)) = rest.first() {
        let (group, after) = rest.split_at(near(rest, start));
        let end = group.last().map_or(start, |(at, _)| at.saturating_add(from.item));
        held.resize(usize::try_from(end.saturating_sub(start)).unwrap_or(0), 0);
        read_exact_at(from.bytes, start, &mut held)?;
        for (at, slot) in group {
            let at = usize::try_from(at.saturating_sub(start)).unwrap_or(usize::MAX);
            let to = usize::try_from(*slot).unwrap_or(usize::MAX).saturating_mul(size);
            let element = held.get(at..at.saturating_add(size));
            let slot = result.get_mut(to..to.saturating_add(size));
            if let (Some(element), Some(slot)) = (element, slot) {
                slot.copy_from_slice(element);
            }
        }
        rest = after;
    }
    swap(&mut result, from.swap);
    out.write_all(&result)
}

/// How many of the first elements are read in one go.
fn near(order: &[(u64, u32)], start: u64) -> usize {
    let mut last = start;
    let close = |(at, _): &&(u64, u32)| {
        let fits = at.saturating_sub(last) <= NEAR && at.saturating_sub(start) <= PIECE as u64;
        last = *at;
        fits
    };
    order.iter().take_while(close).count().max(1)
}

/// The place in the storage of element `index` in the order of C.
fn source(array: &Array, index: u64) -> u64 {
    let mut left = index;
    let mut at = array.offset;
    for (side, stride) in array.shape.iter().zip(&array.strides).rev() {
        let step = left.checked_rem(*side).unwrap_or(0);
        left = left.checked_div(*side).unwrap_or(0);
        at = at.saturating_add(step.saturating_mul(*stride));
    }
    at
}

fn swap(bytes: &mut [u8], unit: u64) {
    if let Some(unit) = usize::try_from(unit).ok().filter(|unit| *unit > 1) {
        bytes.chunks_exact_mut(unit).for_each(<[u8]>::reverse);
    }
}
