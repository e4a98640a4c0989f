//! Calls that load data.

use super::pattern::Pattern;

/// Where the name of the data leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// A dataset of the hub, or of a library's own catalogue under this name.
    Hub,
    /// A dataset of Kaggle.
    Kaggle,
    /// The last part of what is called is its name: `datasets.MNIST`, `load_iris`.
    Callee,
    /// A file, folder or address.
    Path,
    /// A folder or address whatever it is called.
    Folder,
    /// A name that the library knows, under this prefix.
    Library(&'static str),
}

/// A call that loads data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataCall {
    /// What is called.
    pub(crate) pattern: Pattern,
    /// Where the name leads.
    pub(crate) from: From,
    /// Keywords, or places counted from 0.
    pub(crate) arguments: &'static [&'static str],
}

const fn row(
    call: &'static str,
    of: &'static [&'static str],
    from: From,
    arguments: &'static [&'static str],
) -> DataCall {
    DataCall { pattern: Pattern { call, of }, from, arguments }
}

/// The first that fits counts.
pub(crate) const CALLS: &[DataCall] = &[
    row("load_dataset", &[], From::Hub, &["path", "0"]),
    row("load_dataset_builder", &["datasets"], From::Hub, &["path", "0"]),
    row("dataset_download*", &["kaggle"], From::Kaggle, &["handle", "0"]),
    row("dataset_load", &["kaggle"], From::Kaggle, &["1"]),
    row("tfds.load", &[], From::Library("tfds:"), &["name", "0"]),
    row("load", &["tensorflow_datasets"], From::Library("tfds:"), &["name", "0"]),
    row("fetch_openml", &["sklearn"], From::Library("openml:"), &["name", "0"]),
    row("fetch_*", &["sklearn"], From::Callee, &[]),
    row("load_iris", &["sklearn"], From::Callee, &[]),
    row("load_diabetes", &["sklearn"], From::Callee, &[]),
    row("load_digits", &["sklearn"], From::Callee, &[]),
    row("load_wine", &["sklearn"], From::Callee, &[]),
    row("load_breast_cancer", &["sklearn"], From::Callee, &[]),
    row("load_linnerud", &["sklearn"], From::Callee, &[]),
    row("load_boston", &["sklearn"], From::Callee, &[]),
    row("sns.load_dataset", &["seaborn"], From::Library("seaborn:"), &["0"]),
    row("ImageFolder", &["torchvision"], From::Folder, &["root", "0"]),
    row("datasets.*", &["torchvision", "torchaudio", "torchtext"], From::Callee, &[]),
    row("datasets.*.load_data", &["keras", "tensorflow", "tf"], From::Callee, &[]),
    row("read_csv", &[], From::Path, &["filepath_or_buffer", "0"]),
    row("read_parquet", &[], From::Path, &["path", "0"]),
    row("read_json", &["pandas", "pd", "polars", "ray", "dask"], From::Path, &["0"]),
    row("read_excel", &[], From::Path, &["io", "0"]),
    row("read_feather", &[], From::Path, &["0"]),
    row("read_table", &["pandas", "pyarrow"], From::Path, &["0"]),
    row("read_pickle", &["pandas"], From::Path, &["0"]),
    row("scan_parquet", &[], From::Path, &["0"]),
    row("scan_csv", &[], From::Path, &["0"]),
    row("load", &["numpy"], From::Path, &["file", "0"]),
    row("loadtxt", &["numpy"], From::Path, &["fname", "0"]),
    row("genfromtxt", &["numpy"], From::Path, &["fname", "0"]),
    row("CSVLoader", &[], From::Path, &["file_path", "0"]),
    row("JSONLoader", &[], From::Path, &["file_path", "0"]),
    row("PyPDFLoader", &[], From::Path, &["file_path", "0"]),
    row("TextLoader", &[], From::Path, &["file_path", "0"]),
    row("Unstructured*Loader", &[], From::Path, &["file_path", "0"]),
    row("PyPDFDirectoryLoader", &[], From::Folder, &["path", "0"]),
    row("DirectoryLoader", &[], From::Folder, &["path", "0"]),
    row("SimpleDirectoryReader", &[], From::Folder, &["input_dir", "0"]),
    row("image_dataset_from_directory", &[], From::Folder, &["directory", "0"]),
    row("flow_from_directory", &[], From::Folder, &["directory", "0"]),
    row("text_dataset_from_directory", &[], From::Folder, &["directory", "0"]),
    row("WebBaseLoader", &[], From::Path, &["web_paths", "web_path", "0"]),
    row("urlretrieve", &[], From::Path, &["url", "0"]),
    row("open", &[], From::Path, &["file", "0"]),
];

/// Suffixes of files that hold data.
const SUFFIXES: &[&str] = &[
    "csv", "tsv", "parquet", "jsonl", "ndjson", "arrow", "feather", "npy", "npz", "h5", "hdf5",
    "xlsx", "xls", "csv.gz", "tfrecord", "pdf", "avro", "orc", "libsvm", "data",
];

/// Whether a path or address ends as data does.
pub(crate) fn is_data(path: &str) -> bool {
    let lower = path.to_lowercase();
    let name = lower.split(['?', '#']).next().unwrap_or_default();
    SUFFIXES.iter().any(|suffix| name.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether a text file lies where data lies.
pub(crate) fn is_in_data_folder(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    folders.any(|part| {
        matches!(part, "data" | "dataset" | "datasets" | "corpus" | "knowledge" | "documents")
    })
}
