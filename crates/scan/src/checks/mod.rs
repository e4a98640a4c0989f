//! Checks of model files and of digests, one to a file.

coseal_core::checks! {
    assets_unchanged::AssetsUnchanged,
    deployed_prompt_registered::DeployedPromptRegistered,
    model_facts_match::ModelFactsMatch,
    model_files_scanned::ModelFilesScanned,
    published_hashes_verify::PublishedHashesVerify,
    tools_pinned::ToolsPinned,
}
