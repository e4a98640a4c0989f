//! Arrays that joblib writes between the opcodes of a stream: raw bytes after a wrapper object, or a
//! pickle of their own if they hold objects.

use coseal_core::fact::ArtefactVerdict;

use super::{
    machine::{Ended, Machine, Step},
    rules, stream,
    value::Value,
};
use crate::bytes::{ReadAt as _, Section};

/// Bytes of an array that are tried as opcodes, for loaders that don't know joblib.
const PROBED: u64 = 1 << 16;

/// What an array's element type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// So many bytes.
    Bytes(u64),
    /// A reference to an object.
    Object,
}

impl Machine<'_, '_, '_> {
    /// After an object was given its state: joblib reads an array's bytes here.
    pub(super) fn after_build(&mut self, class: u32, note: u32) -> Step {
        let value = Value::Object { class, note };
        match self.named(value) {
            Some(("joblib.numpy_pickle", "NumpyArrayWrapper")) => self.inline_array(note),
            Some((
                "joblib.numpy_pickle" | "joblib.numpy_pickle_compat",
                "NDArrayWrapper" | "ZNDArrayWrapper",
            )) => {
                self.session.outside_array = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn inline_array(&mut self, note: u32) -> Step {
        let state = self.heap.noted(note).map(|note| note.state);
        let Some(Value::Dict(state)) = state else {
            self.session.forgotten = true;
            return Err(Ended::Limit("an array whose shape is not kept"));
        };
        let (Some(shape), Some(dtype)) = (self.field(state, "shape"), self.field(state, "dtype"))
        else {
            return Err(Ended::Broken("an array without shape and type"));
        };
        if self.frame_end > self.cursor.offset() {
            self.session.oddity(self.here, "an array in the midst of a frame");
        }
        let element = self.element(dtype, 8).ok_or(Ended::Limit("an array type that is not known"))?;
        match element {
            Element::Object => {
                let offset = self.cursor.offset();
                let end = stream::inner(self.bytes, offset, self.session)?;
                self.cursor.jump(end);
                Ok(())
            }
            Element::Bytes(size) => {
                let count = self.count(shape).ok_or(Ended::Broken("an array of impossible shape"))?;
                let length = count.checked_mul(size).ok_or(Ended::Broken("an array of impossible size"))?;
                if self.field(state, "numpy_array_alignment_bytes").is_some() {
                    let padding = self.byte()?;
                    self.skip_exactly(padding.into())?;
                }
                self.probe(length);
                self.skip_exactly(length)
            }
        }
    }

    fn skip_exactly(&mut self, length: u64) -> Step {
        if self.cursor.skip(length) { Ok(()) } else { Err(Ended::Short) }
    }

    /// The value of a key in a dict.
    fn field(&self, dict: u32, name: &str) -> Option<Value> {
        let head = &self.heap.contents(dict)?.head;
        head.chunks_exact(2).find_map(|pair| match *pair {
            [key, value] if self.text(key).as_deref() == Some(name) => Some(value),
            _ => None,
        })
    }

    /// The number of elements of a shape.
    fn count(&self, shape: Value) -> Option<u64> {
        let Value::Tuple(shape) = shape else { return None };
        shape.whole.then_some(())?;
        self.heap.items(shape).iter().try_fold(1_u64, |product, side| match side {
            Value::Int(side) => product.checked_mul(u64::try_from(*side).ok()?),
            _ => None,
        })
    }

    /// What a NumPy type says of its elements. `depth` bounds record types within record types.
    fn element(&self, dtype: Value, depth: u8) -> Option<Element> {
        let depth = depth.checked_sub(1)?;
        let Value::Object { note, .. } = dtype else { return None };
        let note = self.heap.noted(note)?;
        let Value::Tuple(arguments) = note.arguments else { return None };
        let code = self.text(*self.heap.items(arguments).first()?)?;
        let code = code.trim_start_matches(['<', '>', '|', '=']);
        let (kind, digits) = code.split_at_checked(1)?;
        let number: u64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        match kind {
            "O" => Some(Element::Object),
            "U" => Some(Element::Bytes(number.checked_mul(4)?)),
            "V" => self.record(note.state, number, depth),
            "?" => Some(Element::Bytes(1)),
            "b" | "i" | "u" | "f" | "c" | "S" | "a" | "M" | "m" => {
                (number > 0 || kind == "S").then_some(Element::Bytes(number))
            }
            _ => None,
        }
    }

    /// A record type: an object if any of its fields is.
    fn record(&self, state: Value, size: u64, depth: u8) -> Option<Element> {
        let Value::Tuple(state) = state else { return Some(Element::Bytes(size)) };
        let items = self.heap.items(state);
        let (base, fields) = (items.get(2)?, items.get(4)?);
        if let Value::Tuple(base) = *base
            && let Element::Object = self.element(*self.heap.items(base).first()?, depth)?
        {
            return Some(Element::Object);
        }
        if let Value::Dict(fields) = *fields {
            let fields = self.heap.contents(fields)?;
            fields.whole.then_some(())?;
            for pair in fields.head.chunks_exact(2) {
                let [_, Value::Tuple(field)] = *pair else { return None };
                if let Element::Object = self.element(*self.heap.items(field).first()?, depth)? {
                    return Some(Element::Object);
                }
            }
        }
        Some(Element::Bytes(size))
    }

    /// A loader that doesn't know joblib takes the array's bytes for opcodes. Whether they have an effect
    /// as such is tried on the first of them.
    fn probe(&mut self, length: u64) {
        let start = self.cursor.offset();
        let section = Section::new(self.bytes, start, length.min(PROBED));
        if section.size() > 0 && stream::has_effect(&section) {
            self.session.find(
                &rules::HIDDEN,
                ArtefactVerdict::Unknown,
                start,
                "the bytes of an array are opcodes with an effect",
            );
        }
    }
}
