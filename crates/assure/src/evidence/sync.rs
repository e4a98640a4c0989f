//! Push and pull: two copies of a log become the longer of the two, if one is the beginning of the other.

use std::cell::RefCell;

use coseal_sign::{
    note::{Note, NoteSignature, VerifierKey},
    tlog::{self, Hash, Tile, TileData, bundle, consistency_proof, leaf_hash, verify_consistency},
};

use super::{
    content::{Depth, RunOrder, public, read_one},
    error::StoreError,
    log_folder::{Head, LogFolder, tiles_of},
    origin::Origin,
    remote::{Change, Remote, RemoteError, Swap},
    store::Store,
};

/// Records of one log that one push or pull takes over at most, and their bytes: they are held in memory until all of
/// them are verified.
const MAX_NEW: u64 = 1_000_000;
const MAX_NEW_BYTES: usize = 1 << 30;
/// How often a log that somebody writes to is looked at anew.
const ATTEMPTS: usize = 5;

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

/// The witnesses that the trust root of a system names, if there is one.
pub type Witnesses<'a> = dyn Fn(&str) -> Vec<VerifierKey> + 'a;

/// Takes over what the other place has more of, with the cosignatures of `witnesses`.
///
/// Every record that comes in is checked: its signature, its place in the tree, and that the log here is the beginning
/// of the log there.
///
/// # Errors
/// If the place fails, or a log there is not intact or not of one history with the log here: that log is left as it was,
/// and the others are taken over.
pub fn pull(
    store: &Store,
    remote: &mut dyn Remote,
    system: Option<&str>,
    witnesses: &Witnesses<'_>,
) -> Result<Vec<Synced>, StoreError> {
    let (mut out, mut wrong) = (Vec::new(), None);
    for name in remote.checkpoints().map_err(failed)? {
        let Some(origin) = origin_of(&name) else { continue };
        if system.is_none_or(|system| system == origin.system) {
            // Who can put a log there that is refused must not keep the others back.
            let known = witnesses(&origin.system);
            let take = |log: &LogFolder, remote: &mut dyn Remote| pull_log(log, remote, &known);
            match again(&store.log(&origin), remote, take) {
                Ok(synced) => out.push(synced),
                Err(error) if error.is_of_one_log() => wrong = wrong.or(Some(error)),
                Err(error) => return Err(error),
            }
        }
    }
    wrong.map_or(Ok(out), Err)
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
    let (mut out, mut wrong) = (Vec::new(), None);
    for name in store.systems()?.iter().filter(|name| system.is_none_or(|system| system == *name)) {
        for origin in store.origins(name)? {
            // One log at a time: a place without transactions can't swap two checkpoints at once.
            let log = store.log(&origin);
            let mut change = Change::default();
            let pushed = again(&log, remote, |log, remote| {
                log.steadily(|| {
                    change = Change::default();
                    push_log(log, remote, &mut change)
                })
            });
            match pushed {
                Ok(synced) => out.extend(synced),
                Err(error) if error.is_of_one_log() => {
                    wrong = wrong.or(Some(error));
                    continue;
                }
                Err(error) => return Err(error),
            }
            if !change.checkpoints.is_empty() {
                remote.publish(change).map_err(failed)?;
            }
        }
    }
    wrong.map_or(Ok(out), Err)
}

/// Does it again when it failed and somebody wrote meanwhile, here or there.
fn again<T>(
    log: &LogFolder,
    remote: &mut dyn Remote,
    mut once: impl FnMut(&LogFolder, &mut dyn Remote) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    for _ in 1..ATTEMPTS {
        let before = read(log, remote, "checkpoint")?;
        match once(log, remote) {
            Err(StoreError::Moved { .. }) => {}
            Err(error) if error.is_integrity() && read(log, remote, "checkpoint")? != before => {}
            done => return done,
        }
    }
    once(log, remote)
}

fn pull_log(
    log: &LogFolder,
    remote: &mut dyn Remote,
    witnesses: &[VerifierKey],
) -> Result<Synced, StoreError> {
    let origin = log.origin();
    let there = remote_head(log, remote)?
        .ok_or_else(|| log.broken("the checkpoint there is gone".into()))?;
    let here = log.head().map_err(|error| match error {
        StoreError::Broken { why, .. } => log.broken(format!(
            "the copy here can't be read and was left as it is; moved away, it can be pulled anew: {why}"
        )),
        other => other,
    })?;
    let old = here.as_ref().map_or(0, |head| head.checkpoint.size());
    let new = there.checkpoint.size();
    let done = |after| Synced { origin: origin.to_string(), before: old, after };
    if new <= old {
        log.steadily(|| check_prefix(log, log.head()?.as_ref(), &there))?;
        let note = vouched(log, &there, witnesses)?;
        let held = here.as_ref().map_or(0, |head| head.note.signatures().len());
        if new == old && note.signatures().len() > held {
            // The same log, cosigned meanwhile.
            log.replace(&[("checkpoint".to_owned(), note.to_bytes())], here.as_ref(), new)?;
        }
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
    files.extend(log.bundles(old, entries)?);
    files.extend(tiles_of(&mut growth).iter().map(|data| (data.tile.path(), data.bytes())));
    files.push(("checkpoint".to_owned(), vouched(log, &there, witnesses)?.to_bytes()));
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
    fits(old, new)?;
    let mut entries = Vec::new();
    let mut size = 0_usize;
    let mut order = RunOrder::default();
    let key = public(log, there)?;
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
            let read = read_one(log, &key, entry, Depth::Signatures)
                .map_err(|why| log.broken(format!("record {place}: {why}")))?;
            order.next(&read, place).map_err(|wrong| stray(log, wrong))?;
            size = size.saturating_add(entry.len());
            if size > MAX_NEW_BYTES {
                return Err(StoreError::TooMany {
                    what: "bytes of new records in one log",
                    limit: MAX_NEW_BYTES,
                });
            }
            entries.push(entry.to_vec());
        }
    }
    order.end().map_err(|wrong| stray(log, wrong))?;
    Ok(entries)
}

fn stray(log: &LogFolder, (index, why): (u64, &str)) -> StoreError {
    log.broken(format!("record {index}: {why}"))
}

/// Whether as many new records can be held in memory.
fn fits(old: u64, new: u64) -> Result<(), StoreError> {
    if new.saturating_sub(old) > MAX_NEW {
        let limit = usize::try_from(MAX_NEW).unwrap_or(usize::MAX);
        return Err(StoreError::TooMany { what: "new records in one log", limit });
    }
    Ok(())
}

/// The checkpoint with the signature of its log, once, and those of witnesses that verify. A line of nobody's would make the
/// log one that is refused.
fn vouched(log: &LogFolder, there: &Head, witnesses: &[VerifierKey]) -> Result<Note, StoreError> {
    let is_of =
        |line: &NoteSignature, key: &VerifierKey| line.name == key.name() && line.id == key.id();
    let own = there.note.signatures().iter().filter(|line| is_of(line, &there.key)).count();
    if own != 1 {
        return Err(log.broken("checkpoint: the log's own key signed it twice".into()));
    }
    let good: Vec<_> = witnesses.iter().filter(|key| there.note.verify(key).is_ok()).collect();
    Ok(there.note.with(|line| is_of(line, &there.key) || good.iter().any(|key| is_of(line, key))))
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
            check_ahead(log, &here, there, remote)?;
            return Ok(synced(old));
        }
        check_prefix(log, Some(&here), there)?;
        if old == new {
            return Ok(synced(old));
        }
    }
    fits(old, new)?;
    // A checkpoint that promises more than is there would have us look for tiles without end.
    if log.root(new, new)? != *here.checkpoint.root() {
        return Err(log.not_its_tiles());
    }
    let name = |path: &str| format!("logs/{}/{path}", log.origin());
    let file =
        |path: &str| log.file(path)?.ok_or_else(|| log.broken(format!("{path}: it is not there")));
    if there.is_none() {
        change.files.push((name("key"), file("key")?));
    }
    let mut size = 0_usize;
    for tile in changed(old, new) {
        let mut paths = vec![tile.path()];
        if tile.level == 0 {
            paths.push(tile.entries_path());
        }
        for path in paths {
            let bytes = file(&path)?;
            size = size.saturating_add(bytes.len());
            if size > MAX_NEW_BYTES {
                let what = "bytes of new records in one log";
                return Err(StoreError::TooMany { what, limit: MAX_NEW_BYTES });
            }
            change.files.push((name(&path), bytes));
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

/// The log here has to be the beginning of the longer one there: the place is asked for the proof.
fn check_ahead(
    log: &LogFolder,
    here: &Head,
    there: &Head,
    remote: &mut dyn Remote,
) -> Result<(), StoreError> {
    let (old, new) = (here.checkpoint.size(), there.checkpoint.size());
    let tiles = RemoteTiles { log, remote: RefCell::new(remote), size: new };
    let proof = consistency_proof(old, new, &tiles).map_err(|error| log.of_tree(error))?;
    verify_consistency(old, here.checkpoint.root(), new, there.checkpoint.root(), &proof).map_err(
        |_| {
            log.broken(
                "the log here is not the beginning of the log there: it was forked or rewritten"
                    .into(),
            )
        },
    )
}

/// The tiles of a log at another place.
struct RemoteTiles<'a> {
    log: &'a LogFolder,
    remote: RefCell<&'a mut dyn Remote>,
    size: u64,
}

impl tlog::Tiles for RemoteTiles<'_> {
    type Error = StoreError;

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, StoreError> {
        let held = Tile::of(self.size, tile.level, tile.index).unwrap_or(tile);
        let name = held.path();
        let bytes = read(self.log, &mut **self.remote.borrow_mut(), &name)?
            .ok_or_else(|| self.log.broken(format!("{name}: it is not there")))?;
        let data = TileData::parse(held, &bytes).map_err(|_| {
            self.log.broken(format!("{name}: it does not hold {} hashes", held.width))
        })?;
        Ok(data.hashes)
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
