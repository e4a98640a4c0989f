//! How large values get that a graph computes, and how long it runs, whatever it is given.

/// Elements of one value that a graph makes of constants: 2 GiB of single-precision numbers, more than a whole model may be in one
/// message or buffer. What honest models make that large depends on what they are given, or is stored.
pub(crate) const MAX_ELEMENTS: u64 = 1 << 29;
