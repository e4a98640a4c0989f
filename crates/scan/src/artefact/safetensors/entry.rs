//! One tensor of the header.

use crate::{
    artefact::stop::{Step, broken},
    encoding::json::{Token, Tokens},
};

/// Dimensions of one tensor.
const MAX_DIMENSIONS: usize = 255;
/// Element types and their size in bits.
const DTYPES: &[(&str, u64)] = &[
    ("BF16", 16),
    ("BOOL", 8),
    ("C128", 128),
    ("C64", 64),
    ("F16", 16),
    ("F32", 32),
    ("F4", 4),
    ("F64", 64),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("F8_E4M3", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2", 8),
    ("F8_E5M2FNUZ", 8),
    ("F8_E8M0", 8),
    ("I16", 16),
    ("I32", 32),
    ("I64", 64),
    ("I8", 8),
    ("U16", 16),
    ("U32", 32),
    ("U64", 64),
    ("U8", 8),
];

/// One tensor.
#[derive(Default)]
pub(super) struct Entry {
    /// Name and bits of its elements.
    pub(super) dtype: Option<(&'static str, u64)>,
    /// How many elements it has.
    pub(super) elements: Option<u64>,
    /// Start and end of its data.
    pub(super) offsets: Option<(u64, u64)>,
}

impl Entry {
    /// Reads the map that comes next.
    pub(super) fn read(tokens: &mut Tokens<'_>) -> Step<Self> {
        let mut entry = Self::default();
        if tokens.some()? != Token::Map {
            return broken(tokens.offset(), "a tensor that is no map");
        }
        while tokens.some()? == Token::Key {
            let at = tokens.offset();
            let repeated = match tokens.text() {
                "dtype" => entry.dtype.replace(dtype(tokens)?).is_some(),
                "shape" => entry.elements.replace(elements(tokens)?).is_some(),
                "data_offsets" => entry.offsets.replace(offsets(tokens)?).is_some(),
                _ => return broken(at, "an unknown field"),
            };
            if repeated {
                return broken(at, "a field that stands twice");
            }
        }
        Ok(entry)
    }
}

fn dtype(tokens: &mut Tokens<'_>) -> Step<(&'static str, u64)> {
    let token = tokens.some()?;
    let known = DTYPES.iter().find(|(name, _)| token == Token::Text && *name == tokens.text());
    known.copied().map_or_else(|| broken(tokens.offset(), "an unknown element type"), Ok)
}

/// The product of the sides.
fn elements(tokens: &mut Tokens<'_>) -> Step<u64> {
    let (mut elements, mut dimensions) = (1_u64, 0_usize);
    begin(tokens)?;
    while let Some(side) = whole(tokens)? {
        dimensions = dimensions.saturating_add(1);
        if dimensions > MAX_DIMENSIONS {
            return broken(tokens.offset(), "too many dimensions");
        }
        let Some(product) = elements.checked_mul(side) else {
            return broken(tokens.offset(), "a shape beyond all bounds");
        };
        elements = product;
    }
    Ok(elements)
}

fn offsets(tokens: &mut Tokens<'_>) -> Step<(u64, u64)> {
    begin(tokens)?;
    match (whole(tokens)?, whole(tokens)?) {
        (Some(start), Some(end)) if whole(tokens)?.is_none() => Ok((start, end)),
        _ => broken(tokens.offset(), "offsets that are no pair"),
    }
}

fn begin(tokens: &mut Tokens<'_>) -> Step {
    let list = tokens.some()? == Token::List;
    if list { Ok(()) } else { broken(tokens.offset(), "a value of the wrong kind") }
}

/// The next number of a list; none at its end.
fn whole(tokens: &mut Tokens<'_>) -> Step<Option<u64>> {
    match tokens.some()? {
        Token::End => Ok(None),
        Token::Number => match tokens.number().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => broken(tokens.offset(), "a number that is none of a tensor"),
        },
        _ => broken(tokens.offset(), "a value of the wrong kind"),
    }
}
