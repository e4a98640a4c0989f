//! NumPy: arrays, scalars, types and generators, under the names of versions 1 and 2.

use super::{
    ARRAY, Arguments, CALLABLE, CONSTANT, FUNCTION, OBJECT, Row, TYPE, Use, VALUE, function, row,
};

/// A type: what follows an array depends on it.
const DTYPE: Use = Use { noted: true, call: Some(Arguments::Known), plain: true, ..TYPE };
/// A generator made by its name or by another known one.
const RANDOM: Use = Use { value: true, ..function(Arguments::Random) };
/// Rebuilds an empty array, which is given its state after.
const RECONSTRUCT: Use = Use { value: true, ..function(Arguments::ArrayReconstruct) };
/// Elementwise functions and reductions that estimators hold.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "absolute", "add", "all", "amax", "amin", "any", "arccos", "arcsin", "arcsinh", "arctan",
    "argmax", "argmin", "argsort", "around", "array", "asarray", "cbrt", "ceil", "clip", "concatenate",
    "cos", "cosh", "cumsum", "divide", "dot", "equal", "exp", "exp2", "expm1", "fabs", "floor", "greater",
    "hypot", "identity", "isfinite", "isinf", "isnan", "less", "log", "log10", "log1p", "log2", "logaddexp",
    "matmul", "max", "maximum", "mean", "median", "min", "minimum", "mod", "multiply", "nan_to_num",
    "nanmax", "nanmean", "nanmedian", "nanmin", "nanstd", "nansum", "nanvar", "negative", "not_equal",
    "percentile", "power", "prod", "quantile", "reciprocal", "reshape", "rint", "round", "sign", "sin",
    "sinh", "sqrt", "square", "std", "subtract", "sum", "tan", "tanh", "transpose", "true_divide", "trunc",
    "unique", "var", "where",
];
/// Scalar types.
#[rustfmt::skip]
const SCALARS: &[&str] = &[
    "bool", "bool_", "bytes_", "cdouble", "character", "clongdouble", "complex128", "complex256",
    "complex64", "complexfloating", "csingle", "datetime64", "double", "flexible", "float128", "float16",
    "float32", "float64", "floating", "generic", "half", "inexact", "int16", "int32", "int64", "int8",
    "int_", "integer", "intc", "intp", "longdouble", "longlong", "number", "object_", "record", "short",
    "signedinteger", "single", "str_", "string_", "timedelta64", "ubyte", "uint", "uint16", "uint32",
    "uint64", "uint8", "uintc", "uintp", "ulonglong", "unicode_", "unsignedinteger", "ushort", "void",
];
/// Classes of arrays.
const ARRAYS: &[&str] = &["chararray", "matrix", "ndarray", "recarray"];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("numpy", DTYPE, &["dtype"], "an element type"),
    row("numpy", ARRAY, ARRAYS, "array classes"),
    row("numpy", CONSTANT, SCALARS, "scalar types"),
    row("numpy", VALUE, FUNCTIONS, "functions of numbers, only held"),
    row("numpy", OBJECT, &["finfo", "iinfo"], "plain objects around numbers"),
    row("numpy", CALLABLE, &["poly1d", "vectorize"], "objects around numbers and known functions"),
    row("numpy", CONSTANT, &["inf", "nan", "newaxis", "pi"], "constants"),
    row("numpy.core.multiarray", RECONSTRUCT, &["_reconstruct"], "an empty array, given its state after"),
    row("numpy._core.multiarray", RECONSTRUCT, &["_reconstruct"], "an empty array, given its state after"),
    row("numpy.core._internal", RECONSTRUCT, &["_reconstruct"], "an empty array, given its state after"),
    row("numpy.core.multiarray", FUNCTION, &["scalar"], "a number"),
    row("numpy._core.multiarray", FUNCTION, &["scalar"], "a number"),
    row("numpy.core", function(Arguments::Ufunc), &["_ufunc_reconstruct"], "a function of numbers by its name"),
    row("numpy._core", function(Arguments::Ufunc), &["_ufunc_reconstruct"], "a function of numbers by its name"),
    row("numpy.core.numeric", FUNCTION, &["_frombuffer"], "an array over given bytes"),
    row("numpy._core.numeric", FUNCTION, &["_frombuffer"], "an array over given bytes"),
    row("numpy._core._internal", FUNCTION, &["_convert_to_stringdtype_kwargs"], "a string type"),
    row("numpy.core._multiarray_umath", VALUE, FUNCTIONS, "functions of numbers, only held"),
    row("numpy._core._multiarray_umath", VALUE, FUNCTIONS, "functions of numbers, only held"),
    row("numpy.core.getlimits", OBJECT, &["MachArLike"], "limits of a number type"),
    row("numpy._core.getlimits", OBJECT, &["MachArLike"], "limits of a number type"),
    row("numpy.core.records", ARRAY, &["recarray"], "array classes"),
    row("numpy._core.records", ARRAY, &["recarray"], "array classes"),
    row("numpy.core.records", CONSTANT, &["record"], "scalar types"),
    row("numpy._core.records", CONSTANT, &["record"], "scalar types"),
    row("numpy.rec", ARRAY, &["recarray"], "array classes"),
    row("numpy.char", ARRAY, &["chararray"], "array classes"),
    row("numpy.core.defchararray", ARRAY, &["chararray"], "array classes"),
    row("numpy.matrixlib.defmatrix", ARRAY, &["matrix"], "array classes"),
    row("numpy.ma", ARRAY, &["MaskedArray"], "array classes"),
    row("numpy.ma.core", ARRAY, &["MaskedArray"], "array classes"),
    row("numpy.ma.core", FUNCTION, &["MaskedConstant"], "the constant"),
    row("numpy.ma.core", function(Arguments::MaskedReconstruct), &["_mareconstruct"], "an empty masked array, given its state after"),
    row("numpy.dtypes", TYPE, &["BoolDType", "Float32DType", "Float64DType", "Int32DType", "Int64DType", "ObjectDType", "StringDType"], "element types"),
    row("numpy.polynomial.polynomial", CALLABLE, &["Polynomial"], "coefficients"),
    row("numpy.polynomial.chebyshev", CALLABLE, &["Chebyshev"], "coefficients"),
    row("numpy.polynomial.hermite_e", CALLABLE, &["HermiteE"], "coefficients"),
    row("numpy.polynomial.legendre", CALLABLE, &["Legendre"], "coefficients"),
    row("numpy.polynomial.hermite", CALLABLE, &["Hermite"], "coefficients"),
    row("numpy.polynomial.laguerre", CALLABLE, &["Laguerre"], "coefficients"),
    row("numpy.lib.polynomial", CALLABLE, &["poly1d"], "coefficients"),
    row("numpy.lib.function_base", CALLABLE, &["vectorize"], "a known function"),
    row("numpy.random._pickle", RANDOM, &["__bit_generator_ctor", "__generator_ctor", "__randomstate_ctor"], "a generator by its name, given its state after"),
    row("numpy.random", RANDOM, &["__RandomState_ctor"], "a generator of versions before 1.17"),
    row("numpy.random._mt19937", TYPE, &["MT19937"], "a generator"),
    row("numpy.random._pcg64", TYPE, &["PCG64", "PCG64DXSM"], "a generator"),
    row("numpy.random._philox", TYPE, &["Philox"], "a generator"),
    row("numpy.random._sfc64", TYPE, &["SFC64"], "a generator"),
    row("numpy.random._generator", TYPE, &["Generator"], "a generator"),
    row("numpy.random.mtrand", TYPE, &["RandomState"], "a generator"),
    row("numpy.random.bit_generator", TYPE, &["SeedSequence", "SeedlessSeedSequence"], "a seed"),
    row("numpy.random.bit_generator", function(Arguments::Unpickle), &["__pyx_unpickle_SeedSequence", "__pyx_unpickle_SeedlessSequence"], "a seed"),
];
