//! What settings name: models, addresses of providers, prompts, MCP servers.

mod data;
pub(crate) mod env_file;
pub(crate) mod flow;
pub(crate) mod key;
pub(crate) mod mcp;
pub(crate) mod pair;
pub(crate) mod prompt;
pub(crate) mod tool_schema;
pub(crate) mod tree;
