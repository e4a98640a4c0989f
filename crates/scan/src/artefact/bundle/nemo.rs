//! Configurations of NeMo's packages: what Hydra builds by name (`.nemo`, NeMo 1 and 2).

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    code,
    holding::Holding,
    rules::TARGET,
    yaml::{Named, targets},
};
use crate::bytes::ReadAt;

/// Bytes of a configuration that are read.
const MAX_SETTINGS: u64 = 4 << 20;
/// Things named of which is told.
const MAX_TOLD: usize = 64;

/// Parts of NeMo whose modules hold nothing but models, layers, and how they are trained.
const FOLDERS: &[&str] = &[
    "nemo.collections.asr.models.",
    "nemo.collections.asr.modules.",
    "nemo.collections.asr.losses.",
    "nemo.collections.asr.metrics.",
    "nemo.collections.nlp.models.",
    "nemo.collections.nlp.modules.",
    "nemo.collections.tts.models.",
    "nemo.collections.tts.modules.",
    "nemo.collections.tts.losses.",
    "nemo.collections.vision.models.",
    "nemo.collections.multimodal.models.",
    "nemo.collections.common.losses.",
    "nemo.collections.common.tokenizers.",
    "nemo.collections.common.parts.",
];
/// Classes of other modules, by their full names.
const CLASSES: &[&str] = &[
    "nemo.core.config.modelPT.NemoConfig",
    "nemo.core.optim.lr_scheduler.CosineAnnealing",
    "nemo.core.optim.lr_scheduler.NoamAnnealing",
    "nemo.core.optim.lr_scheduler.WarmupAnnealing",
    "nemo.core.optim.novograd.Novograd",
    "nemo_text_processing.text_normalization.normalize.Normalizer",
    "pytorch_lightning.Trainer",
    "lightning.pytorch.Trainer",
    "torch.nn.CrossEntropyLoss",
    "torch.nn.Dropout",
    "torch.nn.Embedding",
    "torch.nn.GELU",
    "torch.nn.LayerNorm",
    "torch.nn.Linear",
    "torch.nn.MSELoss",
    "torch.nn.ReLU",
    "torch.nn.SiLU",
    "torch.optim.Adam",
    "torch.optim.AdamW",
    "torch.optim.SGD",
    "torch.optim.lr_scheduler.CosineAnnealingLR",
    "torch.optim.lr_scheduler.ExponentialLR",
];
/// Modules that no model needs.
const DANGEROUS: &[&str] = &[
    "os",
    "posix",
    "nt",
    "subprocess",
    "builtins",
    "sys",
    "shutil",
    "socket",
    "pty",
    "ctypes",
    "importlib",
    "runpy",
    "code",
    "codeop",
    "pickle",
    "_pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "marshal",
    "shelve",
    "pip",
    "webbrowser",
    "urllib",
    "requests",
    "http",
    "ftplib",
    "smtplib",
    "multiprocessing",
    "asyncio",
    "threading",
    "timeit",
    "cProfile",
    "profile",
    "pdb",
    "bdb",
    "trace",
    "commands",
    "platform",
    "tempfile",
    "pathlib",
    "io",
    "operator",
    "functools",
    "types",
    "inspect",
    "site",
    "venv",
    "ensurepip",
    "distutils",
    "setuptools",
    "hydra",
];
/// Functions that run or load something, in whatever module.
const FUNCTIONS: &[&str] = &[
    "eval",
    "exec",
    "execfile",
    "compile",
    "system",
    "popen",
    "Popen",
    "run",
    "call",
    "check_call",
    "check_output",
    "spawn",
    "load",
    "loads",
    "load_module",
    "load_state_dict_from_url",
    "open",
    "import_module",
    "getattr",
    "setattr",
    "__import__",
    "instantiate",
    "get_method",
    "get_class",
    "get_object",
    "run_path",
    "run_module",
    "restore_from",
    "from_pretrained",
    "load_from_checkpoint",
    "urlretrieve",
    "urlopen",
    "download",
    "memmap",
    "fromfile",
];

/// Reads a configuration.
pub(super) fn read(name: &str, bytes: &dyn ReadAt, holding: &mut Holding<'_>) {
    let Some(text) = code::text(bytes, MAX_SETTINGS) else {
        holding.report.gap(name, "it is no text, or longer than is read");
        return;
    };
    holding.report.within(name, |report| {
        for (offset, named) in targets(&text).into_iter().take(MAX_TOLD) {
            let (verdict, text) = match named {
                Named::Plain(target) if is_known(target) => continue,
                Named::Plain(target) if is_dangerous(target) => {
                    (Malicious, format!("the loader calls {target}"))
                }
                Named::Plain(target) if !target.contains('.') => continue,
                Named::Plain(target) => (Unknown, format!("the loader calls {target}")),
                Named::Hidden(line) => {
                    (Unknown, format!("what the loader calls is not written out: {line}"))
                }
                Named::Outside(text) if text.starts_with("${eval") => {
                    (Malicious, format!("a text is run as code: {text}"))
                }
                Named::Outside(text) => {
                    (Unknown, format!("it takes in something of the machine: {text}"))
                }
            };
            report.find(&TARGET, verdict, offset as u64, &text);
        }
    });
}

/// A class of a part of NeMo that holds only such: its name begins with a capital, and no part with an underscore.
fn is_known(target: &str) -> bool {
    let class = target.rsplit('.').next().unwrap_or_default();
    let ordinary = class.starts_with(|letter: char| letter.is_ascii_uppercase())
        && !target.split('.').any(|part| part.is_empty() || part.starts_with('_'));
    CLASSES.contains(&target) || ordinary && FOLDERS.iter().any(|folder| target.starts_with(folder))
}

fn is_dangerous(target: &str) -> bool {
    let module = target.split('.').next().unwrap_or_default();
    let function = target.rsplit('.').next().unwrap_or_default();
    target.contains('.') && (DANGEROUS.contains(&module) || FUNCTIONS.contains(&function))
        || !target.contains('.') && FUNCTIONS.contains(&target)
}
