//! Where evidence, trust and memory are: from the command line, the environment, or the user's own folders. Never
//! from the folder that is judged.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use coseal_assure::{
    evidence::{Depth, Evidence, LogFolder, Origin, Question, Store, StoreError},
    trust::{Root, Seen},
};
use coseal_core::{exit::ExitCode, tree::read_text};
use coseal_sign::key::Ed25519Key;
use jiff::civil::Date;

use crate::clock;

/// Options of every command that reads or writes evidence.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Places {
    /// Folder of the evidence store [env: COSEAL_STORE; default: a folder of the user's, outside of any repository].
    #[arg(long, value_name = "DIR", help_heading = "Evidence")]
    pub(crate) store: Option<PathBuf>,
    /// Trust root: whose signatures count. It has to come from outside the folder that is judged
    /// [env: COSEAL_TRUST; default: trust/SYSTEM.toml in the user's configuration].
    #[arg(long, value_name = "FILE", help_heading = "Evidence")]
    pub(crate) trust: Option<PathBuf>,
    /// Folder that remembers the last checkpoint seen of each log [env: COSEAL_SEEN].
    #[arg(long, value_name = "DIR", help_heading = "Evidence")]
    pub(crate) seen: Option<PathBuf>,
}

/// Why evidence can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The trust root lies in what it would judge.
    #[error(
        "the trust root lies in the folder that is judged, or in its repository: whoever changes them can change it too, so a copy there is a proposal. Give one from outside"
    )]
    TrustInside,
    /// A file can't be read.
    #[error("failed to read {what}: {why}")]
    Unreadable {
        /// Which file.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// Neither was a place given, nor has the user a folder.
    #[error("there is no folder for {0}: give one on the command line")]
    NoFolder(&'static str),
    /// The store failed.
    #[error("failed to read the evidence: {0}")]
    Store(#[from] StoreError),
    /// Recording failed.
    #[error("failed to record: {0}")]
    Record(StoreError),
}

impl PlaceError {
    /// How a command ends that fails on it.
    #[must_use]
    pub const fn exit_code(&self) -> ExitCode {
        match self {
            Self::Store(error) | Self::Record(error) if error.is_integrity() => ExitCode::Integrity,
            Self::TrustInside | Self::NoFolder(_) => ExitCode::Usage,
            _ => ExitCode::Environment,
        }
    }
}

impl Places {
    /// The evidence store.
    ///
    /// # Errors
    /// If none is given and the user has no folder for it.
    pub fn store(&self) -> Result<Store, PlaceError> {
        let given = self.store.clone().or_else(|| variable("COSEAL_STORE").map(PathBuf::from));
        let folder =
            given.or_else(|| Some(user_folder("XDG_DATA_HOME", ".local/share")?.join("evidence")));
        folder.map(Store::new).ok_or(PlaceError::NoFolder("the evidence store"))
    }

    /// What is remembered of logs; none where nothing can be.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        let given = self.seen.clone().or_else(|| variable("COSEAL_SEEN").map(PathBuf::from));
        given
            .or_else(|| Some(user_folder("XDG_STATE_HOME", ".local/state")?.join("seen")))
            .map(Seen::new)
    }

    /// The trust root for a system, if there is one. `judged` is the folder that is judged.
    ///
    /// # Errors
    /// If it can't be read, is for another system, or lies in the folder that is judged or in the repository of that.
    pub fn root(&self, system: &str, judged: Option<&Path>) -> Result<Option<Root>, PlaceError> {
        let given = self.trust.clone().or_else(|| variable("COSEAL_TRUST").map(PathBuf::from));
        let path = match given {
            Some(path) => path,
            None => {
                let own = user_folder("XDG_CONFIG_HOME", ".config")
                    .map(|folder| folder.join("trust").join(format!("{system}.toml")));
                match own.filter(|path| path.is_file()) {
                    Some(path) => path,
                    None => return Ok(None),
                }
            }
        };
        if judged.is_some_and(|judged| lies_in(&path, judged)) {
            return Err(PlaceError::TrustInside);
        }
        let unreadable = |why: String| PlaceError::Unreadable { what: "the trust root", why };
        let text = read_text(&path).map_err(|error| unreadable(error.to_string()))?;
        let root = Root::read(&text).and_then(|root| root.for_system(system));
        root.map(Some).map_err(|error| unreadable(error.to_string()))
    }

    /// Reads and judges the evidence of a system, and remembers what was seen of each log that is intact.
    ///
    /// # Errors
    /// If the store can't be listed, or what should be remembered can't be written.
    pub fn evidence(
        &self,
        system: &str,
        root: Option<&Root>,
        as_of: Date,
        depth: Depth,
    ) -> Result<Evidence, PlaceError> {
        let store = match self.store() {
            Ok(store) => store,
            // Who has no folder has no evidence yet: only recording needs one.
            Err(PlaceError::NoFolder(_)) => return Ok(Evidence::none(root)),
            Err(error) => return Err(error),
        };
        let seen = self.seen();
        let question = Question { system, root, seen: seen.as_ref(), as_of, depth };
        let evidence = Evidence::read(&store, question)?;
        if let Some(seen) = seen {
            evidence.remember(&seen)?;
        }
        Ok(evidence)
    }
}

impl Places {
    /// The log that a key writes for a system, to add to it. `judged` is the folder that is judged.
    ///
    /// # Errors
    /// If it is not intact, or not what was seen of it before: whatever is added then would sign a second history.
    pub fn log_to_add_to(
        &self,
        system: &str,
        judged: Option<&Path>,
        key: &Ed25519Key,
    ) -> Result<LogFolder, PlaceError> {
        let root = self.root(system, judged)?;
        let mut evidence =
            self.evidence(system, root.as_ref(), clock::today(), Depth::Checkpoint)?;
        let origin = Origin::of_key(system, &key.public());
        match evidence.take_error(&origin) {
            Some(error) => Err(PlaceError::Record(error)),
            None => Ok(self.store()?.log(&origin)),
        }
    }
}

/// The key that records: from a file, or from the variable `COSEAL_KEY`, which holds the name of a file or, as
/// CI systems keep their secrets, the text of the key. None when there is none, as in a fork's pull request.
///
/// # Errors
/// If there is one and it can't be used.
pub fn recording_key(file: Option<&Path>) -> Result<Option<Ed25519Key>, PlaceError> {
    let unreadable = |why: String| PlaceError::Unreadable { what: "the key", why };
    let text = match (file, variable("COSEAL_KEY")) {
        (Some(file), _) => read_text(file).map_err(|error| unreadable(error.to_string()))?,
        (None, None) => return Ok(None),
        (None, Some(value)) if value.trim_start().starts_with("-----BEGIN") => {
            // Some CI systems drop the newline at the end of a secret.
            format!("{}\n", value.trim())
        }
        (None, Some(file)) => {
            read_text(Path::new(&file)).map_err(|error| unreadable(error.to_string()))?
        }
    };
    Ed25519Key::from_openssh(&text).map(Some).map_err(|error| unreadable(error.to_string()))
}

/// The folder of what is remembered of files, for speed alone: `COSEAL_CACHE`, or one of the user's. None where the user has none, or
/// it lies in the folder that is looked at.
pub(crate) fn cache(looked_at: &Path) -> Option<PathBuf> {
    let given = variable("COSEAL_CACHE").map(PathBuf::from);
    let folder = given.or_else(|| user_folder("XDG_CACHE_HOME", ".cache"))?;
    let tree = fs::canonicalize(looked_at).ok()?;
    // It may not be there yet: then the nearest folder above that is says where it would be.
    let above = folder.ancestors().find_map(|above| {
        let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        fs::canonicalize(here).ok()
    });
    above.is_some_and(|above| !above.starts_with(&tree)).then_some(folder)
}

/// A variable of the environment; none when it is empty, as CI sets secrets that a fork may not have.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// A folder of the user's for coseal, by the XDG base directory specification; on Windows one below %LOCALAPPDATA%.
fn user_folder(variable_name: &str, below_home: &str) -> Option<PathBuf> {
    let xdg = variable(variable_name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || Some(PathBuf::from(variable("HOME")?).join(below_home));
    let local = || variable("LOCALAPPDATA").map(PathBuf::from);
    Some(xdg.or_else(home).or_else(local)?.join("coseal"))
}

/// Whether a file lies in a folder or in the work tree of version control that the folder is part of, by its name or by
/// where links lead.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else { return false };
    let tree = folder.ancestors().find(|above| {
        [".git", ".hg", ".svn", ".jj"].iter().any(|store| above.join(store).exists())
    });
    let whole = tree.unwrap_or(&folder);
    let by_name = path.parent().and_then(|parent| {
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        fs::canonicalize(parent).ok()
    });
    [by_name, fs::canonicalize(path).ok()].into_iter().flatten().any(|path| path.starts_with(whole))
}
