//! Kinds of values.

pub(super) const SYMBOL: u8 = 1;
pub(super) const PAIRS: u8 = 2;
pub(super) const CLOSURE: u8 = 3;
pub(super) const ENVIRONMENT: u8 = 4;
pub(super) const PROMISE: u8 = 5;
pub(super) const CALL: u8 = 6;
pub(super) const SPECIAL: u8 = 7;
pub(super) const BUILTIN: u8 = 8;
pub(super) const TEXT: u8 = 9;
pub(super) const DOTS: u8 = 17;
pub(super) const BYTECODE: u8 = 21;
pub(super) const POINTER: u8 = 22;
pub(super) const WEAK: u8 = 23;
pub(super) const ALTERNATIVE: u8 = 238;
pub(super) const PAIRS_WITH: u8 = 239;
pub(super) const CALL_WITH: u8 = 240;
pub(super) const PERSISTENT: u8 = 247;
pub(super) const PACKAGE: u8 = 248;
pub(super) const NAMESPACE: u8 = 249;
pub(super) const REPEATED: u8 = 243;
pub(super) const DEFINED: u8 = 244;
/// A value that is not there yet.
pub(super) const UNBOUND: u8 = 252;
pub(super) const REFERENCE: u8 = 255;

/// Bytes and words of the elements of a vector of numbers.
pub(super) const fn numbers(kind: u8) -> Option<(u64, u64)> {
    match kind {
        10 | 13 => Some((4, 1)),
        14 => Some((8, 1)),
        15 => Some((16, 2)),
        24 => Some((1, 1)),
        _ => None,
    }
}

/// Lists of values: texts, lists and expressions.
pub(super) const fn is_list(kind: u8) -> bool {
    matches!(kind, 16 | 19 | 20)
}

/// Values without content: the empty one, environments of R itself, and missing arguments.
pub(super) const fn is_fixed(kind: u8) -> bool {
    matches!(kind, 0 | 241 | 242 | 250..=254)
}
