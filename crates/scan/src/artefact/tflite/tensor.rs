//! A tensor: whether its shape and type fit the bytes that it is said to have.

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::rules::TENSOR;
use crate::{
    artefact::{growth::MAX_ELEMENTS, report::Report, stop::Step},
    encoding::flatbuffer::{Flat, List, Table},
};

/// Dimensions that are followed: the library has no operator for more.
const MAX_RANK: u64 = 64;
/// Types whose values have no size of their own.
const TEXT: u8 = 5;
const RESOURCE: u8 = 13;
const VARIANT: u8 = 14;
/// Texts of a constant that are looked at.
const MAX_TEXTS: u64 = 1 << 16;

/// Judges a tensor whose bytes are `data`: none where it is computed.
pub(super) fn judge(flat: &Flat<'_>, tensor: Table, data: List, report: &mut Report) -> Step {
    let shape = flat.list(tensor, 0, 4)?;
    let kind = flat.u8(tensor, 1)?;
    // What is kept sparsely has fewer bytes than its shape says.
    let sparse = flat.table(tensor, 6)?.is_some();
    let mut find = |why: &str| report.find(&TENSOR, Malformed, shape.at, why);
    if shape.count > MAX_RANK {
        find("a tensor has more dimensions than any operator takes");
        return Ok(());
    }
    let mut elements = Some(1_u64);
    let mut open = false;
    for index in 0..shape.count {
        let size = flat.i32_of(shape, index)?;
        // A size that is only known when the model runs.
        open |= size == -1;
        let size = u64::try_from(size).ok().or_else(|| (size == -1).then_some(1));
        elements = elements.zip(size).and_then(|(product, size)| product.checked_mul(size));
    }
    let bits = bits(kind);
    if bits.is_none() && !matches!(kind, TEXT | RESOURCE | VARIANT) {
        find(&format!("a tensor is of the type {kind}, which there is not"));
        return Ok(());
    }
    let Some(elements) = elements.filter(|elements| *elements <= MAX_ELEMENTS << 4) else {
        find("a tensor's shape is negative or impossibly large");
        return Ok(());
    };
    if data.count == 0 {
        if elements > MAX_ELEMENTS {
            find("a tensor that the model computes is larger than any model needs");
        }
        return Ok(());
    }
    if sparse {
        return Ok(());
    }
    if kind == TEXT {
        if !texts(flat, data, elements)? {
            find("a tensor's texts are not where it says, or not as many");
        }
        return Ok(());
    }
    // Small numbers were written one for each byte, too.
    let loose = bits.is_some_and(|bits| bits < 8) && data.count == elements;
    let wanted = bits.and_then(|bits| elements.checked_mul(bits)).map(|bits| bits.div_ceil(8));
    if open || wanted.is_some_and(|wanted| wanted != data.count && !loose) {
        let text = format!("a tensor of {elements} elements has {} bytes", data.count);
        find(&text);
    }
    Ok(())
}

/// Whether texts are as many as `elements`, and lie in their buffer: their number, where each begins, and where the last ends.
fn texts(flat: &Flat<'_>, data: List, elements: u64) -> Step<bool> {
    if data.count < 4 {
        return Ok(false);
    }
    let number = |index: u64| flat.i32_of(data, index).map(|number| u64::try_from(number).ok());
    let Some(count) = number(0)? else { return Ok(false) };
    let head = count.saturating_add(2).saturating_mul(4);
    if count != elements || head > data.count {
        return Ok(false);
    }
    let mut before = head;
    for index in 1..=count.saturating_add(1).min(MAX_TEXTS) {
        match number(index)? {
            Some(place) if place >= before && place <= data.count => before = place,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Bits of an element, by `TensorType`.
const fn bits(kind: u8) -> Option<u64> {
    Some(match kind {
        0 | 2 | 15 => 32,
        1 | 7 | 16 | 18 => 16,
        3 | 6 | 9 => 8,
        4 | 8 | 10 | 12 => 64,
        11 => 128,
        17 | 20 => 4,
        19 => 2,
        _ => return None,
    })
}
