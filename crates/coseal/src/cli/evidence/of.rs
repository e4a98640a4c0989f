//! Which system a command is about.

use std::path::PathBuf;

use coseal_assure::evidence::Origin;
use coseal_core::{
    exit::ExitCode,
    system::{self, System},
    tree::Tree,
};

use crate::{
    cli::{complain, judging::folder},
    places::PlaceError,
};

/// The system that a command is about: that of a folder, or one by its id.
#[derive(Debug, clap::Args)]
pub(super) struct Of {
    /// Folder of the AI system.
    #[arg(long = "in", value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// Id of the system, where its folder is not at hand.
    #[arg(long, value_name = "ID", conflicts_with = "path")]
    pub(super) system: Option<String>,
}

impl Of {
    /// Its id.
    pub(super) fn id(&self) -> Result<String, ExitCode> {
        match &self.system {
            Some(id) => checked(id),
            None => Ok(self.read()?.system.id),
        }
    }

    /// The folder, where the system is named by one.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.system.is_none().then(|| folder(&self.path))
    }

    /// What its system file says.
    pub(super) fn read(&self) -> Result<System, ExitCode> {
        let folder = folder(&self.path);
        let text = Tree::open(&folder).and_then(|tree| tree.text(system::FILE_NAME)).map_err(|error| {
            complain(&format!(
                "failed to read coseal.toml: {error}. Name the folder of the system by --in PATH, or the system by --system ID"
            ));
            ExitCode::Environment
        })?;
        system::read(&text).system.ok_or_else(|| {
            complain("the system file has errors: coseal check shows them");
            ExitCode::InvalidSystemFile
        })
    }
}

/// The id, if it can be one: it becomes the name of a folder.
pub(super) fn checked(id: &str) -> Result<String, ExitCode> {
    if Origin::of_key(id, &[0; 32]).is_plain() {
        return Ok(id.to_owned());
    }
    complain(
        "--system wants the id of a system: lower-case letters, digits, `-` and `_`, 64 at most. `id` in coseal.toml says it",
    );
    Err(ExitCode::Usage)
}

/// Says what went wrong and how the command ends.
pub(super) fn failed(error: impl Into<PlaceError>) -> ExitCode {
    let error = error.into();
    complain(&error.to_string());
    error.exit_code()
}
