//! What is still to be looked at in arrays, and the pass over them.

use super::{
    super::{machine::Machine, value::Value},
    content::{Passed, Source, each},
    facts::Form,
    nodes::{Found, Nodes},
    number::{Field, Number},
};
use crate::{
    artefact::nested::nested,
    bytes::{ReadAt, Section, read_up_to},
};

/// Arrays that are looked at in one file.
pub(super) const MAX_TASKS: usize = 1 << 16;
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

/// What must hold of an array.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// All numbers are from `low` on and below `high`.
    Range { number: Number, low: i64, high: i64, fault: &'static str },
    /// They begin at 0 or later, never fall, and end at `most` at most.
    Steps { number: Number, most: i64, fault: &'static str },
    /// Nodes with children.
    Nodes(Nodes),
    /// The text of a model of LightGBM's.
    Text,
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

    /// The state of a booster of LightGBM's: its text is read as a file of that format is.
    pub(super) fn booster(&mut self, dict: u32) {
        for name in ["handle", "_handle"] {
            let Some(Value::Str(span)) = self.field(dict, name) else { continue };
            let (at, length) = (span.offset(), u64::from(span.length()));
            let mut head = [0; 5];
            if read_up_to(self.bytes, at, &mut head).is_ok() && head == *b"tree\n" {
                self.task(Some(Source::Spanned { at, length, form: Form::Raw }), Check::Text);
            }
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
        for task in &tasks {
            if let (Check::Text, Source::Spanned { at, length, form: Form::Raw }) =
                (task.check, &task.source)
            {
                let text = Section::new(self.bytes, *at, *length);
                nested("model.txt", "(the text of a booster)", &text, self.session.report);
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
            Self::Text => return Ok(()),
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
