//! Paddle's messages.
//!
//! Written by `conformance/protobuf/make_tables.py` from paddlepaddle 3.3.1.

use crate::container::protobuf::{
    Kind::{Fixed32, Fixed64, Message, Number, Payload, Text},
    Schema, many, message, one,
};

#[rustfmt::skip]
pub(super) static PROGRAM_DESC: Schema = message("ProgramDesc", &[
    many(1, "blocks", Message(&BLOCK_DESC)), one(3, "op_compatible_map", Payload), one(4, "version", Message(&VERSION)),
    one(5, "op_version_map", Message(&OP_VERSION_MAP)),
]);
#[rustfmt::skip]
pub(super) static BLOCK_DESC: Schema = message("BlockDesc", &[
    one(1, "idx", Number), one(2, "parent_idx", Number), many(3, "vars", Message(&VAR_DESC)), many(4, "ops", Message(&OP_DESC)),
    one(5, "forward_block_idx", Number),
]);
#[rustfmt::skip]
static VERSION: Schema = message("Version", &[one(1, "version", Number)]);
#[rustfmt::skip]
static OP_VERSION_MAP: Schema = message("OpVersionMap", &[many(1, "pair", Message(&OP_VERSION_MAP_OP_VERSION_PAIR))]);
#[rustfmt::skip]
static VAR_DESC: Schema = message("VarDesc", &[
    one(1, "name", Text), one(2, "type", Message(&VAR_TYPE)), one(3, "persistable", Number), one(4, "need_check_feed", Number),
    one(5, "is_parameter", Number), one(6, "stop_gradient", Number), many(7, "attrs", Message(&VAR_DESC_ATTR)),
]);
#[rustfmt::skip]
static OP_DESC: Schema = message("OpDesc", &[
    many(1, "inputs", Message(&OP_DESC_VAR)), many(2, "outputs", Message(&OP_DESC_VAR)), one(3, "type", Text),
    many(4, "attrs", Message(&OP_DESC_ATTR)), one(5, "is_target", Number),
]);
#[rustfmt::skip]
static OP_VERSION_MAP_OP_VERSION_PAIR: Schema = message("OpVersionMap.OpVersionPair", &[
    one(1, "op_name", Text), one(2, "op_version", Message(&OP_VERSION)),
]);
#[rustfmt::skip]
static VAR_TYPE: Schema = message("VarType", &[
    one(1, "type", Number), one(2, "selected_rows", Message(&VAR_TYPE_TENSOR_DESC)), one(3, "dense_tensor", Message(&VAR_TYPE_DENSE_TENSOR_DESC)),
    one(4, "tensor_array", Message(&VAR_TYPE_DENSE_TENSOR_ARRAY_DESC)), one(5, "reader", Message(&VAR_TYPE_READER_DESC)),
    one(7, "tuple", Message(&VAR_TYPE_TUPLE)), one(8, "string", Message(&VAR_TYPE_TENSOR_DESC)), one(9, "strings", Message(&VAR_TYPE_TENSOR_DESC)),
    one(10, "vocab", Message(&VAR_TYPE_TENSOR_DESC)), one(11, "sparse_coo", Message(&VAR_TYPE_TENSOR_DESC)),
    one(12, "sparse_csr", Message(&VAR_TYPE_TENSOR_DESC)),
]);
#[rustfmt::skip]
static VAR_DESC_ATTR: Schema = message("VarDesc.Attr", &[
    one(1, "name", Text), one(2, "type", Number), one(3, "i", Number), one(4, "s", Text), many(5, "ints", Number),
]);
#[rustfmt::skip]
static OP_DESC_VAR: Schema = message("OpDesc.Var", &[one(1, "parameter", Text), many(2, "arguments", Text)]);
#[rustfmt::skip]
static OP_DESC_ATTR: Schema = message("OpDesc.Attr", &[
    one(1, "name", Text), one(2, "type", Number), one(3, "i", Number), one(4, "f", Fixed32), one(5, "s", Text), many(6, "ints", Number),
    many(7, "floats", Fixed32), many(8, "strings", Text), one(10, "b", Number), many(11, "bools", Number), one(12, "block_idx", Number),
    one(13, "l", Number), many(14, "blocks_idx", Number), many(15, "longs", Number), many(16, "float64s", Fixed64), one(17, "var_name", Text),
    many(18, "vars_name", Text), one(19, "float64", Fixed64), one(20, "scalar", Message(&SCALAR)), many(21, "scalars", Message(&SCALAR)),
]);
#[rustfmt::skip]
static OP_VERSION: Schema = message("OpVersion", &[one(1, "version", Number)]);
#[rustfmt::skip]
pub(super) static VAR_TYPE_TENSOR_DESC: Schema = message("VarType.TensorDesc", &[one(1, "data_type", Number), many(2, "dims", Number)]);
#[rustfmt::skip]
static VAR_TYPE_DENSE_TENSOR_DESC: Schema = message("VarType.DenseTensorDesc", &[
    one(1, "tensor", Message(&VAR_TYPE_TENSOR_DESC)), one(2, "legacy_lod_level", Number),
]);
#[rustfmt::skip]
static VAR_TYPE_DENSE_TENSOR_ARRAY_DESC: Schema = message("VarType.DenseTensorArrayDesc", &[
    one(1, "tensor", Message(&VAR_TYPE_TENSOR_DESC)), one(2, "legacy_lod_level", Number),
]);
#[rustfmt::skip]
static VAR_TYPE_READER_DESC: Schema = message("VarType.ReaderDesc", &[many(1, "dense_tensor", Message(&VAR_TYPE_DENSE_TENSOR_DESC))]);
#[rustfmt::skip]
static VAR_TYPE_TUPLE: Schema = message("VarType.Tuple", &[many(1, "element_type", Number)]);
#[rustfmt::skip]
static SCALAR: Schema = message("Scalar", &[
    one(1, "type", Number), one(2, "b", Number), one(3, "i", Number), one(4, "r", Fixed64), one(5, "c", Message(&COMPLEX)),
]);
#[rustfmt::skip]
static COMPLEX: Schema = message("Complex", &[one(1, "r", Fixed64), one(2, "i", Fixed64)]);
