//! What commands share that judge a folder.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use coseal_assure::{
    evidence::{Depth, Evidence},
    trust::Keyring,
};
use coseal_core::{
    exit::ExitCode,
    system::{FILE_NAME, Resolver, System},
    tree::{ReadError, read_text},
};
use jiff::civil::Date;

use crate::{
    cache::FileCache,
    inspect::{Inspected, inspect_cached},
    places::{PlaceError, Places},
    progress::Progress,
};

/// What is told instead of a result, and how the run ends.
pub(super) type Failed = (String, ExitCode);

/// What is looked at, and how.
pub(super) struct Look<'a> {
    pub(super) path: &'a Path,
    pub(super) as_of: Date,
    pub(super) local: Option<&'a Path>,
    pub(super) full: bool,
    /// Whether digests of large files that did not change are taken from the cache.
    pub(super) cache: bool,
    pub(super) quiet: bool,
}

impl Look<'_> {
    /// The folder, and what is in it.
    ///
    /// # Errors
    /// If it can't be looked at, or the file of `--local` can't be read.
    pub(super) fn run(&self) -> Result<(PathBuf, Inspected), Failed> {
        let root = folder(self.path);
        let resolver = self.local.map(read_resolver).transpose().map_err(|why| {
            (format!("failed to read the file of --local: {why}"), ExitCode::Environment)
        })?;
        let resolver = resolver.unwrap_or_default();
        let progress = Progress::new(self.quiet);
        let mut cache = FileCache::open(self.cache, &root);
        let inspected =
            inspect_cached(&root, self.as_of, &resolver, self.full, &mut cache, &progress);
        cache.save();
        let inspected =
            inspected.map_err(|error| (not_looked_at(&error), ExitCode::Environment))?;
        Ok((root, inspected))
    }
}

fn not_looked_at(error: &ReadError) -> String {
    match error {
        ReadError::NotRegular => {
            "failed to look at PATH: it is not a folder; for a model file use coseal scan"
                .to_owned()
        }
        error => format!("failed to look at PATH: {error}"),
    }
}

/// Puts what people decided to the facts, by what is on record and whose word counts. What is on record, and whether there is a
/// trust root; none without a system.
///
/// # Errors
/// If the environment is none of the system's, or trust root or store can't be read.
pub(super) fn read_back(
    places: &Places,
    root: &Path,
    asked: Option<&str>,
    inspected: &mut Inspected,
) -> Result<Option<(Evidence, bool)>, Failed> {
    let Some(system) = inspected.facts.system.clone() else {
        inspected.decided(&Keyring::unknown(), &BTreeSet::new());
        return Ok(None);
    };
    let environment = environment(asked, &system).map_err(|why| (why, ExitCode::Usage))?;
    inspected.facts.environment = environment;
    let id = &system.system.id;
    let trust = places.root(id, Some(root)).map_err(|error| refused(&error))?;
    let as_of = inspected.facts.as_of;
    let evidence = places
        .evidence(id, trust.as_ref(), as_of, Depth::Checkpoint)
        .map_err(|error| refused(&error))?;
    inspected.decided(&evidence.keyring, &evidence.standing());
    Ok(Some((evidence, trust.is_some())))
}

pub(super) fn refused(error: &PlaceError) -> Failed {
    (error.to_string(), error.exit_code())
}

/// The environment that the run is about: the one asked for, or none.
fn environment(asked: Option<&str>, system: &System) -> Result<Option<String>, String> {
    let declared = &system.system.environments;
    match asked {
        Some(asked) if declared.contains(asked) => Ok(Some(asked.to_owned())),
        Some(_) => {
            let declared: Vec<_> = declared.iter().map(String::as_str).collect();
            Err(format!("--environment names none of the system's: {}", declared.join(", ")))
        }
        None => Ok(None),
    }
}

/// The folder that a path names: itself, or that of the system file.
pub(super) fn folder(path: &Path) -> PathBuf {
    let root = match path.file_name() {
        Some(name) if name == FILE_NAME && path.is_file() => {
            path.parent().map(PathBuf::from).unwrap_or_default()
        }
        _ => path.to_owned(),
    };
    if root.as_os_str().is_empty() { PathBuf::from(".") } else { root }
}

pub(super) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write a day as YYYY-MM-DD")
}

pub(super) fn read_resolver(path: &Path) -> Result<Resolver, String> {
    let text = read_text(path).map_err(|error| error.to_string())?;
    Resolver::read(&text)
}
