//! joblib: wrappers around arrays that are written between the opcodes.

use super::{OBJECT, Row, Use, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row("joblib.numpy_pickle", Use { noted: true, ..OBJECT }, &["NDArrayWrapper", "NumpyArrayWrapper", "ZNDArrayWrapper"], "array written inline or beside the file: its shape and type decide what is read next"),
    row("joblib.numpy_pickle_compat", Use { noted: true, ..OBJECT }, &["NDArrayWrapper", "ZNDArrayWrapper"], "array written inline or beside the file: its shape and type decide what is read next"),
];
