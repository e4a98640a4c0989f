//! All model files of a system, and the digests of its assets: the facts that this crate gathers.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use coseal_core::{
    fact::{Artefact, DigestFact, Measured},
    outcome::Gap,
    system::{Location, Resolver, System, Table},
    tree::{FileEntry, ReadError, Tree, Walk, open_regular},
};

use crate::{
    bytes::FileBytes,
    hash::{self, Listing},
    inspect, inspect_anyway,
};

/// Bytes hashed in one run unless everything is asked for.
pub const HASH_ALLOWANCE: u64 = 256 << 20;

/// What a survey found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Model files, by path.
    pub artefacts: BTreeMap<String, Artefact>,
    /// Digests, by element.
    pub digests: BTreeMap<String, DigestFact>,
    /// Files that could not be looked at.
    pub gaps: Vec<Gap>,
    /// Elements of which a model file was found.
    seen: BTreeSet<String>,
}

/// An element of the system file whose bytes can be looked at.
struct Asset<'a> {
    element: String,
    location: &'a Location,
    /// Whether a digest is wanted.
    pinned: bool,
    /// Whether it must be a model file, whatever it looks like.
    is_model: bool,
}

/// Looks at every file of the walk, and at assets elsewhere that the resolver knows. `full` hashes everything;
/// otherwise [`HASH_ALLOWANCE`] is hashed in all. `progress` is told what is being looked at, and the bytes hashed.
#[must_use]
pub fn survey(
    tree: &Tree,
    walk: &Walk,
    system: Option<&System>,
    resolver: &Resolver,
    full: bool,
    progress: &mut dyn FnMut(&str, u64),
) -> Survey {
    let mut survey = Survey::default();
    let assets = system.map(assets).unwrap_or_default();
    let declared = Declared::of(&assets);
    for file in &walk.files {
        progress(&file.name, 0);
        survey.look_at(file, &declared.at(&file.name), false);
    }
    let mut allowance = if full { u64::MAX } else { HASH_ALLOWANCE };
    for asset in &assets {
        let found = match asset.location.path() {
            Some(path) => {
                tree.find(path).map(|(found, _)| found).map_err(|error| error.to_string())
            }
            None => resolver
                .path(&asset.element)
                .cloned()
                .ok_or_else(|| "its bytes are elsewhere; say where with --local".to_owned()),
        };
        let files = found
            .and_then(|found| files_of(&asset.element, &found).map_err(|error| error.to_string()));
        if let (Ok(files), true) = (&files, asset.is_model && asset.location.path().is_none()) {
            for file in files {
                survey.look_at(file, std::slice::from_ref(&asset.element), true);
            }
        }
        if asset.is_model && asset.location.path().is_some() {
            survey.must_be_models(&asset.element, files.as_deref().unwrap_or_default(), walk);
        }
        if asset.pinned || full {
            let fact = measure(&asset.element, files, &mut allowance, progress);
            survey.digests.insert(asset.element.clone(), fact);
        }
    }
    for left_out in &walk.left_out {
        let inside = declared.at(left_out).into_iter().filter(|_| left_out.contains('/'));
        for element in inside {
            survey.gaps.push(Gap {
                what: left_out.clone(),
                why: format!("it is left out, and part of {element}"),
            });
        }
    }
    survey.gaps.sort();
    survey.gaps.dedup();
    survey
}

impl Survey {
    fn look_at(&mut self, file: &FileEntry, elements: &[String], anyway: bool) {
        let bytes = match FileBytes::open(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.gaps.push(Gap { what: file.name.clone(), why: error.to_string() });
                return;
            }
        };
        let artefact = if anyway {
            Some(inspect_anyway(&file.name, &bytes))
        } else {
            inspect(&file.name, &bytes)
        };
        if let Some(mut artefact) = artefact {
            artefact.elements = elements.to_vec();
            self.seen.extend(elements.iter().cloned());
            self.artefacts.insert(file.name.clone(), artefact);
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
            self.look_at(file, &[element.to_owned()], true);
        }
    }
}

fn assets(system: &System) -> Vec<Asset<'_>> {
    fn of<'a, T>(
        kind: &'static str,
        table: &'a Table<T>,
        parts: impl Fn(&'a T) -> (&'a Location, bool),
    ) -> impl Iterator<Item = Asset<'a>> {
        table.iter().map(move |(id, item)| {
            let (location, pinned) = parts(item);
            let is_model = matches!(kind, "model" | "adapter");
            Asset { element: format!("{kind}.{id}"), location, pinned, is_model }
        })
    }
    of("model", &system.model, |model| (&model.location, model.digest.is_some()))
        .chain(of("adapter", &system.adapter, |adapter| {
            (&adapter.location, adapter.digest.is_some())
        }))
        .chain(of("dataset", &system.dataset, |dataset| {
            (&dataset.location, dataset.digest.is_some())
        }))
        .chain(of("prompt", &system.prompt, |prompt| (&prompt.location, prompt.digest.is_some())))
        .chain(of("document", &system.document, |document| {
            (&document.location, document.digest.is_some())
        }))
        // An address or a command has no bytes that could be compared.
        .filter(|asset| asset.location.has_bytes())
        .collect()
}

/// Where models are declared to be: elements by path.
struct Declared<'a>(BTreeMap<&'a str, Vec<String>>);

impl<'a> Declared<'a> {
    fn of(assets: &'a [Asset<'a>]) -> Self {
        let mut at: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for asset in assets.iter().filter(|asset| asset.is_model) {
            if let Some(path) = asset.location.path() {
                at.entry(normal(path)).or_default().push(asset.element.clone());
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

/// A path of the system file as the walk names it.
fn normal(path: &str) -> &str {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    if path == "." { "" } else { path }
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

fn measure(
    element: &str,
    files: Result<Vec<FileEntry>, String>,
    allowance: &mut u64,
    progress: &mut dyn FnMut(&str, u64),
) -> DigestFact {
    let fact = |size, measured| DigestFact { element: element.to_owned(), size, measured };
    let files = match files {
        Ok(files) => files,
        Err(why) => return fact(0, Measured::Absent { why }),
    };
    let size = files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
    if size > *allowance {
        return fact(size, Measured::OverAllowance);
    }
    *allowance = allowance.saturating_sub(size);
    let mut listing = Listing::default();
    let mut only = None;
    for file in &files {
        let digest = open_regular(&file.path).and_then(|opened| {
            Ok(hash::of_reader(&mut { opened }, |step| progress(&file.name, step))?)
        });
        match digest {
            Ok((digest, size)) => {
                let name =
                    file.name.strip_prefix(element).unwrap_or(&file.name).trim_start_matches('/');
                listing.add(name, size, digest);
                only = Some((digest, size));
            }
            Err(error) => return fact(size, Measured::Absent { why: error.to_string() }),
        }
    }
    // One file is its own digest; a folder is that of its listing.
    match (files.as_slice(), only) {
        ([file], Some((digest, size))) if file.name.matches('/').count() == 1 => {
            fact(size, Measured::Digest(digest))
        }
        _ => {
            let (digest, size) = listing.digest();
            fact(size, Measured::Digest(digest))
        }
    }
}
