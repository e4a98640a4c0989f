//! Triton: `config.pbtxt` says which backend runs a model.

use coseal_core::{
    fact::ArtefactVerdict::{Malicious, Unknown},
    system::ModelFormat,
};

use super::{
    code,
    pbtxt::visit,
    rules::{BROKEN, CODE},
};
use crate::artefact::{
    format::{Input, Look},
    report::Report,
    room::Room,
    stop::settle,
};

/// Backends and platforms that run a model file, which is judged by itself.
#[rustfmt::skip]
const BACKENDS: &[&str] = &[
    "onnxruntime", "tensorrt", "pytorch", "tensorflow", "openvino", "fil", "tensorrt_plan", "tensorflow_savedmodel", "tensorflow_graphdef", "onnxruntime_onnx", "pytorch_libtorch", "ensemble",
];
/// Outermost fields that load nothing, or are judged.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "name", "platform", "backend", "version_policy", "max_batch_size", "input", "output", "batch_input", "batch_output", "optimization", "dynamic_batching", "sequence_batching",
    "ensemble_scheduling", "instance_group", "default_model_filename", "cc_model_filenames", "metric_tags", "parameters", "model_warmup", "model_operations",
    "model_transaction_policy", "response_cache", "model_metrics", "runtime",
];
/// Fields that settings have.
const MARKS: &[&[u8]] = &[
    b"backend",
    b"platform",
    b"max_batch_size",
    b"name",
    b"parameters",
    b"runtime",
    b"optimization",
    b"input",
    b"\\",
];
/// What runs a part of a model faster.
const ACCELERATORS: &[&str] =
    &["tensorrt", "openvino", "cuda", "auto_mixed_precision", "gpu_io", "cudnn", "xnnpack"];
/// Parameters of backends that say how a model is run, in small letters; none names a file or a library.
#[rustfmt::skip]
const PARAMETERS: &[&str] = &[
    // ONNX Runtime.
    "intra_op_thread_count", "inter_op_thread_count", "execution_mode", "enable_mem_arena", "enable_mem_pattern", "memory.enable_memory_arena_shrinkage", "cudnn_conv_algo_search",
    "gpu_mem_limit", "arena_extend_strategy", "cudnn_conv_use_max_workspace", "cudnn_conv1d_pad_to_nc1d", "do_copy_in_default_stream", "use_tf32", "user_compute_stream",
    "optimization.graph_optimization_level", "disable_cpu_ep_fallback", "precision_mode", "max_workspace_size_bytes", "trt_max_partition_iterations", "trt_min_subgraph_size",
    "trt_engine_cache_enable", "trt_fp16_enable", "trt_int8_enable", "trt_dla_enable", "trt_dla_core", "num_of_threads", "session.use_device_allocator_for_initializers",
    // PyTorch.
    "disable_optimized_execution", "inference_mode", "enable_weight_sharing", "disable_cudnn", "enable_jit_executor", "enable_jit_profiling", "enable_tensor_fuser", "enable_torch_compile",
    "enable_cache_cleaning",
    // TensorFlow.
    "tf_num_intra_threads", "tf_num_inter_threads", "tf_use_per_session_threads", "tf_graph_tag", "tf_signature_def", "max_session_share_count", "use_native_api",
    "minimum_segment_size", "max_cached_engines", "is_dynamic_op", "max_workspace_size",
    // OpenVINO.
    "inference_num_threads", "num_streams", "performance_hint", "compile_for_device", "enable_padding", "reshape_io_layers", "skip_ov_dynamic_batchsize", "target_device", "device",
    "inference_precision_hint", "enable_mmap", "cpu_extension_off", "nireq",
    // FIL.
    "model_type", "predict_proba", "output_class", "threshold", "storage_type", "algo", "blocks_per_sm", "use_experimental_optimizations", "transfer_threshold", "is_classifier",
    "threads_per_tree", "chunk_size", "layout", "xgboost_allow_unknown_field",
    // TensorRT-LLM and batching.
    "max_beam_width", "gpt_model_type", "batch_scheduler_policy", "kv_cache_free_gpu_mem_fraction", "max_tokens_in_paged_kv_cache", "enable_trt_overlap", "exclude_input_in_output",
    "enable_kv_cache_reuse", "normalize_log_probs", "enable_chunked_context", "decoding_mode", "add_special_tokens", "skip_special_tokens", "accumulate_tokens", "max_attention_window_size", "force_cpu_only_input_tensors",
    "max_batch_size", "preferred_batch_size", "batching_strategy", "max_queue_size", "enable_batching", "coalesce_request_input",
];

/// A model of a repository of Triton without its settings: the server makes them up, and runs `1/model.py`.
pub(crate) const TRITON_CODE: Room = Room {
    id: "triton-code",
    family: None,
    recognises: |look: &Look<'_>| {
        let version = look.folder().is_some_and(|folder| {
            !folder.is_empty() && folder.bytes().all(|letter| letter.is_ascii_digit())
        });
        look.name() == "model.py" && version
    },
    inspect: |input: Input<'_>, report: &mut Report| {
        code::source(
            "model.py",
            Some(input.bytes),
            "the server runs this code as the model",
            report,
        );
    },
    rules: &[],
};

/// A model in a repository of Triton.
pub(crate) const TRITON: Room = Room {
    id: "triton-model",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| look.name() == "config.pbtxt" && look.may_hold(MARKS),
    inspect,
    rules: &[],
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    let step = visit(&text, |key, value| judge(key, value, report));
    settle(step, &BROKEN, report);
    code::sources(input, "", "the server runs this code as the model", report);
}

fn judge(key: &str, value: &str, report: &mut Report) {
    let last = key.rsplit('.').next().unwrap_or(key);
    let unknown = |report: &mut Report, text: String| report.find(&CODE, Unknown, 0, &text);
    match key {
        "backend" | "platform" if !value.is_empty() && !BACKENDS.contains(&value) => {
            unknown(report, format!("the model is run by the backend {value}"));
        }
        "runtime" if !value.is_empty() => {
            unknown(report, format!("the backend is loaded from {value}"));
        }
        _ if key.contains("op_library_filename") => {
            report.find(&CODE, Malicious, 0, &format!("the library {value} is loaded"));
        }
        _ if key.ends_with("parameters.key") && !is_parameter(value) => {
            unknown(report, format!("{value} is no parameter that is known"));
        }
        _ if key.ends_with("execution_accelerator.name") && !ACCELERATORS.contains(&value) => {
            unknown(report, format!("the model is run by {value}"));
        }
        // Fields can be written as numbers, and be extensions.
        _ if !is_field(key) || last.bytes().all(|letter| letter.is_ascii_digit()) => {
            unknown(report, format!("the field {key} is none that is known"));
        }
        _ => {}
    }
    if last.ends_with("filename") || key.ends_with("cc_model_filenames.value") || is_file(last) {
        code::path(last, value, report);
    }
}

/// Whether the outermost field of a path is known.
fn is_field(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| FIELDS.contains(&first))
}

/// Whether a field names a file.
fn is_file(last: &str) -> bool {
    ["_file", "_path", "_dir", "location", "file"].iter().any(|end| last.ends_with(end))
}

/// Whether a parameter only says how much of the machine is used, or how.
fn is_parameter(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    PARAMETERS.contains(&&*lower)
}
