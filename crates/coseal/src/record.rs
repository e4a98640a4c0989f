//! `--record`: signs every outcome of a run into the evidence store.

use std::collections::BTreeMap;

use coseal_assure::{
    Assessment,
    evidence::{Decided, Origin, Period, Recording, Store, StoreError},
};
use coseal_core::fact::{Facts, Signer};
use coseal_sign::key::Ed25519Key;
use jiff::Timestamp;

use crate::salts;

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The log.
    pub origin: String,
    /// Index of the first record.
    pub first: u64,
    /// How many there are.
    pub count: u64,
}

/// Why nothing was recorded, though it was asked for; the run itself goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// No key was given.
    NoKey,
    /// There is no system file, or it has errors.
    NoSystem,
}

impl NotWritten {
    /// In words, with what to do.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoKey => {
                "nothing recorded: there is no key here, as in a pull request from a fork (--key FILE or COSEAL_KEY; coseal evidence key new makes one)"
            }
            Self::NoSystem => {
                "nothing recorded: there is no system file without errors to record for"
            }
        }
    }
}

/// Records all outcomes of an assessment. It has to be one of what this run saw itself: an answer taken from an
/// older record must not come back under a new signature.
///
/// # Errors
/// If the log is not intact, or the disk refuses. Nothing was recorded then.
pub fn record(
    facts: &Facts,
    assessment: &Assessment,
    key: &Ed25519Key,
    store: &Store,
    observed: Period,
    received: Timestamp,
) -> Result<Option<Written>, StoreError> {
    let Some(system) = &facts.system else { return Ok(None) };
    let salts = salts::Salts::open(store)?;
    let mut decisions: BTreeMap<_, Decided> = BTreeMap::new();
    for fact in facts.decisions.values().filter(|fact| fact.decision.is_ok()) {
        let signer = match &fact.signer {
            Signer::Unsigned | Signer::Broken { .. } => None,
            Signer::Unproven { key } | Signer::Stranger { key } | Signer::Revoked { key } => {
                Some(key)
            }
            Signer::Proven { key, .. } => Some(key),
        };
        let signer = signer.map(|key| salts.commitment(&fact.digest, key)).transpose()?;
        decisions.insert(
            (fact.digest, fact.signature),
            Decided { digest: fact.digest, signature: fact.signature, signer },
        );
    }
    let recording = Recording {
        system,
        facts,
        assessment,
        observed,
        received,
        version: env!("CARGO_PKG_VERSION"),
        decisions: decisions.into_values().collect(),
    };
    let entries = recording.entries(key)?;
    let log = store.log(&Origin::of_key(&system.system.id, &key.public()));
    let first = log.append(key, &entries)?;
    Ok(Some(Written { origin: log.origin().to_string(), first, count: entries.len() as u64 }))
}
