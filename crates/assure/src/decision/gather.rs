//! Reads the decisions of a folder: each file, its signature, and whether what it cites is there.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    decision::{Cited, Decision, DecisionFile, FOLDER, MAX_DECISION, NAMESPACE, read},
    digest::Digest,
    fact::{BrokenDecision, CitedFact, DecisionFact, Signer},
    outcome::Gap,
    plain::plain,
    tree::{FileEntry, ReadError, Tree, Walk, read_bytes},
};
use coseal_sign::{
    sha256,
    ssh::{PublicKey, verify},
};

/// Ending of the signature beside a decision.
pub const SIGNATURE_ENDING: &str = ".sig";
/// Decisions that are read.
const MAX_FILES: usize = 2_000;
/// Bytes of a file that a decision cites.
const MAX_CITED: u64 = 64 << 20;
/// Bytes of all files that decisions cite.
const MAX_CITED_IN_ALL: u64 = 256 << 20;

/// The decisions of a folder.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The decisions, by path.
    pub decisions: BTreeMap<String, DecisionFact>,
    /// What was not read.
    pub gaps: Vec<Gap>,
}

/// Says whose a key is that made the signature with this digest: a revoked key counts for what it signed before.
pub type Identify<'a> = dyn Fn(&PublicKey, &Digest) -> Signer + 'a;

/// Who a key is while there is no trust root: nobody that is known.
#[must_use]
pub fn no_trust_root(key: &PublicKey, _: &Digest) -> Signer {
    Signer::Unproven { key: key.fingerprint() }
}

/// Reads the decisions of a folder, 2,000 files of 64 KiB at most. `identify` says whose a key is; `records` are the ids
/// of the records in the evidence store at hand.
#[must_use]
pub fn gather(
    tree: &Tree,
    walk: &Walk,
    identify: &Identify<'_>,
    records: &BTreeSet<Digest>,
) -> Gathered {
    let beside: BTreeMap<&str, &FileEntry> =
        walk.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let files: Vec<&FileEntry> = walk.files.iter().filter(|file| is_decision(&file.name)).collect();
    let mut gathered = Gathered::default();
    if files.len() > MAX_FILES {
        let why = format!("it has {} decisions; the first {MAX_FILES} are read", files.len());
        gathered.gaps.push(Gap { what: FOLDER.into(), why });
    }
    let mut read = Vec::new();
    for file in files.into_iter().take(MAX_FILES) {
        let signature = beside.get(format!("{}{SIGNATURE_ENDING}", file.name).as_str());
        let bytes = read_bytes(&file.path, MAX_DECISION);
        if let Err(error) = &bytes {
            gathered.gaps.push(Gap { what: file.name.clone(), why: error.to_string() });
        }
        let (signer, signature) = match (&bytes, signature) {
            (Ok(bytes), Some(signature)) => signer(bytes, signature, identify),
            _ => (Signer::Unsigned, None),
        };
        read.push((file.name.clone(), bytes, signer, signature));
    }
    let digests = read.iter().filter_map(|(_, bytes, ..)| bytes.as_ref().ok());
    let here = Here { tree, records, decisions: digests.map(|bytes| sha256(bytes)).collect() };
    let mut allowance = MAX_CITED_IN_ALL;
    let mut files = BTreeMap::new();
    for (path, bytes, signer, signature) in read {
        let digest = sha256(bytes.as_deref().unwrap_or_default());
        let decision = decision(bytes);
        let cited = (decision.as_ref().ok())
            .map(|decision| here.cited(decision, &mut files, &mut allowance))
            .unwrap_or_default();
        let fact = DecisionFact { path: path.clone(), digest, decision, signer, signature, cited };
        gathered.decisions.insert(path, fact);
    }
    gathered
}

/// A decision lies in the folder itself, not in one below.
fn is_decision(name: &str) -> bool {
    let rest = name.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
    rest.is_some_and(|rest| rest.ends_with(".toml") && !rest.contains('/'))
}

/// Who signed, and the digest of the signature if it is right.
fn signer(
    bytes: &[u8],
    signature: &FileEntry,
    identify: &Identify<'_>,
) -> (Signer, Option<Digest>) {
    let text = match read_bytes(&signature.path, MAX_DECISION) {
        Ok(text) => text,
        Err(error) => return (Signer::Broken { why: error.to_string() }, None),
    };
    match verify(NAMESPACE, bytes, &String::from_utf8_lossy(&text)) {
        Ok(key) => {
            let digest = sha256(&text);
            (identify(&key, &digest), Some(digest))
        }
        Err(error) => (Signer::Broken { why: error.to_string() }, None),
    }
}

fn decision(bytes: Result<Vec<u8>, ReadError>) -> Result<Decision, BrokenDecision> {
    let unread = |why: String| BrokenDecision { why, line: 0, kind: None, check: None };
    let bytes = bytes.map_err(|error| unread(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unread(ReadError::NotText.to_string()))?;
    let DecisionFile { decision, problems, kind, check, .. } = read(&text);
    // A misspelt key is missing, too: what is there tells more.
    let there = problems.iter().find(|problem| problem.kind != "missing-key");
    decision.ok_or_else(|| match there.or(problems.first()) {
        Some(first) => BrokenDecision {
            why: format!("{}: {}", first.message, first.hint),
            line: first.line,
            kind,
            check,
        },
        None => BrokenDecision { kind, check, ..unread("it can't be read".into()) },
    })
}

/// What decisions may cite.
struct Here<'a> {
    tree: &'a Tree,
    records: &'a BTreeSet<Digest>,
    decisions: BTreeSet<Digest>,
}

impl Here<'_> {
    fn cited(
        &self,
        decision: &Decision,
        files: &mut BTreeMap<String, Result<Digest, String>>,
        allowance: &mut u64,
    ) -> Vec<CitedFact> {
        let cited = decision.evidence.iter().filter_map(|evidence| {
            let (named, holds) = match evidence.cited()? {
                Cited::File(path, named) => {
                    let now = files
                        .entry(path.to_owned())
                        .or_insert_with(|| self.digest(path, allowance));
                    (named, same(now, named))
                }
                Cited::Record(id) if self.records.contains(&id) => (id, Ok(())),
                Cited::Record(id) => (id, Err("no evidence store at hand has the record".into())),
                Cited::Decision(of) if self.decisions.contains(&of) => (of, Ok(())),
                Cited::Decision(of) => (of, Err("there is no such decision any more".into())),
            };
            Some(CitedFact { what: plain(&evidence.what, 200), named, holds })
        });
        cited.collect()
    }

    fn digest(&self, path: &str, allowance: &mut u64) -> Result<Digest, String> {
        let limit = MAX_CITED.min(*allowance);
        let bytes = self.tree.bytes(path, limit).map_err(|error| match error {
            ReadError::TooLarge { limit } if limit < MAX_CITED => {
                "it was not read: this run has read enough of what decisions cite".to_owned()
            }
            error => error.to_string(),
        })?;
        *allowance = allowance.saturating_sub(bytes.len() as u64);
        Ok(sha256(&bytes))
    }
}

fn same(now: &Result<Digest, String>, named: Digest) -> Result<(), String> {
    match now {
        Ok(now) if *now == named => Ok(()),
        Ok(_) => Err("the file has changed since".to_owned()),
        Err(why) => Err(why.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use coseal_core::{digest::Digest, fact::Signer, tree::Tree};
    use coseal_sign::sha256;

    use super::{Gathered, gather, no_trust_root};

    fn exempt(evidence: &str) -> String {
        format!(
            "schema = 1\nkind = \"exempt\"\nsystem = \"s\"\nrole = \"owner\"\nmade = 2026-11-21\nexpires = 2027-01-01\nreason = \"r\"\ncheck = \"restore-drilled\"\n{evidence}"
        )
    }

    fn gathered(files: &[(&str, &[u8])], records: &BTreeSet<Digest>) -> Gathered {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let tree = Tree::open(folder.path()).unwrap();
        gather(&tree, &tree.walk(), &no_trust_root, records)
    }

    #[test]
    fn what_is_cited_holds_only_as_long_as_it_is_there_unchanged() {
        let cite = |key: &str, digest: Digest| {
            format!("[[evidence]]\nwhat = \"w\"\n{key} = \"{digest}\"\n")
        };
        let file = |digest| {
            format!("[[evidence]]\nwhat = \"w\"\npath = \"a.csv\"\ndigest = \"{digest}\"\n")
        };
        let other = exempt("");
        let (good, bad) = (sha256(b"rows"), sha256(b"others"));
        let text = exempt(
            &[
                file(good),
                file(bad),
                cite("record", good),
                cite("record", bad),
                cite("decision", sha256(other.as_bytes())),
                cite("decision", bad),
            ]
            .concat(),
        );
        let all = gathered(
            &[
                ("a.csv", b"rows"),
                ("decisions/a.toml", text.as_bytes()),
                ("decisions/b.toml", other.as_bytes()),
            ],
            &BTreeSet::from([good]),
        );
        let holds: Vec<_> = all.decisions["decisions/a.toml"]
            .cited
            .iter()
            .map(|cited| cited.holds.is_ok())
            .collect();
        assert_eq!(holds, [true, false, true, false, true, false]);
        assert_eq!(all.decisions["decisions/a.toml"].signer, Signer::Unsigned);
        assert!(all.gaps.is_empty());
    }

    #[test]
    fn what_can_t_be_read_is_there_with_its_reason() {
        let large = vec![b'#'; (64 << 10) + 1];
        let sig = exempt("");
        let all = gathered(
            &[
                ("decisions/large.toml", &large),
                ("decisions/binary.toml", &[0xff]),
                ("decisions/broken.toml", b"schema = 2\n"),
                ("decisions/sig.toml", sig.as_bytes()),
                ("decisions/sig.toml.sig", b"no signature"),
                ("decisions/deeper/x.toml", b"x"),
                ("decisions/README.md", b"x"),
            ],
            &BTreeSet::new(),
        );
        let why = |name: &str| {
            all.decisions[&format!("decisions/{name}.toml")].decision.as_ref().unwrap_err().clone()
        };
        assert_eq!(all.decisions.len(), 4);
        assert!(why("large").why.contains("larger than"), "{:?}", why("large"));
        assert!(why("binary").why.contains("UTF-8"), "{:?}", why("binary"));
        assert_eq!(why("broken").line, 1);
        assert!(matches!(&all.decisions["decisions/sig.toml"].signer, Signer::Broken { .. }));
        assert_eq!(all.gaps.len(), 1, "{:?}", all.gaps);
    }

    #[test]
    fn two_thousand_are_read_and_no_more() {
        let names: Vec<_> = (0..2_001).map(|n| format!("decisions/{n:04}.toml")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
        let all = gathered(&files, &BTreeSet::new());
        assert_eq!(all.decisions.len(), 2_000);
        assert!(all.gaps[0].why.contains("2001 decisions"), "{:?}", all.gaps);
    }
}
