//! Numbers as messages hold them.

use super::value::MAX_HELD;
use crate::bytes::{ReadAt, read_exact_at, read_up_to};

/// A whole number as it is written.
#[expect(clippy::cast_precision_loss, reason = "only how large it is matters")]
pub(crate) const fn signed(number: u64) -> f64 {
    number.cast_signed() as f64
}

/// Numbers whose tag is at `at`: one, or a run with its length.
pub(crate) fn decoded(bytes: &dyn ReadAt, at: u64, count: u64, wide: bool) -> Option<Vec<f64>> {
    let length = count.checked_mul(if wide { 8 } else { 4 })?;
    if count > MAX_HELD as u64 {
        return None;
    }
    let mut held = [0; 24];
    let count = read_up_to(bytes, at, &mut held).ok()?;
    let held = held.get(..count)?;
    let end = |from: usize| {
        let rest = held.get(from..)?;
        Some(from.saturating_add(rest.iter().position(|byte| *byte < 0x80)?).saturating_add(1))
    };
    let tag = end(0)?;
    let run = held.first()? & 7 == 2;
    let start = if run { end(tag)? } else { tag };

    read(bytes, at.saturating_add(start as u64), length, if wide { 11 } else { 1 })
}

/// The few numbers that bytes are, by `TensorProto.DataType` of ONNX.
#[expect(clippy::cast_precision_loss, reason = "only how large it is matters")]
pub(crate) fn read(bytes: &dyn ReadAt, start: u64, length: u64, kind: u64) -> Option<Vec<f64>> {
    let mut held = vec![0; usize::try_from(length.min((MAX_HELD as u64) << 3)).ok()?];
    read_exact_at(bytes, start, &mut held).ok()?;
    let short = |two: &[u8]| <[u8; 2]>::try_from(two).ok();
    let four = |four: &[u8]| <[u8; 4]>::try_from(four).ok();
    let eight = |eight: &[u8]| <[u8; 8]>::try_from(eight).ok();
    match kind {
        1 => held.chunks(4).map(|part| Some(f64::from(f32::from_le_bytes(four(part)?)))).collect(),
        6 => held.chunks(4).map(|part| Some(f64::from(i32::from_le_bytes(four(part)?)))).collect(),
        12 => held.chunks(4).map(|part| Some(f64::from(u32::from_le_bytes(four(part)?)))).collect(),
        7 => held.chunks(8).map(|part| Some(i64::from_le_bytes(eight(part)?) as f64)).collect(),
        13 => held.chunks(8).map(|part| Some(u64::from_le_bytes(eight(part)?) as f64)).collect(),
        11 => held.chunks(8).map(|part| Some(f64::from_le_bytes(eight(part)?))).collect(),
        4 => held.chunks(2).map(|part| Some(f64::from(u16::from_le_bytes(short(part)?)))).collect(),
        5 => held.chunks(2).map(|part| Some(f64::from(i16::from_le_bytes(short(part)?)))).collect(),
        2 | 9 => Some(held.iter().map(|byte| f64::from(*byte)).collect()),
        3 => Some(held.iter().map(|byte| f64::from(byte.cast_signed())).collect()),
        _ => None,
    }
}
