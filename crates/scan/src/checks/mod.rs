//! Checks of model files and of digests, one to a file.

coseal_core::checks! {
    assets_unchanged::AssetsUnchanged,
    model_facts_match::ModelFactsMatch,
    model_files_scanned::ModelFilesScanned,
}
