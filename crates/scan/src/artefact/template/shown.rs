//! What a template, a macro or a block has shown so far.

use super::{
    text::HOLE,
    value::{CHANGED, CONTENT, DATE, NAME, PIECES, TRIGGER, Value},
};

/// Bytes that are kept.
const MAX_SHOWN: usize = 1 << 20;

/// As if all branches had been taken.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    /// Where it came from.
    taint: u16,
    /// Whether some of it may not be there, or more than once.
    unsure: bool,
}

impl Shown {
    pub(super) fn push(&mut self, text: &str, taint: u16) {
        self.taint |= taint & (CONTENT | DATE | NAME | TRIGGER | CHANGED | PIECES);
        if self.text.len() < MAX_SHOWN {
            self.text.push_str(text);
        } else {
            self.unsure = true;
        }
    }

    /// From here on, it is not known what is there.
    pub(super) const fn doubt(&mut self) {
        self.unsure = true;
    }

    /// What was shown since byte `start`.
    pub(super) fn since(&self, start: usize) -> String {
        self.text.get(start..).unwrap_or_default().to_owned()
    }

    /// As a value. A text of which parts may be missing begins with a hole, so that it is no name.
    pub(super) fn value(self) -> Value {
        let mut text = self.text;
        if self.unsure {
            text.insert(0, HOLE);
        }
        Value::text(text, self.taint)
    }
}
