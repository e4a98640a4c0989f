//! Dataspaces (IV.A.2.b): shapes.

use super::fields::Fields;

/// Dimensions of a dataset, by the specification.
const MAX_RANK: u8 = 32;

/// How many elements a shape has, and how many bytes the message takes; none if it is broken or overflows.
pub(super) fn read(body: &[u8], lengths: usize) -> Option<u64> {
    let mut fields = Fields::new(body);
    let version = fields.byte()?;
    let rank = fields.byte()?;
    fields.byte()?;
    let null = match version {
        1 => {
            fields.take(5)?;
            false
        }
        2 => fields.byte()? == 2,
        _ => return None,
    };
    if rank > MAX_RANK {
        return None;
    }
    let mut count = u64::from(!null);
    for _ in 0..rank {
        count = count.checked_mul(fields.uint(lengths)?)?;
    }
    Some(count)
}
