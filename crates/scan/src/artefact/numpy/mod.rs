//! NumPy's files: arrays, and archives of them.
//!
//! Source: the format's description in `numpy/lib/format.py`, versions 1.0 to 3.0.

mod array;
mod header;
mod literal;
mod npz;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use array::Npy;
pub(crate) use header::read as header;
pub(crate) use npz::Npz;
pub(crate) use rules::RULES;
