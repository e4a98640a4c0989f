//! How an asset stands to what is registered of it: in the system file, in `coseal.lock`, or in both.

use std::collections::BTreeMap;

use coseal_core::{
    digest::Digest,
    fact::{DigestFact, LockFact, Measured},
    lock::Candidate,
};

/// What an asset is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Now {
    /// Its digest, of bytes that were read or of a text in code.
    Read(Digest),
    /// Its digest as an earlier run read it, or as a pointer says it.
    Told(Digest),
    /// It is not known, and why.
    Unknown(String),
}

impl Now {
    /// The digest, however it is known.
    #[must_use]
    pub const fn digest(&self) -> Option<Digest> {
        match self {
            Self::Read(digest) | Self::Told(digest) => Some(*digest),
            Self::Unknown(_) => None,
        }
    }
}

/// What an asset is now, by what was measured and what discovery tells.
#[must_use]
pub fn now(asset: &Candidate, digests: &BTreeMap<String, DigestFact>) -> Now {
    if asset.is_in_code() {
        let gone = "it is registered, and no file shows it any more";
        let gone = || Now::Unknown(asset.untold.clone().unwrap_or_else(|| gone.into()));
        return asset.told.map_or_else(gone, Now::Read);
    }
    let why = match digests.get(&asset.measured_as()).map(|fact| &fact.measured) {
        Some(Measured::Digest(digest)) => return Now::Read(*digest),
        Some(Measured::Cached(digest)) => return Now::Told(*digest),
        Some(Measured::Absent { why }) => why.clone(),
        Some(Measured::OverAllowance) => "more than 256 MB in all; --full hashes it".into(),
        None => "it was not measured".into(),
    };
    asset.told.map_or(Now::Unknown(why), Now::Told)
}

/// How an asset stands to what is registered of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is registered of it.
    Unregistered,
    /// Nothing is registered of it, and nothing is here: files only name it.
    NamedOnly,
    /// The system file and `coseal.lock` say different things.
    Contradicted {
        /// Digest in the system file.
        pinned: Digest,
        /// Digest in `coseal.lock`.
        locked: Digest,
    },
    /// It is another one.
    Changed {
        /// What it is.
        now: Digest,
        /// What is registered.
        registered: Digest,
    },
    /// It is the one that is registered; its bytes were read.
    Same,
    /// It is the one that is registered, as far as is known without its bytes.
    ToldSame,
    /// It can't be told, and why.
    Unknown(String),
}

/// How an asset stands to the registers.
#[must_use]
pub fn standing(
    asset: &Candidate,
    lock: &LockFact,
    digests: &BTreeMap<String, DigestFact>,
) -> Standing {
    let locked = asset.entry(lock).map(|entry| entry.digest);
    let registered = match (asset.pinned, locked) {
        (None, None) if is_named_only(asset, digests) => return Standing::NamedOnly,
        (None, None) => return Standing::Unregistered,
        (Some(pinned), Some(locked)) if pinned != locked => {
            return Standing::Contradicted { pinned, locked };
        }
        (Some(digest), _) | (_, Some(digest)) => digest,
    };
    match now(asset, digests) {
        Now::Unknown(why) => Standing::Unknown(why),
        Now::Read(now) | Now::Told(now) if now != registered => {
            Standing::Changed { now, registered }
        }
        Now::Read(_) => Standing::Same,
        Now::Told(_) => Standing::ToldSame,
    }
}

fn is_named_only(asset: &Candidate, digests: &BTreeMap<String, DigestFact>) -> bool {
    let measured = digests.get(&asset.measured_as()).map(|fact| &fact.measured);
    let absent = matches!(measured, Some(Measured::Absent { .. }));
    !asset.declared && absent && asset.told.is_none()
}
