//! A bucket as a place for logs.
//!
//! There is no lock. Files are only made, never replaced, and checkpoints are replaced on condition that they are still
//! what was read. A server that ignores conditions is refused before anything is written.

use coseal_assure::evidence::remote::{FileName, MAX_REMOTE_LOGS, RemoteError};
use jiff::Timestamp;

use super::{
    super::guarded::{Checked, CheckedSwap, Place, too_many_logs},
    client::{Answer, Client},
    listing,
    settings::Settings,
};

/// A name outside the layout, for the question whether the server knows conditions.
const PROBE: &str = "coseal-probe";
/// Most pages of one listing: each has up to 1000 names.
const MAX_PAGES: usize = 100;

/// A bucket that holds logs.
pub(in super::super) struct Bucket {
    client: Client,
    /// Whether the server was seen to refuse a write whose condition does not hold.
    conditional: bool,
}

/// A file and its version.
struct Fetched {
    bytes: Vec<u8>,
    tag: Option<String>,
}

impl Bucket {
    /// Opens a bucket; nothing is asked of it yet.
    pub(in super::super) fn open(settings: Settings, now: Timestamp) -> Result<Self, RemoteError> {
        Ok(Self { client: Client::new(settings, now), conditional: false })
    }

    fn fetch(&self, name: &str) -> Result<Option<Fetched>, RemoteError> {
        let answer = self.client.get(name)?;
        match answer.status.as_u16() {
            200 => Ok(Some(Fetched { bytes: answer.body, tag: answer.tag })),
            404 if !is_without_bucket(&answer) => Ok(None),
            _ => Err(answer.unexpected()),
        }
    }

    /// The names of the folders in a folder.
    fn folders(&self, name: &str) -> Result<Vec<String>, RemoteError> {
        let prefix = format!("{}{name}/", self.client.settings.prefix);
        let (mut folders, mut token) = (Vec::new(), None::<String>);
        for _ in 0..MAX_PAGES {
            let mut parameters = vec![("delimiter", "/"), ("list-type", "2"), ("prefix", &prefix)];
            parameters.extend(token.as_deref().map(|token| ("continuation-token", token)));
            parameters.sort_unstable();
            let answer = self.client.list(&parameters)?;
            if answer.status != 200 {
                return Err(answer.unexpected());
            }
            let malformed = || RemoteError::Damaged("the server's listing is malformed".into());
            let page = listing::parse(&answer.body).ok_or_else(malformed)?;
            for folder in &page.folders {
                let inside = folder.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix('/'));
                folders.push(inside.ok_or_else(malformed)?.to_owned());
            }
            token = page.next;
            if token.is_none() {
                return Ok(folders);
            }
        }
        Err(too_many_logs())
    }

    /// Refuses a server that writes although the condition does not hold.
    fn probe(&mut self) -> Result<(), RemoteError> {
        if self.conditional {
            return Ok(());
        }
        let none = "\"00000000000000000000000000000000\"";
        let answer = self.client.put(PROBE, ("if-match", none), b"")?;
        match answer.status.as_u16() {
            404 if is_without_bucket(&answer) => Err(answer.unexpected()),
            404 | 409 | 412 => {
                self.conditional = true;
                Ok(())
            }
            200 | 501 => {
                drop(self.client.delete(PROBE));
                let text = "the server knows no conditional writes (If-Match), so writers could undo each other's work";
                Err(RemoteError::Unsupported(text.into()))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// The version of a checkpoint that is what was expected.
    fn expected(&self, swap: &CheckedSwap) -> Result<Option<String>, RemoteError> {
        match (self.fetch(swap.name.as_str())?, &swap.expected) {
            (None, None) => Ok(None),
            (Some(there), Some(expected)) if there.bytes == *expected => match there.tag {
                Some(tag) => Ok(Some(tag)),
                None => Err(RemoteError::Unsupported("the server gives no ETag".into())),
            },
            _ => Err(RemoteError::Moved),
        }
    }

    /// Makes a file; one that is there already has to be the same.
    fn make(&self, name: &FileName, bytes: &[u8]) -> Result<(), RemoteError> {
        let answer = self.client.put(name.as_str(), ("if-none-match", "*"), bytes)?;
        match answer.status.as_u16() {
            200 => Ok(()),
            409 | 412 => match self.fetch(name.as_str())? {
                Some(there) if there.bytes == bytes => Ok(()),
                Some(_) => Err(RemoteError::Conflict(name.as_str().to_owned())),
                None => Err(RemoteError::Moved),
            },
            _ => Err(answer.unexpected()),
        }
    }

    fn swap(&self, swap: &CheckedSwap, tag: Option<&str>) -> Result<(), RemoteError> {
        let condition = tag.map_or(("if-none-match", "*"), |tag| ("if-match", tag));
        let answer = self.client.put(swap.name.as_str(), condition, &swap.new)?;
        match answer.status.as_u16() {
            200 => Ok(()),
            404 | 409 | 412 => Err(RemoteError::Moved),
            _ => Err(answer.unexpected()),
        }
    }
}

impl Place for Bucket {
    fn logs(&mut self) -> Result<Vec<(String, String)>, RemoteError> {
        let mut logs = Vec::new();
        for system in self.folders("logs")? {
            for key in self.folders(&format!("logs/{system}"))? {
                logs.push((system.clone(), key));
                if logs.len() > MAX_REMOTE_LOGS {
                    return Err(too_many_logs());
                }
            }
        }
        let mut with_checkpoint = Vec::new();
        for (system, key) in logs {
            let name = FileName::checkpoint(&system, &key)?;
            if self.fetch(name.as_str())?.is_some() {
                with_checkpoint.push((system, key));
            }
        }
        Ok(with_checkpoint)
    }

    fn read(&mut self, name: &FileName) -> Result<Option<Vec<u8>>, RemoteError> {
        Ok(self.fetch(name.as_str())?.map(|there| there.bytes))
    }

    fn publish(&mut self, change: Checked) -> Result<(), RemoteError> {
        self.probe()?;
        let mut tags = Vec::new();
        for swap in &change.checkpoints {
            tags.push(self.expected(swap)?);
        }
        for (name, bytes) in &change.files {
            self.make(name, bytes)?;
        }
        for (swap, tag) in change.checkpoints.iter().zip(&tags) {
            self.swap(swap, tag.as_deref())?;
        }
        for name in &change.superseded {
            drop(self.client.delete(name.as_str()));
        }
        Ok(())
    }
}

/// Whether it is the bucket that is missing, and not the file.
fn is_without_bucket(answer: &Answer) -> bool {
    let code = b"<Code>NoSuchBucket</Code>";
    answer.body.windows(code.len()).any(|window| window == code)
}
