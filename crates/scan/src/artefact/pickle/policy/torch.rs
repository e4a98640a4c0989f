//! PyTorch: tensors, storages, types and devices.

use super::{Arguments, CONSTANT, OBJECT, Row, State, TYPE, Use, VALUE, function, row};

/// Rebuilds a tensor that must lie within its storage; subclasses hold it as a value.
const TENSOR: Use = Use { value: true, ..function(Arguments::Tensor) };
/// Rebuilds a tensor from parts that were themselves checked.
const REBUILD: Use = Use { value: true, ..function(Arguments::Rebuild) };
/// A shape.
const SIZE: Use = Use { noted: true, ..TYPE };
/// Storages by element type.
#[rustfmt::skip]
const STORAGES: &[&str] = &[
    "BFloat16Storage", "BoolStorage", "ByteStorage", "CharStorage", "ComplexDoubleStorage",
    "ComplexFloatStorage", "DoubleStorage", "FloatStorage", "HalfStorage", "IntStorage", "LongStorage",
    "QInt32Storage", "QInt8Storage", "QUInt2x4Storage", "QUInt4x2Storage", "QUInt8Storage",
    "ShortStorage", "UntypedStorage",
];

/// Tensors by element type.
#[rustfmt::skip]
const TENSORS: &[&str] = &[
    "BFloat16Tensor", "BoolTensor", "ByteTensor", "CharTensor", "DoubleTensor", "FloatTensor", "HalfTensor",
    "IntTensor", "LongTensor", "ShortTensor",
];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("torch._utils", TENSOR, &["_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3"], "a tensor over a storage"),
    row("torch._utils", REBUILD, &["_rebuild_device_tensor_from_cpu_tensor", "_rebuild_device_tensor_from_numpy", "_rebuild_meta_tensor_no_storage", "_rebuild_nested_tensor", "_rebuild_parameter", "_rebuild_parameter_with_state", "_rebuild_qtensor", "_rebuild_sparse_csr_tensor", "_rebuild_sparse_tensor", "_rebuild_xla_tensor"], "a tensor from parts that were themselves checked"),
    row("torch._tensor", function(Arguments::FromType), &["_rebuild_from_type_v2"], "a tensor with attributes"),
    row("torch.storage", function(Arguments::NestedStream), &["_load_from_bytes"], "a storage within a plain pickle: a stream of its own"),
    row("torch.storage", CONSTANT, &["TypedStorage", "UntypedStorage", "_LegacyStorage"], "storage classes"),
    row("torch.serialization", REBUILD, &["_get_layout"], "a layout by its name"),
    row("torch.jit._pickle", REBUILD, &["build_boollist", "build_doublelist", "build_intlist", "build_tensorlist", "restore_type_tag"], "typed lists, as TorchScript writes them"),
    row("torch", CONSTANT, STORAGES, "storage classes"),
    row("torch", CONSTANT, TENSORS, "tensor types, which the oldest layout names"),
    row("torch", SIZE, &["Size"], "a shape"),
    row("torch", Use { call: Some(Arguments::Literal), ..TYPE }, &["device"], "a device by its name"),
    row("torch", CONSTANT, &["Tensor", "bfloat16", "bool", "channels_last", "complex128", "complex32", "complex64", "contiguous_format", "double", "float", "float16", "float32", "float64", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "half", "int", "int16", "int32", "int64", "int8", "long", "per_channel_affine", "per_channel_affine_float_qparams", "per_channel_symmetric", "per_tensor_affine", "per_tensor_symmetric", "preserve_format", "qint32", "qint8", "quint2x4", "quint4x2", "quint8", "short", "sparse_coo", "sparse_csr", "strided", "uint16", "uint32", "uint64", "uint8"], "types, schemes and layouts"),
    row("torch", VALUE, &["abs", "cos", "exp", "gelu", "log", "relu", "sigmoid", "sin", "softmax", "sqrt", "tanh"], "functions of tensors, only held"),
    row("torch", Use { state: State::Parts, ..OBJECT }, &["ScriptObject"], "an object of TorchScript, given its state"),
    row("torch._C", TYPE, &["Generator"], "a generator"),
    row("torch._C._distributed_c10d", CONSTANT, &["ReduceOp"], "an enumeration"),
    row("torch.nn.parameter", OBJECT, &["Buffer", "Parameter", "UninitializedBuffer", "UninitializedParameter"], "a tensor that is trained"),
    row("torch.nn", OBJECT, &["Parameter"], "a tensor that is trained"),
    row("torch.nn.utils.rnn", TYPE, &["PackedSequence"], "tensors side by side"),
    row("torch.torch_version", TYPE, &["TorchVersion"], "a version"),
    row("torch.utils.data.sampler", OBJECT, &["BatchSampler", "RandomSampler", "SequentialSampler", "SubsetRandomSampler", "WeightedRandomSampler"], "an order of samples"),
    row("torch.utils.data.dataset", OBJECT, &["ConcatDataset", "Subset", "TensorDataset"], "tensors side by side, and an order of them"),
];
