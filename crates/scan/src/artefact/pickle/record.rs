//! Element types that are made of others: records, and arrays within arrays.

use super::{
    dtype::{ODD, Unknown},
    machine::Machine,
    value::Value,
};

impl Machine<'_, '_, '_> {
    /// Whether a raw type holds references; in an array or in fields, which must lie within it.
    pub(super) fn parts(
        &self,
        array: Value,
        names: Value,
        fields: Value,
        size: u64,
        depth: u8,
    ) -> Result<bool, Unknown> {
        match (array, names, fields) {
            (Value::None, Value::None, Value::None) => Ok(false),
            (Value::Tuple(array), Value::None, Value::None) => {
                if !array.whole {
                    return Err(Unknown::Unseen);
                }
                let [base, shape] = *self.heap.items(array) else { return Err(ODD) };
                let base = self.element_within(base, depth)?;
                let count = match shape {
                    Value::Int(count) => u64::try_from(count).ok(),
                    shape => self.count(shape),
                };
                let whole = count.and_then(|count| count.checked_mul(base.size)) == Some(size);
                if whole { Ok(base.object) } else { Err(ODD) }
            }
            (Value::None, Value::Tuple(names), Value::Dict(fields)) => {
                let fields = self.heap.contents(fields).filter(|fields| fields.whole);
                let fields = fields.filter(|_| names.whole).ok_or(Unknown::Unseen)?;
                self.fields(self.heap.items(names), &fields.head, size, depth)
            }
            (_, Value::Forgotten, _) | (_, _, Value::Forgotten) => Err(Unknown::Unseen),
            _ => Err(ODD),
        }
    }

    fn fields(
        &self,
        names: &[Value],
        fields: &[Value],
        size: u64,
        depth: u8,
    ) -> Result<bool, Unknown> {
        let mut known = Vec::new();
        let mut extents = Vec::new();
        for pair in fields.chunks_exact(2) {
            let [name, Value::Tuple(field)] = *pair else { return Err(ODD) };
            let ([dtype, Value::Int(offset)] | [dtype, Value::Int(offset), _]) =
                *self.heap.items(field)
            else {
                return Err(if field.whole { ODD } else { Unknown::Unseen });
            };
            let element = self.element_within(dtype, depth)?;
            let start = u64::try_from(offset).map_err(|_| ODD)?;
            let end = start.checked_add(element.size).filter(|end| *end <= size).ok_or(ODD)?;
            known.push(self.text(name).ok_or(ODD)?);
            extents.push((start, end, element.object));
        }
        let said = |name: &Value| self.text(*name).is_some_and(|name| known.contains(&name));
        if !names.iter().all(said) {
            return Err(ODD);
        }
        // A title names a field once more.
        extents.sort_unstable();
        extents.dedup();
        let object = extents.iter().any(|(.., object)| *object);
        let apart = extents.windows(2).all(|pair| match pair {
            [(_, end, _), (start, ..)] => end <= start,
            _ => true,
        });
        if object && !apart { Err(ODD) } else { Ok(object) }
    }

    /// The number of elements of a shape.
    pub(super) fn count(&self, shape: Value) -> Option<u64> {
        let Value::Tuple(shape) = shape else { return None };
        shape.whole.then_some(())?;
        self.heap.items(shape).iter().try_fold(1_u64, |product, side| match side {
            Value::Int(side) => product.checked_mul(u64::try_from(*side).ok()?),
            _ => None,
        })
    }
}
