//! Stack, marks and memo of the machine, and the containers that it makes of what stands there.

use super::{
    machine::{Ended, Machine, Step},
    opcode as op,
    value::Value,
};
use crate::bytes::room;

/// Values on the stack at once. Picklers write containers in batches of a thousand.
const MAX_STACK: usize = 1 << 19;
/// Memo indices that the unpickler reserves memory for, by the opcodes so far.
const RESERVED_FOR_EACH: u64 = 64;
const RESERVED: u64 = 1 << 16;
/// What is said of a memo that is too large.
const MEMO: &str = "more entries in the memo, out of order, than are followed";

impl Machine<'_, '_, '_> {
    pub(super) fn push(&mut self, value: Value) -> Step {
        let room = self.stack.len() < MAX_STACK && self.holds(self.stack.len());
        if !room {
            return Err(Ended::Limit("more values on the stack than are followed"));
        }
        room::push(&mut self.stack, value);
        Ok(())
    }

    pub(super) fn mark(&mut self) -> Step {
        if self.marks.len() >= MAX_STACK || !self.holds(self.marks.len()) {
            return Err(Ended::Limit("more marks than are followed"));
        }
        room::push(&mut self.marks, self.stack.len());
        Ok(())
    }

    pub(super) fn memoize(&mut self) -> Step {
        let top = self.top()?;
        let kept = self.memo.append(top);
        kept.then_some(()).ok_or(Ended::Limit(MEMO))
    }

    /// Whether the stack may hold one value more than `length`.
    fn holds(&mut self, length: usize) -> bool {
        if length < self.deepest {
            return true;
        }
        let more = self.deepest.max(512);
        // A mark for each value, at most.
        let bytes = (more as u64)
            .saturating_mul((size_of::<Value>().saturating_add(size_of::<usize>())) as u64);
        self.deepest = self.deepest.saturating_add(more);
        self.session.ledger.take(bytes)
    }

    pub(super) fn pop(&mut self) -> Step<Value> {
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() <= floor {
            return self.underflow();
        }
        self.stack.pop().map_or_else(|| self.underflow(), Ok)
    }

    pub(super) fn top(&self) -> Step<Value> {
        let floor = self.marks.last().copied().unwrap_or(0);
        match self.stack.last() {
            Some(&top) if self.stack.len() > floor => Ok(top),
            _ => self.underflow(),
        }
    }

    fn underflow(&self) -> Step<Value> {
        if self.lenient {
            Ok(Value::Forgotten)
        } else {
            Err(Ended::Broken("it takes a value from an empty stack"))
        }
    }

    /// POP takes a mark if nothing stands on it.
    pub(super) fn discard(&mut self) -> Step {
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() <= floor && self.marks.pop().is_some() {
            return Ok(());
        }
        self.pop().map(drop)
    }

    /// What was pushed since the last mark.
    pub(super) fn take_to_mark(&mut self) -> Step<Vec<Value>> {
        match self.marks.pop() {
            Some(mark) => Ok(self.stack.split_off(mark.min(self.stack.len()))),
            None if self.lenient => Ok(std::mem::take(&mut self.stack)),
            None => Err(Ended::Broken("it looks for a mark that was never set")),
        }
    }

    pub(super) fn put(&mut self, code: u8) -> Step {
        let index = self.index(code, op::BINPUT, op::LONG_BINPUT)?;
        let top = self.top()?;
        let usual = self.session.steps.saturating_mul(RESERVED_FOR_EACH).saturating_add(RESERVED);
        if index > usual {
            self.session
                .exhausting(self.here, "a memo index that makes the unpickler reserve memory");
        }
        let kept = self.memo.put(index, top);
        kept.then_some(()).ok_or(Ended::Limit(MEMO))
    }

    pub(super) fn get(&mut self, code: u8) -> Step {
        let index = self.index(code, op::BINGET, op::LONG_BINGET)?;
        match self.memo.value(index) {
            Some(value) => self.push(value),
            None if self.lenient => self.push(Value::Forgotten),
            None => Err(Ended::Broken("it asks the memo for what was never put there")),
        }
    }

    fn index(&mut self, code: u8, short: u8, long: u8) -> Step<u64> {
        if code == short {
            return Ok(self.byte()?.into());
        }
        if code == long {
            return Ok(u32::from_le_bytes(self.array()?).into());
        }
        match self.decimal(if short == op::BINPUT { op::PUT } else { op::GET })? {
            Value::Int(index) => {
                u64::try_from(index).map_err(|_| Ended::Broken("a negative memo index"))
            }
            _ => Err(Ended::Broken("a memo index that is no number")),
        }
    }

    // Containers.

    pub(super) fn tuple(&mut self, count: usize) -> Step {
        let mut items = [Value::None; 3];
        let items = items.get_mut(..count).unwrap_or_default();
        for slot in items.iter_mut().rev() {
            *slot = self.pop()?;
        }
        let items = &*items;
        self.hand_over(items);
        let tuple = self.heap.tuple(items);
        self.push(tuple)
    }

    pub(super) fn push_tuple(&mut self, items: &[Value]) -> Step {
        self.hand_over(items);
        let tuple = self.heap.tuple(items);
        self.push(tuple)
    }

    pub(super) fn container(&mut self, make: fn(u32) -> Value, items: &[Value]) -> Step {
        self.hand_over(items);
        let container = self.heap.container(make);
        if let (Value::List(index) | Value::Dict(index) | Value::Set(index), false) =
            (container, items.is_empty())
        {
            if let Value::Dict(_) = container {
                self.mark_keys(index, items);
            }
            self.heap.extend(index, items);
        }
        self.push(container)
    }

    // Reading.

    pub(super) fn byte(&mut self) -> Step<u8> {
        match self.cursor.byte() {
            Ok(Some(byte)) => Ok(byte),
            Ok(None) => Err(Ended::Short),
            Err(_) => Err(Ended::Unreadable),
        }
    }

    pub(super) fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(Ended::Short),
            Err(_) => Err(Ended::Unreadable),
        }
    }
}
