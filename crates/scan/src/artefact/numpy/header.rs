//! The header of an array.

use super::literal::{Literal, parse};
use crate::bytes::{ReadAt, read_exact_at};

/// With what an array begins.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";
/// Headers longer than this NumPy itself refuses.
const MAX_HEADER: usize = 10_000;

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Where the elements begin.
    pub(crate) data: u64,
    /// Bytes of an element; none if elements are objects, which a pickle holds.
    pub(crate) item: Option<u64>,
    /// Elements.
    pub(crate) count: u64,
    /// Type, as NumPy writes it.
    pub(crate) dtype: String,
    /// Length of each dimension.
    pub(crate) shape: Vec<u64>,
    /// Whether the first dimension varies fastest.
    pub(crate) fortran: bool,
}

/// Reads a header, or says what is wrong with it.
pub(crate) fn read(bytes: &dyn ReadAt) -> Result<Header, &'static str> {
    let mut start = [0; 12];
    let short = "the file ends within it";
    let length = read_exact_at(bytes, 0, &mut start).is_ok();
    let [.., major, minor, a, b, c, d] = start;
    let (length, begin) = match (length, major, minor) {
        (false, ..) => return Err(short),
        (_, 1, 0) => (usize::from(u16::from_le_bytes([a, b])), 10_u64),
        (_, 2 | 3, 0) => {
            (usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX), 12)
        }
        _ => return Err("its version is none that NumPy writes"),
    };
    if length > MAX_HEADER {
        return Err("it is longer than NumPy reads");
    }
    let mut text = vec![0; length];
    read_exact_at(bytes, begin, &mut text).map_err(|_| short)?;
    let text = text_of(&text, major).ok_or("it is no text")?;
    let Some(Literal::Map(entries)) = parse(text.trim_end()) else {
        return Err("it is no literal that NumPy writes");
    };
    said(&entries, begin.saturating_add(length as u64))
        .ok_or("its entries are not those that NumPy writes")
}

/// Latin 1 before version 3, UTF-8 from then on.
fn text_of(bytes: &[u8], major: u8) -> Option<String> {
    if major >= 3 {
        return String::from_utf8(bytes.to_vec()).ok();
    }
    Some(bytes.iter().map(|byte| char::from(*byte)).collect())
}

/// What the entries say: exactly the three keys that NumPy asks for.
fn said(entries: &[(Literal, Literal)], data: u64) -> Option<Header> {
    let entry = |name: &str| {
        let mut found = entries.iter().filter(|(key, _)| *key == Literal::Text(name.to_owned()));
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value)
    };
    (entries.len() == 3).then_some(())?;
    let Literal::Bool(fortran) = *entry("fortran_order")? else { return None };
    let Literal::Row(shape) = entry("shape")? else { return None };
    let lengths = shape.iter().map(|length| match length {
        Literal::Int(length) => Some(*length),
        _ => None,
    });
    let shape: Vec<u64> = lengths.collect::<Option<_>>()?;
    let count = shape.iter().try_fold(1_u64, |count, length| count.checked_mul(*length))?;
    let descr = entry("descr")?;
    let size = size_of(descr, 0)?;
    let dtype = match descr {
        Literal::Text(text) => text.clone(),
        _ => "structured".to_owned(),
    };
    Some(Header { data, item: size.bytes(), count, dtype, shape, fortran })
}

/// Size of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Bytes(u64),
    Objects,
}

impl Size {
    const fn bytes(self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Objects => None,
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Bytes(a), Self::Bytes(b)) => a.checked_add(b).map(Self::Bytes),
            _ => Some(Self::Objects),
        }
    }

    fn times(self, count: u64) -> Option<Self> {
        match self {
            Self::Bytes(bytes) => bytes.checked_mul(count).map(Self::Bytes),
            Self::Objects => Some(Self::Objects),
        }
    }
}

/// Size of what a description stands for: a type, a row of fields, or a type with a shape.
fn size_of(descr: &Literal, depth: usize) -> Option<Size> {
    if depth > 8 {
        return None;
    }
    let inner = depth.saturating_add(1);
    match descr {
        Literal::Text(text) => simple(text),
        Literal::Row(fields) => fields.iter().try_fold(Size::Bytes(0), |sum, field| {
            let Literal::Row(parts) = field else { return None };
            let (kind, shape) = match parts.as_slice() {
                [_, kind] => (kind, 1),
                [_, kind, shape] => (kind, product(shape)?),
                _ => return None,
            };
            sum.plus(size_of(kind, inner)?.times(shape)?)
        }),
        _ => None,
    }
}

fn product(shape: &Literal) -> Option<u64> {
    match shape {
        Literal::Int(length) => Some(*length),
        Literal::Row(lengths) => lengths.iter().try_fold(1_u64, |product, length| match length {
            Literal::Int(length) => product.checked_mul(*length),
            _ => None,
        }),
        _ => None,
    }
}

/// Size of a type such as `<f8`, `|S10`, `<U5`, `<M8[ns]` or `|O`.
fn simple(text: &str) -> Option<Size> {
    let text = text.trim_start_matches(['<', '>', '=', '|']);
    let text = text.split('[').next()?;
    let mut letters = text.chars();
    let kind = letters.next()?;
    let digits = letters.as_str();
    let length: u64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    match kind {
        'O' => Some(Size::Objects),
        'U' => length.checked_mul(4).map(Size::Bytes),
        'S' | 'a' | 'V' => Some(Size::Bytes(length)),
        'b' | 'i' | 'u' | 'f' | 'c' | 'm' | 'M'
            if matches!(length, 1 | 2 | 4 | 8 | 10 | 12 | 16 | 20 | 24 | 32) =>
        {
            Some(Size::Bytes(length))
        }
        '?' => Some(Size::Bytes(1)),
        _ => None,
    }
}
