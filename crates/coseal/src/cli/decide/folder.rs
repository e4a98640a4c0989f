//! The folder that a decision is about, and where it is written.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use coseal_assure::decision::SIGNATURE_ENDING;
use coseal_core::{
    decision::{Cited, Decision, FOLDER, NAMESPACE},
    digest::Digest,
    exit::ExitCode,
    fact::DecisionFact,
    system::{self, FILE_NAME, System, word},
    tree::Tree,
};
use coseal_sign::sha256;
use jiff::civil::Date;

use super::{command::Refused, seal::Signature};

/// Bytes of a file that is cited.
const MAX_CITED: u64 = 64 << 20;
/// Decisions of one day about one thing.
const MAX_SAME: usize = 1_000;

/// The folder of an AI system.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    pub(super) system: System,
    tree: Tree,
}

impl Folder {
    /// Opens the folder, or that of the system file that is named.
    pub(super) fn open(path: &Path) -> Result<Self, Refused> {
        let named = path.file_name().is_some_and(|name| name == FILE_NAME) && path.is_file();
        let root = if named { path.parent().unwrap_or(path) } else { path };
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let unread = |error: coseal_core::tree::ReadError| {
            Refused::environment(format!("the system file can't be read: {error}"))
        };
        let tree = Tree::open(root).map_err(unread)?;
        let text = tree.text(FILE_NAME).map_err(unread)?;
        let system = system::read(&text).system.ok_or_else(|| Refused {
            code: ExitCode::InvalidSystemFile,
            why: "the system file has errors; `coseal check` shows them".into(),
        })?;
        Ok(Self { root: root.to_owned(), system, tree })
    }

    /// What a path or digest of the command line names.
    pub(super) fn cited<'a>(&self, of: &'a str) -> Result<Cited<'a>, Refused> {
        if let Ok(digest) = of.parse() {
            let decision = self.decisions().contains(&digest);
            return Ok(if decision { Cited::Decision(digest) } else { Cited::Record(digest) });
        }
        let bytes = self.tree.bytes(of, MAX_CITED).map_err(|error| {
            Refused::usage(format!(
                "a file of --evidence can't be cited: {error}; name a file below the folder, such as docs/training.csv"
            ))
        })?;
        Ok(Cited::File(of, sha256(&bytes)))
    }

    /// The digest of a decision, by the path of its file.
    pub(super) fn digest_of(&self, path: &str) -> Result<Digest, Refused> {
        let bytes = self.tree.bytes(path, coseal_core::decision::MAX_DECISION);
        bytes.map(|bytes| sha256(&bytes)).map_err(|error| {
            Refused::usage(format!(
                "the decision can't be read: {error}; name it as decisions/….toml"
            ))
        })
    }

    /// The file of a waiver of a check that is in date on a day, and its last day.
    pub(super) fn waiver_of(&self, check: &str, day: Date) -> Option<(String, Date)> {
        let of = |fact: &DecisionFact| {
            let decision = fact.decision.as_ref().ok()?;
            let expires = decision.expires.filter(|expires| *expires >= day)?;
            let waives =
                decision.waive()?.check == check && decision.system == self.system.system.id;
            waives.then(|| (fact.path.clone(), expires))
        };
        self.gathered().values().find_map(of)
    }

    fn decisions(&self) -> BTreeSet<Digest> {
        self.gathered().values().map(|fact| fact.digest).collect()
    }

    fn gathered(&self) -> BTreeMap<String, DecisionFact> {
        let walk = self.tree.walk();
        let gathered = coseal_assure::decision::gather(
            &self.tree,
            &walk,
            &coseal_assure::decision::no_trust_root,
            &BTreeSet::new(),
        );
        gathered.decisions
    }

    /// Writes a decision and its signature under a name that is free, and says so.
    pub(super) fn write(
        &self,
        decision: &Decision,
        text: &str,
        signature: Option<&Signature>,
    ) -> Result<String, Refused> {
        let folder = self.root.join(FOLDER);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(&error)),
            _ => {}
        }
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir());
        if !is_folder {
            return Err(Refused::environment(format!("{FOLDER} is not a folder of its own")));
        }
        let subject = decision.subject().replace(['.', ':'], "-");
        let stem = format!("{}-{}-{subject}", decision.made, word(&decision.kind()));
        for count in 1..=MAX_SAME {
            let name =
                if count == 1 { format!("{stem}.toml") } else { format!("{stem}-{count}.toml") };
            let beside = folder.join(format!("{name}{SIGNATURE_ENDING}"));
            if fs::symlink_metadata(&beside).is_ok() {
                continue;
            }
            match create(&folder.join(&name), text) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(failed(&error)),
                Ok(()) => {}
            }
            if let Some(signature) = signature {
                create(&beside, &signature.armoured).map_err(|error| failed(&error))?;
            }
            return Ok(written(&format!("{FOLDER}/{name}"), signature));
        }
        Err(Refused::usage(format!("there are {MAX_SAME} such decisions of this day")))
    }
}

/// Makes a file that was not there.
pub(in crate::cli) fn create(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

pub(super) fn failed(error: &std::io::Error) -> Refused {
    Refused::environment(format!("the file can't be written ({})", error.kind()))
}

fn written(name: &str, signature: Option<&Signature>) -> String {
    match signature {
        Some(signature) => format!(
            "wrote {name}\nsigned with {}: {name}{SIGNATURE_ENDING}\n",
            signature.fingerprint
        ),
        None => format!(
            "wrote {name}\nunsigned, it does not count; sign it:\n  ssh-keygen -Y sign -f KEY -n {NAMESPACE} {name}\n"
        ),
    }
}
