//! What names stand for: harmless, known to be dangerous, or not known.

use super::{
    classes::{CLASSES, OPERATIONS, OPTIMISERS, STRUCTURES},
    functions::{FUNCTIONS, TENSOR_FUNCTIONS, TEXT_STEPS},
};

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It only computes.
    Known,
    /// It is not in the policy.
    Unknown,
    /// It runs code, or touches the machine.
    Dangerous,
}

/// Packages in which Keras's own objects are.
const PACKAGES: &[&str] = &[
    "keras",
    "keras_core",
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.keras",
    "tensorflow.python.keras",
    "tf_keras",
];
/// Modules whose functions run code or touch the machine.
#[rustfmt::skip]
const DANGEROUS_MODULES: &[&str] = &[
    "_posixsubprocess", "_winapi", "asyncio", "builtins", "code", "codeop", "commands", "cloudpickle", "ctypes", "dill", "distutils",
    "fcntl", "ftplib", "glob", "http", "imp", "importlib", "inspect", "io", "joblib", "linecache", "marshal", "mmap", "multiprocessing",
    "nt", "numpy", "operator", "os", "pathlib", "pdb", "pickle", "pip", "pkgutil", "platform", "posix", "pty", "pydoc", "requests",
    "runpy", "shelve", "shutil", "signal", "site", "smtplib", "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "timeit",
    "torch", "types", "urllib", "urllib3", "webbrowser", "yaml", "zipimport", "_io", "_pickle", "_thread", "bdb", "cProfile", "profile",
    "trace", "doctest", "functools", "pexpect", "sysconfig", "tarfile", "zipfile",
];
/// Functions and classes that Keras has and a model does not need: they fetch, unpack, load or run.
#[rustfmt::skip]
const DANGEROUS_NAMES: &[&str] = &[
    "FlaxLayer", "JaxLayer", "KerasFileEditor", "TFSMLayer", "TextFileInitializer", "TorchModuleWrapper", "clone_model",
    "config_from_json", "deserialize_keras_object", "disable_unsafe_deserialization", "enable_unsafe_deserialization", "eval", "exec",
    "extract_archive", "func_load", "get_custom_objects", "get_file", "image_dataset_from_directory", "load_data", "load_img",
    "load_model", "load_weights", "model_from_config", "model_from_json", "model_from_yaml", "register_keras_serializable", "save_img",
    "save_model", "save_weights", "set_backend", "system", "text_dataset_from_directory", "audio_dataset_from_directory", "Popen",
    "__import__", "import_module", "run", "call", "popen", "plot_model", "pickle", "loads", "load",
];

/// A class by its name.
pub(super) fn class(name: &str) -> Standing {
    let known = [CLASSES, STRUCTURES, OPERATIONS].iter().any(|list| list.contains(&name));
    standing(name, known || is_registered_optimiser(name))
}

/// A function by its name, or a class that makes one.
pub(super) fn function(name: &str) -> Standing {
    let known = FUNCTIONS.contains(&name) || CLASSES.contains(&name) || name.is_empty();
    standing(name, known)
}

/// A function of TensorFlow that a layer calls.
pub(super) fn operation(name: &str) -> Standing {
    if name.starts_with("io.") || name.contains("py_func") || name.contains("numpy_function") {
        return Standing::Dangerous;
    }
    standing(name, TENSOR_FUNCTIONS.contains(&name))
}

/// A type of TensorFlow's values.
pub(super) fn specification(name: &str) -> Standing {
    let known = ["TensorSpec", "RaggedTensorSpec", "SparseTensorSpec", "IndexedSlicesSpec"];
    standing(name, known.contains(&name))
}

/// A module out of which a class is taken. What has a harmless name there is one of Keras's own.
pub(super) fn module(module: &str, class: &str) -> Standing {
    let inside = |package: &str| {
        module.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let plain = module.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
    let types = class == "__typespec__" && module.starts_with("tensorflow.python.");
    if plain && (PACKAGES.iter().any(|package| inside(package)) || types) {
        return Standing::Known;
    }
    // A function by its name alone: its name is what counts.
    if module == "builtins" && matches!(class, "function" | "__lambda__" | "str" | "NoneType") {
        return Standing::Known;
    }
    let root = module.split('.').next().unwrap_or_default();
    if DANGEROUS_MODULES.contains(&root) { Standing::Dangerous } else { Standing::Unknown }
}

/// A registered name other than that of the class.
pub(super) fn registered(name: &str) -> Standing {
    let own = name.strip_prefix("keras>").unwrap_or(name);
    if own == "function" || is_registered_optimiser(name) { Standing::Known } else { function(own) }
}

/// Keras 2 registers its own optimisers under the name meant for those of its users.
fn is_registered_optimiser(name: &str) -> bool {
    name.strip_prefix("Custom>").is_some_and(|name| OPTIMISERS.contains(&name))
}

fn standing(name: &str, known: bool) -> Standing {
    let last = name.rsplit(['.', '>']).next().unwrap_or(name);
    if known {
        Standing::Known
    } else if DANGEROUS_NAMES.contains(&last) {
        Standing::Dangerous
    } else {
        Standing::Unknown
    }
}

/// Whether texts under `key` name functions or classes.
pub(super) fn names_object(key: &str) -> bool {
    let ends = ["activation", "constraint", "initializer", "regularizer"];
    let whole = ["fn", "loss", "losses", "metrics", "optimizer", "weighted_metrics"];
    whole.contains(&key) || ends.iter().any(|end| key.ends_with(end))
}

/// Whether `name` is a way to prepare text that the layer for text itself has.
pub(super) fn is_text_step(name: &str) -> bool {
    TEXT_STEPS.contains(&name)
}
