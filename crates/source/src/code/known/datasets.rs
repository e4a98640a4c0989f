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
    /// A name that the library knows.
    Library,
    /// A name in a service that keeps datasets.
    Named,
    /// An artefact of a service, of data where its `type` says so.
    Artifact,
    /// An address whatever it is called.
    Page,
    /// A pattern of paths: its folder.
    Pattern,
    /// A pattern of what lies below the path that it is called on.
    Below,
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

/// The call of a table that a full dotted name is.
pub(crate) fn known(dotted: &str) -> Option<&'static DataCall> {
    CALLS.iter().find(|known| known.pattern.fits(dotted))
}

const FIRST: &[&str] = &["0"];
const FILE: &[&str] = &["file_path", "filePath", "path", "0"];
const SET: &[&str] = &["dataset_name", "datasetName", "name"];
const SKLEARN: &[&str] = &["sklearn"];

/// The first that fits counts.
const CALLS: &[DataCall] = &[
    // Hubs and catalogues of libraries.
    row("load_dataset", &["seaborn"], From::Library, FIRST),
    row("load_dataset", &[], From::Hub, &["path", "0"]),
    row("load_dataset_builder", &["datasets"], From::Hub, &["path", "0"]),
    row("load_from_disk", &[], From::Folder, &["dataset_path", "0"]),
    row("MsDataset.load", &["modelscope"], From::Hub, &["dataset_name", "0"]),
    row("Dataset.from_*", &["datasets"], From::Folder, &["path_or_paths", "0"]),
    row("DatasetDict.from_*", &["datasets"], From::Folder, &["path_or_paths", "0"]),
    row("dataset_download*", &["kaggle"], From::Kaggle, &["handle", "0"]),
    row("dataset_load", &["kaggle"], From::Kaggle, &["1"]),
    row("dataset_download_file*", &[], From::Kaggle, &["dataset", "0"]),
    row("competition_download_file*", &[], From::Library, &["competition", "0"]),
    row("tfds.load", &[], From::Library, &["name", "0"]),
    row("load", &["tensorflow_datasets"], From::Library, &["name", "0"]),
    row("fetch_openml", SKLEARN, From::Library, &["name", "0"]),
    row("get_dataset", &["openml"], From::Library, FIRST),
    row("fetch_ucirepo", &["ucimlrepo"], From::Library, &["name", "id", "0"]),
    row("fetch_*", SKLEARN, From::Callee, &[]),
    row("load_iris", SKLEARN, From::Callee, &[]),
    row("load_diabetes", SKLEARN, From::Callee, &[]),
    row("load_digits", SKLEARN, From::Callee, &[]),
    row("load_wine", SKLEARN, From::Callee, &[]),
    row("load_breast_cancer", SKLEARN, From::Callee, &[]),
    row("load_linnerud", SKLEARN, From::Callee, &[]),
    row("load_boston", SKLEARN, From::Callee, &[]),
    row("nltk.download", &["nltk"], From::Library, &["info_or_id", "0"]),
    row("ImageFolder", &["torchvision"], From::Folder, &["root", "0"]),
    row("datasets.*", &["torchvision", "torchaudio", "torchtext"], From::Callee, &[]),
    row("datasets.*.load_data", &["keras", "tensorflow", "tf"], From::Callee, &[]),
    row("Planetoid", &["torch_geometric"], From::Library, &["name", "1"]),
    // Services that keep datasets by name.
    row("create_dataset", &["langsmith"], From::Named, &["dataset_name", "0"]),
    row("read_dataset", &["langsmith"], From::Named, SET),
    row("has_dataset", &["langsmith"], From::Named, SET),
    row("clone_public_dataset", &["langsmith"], From::Page, &["token_or_url", "0"]),
    row("list_examples", &["langsmith"], From::Named, &["dataset_name", "datasetName"]),
    row("create_examples", &["langsmith"], From::Named, SET),
    row("evaluate", &["langsmith"], From::Named, &["data"]),
    row("aevaluate", &["langsmith"], From::Named, &["data"]),
    row("evaluate", &["langsmith/evaluation"], From::Named, &["data"]),
    row("run_on_dataset", &["langsmith", "langchain"], From::Named, &["dataset_name"]),
    row("createDataset", &["langsmith"], From::Named, FIRST),
    row("get_dataset", &["langfuse"], From::Named, &["name", "0"]),
    row("create_dataset", &["langfuse"], From::Named, &["name", "0"]),
    row("getDataset", &["langfuse"], From::Named, FIRST),
    row("get_dataset", &["phoenix"], From::Named, &["name", "dataset"]),
    row("upload_dataset", &["phoenix"], From::Named, &["dataset_name"]),
    row("get_or_create_dataset", &["opik"], From::Named, &["name", "0"]),
    row("init_dataset", &["braintrust"], From::Named, &["name", "dataset"]),
    row("weave.Dataset", &["weave"], From::Named, &["name"]),
    row("use_artifact", &["wandb"], From::Artifact, &["artifact_or_name", "0"]),
    // Tables and files.
    row("read_csv", &[], From::Path, &["filepath_or_buffer", "0"]),
    row("read_parquet", &[], From::Path, &["path", "0"]),
    row("read_json", &["pandas", "pd", "polars", "ray", "dask", "geopandas"], From::Folder, FIRST),
    row("read_excel", &[], From::Path, &["io", "0"]),
    row("read_feather", &[], From::Path, FIRST),
    row("read_table", &["pandas", "pyarrow"], From::Path, FIRST),
    row("read_pickle", &["pandas"], From::Path, FIRST),
    row("scan_parquet", &[], From::Path, FIRST),
    row("scan_csv", &[], From::Path, FIRST),
    row("read.csv", &[], From::Path, &["path", "0"]),
    row("read.parquet", &[], From::Path, &["path", "0"]),
    row("read.json", &[], From::Path, &["path", "0"]),
    row("data.from_*", &["mlflow"], From::Path, &["source"]),
    row("from_csv", &[], From::Path, &["file_path", "0"]),
    row("numpy.load", &["numpy"], From::Path, &["file", "0"]),
    row("loadtxt", &["numpy"], From::Path, &["fname", "0"]),
    row("genfromtxt", &["numpy"], From::Path, &["fname", "0"]),
    row("load_svmlight_file", &[], From::Path, FIRST),
    row("DMatrix", &["xgboost"], From::Path, FIRST),
    row("TextLineDataset", &["tensorflow", "tf"], From::Path, FIRST),
    row("TFRecordDataset", &["tensorflow", "tf"], From::Path, FIRST),
    row("download_file", &["boto3"], From::Path, &["Key", "1"]),
    // Documents that answers are drawn from.
    row("SimpleDirectoryReader", &[], From::Folder, &["input_dir", "input_files", "0"]),
    row("loadData", &["llamaindex", "@llamaindex"], From::Folder, &["directoryPath", "0"]),
    row("PyPDFDirectoryLoader", &[], From::Folder, &["path", "0"]),
    row("ObsidianLoader", &[], From::Folder, &["path", "0"]),
    row("*WebBaseLoader", &[], From::Page, &["web_paths", "web_path", "urls", "0"]),
    row("SitemapLoader", &[], From::Page, &["web_path", "0"]),
    row("RecursiveUrlLoader", &[], From::Page, &["url", "0"]),
    row("*URLLoader", &[], From::Page, &["urls", "0"]),
    row("OnlinePDFLoader", &[], From::Page, FILE),
    row("*DirectoryLoader", &[], From::Folder, &["path", "0"]),
    row("GenericLoader.from_filesystem", &[], From::Folder, &["path", "0"]),
    row("CSVLoader", &[], From::Folder, FILE),
    row("JSONLoader", &[], From::Folder, FILE),
    row("PDFLoader", &["langchain", "@langchain"], From::Folder, FILE),
    row("DocxLoader", &["langchain", "@langchain"], From::Folder, FILE),
    row("PyPDFLoader", &[], From::Folder, FILE),
    row("PyPDFium2Loader", &[], From::Folder, FILE),
    row("PyMuPDFLoader", &[], From::Folder, FILE),
    row("PDFPlumberLoader", &[], From::Folder, FILE),
    row("PDFMinerLoader", &[], From::Folder, FILE),
    row("Docx2txtLoader", &[], From::Folder, FILE),
    row("BSHTMLLoader", &[], From::Folder, FILE),
    row("TextLoader", &[], From::Folder, FILE),
    row("Unstructured*", &["langchain"], From::Folder, FILE),
    row("image_dataset_from_directory", &[], From::Folder, &["directory", "0"]),
    row("flow_from_directory", &[], From::Folder, &["directory", "0"]),
    row("text_dataset_from_directory", &[], From::Folder, &["directory", "0"]),
    row("glob.*", &["glob"], From::Pattern, &["pathname", "0"]),
    row("globSync", &[], From::Pattern, FIRST),
    row("*.glob", &["pathlib"], From::Below, FIRST),
    row("*.rglob", &["pathlib"], From::Below, FIRST),
    // Fetched.
    row("urlretrieve", &[], From::Path, &["url", "0"]),
    row("get_file", &["keras", "tensorflow", "tf"], From::Path, &["origin", "1"]),
    row("requests.get", &["requests"], From::Path, &["url", "0"]),
    row("httpx.get", &["httpx"], From::Path, &["url", "0"]),
    row("wget.download", &["wget"], From::Path, &["url", "0"]),
    row("open", &[], From::Path, &["file", "0"]),
    row("readFileSync", &[], From::Path, FIRST),
    row("readFile", &[], From::Path, FIRST),
    row("read_text", &[], From::Path, &[]),
];

/// What a library fetches to take texts apart; nobody learns from it.
const TOOLS: [&str; 9] = [
    "punkt",
    "punkt_tab",
    "stopwords",
    "wordnet",
    "omw-1.4",
    "averaged_perceptron_tagger",
    "averaged_perceptron_tagger_eng",
    "vader_lexicon",
    "words",
];

/// Whether a name is of what a library fetches to take texts apart.
pub(crate) fn is_tool_of_text(name: &str) -> bool {
    TOOLS.contains(&name)
}

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

/// Whether a path, there or not, is one of data: by its suffix, by what it is called, or by the folder that it lies in.
pub(crate) fn is_data_path(path: &str) -> bool {
    let path = path.trim_start_matches("./");
    let odd = path.contains("://") || path.starts_with(['/', '~', '-']);
    let folder = path.split('/').next().unwrap_or_default();
    let below = matches!(folder, "data" | "dataset" | "datasets" | "corpus") && path.contains('/');
    !odd && (is_data(path) || is_called_data(path) || below && !path.ends_with(".py"))
}

/// Whether a file of records or text is data by what it is called.
pub(crate) fn is_called_data(path: &str) -> bool {
    const SAYS: [&str; 19] = [
        "dataset",
        "question",
        "ground_truth",
        "ground-truth",
        "golden",
        "testset",
        "test_set",
        "testcases",
        "test_cases",
        "eval_set",
        "faq",
        "corpus",
        "alpaca",
        "train",
        "examples",
        "knowledge",
        "qa_pairs",
        "documents",
        "cases",
    ];
    let lower = path.to_lowercase();
    let file = lower.rsplit('/').next().unwrap_or_default();
    let Some((stem, suffix)) = file.rsplit_once('.') else { return false };
    let records = matches!(suffix, "json" | "yaml" | "yml" | "txt" | "jsonl" | "xml");
    let of_run =
        ["config", "schema", "prompt", "result", "output", "trainer", "training_args", "log"];
    let aside = ["template", "prompt", "locale", "config"].iter().any(|word| lower.contains(word));
    records
        && !aside
        && SAYS.iter().any(|word| stem.contains(word))
        && !of_run.iter().any(|word| stem.contains(word))
}

/// Whether a text file lies where data lies.
pub(crate) fn is_in_data_folder(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    folders.any(|part| {
        matches!(part, "data" | "dataset" | "datasets" | "corpus" | "knowledge" | "documents")
    })
}
