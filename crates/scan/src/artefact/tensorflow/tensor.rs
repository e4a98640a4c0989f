//! A constant: whether its shape and what it holds fit.

/// Elements that a constant may claim: the last value that stands there fills the rest when it is loaded.
const MAX_ELEMENTS: u64 = 1 << 36;
/// Dimensions of a tensor.
const MAX_RANK: usize = 254;

/// What was read of a constant.
#[derive(Debug, Default)]
pub(super) struct Tensor {
    pub(super) at: u64,
    pub(super) kind: u64,
    pub(super) shape: Vec<u64>,
    /// Bytes of its raw content.
    pub(super) raw: u64,
    /// Values of its typed content.
    pub(super) values: u64,
    /// A text among the few that it holds that is a path out of the model.
    pub(super) text: Option<String>,
    /// Whether it is the name that savers begin with, for which a caller gives another.
    pub(super) usual: bool,
    /// How many texts it holds.
    pub(super) texts: u64,
}

impl Tensor {
    /// Adds a dimension; those beyond what any loader takes are counted only.
    pub(super) fn dimension(&mut self, size: u64) {
        if self.shape.len() <= MAX_RANK {
            self.shape.push(size);
        }
    }

    /// What does not fit.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let Some(elements) = self.elements() else {
            return Some("a constant's shape is negative or impossibly large");
        };
        if let Some(size) = size(self.kind)
            && self.raw > 0
            && elements.checked_mul(size) != Some(self.raw)
        {
            return Some("a constant holds other than what its shape says");
        }
        // Complex numbers are two values.
        let most = elements.saturating_mul(2);
        (self.values.max(self.texts) > most).then_some("a constant holds more than its shape says")
    }

    fn elements(&self) -> Option<u64> {
        if self.shape.len() > MAX_RANK
            || self.shape.iter().any(|size| i64::try_from(*size).is_err())
        {
            return None;
        }
        if self.shape.contains(&0) {
            return Some(0);
        }
        let product = self.shape.iter().try_fold(1_u64, |product, size| product.checked_mul(*size));
        product.filter(|product| *product <= MAX_ELEMENTS)
    }
}

/// Bytes of an element, by `DataType`.
const fn size(kind: u64) -> Option<u64> {
    Some(match kind {
        4 | 6 | 10..=12 | 24..=28 => 1,
        5 | 14..=17 | 19 => 2,
        1 | 3 | 13 | 22 => 4,
        2 | 8 | 9 | 23 => 8,
        18 => 16,
        _ => return None,
    })
}
