//! What is still to be looked at in arrays, and the pass over them.

use super::{
    super::{machine::Machine, value::Value},
    content::{Passed, Source, each},
    facts::{Content, Fact, Form, content_of},
    nodes::{Found, Nodes},
    number::{Field, Number},
};
use crate::{
    artefact::nested::nested,
    bytes::{ReadAt, Section, SliceBytes, read_up_to},
};

/// Arrays that are looked at in one file.
pub(super) const MAX_TASKS: usize = 1 << 16;
/// Bytes of a model that is written as the Latin-1 characters of a string, and is decoded.
const MAX_DECODED: u64 = 12 << 20;
/// Bytes that are read of arrays, and how many times more of a large file.
const READABLE: u64 = 64 << 20;
const SHARED: u64 = 3;
/// Bytes that a task takes.
const KEPT: u64 = size_of::<Task>() as u64;

/// An array to be looked at.
#[derive(Clone, Debug)]
pub(in super::super) struct Task {
    pub(super) source: Source,
    /// Where the object that holds it is given its state.
    pub(super) here: u64,
    pub(super) check: Check,
}

impl Task {
    /// Bytes to be read.
    fn length(&self) -> u64 {
        match self.source {
            Source::Spanned { length, .. } => length,
            Source::Kept(ref kept) => kept.len() as u64,
        }
    }
}

/// What must hold of an array.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// All numbers are from `low` on and below `high`.
    Range { number: Number, low: i64, high: i64, fault: &'static str },
    /// They begin at 0 or later, never fall, and end at `most` at most.
    Steps { number: Number, most: i64, fault: &'static str },
    /// Nodes with children.
    Nodes(Nodes),
    /// A model in the format of its library, as a file of this name would be.
    Model(&'static str),
    /// Nodes of a tree without holes, and the points that each has.
    Heap { size: usize, count: i64, start: Field, end: Field, leaf: Field, points: i64 },
}

impl Machine<'_, '_, '_> {
    /// Looks at an array once the stream was read; its place among the tasks.
    pub(super) fn task(&mut self, source: Option<Source>, check: Check) -> Option<u32> {
        let (Some(source), true) = (source, self.session.tasks.len() < MAX_TASKS) else {
            self.session.unchecked = true;
            return None;
        };
        if !self.session.ledger.take(KEPT) {
            self.session.unchecked = true;
            return None;
        }
        self.session.tasks.push(Task { source, here: self.here, check });
        u32::try_from(self.session.tasks.len()).ok()?.checked_sub(1)
    }

    /// The state of a booster of LightGBM's or XGBoost's: what its library reads is read as a file of that format is.
    pub(super) fn booster(&mut self, dict: u32) {
        for name in ["handle", "_handle"] {
            let content = match self.field(dict, name) {
                Some(Value::Str(span)) if !span.is_narrow() => content_of(Value::Bytes(span)),
                Some(Value::Object { note, .. }) => match self.heap.facts.fact(note) {
                    Some(Fact::Bytes(content)) => Some(content),
                    _ => None,
                },
                Some(value) => content_of(value),
                None => None,
            };
            let Some(Content { at, length, form }) = content else { continue };
            let mut head = [0; 16];
            let read = read_up_to(self.bytes, at, &mut head).unwrap_or(0);
            let name = match head.get(..read).unwrap_or_default() {
                head if head.starts_with(b"tree\n") => "model.txt",
                head if head == b"{L\0\0\0\0\0\0\0\x06Config" => "model.ubj",
                _ => continue,
            };
            self.task(Some(Source::Spanned { at, length, form }), Check::Model(name));
        }
    }

    fn read_model(&mut self, name: &str, source: &Source) {
        const WITHIN: &str = "(the model of a booster)";
        match *source {
            Source::Spanned { at, length, form: Form::Raw } => {
                let model = Section::new(self.bytes, at, length);
                nested(name, WITHIN, &model, self.session.report);
            }
            Source::Spanned { length, form: Form::Latin, .. } if length <= MAX_DECODED => {
                let mut model = Vec::new();
                let passed = each(self.bytes, source, 1, &mut |byte| {
                    model.extend_from_slice(byte);
                    true
                });
                if passed == Passed::Whole {
                    nested(name, WITHIN, &SliceBytes(&model), self.session.report);
                }
            }
            _ => self.session.unchecked = true,
        }
    }

    /// Looks at all arrays of the stream, from front to back.
    pub(in super::super) fn look_at_arrays(&mut self) {
        let mut tasks = std::mem::take(&mut self.session.tasks);
        if self.session.probing {
            return;
        }
        tasks.sort_by_key(|task| match task.source {
            Source::Spanned { at, .. } => at,
            Source::Kept(_) => 0,
        });
        // Many objects may share an array, and honest ones share few.
        let mut readable = self.bytes.size().saturating_mul(SHARED).saturating_add(READABLE);
        for task in &tasks {
            let Some(left) = readable.checked_sub(task.length()) else {
                self.session.unchecked = true;
                break;
            };
            readable = left;
            if let Check::Model(name) = task.check {
                self.read_model(name, &task.source);
                continue;
            }
            let left = self.session.ledger.left();
            let found = if self.session.ledger.take(task.check.room()) {
                task.check.run(self.bytes, &task.source)
            } else {
                Err(Found::Limit)
            };
            self.session.ledger.give_back_to(left);
            match found {
                Ok(()) => {}
                Err(Found::Fault(fault)) => self.misindexed(task.here, fault),
                Err(Found::Unreadable | Found::Limit) => self.session.unchecked = true,
            }
        }
    }

    /// Something that makes compiled code read what is not there.
    pub(super) fn misindexed(&mut self, at: u64, fault: &'static str) {
        self.session.misindexed(at, fault);
    }
}

impl Check {
    fn room(&self) -> u64 {
        match self {
            Self::Nodes(nodes) => nodes.room(),
            _ => 0,
        }
    }

    fn run(&self, bytes: &dyn ReadAt, source: &Source) -> Result<(), Found> {
        let mut wrong = None;
        let passed = match *self {
            Self::Model(_) => return Ok(()),
            Self::Nodes(ref nodes) => return nodes.check(bytes, source),
            Self::Range { number, low, high, fault } => {
                each(bytes, source, number.size.into(), &mut |bytes| {
                    let inside = number.read(bytes).is_none_or(|at| (low..high).contains(&at));
                    wrong = (!inside).then_some(fault);
                    inside
                })
            }
            Self::Steps { number, most, fault } => {
                let mut last = 0;
                each(bytes, source, number.size.into(), &mut |bytes| {
                    let step = number.read(bytes).unwrap_or(last);
                    let inside = (last..=most).contains(&step);
                    last = step;
                    wrong = (!inside).then_some(fault);
                    inside
                })
            }
            Self::Heap { size, count, start, end, leaf, points } => {
                let mut at = 0_i64;
                each(bytes, source, size, &mut |node| {
                    let of = |field: Field| field.read(node).unwrap_or(0);
                    let (start, end) = (of(start), of(end));
                    let inside = start >= 0 && start <= end && end <= points;
                    let below = of(leaf) != 0 || at.saturating_mul(2).saturating_add(2) < count;
                    wrong = match (inside, below) {
                        (false, _) => {
                            Some("a node of a search tree asks for points that are not there")
                        }
                        (_, false) => Some("a node of a search tree has a child that is not there"),
                        _ => None,
                    };
                    at = at.saturating_add(1);
                    inside && below
                })
            }
        };
        match (wrong, passed) {
            (Some(fault), _) => Err(Found::Fault(fault)),
            (None, Passed::Unreadable) => Err(Found::Unreadable),
            (None, Passed::Whole) => Ok(()),
        }
    }
}
