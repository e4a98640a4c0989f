//! Tensors and storages, as PyTorch rebuilds them.

use coseal_core::fact::ArtefactVerdict;

use super::{
    arguments::Fit,
    machine::{Ended, Machine, Step},
    policy::Arguments,
    rules,
    session::{Persistent, Storage},
    value::Value,
};

/// Storage classes, their element type and its size in bytes.
const STORAGES: &[(&str, &str, u64)] = &[
    ("BFloat16Storage", "BF16", 2),
    ("BoolStorage", "BOOL", 1),
    ("ByteStorage", "U8", 1),
    ("CharStorage", "I8", 1),
    ("ComplexDoubleStorage", "C128", 16),
    ("ComplexFloatStorage", "C64", 8),
    ("DoubleStorage", "F64", 8),
    ("FloatStorage", "F32", 4),
    ("HalfStorage", "F16", 2),
    ("IntStorage", "I32", 4),
    ("LongStorage", "I64", 8),
    ("QInt32Storage", "QI32", 4),
    ("QInt8Storage", "QI8", 1),
    ("QUInt2x4Storage", "QU2", 1),
    ("QUInt4x2Storage", "QU4", 1),
    ("QUInt8Storage", "QU8", 1),
    ("ShortStorage", "I16", 2),
    ("UntypedStorage", "BYTES", 1),
];

/// Elements that tensors stand for beyond what their storages have, in all: a gigabyte of numbers of four bytes.
const MAX_EXPANDED: u64 = 1 << 28;
/// Elements that count as its storage's own, for each that there is.
const EXPANDED_FOR_EACH: u64 = 64;

/// Bytes of an element of a storage of this class.
pub(crate) fn item_of(class: &str) -> Option<u64> {
    STORAGES.iter().find(|(name, _, _)| *name == class).map(|(_, _, item)| *item)
}

impl Machine<'_, '_, '_> {
    /// PERSID, BINPERSID.
    pub(super) fn persistent(&mut self, id: Value) -> Step {
        if self.session.persistent == Persistent::Unknown {
            self.hand_over(&[id]);
            self.session.outside_object = true;
            return self.push(Value::Outside);
        }
        // The oldest layout names tensors by numbers or short texts, and they are told elsewhere in its archive.
        if self.session.persistent == Persistent::Tensors && !matches!(id, Value::Tuple(_)) {
            return self.push(Value::Outside);
        }
        let Value::Tuple(tuple) = id else {
            return Err(Ended::Broken("a persistent id that is no tuple"));
        };
        let items = self.heap.items(tuple).to_vec();
        let kind = items.first().and_then(|kind| self.text(*kind));
        let value = match (kind.as_deref(), items.as_slice()) {
            (Some("storage"), [_, class, key, _, count, ..]) => {
                self.torch_storage(*class, *key, *count)?
            }
            // The class of a module with its source text, which is only compared.
            (Some("module"), [_, class @ Value::Global(_), ..]) => *class,
            _ => return Err(Ended::Broken("a persistent id that PyTorch doesn't write")),
        };
        self.push(value)
    }

    fn torch_storage(&mut self, class: Value, key: Value, count: Value) -> Step<Value> {
        let Some((module, name)) = self.named(class) else {
            return match class {
                Value::Reported => Ok(Value::Reported),
                _ => Err(Ended::Broken("a storage without a class")),
            };
        };
        let found = matches!(module, "torch" | "torch.storage" | "torch.cuda")
            .then(|| STORAGES.iter().find(|(known, _, _)| *known == name))
            .flatten();
        let Some(&(_, dtype, item)) = found else {
            // Its import is already reported, if the policy does not know it.
            if self.allows(class).is_some() {
                return Err(Ended::Broken("a storage whose class is none"));
            }
            return Ok(Value::Reported);
        };
        let key = match key {
            Value::Int(key) => key.to_string(),
            key => self.text(key).ok_or(Ended::Broken("a storage whose name is no text"))?,
        };
        let count = match count {
            Value::Int(count) => u64::try_from(count).ok(),
            _ => None,
        };
        let count = count.ok_or(Ended::Broken("a storage of an impossible size"))?;
        let storage = Storage { key, dtype, item, count, offset: self.here };
        match self.session.storage(storage) {
            Some(index) => Ok(Value::Storage(index)),
            None => Err(Ended::Limit("more storages than are followed")),
        }
    }

    /// `(storage, offset, size, stride, …)`: the tensor must lie within its storage.
    pub(super) fn tensor(&mut self, items: &[Value]) -> Fit {
        let [storage, offset, size, stride, ..] = *items else {
            return Fit::No("not a storage, offset, size and stride");
        };
        if matches!(storage, Value::Reported) {
            return Fit::Value(Value::Reported);
        }
        let (Some(size), Some(stride)) = (self.integers(size), self.integers(stride)) else {
            return Fit::No("its size or stride is not a tuple of whole numbers");
        };
        self.session.tensors = self.session.tensors.saturating_add(1);
        let elements = size
            .iter()
            .try_fold(1_u64, |product, side| product.checked_mul(u64::try_from(*side).ok()?));
        let parameters = elements.unwrap_or(u64::MAX);
        self.session.parameters = self.session.parameters.saturating_add(parameters);
        let count = match storage {
            Value::Storage(index) => usize::try_from(index)
                .ok()
                .and_then(|index| self.session.storages.get(index))
                .map(|storage| storage.count),
            // Given by `_load_from_bytes`, whose stream was read on its own.
            Value::Object { .. } => None,
            _ => return Fit::No("its storage is none"),
        };
        self.expanded(elements, count);
        let Value::Int(offset) = offset else { return Fit::No("its offset is no whole number") };
        match extent(offset, &size, &stride) {
            Some(extent) if count.is_none_or(|count| extent <= count) => {}
            _ => self.session.find(
                &rules::TENSOR,
                ArtefactVerdict::Malformed,
                self.here,
                &format!(
                    "offset {offset}, size {size:?} and stride {stride:?} reach outside the storage"
                ),
            ),
        }
        Fit::Object
    }

    /// A view may stand for more elements than its storage has, which whoever copies it writes out: masks and positions are
    /// views of that kind, and no large ones.
    fn expanded(&mut self, elements: Option<u64>, count: Option<u64>) {
        let own = count.unwrap_or(elements.unwrap_or(0)).saturating_mul(EXPANDED_FOR_EACH);
        let more = elements.unwrap_or(u64::MAX).saturating_sub(own);
        self.session.expanded = self.session.expanded.saturating_add(more);
        if self.session.expanded > MAX_EXPANDED {
            let text = "tensors stand for far more elements than their storages have";
            self.session.exhausting(self.here, text);
        }
    }

    /// `(function, class, arguments, state)`.
    pub(super) fn rebuilt_by(&mut self, items: &[Value]) -> Fit {
        let [function, class, arguments, state] = *items else {
            return Fit::No("not a function, class, arguments and state");
        };
        if matches!(class, Value::Global(_)) && self.allows(class).is_none() {
            return Fit::Value(Value::Reported);
        }
        let tensor = matches!(class, Value::Global(_))
            && self
                .named(class)
                .is_some_and(|(module, _)| module == "torch" || module.starts_with("torch."));
        let Value::Global(import) = class else {
            return Fit::No("its class is computed while loading");
        };
        if !tensor {
            return Fit::No("its class is no tensor");
        }
        self.check_state(import, state);
        match self.call(function, arguments) {
            Ok(Value::Reported) => Fit::Value(Value::Reported),
            Ok(_) => Fit::Object,
            Err(_) => Fit::No("its function is none"),
        }
    }

    /// `(function, arguments, state, attributes)`, as dill writes arrays.
    pub(super) fn create_array(&mut self, items: &[Value]) -> Fit {
        let [function, arguments, state, ref attributes @ ..] = *items else {
            return Fit::No("not a function, arguments and state");
        };
        if matches!(function, Value::Global(_)) && self.allows(function).is_none() {
            return Fit::Value(Value::Reported);
        }
        let makes = self.allows(function).and_then(|allows| allows.call);
        let (Value::Global(import), Some(Arguments::ArrayReconstruct)) = (function, makes) else {
            return Fit::No("its function makes no array");
        };
        self.check_state(import, state);
        match attributes {
            [] | [Value::None] => {}
            [of @ Value::Dict(_)] => self.check_state(import, *of),
            _ => return Fit::No("its attributes are computed while loading"),
        }
        match self.call(function, arguments) {
            Ok(made) => {
                self.watch_state(made, state);
                Fit::Value(made)
            }
            Err(_) => Fit::No("its function is none"),
        }
    }

    /// The numbers of a tuple, or of a `torch.Size` of one.
    fn integers(&self, value: Value) -> Option<Vec<i64>> {
        let tuple = match value {
            Value::Tuple(tuple) => tuple,
            Value::Object { note, .. } => match self.heap.noted(note)?.arguments {
                Value::Tuple(outer) => match *self.heap.items(outer) {
                    [Value::Tuple(inner)] => inner,
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        let items = self.heap.items(tuple).iter();
        let integers: Option<Vec<i64>> = items
            .map(|item| match item {
                Value::Int(number) => Some(*number),
                _ => None,
            })
            .collect();
        integers.filter(|_| tuple.whole)
    }
}

/// How many elements of its storage a tensor needs; none if it can't be.
fn extent(offset: i64, size: &[i64], stride: &[i64]) -> Option<u64> {
    if size.len() != stride.len() {
        return None;
    }
    let offset = u64::try_from(offset).ok()?;
    let mut last = offset;
    let mut empty = false;
    for (side, step) in size.iter().zip(stride) {
        let (side, step) = (u64::try_from(*side).ok()?, u64::try_from(*step).ok()?);
        match side.checked_sub(1) {
            Some(steps) => last = last.checked_add(steps.checked_mul(step)?)?,
            None => empty = true,
        }
    }
    if empty { Some(0) } else { last.checked_add(1) }
}

#[cfg(test)]
mod tests {
    use super::extent;

    #[test]
    fn counts_to_the_last_element() {
        assert_eq!(extent(0, &[2, 3], &[3, 1]), Some(6));
        assert_eq!(extent(4, &[], &[]), Some(5));
        assert_eq!(extent(9, &[0, 3], &[3, 1]), Some(0));
        assert_eq!(extent(0, &[5], &[0]), Some(1));
        assert_eq!(extent(-1, &[1], &[1]), None);
        assert_eq!(extent(0, &[2], &[-1]), None);
        assert_eq!(extent(0, &[i64::MAX, i64::MAX], &[i64::MAX, 1]), None);
    }
}
