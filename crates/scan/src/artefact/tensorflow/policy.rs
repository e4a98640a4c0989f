//! What operations do.

use super::operations::HARMLESS;

/// What an operation is known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It computes.
    Known,
    /// It saves or restores variables, at a place that the caller gives.
    Saver,
    /// It fills a table from a file, which may be one of the model's.
    Table,
    /// It writes what the caller sees, at a place that an attribute names.
    Print,
    /// It reads or writes messages, by a description that an attribute names.
    Message,
    /// It runs code, or reaches files or addresses.
    Dangerous,
    /// Nobody has said.
    Unknown,
}

/// What an operation that stands alone does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It computes.
    Computes,
    /// It runs code, or reaches files or addresses.
    Reaches,
    /// Nobody has said.
    Unknown,
}

/// Operations that run code of the host, or reach files or addresses.
#[rustfmt::skip]
const DANGEROUS: &[&str] = &[
    "PyFunc", "PyFuncStateless", "EagerPyFunc", "ReadFile", "WriteFile", "MatchingFiles", "RemoteCall", "RpcCall", "RpcClient", "RpcServer",
    "RpcServerRegister", "RpcServerStart", "RpcGetValue", "Rpc", "TryRpc", "SaveDataset", "LoadDataset", "SqlDataset", "LMDBReader", "LMDBDataset",
    "GeneratorDataset", "CreateSummaryFileWriter", "CreateSummaryDbWriter", "ImportEvent", "RegisterDataset", "FileSystemSetConfiguration",
    "XlaCustomCall", "XlaCustomCallV2", "DistributedSave", "DumpTensor", "LoadLibrary", "AssetSink",
];

/// How the names of further such operations begin.
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "WholeFileReader", "TextLineReader", "TextLineDataset", "TFRecordReader", "TFRecordDataset", "FixedLengthRecord", "CSVDataset",
    "ExperimentalCSVDataset", "ExperimentalSqlDataset", "ExperimentalLMDBDataset", "MatchingFilesDataset", "ExperimentalMatchingFiles", "SnapshotDataset",
    "SaveDatasetV", "LoadDatasetV", "DataService", "RegisterDatasetV", "DebugIdentity", "DebugNanCount", "DebugNumericSummary", "SnapshotNested",
];

/// Operations that save and restore variables.
const SAVERS: &[&str] = &[
    "SaveV2",
    "RestoreV2",
    "MergeV2Checkpoints",
    "ShardedFilename",
    "Save",
    "SaveSlices",
    "Restore",
    "RestoreSlice",
];

/// What an operation of this name is known for.
pub(super) fn standing(name: &str) -> Standing {
    // A graph may name an operation of another namespace by `>`.
    match name {
        "PrintV2" => Standing::Print,
        "DecodeProtoV2" | "EncodeProto" => Standing::Message,
        "InitializeTableFromTextFile" | "InitializeTableFromTextFileV2" => Standing::Table,
        _ if HARMLESS.binary_search(&name).is_ok() => Standing::Known,
        _ if SAVERS.contains(&name) => Standing::Saver,
        _ if DANGEROUS.contains(&name) => Standing::Dangerous,
        _ if FAMILIES.iter().any(|family| name.starts_with(family)) => Standing::Dangerous,
        _ => Standing::Unknown,
    }
}

/// What an operation is known for where it stands alone: what gives savers their places is not known there.
pub(crate) fn operation(name: &str) -> Use {
    match standing(name) {
        Standing::Known | Standing::Print => Use::Computes,
        Standing::Saver | Standing::Table | Standing::Dangerous => Use::Reaches,
        Standing::Message | Standing::Unknown => Use::Unknown,
    }
}

/// Whether `PrintV2` may write there.
pub(super) fn is_console(place: &str) -> bool {
    matches!(place, "stderr" | "stdout" | "log(info)" | "log(warning)" | "log(error)")
}

/// Whether messages may be described there: by the program, or by the text itself.
pub(super) fn is_inside(source: &str) -> bool {
    source == "local://" || source.starts_with("bytes://")
}

/// Whether a text is a path or address that leads out of a model.
pub(super) fn leads_out(text: &str) -> bool {
    let plain = text.len() > 1 && text.len() <= 1024 && !text.contains(char::is_whitespace);
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let address = scheme.is_some_and(|scheme| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let climbs = text.split(['/', '\\']).any(|part| part == "..");
    let rooted = |start: &str| text.strip_prefix(start).is_some_and(|rest| !rest.starts_with('/'));
    let drive = text.get(1..3) == Some(":\\");
    plain && (address || climbs || rooted("/") || text.starts_with("~/") || drive)
}

/// Whether a text is a part of the places that saving makes up: the name that it begins with, and what it appends.
pub(super) fn is_usual(text: &str) -> bool {
    let temporary = text.strip_prefix("_temp").and_then(|rest| rest.strip_suffix("/part"));
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_');
    matches!(text, "" | "model" | "part" | ".part") || temporary.is_some_and(plain)
}

/// Whether a path is one of the system, of somebody's secrets or of the web: where no model is made.
pub(super) fn is_system_path(path: &str) -> bool {
    const ROOTS: [&str; 10] =
        ["/etc/", "/proc/", "/sys/", "/dev/", "/boot/", "/run/", "http:", "https:", "ftp:", "~"];
    let hidden = |part: Option<&str>| part.is_some_and(|part| part.starts_with('.'));
    let mut parts = path.split(['/', '\\']);
    let secret = hidden(parts.clone().next_back())
        || parts.any(|part| matches!(part, "home" | "Users")) && hidden(parts.nth(1));
    let superuser = path.strip_prefix('/').and_then(|path| path.strip_prefix("root"));
    secret
        || superuser.is_some_and(|path| path.starts_with("/."))
        || ROOTS.iter().any(|root| path.starts_with(root))
}

/// Whether the texts of an attribute are names within the program, which may look like paths.
pub(super) fn is_inner_name(key: &str) -> bool {
    const NAMES: [&str; 9] = [
        "shared_name",
        "container",
        "_class",
        "debug_name",
        "tensor_array_name",
        "stack_name",
        "var_name",
        "frame_name",
        "message",
    ];
    NAMES.contains(&key)
}

/// Whether a device is one of another machine than that which loads the model.
pub(super) fn is_elsewhere(device: &str) -> bool {
    let jobs = device.split('/').filter_map(|part| part.strip_prefix("job:"));
    jobs.into_iter().any(|job| job != "localhost")
}
