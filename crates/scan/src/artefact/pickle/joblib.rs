//! Arrays that joblib writes between the opcodes of a stream: raw bytes after a wrapper object, or a
//! pickle of their own if they hold objects.

use coseal_core::fact::ArtefactVerdict;

use super::{
    machine::{Ended, Machine, Step},
    rules, stream,
    value::Value,
};
use crate::artefact::report::Report;

/// Opcodes, and values copied for them, that arrays of a file are tried for.
const MAX_PROBED: u64 = 20_000_000;

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
    pub(super) fn after_build(&mut self, value: Value, note: u32) -> Step {
        match self.named(value) {
            Some(("joblib.numpy_pickle", "NumpyArrayWrapper")) if !self.plain => {
                self.inline_array(note)?;
                // joblib puts the array in the wrapper's place.
                self.pop()?;
                let class = self.session.names.import("numpy", "ndarray", self.here);
                self.push(Value::Object { class, note: u32::MAX, bag: false })
            }
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
        self.unambiguous(state)?;
        if self.frame_end > self.cursor.offset() {
            self.session.oddity(self.here, "an array in the midst of a frame");
        }
        let element =
            self.element(dtype, 8).ok_or(Ended::Limit("an array type that is not known"))?;
        match element {
            Element::Object => {
                let offset = self.cursor.offset();
                let end = stream::inner(self.bytes, offset, self.session)?;
                self.cursor.jump(end);
                Ok(())
            }
            Element::Bytes(size) => {
                let count =
                    self.count(shape).ok_or(Ended::Broken("an array of impossible shape"))?;
                let length =
                    count.checked_mul(size).ok_or(Ended::Broken("an array of impossible size"))?;
                self.probe()?;
                let aligned = self.field(state, "numpy_array_alignment_bytes");
                if aligned.is_some_and(|bytes| bytes != Value::None) {
                    let padding = self.byte()?;
                    self.skip_exactly(padding.into())?;
                }
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
        // The last one of a key counts.
        head.chunks_exact(2).rev().find_map(|pair| match *pair {
            [key, value] if self.text(key).as_deref() == Some(name) => Some(value),
            _ => None,
        })
    }

    /// All of a wrapper's state must be kept, and no key stand twice.
    fn unambiguous(&mut self, state: u32) -> Step {
        let Some(dict) = self.heap.contents(state).filter(|dict| dict.whole && !dict.special)
        else {
            return Err(Ended::Limit("an array whose shape is not kept"));
        };
        let keys = dict.head.chunks_exact(2).filter_map(<[Value]>::first).copied();
        let mut names: Vec<_> = keys.map(|key| self.text(key)).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        if names.len() != all || names.contains(&None) {
            return Err(Ended::Broken("an array that says twice what it is"));
        }
        Ok(())
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
        self.sized(note.state, kind, number)?;
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

    /// The size of a type that has any is also in its state, which counts: it must be the same.
    fn sized(&self, state: Value, kind: &str, number: u64) -> Option<()> {
        let Value::Tuple(state) = state else { return Some(()) };
        let size = match self.heap.items(state).get(5) {
            Some(Value::Int(size)) => *size,
            Some(_) => return None,
            None => return Some(()),
        };
        let said = if kind == "U" { number.checked_mul(4)? } else { number };
        let any = matches!(kind, "S" | "a" | "U" | "V");
        (!any || u64::try_from(size) == Ok(said)).then_some(())
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

    /// A loader that doesn't know joblib takes the array's bytes, and all that follows, for opcodes. What
    /// it would do is tried with what is on the stack and in the memo now.
    fn probe(&mut self) -> Step {
        let start = self.cursor.offset();
        let mut head = [0; 1];
        let read = self.cursor.peek(start, &mut head).map_err(|_| Ended::Unreadable)?;
        if read == 0 || !is_opcode(head) || self.session.probing {
            return Ok(());
        }
        let mut sink = Report::new("");
        let mut session = self.session.copy(&mut sink);
        let mut copy = self.copy(&mut session);
        let (ended, _) = copy.run();
        let cost = copy.cost();
        self.session.probed = self.session.probed.saturating_add(cost);
        let effect = session.has_effect();
        if effect {
            let text = "the bytes of an array are opcodes with an effect";
            self.session.find(&rules::HIDDEN, ArtefactVerdict::Unknown, start, text);
        }
        if matches!(ended, Ended::Limit(_) | Ended::Unreadable) || self.session.probed > MAX_PROBED
        {
            self.session.limit(start, "the bytes of an array could be opcodes, too many to follow");
        }
        if self.session.probed > MAX_PROBED {
            return Err(Ended::Limit("too many bytes of arrays could be opcodes"));
        }
        Ok(())
    }
}

/// Whether a byte may begin an instruction.
const fn is_opcode([byte]: [u8; 1]) -> bool {
    matches!(byte, b'('..=b'}' | 0x80..=0x98)
}
