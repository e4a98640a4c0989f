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
    /// Python source of a package.
    Source,
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
    "byteorder",
    "version",
];
/// Suffixes of programs.
const SOURCES: &[&str] = &[".py", ".pyc", ".so", ".dll", ".dylib", ".sh", ".exe", ".bat"];

/// Role of the member `name`.
pub(super) fn role(name: &str) -> Role {
    // Loaders of other systems fold case and separators, and stop at a NUL.
    let name = name.replace('\\', "/").to_lowercase();
    let name = name.split('\0').next().unwrap_or_default().trim();
    let path = name.split_once('/').map_or(name, |(_, path)| path);
    let numbered = |folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let packaged = path.starts_with(".data/") && path.ends_with(".storage");
    if path == "data.pkl" {
        Role::Object
    } else if name.ends_with(".pkl") || name.ends_with(".debug_pkl") || name.ends_with(".pickle") {
        Role::Pickle
    } else if packaged || numbered("data/") || numbered("constants/") || numbered("tensors/") {
        Role::Storage
    } else if LABELS.contains(&path) {
        Role::Label
    } else if path.starts_with("code/") {
        Role::Script
    } else if SOURCES.iter().any(|suffix| name.ends_with(suffix)) {
        Role::Source
    } else {
        Role::Other
    }
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
        assert_eq!(role("m/data/x"), Role::Other);
        assert_eq!(role("m/.data/serialization_id"), Role::Label);
        assert_eq!(role("m/code/__torch__.py"), Role::Script);
        assert_eq!(role("m/x.py"), Role::Source);
    }
}
