//! skops: an archive whose `schema.json` says which objects are made of what, by nodes of few kinds.
//!
//! Source: `skops/io/_general.py`, `_numpy.py`, `_scipy.py` and `_sklearn.py` of skops 0.13.

mod nodes;
mod parts;
mod read;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use read::Skops;
pub(crate) use rules::RULES;
