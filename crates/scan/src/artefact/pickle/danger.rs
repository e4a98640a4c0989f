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

/// Whether a name is known to be dangerous, directly or through the modules that a dotted name passes.
pub(crate) fn is_dangerous(module: &str, name: &str) -> bool {
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
    use super::is_dangerous;

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
    }
}
