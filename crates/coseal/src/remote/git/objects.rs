//! Objects: found loose and in packs, written loose, held to their names and to a size.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use coseal_assure::evidence::remote::{MAX_REMOTE_FILE, RemoteError};
use gix_hash::ObjectId;
use gix_object::{
    Find, FindHeader, Kind, Tree, TreeRef, Write as _,
    tree::{Editor, EntryKind},
};

use super::super::{
    durable::{refused, sync_file, sync_folder},
    guarded::too_large,
};

const SHA1: gix_hash::Kind = gix_hash::Kind::Sha1;
/// Most bytes that reading one object may take at a time: itself, what it is a delta of, and the delta.
const MAX_MEMORY: usize = 4 * (MAX_REMOTE_FILE as usize);

/// The objects of a repository.
pub(super) struct Objects {
    found: gix_odb::Handle,
    loose: gix_odb::loose::Store,
    /// Files that are not yet durable.
    fresh: RefCell<BTreeSet<PathBuf>>,
}

/// An entry of a tree.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: EntryKind,
    pub(super) id: ObjectId,
}

impl Objects {
    pub(super) fn open(store: &Path) -> Result<Self, RemoteError> {
        let folder = store.join("objects");
        let options = gix_odb::store::init::Options {
            alloc_limit_bytes: Some(MAX_MEMORY),
            ..Default::default()
        };
        let found = gix_odb::at_opts(&folder, SHA1, None, options)
            .map_err(|_| damaged("its objects can't be read"))?;
        let loose = gix_odb::loose::Store::at(folder, SHA1);
        Ok(Self { found, loose, fresh: RefCell::default() })
    }

    /// The tree of a commit.
    pub(super) fn tree_of(&self, commit: ObjectId) -> Result<ObjectId, RemoteError> {
        let bytes = self.read(commit, Kind::Commit)?;
        let id = bytes.strip_prefix(b"tree ").and_then(|rest| rest.get(..40));
        id.and_then(|id| ObjectId::from_hex(id).ok()).ok_or_else(|| damaged("a commit has no tree"))
    }

    pub(super) fn blob(&self, id: ObjectId) -> Result<Vec<u8>, RemoteError> {
        self.read(id, Kind::Blob)
    }

    pub(super) fn entries(&self, tree: ObjectId) -> Result<Vec<Entry>, RemoteError> {
        let bytes = self.read(tree, Kind::Tree)?;
        let tree = TreeRef::from_bytes(&bytes, SHA1).map_err(|_| damaged("a tree is malformed"))?;
        let entry = |entry: &gix_object::tree::EntryRef<'_>| Entry {
            name: String::from_utf8_lossy(entry.filename).into_owned(),
            kind: entry.mode.kind(),
            id: entry.oid.to_owned(),
        };
        Ok(tree.entries.iter().map(entry).collect())
    }

    /// What is at a path; `None` if there is nothing, or something on the way is no folder.
    pub(super) fn find(&self, tree: ObjectId, path: &str) -> Result<Option<Entry>, RemoteError> {
        let mut at = Entry { name: String::new(), kind: EntryKind::Tree, id: tree };
        for part in path.split('/') {
            if at.kind != EntryKind::Tree {
                return Ok(None);
            }
            match self.entries(at.id)?.into_iter().find(|entry| entry.name == part) {
                Some(entry) => at = entry,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    pub(super) fn write(&self, kind: Kind, bytes: &[u8]) -> Result<ObjectId, RemoteError> {
        let id = self
            .loose
            .write_buf(kind, bytes)
            .map_err(|_| RemoteError::Refused("an object can't be written".into()))?;
        self.fresh.borrow_mut().insert(self.loose.object_path(&id));
        Ok(id)
    }

    /// The tree `old` with files put and removed.
    pub(super) fn edit(
        &self,
        old: Option<ObjectId>,
        put: &[(&str, ObjectId)],
        remove: &[&str],
    ) -> Result<ObjectId, RemoteError> {
        let root = match old {
            Some(old) => owned(&self.read(old, Kind::Tree)?)?,
            None => Tree { entries: Vec::new() },
        };
        let mut editor = Editor::new(root, &self.found, SHA1);
        for (name, id) in put {
            editor.upsert(name.split('/'), EntryKind::Blob, *id).map_err(|_| not_edited())?;
        }
        for name in remove {
            editor.remove_if_leaf(name.split('/')).map_err(|_| not_edited())?;
        }
        editor.write(|tree| {
            let mut bytes = Vec::new();
            gix_object::WriteTo::write_to(tree, &mut bytes).map_err(|_| not_edited())?;
            self.write(Kind::Tree, &bytes)
        })
    }

    /// Makes what was written durable: a ref must never point to what a loss of power takes away.
    pub(super) fn sync(&self) -> Result<(), RemoteError> {
        let fresh = self.fresh.take();
        let mut folders = BTreeSet::from([self.loose.path().to_owned()]);
        for path in &fresh {
            sync_file(path)?;
            folders.extend(path.parent().map(Path::to_owned));
        }
        folders.iter().try_for_each(|folder| sync_folder(folder)).map_err(|error| refused(&error))
    }

    fn read(&self, id: ObjectId, kind: Kind) -> Result<Vec<u8>, RemoteError> {
        let unreadable = || damaged("an object can't be read");
        let header = FindHeader::try_header(&self.found, &id).map_err(|_| unreadable())?;
        let header = header.ok_or_else(|| damaged("an object is missing"))?;
        if header.kind != kind {
            return Err(damaged("an object is not of the kind that it has to be"));
        }
        if header.size > MAX_REMOTE_FILE {
            return Err(too_large("an object"));
        }
        let mut bytes = Vec::new();
        let found = self.found.try_find(&id, &mut bytes).map_err(|_| unreadable())?;
        let found = found.ok_or_else(unreadable)?;
        // The name is checked with detection of collisions.
        let name =
            gix_object::compute_hash(SHA1, found.kind, found.data).map_err(|_| unreadable())?;
        if found.kind != kind || name != id {
            return Err(damaged("an object is not what its name says"));
        }
        Ok(bytes)
    }
}

fn owned(bytes: &[u8]) -> Result<Tree, RemoteError> {
    let tree = TreeRef::from_bytes(bytes, SHA1).map_err(|_| damaged("a tree is malformed"))?;
    Ok(tree.into_owned())
}

fn damaged(what: &str) -> RemoteError {
    RemoteError::Damaged(what.to_owned())
}

fn not_edited() -> RemoteError {
    damaged("a tree can't be changed")
}
