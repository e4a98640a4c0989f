//! ONNX's messages.
//!
//! Written by `conformance/protobuf/make_tables.py` from onnx 1.23.2.

use crate::container::protobuf::{
    Kind::{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text},
    Schema, many, message, one,
};

#[rustfmt::skip]
pub(super) static MODEL_PROTO: Schema = message("ModelProto", &[
    one(1, "ir_version", Number), one(2, "producer_name", Text), one(3, "producer_version", Text), one(4, "domain", Text),
    one(5, "model_version", Number), one(6, "doc_string", Text), one(7, "graph", Message(&GRAPH_PROTO)),
    many(8, "opset_import", Message(&OPERATOR_SET_ID_PROTO)), many(14, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
    many(20, "training_info", Message(&TRAINING_INFO_PROTO)), many(25, "functions", Message(&FUNCTION_PROTO)),
    many(26, "configuration", Message(&DEVICE_CONFIGURATION_PROTO)),
]);
#[rustfmt::skip]
static OPERATOR_SET_ID_PROTO: Schema = message("OperatorSetIdProto", &[one(1, "domain", Text), one(2, "version", Number)]);
#[rustfmt::skip]
static GRAPH_PROTO: Schema = message("GraphProto", &[
    many(1, "node", Message(&NODE_PROTO)), one(2, "name", Text), many(5, "initializer", Message(&TENSOR_PROTO)), one(10, "doc_string", Text),
    many(11, "input", Message(&VALUE_INFO_PROTO)), many(12, "output", Message(&VALUE_INFO_PROTO)), many(13, "value_info", Message(&VALUE_INFO_PROTO)),
    many(14, "quantization_annotation", Message(&TENSOR_ANNOTATION)), many(15, "sparse_initializer", Message(&SPARSE_TENSOR_PROTO)),
    many(16, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static STRING_STRING_ENTRY_PROTO: Schema = message("StringStringEntryProto", &[one(1, "key", Text), one(2, "value", Text)]);
#[rustfmt::skip]
static TRAINING_INFO_PROTO: Schema = message("TrainingInfoProto", &[
    one(1, "initialization", Message(&GRAPH_PROTO)), one(2, "algorithm", Message(&GRAPH_PROTO)),
    many(3, "initialization_binding", Message(&STRING_STRING_ENTRY_PROTO)), many(4, "update_binding", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static FUNCTION_PROTO: Schema = message("FunctionProto", &[
    one(1, "name", Text), many(4, "input", Text), many(5, "output", Text), many(6, "attribute", Text), many(7, "node", Message(&NODE_PROTO)),
    one(8, "doc_string", Text), many(9, "opset_import", Message(&OPERATOR_SET_ID_PROTO)), one(10, "domain", Text),
    many(11, "attribute_proto", Message(&ATTRIBUTE_PROTO)), many(12, "value_info", Message(&VALUE_INFO_PROTO)), one(13, "overload", Text),
    many(14, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static DEVICE_CONFIGURATION_PROTO: Schema = message("DeviceConfigurationProto", &[
    one(1, "name", Text), one(2, "num_devices", Number), many(3, "device", Text),
]);
#[rustfmt::skip]
static NODE_PROTO: Schema = message("NodeProto", &[
    many(1, "input", Text), many(2, "output", Text), one(3, "name", Text), one(4, "op_type", Text), many(5, "attribute", Message(&ATTRIBUTE_PROTO)),
    one(6, "doc_string", Text), one(7, "domain", Text), one(8, "overload", Text), many(9, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
    many(10, "device_configurations", Message(&NODE_DEVICE_CONFIGURATION_PROTO)),
]);
#[rustfmt::skip]
pub(super) static TENSOR_PROTO: Schema = message("TensorProto", &[
    many(1, "dims", Number), one(2, "data_type", Number), one(3, "segment", Message(&TENSOR_PROTO_SEGMENT)), many(4, "float_data", Fixed32),
    many(5, "int32_data", Number), many(6, "string_data", Bytes), many(7, "int64_data", Number), one(8, "name", Text), one(9, "raw_data", Payload),
    many(10, "double_data", Fixed64), many(11, "uint64_data", Number), one(12, "doc_string", Text),
    many(13, "external_data", Message(&STRING_STRING_ENTRY_PROTO)), one(14, "data_location", Number),
    many(16, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static SPARSE_TENSOR_PROTO: Schema = message("SparseTensorProto", &[
    one(1, "values", Message(&TENSOR_PROTO)), one(2, "indices", Message(&TENSOR_PROTO)), many(3, "dims", Number),
]);
#[rustfmt::skip]
static VALUE_INFO_PROTO: Schema = message("ValueInfoProto", &[
    one(1, "name", Text), one(2, "type", Message(&TYPE_PROTO)), one(3, "doc_string", Text),
    many(4, "metadata_props", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static TENSOR_ANNOTATION: Schema = message("TensorAnnotation", &[
    one(1, "tensor_name", Text), many(2, "quant_parameter_tensor_names", Message(&STRING_STRING_ENTRY_PROTO)),
]);
#[rustfmt::skip]
static ATTRIBUTE_PROTO: Schema = message("AttributeProto", &[
    one(1, "name", Text), one(2, "f", Fixed32), one(3, "i", Number), one(4, "s", Bytes), one(5, "t", Message(&TENSOR_PROTO)),
    one(6, "g", Message(&GRAPH_PROTO)), many(7, "floats", Fixed32), many(8, "ints", Number), many(9, "strings", Bytes),
    many(10, "tensors", Message(&TENSOR_PROTO)), many(11, "graphs", Message(&GRAPH_PROTO)), one(13, "doc_string", Text),
    one(14, "tp", Message(&TYPE_PROTO)), many(15, "type_protos", Message(&TYPE_PROTO)), one(20, "type", Number), one(21, "ref_attr_name", Text),
    one(22, "sparse_tensor", Message(&SPARSE_TENSOR_PROTO)), many(23, "sparse_tensors", Message(&SPARSE_TENSOR_PROTO)),
]);
#[rustfmt::skip]
static NODE_DEVICE_CONFIGURATION_PROTO: Schema = message("NodeDeviceConfigurationProto", &[
    one(1, "configuration_id", Text), many(2, "sharding_spec", Message(&SHARDING_SPEC_PROTO)), one(3, "pipeline_stage", Number),
]);
#[rustfmt::skip]
static TENSOR_PROTO_SEGMENT: Schema = message("TensorProto.Segment", &[one(1, "begin", Number), one(2, "end", Number)]);
#[rustfmt::skip]
static TYPE_PROTO: Schema = message("TypeProto", &[
    one(1, "tensor_type", Message(&TYPE_PROTO_TENSOR)), one(4, "sequence_type", Message(&TYPE_PROTO_SEQUENCE)),
    one(5, "map_type", Message(&TYPE_PROTO_MAP)), one(6, "denotation", Text), one(7, "opaque_type", Message(&TYPE_PROTO_OPAQUE)),
    one(8, "sparse_tensor_type", Message(&TYPE_PROTO_SPARSE_TENSOR)), one(9, "optional_type", Message(&TYPE_PROTO_OPTIONAL)),
]);
#[rustfmt::skip]
static SHARDING_SPEC_PROTO: Schema = message("ShardingSpecProto", &[
    one(1, "tensor_name", Text), many(2, "device", Number), many(3, "index_to_device_group_map", Message(&INT_INT_LIST_ENTRY_PROTO)),
    many(4, "sharded_dim", Message(&SHARDED_DIM_PROTO)),
]);
#[rustfmt::skip]
static TYPE_PROTO_TENSOR: Schema = message("TypeProto.Tensor", &[one(1, "elem_type", Number), one(2, "shape", Message(&TENSOR_SHAPE_PROTO))]);
#[rustfmt::skip]
static TYPE_PROTO_SEQUENCE: Schema = message("TypeProto.Sequence", &[one(1, "elem_type", Message(&TYPE_PROTO))]);
#[rustfmt::skip]
static TYPE_PROTO_MAP: Schema = message("TypeProto.Map", &[one(1, "key_type", Number), one(2, "value_type", Message(&TYPE_PROTO))]);
#[rustfmt::skip]
static TYPE_PROTO_OPTIONAL: Schema = message("TypeProto.Optional", &[one(1, "elem_type", Message(&TYPE_PROTO))]);
#[rustfmt::skip]
static TYPE_PROTO_SPARSE_TENSOR: Schema = message("TypeProto.SparseTensor", &[
    one(1, "elem_type", Number), one(2, "shape", Message(&TENSOR_SHAPE_PROTO)),
]);
#[rustfmt::skip]
static TYPE_PROTO_OPAQUE: Schema = message("TypeProto.Opaque", &[one(1, "domain", Text), one(2, "name", Text)]);
#[rustfmt::skip]
static INT_INT_LIST_ENTRY_PROTO: Schema = message("IntIntListEntryProto", &[one(1, "key", Number), many(2, "value", Number)]);
#[rustfmt::skip]
static SHARDED_DIM_PROTO: Schema = message("ShardedDimProto", &[
    one(1, "axis", Number), many(2, "simple_sharding", Message(&SIMPLE_SHARDED_DIM_PROTO)),
]);
#[rustfmt::skip]
static TENSOR_SHAPE_PROTO: Schema = message("TensorShapeProto", &[many(1, "dim", Message(&TENSOR_SHAPE_PROTO_DIMENSION))]);
#[rustfmt::skip]
static SIMPLE_SHARDED_DIM_PROTO: Schema = message("SimpleShardedDimProto", &[
    one(1, "dim_value", Number), one(2, "dim_param", Text), one(3, "num_shards", Number),
]);
#[rustfmt::skip]
static TENSOR_SHAPE_PROTO_DIMENSION: Schema = message("TensorShapeProto.Dimension", &[
    one(1, "dim_value", Number), one(2, "dim_param", Text), one(3, "denotation", Text),
]);
