"""Every family whose files are assembled by hand, in the order of the manifest."""

from .hostile import arrays, gadgets, gguf_files, hdf5_files, indices, keras_models, names, near_misses, onnx_files, opcodes, other_formats, repositories, safetensors_files, streams, templates, tensorflow_files, torch_containers, wrappers, zips

FAMILIES = [gadgets, names, opcodes, near_misses, streams, zips, wrappers, torch_containers, arrays, indices, keras_models, hdf5_files, tensorflow_files, onnx_files, gguf_files, templates, safetensors_files, repositories, other_formats]
