//! How much it matters that something is not declared.

use coseal_core::fact::{Asset, AssetKind};

use super::address::host;
use crate::names::kebab;

/// How much it matters, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A prompt.
    Low,
    /// A dataset, a store, an agent, a service of one's own.
    Medium,
    /// A model, a tool, an MCP server, a service that takes data out.
    High,
}

/// Servers that are run by oneself unless an address says otherwise.
const OWN_SERVERS: [&str; 14] = [
    "ollama",
    "vllm",
    "tgi",
    "text-generation-inference",
    "llama-cpp",
    "llamacpp",
    "localai",
    "local-ai",
    "lm-studio",
    "triton",
    "torchserve",
    "mlflow",
    "xinference",
    "ray",
];

/// How much it matters that an asset is not declared.
#[must_use]
pub fn weight(asset: &Asset) -> Weight {
    match asset.kind {
        AssetKind::Model | AssetKind::Adapter | AssetKind::Tool | AssetKind::Mcp => Weight::High,
        AssetKind::Service if takes_data_out(asset) => Weight::High,
        AssetKind::Dataset | AssetKind::Store | AssetKind::Agent | AssetKind::Service => {
            Weight::Medium
        }
        AssetKind::Prompt | AssetKind::Library => Weight::Low,
    }
}

/// Whether what goes to a service leaves the organisation, as far as its address or name tells.
pub(crate) fn takes_data_out(asset: &Asset) -> bool {
    match asset.location.as_ref().and_then(host) {
        Some(host) => !is_near(&host),
        None => !OWN_SERVERS.contains(&kebab(&asset.name).as_str()),
    }
}

/// A host of this machine or network: a bare name, a private ending.
fn is_near(host: &str) -> bool {
    let private = [".local", ".internal", ".localhost", ".svc", ".lan"];
    !host.contains('.')
        || host.starts_with("127.")
        || host.starts_with("10.")
        || host.starts_with("192.168.")
        || private.iter().any(|ending| host.ends_with(ending))
}
