//! joblib and dill: wrappers around arrays.

use super::{Arguments, OBJECT, Row, Use, function, row};

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("dill._dill", function(Arguments::TypeName), &["_load_type"], "a builtin type by its name"),
    row("dill._dill", function(Arguments::CreateArray), &["_create_array"], "an array by a known function"),
    row("joblib.numpy_pickle", Use { noted: true, ..OBJECT }, &["NDArrayWrapper", "NumpyArrayWrapper", "ZNDArrayWrapper"], "array written inline or beside the file: its shape and type decide what is read next"),
    row("joblib.numpy_pickle_compat", Use { noted: true, ..OBJECT }, &["NDArrayWrapper", "ZNDArrayWrapper"], "array written inline or beside the file: its shape and type decide what is read next"),
];
