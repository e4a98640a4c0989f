//! Data of R: one serialised value, or an image of several, in the three ways that R writes them.
//!
//! Source: "R Internals", section 1.8, and `src/main/serialize.c` in R.

mod atoms;
mod bytecode;
mod format;
mod language;
mod rules;
mod stream;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use format::R;
pub(crate) use rules::RULES;
