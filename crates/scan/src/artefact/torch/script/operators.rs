//! Operators by what they can do. Those of `operators.txt` only compute: the names of PyTorch 2.5's `native_functions.yaml` and of
//! what its compiler registers besides, without those that reach files, other machines, or memory by address.

use std::{collections::BTreeSet, sync::LazyLock};

/// What an operator can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It only computes.
    Harmless,
    /// It is none that is known.
    Strange,
    /// It reaches files, other machines, or Python.
    Acts,
}

/// Operators of PyTorch itself.
static ATEN: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("operators.txt").split_ascii_whitespace().collect());
/// Those that take other parts of a program and run them.
const HIGHER: &[&str] = &[
    "associative_scan",
    "cond",
    "flex_attention",
    "map_impl",
    "scan",
    "while_loop",
    "wrap_with_autocast",
    "wrap_with_set_grad_enabled",
];
/// Operators of its compiler.
const PRIM: &[&str] = &[
    "AutogradAdd",
    "AutogradAllNonZero",
    "AutogradAllZero",
    "AutogradAnyNonZero",
    "AutogradZero",
    "BroadcastSizes",
    "ChunkSizes",
    "ConstantChunk",
    "EnumName",
    "EnumValue",
    "H",
    "ImplicitTensorToNum",
    "ListConstruct",
    "ListUnpack",
    "ModuleContainerIndex",
    "NumToTensor",
    "Print",
    "RaiseException",
    "StringIndex",
    "SumToSize",
    "T",
    "TupleConstruct",
    "TupleIndex",
    "TupleSlice",
    "TupleUnpack",
    "Uninitialized",
    "VarConcat",
    "VarStack",
    "abs",
    "data",
    "device",
    "dtype",
    "grad",
    "id",
    "imag",
    "index",
    "is_cpu",
    "is_cuda",
    "is_ipu",
    "is_meta",
    "is_mkldnn",
    "is_mps",
    "is_nested",
    "is_quantized",
    "is_sparse",
    "is_sparse_csr",
    "is_vulkan",
    "is_xla",
    "is_xpu",
    "isinstance",
    "itemsize",
    "layout",
    "mH",
    "mT",
    "max",
    "min",
    "name",
    "nbytes",
    "ndim",
    "rangelist",
    "real",
    "requires_grad",
    "shape",
    "size",
    "tolist",
    "type",
    "unchecked_cast",
    "unchecked_unwrap_optional",
];
/// Operators of torchvision.
const VISION: &[&str] = &[
    "_interpolate_bicubic2d_aa",
    "_interpolate_bilinear2d_aa",
    "deform_conv2d",
    "nms",
    "ps_roi_align",
    "ps_roi_pool",
    "roi_align",
    "roi_pool",
];
/// Namespaces whose operators all compute on packed weights.
const COMPUTE: &[&str] = &[
    "_quantized",
    "mkldnn",
    "mkldnn_prepacked",
    "prepacked",
    "quantized",
    "quantized_decomposed",
    "sparse",
    "xnnpack",
    "metal_prepack",
    "vulkan_prepack",
];
/// Operators that reach beyond the model, wherever they stand.
const ACTS: &[&str] = &[
    "CppOp",
    "PythonOp",
    "exec",
    "from_file",
    "get_gradients",
    "getenv",
    "load",
    "load_library",
    "open",
    "popen",
    "read_file",
    "remote",
    "rpc_async",
    "rpc_remote",
    "rpc_sync",
    "save",
    "sox_io_load_audio_file",
    "sox_io_save_audio_file",
    "system",
    "to_here",
    "write_file",
    "write_jpeg",
    "write_png",
];
/// Functions of Python that exported programs name.
const PYTHON: &[&str] = &[
    "abs",
    "add",
    "and_",
    "ceil",
    "eq",
    "floor",
    "floordiv",
    "ge",
    "getitem",
    "gt",
    "le",
    "lt",
    "mod",
    "mul",
    "ne",
    "neg",
    "not_",
    "or_",
    "pow",
    "round",
    "sqrt",
    "sub",
    "sym_float",
    "sym_int",
    "sym_ite",
    "sym_max",
    "sym_min",
    "sym_not",
    "sym_sqrt",
    "sym_sum",
    "truediv",
    "trunc",
    "pos",
    "isinf",
    "isnan",
];

/// What the operator `name` of a namespace can do.
pub(super) fn of(space: &str, name: &str) -> Standing {
    let name = name.split('.').next().unwrap_or_default();
    let known = match space {
        "aten" => ATEN.contains(name),
        "prim" | "prims" => PRIM.contains(&name),
        "higher_order" => HIGHER.contains(&name),
        "torchvision" => VISION.contains(&name),
        "image" => name.starts_with("decode_"),
        _ => COMPUTE.contains(&space),
    };
    match (known, ACTS.contains(&name)) {
        (_, true) => Standing::Acts,
        (true, false) => Standing::Harmless,
        (false, false) => Standing::Strange,
    }
}

/// What a function of Python that an exported program names can do.
pub(super) fn of_python(name: &str) -> Standing {
    if PYTHON.contains(&name) { Standing::Harmless } else { Standing::Strange }
}
