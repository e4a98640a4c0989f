//! JSON (RFC 8259), read from front to back within bounds.
//!
//! [`Tokens`] gives what comes next, [`Json`] holds a whole text, [`keys`] looks for keys in what may be broken. All of them share
//! one way to read texts and numbers. What loaders disagree about is broken here: a byte order mark, half of a surrogate pair,
//! control characters in texts. `NaN` and `Infinity`, which Python writes, are read where a format has them.
//! A key that stands twice is kept twice.

#[cfg(test)]
mod agreement;
pub(crate) mod keys;
mod lexer;
mod number;
mod open;
#[cfg(test)]
mod tests;
mod tokens;
mod tree;
mod value;

pub(crate) use open::Open;
pub(crate) use tokens::{Limits, Token, Tokens, check, is_one};
pub(crate) use value::Json;
