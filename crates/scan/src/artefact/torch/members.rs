//! What each member of a PyTorch archive is for.

/// What a member is for, by its path below the archive's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The pickle with the model.
    Object,
    /// Another pickle.
    Pickle,
    /// A storage: bytes of numbers.
    Storage,
    /// A short text that says something of the archive itself.
    Label,
    /// Code of TorchScript, compiled by the loader.
    Script,
    /// Bytecode of TorchScript: a pickle too.
    Bytecode,
    /// Code of Python, or a program.
    Source,
    /// An exported program: operators in JSON.
    Program,
    /// What users keep in an archive; no loader reads it by itself.
    Extra,
    /// None that PyTorch gives.
    Other,
}

/// Labels that PyTorch writes.
const LABELS: &[&str] = &[
    ".data/serialization_id",
    ".data/version",
    ".format_version",
    ".data/extern_modules",
    ".data/python_version",
    ".storage_alignment",
    ".data/interned",
    "archive_format",
    "archive_version",
    "byteorder",
    "version",
];
/// Suffixes of programs.
const SOURCES: &[&str] = &[
    ".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".sh", ".exe", ".bat", ".o", ".cubin", ".cpp",
    ".whl", ".jar", ".js",
];

/// Role of the member `name`.
pub(super) fn role(name: &str) -> Role {
    // Loaders of other systems fold case and separators, and stop at a NUL.
    let name = name.replace('\\', "/").to_lowercase();
    let name = name.split('\0').next().unwrap_or_default().trim();
    let path = name.split_once('/').map_or(name, |(_, path)| path);
    // Modules for phones call theirs `0.storage`.
    let numbered = |folder: &str| {
        let key = path.strip_prefix(folder).unwrap_or_default();
        let key = key.strip_suffix(".storage").unwrap_or(key);
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
    };
    // Of exported programs: numbers, or whatever these are as a pickle, and the lists of them.
    let list = |folder: &str| path.starts_with(folder) && path.ends_with("_config.json");
    let exported = numbered("data/weights/weight_")
        || numbered("data/constants/tensor_")
        || list("data/weights/")
        || list("data/constants/");
    let packaged = path.starts_with(".data/") && path.ends_with(".storage");
    let script = path.starts_with("code/") || path.starts_with(".data/ts_code/code/");
    if path == "data.pkl" {
        Role::Object
    } else if path == "bytecode.pkl" {
        Role::Bytecode
    } else if name.ends_with(".pkl") || name.ends_with(".debug_pkl") || name.ends_with(".pickle") {
        Role::Pickle
    } else if packaged
        || numbered("data/")
        || numbered("constants/")
        || numbered("bytecode/")
        || numbered("tensors/")
        || numbered("traced_inputs/")
    {
        Role::Storage
    } else if LABELS.contains(&path) {
        Role::Label
    } else if script && name.ends_with(".py") {
        Role::Script
    } else if path == "serialized_exported_program.json"
        || path.starts_with("models/") && name.ends_with(".json")
    {
        Role::Program
    } else if SOURCES.iter().any(|suffix| name.ends_with(suffix)) {
        Role::Source
    } else if path.starts_with("extra/") || exported {
        Role::Extra
    } else {
        Role::Other
    }
}

/// Whether the member `name` says of which version the archive is.
pub(super) fn is_version(name: &str) -> bool {
    let path = name.split_once('/').map_or(name, |(_, path)| path);
    matches!(path, "version" | ".data/version")
}

#[cfg(test)]
mod tests {
    use super::{Role, role};

    #[test]
    fn names_have_roles_however_they_are_written() {
        assert_eq!(role("archive/data.pkl"), Role::Object);
        assert_eq!(role("data.pkl"), Role::Object);
        assert_eq!(role("archive\\DATA.PKL"), Role::Object);
        assert_eq!(role("data.pkl\0.txt"), Role::Object);
        assert_eq!(role("a/b/data.pkl"), Role::Pickle);
        assert_eq!(role("m/data/12"), Role::Storage);
        assert_eq!(role("m/constants/0.storage"), Role::Storage);
        assert_eq!(role("m/constants/.storage"), Role::Other);
        assert_eq!(role("m/data/x"), Role::Other);
        assert_eq!(role("m/.data/serialization_id"), Role::Label);
        assert_eq!(role("m/code/__torch__.py"), Role::Script);
        assert_eq!(role("m/x.py"), Role::Source);
        assert_eq!(role("m/extra/x.py"), Role::Source);
        assert_eq!(role("m/extra/notes.txt"), Role::Extra);
        assert_eq!(role("m/models/model.json"), Role::Program);
        assert_eq!(role("m/data/weights/weight_12"), Role::Extra);
        assert_eq!(role("m/data/constants/model_constants_config.json"), Role::Extra);
        assert_eq!(role("m/data/weights/x"), Role::Other);
        assert_eq!(role("m/bytecode.pkl"), Role::Bytecode);
    }
}
