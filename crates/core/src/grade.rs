//! How much the evidence behind an answer is worth.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who stands behind an answer. `A` is the best.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub enum Grade {
    /// Observed by coseal, and signed by a runner key of the trust root.
    A,
    /// Signed by another tool whose key is in the trust root.
    B,
    /// A statement signed by a role that the trust root names.
    C,
    /// Unsigned, or signed by a key that the trust root does not name.
    D,
}

impl Grade {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::A => "observed by coseal and signed by a trusted runner",
            Self::B => "signed by a trusted tool",
            Self::C => "stated and signed by a trusted role",
            Self::D => "unsigned, or the signer is unproven",
        }
    }

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letter())
    }
}
