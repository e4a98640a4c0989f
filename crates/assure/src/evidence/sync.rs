//! Push and pull: two copies of a log become the longer of the two, if one is the beginning of the other.

use coseal_core::digest::Digest;
use coseal_sign::tlog::{Tile, bundle, leaf_hash};

use super::{
    content::{Depth, read_record},
    error::StoreError,
    log_folder::{Head, LogFolder, tiles_of},
    origin::Origin,
    remote::{Change, Remote, RemoteError, Swap},
    store::Store,
};

/// What became of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// Its origin.
    pub origin: String,
    /// Records before, where they went.
    pub before: u64,
    /// Records after, where they went.
    pub after: u64,
}

/// Takes over what the other place has more of.
///
/// Every record that comes in is checked: its signature, its place in the tree, and that the log here is the beginning
/// of the log there.
///
/// # Errors
/// If the place fails, or a log there is not intact or not of one history with the log here: that log is left as it was.
pub fn pull(
    store: &Store,
    remote: &mut dyn Remote,
    system: Option<&str>,
) -> Result<Vec<Synced>, StoreError> {
    let mut out = Vec::new();
    for name in remote.checkpoints().map_err(failed)? {
        let Some(origin) = origin_of(&name) else { continue };
        if system.is_none_or(|system| system == origin.system) {
            out.push(pull_log(&store.log(&origin), remote)?);
        }
    }
    Ok(out)
}

/// Gives what the other place has less of.
///
/// # Errors
/// If the place fails, if a log there is not of one history with the log here, or somebody else wrote there meanwhile.
pub fn push(
    store: &Store,
    remote: &mut dyn Remote,
    system: Option<&str>,
) -> Result<Vec<Synced>, StoreError> {
    let mut out = Vec::new();
    for name in store.systems()?.iter().filter(|name| system.is_none_or(|system| system == *name)) {
        for origin in store.origins(name)? {
            // One log at a time: a place without transactions can't swap two checkpoints at once.
            let mut change = Change::default();
            out.extend(push_log(&store.log(&origin), remote, &mut change)?);
            if !change.checkpoints.is_empty() {
                remote.publish(change).map_err(failed)?;
            }
        }
    }
    Ok(out)
}

fn pull_log(log: &LogFolder, remote: &mut dyn Remote) -> Result<Synced, StoreError> {
    let origin = log.origin();
    let there = remote_head(log, remote)?
        .ok_or_else(|| log.broken("the checkpoint there is gone".into()))?;
    let here = log.head()?;
    let old = here.as_ref().map_or(0, |head| head.checkpoint.size());
    let new = there.checkpoint.size();
    let done = |after| Synced { origin: origin.to_string(), before: old, after };
    if new <= old {
        check_prefix(log, here.as_ref(), &there)?;
        return Ok(done(old));
    }
    let entries = new_entries(log, remote, old, &there)?;
    let mut growth = log.edge(old)?;
    if here.as_ref().is_some_and(|here| growth.root() != *here.checkpoint.root()) {
        return Err(log.not_its_tiles());
    }
    for entry in &entries {
        growth.append(leaf_hash(entry));
    }
    if growth.root() != *there.checkpoint.root() {
        return Err(log.broken(
            "the log here is not the beginning of the log there: it was forked or rewritten".into(),
        ));
    }
    let mut files = vec![("key".to_owned(), format!("{}\n", there.key).into_bytes())];
    files.extend(log.bundles(old, &entries)?);
    files.extend(tiles_of(&mut growth).iter().map(|data| (data.tile.path(), data.bytes())));
    files.push(("checkpoint".to_owned(), there.note.to_string().into_bytes()));
    log.replace(&files, here.as_ref(), new)?;
    Ok(done(new))
}

/// The entries after the first `old`, each checked by itself.
fn new_entries(
    log: &LogFolder,
    remote: &mut dyn Remote,
    old: u64,
    there: &Head,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let new = there.checkpoint.size();
    let mut entries = Vec::new();
    for index in old / 256..new.div_ceil(256) {
        let Some(tile) = Tile::of(new, 0, index) else { continue };
        let path = tile.entries_path();
        let bytes = read(log, remote, &path)?
            .ok_or_else(|| log.broken(format!("{path}: it is not there")))?;
        let bundle = bundle::decode(&bytes, tile.width)
            .map_err(|error| log.broken(format!("{path}: {error}")))?;
        for (entry, place) in
            bundle.into_iter().zip(index * 256..).filter(|(_, place)| *place >= old)
        {
            let (record, _) = read_record(entry, there.key.public(), Depth::Signatures)
                .map_err(|why| log.broken(format!("record {place}: {why}")))?;
            if record.system().is_some_and(|system| system != log.origin().system) {
                return Err(log.broken(format!("record {place}: it is about another system")));
            }
            entries.push(entry.to_vec());
        }
    }
    Ok(entries)
}

fn push_log(
    log: &LogFolder,
    remote: &mut dyn Remote,
    change: &mut Change,
) -> Result<Option<Synced>, StoreError> {
    let Some(here) = log.head()? else { return Ok(None) };
    let there = remote_head(log, remote)?;
    let old = there.as_ref().map_or(0, |head| head.checkpoint.size());
    let new = here.checkpoint.size();
    let synced = |after| Some(Synced { origin: log.origin().to_string(), before: old, after });
    if let Some(there) = &there {
        if old > new {
            // The other place is ahead: that is for pull to say whether it is of one history.
            return Ok(synced(old));
        }
        check_prefix(log, Some(&here), there)?;
        if old == new {
            return Ok(synced(old));
        }
    }
    let name = |path: &str| format!("logs/{}/{path}", log.origin());
    let file =
        |path: &str| log.file(path)?.ok_or_else(|| log.broken(format!("{path}: it is not there")));
    if there.is_none() {
        change.files.push((name("key"), file("key")?));
    }
    for tile in changed(old, new) {
        let mut paths = vec![tile.path()];
        if tile.level == 0 {
            paths.push(tile.entries_path());
        }
        for path in paths {
            change.files.push((name(&path), file(&path)?));
        }
    }
    change.superseded.extend(superseded(old, new).iter().map(|path| name(path)));
    change.checkpoints.push(Swap {
        name: name("checkpoint"),
        expected: there.map(|head| head.note.to_string().into_bytes()),
        new: here.note.to_string().into_bytes(),
    });
    Ok(synced(new))
}

/// The shorter log has to be the beginning of the one here.
fn check_prefix(log: &LogFolder, here: Option<&Head>, there: &Head) -> Result<(), StoreError> {
    let size = here.map_or(0, |head| head.checkpoint.size());
    let same = there.checkpoint.size() <= size
        && log.root(there.checkpoint.size(), size)? == *there.checkpoint.root();
    if same {
        Ok(())
    } else {
        Err(log.broken(
            "the log there is not the beginning of the log here: it was forked or rewritten".into(),
        ))
    }
}

fn remote_head(log: &LogFolder, remote: &mut dyn Remote) -> Result<Option<Head>, StoreError> {
    let Some(checkpoint) = read(log, remote, "checkpoint")? else { return Ok(None) };
    let key = read(log, remote, "key")?.ok_or_else(|| log.broken("key: it is not there".into()))?;
    log.origin().head(&checkpoint, &key).map(Some)
}

fn read(
    log: &LogFolder,
    remote: &mut dyn Remote,
    path: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    remote.read(&format!("logs/{}/{path}", log.origin())).map_err(failed)
}

/// The tiles that are not in a log of `old` entries, or narrower there.
fn changed(old: u64, new: u64) -> Vec<Tile> {
    let mut tiles = Vec::new();
    for level in 0..8_u8 {
        let shift = 8 * u32::from(level);
        let first = (old >> shift) / 256;
        let end = (new >> shift).div_ceil(256);
        for index in first..end {
            if let Some(tile) = Tile::of(new, level, index)
                && Tile::of(old, level, index) != Some(tile)
            {
                tiles.push(tile);
            }
        }
    }
    tiles
}

/// The partial tiles of a log of `old` entries that wider ones take the place of.
fn superseded(old: u64, new: u64) -> Vec<String> {
    let mut paths = Vec::new();
    for level in 0..8_u8 {
        let index = (old >> (8 * u32::from(level))) / 256;
        if let (Some(before), Some(after)) =
            (Tile::of(old, level, index), Tile::of(new, level, index))
            && before != after
        {
            paths.push(before.path());
            if level == 0 {
                paths.push(before.entries_path());
            }
        }
    }
    paths
}

fn origin_of(name: &str) -> Option<Origin> {
    Origin::parse(name.strip_prefix("logs/")?.strip_suffix("/checkpoint")?)
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn failed(error: RemoteError) -> StoreError {
    StoreError::Remote(error.to_string())
}

/// The id of a record, from its bytes.
#[must_use]
pub fn record_id(envelope: &[u8]) -> Digest {
    Digest::new(leaf_hash(envelope))
}
