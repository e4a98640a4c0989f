//! TensorFlow's messages.
//!
//! Written by `conformance/protobuf/make_tables.py` from tensorflow 2.20.0.

use crate::container::protobuf::{
    Kind::{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text},
    Schema, many, message, one,
};

#[rustfmt::skip]
pub(super) static SAVED_MODEL: Schema = message("SavedModel", &[
    one(1, "saved_model_schema_version", Number), many(2, "meta_graphs", Message(&META_GRAPH_DEF)),
]);
#[rustfmt::skip]
pub(super) static SAVED_METADATA: Schema = message("SavedMetadata", &[many(1, "nodes", Message(&SAVED_OBJECT))]);
#[rustfmt::skip]
pub(super) static FINGERPRINT_DEF: Schema = message("FingerprintDef", &[
    one(1, "saved_model_checksum", Number), one(2, "graph_def_program_hash", Number), one(3, "signature_def_hash", Number),
    one(4, "saved_object_graph_hash", Number), one(5, "checkpoint_hash", Number), one(6, "version", Message(&VERSION_DEF)), one(7, "uuid", Text),
]);
#[rustfmt::skip]
pub(super) static CONFIG_PROTO: Schema = message("ConfigProto", &[
    many(1, "device_count", Message(&CONFIG_PROTO_DEVICE_COUNT_ENTRY)), one(2, "intra_op_parallelism_threads", Number),
    one(3, "placement_period", Number), many(4, "device_filters", Text), one(5, "inter_op_parallelism_threads", Number),
    one(6, "gpu_options", Message(&GPUOPTIONS)), one(7, "allow_soft_placement", Number), one(8, "log_device_placement", Number),
    one(9, "use_per_session_threads", Number), one(10, "graph_options", Message(&GRAPH_OPTIONS)), one(11, "operation_timeout_in_ms", Number),
    many(12, "session_inter_op_thread_pool", Message(&THREAD_POOL_OPTION_PROTO)), one(13, "rpc_options", Message(&RPCOPTIONS)),
    one(14, "cluster_def", Message(&CLUSTER_DEF)), one(15, "isolate_session_state", Number),
    one(16, "experimental", Message(&CONFIG_PROTO_EXPERIMENTAL)), one(17, "share_cluster_devices_in_session", Number),
    one(18, "pluggable_device_options", Message(&GPUOPTIONS)),
]);
#[rustfmt::skip]
pub(super) static META_GRAPH_DEF: Schema = message("MetaGraphDef", &[
    one(1, "meta_info_def", Message(&META_GRAPH_DEF_META_INFO_DEF)), one(2, "graph_def", Message(&GRAPH_DEF)),
    one(3, "saver_def", Message(&SAVER_DEF)), many(4, "collection_def", Message(&META_GRAPH_DEF_COLLECTION_DEF_ENTRY)),
    many(5, "signature_def", Message(&META_GRAPH_DEF_SIGNATURE_DEF_ENTRY)), many(6, "asset_file_def", Message(&ASSET_FILE_DEF)),
    one(7, "object_graph_def", Message(&SAVED_OBJECT_GRAPH)),
]);
#[rustfmt::skip]
static SAVED_OBJECT: Schema = message("SavedObject", &[
    one(2, "node_id", Number), one(3, "node_path", Text), one(4, "identifier", Text), one(5, "metadata", Text),
    one(6, "version", Message(&THIRD_PARTY_TENSORFLOW_PYTHON_KERAS_PROTOBUF_VERSION_DEF)),
]);
#[rustfmt::skip]
static VERSION_DEF: Schema = message("VersionDef", &[one(1, "producer", Number), one(2, "min_consumer", Number), many(3, "bad_consumers", Number)]);
#[rustfmt::skip]
static CONFIG_PROTO_DEVICE_COUNT_ENTRY: Schema = message("ConfigProto.DeviceCountEntry", &[one(1, "key", Text), one(2, "value", Number)]);
#[rustfmt::skip]
static THREAD_POOL_OPTION_PROTO: Schema = message("ThreadPoolOptionProto", &[one(1, "num_threads", Number), one(2, "global_name", Text)]);
#[rustfmt::skip]
static GPUOPTIONS: Schema = message("GPUOptions", &[
    one(1, "per_process_gpu_memory_fraction", Fixed64), one(2, "allocator_type", Text), one(3, "deferred_deletion_bytes", Number),
    one(4, "allow_growth", Number), one(5, "visible_device_list", Text), one(6, "polling_active_delay_usecs", Number),
    one(7, "polling_inactive_delay_msecs", Number), one(8, "force_gpu_compatible", Number), one(9, "experimental", Message(&GPUOPTIONS_EXPERIMENTAL)),
]);
#[rustfmt::skip]
static GRAPH_OPTIONS: Schema = message("GraphOptions", &[
    one(2, "enable_recv_scheduling", Number), one(3, "optimizer_options", Message(&OPTIMIZER_OPTIONS)), one(4, "build_cost_model", Number),
    one(5, "infer_shapes", Number), one(6, "place_pruned_graph", Number), one(7, "enable_bfloat16_sendrecv", Number), one(8, "timeline_step", Number),
    one(9, "build_cost_model_after", Number), one(10, "rewrite_options", Message(&REWRITER_CONFIG)),
]);
#[rustfmt::skip]
static RPCOPTIONS: Schema = message("RPCOptions", &[
    one(1, "use_rpc_for_inprocess_master", Number), one(2, "compression_algorithm", Text), one(3, "compression_level", Number),
    one(4, "cache_rpc_response", Number), one(5, "disable_session_connection_sharing", Number), one(6, "num_channels_per_target", Number),
]);
#[rustfmt::skip]
static CLUSTER_DEF: Schema = message("ClusterDef", &[many(1, "job", Message(&JOB_DEF))]);
#[rustfmt::skip]
static CONFIG_PROTO_EXPERIMENTAL: Schema = message("ConfigProto.Experimental", &[
    one(1, "collective_group_leader", Text), one(3, "executor_type", Text), one(4, "recv_buf_max_chunk", Number), one(5, "use_numa_affinity", Number),
    one(6, "collective_deterministic_sequential_execution", Number), one(7, "collective_nccl", Number),
    one(8, "share_session_state_in_clusterspec_propagation", Number), one(9, "disable_thread_spinning", Number),
    one(10, "share_cluster_devices_in_session", Number), one(11, "session_metadata", Message(&SESSION_METADATA)),
    one(12, "optimize_for_static_graph", Number), one(13, "enable_mlir_bridge", Number), one(14, "disable_output_partition_graphs", Number),
    one(15, "xla_fusion_autotuner_thresh", Number), one(16, "enable_mlir_graph_optimization", Number), one(17, "mlir_bridge_rollout", Number),
    one(18, "use_tfrt", Number), one(21, "disable_functional_ops_lowering", Number), one(22, "xla_prefer_single_graph_cluster", Number),
    one(23, "coordination_config", Message(&COORDINATION_SERVICE_CONFIG)), one(24, "disable_optimize_for_static_graph", Number),
    one(26, "disable_eager_executor_streaming_enqueue", Number), one(27, "enable_multi_host", Number), one(28, "backend_server_port", Number),
    one(29, "target_tpu", Number), one(30, "target_gpu", Number), one(31, "stream_merge_threshold", Number), one(32, "tfrt_use_ifrt", Number),
    one(33, "finalize_function_library_runtime", Number), one(34, "finalize_resource_manager", Number),
]);
#[rustfmt::skip]
static META_GRAPH_DEF_META_INFO_DEF: Schema = message("MetaGraphDef.MetaInfoDef", &[
    one(1, "meta_graph_version", Text), one(2, "stripped_op_list", Message(&OP_LIST)), one(3, "any_info", Message(&ANY)), many(4, "tags", Text),
    one(5, "tensorflow_version", Text), one(6, "tensorflow_git_version", Text), one(7, "stripped_default_attrs", Number),
    many(8, "function_aliases", Message(&META_GRAPH_DEF_META_INFO_DEF_FUNCTION_ALIASES_ENTRY)),
]);
#[rustfmt::skip]
pub(super) static GRAPH_DEF: Schema = message("GraphDef", &[
    many(1, "node", Message(&NODE_DEF)), one(2, "library", Message(&FUNCTION_DEF_LIBRARY)), one(3, "version", Number),
    one(4, "versions", Message(&VERSION_DEF)), one(5, "debug_info", Message(&GRAPH_DEBUG_INFO)),
]);
#[rustfmt::skip]
static SAVER_DEF: Schema = message("SaverDef", &[
    one(1, "filename_tensor_name", Text), one(2, "save_tensor_name", Text), one(3, "restore_op_name", Text), one(4, "max_to_keep", Number),
    one(5, "sharded", Number), one(6, "keep_checkpoint_every_n_hours", Fixed32), one(7, "version", Number),
]);
#[rustfmt::skip]
static META_GRAPH_DEF_COLLECTION_DEF_ENTRY: Schema = message("MetaGraphDef.CollectionDefEntry", &[
    one(1, "key", Text), one(2, "value", Message(&COLLECTION_DEF)),
]);
#[rustfmt::skip]
static META_GRAPH_DEF_SIGNATURE_DEF_ENTRY: Schema = message("MetaGraphDef.SignatureDefEntry", &[
    one(1, "key", Text), one(2, "value", Message(&SIGNATURE_DEF)),
]);
#[rustfmt::skip]
pub(super) static ASSET_FILE_DEF: Schema = message("AssetFileDef", &[one(1, "tensor_info", Message(&TENSOR_INFO)), one(2, "filename", Text)]);
#[rustfmt::skip]
static SAVED_OBJECT_GRAPH: Schema = message("SavedObjectGraph", &[
    many(1, "nodes", Message(&TENSORFLOW_SAVED_OBJECT)), many(2, "concrete_functions", Message(&SAVED_OBJECT_GRAPH_CONCRETE_FUNCTIONS_ENTRY)),
]);
#[rustfmt::skip]
static THIRD_PARTY_TENSORFLOW_PYTHON_KERAS_PROTOBUF_VERSION_DEF: Schema = message("VersionDef", &[
    one(1, "producer", Number), one(2, "min_consumer", Number), many(3, "bad_consumers", Number),
]);
#[rustfmt::skip]
static GPUOPTIONS_EXPERIMENTAL: Schema = message("GPUOptions.Experimental", &[
    many(1, "virtual_devices", Message(&GPUOPTIONS_EXPERIMENTAL_VIRTUAL_DEVICES)), one(2, "use_unified_memory", Number),
    one(3, "num_dev_to_dev_copy_streams", Number), one(4, "collective_ring_order", Text), one(5, "timestamped_allocator", Number),
    one(7, "kernel_tracker_max_interval", Number), one(8, "kernel_tracker_max_bytes", Number), one(9, "kernel_tracker_max_pending", Number),
    one(10, "internal_fragmentation_fraction", Fixed64), one(11, "use_cuda_malloc_async", Number),
    one(12, "disallow_retry_on_allocation_failure", Number), one(13, "gpu_host_mem_limit_in_mb", Fixed32),
    one(14, "gpu_host_mem_disallow_growth", Number), one(15, "num_virtual_devices_per_gpu", Number), one(16, "gpu_system_memory_size_in_mb", Number),
    one(17, "populate_pjrt_gpu_client_creation_info", Number), one(18, "node_id", Number),
    one(19, "stream_merge_options", Message(&GPUOPTIONS_EXPERIMENTAL_STREAM_MERGE_OPTIONS)),
]);
#[rustfmt::skip]
static OPTIMIZER_OPTIONS: Schema = message("OptimizerOptions", &[
    one(1, "do_common_subexpression_elimination", Number), one(2, "do_constant_folding", Number), one(3, "opt_level", Number),
    one(4, "do_function_inlining", Number), one(5, "global_jit_level", Number), one(6, "max_folded_constant_in_bytes", Number),
    one(7, "cpu_global_jit", Number),
]);
#[rustfmt::skip]
static REWRITER_CONFIG: Schema = message("RewriterConfig", &[
    one(1, "layout_optimizer", Number), one(2, "disable_model_pruning", Number), one(3, "constant_folding", Number),
    one(4, "memory_optimization", Number), one(5, "auto_parallel", Message(&AUTO_PARALLEL_OPTIONS)),
    one(6, "memory_optimizer_target_node_name_scope", Text), one(7, "arithmetic_optimization", Number), one(8, "dependency_optimization", Number),
    one(9, "loop_optimization", Number), one(10, "function_optimization", Number), one(11, "debug_stripper", Number),
    one(12, "meta_optimizer_iterations", Number), one(13, "shape_optimization", Number), one(14, "remapping", Number),
    one(15, "scoped_allocator_optimization", Number), one(16, "scoped_allocator_opts", Message(&SCOPED_ALLOCATOR_OPTIONS)),
    one(17, "min_graph_nodes", Number), one(18, "pin_to_host_optimization", Number), one(19, "disable_meta_optimizer", Number),
    one(20, "meta_optimizer_timeout_ms", Number), one(21, "fail_on_optimizer_errors", Number), one(22, "implementation_selector", Number),
    one(23, "auto_mixed_precision", Number), one(24, "common_subgraph_elimination", Number), one(25, "auto_mixed_precision_mkl", Number),
    one(26, "experimental_disable_compressed_tensor_optimization", Number), one(27, "experimental_disable_folding_quantization_emulation", Number),
    one(28, "use_plugin_optimizers", Number), one(29, "auto_mixed_precision_cpu", Number), one(30, "experimental_conditional_code_motion", Number),
    one(31, "auto_mixed_precision_onednn_bfloat16", Number), one(32, "disable_tfg_optimizer", Number), one(50, "cpu_layout_conversion", Number),
    many(100, "optimizers", Text), many(200, "custom_optimizers", Message(&REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER)),
    one(300, "inter_optimizer_verifier_config", Message(&VERIFIER_CONFIG)), one(301, "post_optimization_verifier_config", Message(&VERIFIER_CONFIG)),
]);
#[rustfmt::skip]
static JOB_DEF: Schema = message("JobDef", &[one(1, "name", Text), many(2, "tasks", Message(&JOB_DEF_TASKS_ENTRY))]);
#[rustfmt::skip]
static SESSION_METADATA: Schema = message("SessionMetadata", &[one(1, "name", Text), one(2, "version", Number)]);
#[rustfmt::skip]
static COORDINATION_SERVICE_CONFIG: Schema = message("CoordinationServiceConfig", &[
    one(1, "service_type", Text), one(2, "service_leader", Text), one(3, "enable_health_check", Number),
    one(4, "cluster_register_timeout_in_ms", Number), one(5, "heartbeat_timeout_in_ms", Number), one(7, "shutdown_barrier_timeout_in_ms", Number),
    one(8, "agent_destruction_without_shutdown", Number), many(9, "recoverable_jobs", Text),
    many(10, "coordinated_job_list", Message(&COORDINATED_JOB)), one(11, "allow_new_incarnation_to_reconnect", Number),
    one(12, "force_disable", Number), one(13, "poll_for_error_from_service_at_startup", Number), one(14, "cluster_register_with_barrier", Number),
]);
#[rustfmt::skip]
static OP_LIST: Schema = message("OpList", &[many(1, "op", Message(&OP_DEF))]);
#[rustfmt::skip]
static ANY: Schema = message("Any", &[one(1, "type_url", Text), one(2, "value", Bytes)]);
#[rustfmt::skip]
static META_GRAPH_DEF_META_INFO_DEF_FUNCTION_ALIASES_ENTRY: Schema = message("MetaGraphDef.MetaInfoDef.FunctionAliasesEntry", &[
    one(1, "key", Text), one(2, "value", Text),
]);
#[rustfmt::skip]
pub(super) static NODE_DEF: Schema = message("NodeDef", &[
    one(1, "name", Text), one(2, "op", Text), many(3, "input", Text), one(4, "device", Text), many(5, "attr", Message(&NODE_DEF_ATTR_ENTRY)),
    one(6, "experimental_debug_info", Message(&NODE_DEF_EXPERIMENTAL_DEBUG_INFO)), one(7, "experimental_type", Message(&FULL_TYPE_DEF)),
]);
#[rustfmt::skip]
static FUNCTION_DEF_LIBRARY: Schema = message("FunctionDefLibrary", &[
    many(1, "function", Message(&FUNCTION_DEF)), many(2, "gradient", Message(&GRADIENT_DEF)),
    many(3, "registered_gradients", Message(&REGISTERED_GRADIENT)),
]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO: Schema = message("GraphDebugInfo", &[
    many(1, "files", Text), many(2, "traces", Message(&GRAPH_DEBUG_INFO_TRACES_ENTRY)),
    many(4, "frames_by_id", Message(&GRAPH_DEBUG_INFO_FRAMES_BY_ID_ENTRY)),
    many(5, "name_to_trace_id", Message(&GRAPH_DEBUG_INFO_NAME_TO_TRACE_ID_ENTRY)),
    many(6, "traces_by_id", Message(&GRAPH_DEBUG_INFO_TRACES_BY_ID_ENTRY)),
]);
#[rustfmt::skip]
static COLLECTION_DEF: Schema = message("CollectionDef", &[
    one(1, "node_list", Message(&COLLECTION_DEF_NODE_LIST)), one(2, "bytes_list", Message(&COLLECTION_DEF_BYTES_LIST)),
    one(3, "int64_list", Message(&COLLECTION_DEF_INT64LIST)), one(4, "float_list", Message(&COLLECTION_DEF_FLOAT_LIST)),
    one(5, "any_list", Message(&COLLECTION_DEF_ANY_LIST)),
]);
#[rustfmt::skip]
static SIGNATURE_DEF: Schema = message("SignatureDef", &[
    many(1, "inputs", Message(&SIGNATURE_DEF_INPUTS_ENTRY)), many(2, "outputs", Message(&SIGNATURE_DEF_OUTPUTS_ENTRY)), one(3, "method_name", Text),
    many(4, "defaults", Message(&SIGNATURE_DEF_DEFAULTS_ENTRY)),
]);
#[rustfmt::skip]
static TENSOR_INFO: Schema = message("TensorInfo", &[
    one(1, "name", Text), one(2, "dtype", Number), one(3, "tensor_shape", Message(&TENSOR_SHAPE_PROTO)),
    one(4, "coo_sparse", Message(&TENSOR_INFO_COO_SPARSE)), one(5, "composite_tensor", Message(&TENSOR_INFO_COMPOSITE_TENSOR)),
]);
#[rustfmt::skip]
static TENSORFLOW_SAVED_OBJECT: Schema = message("SavedObject", &[
    many(1, "children", Message(&TRACKABLE_OBJECT_GRAPH_TRACKABLE_OBJECT_OBJECT_REFERENCE)),
    many(3, "slot_variables", Message(&TRACKABLE_OBJECT_GRAPH_TRACKABLE_OBJECT_SLOT_VARIABLE_REFERENCE)),
    one(4, "user_object", Message(&SAVED_USER_OBJECT)), one(5, "asset", Message(&SAVED_ASSET)), one(6, "function", Message(&SAVED_FUNCTION)),
    one(7, "variable", Message(&SAVED_VARIABLE)), one(8, "bare_concrete_function", Message(&SAVED_BARE_CONCRETE_FUNCTION)),
    one(9, "constant", Message(&SAVED_CONSTANT)), one(10, "resource", Message(&SAVED_RESOURCE)),
    many(11, "saveable_objects", Message(&SAVED_OBJECT_SAVEABLE_OBJECTS_ENTRY)), one(12, "captured_tensor", Message(&CAPTURED_TENSOR)),
    one(13, "registered_name", Text), one(14, "serialized_user_proto", Message(&ANY)),
    many(15, "dependencies", Message(&TRACKABLE_OBJECT_GRAPH_TRACKABLE_OBJECT_OBJECT_REFERENCE)), one(16, "registered_saver", Text),
]);
#[rustfmt::skip]
static SAVED_OBJECT_GRAPH_CONCRETE_FUNCTIONS_ENTRY: Schema = message("SavedObjectGraph.ConcreteFunctionsEntry", &[
    one(1, "key", Text), one(2, "value", Message(&SAVED_CONCRETE_FUNCTION)),
]);
#[rustfmt::skip]
static GPUOPTIONS_EXPERIMENTAL_VIRTUAL_DEVICES: Schema = message("GPUOptions.Experimental.VirtualDevices", &[
    many(1, "memory_limit_mb", Fixed32), many(2, "priority", Number), many(3, "device_ordinal", Number),
]);
#[rustfmt::skip]
static GPUOPTIONS_EXPERIMENTAL_STREAM_MERGE_OPTIONS: Schema = message("GPUOptions.Experimental.StreamMergeOptions", &[
    one(1, "merge_host_to_device_stream", Number), one(2, "merge_device_to_host_stream", Number), one(3, "merge_device_to_device_stream", Number),
]);
#[rustfmt::skip]
static AUTO_PARALLEL_OPTIONS: Schema = message("AutoParallelOptions", &[one(1, "enable", Number), one(2, "num_replicas", Number)]);
#[rustfmt::skip]
static SCOPED_ALLOCATOR_OPTIONS: Schema = message("ScopedAllocatorOptions", &[many(1, "enable_op", Text)]);
#[rustfmt::skip]
static REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER: Schema = message("RewriterConfig.CustomGraphOptimizer", &[
    one(1, "name", Text), many(2, "parameter_map", Message(&REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER_PARAMETER_MAP_ENTRY)),
]);
#[rustfmt::skip]
static VERIFIER_CONFIG: Schema = message("VerifierConfig", &[one(1, "verification_timeout_in_ms", Number), one(2, "structure_verifier", Number)]);
#[rustfmt::skip]
static JOB_DEF_TASKS_ENTRY: Schema = message("JobDef.TasksEntry", &[one(1, "key", Number), one(2, "value", Text)]);
#[rustfmt::skip]
static COORDINATED_JOB: Schema = message("CoordinatedJob", &[one(1, "name", Text), one(2, "num_tasks", Number)]);
#[rustfmt::skip]
static OP_DEF: Schema = message("OpDef", &[
    one(1, "name", Text), many(2, "input_arg", Message(&OP_DEF_ARG_DEF)), many(3, "output_arg", Message(&OP_DEF_ARG_DEF)),
    many(4, "attr", Message(&OP_DEF_ATTR_DEF)), one(5, "summary", Text), one(6, "description", Text), one(8, "deprecation", Message(&OP_DEPRECATION)),
    one(16, "is_aggregate", Number), one(17, "is_stateful", Number), one(18, "is_commutative", Number), one(19, "allows_uninitialized_input", Number),
    many(20, "control_output", Text), one(21, "is_distributed_communication", Number),
]);
#[rustfmt::skip]
static NODE_DEF_ATTR_ENTRY: Schema = message("NodeDef.AttrEntry", &[one(1, "key", Text), one(2, "value", Message(&ATTR_VALUE))]);
#[rustfmt::skip]
static NODE_DEF_EXPERIMENTAL_DEBUG_INFO: Schema = message("NodeDef.ExperimentalDebugInfo", &[
    many(1, "original_node_names", Text), many(2, "original_func_names", Text),
]);
#[rustfmt::skip]
static FULL_TYPE_DEF: Schema = message("FullTypeDef", &[
    one(1, "type_id", Number), many(2, "args", Message(&FULL_TYPE_DEF)), one(3, "s", Text), one(4, "i", Number),
]);
#[rustfmt::skip]
static FUNCTION_DEF: Schema = message("FunctionDef", &[
    one(1, "signature", Message(&OP_DEF)), many(3, "node_def", Message(&NODE_DEF)), many(4, "ret", Message(&FUNCTION_DEF_RET_ENTRY)),
    many(5, "attr", Message(&FUNCTION_DEF_ATTR_ENTRY)), many(6, "control_ret", Message(&FUNCTION_DEF_CONTROL_RET_ENTRY)),
    many(7, "arg_attr", Message(&FUNCTION_DEF_ARG_ATTR_ENTRY)),
    many(8, "resource_arg_unique_id", Message(&FUNCTION_DEF_RESOURCE_ARG_UNIQUE_ID_ENTRY)),
]);
#[rustfmt::skip]
static GRADIENT_DEF: Schema = message("GradientDef", &[one(1, "function_name", Text), one(2, "gradient_func", Text)]);
#[rustfmt::skip]
static REGISTERED_GRADIENT: Schema = message("RegisteredGradient", &[one(1, "gradient_func", Text), one(2, "registered_op_type", Text)]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_FRAMES_BY_ID_ENTRY: Schema = message("GraphDebugInfo.FramesByIdEntry", &[
    one(1, "key", Fixed64), one(2, "value", Message(&GRAPH_DEBUG_INFO_FILE_LINE_COL)),
]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_TRACES_BY_ID_ENTRY: Schema = message("GraphDebugInfo.TracesByIdEntry", &[
    one(1, "key", Fixed64), one(2, "value", Message(&GRAPH_DEBUG_INFO_STACK_TRACE)),
]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_TRACES_ENTRY: Schema = message("GraphDebugInfo.TracesEntry", &[
    one(1, "key", Text), one(2, "value", Message(&GRAPH_DEBUG_INFO_STACK_TRACE)),
]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_NAME_TO_TRACE_ID_ENTRY: Schema = message("GraphDebugInfo.NameToTraceIdEntry", &[
    one(1, "key", Text), one(2, "value", Fixed64),
]);
#[rustfmt::skip]
static COLLECTION_DEF_NODE_LIST: Schema = message("CollectionDef.NodeList", &[many(1, "value", Text)]);
#[rustfmt::skip]
static COLLECTION_DEF_BYTES_LIST: Schema = message("CollectionDef.BytesList", &[many(1, "value", Bytes)]);
#[rustfmt::skip]
static COLLECTION_DEF_INT64LIST: Schema = message("CollectionDef.Int64List", &[many(1, "value", Number)]);
#[rustfmt::skip]
static COLLECTION_DEF_FLOAT_LIST: Schema = message("CollectionDef.FloatList", &[many(1, "value", Fixed32)]);
#[rustfmt::skip]
static COLLECTION_DEF_ANY_LIST: Schema = message("CollectionDef.AnyList", &[many(1, "value", Message(&ANY))]);
#[rustfmt::skip]
static SIGNATURE_DEF_INPUTS_ENTRY: Schema = message("SignatureDef.InputsEntry", &[one(1, "key", Text), one(2, "value", Message(&TENSOR_INFO))]);
#[rustfmt::skip]
static SIGNATURE_DEF_OUTPUTS_ENTRY: Schema = message("SignatureDef.OutputsEntry", &[one(1, "key", Text), one(2, "value", Message(&TENSOR_INFO))]);
#[rustfmt::skip]
static SIGNATURE_DEF_DEFAULTS_ENTRY: Schema = message("SignatureDef.DefaultsEntry", &[one(1, "key", Text), one(2, "value", Message(&TENSOR_PROTO))]);
#[rustfmt::skip]
static TENSOR_INFO_COO_SPARSE: Schema = message("TensorInfo.CooSparse", &[
    one(1, "values_tensor_name", Text), one(2, "indices_tensor_name", Text), one(3, "dense_shape_tensor_name", Text),
]);
#[rustfmt::skip]
static TENSOR_INFO_COMPOSITE_TENSOR: Schema = message("TensorInfo.CompositeTensor", &[
    one(1, "type_spec", Message(&TYPE_SPEC_PROTO)), many(2, "components", Message(&TENSOR_INFO)),
]);
#[rustfmt::skip]
static TENSOR_SHAPE_PROTO: Schema = message("TensorShapeProto", &[many(2, "dim", Message(&TENSOR_SHAPE_PROTO_DIM)), one(3, "unknown_rank", Number)]);
#[rustfmt::skip]
static TRACKABLE_OBJECT_GRAPH_TRACKABLE_OBJECT_OBJECT_REFERENCE: Schema = message("TrackableObjectGraph.TrackableObject.ObjectReference", &[
    one(1, "node_id", Number), one(2, "local_name", Text),
]);
#[rustfmt::skip]
static TRACKABLE_OBJECT_GRAPH_TRACKABLE_OBJECT_SLOT_VARIABLE_REFERENCE: Schema = message("TrackableObjectGraph.TrackableObject.SlotVariableReference", &[
    one(1, "original_variable_node_id", Number), one(2, "slot_name", Text), one(3, "slot_variable_node_id", Number),
]);
#[rustfmt::skip]
static SAVED_USER_OBJECT: Schema = message("SavedUserObject", &[
    one(1, "identifier", Text), one(2, "version", Message(&VERSION_DEF)), one(3, "metadata", Text),
]);
#[rustfmt::skip]
static SAVED_ASSET: Schema = message("SavedAsset", &[one(1, "asset_file_def_index", Number)]);
#[rustfmt::skip]
static SAVED_FUNCTION: Schema = message("SavedFunction", &[many(1, "concrete_functions", Text), one(2, "function_spec", Message(&FUNCTION_SPEC))]);
#[rustfmt::skip]
static SAVED_VARIABLE: Schema = message("SavedVariable", &[
    one(1, "dtype", Number), one(2, "shape", Message(&TENSOR_SHAPE_PROTO)), one(3, "trainable", Number), one(4, "synchronization", Number),
    one(5, "aggregation", Number), one(6, "name", Text), one(7, "device", Text),
    many(8, "experimental_distributed_variable_components", Message(&SAVED_VARIABLE)),
]);
#[rustfmt::skip]
static SAVED_BARE_CONCRETE_FUNCTION: Schema = message("SavedBareConcreteFunction", &[
    one(1, "concrete_function_name", Text), many(2, "argument_keywords", Text), one(3, "allowed_positional_arguments", Number),
    one(4, "function_spec", Message(&FUNCTION_SPEC)),
]);
#[rustfmt::skip]
static SAVED_CONSTANT: Schema = message("SavedConstant", &[one(1, "operation", Text)]);
#[rustfmt::skip]
static SAVED_RESOURCE: Schema = message("SavedResource", &[one(1, "device", Text)]);
#[rustfmt::skip]
static CAPTURED_TENSOR: Schema = message("CapturedTensor", &[one(1, "name", Text), one(2, "concrete_function", Text)]);
#[rustfmt::skip]
static SAVED_OBJECT_SAVEABLE_OBJECTS_ENTRY: Schema = message("SavedObject.SaveableObjectsEntry", &[
    one(1, "key", Text), one(2, "value", Message(&SAVEABLE_OBJECT)),
]);
#[rustfmt::skip]
static SAVED_CONCRETE_FUNCTION: Schema = message("SavedConcreteFunction", &[
    many(2, "bound_inputs", Number), one(3, "canonicalized_input_signature", Message(&STRUCTURED_VALUE)),
    one(4, "output_signature", Message(&STRUCTURED_VALUE)),
]);
#[rustfmt::skip]
static REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER_PARAMETER_MAP_ENTRY: Schema = message("RewriterConfig.CustomGraphOptimizer.ParameterMapEntry", &[
    one(1, "key", Text), one(2, "value", Message(&ATTR_VALUE)),
]);
#[rustfmt::skip]
static OP_DEF_ARG_DEF: Schema = message("OpDef.ArgDef", &[
    one(1, "name", Text), one(2, "description", Text), one(3, "type", Number), one(4, "type_attr", Text), one(5, "number_attr", Text),
    one(6, "type_list_attr", Text), many(7, "handle_data", Message(&RESOURCE_HANDLE_PROTO_DTYPE_AND_SHAPE)), one(16, "is_ref", Number),
    one(17, "experimental_full_type", Message(&FULL_TYPE_DEF)),
]);
#[rustfmt::skip]
static OP_DEF_ATTR_DEF: Schema = message("OpDef.AttrDef", &[
    one(1, "name", Text), one(2, "type", Text), one(3, "default_value", Message(&ATTR_VALUE)), one(4, "description", Text),
    one(5, "has_minimum", Number), one(6, "minimum", Number), one(7, "allowed_values", Message(&ATTR_VALUE)),
]);
#[rustfmt::skip]
static OP_DEPRECATION: Schema = message("OpDeprecation", &[one(1, "version", Number), one(2, "explanation", Text)]);
#[rustfmt::skip]
static ATTR_VALUE: Schema = message("AttrValue", &[
    one(1, "list", Message(&ATTR_VALUE_LIST_VALUE)), one(2, "s", Bytes), one(3, "i", Number), one(4, "f", Fixed32), one(5, "b", Number),
    one(6, "type", Number), one(7, "shape", Message(&TENSOR_SHAPE_PROTO)), one(8, "tensor", Message(&TENSOR_PROTO)), one(9, "placeholder", Text),
    one(10, "func", Message(&NAME_ATTR_LIST)),
]);
#[rustfmt::skip]
static FUNCTION_DEF_ATTR_ENTRY: Schema = message("FunctionDef.AttrEntry", &[one(1, "key", Text), one(2, "value", Message(&ATTR_VALUE))]);
#[rustfmt::skip]
static FUNCTION_DEF_ARG_ATTR_ENTRY: Schema = message("FunctionDef.ArgAttrEntry", &[
    one(1, "key", Number), one(2, "value", Message(&FUNCTION_DEF_ARG_ATTRS)),
]);
#[rustfmt::skip]
static FUNCTION_DEF_RESOURCE_ARG_UNIQUE_ID_ENTRY: Schema = message("FunctionDef.ResourceArgUniqueIdEntry", &[
    one(1, "key", Number), one(2, "value", Number),
]);
#[rustfmt::skip]
static FUNCTION_DEF_RET_ENTRY: Schema = message("FunctionDef.RetEntry", &[one(1, "key", Text), one(2, "value", Text)]);
#[rustfmt::skip]
static FUNCTION_DEF_CONTROL_RET_ENTRY: Schema = message("FunctionDef.ControlRetEntry", &[one(1, "key", Text), one(2, "value", Text)]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_FILE_LINE_COL: Schema = message("GraphDebugInfo.FileLineCol", &[
    one(1, "file_index", Number), one(2, "line", Number), one(3, "col", Number), one(4, "func", Text), one(5, "code", Text),
]);
#[rustfmt::skip]
static GRAPH_DEBUG_INFO_STACK_TRACE: Schema = message("GraphDebugInfo.StackTrace", &[
    many(1, "file_line_cols", Message(&GRAPH_DEBUG_INFO_FILE_LINE_COL)), many(2, "frame_id", Fixed64),
]);
#[rustfmt::skip]
static TENSOR_PROTO: Schema = message("TensorProto", &[
    one(1, "dtype", Number), one(2, "tensor_shape", Message(&TENSOR_SHAPE_PROTO)), one(3, "version_number", Number),
    one(4, "tensor_content", Payload), many(5, "float_val", Fixed32), many(6, "double_val", Fixed64), many(7, "int_val", Number),
    many(8, "string_val", Bytes), many(9, "scomplex_val", Fixed32), many(10, "int64_val", Number), many(11, "bool_val", Number),
    many(12, "dcomplex_val", Fixed64), many(13, "half_val", Number), many(14, "resource_handle_val", Message(&RESOURCE_HANDLE_PROTO)),
    many(15, "variant_val", Message(&VARIANT_TENSOR_DATA_PROTO)), many(16, "uint32_val", Number), many(17, "uint64_val", Number),
    one(18, "float8_val", Bytes),
]);
#[rustfmt::skip]
static TYPE_SPEC_PROTO: Schema = message("TypeSpecProto", &[
    one(1, "type_spec_class", Number), one(2, "type_state", Message(&STRUCTURED_VALUE)), one(3, "type_spec_class_name", Text),
    one(4, "num_flat_components", Number),
]);
#[rustfmt::skip]
static TENSOR_SHAPE_PROTO_DIM: Schema = message("TensorShapeProto.Dim", &[one(1, "size", Number), one(2, "name", Text)]);
#[rustfmt::skip]
static FUNCTION_SPEC: Schema = message("FunctionSpec", &[
    one(1, "fullargspec", Message(&STRUCTURED_VALUE)), one(2, "is_method", Number), one(5, "input_signature", Message(&STRUCTURED_VALUE)),
    one(6, "jit_compile", Number),
]);
#[rustfmt::skip]
static SAVEABLE_OBJECT: Schema = message("SaveableObject", &[one(2, "save_function", Number), one(3, "restore_function", Number)]);
#[rustfmt::skip]
static STRUCTURED_VALUE: Schema = message("StructuredValue", &[
    one(1, "none_value", Message(&NONE_VALUE)), one(11, "float64_value", Fixed64), one(12, "int64_value", Number), one(13, "string_value", Text),
    one(14, "bool_value", Number), one(31, "tensor_shape_value", Message(&TENSOR_SHAPE_PROTO)), one(32, "tensor_dtype_value", Number),
    one(33, "tensor_spec_value", Message(&TENSOR_SPEC_PROTO)), one(34, "type_spec_value", Message(&TYPE_SPEC_PROTO)),
    one(35, "bounded_tensor_spec_value", Message(&BOUNDED_TENSOR_SPEC_PROTO)), one(51, "list_value", Message(&LIST_VALUE)),
    one(52, "tuple_value", Message(&TUPLE_VALUE)), one(53, "dict_value", Message(&DICT_VALUE)),
    one(54, "named_tuple_value", Message(&NAMED_TUPLE_VALUE)), one(55, "tensor_value", Message(&TENSOR_PROTO)),
    one(56, "numpy_value", Message(&TENSOR_PROTO)),
]);
#[rustfmt::skip]
static RESOURCE_HANDLE_PROTO_DTYPE_AND_SHAPE: Schema = message("ResourceHandleProto.DtypeAndShape", &[
    one(1, "dtype", Number), one(2, "shape", Message(&TENSOR_SHAPE_PROTO)),
]);
#[rustfmt::skip]
static ATTR_VALUE_LIST_VALUE: Schema = message("AttrValue.ListValue", &[
    many(2, "s", Bytes), many(3, "i", Number), many(4, "f", Fixed32), many(5, "b", Number), many(6, "type", Number),
    many(7, "shape", Message(&TENSOR_SHAPE_PROTO)), many(8, "tensor", Message(&TENSOR_PROTO)), many(9, "func", Message(&NAME_ATTR_LIST)),
]);
#[rustfmt::skip]
static NAME_ATTR_LIST: Schema = message("NameAttrList", &[one(1, "name", Text), many(2, "attr", Message(&NAME_ATTR_LIST_ATTR_ENTRY))]);
#[rustfmt::skip]
static FUNCTION_DEF_ARG_ATTRS: Schema = message("FunctionDef.ArgAttrs", &[many(1, "attr", Message(&FUNCTION_DEF_ARG_ATTRS_ATTR_ENTRY))]);
#[rustfmt::skip]
static RESOURCE_HANDLE_PROTO: Schema = message("ResourceHandleProto", &[
    one(1, "device", Text), one(2, "container", Text), one(3, "name", Text), one(4, "hash_code", Number), one(5, "maybe_type_name", Text),
    many(6, "dtypes_and_shapes", Message(&RESOURCE_HANDLE_PROTO_DTYPE_AND_SHAPE)),
]);
#[rustfmt::skip]
static VARIANT_TENSOR_DATA_PROTO: Schema = message("VariantTensorDataProto", &[
    one(1, "type_name", Text), one(2, "metadata", Bytes), many(3, "tensors", Message(&TENSOR_PROTO)),
]);
#[rustfmt::skip]
static NONE_VALUE: Schema = message("NoneValue", &[]);
#[rustfmt::skip]
static TENSOR_SPEC_PROTO: Schema = message("TensorSpecProto", &[
    one(1, "name", Text), one(2, "shape", Message(&TENSOR_SHAPE_PROTO)), one(3, "dtype", Number),
]);
#[rustfmt::skip]
static BOUNDED_TENSOR_SPEC_PROTO: Schema = message("BoundedTensorSpecProto", &[
    one(1, "name", Text), one(2, "shape", Message(&TENSOR_SHAPE_PROTO)), one(3, "dtype", Number), one(4, "minimum", Message(&TENSOR_PROTO)),
    one(5, "maximum", Message(&TENSOR_PROTO)),
]);
#[rustfmt::skip]
static LIST_VALUE: Schema = message("ListValue", &[many(1, "values", Message(&STRUCTURED_VALUE))]);
#[rustfmt::skip]
static TUPLE_VALUE: Schema = message("TupleValue", &[many(1, "values", Message(&STRUCTURED_VALUE))]);
#[rustfmt::skip]
static DICT_VALUE: Schema = message("DictValue", &[many(1, "fields", Message(&DICT_VALUE_FIELDS_ENTRY))]);
#[rustfmt::skip]
static NAMED_TUPLE_VALUE: Schema = message("NamedTupleValue", &[one(1, "name", Text), many(2, "values", Message(&PAIR_VALUE))]);
#[rustfmt::skip]
static NAME_ATTR_LIST_ATTR_ENTRY: Schema = message("NameAttrList.AttrEntry", &[one(1, "key", Text), one(2, "value", Message(&ATTR_VALUE))]);
#[rustfmt::skip]
static FUNCTION_DEF_ARG_ATTRS_ATTR_ENTRY: Schema = message("FunctionDef.ArgAttrs.AttrEntry", &[
    one(1, "key", Text), one(2, "value", Message(&ATTR_VALUE)),
]);
#[rustfmt::skip]
static DICT_VALUE_FIELDS_ENTRY: Schema = message("DictValue.FieldsEntry", &[one(1, "key", Text), one(2, "value", Message(&STRUCTURED_VALUE))]);
#[rustfmt::skip]
static PAIR_VALUE: Schema = message("PairValue", &[one(1, "key", Text), one(2, "value", Message(&STRUCTURED_VALUE))]);
