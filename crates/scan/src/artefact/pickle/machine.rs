//! The abstract pickle machine: the stack and memo semantics of `pickle.py`, over values that are never
//! made. Effects are recorded at the moment they would happen, so nothing later can hide them.

use super::{heap::Heap, memo::Memo, session::Session, value::Value};
use crate::bytes::{Cursor, ReadAt};

/// Opcodes of all streams of a file. Ten times the largest vocabulary.
const MAX_STEPS: u64 = 40_000_000;

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
    pub(super) marks: Vec<usize>,
    pub(super) memo: Memo,
    /// What the ledger had left before.
    left: u64,
    /// Values that the stack has room for.
    pub(super) deepest: usize,
    /// Where the opcode being executed stands.
    pub(super) here: u64,
    /// Highest protocol said.
    pub(super) protocol: u8,
    /// Where the last frame ends.
    pub(super) frame_end: u64,
    /// A probe of bytes said to be data: popping from nothing gives something.
    pub(super) lenient: bool,
    pub(super) steps: u64,
    /// It reads an array of objects within another stream, which looks at what is in it.
    pub(super) within: bool,
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
            within: false,
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
        let outer = match self.within {
            true => Vec::new(),
            false => std::mem::take(&mut self.session.tasks),
        };
        let ended = loop {
            if let Err(ended) = self.step() {
                break ended;
            }
        };
        if !self.within {
            self.look_at_arrays();
            self.session.tasks = outer;
        }
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
}

impl Drop for Machine<'_, '_, '_> {
    fn drop(&mut self) {
        self.session.ledger.give_back_to(self.left);
    }
}
