//! Where assets outside the repository are on this machine.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;

/// Usual name of the resolver file. It belongs to one machine, is not committed, and is read only when somebody names
/// it on the command line: one that lies in an inspected folder could point anywhere.
pub const RESOLVER_FILE_NAME: &str = "coseal.local.toml";

/// Paths on this machine of assets whose location is not a `path:`. Its paths are read, and never shown.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Resolver {
    /// Element (`model.chat`) to a file or folder.
    #[serde(default)]
    local: BTreeMap<String, PathBuf>,
}

impl Resolver {
    /// Reads the text of a resolver file.
    ///
    /// # Errors
    /// What is wrong, without any of the file's text.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|_| {
            format!("{RESOLVER_FILE_NAME} is not a table [local] of \"kind.id\" = \"path\" lines")
        })
    }

    /// Where an element is on this machine.
    #[must_use]
    pub fn path(&self, element: &str) -> Option<&PathBuf> {
        self.local.get(element)
    }
}

#[cfg(test)]
mod tests {
    use super::Resolver;

    #[test]
    fn reads_its_table_and_shows_no_path_in_errors() {
        let resolver = Resolver::read("[local]\n\"model.chat\" = \"/srv/chat.gguf\"\n").unwrap();
        assert!(resolver.path("model.chat").is_some());
        let error = Resolver::read("[locl]\nx = \"/home/someone\"").unwrap_err();
        assert!(!error.contains("someone"));
    }
}
