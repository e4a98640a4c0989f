//! The abstract pickle machine: the stack and memo semantics of `pickle.py`, over values that are never
//! made. Effects are recorded at the moment they would happen, so nothing later can hide them.

use super::{
    heap::Heap,
    memo::Memo,
    opcode as op,
    session::Session,
    value::{Span, Value},
};
use crate::bytes::{Cursor, ReadAt, room};

/// Values on the stack at once. Picklers write containers in batches of a thousand.
const MAX_STACK: usize = 1 << 19;
/// Opcodes of all streams of a file. Ten times the largest vocabulary.
const MAX_STEPS: u64 = 40_000_000;

/// Memo indices that the unpickler reserves memory for, by the opcodes so far.
const RESERVED_FOR_EACH: u64 = 64;
const RESERVED: u64 = 1 << 16;
/// What is said of a memo that is too large.
const MEMO: &str = "more entries in the memo, out of order, than are followed";

/// How a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// At STOP, with this value.
    Stop(Value),
    /// Something no unpickler accepts.
    Broken(&'static str),
    /// The bytes ended first.
    Short,
    /// A limit of ours was reached.
    Limit(&'static str),
    /// A read failed.
    Unreadable,
}

/// What a step gives; the error ends the stream.
pub(crate) type Step<T = ()> = Result<T, Ended>;

/// One stream being read.
pub(crate) struct Machine<'a, 's, 'r> {
    pub(super) bytes: &'a dyn ReadAt,
    pub(super) cursor: Cursor<'a>,
    pub(super) session: &'s mut Session<'r>,
    pub(super) heap: Heap,
    pub(super) stack: Vec<Value>,
    marks: Vec<usize>,
    pub(super) memo: Memo,
    /// What the ledger had left before.
    left: u64,
    /// Values that the stack has room for.
    deepest: usize,
    /// Where the opcode being executed stands.
    pub(super) here: u64,
    /// Highest protocol said.
    pub(super) protocol: u8,
    /// Where the last frame ends.
    pub(super) frame_end: u64,
    /// A probe of bytes said to be data: popping from nothing gives something.
    lenient: bool,
    pub(super) steps: u64,
    /// It reads as a loader that doesn't know joblib.
    pub(super) plain: bool,
}

impl<'a, 's, 'r> Machine<'a, 's, 'r> {
    /// At `offset` of `bytes`.
    pub(crate) fn new(bytes: &'a dyn ReadAt, offset: u64, session: &'s mut Session<'r>) -> Self {
        let ledger = session.ledger.clone();
        Self {
            bytes,
            cursor: Cursor::new(bytes, offset),
            session,
            left: ledger.left(),
            deepest: 0,
            heap: Heap::under(ledger.clone()),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: Memo::under(ledger),
            here: offset,
            protocol: 0,
            frame_end: 0,
            lenient: false,
            steps: 0,
            plain: false,
        }
    }

    /// A copy in the same state, for a loader that doesn't know joblib.
    pub(super) fn copy<'t, 'q>(&self, session: &'t mut Session<'q>) -> Machine<'a, 't, 'q> {
        let mut copy = Machine::new(self.bytes, self.cursor.offset(), session);
        copy.heap = self.heap.clone();
        copy.stack = self.stack.clone();
        copy.marks = self.marks.clone();
        copy.memo = self.memo.clone();
        copy.deepest = self.stack.len();
        copy.protocol = self.protocol;
        copy.plain = true;
        copy
    }

    /// Takes the memory for a copy; false if there is too little.
    pub(super) fn takes_copy(&self) -> bool {
        let values = self.stack.len().saturating_add(self.marks.len());
        let bytes = (values as u64).saturating_mul(size_of::<Value>() as u64);
        let held = self.memo.held().saturating_add(self.heap.held());
        self.session.ledger.take(bytes.saturating_add(held))
    }

    /// Opcodes read and values held, for an allowance.
    pub(super) fn cost(&self) -> u64 {
        let values = self.memo.size().saturating_add(self.stack.len() as u64);
        self.steps.saturating_add(values.saturating_add(self.heap.size()).div_ceil(16))
    }

    /// The same, as if it were in the midst of a stream.
    pub(crate) fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Runs to the end; says how it ended and where.
    pub(crate) fn run(&mut self) -> (Ended, u64) {
        let ended = loop {
            if let Err(ended) = self.step() {
                break ended;
            }
        };
        let (depth, weight) = self.heap.extent();
        self.session.extent(depth, weight, self.here);
        self.session.skipped(self.cursor.skipped());
        (ended, self.cursor.offset())
    }

    fn step(&mut self) -> Step {
        self.here = self.cursor.offset();
        self.steps = self.steps.saturating_add(1);
        self.session.steps = self.session.steps.saturating_add(1);
        if self.session.steps > MAX_STEPS {
            return Err(Ended::Limit("the stream has more opcodes than are followed"));
        }
        let code = self.byte()?;
        self.execute(code)
    }

    fn execute(&mut self, code: u8) -> Step {
        match code {
            op::BINUNICODE | op::SHORT_BINUNICODE | op::BINUNICODE8 => self.string(code),
            op::MEMOIZE => {
                let top = self.top()?;
                let kept = self.memo.append(top);
                kept.then_some(()).ok_or(Ended::Limit(MEMO))
            }
            op::BINPUT | op::LONG_BINPUT | op::PUT => self.put(code),
            op::BINGET | op::LONG_BINGET | op::GET => self.get(code),
            op::BININT | op::BININT1 | op::BININT2 | op::INT | op::LONG | op::LONG1 | op::LONG4 => {
                self.integer(code)
            }
            op::NONE => self.push(Value::None),
            op::NEWTRUE => self.push(Value::Bool(true)),
            op::NEWFALSE => self.push(Value::Bool(false)),
            op::BINFLOAT => {
                self.array::<8>()?;
                self.push(Value::Float)
            }
            op::FLOAT => self.float(),
            op::MARK => {
                if self.marks.len() >= MAX_STACK || !self.holds(self.marks.len()) {
                    return Err(Ended::Limit("more marks than are followed"));
                }
                room::push(&mut self.marks, self.stack.len());
                Ok(())
            }
            op::POP => self.discard(),
            op::POP_MARK => self.take_to_mark().map(drop),
            op::DUP => {
                let top = self.top()?;
                self.push(top)
            }
            op::STOP => {
                let value = self.pop()?;
                let left = !self.stack.is_empty() || !self.marks.is_empty();
                if left && !self.lenient {
                    self.session.leftover = true;
                }
                Err(Ended::Stop(value))
            }
            op::PROTO => {
                let version = self.byte()?;
                if version > 5 {
                    self.session.oddity(self.here, "an unknown protocol version");
                }
                self.protocol = self.protocol.max(version);
                Ok(())
            }
            op::FRAME => {
                let length = u64::from_le_bytes(self.array()?);
                if length > self.cursor.left() {
                    self.session.oddity(self.here, "a frame longer than the file");
                }
                if self.frame_end > self.here {
                    self.session.oddity(self.here, "a frame within a frame");
                }
                let end = self.cursor.offset().saturating_add(length);
                self.frame_end = self.frame_end.max(end);
                Ok(())
            }
            op::STRING
            | op::BINSTRING
            | op::SHORT_BINSTRING
            | op::UNICODE
            | op::BINBYTES
            | op::SHORT_BINBYTES
            | op::BINBYTES8
            | op::BYTEARRAY8 => self.string(code),
            _ => self.compound(code),
        }
    }

    fn compound(&mut self, code: u8) -> Step {
        match code {
            op::EMPTY_TUPLE => self.tuple(0),
            op::TUPLE1 => self.tuple(1),
            op::TUPLE2 => self.tuple(2),
            op::TUPLE3 => self.tuple(3),
            op::TUPLE => {
                let items = self.take_to_mark()?;
                self.push_tuple(&items)
            }
            op::EMPTY_LIST => self.container(Value::List, &[]),
            op::EMPTY_DICT => self.container(Value::Dict, &[]),
            op::EMPTY_SET => self.container(Value::Set, &[]),
            op::LIST => {
                let items = self.take_to_mark()?;
                self.container(Value::List, &items)
            }
            op::DICT => {
                let items = self.take_to_mark()?;
                if !items.len().is_multiple_of(2) {
                    return Err(Ended::Broken("a key without a value"));
                }
                self.container(Value::Dict, &items)
            }
            op::FROZENSET => {
                let items = self.take_to_mark()?;
                self.container(Value::Set, &items)
            }
            op::APPEND => {
                let item = self.pop()?;
                self.add_items(&[item])
            }
            op::APPENDS | op::ADDITEMS => {
                let items = self.take_to_mark()?;
                self.add_items(&items)
            }
            op::SETITEM => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.add_pairs(&[key, value])
            }
            op::SETITEMS => {
                let items = self.take_to_mark()?;
                self.add_pairs(&items)
            }
            _ => self.effect(code),
        }
    }

    fn effect(&mut self, code: u8) -> Step {
        match code {
            op::GLOBAL => self.global(),
            op::STACK_GLOBAL => self.stack_global(),
            op::INST => self.inst(),
            op::OBJ => self.obj(),
            op::REDUCE => {
                let (arguments, callable) = (self.pop()?, self.pop()?);
                self.reduce(callable, arguments)
            }
            op::NEWOBJ => {
                let (arguments, class) = (self.pop()?, self.pop()?);
                self.new_object(class, arguments)
            }
            op::NEWOBJ_EX => {
                let (named, arguments, class) = (self.pop()?, self.pop()?, self.pop()?);
                self.hand_over(&[named]);
                self.named_arguments(class, named);
                self.new_object(class, arguments)
            }
            op::BUILD => {
                let state = self.pop()?;
                self.build(state)
            }
            op::EXT1 => {
                let [code] = self.array()?;
                self.extension(code.into())
            }
            op::EXT2 => {
                let code = u16::from_le_bytes(self.array()?);
                self.extension(code.into())
            }
            op::EXT4 => {
                let code = i32::from_le_bytes(self.array()?);
                self.extension(code.into())
            }
            op::PERSID => {
                let length = self.line()?;
                let id = Span::new(self.here.saturating_add(1), length);
                // Unpicklers read it as ASCII.
                if !self.read(id).is_some_and(|id| id.is_ascii()) {
                    return Err(Ended::Broken("a persistent id that is no short text"));
                }
                self.persistent(Value::Str(id))
            }
            op::BINPERSID => {
                let id = self.pop()?;
                self.persistent(id)
            }
            op::NEXT_BUFFER => {
                self.session.outside_buffer = true;
                self.push(Value::Outside)
            }
            op::READONLY_BUFFER => {
                if !matches!(self.top()?, Value::Outside | Value::Forgotten) {
                    self.session.oddity(self.here, "it takes a view of what is no outside buffer");
                }
                Ok(())
            }
            _ => Err(Ended::Broken("an unknown opcode")),
        }
    }

    // The stack.

    pub(super) fn push(&mut self, value: Value) -> Step {
        let room = self.stack.len() < MAX_STACK && self.holds(self.stack.len());
        if !room {
            return Err(Ended::Limit("more values on the stack than are followed"));
        }
        room::push(&mut self.stack, value);
        Ok(())
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
    fn discard(&mut self) -> Step {
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

    fn put(&mut self, code: u8) -> Step {
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

    fn get(&mut self, code: u8) -> Step {
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

    fn tuple(&mut self, count: usize) -> Step {
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

    fn push_tuple(&mut self, items: &[Value]) -> Step {
        self.hand_over(items);
        let tuple = self.heap.tuple(items);
        self.push(tuple)
    }

    fn container(&mut self, make: fn(u32) -> Value, items: &[Value]) -> Step {
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

impl Drop for Machine<'_, '_, '_> {
    fn drop(&mut self) {
        self.session.ledger.give_back_to(self.left);
    }
}
