//! All model files of a system.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use coseal_core::{
    fact::{Artefact, AssetKind, LockFact},
    lock::{Candidate, Declared, candidates},
    outcome::Gap,
    system::{Resolver, System},
    tree::{FileEntry, ReadError, Tree, Walk},
};

use crate::{
    bytes::{Alone, Beside, FileBytes, Walked},
    inspect_anyway_in, inspect_in,
    parallel::{in_order, workers},
};

/// What a survey found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Model files, by path.
    pub artefacts: BTreeMap<String, Artefact>,
    /// Files that could not be looked at.
    pub gaps: Vec<Gap>,
    /// Elements of which a model file was found.
    seen: BTreeSet<String>,
}

/// Looks at every file of the walk, and at models elsewhere that the resolver knows. `progress` is told what is being looked at.
#[must_use]
pub fn survey(
    tree: &Tree,
    walk: &Walk,
    system: Option<&System>,
    resolver: &Resolver,
    progress: &(dyn Fn(&str, u64) + Sync),
) -> Survey {
    let mut survey = Survey::default();
    let mut models = candidates(Declared::of(system), &[], &LockFact::default());
    models.retain(is_model);
    let around = Around::of(&models);
    let looked = in_order(&walk.files, workers(), |file| {
        progress(&file.name, 0);
        look_at(file, &Walked::new(&walk.files, &file.name), false)
    });
    for (file, looked) in walk.files.iter().zip(looked) {
        survey.add(file, &around.at(&file.name), looked);
    }
    for model in &models {
        let files = bytes_of(tree, resolver, model);
        survey.look_at_model(model, files.as_deref().unwrap_or_default(), walk);
    }
    survey.left_out(walk, &around);
    survey.gaps.sort();
    survey.gaps.dedup();
    survey
}

impl Survey {
    /// Adds what came of a file.
    fn add(&mut self, file: &FileEntry, elements: &[String], looked: Looked) {
        match looked {
            Err(error) => {
                self.gaps.push(Gap { what: file.name.clone(), why: error.to_string() });
            }
            Ok(None) => {}
            Ok(Some(mut artefact)) => {
                artefact.elements = elements.to_vec();
                self.seen.extend(elements.iter().cloned());
                self.artefacts.insert(file.name.clone(), artefact);
            }
        }
    }

    /// What is declared to be a model, in this folder or elsewhere on this machine.
    fn look_at_model(&mut self, asset: &Candidate, files: &[FileEntry], walk: &Walk) {
        if asset.path().is_some() {
            return self.must_be_models(&asset.name, files, walk);
        }
        for file in files {
            let beside = Walked::new(files, &file.name);
            self.add(file, std::slice::from_ref(&asset.name), look_at(file, &beside, true));
        }
    }

    /// What is left out of the walk may be part of a model.
    fn left_out(&mut self, walk: &Walk, around: &Around<'_>) {
        for left_out in &walk.left_out {
            let inside = around.at(left_out).into_iter().filter(|_| left_out.contains('/'));
            for element in inside {
                let why = format!("it is left out, and part of {element}");
                self.gaps.push(Gap { what: left_out.clone(), why });
            }
        }
    }

    /// A file declared to be a model is judged as one, also when it looks like nothing known. In a
    /// folder, what looks like no model is left alone if something else there does.
    fn must_be_models(&mut self, element: &str, files: &[FileEntry], walk: &Walk) {
        if self.seen.contains(element) {
            return;
        }
        let paths: Vec<&Path> = files.iter().map(|file| file.path.as_path()).collect();
        for file in walk.files.iter().filter(|file| paths.contains(&file.path.as_path())) {
            self.add(file, &[element.to_owned()], look_at(file, &Alone, true));
        }
    }
}

/// What came of a file: nothing where it is no model file.
type Looked = Result<Option<Artefact>, ReadError>;

fn look_at(file: &FileEntry, beside: &dyn Beside, anyway: bool) -> Looked {
    let bytes = FileBytes::open(&file.path)?;
    Ok(if anyway {
        Some(inspect_anyway_in(&file.name, &bytes, beside))
    } else {
        inspect_in(&file.name, &bytes, beside)
    })
}

/// Whether it is a model of the system file, or of that kind.
const fn is_model(asset: &Candidate) -> bool {
    matches!(asset.kind, AssetKind::Model | AssetKind::Adapter)
}

/// The files of an asset, or why there is none.
pub(crate) fn bytes_of(
    tree: &Tree,
    resolver: &Resolver,
    asset: &Candidate,
) -> Result<Vec<FileEntry>, String> {
    let found: PathBuf = match asset.path() {
        Some(path) => tree.find(path).map_err(|error| error.to_string())?.0,
        None => resolver
            .path(&asset.name)
            .cloned()
            .ok_or("its bytes are elsewhere; say where with --local")?,
    };
    let mut files = files_of(&asset.measured_as(), &found).map_err(|error| error.to_string())?;
    if asset.path() == Some(".") {
        files.retain(|file| !is_written_here(file, &found));
    }
    Ok(files)
}

/// Whether a file says what the folder's digest is: it can't be part of it.
fn is_written_here(file: &FileEntry, root: &Path) -> bool {
    ["coseal.toml", "coseal.lock"].iter().any(|name| file.path == root.join(name))
}

/// Where models are declared to be: elements by path.
struct Around<'a>(BTreeMap<&'a str, Vec<String>>);

impl<'a> Around<'a> {
    fn of(assets: &'a [Candidate]) -> Self {
        let mut at: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for asset in assets {
            if let Some(path) = asset.path() {
                let path = if path == "." { "" } else { path };
                at.entry(path).or_default().push(asset.name.clone());
            }
        }
        Self(at)
    }

    /// Elements whose location is this file, or a folder around it.
    fn at(&self, name: &str) -> Vec<String> {
        let mut elements: Vec<String> = self.0.get("").into_iter().flatten().cloned().collect();
        let ends = name.match_indices('/').map(|(end, _)| end).chain([name.len()]);
        for end in ends {
            let around = name.get(..end).unwrap_or_default();
            elements.extend(self.0.get(around).into_iter().flatten().cloned());
        }
        elements.sort();
        elements.dedup();
        elements
    }
}

/// The files of an asset, named so that no path of this machine shows.
fn files_of(element: &str, found: &Path) -> Result<Vec<FileEntry>, ReadError> {
    let metadata = found.metadata()?;
    if metadata.is_dir() {
        let walk = Tree::open(found)?.walk();
        if !walk.gaps.is_empty() {
            return Err(ReadError::NotRegular);
        }
        let name = |file: FileEntry| FileEntry { name: format!("{element}/{}", file.name), ..file };
        return Ok(walk.files.into_iter().map(name).collect());
    }
    let file_name =
        found.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = coseal_core::plain::plain(&format!("{element}/{file_name}"), 300);
    Ok(vec![FileEntry { name, path: found.to_owned(), size: metadata.len() }])
}
