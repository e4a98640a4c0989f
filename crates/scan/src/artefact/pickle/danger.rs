//! Names known to be dangerous. This table only chooses words: a name in neither table is unknown, and
//! that alone keeps a file from being clean.

mod modules;
mod names;

use self::{modules::MODULES, names::NAMES};

/// Modules that lead to the machine wherever a longer path passes them.
const GATEWAYS: &[&str] = &[
    "builtins",
    "ctypes",
    "importlib",
    "nt",
    "os",
    "posix",
    "pty",
    "shutil",
    "socket",
    "subprocess",
    "sys",
];

/// What compiles functions that a file holds, which by itself runs none of them: what their code is read from counts.
const COMPILES: &[(&str, &[&str])] = &[
    ("numba.core.registry", &["CPUDispatcher", "DelayedRegistry"]),
    ("numba.core.serialize", &["_CustomPickled", "_unpickle__CustomPickled", "custom_rebuild"]),
    ("numba.core.typing.templates", &["Signature"]),
    ("numba.np.ufunc.dufunc", &["DUFunc"]),
];
/// Packages of the types that compiled functions take.
const COMPILED_TYPES: &str = "numba.core.types";

/// Whether a name belongs to what compiles the functions of a file.
pub(crate) fn compiles(module: &str, name: &str) -> bool {
    let types = module.strip_prefix(COMPILED_TYPES);
    COMPILES.iter().any(|(of, names)| *of == module && names.contains(&name))
        || types.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) && !name.contains('.')
}

/// Whether a name is what cloudpickle imports modules by, from a string.
pub(crate) fn imports(module: &str, name: &str) -> bool {
    name == "subimport" && module.ends_with("cloudpickle")
}

/// Names by which code of a file starts programs, imports what it likes or reaches the network.
const REACHES: &[&str] = &[
    "Popen",
    "__import__",
    "__subclasses__",
    "check_call",
    "check_output",
    "exec",
    "execv",
    "execve",
    "execvp",
    "fork",
    "getoutput",
    "import_module",
    "popen",
    "posix_spawn",
    "socket",
    "spawnl",
    "spawnv",
    "subprocess",
    "system",
    "urlopen",
    "urlretrieve",
];

/// Whether a name that code uses leads to the machine.
pub(crate) fn reaches(name: &str) -> bool {
    REACHES.contains(&name)
}

/// Whether a module is dangerous as a whole, or one that leads to the machine.
pub(crate) fn is_dangerous_module(module: &str) -> bool {
    GATEWAYS.contains(&module) || is_dangerous(module, "")
}

/// Whether a name is known to be dangerous, directly or through the modules that a dotted name passes.
pub(crate) fn is_dangerous(module: &str, name: &str) -> bool {
    // Numba has a copy of cloudpickle.
    if let Some(copy) = module.strip_prefix("numba.").filter(|copy| copy.starts_with("cloudpickle"))
    {
        return is_dangerous(copy, name);
    }
    if compiles(module, name) {
        return false;
    }
    if listed(module, name) {
        return true;
    }
    // `random` + `_os.system` and `torch.os` + `system` reach `os.system`.
    let path: Vec<&str> = module.split('.').chain(name.split('.')).take(16).collect();
    let own = module.split('.').count();
    let passes = (1..path.len()).any(|start| {
        (start.saturating_add(1)..path.len()).any(|cut| {
            let (Some(module), Some(name)) = (path.get(start..cut), path.get(cut..)) else {
                return false;
            };
            let module = module.join(".");
            let module = module.trim_start_matches('_');
            (start >= own || GATEWAYS.contains(&module)) && listed(module, &name.join("."))
        })
    });
    passes || path.iter().skip(1).any(|part| INTERNALS.contains(part))
}

/// Attributes by which any object leads to all of the interpreter.
const INTERNALS: &[&str] = &[
    "__subclasses__",
    "__globals__",
    "__builtins__",
    "__code__",
    "__getattribute__",
    "__bases__",
    "__base__",
    "__mro__",
    "__closure__",
    "__loader__",
    "__spec__",
    "__reduce_ex__",
    "__class__",
];

fn listed(module: &str, name: &str) -> bool {
    let within = |whole: &&str| {
        module.strip_prefix(*whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    MODULES.iter().any(within)
        || NAMES.iter().any(|(of, names)| *of == module && names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{is_dangerous, is_dangerous_module};

    #[test]
    fn follows_dotted_names_and_spares_their_neighbours() {
        assert!(is_dangerous("posix", "system"));
        assert!(is_dangerous("random", "_os.system"));
        assert!(is_dangerous("torch.serialization", "os.system"));
        assert!(is_dangerous("torch", "os.system"));
        assert!(is_dangerous("asyncio.unix_events", "_UnixSubprocessTransport._start"));
        assert!(is_dangerous("collections", "OrderedDict.__class__.__base__.__subclasses__"));
        assert!(!is_dangerous("osmnx", "load"));
        assert!(is_dangerous("torch.os", "system"));
        assert!(!is_dangerous("my.package", "Model"));
        assert!(!is_dangerous("my.code", "Model"));
        assert!(!is_dangerous("builtins", "list"));
        assert!(is_dangerous("numba", "jit") && is_dangerous("numba.core.types", "os.system"));
        assert!(is_dangerous("numba.core.serialize", "loads"));
        assert!(is_dangerous("numba.cloudpickle", "loads"));
        assert!(!is_dangerous("numba.core.serialize", "custom_rebuild"));
        assert!(is_dangerous_module("os") && is_dangerous_module("subprocess"));
        assert!(is_dangerous_module("multiprocessing.util") && !is_dangerous_module("numpy"));
    }
}
