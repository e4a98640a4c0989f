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
    /// It runs code, or reaches files or addresses.
    Dangerous,
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
        "InitializeTableFromTextFile" | "InitializeTableFromTextFileV2" => Standing::Table,
        _ if HARMLESS.binary_search(&name).is_ok() => Standing::Known,
        _ if SAVERS.contains(&name) => Standing::Saver,
        _ if DANGEROUS.contains(&name) => Standing::Dangerous,
        _ if FAMILIES.iter().any(|family| name.starts_with(family)) => Standing::Dangerous,
        _ => Standing::Unknown,
    }
}

/// Whether `PrintV2` may write there.
pub(super) fn is_console(place: &str) -> bool {
    matches!(place, "stderr" | "stdout" | "log(info)" | "log(warning)" | "log(error)")
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
