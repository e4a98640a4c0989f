//! The tree of one ref as a place for logs.

use std::path::Path;

use coseal_assure::evidence::remote::{FileName, MAX_REMOTE_LOGS, RemoteError};
use gix_hash::ObjectId;
use gix_object::{Kind, tree::EntryKind};
use jiff::Timestamp;

use super::{
    super::guarded::{Checked, Place, too_many_logs},
    objects::{Entry, Objects},
    reference::Reference,
    repository,
};

/// How often a commit is made anew because somebody else moved the ref without touching our logs.
const TRIES: usize = 64;

/// A ref of a git repository that holds logs.
pub(in super::super) struct Git {
    objects: Objects,
    reference: Reference,
    now: Timestamp,
    /// The tree that is read: that of one commit, so that what is read belongs together.
    view: Option<View>,
}

/// The tree of the ref's commit; `None` while there is no ref.
type View = Option<ObjectId>;

impl Git {
    /// Opens a ref of the repository at `path`. `now` is the time of its commits.
    pub(in super::super) fn open(
        path: &Path,
        reference: &str,
        now: Timestamp,
    ) -> Result<Self, RemoteError> {
        let store = repository::find(path)?;
        let reference = Reference::new(&store, reference)?;
        Ok(Self { objects: Objects::open(&store)?, reference, now, view: None })
    }

    fn view(&mut self) -> Result<View, RemoteError> {
        let view = match self.view {
            Some(view) => view,
            None => self.tree(self.reference.read()?)?,
        };
        self.view = Some(view);
        Ok(view)
    }

    fn tree(&self, tip: Option<ObjectId>) -> Result<View, RemoteError> {
        tip.map(|tip| self.objects.tree_of(tip)).transpose()
    }

    fn file(&self, view: View, name: &FileName) -> Result<Option<Entry>, RemoteError> {
        let Some(tree) = view else { return Ok(None) };
        match self.objects.find(tree, name.as_str())? {
            Some(Entry { kind: EntryKind::Blob | EntryKind::BlobExecutable, id, name }) => {
                Ok(Some(Entry { kind: EntryKind::Blob, id, name }))
            }
            Some(_) => Err(RemoteError::Damaged(format!("{} is not a file", name.as_str()))),
            None => Ok(None),
        }
    }

    fn folders(&self, view: View, path: &str) -> Result<Vec<String>, RemoteError> {
        let Some(tree) = view else { return Ok(Vec::new()) };
        match self.objects.find(tree, path)? {
            Some(Entry { kind: EntryKind::Tree, id, .. }) => {
                let entries = self.objects.entries(id)?.into_iter();
                Ok(entries
                    .filter(|entry| entry.kind == EntryKind::Tree)
                    .map(|entry| entry.name)
                    .collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The tree of `view` with the change made, if it is as the change expects it.
    fn changed(
        &self,
        view: View,
        change: &Checked,
        blobs: &Blobs,
    ) -> Result<ObjectId, RemoteError> {
        for swap in &change.checkpoints {
            let there = self.file(view, &swap.name)?.map(|entry| self.objects.blob(entry.id));
            if there.transpose()? != swap.expected {
                return Err(RemoteError::Moved);
            }
        }
        for ((name, _), id) in change.files.iter().zip(&blobs.files) {
            if self.file(view, name)?.is_some_and(|there| there.id != *id) {
                return Err(RemoteError::Conflict(name.as_str().to_owned()));
            }
        }
        let files = change.files.iter().map(|(name, _)| name.as_str()).zip(blobs.files.clone());
        let heads = change.checkpoints.iter().map(|swap| swap.name.as_str());
        let put: Vec<_> = files.chain(heads.zip(blobs.checkpoints.clone())).collect();
        let remove: Vec<_> = change.superseded.iter().map(FileName::as_str).collect();
        self.objects.edit(view, &put, &remove)
    }

    /// A commit of `tree`. It names no user and no machine.
    fn commit(&self, tree: ObjectId, parent: Option<ObjectId>) -> Result<ObjectId, RemoteError> {
        let parent = parent.map(|id| format!("parent {id}\n")).unwrap_or_default();
        let by = format!("coseal <> {} +0000", self.now.as_second().max(0));
        let text =
            format!("tree {tree}\n{parent}author {by}\ncommitter {by}\n\nPublish evidence\n");
        self.objects.write(Kind::Commit, text.as_bytes())
    }

    fn folder_has_checkpoint(
        &self,
        view: View,
        system: &str,
        key: &str,
    ) -> Result<bool, RemoteError> {
        let Some(tree) = view else { return Ok(false) };
        Ok(self.objects.find(tree, &format!("logs/{system}/{key}/checkpoint"))?.is_some())
    }

    fn write(&self, change: &Checked) -> Result<Blobs, RemoteError> {
        let blob = |bytes: &Vec<u8>| self.objects.write(Kind::Blob, bytes);
        Ok(Blobs {
            files: change.files.iter().map(|(_, bytes)| blob(bytes)).collect::<Result<_, _>>()?,
            checkpoints: change
                .checkpoints
                .iter()
                .map(|swap| blob(&swap.new))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The objects of a change's files, in their order.
struct Blobs {
    files: Vec<ObjectId>,
    checkpoints: Vec<ObjectId>,
}

impl Place for Git {
    fn logs(&mut self) -> Result<Vec<(String, String)>, RemoteError> {
        self.view = None;
        let view = self.view()?;
        let mut logs = Vec::new();
        for system in self.folders(view, "logs")? {
            for key in self.folders(view, &format!("logs/{system}"))? {
                if self.folder_has_checkpoint(view, &system, &key)? {
                    logs.push((system.clone(), key));
                }
                if logs.len() > MAX_REMOTE_LOGS {
                    return Err(too_many_logs());
                }
            }
        }
        Ok(logs)
    }

    fn read(&mut self, name: &FileName) -> Result<Option<Vec<u8>>, RemoteError> {
        let view = self.view()?;
        self.file(view, name)?.map(|entry| self.objects.blob(entry.id)).transpose()
    }

    fn publish(&mut self, change: Checked) -> Result<(), RemoteError> {
        self.view = None;
        let blobs = self.write(&change)?;
        for _ in 0..TRIES {
            let tip = self.reference.read()?;
            let view = self.tree(tip)?;
            let tree = self.changed(view, &change, &blobs)?;
            if view == Some(tree) {
                return Ok(());
            }
            let commit = self.commit(tree, tip)?;
            self.objects.sync()?;
            match self.reference.replace(tip, commit) {
                // The ref has moved; our logs may not have.
                Err(RemoteError::Moved) => {}
                done => return done,
            }
        }
        Err(RemoteError::Busy("others keep publishing to the same ref".into()))
    }
}
