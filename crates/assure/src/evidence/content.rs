//! Reads a log and checks it against itself: every record, every tile, the checkpoint.

use std::{collections::BTreeMap, thread};

use coseal_core::digest::Digest;
use coseal_sign::{
    dsse::Envelope,
    key::Ed25519Public,
    statement::{PAYLOAD_TYPE, Statement},
    tlog::{Growth, Hash, Tile, leaf_hash},
};

use super::{
    error::StoreError,
    log_folder::{Head, LogFolder, tiles_of},
    record::{KeyRecord, OutcomeRecord, Record, Run, Schedule},
};

/// How closely a log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every record and tile against the signed checkpoint; signatures of single records are left out, since the
    /// checkpoint covers them.
    Checkpoint,
    /// The signature of every record too.
    Signatures,
}

/// Something that stands in a log, and where.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// Its index.
    pub index: u64,
    /// Its leaf hash: the id of the record.
    pub id: Digest,
    /// What it says.
    pub what: T,
}

/// An outcome, with the digests of what it is about.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The predicate.
    pub said: OutcomeRecord,
    /// Subjects that had a digest.
    pub digests: BTreeMap<String, Digest>,
}

/// All that stands in a log that agrees with itself.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its head.
    pub head: Head,
    /// Runs, in order.
    pub runs: Vec<Entry<Run>>,
    /// Outcomes, in order.
    pub outcomes: Vec<Entry<Outcome>>,
    /// Schedules, in order.
    pub schedules: Vec<Entry<Schedule>>,
    /// Key events, in order.
    pub keys: Vec<Entry<KeyRecord>>,
    /// How many records are of other kinds.
    pub others: u64,
}

/// A record that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) id: Hash,
    record: Record,
    digests: BTreeMap<String, Digest>,
}

impl Content {
    /// Reads a log; none when nothing was ever recorded in it.
    ///
    /// # Errors
    /// If it is not intact: names the record, the tile or the checkpoint that is not as it was written.
    pub fn read(log: &LogFolder, depth: Depth) -> Result<Option<Self>, StoreError> {
        let Some(head) = log.head()? else { return Ok(None) };
        let read = read_all(log, &head, depth)?;
        let hashes: Vec<Hash> = read.iter().map(|read| read.id).collect();
        check_tiles(log, &head, &hashes)?;
        let mut content = Self {
            head,
            runs: Vec::new(),
            outcomes: Vec::new(),
            schedules: Vec::new(),
            keys: Vec::new(),
            others: 0,
        };
        let mut order = RunOrder::default();
        let wrong = |(index, why)| log.broken(format!("record {index}: {why}"));
        for (read, index) in read.into_iter().zip(0..) {
            order.next(&read, index).map_err(wrong)?;
            content.add(read, index);
        }
        order.end().map_err(wrong)?;
        Ok(Some(content))
    }

    fn add(&mut self, read: Read, index: u64) {
        let id = Digest::new(read.id);
        match read.record {
            Record::Run(what) => self.runs.push(Entry { index, id, what }),
            Record::Outcome(said) => {
                let what = Outcome { said, digests: read.digests };
                self.outcomes.push(Entry { index, id, what });
            }
            Record::Schedule(what) => self.schedules.push(Entry { index, id, what }),
            Record::Key(what) => self.keys.push(Entry { index, id, what }),
            Record::Other { .. } => self.others += 1,
        }
    }
}

/// Every run is followed by all of its outcomes, and no outcome stands outside of its run.
#[derive(Debug, Default)]
pub(super) struct RunOrder {
    open: Option<(Run, Digest, u64)>,
    /// Outcomes of the open run that came.
    come: usize,
}

impl RunOrder {
    /// Takes the next record. A log of which everything is in order is so up to any end of a run.
    pub(super) fn next(&mut self, read: &Read, index: u64) -> Result<(), (u64, &'static str)> {
        if let Some((run, id, at)) = &self.open {
            let Some(check) = run.outcomes.get(self.come) else {
                self.open = None;
                return self.next(read, index);
            };
            let Record::Outcome(said) = &read.record else {
                return Err((*at, "outcomes of the run are missing"));
            };
            let fits = said.run == *id
                && said.place == self.come as u64
                && said.check == *check
                && said.environment == run.environment
                && said.received == run.received;
            self.come += 1;
            return if fits {
                Ok(())
            } else {
                Err((index, "it is not the outcome that its run says comes here"))
            };
        }
        match &read.record {
            Record::Outcome(_) => Err((index, "it is an outcome outside of its run")),
            Record::Run(run) => {
                self.open = Some((run.clone(), Digest::new(read.id), index));
                self.come = 0;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Nothing comes any more.
    pub(super) fn end(self) -> Result<(), (u64, &'static str)> {
        match self.open {
            Some((run, _, at)) if self.come < run.outcomes.len() => {
                Err((at, "outcomes of the run are missing"))
            }
            _ => Ok(()),
        }
    }
}

/// Reads all entries, on as many threads as there are cores.
fn read_all(log: &LogFolder, head: &Head, depth: Depth) -> Result<Vec<Read>, StoreError> {
    let size = head.checkpoint.size();
    let bundles = size.div_ceil(256);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8) as u64;
    let share = bundles.div_ceil(threads).max(1);
    let key = &public(log, head)?;
    let read_share = |from: u64| -> Result<Vec<Read>, StoreError> {
        let mut out = Vec::new();
        for bundle in from..(from + share).min(bundles) {
            for (bytes, place) in log.entries(bundle, size)?.iter().zip(0..) {
                let index = bundle * 256 + place;
                let read = read_one(log, key, bytes, depth);
                out.push(read.map_err(|why| log.broken(format!("record {index}: {why}")))?);
            }
        }
        Ok(out)
    };
    let parts: Vec<Result<Vec<Read>, StoreError>> = thread::scope(|scope| {
        let read_share = &read_share;
        let workers: Vec<_> = (0..bundles.div_ceil(share))
            .map(|part| scope.spawn(move || read_share(part * share)))
            .collect();
        workers
            .into_iter()
            .map(|worker| {
                worker.join().unwrap_or_else(|_| {
                    Err(log.broken("reading it failed: a bug of coseal's".into()))
                })
            })
            .collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

/// The key of a log, to verify its records with.
pub(super) fn public(log: &LogFolder, head: &Head) -> Result<Ed25519Public, StoreError> {
    Ed25519Public::new(head.key.public()).map_err(|error| log.broken(format!("key: {error}")))
}

/// Reads one record of a log, as what stands in it has to be.
pub(super) fn read_one(
    log: &LogFolder,
    key: &Ed25519Public,
    bytes: &[u8],
    depth: Depth,
) -> Result<Read, String> {
    let (record, digests) = read_record(bytes, key, depth)?;
    match record.system() {
        _ if !record.is_in_time() => Err("it was recorded before it was observed".into()),
        Some(system) if system != log.origin().system => {
            Err(format!("it is about another system, `{}`", coseal_core::plain::plain(system, 64)))
        }
        _ => Ok(Read { id: leaf_hash(bytes), record, digests }),
    }
}

/// Reads the envelope of one record that `key` signed.
///
/// # Errors
/// A sentence fragment that says what is wrong.
pub(super) fn read_record(
    bytes: &[u8],
    key: &Ed25519Public,
    depth: Depth,
) -> Result<(Record, BTreeMap<String, Digest>), String> {
    let envelope = Envelope::parse(bytes).map_err(|error| error.to_string())?;
    if envelope.payload_type() != PAYLOAD_TYPE {
        return Err("it holds no in-toto statement".into());
    }
    let statement = Statement::parse(envelope.payload()).map_err(|error| error.to_string())?;
    let record = Record::read(&statement)?;
    let foreign = matches!(record, Record::Other { .. });
    if depth == Depth::Signatures && !foreign {
        envelope.verify(key).map_err(|error| error.to_string())?;
    }
    let digests = statement
        .subjects
        .into_iter()
        .filter_map(|subject| {
            let digest = format!("sha256:{}", subject.digest.get("sha256")?).parse().ok()?;
            Some((subject.name, digest))
        })
        .collect();
    Ok((record, digests))
}

/// Compares each tile with what the records say it has to be, and the root with the checkpoint.
fn check_tiles(log: &LogFolder, head: &Head, hashes: &[Hash]) -> Result<(), StoreError> {
    let size = head.checkpoint.size();
    let mut growth = Growth::new();
    for hash in hashes {
        growth.append(*hash);
    }
    for data in tiles_of(&mut growth) {
        let name = data.tile.path();
        let held =
            log.file(&name)?.ok_or_else(|| log.broken(format!("{name}: it is not there")))?;
        if held != data.bytes() {
            return Err(log.broken(unlike(&data.tile, &held, &data.bytes(), size)));
        }
    }
    if growth.root() != *head.checkpoint.root() {
        return Err(log.broken("checkpoint: it was made over other records".into()));
    }
    Ok(())
}

/// What a tile that is not as it should be says: which record or which range.
fn unlike(tile: &Tile, held: &[u8], expected: &[u8], size: u64) -> String {
    let name = tile.path();
    let place = held
        .chunks(32)
        .zip(expected.chunks(32))
        .zip(0_u64..)
        .find(|((held, expected), _)| held != expected)
        .map_or(0, |(_, place)| place);
    let span = 1_u64 << (8 * u32::from(tile.level));
    let first = (tile.index * 256 + place) * span;
    let last = (first + span - 1).min(size.saturating_sub(1));
    if first == last {
        format!("{name}: record {first} and its hash differ")
    } else {
        format!("{name}: the hash over records {first} to {last} is not theirs")
    }
}
