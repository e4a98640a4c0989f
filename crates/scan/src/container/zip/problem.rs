//! What loaders may disagree on.

/// Something that loaders may disagree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub offset: u64,
    /// What.
    pub text: String,
}

/// Problems kept of one archive.
const MAX_PROBLEMS: usize = 64;

impl Problem {
    /// Adds it to those that are known, unless there are many.
    pub(super) fn note(self, problems: &mut Vec<Self>) {
        if problems.len() < MAX_PROBLEMS {
            problems.push(self);
        }
    }

    /// At an offset.
    pub(super) fn at(offset: u64, text: &str) -> Self {
        Self { offset, text: text.to_owned() }
    }
}
