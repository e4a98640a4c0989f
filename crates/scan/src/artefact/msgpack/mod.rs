//! Weights as Flax keeps them: msgpack, with arrays as extensions.
//!
//! Source: the specification of msgpack, and `flax/serialization.py` for the extensions.

mod chunked;
mod format;
mod held;
mod rules;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use format::MSGPACK;
pub(crate) use rules::RULES;
