//! Kinds of values and of tensors.

/// Strings among the kinds of values.
pub(super) const STRING: u32 = 8;
/// Lists among the kinds of values.
pub(super) const ARRAY: u32 = 9;
/// Bytes among the kinds of values, unsigned and signed.
pub(super) const BYTES: [u32; 2] = [0, 1];
/// Unsigned numbers of 32 bits.
pub(super) const UINT32: u32 = 4;

/// Bytes of a value of one size.
pub(super) const fn size_of(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

/// Elements and bytes of a block of a tensor's kind.
#[rustfmt::skip]
const BLOCKS: &[(u32, u64, u64)] = &[
    (0, 1, 4), (1, 1, 2), (2, 32, 18), (3, 32, 20), (4, 32, 20), (5, 32, 24), (6, 32, 22), (7, 32, 24), (8, 32, 34), (9, 32, 36),
    (10, 256, 84), (11, 256, 110), (12, 256, 144), (13, 256, 176), (14, 256, 210), (15, 256, 292), (16, 256, 66),
    (17, 256, 74), (18, 256, 98), (19, 256, 50), (20, 32, 18), (21, 256, 110), (22, 256, 82), (23, 256, 136), (24, 1, 1),
    (25, 1, 2), (26, 1, 4), (27, 1, 8), (28, 1, 8), (29, 256, 56), (30, 1, 2), (31, 32, 18), (32, 32, 18), (33, 32, 18),
    (34, 256, 54), (35, 256, 66), (36, 32, 18), (37, 32, 18), (38, 32, 18), (39, 32, 17), (40, 64, 36),
];

/// Elements and bytes of a block.
pub(super) fn block(kind: u32) -> Option<(u64, u64)> {
    BLOCKS.iter().find(|(known, ..)| *known == kind).map(|(_, elements, bytes)| (*elements, *bytes))
}
