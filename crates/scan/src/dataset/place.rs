//! What the folders around a file say of data.

/// Folders that hold data.
const DATA: [&str; 26] = [
    "data",
    "dataset",
    "datasets",
    "raw",
    "raw_data",
    "raw-data",
    "processed",
    "interim",
    "training_data",
    "training-data",
    "train",
    "val",
    "valid",
    "validation",
    "test_data",
    "eval_data",
    "evaluation_data",
    "finetune",
    "fine_tuning",
    "finetuning",
    "corpus",
    "corpora",
    "local_data",
    "sample_data",
    "input_data",
    "ground_truth",
];
/// Folders that hold sets of examples and nothing else.
const SETS: [&str; 6] =
    ["dataset", "datasets", "eval_data", "evaluation_data", "corpus", "corpora"];
/// Folders of documents that answers are drawn from.
const SOURCES: [&str; 9] = [
    "source_documents",
    "knowledge",
    "knowledge_base",
    "knowledge-base",
    "knowledgebase",
    "corpus",
    "kb",
    "source_docs",
    "rag_documents",
];
/// Folders of what is shown, translated, configured or documented.
const NEVER: [&str; 38] = [
    "node_modules",
    "site-packages",
    "dist-packages",
    ".venv",
    "venv",
    "locale",
    "locales",
    "i18n",
    "l10n",
    "lang",
    "translations",
    "assets",
    "static",
    "public",
    "icons",
    "fonts",
    "themes",
    ".github",
    ".vscode",
    ".idea",
    "migrations",
    "dashboards",
    "provisioning",
    "dist",
    "__snapshots__",
    "schemas",
    "schema",
    "docs",
    "doc",
    "cassettes",
    "mlruns",
    "__pycache__",
    "vendor",
    "third_party",
    "site",
    ".storybook",
    "messages",
    "images",
];

/// Whether a file lies in a folder that holds data.
pub(super) fn is_data(path: &str) -> bool {
    any(path, &DATA)
}

/// Whether a file lies in a folder that holds sets of examples and nothing else.
pub(super) fn is_set(path: &str) -> bool {
    any(path, &SETS)
}

/// Whether a file lies in a folder that holds what no dataset is of.
pub(super) fn is_never(path: &str) -> bool {
    let mut never = folders(path).filter(|part| NEVER.contains(&part.as_str())).peekable();
    // Pictures lie under `data/images` too; other folders of the list stay what they are.
    never.peek().is_some() && !(never.all(|part| part == "images") && is_data(path))
}

/// The folder of documents that answers are drawn from, around a file.
pub(super) fn source(path: &str) -> Option<&str> {
    let mut end = 0_usize;
    for part in path.split_inclusive('/') {
        end = end.saturating_add(part.len());
        let name = part.strip_suffix('/')?;
        if SOURCES.contains(&name.to_lowercase().as_str()) {
            return path.get(..end.saturating_sub(1));
        }
    }
    None
}

/// The innermost folder around a file that holds data.
pub(super) fn data_folder(path: &str) -> Option<&str> {
    let (mut end, mut found) = (0_usize, None);
    for part in path.split_inclusive('/') {
        end = end.saturating_add(part.len());
        let Some(name) = part.strip_suffix('/') else { break };
        if DATA.contains(&name.to_lowercase().as_str()) {
            found = path.get(..end.saturating_sub(1));
        }
    }
    found
}

/// The folder of a file, without the parts of a partitioned table (`day=1`).
pub(super) fn table_folder(path: &str) -> &str {
    let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    while let Some((around, last)) = folder.rsplit_once('/').filter(|(_, last)| last.contains('='))
    {
        let _ = last;
        folder = around;
    }
    folder
}

fn any(path: &str, names: &[&str]) -> bool {
    folders(path).any(|part| names.contains(&part.as_str()))
}

fn folders(path: &str) -> impl Iterator<Item = String> + '_ {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{data_folder, is_data, is_never, source, table_folder};

    #[test]
    fn folders_tell() {
        assert!(is_data("Data/x.csv") && is_data("a/raw/b/x.csv"));
        assert!(!is_data("data.csv") && !is_data("database/x.csv"));
        assert!(is_never("web/public/x.csv") && is_never("data/locales/x.json"));
        assert!(!is_never("data/images/1.png") && is_never("images/1.png"));
        assert_eq!(source("a/knowledge/b/x.pdf"), Some("a/knowledge"));
        assert_eq!(source("knowledge.pdf"), None);
        assert_eq!(data_folder("data/train/cat/1.jpg"), Some("data/train"));
        assert_eq!(table_folder("d/t/day=1/hour=2/x.parquet"), "d/t");
    }
}
