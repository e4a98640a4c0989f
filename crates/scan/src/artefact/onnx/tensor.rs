//! A tensor: whether its shape and what it holds fit.

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::rules::TENSOR;
use crate::artefact::report::Report;

/// Texts.
const STRING: u64 = 8;
/// Dimensions of one tensor.
const MAX_RANK: usize = 64;

/// What was read of a tensor.
#[derive(Debug, Default)]
pub(super) struct Tensor {
    pub(super) at: u64,
    pub(super) kind: u64,
    pub(super) shape: Vec<u64>,
    /// Bytes of its raw content.
    pub(super) raw: Option<u64>,
    /// Values of its typed content.
    pub(super) values: u64,
    /// Bytes of typed content whose values are not counted.
    pub(super) packed: u64,
    /// Whether it says that its content is elsewhere.
    pub(super) elsewhere: bool,
    /// Where.
    pub(super) entries: Vec<(String, String)>,
}

impl Tensor {
    /// Adds a dimension; those beyond what any loader takes are counted only.
    pub(super) fn dimension(&mut self, size: u64) {
        if self.shape.len() <= MAX_RANK {
            self.shape.push(size);
        }
    }

    /// How many bytes its content has in raw form: none if it has no such form, or the shape is impossible.
    pub(super) fn bytes(&self) -> Option<u64> {
        let elements = elements(&self.shape)?;
        Some(elements.checked_mul(bits(self.kind)?)?.div_ceil(8))
    }

    /// Reports what does not fit.
    pub(super) fn judge(&self, report: &mut Report) {
        if let Some(why) = self.problem() {
            report.find(&TENSOR, Malformed, self.at, &why);
        }
    }

    fn problem(&self) -> Option<String> {
        if self.shape.len() > MAX_RANK {
            return Some(format!("it has more than {MAX_RANK} dimensions"));
        }
        let Some(elements) = elements(&self.shape) else {
            return Some("its shape is negative or impossibly large".into());
        };
        let typed = self.values > 0 || self.packed > 0;
        if self.kind == 0 && !typed && self.raw.is_none() {
            return None;
        }
        if bits(self.kind).is_none() && self.kind != STRING {
            return Some(format!("there is no type {}", self.kind));
        }
        if self.elsewhere {
            return (typed || self.raw.is_some_and(|raw| raw > 0))
                .then(|| "it holds content, and says that its content is elsewhere".into());
        }
        match self.raw {
            Some(_) if typed => Some("it has two contents".into()),
            Some(raw) if self.bytes() != Some(raw) => {
                Some(format!("it holds {raw} bytes, which is not what its shape says"))
            }
            Some(_) => None,
            None => self.typed(elements),
        }
    }

    /// Whether the typed content is as long as the shape says.
    fn typed(&self, elements: u64) -> Option<String> {
        let expected = match self.kind {
            14 | 15 => elements.checked_mul(2)?,
            21..=23 => elements.div_ceil(2),
            25 | 26 => elements.div_ceil(4),
            _ => elements,
        };
        let least = self.values.saturating_add(self.packed.div_ceil(10));
        let most = self.values.saturating_add(self.packed);
        // Four-bit numbers were written one for one once.
        let loose = matches!(self.kind, 21..=23) && least <= elements && elements <= most;
        let fits = least <= expected && expected <= most || loose;
        (!fits).then(|| format!("it holds {most} values, which is not what its shape says"))
    }
}

/// How many elements a shape has.
pub(super) fn elements(shape: &[u64]) -> Option<u64> {
    let negative = |size: &u64| i64::try_from(*size).is_err();
    if shape.iter().any(negative) {
        return None;
    }
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1_u64, |product, size| product.checked_mul(*size))
}

/// Bits of an element of a type, by `TensorProto.DataType`.
const fn bits(kind: u64) -> Option<u64> {
    Some(match kind {
        2 | 3 | 9 | 17..=20 | 24 => 8,
        4 | 5 | 10 | 16 => 16,
        1 | 6 | 12 => 32,
        7 | 11 | 13 | 14 => 64,
        15 => 128,
        21..=23 => 4,
        25 | 26 => 2,
        _ => return None,
    })
}
