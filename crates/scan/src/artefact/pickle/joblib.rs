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

/// What an import that is copied for that costs.
const COPIED: u64 = 8;
/// Whose wrapper it is: joblib's, and that of the copy which scikit-learn before 0.23 has of it.
const WITHIN: &[&str] = &["joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"];
/// The same of arrays in files of their own.
const BESIDE: &[&str] =
    &["joblib.numpy_pickle_compat", "sklearn.externals.joblib.numpy_pickle_compat"];
/// What a wrapper says of its array.
const KEYS: &[&str] =
    &["allow_mmap", "dtype", "numpy_array_alignment_bytes", "order", "shape", "subclass"];

impl Machine<'_, '_, '_> {
    /// After an object was given its state: joblib reads an array's bytes here.
    pub(super) fn after_build(&mut self, value: Value, note: u32, again: bool) -> Step {
        match self.named(value) {
            Some((module, "NumpyArrayWrapper")) if WITHIN.contains(&module) && !self.plain => {
                if again {
                    return Err(Ended::Limit("an array whose wrapper is given two states"));
                }
                let note = self.inline_array(note)?;
                // joblib puts the array in the wrapper's place.
                self.pop()?;
                let class = self.session.names.import("numpy", "ndarray", self.here);
                self.push(Value::Object { class, note, bag: false })
            }
            Some((module, "NDArrayWrapper" | "ZNDArrayWrapper"))
                if WITHIN.contains(&module) || BESIDE.contains(&module) =>
            {
                self.session.outside_array = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Moves past the bytes of an array; the note of the array.
    fn inline_array(&mut self, note: u32) -> Step<u32> {
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
        let Ok(element) = self.element(dtype) else {
            return Err(Ended::Limit("an array type that is not known"));
        };
        if element.object {
            let offset = self.cursor.offset();
            let (end, held) = stream::inner(self.bytes, offset, self.session)?;
            self.cursor.jump(end);
            return Ok(self.array_fact(shape, dtype, (offset, 0), held));
        }
        let count = self.count(shape).ok_or(Ended::Broken("an array of impossible shape"))?;
        let length =
            count.checked_mul(element.size).ok_or(Ended::Broken("an array of impossible size"))?;
        self.probe()?;
        let aligned = self.field(state, "numpy_array_alignment_bytes");
        if aligned.is_some_and(|bytes| bytes != Value::None) {
            let padding = self.byte()?;
            self.skip_exactly(padding.into())?;
        }
        let place = (self.cursor.offset(), length);
        self.skip_exactly(length)?;
        Ok(self.array_fact(shape, dtype, place, None))
    }

    fn skip_exactly(&mut self, length: u64) -> Step {
        if self.cursor.skip(length) { Ok(()) } else { Err(Ended::Short) }
    }

    /// The value of a key in a dict.
    pub(super) fn field(&self, dict: u32, name: &str) -> Option<Value> {
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
        let known =
            |name: &Option<String>| name.as_deref().is_some_and(|name| KEYS.contains(&name));
        // Any other attribute may stand for a method of the wrapper's.
        if !names.iter().all(known) {
            return Err(Ended::Limit("an array with more to it than joblib writes"));
        }
        match self.field(state, "subclass") {
            None | Some(Value::Reported) => Ok(()),
            Some(class @ Value::Global(_))
                if self.allows(class).is_none_or(|allows| allows.array) =>
            {
                Ok(())
            }
            Some(_) => Err(Ended::Limit("an array of a class that is none of arrays")),
        }
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
        let left = self.session.ledger.left();
        if !self.takes_copy() {
            return Err(Ended::Limit(
                "the bytes of an array could be opcodes, and too much is held",
            ));
        }
        let mut sink = Report::new("");
        let known = self.session.names.len();
        let mut session = self.session.copy(&mut sink);
        let mut copy = self.copy(&mut session);
        let (ended, _) = copy.run();
        let cost = copy.cost().saturating_add((known as u64).saturating_mul(COPIED));
        drop(copy);
        self.session.ledger.give_back_to(left);
        // A loader that imports runs the module.
        let effect = session.acts() || session.names.imports_unknown(known);
        self.session.probed = self.session.probed.saturating_add(cost);
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
