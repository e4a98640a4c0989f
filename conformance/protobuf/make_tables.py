#!/usr/bin/env python3
"""Writes the tables of messages and operators that the readers of protobuf models use.

    python3 make_tables.py onnx OUT        # needs the packages onnx and onnxruntime
    python3 make_tables.py tensorflow OUT  # needs the wheel of tensorflow as WHEEL, unpacked or not: only its descriptors and names
    python3 make_tables.py coreml OUT      # needs the package coremltools
    python3 make_tables.py paddle OUT      # needs the package paddlepaddle

OUT is crates/scan/src/artefact/NAME/generated. Names and numbers only: nothing else is taken from the packages.
"""

import pathlib
import re
import sys
import textwrap

# Contents that no loader interprets.
PAYLOAD = {
    "TensorProto.raw_data", "TensorProto.tensor_content", "WeightParams.float16Value", "WeightParams.rawValue",
    "WeightParams.int8RawValue", "TensorValue.RepeatedBytes.values",
}

# Fields that versions before had, and whose content no loader interprets any more.
OLDER = {"ProgramDesc": ['one(3, "op_compatible_map", Payload)']}


def upper(name):
    out = ""
    for before, letter in zip(" " + name, name):
        out += "_" if letter.isupper() and before.islower() else ""
        out += letter.upper()
    return out.replace(".", "_")


def kind(field, names):
    wire = field.type
    if wire == field.TYPE_MESSAGE:
        return f"Message(&{names[field.message_type.full_name]})"
    if wire == field.TYPE_STRING:
        return "Text"
    if wire == field.TYPE_BYTES:
        return "Payload" if f"{field.containing_type.name}.{field.name}" in PAYLOAD else "Bytes"
    if wire in (field.TYPE_FLOAT, field.TYPE_FIXED32, field.TYPE_SFIXED32):
        return "Fixed32"
    if wire in (field.TYPE_DOUBLE, field.TYPE_FIXED64, field.TYPE_SFIXED64):
        return "Fixed64"
    return "Number"


def reachable(roots):
    found, wanted = [], list(roots)
    while wanted:
        message = wanted.pop(0)
        if message in found:
            continue
        found.append(message)
        wanted += [field.message_type for field in message.fields if field.message_type]
    return found


def is_many(field):
    return field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED


def short(message):
    """Its name with those around it, without the package."""
    name = message.name
    while message.containing_type:
        message = message.containing_type
        name = f"{message.name}.{name}"
    return name


def schema(roots, doc, public, made):
    found = reachable(roots)
    names = {}
    for message in found:
        name = upper(short(message))
        # The same name in two packages.
        names[message.full_name] = upper(message.full_name) if name in names.values() else name
    lines = [f"//! {doc}", "//!", f"//! Written by `conformance/protobuf/make_tables.py` from {made}.", ""]
    lines += ["use crate::container::protobuf::{", "    Kind::{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text},", "    Schema, many, message, one,", "};", ""]
    for message in found:
        fields = []
        for field in sorted(message.fields, key=lambda field: field.number):
            word = "many" if is_many(field) else "one"
            fields.append(f'{word}({field.number}, "{field.name}", {kind(field, names)})')
        name = names[message.full_name]
        seen = "pub(super) " if message.name in public else ""
        fields += OLDER.get(short(message), [])
        fields.sort(key=lambda field: int(re.search(r"\d+", field)[0]))
        line = f'{seen}static {name}: Schema = message("{short(message)}", &[{", ".join(fields)}]);'
        if len(line) <= 150:
            lines += ["#[rustfmt::skip]", line]
            continue
        lines += ["#[rustfmt::skip]"]
        lines.append(f'{seen}static {name}: Schema = message("{short(message)}", &[')
        lines += wrapped(fields)
        lines.append("]);")
    text = "\n".join(lines) + "\n"
    used = [word for word in ("Bytes", "Fixed32", "Fixed64", "Message", "Number", "Payload", "Text") if f" {word}(" in text or f", {word})" in text]
    text = text.replace("{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text}", "{" + ", ".join(used) + "}")
    return text


def wrapped(items):
    """Items with commas, in lines of 150 characters, none cut."""
    text = " ".join(item.replace(" ", "~") + "," for item in items)
    return [line.replace("~", " ") for line in textwrap.wrap(text, 150, initial_indent="    ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)]


def table(name, doc, words):
    lines = [f"/// {doc}", "#[rustfmt::skip]", f"pub(super) const {name}: &[&str] = &["]
    lines += wrapped([f'"{word}"' for word in sorted(words)])
    return "\n".join([*lines, "];"]) + "\n"


def onnx(out):
    import onnx
    import onnx.defs
    from onnx import onnx_ml_pb2
    from onnxruntime import __version__ as runtime
    from onnxruntime.capi.onnxruntime_pybind11_state import get_all_operator_schema

    made = f"onnx {onnx.__version__}"
    (out / "schema.rs").write_text(schema([onnx_ml_pb2.ModelProto.DESCRIPTOR], "ONNX's messages.", {"ModelProto", "TensorProto"}, made))
    standard = {(each.domain, each.name) for each in onnx.defs.get_all_schemas_with_history()}
    # What runs code of the host, or code that the model brings compiled, is in no list of harmless operators.
    host = {"PythonOp", "PythonOpGrad", "ATen", "EPContext", "Snpe", "ExternalGradient"}
    known = {(each.domain, each.name) for each in get_all_operator_schema() if each.name not in host}
    standard |= {(domain, name) for domain, name in known if not domain}
    contributed = {name for domain, name in known if domain == "com.microsoft"}
    channels = {name for domain, name in known if domain in ("com.microsoft.nchwc", "com.ms.internal.nhwc")}
    text = f"//! Operators that compute, and do nothing else.\n//!\n//! Written by `conformance/protobuf/make_tables.py` from {made} and onnxruntime {runtime}.\n\n"
    text += table("STANDARD", "Of the standard, in any version.", {name for domain, name in standard if not domain} | EXPERIMENTAL)
    text += "\n" + table("LEARNING", "Of `ai.onnx.ml`.", {name for domain, name in standard if domain == "ai.onnx.ml"})
    text += "\n" + table("TRAINING", "Of the previews of the standard.", {name for domain, name in standard if domain.startswith("ai.onnx.preview")})
    text += "\n" + table("CONTRIBUTED", "Of `com.microsoft`.", contributed)
    text += "\n" + table("CHANNELS", "Of the runtime's own, for layouts with channels apart.", channels)
    (out / "operators.rs").write_text(text)


# Operators of the standard before they were final, or of versions before those that are kept.
EXPERIMENTAL = {
    "Affine", "ConstantFill", "Crop", "DynamicSlice", "GRUUnit", "GivenTensorFill", "ImageScaler", "ParametricSoftplus",
    "Scale", "ScaledTanh",
}


# Modules of TensorFlow whose operations compute, keep state in memory, or make and read texts.
HARMLESS_MODULES = {
    "array", "audio", "batch", "bitwise", "boosted_trees", "candidate_sampling", "clustering", "composite_tensor", "control_flow", "count", "ctc",
    "cudnn_rnn", "data_flow", "functional", "image", "linalg", "list", "logging", "lookup", "manip", "map", "math", "nn", "optional", "parsing",
    "ragged_array", "ragged_conversion", "ragged_math", "random_index_shuffle", "random", "resource_variable", "rnn", "sdca", "set", "sparse",
    "sparse_csr_matrix", "special_math", "spectral", "state", "stateful_random", "stateless_random", "string", "sync",
    "training", "uniform_quant", "xla",
}
# Operations in other modules that do no more, and what the compiler and older versions write.
HARMLESS = {
    "BatchDataset", "BatchDatasetV2", "ConcatenateDataset", "FilterDataset", "FlatMapDataset", "InterleaveDataset", "Iterator", "IteratorGetNext",
    "IteratorGetNextAsOptional", "IteratorToStringHandle", "IteratorV2", "MakeIterator", "MapDataset", "ModelDataset", "OneShotIterator",
    "OptimizeDataset", "OptimizeDatasetV2", "OptionsDataset", "PaddedBatchDataset", "PaddedBatchDatasetV2", "ParallelMapDataset",
    "ParallelMapDatasetV2", "PrefetchDataset", "RangeDataset", "ReduceDataset", "RepeatDataset", "ShuffleDataset", "ShuffleDatasetV2",
    "ShuffleDatasetV3", "SkipDataset", "TakeDataset", "TensorDataset", "TensorSliceDataset", "WindowDataset", "ZipDataset", "AnonymousIterator",
    "AnonymousIteratorV2", "AnonymousIteratorV3", "DeleteIterator", "_Arg", "_Retval", "_FusedConv2D", "_FusedMatMul", "_FusedBatchNormEx",
    "_MklNativeFusedMatMul", "_UnaryOpsComposition", "_EagerConst", "ShardedFilespec",
    "StatelessRandomUniformV2", "StatelessRandomNormalV2", "StatelessRandomUniformFullIntV2", "StatelessRandomUniformIntV2",
    "StatelessTruncatedNormalV2", "StatelessRandomGetKeyCounter", "StatelessRandomGetAlg", "StatelessRandomGetKeyCounterAlg", "StatelessShuffle",
    "TPUReplicateMetadata", "TPUReplicatedInput", "TPUReplicatedOutput",
}
# Operations in those modules that reach further: files, machines, functions of the host, code, the process, or state that is in no graph.
REACHING = {
    "Abort", "FixedUnigramCandidateSampler", "ImmutableConst", "RecordInput", "GetSessionHandle", "GetSessionHandleV2", "GetSessionTensor",
    "DeleteSessionTensor", "Timestamp", "GlobalIterId",
    "ConvertToCooTensor", "ConvertToListOfSparseCoreCooTensors", "ConvertToSparseCoreCsrWrappedCooTensor", "GetMinibatchSplitsWithPhysicalReplica",
    "GetMinibatchesInCsrWithPhysicalReplica", "GetStatsFromListOfSparseCoreCooTensors", "SortListOfSparseCoreCooTensors",
    "StoreMinibatchStatisticsInFdo",
    "PrintV2", "InitializeTableFromTextFile", "InitializeTableFromTextFileV2", "RemoteCall", "XlaCustomCall", "XlaCustomCallV2",
    "XlaSend", "XlaRecv", "XlaLaunch", "XlaLaunchV2", "XlaSendToHost", "XlaRecvFromHost", "XlaHostCompute", "_XlaSendFromHost", "_XlaRecvAtHost",
    "XlaCallModule", "XlaRecvTPUEmbeddingActivations", "StatsAggregatorSummary", "DecodeProtoV2", "EncodeProto",
}


def tensorflow(out):
    import importlib
    import os
    import types

    unpacked = os.environ["WHEEL"]
    sys.path.insert(0, unpacked)
    for name in ("", ".core", ".core.protobuf", ".core.framework", ".python", ".python.keras", ".python.keras.protobuf"):
        # Stands in for the package, which would load all of TensorFlow.
        package = types.ModuleType(f"tensorflow{name}")
        package.__path__ = [os.path.join(unpacked, f"tensorflow{name}".replace(".", "/"))]
        sys.modules[f"tensorflow{name}"] = package
    load = lambda name: importlib.import_module(f"tensorflow.{name}")
    roots = [
        load("core.protobuf.saved_model_pb2").SavedModel.DESCRIPTOR,
        load("python.keras.protobuf.saved_metadata_pb2").SavedMetadata.DESCRIPTOR,
        load("core.protobuf.fingerprint_pb2").FingerprintDef.DESCRIPTOR,
        load("core.protobuf.config_pb2").ConfigProto.DESCRIPTOR,
    ]
    made = f"tensorflow {os.environ['VERSION']}"
    public = {"SavedModel", "SavedMetadata", "FingerprintDef", "MetaGraphDef", "GraphDef", "NodeDef", "AssetFileDef", "ConfigProto"}
    (out / "schema.rs").write_text(schema(roots, "TensorFlow's messages.", public, made))
    names = set(HARMLESS)
    for path in pathlib.Path(unpacked, "tensorflow").glob("**/gen_*_ops.py"):
        module = path.name.removeprefix("gen_").removesuffix("_ops.py")
        if module in HARMLESS_MODULES:
            names |= set(re.findall(r'(?:_execute\.execute\(b|_apply_op_helper\(\s*)"(\w+)"', path.read_text()))
    text = f"//! Operations that compute, and reach nothing outside the graph.\n//!\n//! Written by `conformance/protobuf/make_tables.py` from {made}.\n\n"
    text += table("HARMLESS", "By name.", {name for name in names - REACHING if not name.startswith("XlaSparse")})
    (out / "operations.rs").write_text(text)


def coreml(out):
    import coremltools
    import coremltools.converters.mil.mil.ops.defs
    from coremltools.converters.mil.mil.ops.registry import SSAOpRegistry
    from coremltools.proto import Model_pb2

    made = f"coremltools {coremltools.__version__}"
    (out / "schema.rs").write_text(schema([Model_pb2.Model.DESCRIPTOR], "Core ML's messages.", {"Model"}, made))
    text = f"//! Operations of programs, which compute and do nothing else.\n//!\n//! Written by `conformance/protobuf/make_tables.py` from {made}.\n\n"
    # Constants are an operation in files, and a class of its own there; attributes of programs are none.
    names = set(SSAOpRegistry.core_ops) | set(SSAOpRegistry.dialect_ops) | {"const"}
    text += table("HARMLESS", "By name.", {name for name in names if "custom" not in name})
    (out / "operations.rs").write_text(text)


# Operations of Paddle that reach files, other machines, engines that are compiled elsewhere, or functions of the host.
PADDLE_REACHING = re.compile(
    r"load|save|^read$|read_file|py_func|pylayer|py_reader|create_.*reader|run_program|send|recv|listen|_engine|engine$|comm_init|gen_.*_id|"
    r"fetch_barrier|^dgc|cinn|pull_|push_|distributed_|^dist$|barrier|heter|^p_"
)


def paddle(out):
    import paddle
    from paddle.base import core
    from paddle.base.proto import framework_pb2

    made = f"paddlepaddle {paddle.__version__}"
    (out / "schema.rs").write_text(schema([framework_pb2.ProgramDesc.DESCRIPTOR], "Paddle's messages.", {"ProgramDesc", "BlockDesc", "TensorDesc"}, made))
    text = f"//! Operations that compute, and reach nothing outside the program.\n//!\n//! Written by `conformance/protobuf/make_tables.py` from {made}.\n\n"
    names = {name for name in core.get_all_op_names() if not PADDLE_REACHING.search(name)}
    text += table("HARMLESS", "By name.", names | PADDLE_OLDER | {"graph_send_recv", "graph_send_ue_recv", "graph_send_uv", "dist"})
    (out / "operations.rs").write_text(text)


# Operations that versions before wrote, and those of its passes that fuse others.
PADDLE_OLDER = {
    "fc", "fused_fc_elementwise_layernorm", "fusion_gru", "fusion_lstm", "fusion_repeated_fc_relu", "fusion_seqconv_eltadd_relu",
    "fusion_seqexpand_concat_fc", "fusion_seqpool_concat", "fusion_seqpool_cvm_concat", "fusion_squared_mat_sub", "multihead_matmul",
    "fused_embedding_eltwise_layernorm", "skip_layernorm", "fused_conv2d", "fused_conv2d_add_act", "conv2d_fusion", "conv2d_inception_fusion",
    "depthwise_conv2d", "feed", "fetch", "mul", "matmul", "matmul_v2", "reshape", "reshape2", "transpose", "transpose2", "squeeze", "squeeze2", "unsqueeze",
    "unsqueeze2", "flatten", "flatten2", "flatten_contiguous_range", "lookup_table", "lookup_table_v2", "elementwise_add", "elementwise_sub",
    "elementwise_mul", "elementwise_div", "elementwise_max", "elementwise_min", "elementwise_pow", "elementwise_mod", "elementwise_floordiv",
    "softmax", "relu", "relu6", "sigmoid", "tanh", "swish", "hard_swish", "hard_sigmoid", "leaky_relu", "prelu", "gelu", "conv2d", "conv3d",
    "conv2d_transpose", "depthwise_conv2d_transpose", "pool2d", "pool3d", "batch_norm", "layer_norm", "instance_norm", "group_norm", "dropout", "scale",
    "concat", "split", "slice", "strided_slice", "stack", "unstack", "gather", "gather_nd", "scatter", "cast", "fill_constant",
    "fill_constant_batch_size_like", "assign", "assign_value", "shape", "expand", "expand_v2", "expand_as", "expand_as_v2", "tile", "top_k", "top_k_v2",
    "arg_max", "arg_min", "argsort", "reduce_mean", "reduce_sum", "reduce_max", "reduce_min", "reduce_prod", "reduce_all", "reduce_any", "mean",
    "bilinear_interp", "bilinear_interp_v2", "nearest_interp", "nearest_interp_v2", "multiclass_nms", "multiclass_nms2", "multiclass_nms3", "yolo_box",
    "prior_box", "box_coder", "anchor_generator", "generate_proposals", "roi_align", "roi_pool", "affine_channel", "pad", "pad2d", "pad3d", "range",
    "while", "conditional_block", "lod_reset", "sequence_pool", "sequence_conv", "sequence_expand", "sequence_softmax", "gru", "lstm", "rnn",
    "dynamic_lstm", "crf_decoding", "linear_chain_crf", "ctc_align", "im2sequence", "softmax_with_cross_entropy", "cross_entropy", "accuracy", "sgd",
    "momentum", "adam", "log_softmax", "p_norm", "norm", "clip", "abs", "exp", "log", "sqrt", "rsqrt", "square", "pow", "floor", "ceil", "round", "sin",
    "cos", "equal", "not_equal", "less_than", "less_equal", "greater_than", "greater_equal", "logical_and", "logical_or", "logical_not",
    "logical_xor", "where", "where_index", "cumsum", "one_hot", "one_hot_v2", "index_select", "meshgrid", "grid_sampler", "pixel_shuffle", "matrix_nms",
    "quantize", "dequantize", "requantize", "fake_quantize_dequantize_moving_average_abs_max", "fake_channel_wise_quantize_dequantize_abs_max",
    "quantize_linear", "dequantize_linear", "data_norm", "increment", "array_to_lod_tensor", "lod_tensor_to_array", "lod_array_length",
}


if __name__ == "__main__":
    what, out = sys.argv[1:3]
    {"onnx": onnx, "tensorflow": tensorflow, "coreml": coreml, "paddle": paddle}[what](pathlib.Path(out))
