//! Gathers the facts of a folder.

use std::{collections::BTreeSet, path::Path};

use coseal_assure::{decision, gather, hosted, impact::Walked, trust::Keyring};
use coseal_core::{
    digest::Digest,
    fact::{Facts, Inspection, Kind, LockFact, SystemFileFact},
    lock,
    outcome::Gap,
    system::{self, FILE_NAME, Resolver},
    tree::{ReadError, Tree, Walk},
};
use coseal_scan::{
    asset,
    dataset::{self, datasets},
    digests::{Known, digests},
    measure::{DigestCache, NoCache},
    survey::survey,
};
use coseal_sign::ssh::PublicKey;
use coseal_source::discover::joined;
use jiff::civil::Date;

use crate::progress::Progress;

/// The facts of a folder, and the text of its system file for showing where its errors are.
pub struct Inspected {
    /// The facts.
    pub facts: Facts,
    /// The text of the system file.
    pub system_text: String,
    tree: Tree,
    pub(crate) walk: Walk,
}

impl Inspected {
    /// Puts what people decided to the facts: who signed it, by these keys, and whether what it cites is on record.
    pub fn decided(&mut self, keyring: &Keyring, records: &BTreeSet<Digest>) {
        let signer = |key: &PublicKey, decision: &Digest| keyring.signer(key, decision);
        self.facts.decisions = decision::gather(&self.tree, &self.walk, &signer, records).decisions;
    }

    /// The files that were looked at, whether or not a fact came of them.
    #[must_use]
    pub fn walked(&self) -> Walked {
        let mut searched = coseal_source::discover::searched(&self.walk);
        let shown = searched.entry(Kind::Asset).or_default();
        shown.extend(dataset::searched(&self.walk));
        shown.extend(self.facts.artefacts.keys().cloned());
        for kind in [Kind::Lock, Kind::Inspection] {
            searched.entry(kind).or_default().insert(lock::FILE_NAME.to_owned());
        }
        Walked {
            files: self.walk.files.iter().map(|file| file.name.clone()).collect(),
            code: coseal_source::hosted::searched(&self.walk).map(str::to_owned).collect(),
            searched,
        }
    }
}

/// Reads a folder. Nothing in it is executed, and nothing is written.
///
/// # Errors
/// If it is not a folder that can be listed.
pub fn inspect(
    root: &Path,
    as_of: Date,
    resolver: &Resolver,
    full: bool,
    progress: &Progress,
) -> Result<Inspected, ReadError> {
    inspect_cached(root, as_of, resolver, full, &mut NoCache, progress)
}

/// The same, with what is remembered of large files.
///
/// # Errors
/// If it is not a folder that can be listed.
pub fn inspect_cached(
    root: &Path,
    as_of: Date,
    resolver: &Resolver,
    full: bool,
    cache: &mut dyn DigestCache,
    progress: &Progress,
) -> Result<Inspected, ReadError> {
    let tree = Tree::open(root)?;
    let walk = tree.walk();
    progress.files(walk.files.len());
    let mut facts = Facts::none(as_of);
    let mut gaps = walk.gaps.clone();

    let system_text = read_system_file(&tree, &mut facts, &mut gaps);
    facts.lock = read_lock(&tree, &mut gaps);
    let system = facts.system.as_ref();
    let names: Vec<_> = hosted::names().collect();
    let discovered = coseal_source::discover::discover(&walk, &names);
    let tell = |name: &str, bytes| progress.step(name, bytes);
    let found = survey(&tree, &walk, system, resolver, &tell);
    gaps.extend(found.gaps);
    let mut texts = system.map(|system| gather::texts(&tree, system)).unwrap_or_default();
    gather::more_texts(&tree, &coseal_source::discover::texts(&walk), &mut texts);
    let (uses, unread) = coseal_source::hosted::uses(&walk, &names);

    for text in texts.values() {
        if let Ok(content) = &text.text {
            facts.secrets.extend(coseal_source::secrets::in_text(&text.path, content));
        }
    }
    facts.secrets.extend(coseal_source::secrets::in_text(FILE_NAME, &system_text));
    facts.secrets.sort();
    facts.hosted_models = system.map(hosted::models_in_use).unwrap_or_default();
    let data = datasets(&walk, &found.artefacts);
    let models = asset::models(&found.artefacts, &data.assets);
    facts.assets = joined([discovered.assets, data.assets, models].concat());
    let known = Known { system, assets: &facts.assets, lock: &facts.lock, resolver, full };
    facts.digests = digests(&tree, known, cache, &mut |name: &str, bytes| tell(name, bytes));
    gaps.extend(data.gaps);
    facts.artefacts = found.artefacts;
    facts.texts = texts;
    facts.hosted_uses = uses;
    facts.dependencies = discovered.dependencies;
    facts.workloads = discovered.workloads;
    facts.advisories = discovered.advisories;
    gaps.extend(discovered.gaps);
    gaps.extend(unread);
    let decided = decision::gather(&tree, &walk, &decision::no_trust_root, &BTreeSet::new());
    facts.decisions = decided.decisions;
    gaps.extend(decided.gaps);
    gaps.sort();
    facts.inspection =
        Inspection { files: walk.files.len() as u64, left_out: walk.left_out.clone(), gaps };
    Ok(Inspected { facts, system_text, tree, walk })
}

fn read_system_file(tree: &Tree, facts: &mut Facts, gaps: &mut Vec<Gap>) -> String {
    match tree.text(FILE_NAME) {
        Ok(text) => {
            let read = system::read(&text);
            facts.system_file = SystemFileFact {
                present: true,
                problems: read.problems,
                unconfirmed: read.unconfirmed,
            };
            facts.system = read.system;
            facts.spans = read.spans;
            text
        }
        Err(ReadError::Absent) => String::new(),
        Err(error) => {
            facts.system_file = SystemFileFact {
                present: true,
                problems: vec![system::Problem::unreadable(&error.to_string())],
                ..SystemFileFact::default()
            };
            gaps.push(Gap { what: FILE_NAME.into(), why: error.to_string() });
            String::new()
        }
    }
}

fn read_lock(tree: &Tree, gaps: &mut Vec<Gap>) -> LockFact {
    let read = match tree.text(lock::FILE_NAME) {
        Ok(text) => lock::read(&text),
        Err(ReadError::Absent) => LockFact::default(),
        Err(error) => {
            LockFact { present: true, problem: Some(error.to_string()), entries: Vec::new() }
        }
    };
    if let Some(why) = &read.problem {
        gaps.push(Gap { what: lock::FILE_NAME.into(), why: why.clone() });
    }
    read
}
