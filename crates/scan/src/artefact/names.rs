//! Dotted names that settings have a loader import: whether what they name is harmless. A name is judged whole: that its
//! library is known says nothing, as `torch.hub.load` and `transformers.utils.os.system` show.

use super::registry::pickle::{allowed, is_dangerous};

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A class of a library that only builds a part of a model.
    Allowed,
    /// It runs, loads or fetches something, or passes a module that does.
    Dangerous,
    /// Anything else.
    Unlisted,
}

/// Parts of a name; no class lies deeper.
const MAX_PARTS: usize = 16;
/// Bytes of a name.
const MAX_NAME: usize = 512;

/// Names that are allowed as they are.
#[rustfmt::skip]
const EXACT: &[&str] = &[
    "collections.OrderedDict", "collections.Counter", "collections.deque", "datetime.date", "datetime.datetime", "datetime.timedelta", "decimal.Decimal", "keras", "tf_keras",
    "lightning.pytorch.Trainer", "mlflow.pytorch.pickle_module", "nemo.core.config.modelPT.NemoConfig", "nemo.core.optim.novograd.Novograd", "numpy.bool_", "numpy.dtype",
    "numpy.float16", "numpy.float32", "numpy.float64", "numpy.int16", "numpy.int32", "numpy.int64", "numpy.int8", "numpy.ndarray", "numpy.uint8",
    "nemo_text_processing.text_normalization.normalize.Normalizer", "pandas.DataFrame", "pandas.Series", "pandas.core.frame.DataFrame", "pandas.core.series.Series",
    "pytorch_lightning.Trainer", "scipy.sparse.csr_matrix", "tensorflow.keras", "torch.Generator", "torch.Size", "torch.bfloat16", "torch.device", "torch.dtype", "torch.float16",
    "torch.float32", "torch.utils.data.DataLoader",
];

/// Modules below which every class, by a plain path, is a part of models or of their training.
#[rustfmt::skip]
const NAMESPACES: &[&str] = &[
    "accelerate", "catboost", "datasets.features", "diffusers", "keras.src.models", "keras.models", "keras.optimizers", "keras.losses", "keras.metrics", "lightgbm",
    "lightning.pytorch.callbacks", "lightning.pytorch.loggers", "lightning.pytorch.strategies", "monai.inferers", "monai.losses", "monai.metrics", "monai.networks",
    "monai.transforms", "nemo.collections.asr.losses", "nemo.collections.asr.metrics", "nemo.collections.asr.models", "nemo.collections.asr.modules",
    "nemo.collections.common.losses", "nemo.collections.common.parts", "nemo.collections.common.tokenizers", "nemo.collections.multimodal.models",
    "nemo.collections.nlp.models", "nemo.collections.nlp.modules", "nemo.collections.tts.losses", "nemo.collections.tts.models", "nemo.collections.tts.modules",
    "nemo.collections.vision.models", "nemo.core.optim.lr_scheduler", "onnxruntime", "optimum", "peft", "prophet", "pylate.models", "pyspark.ml", "pytorch_lightning.callbacks",
    "pytorch_lightning.loggers", "pytorch_lightning.strategies", "sentence_transformers", "sklearn", "spacy.lang", "statsmodels", "timm.data", "timm.loss", "timm.models",
    "timm.optim", "tokenizers", "torch.distributions", "torch.nn", "torch.optim", "torchaudio.models", "torchaudio.transforms", "torchmetrics", "torchvision.models",
    "torchvision.ops", "torchvision.transforms", "transformers", "xgboost",
];

/// Modules that lead to the machine wherever a path passes them.
#[rustfmt::skip]
const GATEWAYS: &[&str] = &[
    "builtins", "cloudpickle", "codeop", "ctypes", "dill", "hydra", "importlib", "inspect", "io", "joblib", "marshal", "multiprocessing", "nt", "os", "pathlib", "pickle", "pip",
    "platform", "posix", "pty", "requests", "runpy", "shutil", "socket", "subprocess", "sys", "tempfile", "threading", "urllib", "webbrowser",
];

/// Names that run or load something, in whatever module.
#[rustfmt::skip]
const RUNS: &[&str] = &[
    "CDLL", "CompilationUnit", "PackageImporter", "Popen", "PyDLL", "__import__", "check_call", "check_output", "eval", "exec", "execfile", "get_method", "getattr",
    "import_module", "instantiate", "load_inline", "load_module", "popen", "read_pickle", "run_command", "run_module", "run_path", "setattr", "spawn", "system", "urlopen",
    "urlretrieve",
];

/// Classes that libraries import from elsewhere, or that are made to run what they are given.
#[rustfmt::skip]
const NEVER: &[&str] = &[
    "Environment", "HfApi", "ImmutableSandboxedEnvironment", "Interpreter", "Lambda", "Parallel", "Path", "Pool", "Process", "ProcessPoolExecutor", "PythonInterpreterTool",
    "SandboxedEnvironment", "Template", "Thread", "ThreadPoolExecutor", "TemporaryDirectory",
];

/// What is known of a class or function.
pub(crate) fn class(name: &str) -> Standing {
    let name = name.replace(':', ".");
    let Some(parts) = parts(&name) else { return Standing::Unlisted };
    if EXACT.contains(&&*name) {
        return Standing::Allowed;
    }
    if dangerous(&parts) {
        return Standing::Dangerous;
    }
    let Some((class, modules)) = parts.split_last() else { return Standing::Unlisted };
    let module = modules.join(".");
    let named = allowed(&module, class).is_some_and(|uses| uses.new);
    let part = is_class(class) && !NEVER.contains(class) && within(&module);
    if named || part { Standing::Allowed } else { Standing::Unlisted }
}

/// What is known of a module.
pub(crate) fn module(name: &str) -> Standing {
    match parts(name) {
        Some(parts) if dangerous(&parts) => Standing::Dangerous,
        Some(_) if within(name) || EXACT.contains(&name) => Standing::Allowed,
        _ => Standing::Unlisted,
    }
}

/// Whether a text can be the name of a class.
pub(crate) fn is_class(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

fn parts(name: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = name.split('.').collect();
    (name.len() <= MAX_NAME && parts.len() <= MAX_PARTS).then_some(parts)
}

fn dangerous(parts: &[&str]) -> bool {
    let passes = |part: &&str| GATEWAYS.contains(&part.trim_start_matches('_'));
    let listed = |cut: usize| {
        parts
            .split_at_checked(cut)
            .is_some_and(|(module, name)| is_dangerous(&module.join("."), &name.join(".")))
    };
    parts.iter().any(passes)
        || parts.last().is_some_and(|last| RUNS.contains(last))
        || (1..=parts.len()).any(listed)
}

/// Whether a path is that of a module below a listed one, or of it: small letters, and nothing private.
fn within(module: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && part.bytes().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_'
            })
    };
    let below = |space: &&str| {
        module.strip_prefix(*space).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    NAMESPACES.iter().any(below) && module.split('.').all(plain)
}

#[cfg(test)]
mod tests {
    use super::{
        Standing::{Allowed, Dangerous, Unlisted},
        class, module,
    };

    #[test]
    fn a_name_is_judged_whole() {
        for name in [
            "torch.nn.Linear",
            "torch.optim.lr_scheduler.CosineAnnealingLR",
            "transformers.models.bert.modeling_bert.BertModel",
            "diffusers.UNet2DConditionModel",
            "sentence_transformers.models.Transformer",
            "nemo.collections.asr.modules.ConvASREncoder",
            "xgboost.sklearn.XGBClassifier",
            "numpy.ndarray",
            "sklearn.linear_model._logistic.LogisticRegression",
        ] {
            assert_eq!(class(name), Allowed, "{name}");
        }
        for name in [
            "os.system",
            "os",
            "torch.load",
            "torch.hub.load",
            "torch.nn.os.system",
            "torch.serialization.os.system",
            "torch.jit.CompilationUnit",
            "torch.nn.CompilationUnit",
            "torch.package.PackageImporter",
            "torch.utils.cpp_extension.load_inline",
            "torch.multiprocessing.spawn",
            "transformers.utils.os.system",
            "transformers.utils.subprocess.Popen",
            "transformers.models.inspect.Thing",
            "pandas.io.common.os.system",
            "pandas.read_pickle",
            "pandas.eval",
            "numpy.os.system",
            "numpy.f2py.diagnose.run_command",
            "hydra.utils.instantiate",
            "builtins:exec",
        ] {
            assert_eq!(class(name), Dangerous, "{name}");
        }
        for name in [
            "mine.Net",
            "torch",
            "transformers",
            "transformers.pipeline",
            "transformers.AutoModel.from_pretrained",
            "diffusers_modules.local.net.Net",
            "transformers._private.Thing",
            "keras.layers.Lambda",
            "torch.nn..Linear",
            "${other}",
            "",
        ] {
            assert_eq!(class(name), Unlisted, "{name}");
        }
        assert_eq!(module("transformers.models.bert.modeling_bert"), Allowed);
        assert_eq!(module("subprocess"), Dangerous);
        assert_eq!(module("transformers.utils.os"), Dangerous);
        assert_eq!(module("mine"), Unlisted);
    }
}
