//! What loaders may disagree on.

/// Something that loaders may disagree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub offset: u64,
    /// What.
    pub text: String,
}

impl Problem {
    /// At an offset.
    pub(super) fn at(offset: u64, text: &str) -> Self {
        Self { offset, text: text.to_owned() }
    }
}
