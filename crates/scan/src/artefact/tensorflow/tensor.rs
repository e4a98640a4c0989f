//! A constant: whether its shape and what it holds fit.

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{
    policy::{is_usual, leads_out},
    rules::BROKEN,
};
use crate::{
    artefact::{growth, report::Report},
    container::protobuf::{Field, Value},
};

/// Texts of one constant, among which a path is looked for: more are a vocabulary.
const FEW: u64 = 8;
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
    /// Whether one of them is none of those that saving makes up the names of its files of.
    pub(super) own: bool,
    /// How many texts it holds.
    pub(super) texts: u64,
}

/// The number of texts among the types of elements.
const TEXT: u64 = 7;

impl Tensor {
    /// A text; of the first few it is kept whether one leads out of the model.
    pub(super) fn hold(&mut self, text: Option<String>) {
        self.texts = self.texts.saturating_add(1);
        self.own |= !text.as_deref().is_some_and(is_usual);
        if self.text.is_none() && self.texts <= FEW {
            self.text = text.filter(|text| leads_out(text));
        }
        if self.texts > FEW {
            self.text = None;
        }
    }

    /// Whether it holds a text that could be a place of its own choice. Raw texts are not taken apart.
    pub(super) const fn is_text(&self) -> bool {
        self.own || self.kind == TEXT && self.raw > 0
    }

    /// Adds a dimension; those beyond what any loader takes are counted only.
    pub(super) fn dimension(&mut self, size: u64) {
        if self.shape.len() <= MAX_RANK {
            self.shape.push(size);
        }
    }

    /// A value of a field.
    pub(super) fn value(&mut self, field: &Field, value: Value<'_>) {
        match (field.name, value) {
            ("dtype", Value::Number(kind)) => self.kind = kind,
            ("tensor_content", Value::Bytes(_, length)) => self.raw = length,
            (_, Value::Fixed(count)) => self.values = self.values.saturating_add(count),
            (_, Value::Number(_)) if field.many => self.values = self.values.saturating_add(1),
            _ => {}
        }
    }

    /// Reports what does not fit.
    pub(super) fn judge(&self, report: &mut Report) {
        if let Some(why) = self.problem() {
            report.find(&BROKEN, Malformed, self.at, why);
        }
    }

    /// What does not fit.
    fn problem(&self) -> Option<&'static str> {
        let Some(elements) = self.elements() else {
            return Some("a constant's shape is negative or impossibly large");
        };
        if let Some(size) = size(self.kind)
            && self.raw > 0
            && elements.checked_mul(size) != Some(self.raw)
        {
            return Some("a constant holds other than what its shape says");
        }
        if self.raw == 0 && elements > growth::MAX_ELEMENTS {
            return Some("a constant of few values fills more than any model needs");
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
