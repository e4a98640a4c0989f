//! Datatypes (IV.A.2.d), as far as it matters what a program makes of them.

use super::fields::Fields;

/// Types within types.
const MAX_DEPTH: u8 = 12;
/// Fields of one record.
const MAX_FIELDS: u16 = 4096;

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Numbers, times, references: nothing that could be read otherwise.
    Number,
    /// Single bytes as numbers.
    Bytes,
    /// Text of a fixed length.
    Text,
    /// Bytes of no known meaning.
    Opaque,
    /// Text of any length, in a heap.
    LongText,
    /// A row of values of any length, in a heap.
    Row(Box<Datatype>),
    /// A record: fields and where they begin.
    Record(Vec<(u64, Datatype)>),
    /// So many values side by side.
    Array(u64, Box<Datatype>),
}

/// A type of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Datatype {
    /// Bytes of one value, in place.
    pub(super) size: u64,
    /// What it is.
    pub(super) kind: Kind,
}

impl Datatype {
    /// Whether values or parts of them stand in a heap as rows.
    pub(super) fn has_rows(&self) -> bool {
        match &self.kind {
            Kind::Row(_) => true,
            Kind::Record(fields) => fields.iter().any(|(_, field)| field.has_rows()),
            Kind::Array(_, item) => item.has_rows(),
            _ => false,
        }
    }

    /// Whether all values together could be a pickle.
    pub(super) const fn is_plain_bytes(&self) -> bool {
        matches!(self.kind, Kind::Bytes | Kind::Opaque)
    }

    /// Whether a value could be a pickle as it stands.
    pub(super) fn is_bytes(&self) -> bool {
        match &self.kind {
            Kind::Bytes | Kind::Text | Kind::Opaque => true,
            Kind::Record(fields) => fields.iter().any(|(_, field)| field.is_bytes()),
            Kind::Array(_, item) => item.is_bytes(),
            _ => false,
        }
    }
}

/// Reads a type.
pub(super) fn read(body: &[u8]) -> Option<Datatype> {
    one(&mut Fields::new(body), 0)
}

fn one(fields: &mut Fields<'_>, depth: u8) -> Option<Datatype> {
    if depth > MAX_DEPTH {
        return None;
    }
    let head = fields.byte()?;
    let (version, class) = (head >> 4, head & 15);
    let bits = fields.uint(3)?;
    let size = fields.uint(4)?;
    if version == 0 || version > 5 {
        return None;
    }
    let kind = match class {
        0 => number(fields, 4, size),
        1 => number(fields, 12, 0),
        2 => number(fields, 2, 0),
        4 => number(fields, 4, size),
        3 => Some(Kind::Text),
        5 => fields.take(usize::try_from(bits & 255).ok()?).map(|_| Kind::Opaque),
        6 => record(fields, version, bits, size, depth),
        7 => Some(Kind::Number),
        8 => enumeration(fields, version, bits, depth),
        9 => row(fields, bits, depth),
        10 => array(fields, version, depth),
        11 => one(fields, depth.saturating_add(1)).map(|_| Kind::Number),
        _ => None,
    }?;
    Some(Datatype { size, kind })
}

fn number(fields: &mut Fields<'_>, properties: usize, size: u64) -> Option<Kind> {
    fields.take(properties)?;
    Some(if size == 1 { Kind::Bytes } else { Kind::Number })
}

/// A name: padded to a multiple of eight before version 3.
fn name(fields: &mut Fields<'_>, version: u8) -> Option<()> {
    let start = fields.taken();
    fields.text()?;
    if version < 3 { fields.pad(start) } else { Some(()) }
}

fn record(fields: &mut Fields<'_>, version: u8, bits: u64, size: u64, depth: u8) -> Option<Kind> {
    let count = u16::try_from(bits & 0xffff).ok().filter(|count| *count <= MAX_FIELDS)?;
    // The offset is as wide as it must be to tell all places in the record.
    let width = if version < 3 { 4 } else { width_of(size) };
    let mut members = Vec::new();
    for _ in 0..count {
        name(fields, version)?;
        let offset = fields.uint(width)?;
        let mut repeated = 1_u64;
        if version == 1 {
            repeated = older_array(fields)?;
        }
        let member = one(fields, depth.saturating_add(1))?;
        let end = offset.checked_add(member.size.checked_mul(repeated)?)?;
        if end > size {
            return None;
        }
        members.push((offset, member));
    }
    Some(Kind::Record(members))
}

/// The dimensions that a field of version 1 has of its own.
fn older_array(fields: &mut Fields<'_>) -> Option<u64> {
    let rank = fields.byte()?;
    fields.take(11)?;
    let mut repeated = 1_u64;
    for place in 0..4 {
        let side = fields.uint(4)?;
        if place < rank {
            repeated = repeated.checked_mul(side)?;
        }
    }
    Some(repeated)
}

/// Bytes that hold any number up to `limit`.
pub(super) fn width_of(limit: u64) -> usize {
    let bits = 64_u32.saturating_sub(limit.leading_zeros()).max(1);
    usize::try_from(bits.div_ceil(8)).unwrap_or(8)
}

fn enumeration(fields: &mut Fields<'_>, version: u8, bits: u64, depth: u8) -> Option<Kind> {
    let base = one(fields, depth.saturating_add(1))?;
    let count = bits & 0xffff;
    for _ in 0..count {
        name(fields, version)?;
    }
    fields.take(usize::try_from(count.checked_mul(base.size)?).ok()?)?;
    Some(Kind::Number)
}

fn row(fields: &mut Fields<'_>, bits: u64, depth: u8) -> Option<Kind> {
    let base = one(fields, depth.saturating_add(1))?;
    Some(if bits & 15 == 1 { Kind::LongText } else { Kind::Row(Box::new(base)) })
}

fn array(fields: &mut Fields<'_>, version: u8, depth: u8) -> Option<Kind> {
    let rank = fields.byte()?;
    fields.take(if version < 3 { 3 } else { 0 })?;
    let mut count = 1_u64;
    for _ in 0..rank {
        count = count.checked_mul(fields.uint(4)?)?;
    }
    if version < 3 {
        fields.take(usize::from(rank).saturating_mul(4))?;
    }
    let base = one(fields, depth.saturating_add(1))?;
    Some(Kind::Array(count, Box::new(base)))
}
