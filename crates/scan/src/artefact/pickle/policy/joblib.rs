//! joblib and dill: wrappers around arrays.

use super::{Arguments, CALLABLE, OBJECT, Row, State, Use, function, row};

/// An array among the opcodes: joblib calls its methods, so nothing else may stand in its state.
const INLINE: Use = Use {
    noted: true,
    state: State::Keys(&[
        "subclass",
        "shape",
        "order",
        "dtype",
        "allow_mmap",
        "numpy_array_alignment_bytes",
    ]),
    ..OBJECT
};
/// An array in another file.
const BESIDE: Use = Use {
    noted: true,
    state: State::Keys(&["filename", "subclass", "allow_mmap", "shape", "init_args", "state"]),
    ..OBJECT
};

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("dill._dill", function(Arguments::TypeName), &["_load_type"], "a builtin type by its name"),
    row("dill._dill", function(Arguments::CreateArray), &["_create_array"], "an array by a known function"),
    row("joblib.memory", OBJECT, &["Memory"], "a cache that is switched off: its state is looked at closer"),
    row("cloudpickle.cloudpickle", function(Arguments::TypeName), &["_builtin_type"], "a type of the module `types` by its name"),
    row("joblib.memory", CALLABLE, &["NotMemorizedFunc"], "calls the function that it holds, as who calls it could"),
    row("joblib.numpy_pickle", INLINE, &["NumpyArrayWrapper"], "array written inline: its shape and type decide what is read next"),
    row("joblib.numpy_pickle", BESIDE, &["NDArrayWrapper", "ZNDArrayWrapper"], "array in a file beside this one"),
    row("sklearn.externals.joblib.numpy_pickle", INLINE, &["NumpyArrayWrapper"], "the same of scikit-learn's own copy of joblib, before 0.23"),
    row("sklearn.externals.joblib.numpy_pickle", BESIDE, &["NDArrayWrapper", "ZNDArrayWrapper"], "the same of scikit-learn's own copy of joblib, before 0.23"),
    row("sklearn.externals.joblib.numpy_pickle_compat", BESIDE, &["NDArrayWrapper", "ZNDArrayWrapper"], "the same of scikit-learn's own copy of joblib, before 0.23"),
    row("joblib.numpy_pickle_compat", BESIDE, &["NDArrayWrapper", "ZNDArrayWrapper"], "array in a file beside this one"),
];
