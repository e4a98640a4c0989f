//! The places that copies of evidence logs are pushed to and pulled from.
//!
//! A place is hostile: whoever can write there can change, withhold and invent. What comes from it is judged by signatures
//! and proofs; here only its size is bounded and its names are held to the layout of a store. This crate opens no place:
//! it has no network and no git.

use coseal_core::plain::plain;

/// Most bytes of one file of a place: a full bundle of 256 entries of 65,535 bytes fits.
pub const MAX_REMOTE_FILE: u64 = 17 << 20;
/// Most logs that a place may hold.
pub const MAX_REMOTE_LOGS: usize = 10_000;
/// Longest name of a system, in bytes.
const MAX_SYSTEM: usize = 128;
/// Most parts of a tile's index: seven times three digits hold any number of 64 bits.
const MAX_INDEX_PARTS: usize = 7;

/// A place that holds copies of logs.
///
/// Every name that goes in or comes out is one that [`FileName::parse`] takes.
pub trait Remote {
    /// Names of the checkpoints that it holds, sorted. What is read afterwards is at least as new as this list.
    ///
    /// # Errors
    /// If it can't be read, holds more than [`MAX_REMOTE_LOGS`], or a checkpoint there has no name of the layout.
    fn checkpoints(&mut self) -> Result<Vec<String>, RemoteError>;

    /// One file; `None` when there is none.
    ///
    /// # Errors
    /// If the name is not one of the layout, or the file can't be read or has more than [`MAX_REMOTE_FILE`] bytes.
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, RemoteError>;

    /// Puts the files, then replaces each checkpoint, then removes what is superseded.
    ///
    /// A file that is there with the same bytes is left alone.
    ///
    /// # Errors
    /// [`RemoteError::Moved`] if a checkpoint is not what was expected, and [`RemoteError::Conflict`] if a file is there
    /// with other bytes: nothing that a reader sees has changed then. Otherwise if the place can't be written.
    fn publish(&mut self, change: Change) -> Result<(), RemoteError>;
}

/// What is to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Tiles and bundles of entries, by name.
    pub files: Vec<(String, Vec<u8>)>,
    /// The checkpoints that are to be replaced.
    pub checkpoints: Vec<Swap>,
    /// Partial tiles that wider ones have taken the place of. One that can't be removed, or is gone, is left.
    pub superseded: Vec<String>,
}

/// A checkpoint that is replaced if it is still the expected one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Its name.
    pub name: String,
    /// Its bytes as they were read; `None` when there was none.
    pub expected: Option<Vec<u8>>,
    /// Its new bytes.
    pub new: Vec<u8>,
}

/// Why a place could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// What was given names no place.
    #[error("{0}")]
    Location(String),
    /// It takes a coseal that was built otherwise.
    #[error("this coseal was built without {feature}s: build it with `--features {feature}`")]
    NotBuilt {
        /// The feature that it takes.
        feature: &'static str,
    },
    /// A name is not one of the layout.
    #[error("`{0}` is not the name of a file of an evidence log")]
    Name(String),
    /// A checkpoint is another than the one that was read.
    #[error("somebody else has published there in the meantime")]
    Moved,
    /// A file that never changes is there with other contents.
    #[error("{0} is there already, with other contents")]
    Conflict(String),
    /// Somebody else is writing, and has been for long.
    #[error("{0}")]
    Busy(String),
    /// A file is larger than one may be.
    #[error("{name} is larger than {limit} bytes")]
    TooLarge {
        /// The file.
        name: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// There are more logs, or more of something else, than may be looked at.
    #[error("it holds more than {limit} {what}")]
    TooMany {
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// It is of a kind that is not supported.
    #[error("{0}")]
    Unsupported(String),
    /// What it holds can't be right.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// The system or the server refused.
    #[error("{0}")]
    Refused(String),
}

/// The name of a file of a store: `logs/SYSTEM/KEY/checkpoint` or `…/key`, or a tile or bundle of entries as C2SP tlog-tiles names
/// them, below `logs/SYSTEM/KEY/`.
///
/// SYSTEM is of `a-z`, `0-9`, `.`, `_` and `-` and begins with a letter or digit; KEY is 32 hexadecimal digits. So no name
/// has a `..`, begins with `/`, or differs from another in case alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName {
    name: String,
    kind: FileKind,
}

/// What a file of a store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// The head of a log: replaced.
    Checkpoint,
    /// A full tile or bundle, or the public key of the log: never changes.
    Full,
    /// A partial tile or bundle: superseded by a wider one.
    Partial,
}

impl FileName {
    /// Reads a name.
    ///
    /// # Errors
    /// If it is not one of the layout.
    pub fn parse(name: &str) -> Result<Self, RemoteError> {
        match kind(name) {
            Some(kind) => Ok(Self { name: name.to_owned(), kind }),
            None => Err(RemoteError::Name(plain(name, 200))),
        }
    }

    /// The name of the checkpoint of a log.
    ///
    /// # Errors
    /// If there can't be such a log.
    pub fn checkpoint(system: &str, key: &str) -> Result<Self, RemoteError> {
        Self::parse(&format!("logs/{system}/{key}/checkpoint"))
    }

    /// The name, with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// What the file is.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }
}

fn kind(name: &str) -> Option<FileKind> {
    let (system, rest) = name.strip_prefix("logs/")?.split_once('/')?;
    let (key, rest) = rest.split_once('/')?;
    if !is_system(system) || !is_key(key) {
        return None;
    }
    match rest {
        "checkpoint" => return Some(FileKind::Checkpoint),
        "key" => return Some(FileKind::Full),
        _ => {}
    }
    let (level, index) = rest.strip_prefix("tile/")?.split_once('/')?;
    let is_level = level == "entries" || is_number(level, 63);
    if is_level { tile_kind(index) } else { None }
}

fn is_system(system: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let first = system.bytes().next().is_some_and(plain);
    let all = system.bytes().all(|byte| plain(byte) || b"._-".contains(&byte));
    first && all && system.len() <= MAX_SYSTEM
}

fn is_key(key: &str) -> bool {
    key.len() == 32 && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A decimal number without leading zeros, at most `most`.
fn is_number(text: &str, most: u64) -> bool {
    text.parse::<u64>().is_ok_and(|number| number <= most && number.to_string() == text)
}

/// `067`, `x001/067`, and with `.p/5` behind it.
fn tile_kind(index: &str) -> Option<FileKind> {
    let (index, kind) = match index.split_once(".p/") {
        Some((index, width)) if width != "0" && is_number(width, 255) => (index, FileKind::Partial),
        Some(_) => return None,
        None => (index, FileKind::Full),
    };
    let parts: Vec<&str> = index.split('/').collect();
    let (last, before) = parts.split_last()?;
    let three = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = before.iter().any(|part| !part.strip_prefix('x').is_some_and(three));
    // A part that adds nothing would give one tile two names.
    let padded = before.first().is_some_and(|first| *first == "x000");
    (three(last) && !wrong && !padded && parts.len() <= MAX_INDEX_PARTS).then_some(kind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FileKind, FileName};

    const LOG: &str = "logs/triage-2.x/0123456789abcdef0123456789abcdef";

    #[test]
    fn names_of_the_layout_are_taken() {
        for (rest, kind) in [
            ("checkpoint", FileKind::Checkpoint),
            ("tile/0/000", FileKind::Full),
            ("tile/63/x001/x234/067", FileKind::Full),
            ("tile/0/x001/067.p/5", FileKind::Partial),
            ("tile/entries/000.p/255", FileKind::Partial),
            ("tile/entries/x999/999", FileKind::Full),
        ] {
            let name = format!("{LOG}/{rest}");
            let parsed = FileName::parse(&name).unwrap();
            assert_eq!((parsed.as_str(), parsed.kind()), (name.as_str(), kind));
        }
    }

    #[test]
    fn other_names_are_refused() {
        for rest in [
            "",
            "/",
            "checkpoint/",
            "Checkpoint",
            "checkpoint\0",
            "checkpoint.lock",
            "../checkpoint",
            "./checkpoint",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001/x000",
            "tile/0/x001//000",
            "tile/0/x001/x001/x001/x001/x001/x001/x001/001",
            "tile/0/000.p",
            "tile/0/000.p/",
            "tile/0/000.p/0",
            "tile/0/000.p/05",
            "tile/0/000.p/256",
            "tile/0/000.p/1.p/1",
            "tile/entries/..",
            "tile/data/000",
        ] {
            assert!(FileName::parse(&format!("{LOG}/{rest}")).is_err(), "{rest:?}");
        }
        for name in [
            "",
            "logs",
            "checkpoint",
            "/logs/a/0123456789abcdef0123456789abcdef/checkpoint",
            "logs/../0123456789abcdef0123456789abcdef/checkpoint",
            "logs/.a/0123456789abcdef0123456789abcdef/checkpoint",
            "logs/A/0123456789abcdef0123456789abcdef/checkpoint",
            "logs/a b/0123456789abcdef0123456789abcdef/checkpoint",
            "logs/é/0123456789abcdef0123456789abcdef/checkpoint",
            "logs/a\\b/0123456789abcdef0123456789abcdef/checkpoint",
            "logs//0123456789abcdef0123456789abcdef/checkpoint",
            "logs/a/0123456789ABCDEF0123456789abcdef/checkpoint",
            "logs/a/0123456789abcdef0123456789abcde/checkpoint",
            "logs/a/../checkpoint",
        ] {
            assert!(FileName::parse(name).is_err(), "{name:?}");
        }
        assert!(FileName::checkpoint(&"a".repeat(129), &"0".repeat(32)).is_err());
        let error = FileName::parse("logs/\u{1b}[2J").unwrap_err().to_string();
        assert!(!error.contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn a_name_stays_below_the_root(name in r"logs/[a-z./x0-9_-]{0,60}(checkpoint|tile/0/000)?|\PC{0,80}") {
            if FileName::parse(&name).is_ok() {
                prop_assert!(name.starts_with("logs/"));
                prop_assert!(name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/')));
                prop_assert!(name.split('/').all(|part| !part.is_empty() && !part.starts_with('.')));
            }
        }
    }
}
