//! What the records of a system are worth: each log against itself, against what was seen of it before, and against
//! the trust root.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{digest::Digest, fact::Recorded, grade::Grade, outcome::State};
use coseal_sign::{checkpoint::Checkpoint, note::Note};
use jiff::{Timestamp, civil::Date};

use super::{
    content::{Content, Depth, Entry},
    error::StoreError,
    expected::{Missing, day, missing},
    log_folder::{Head, LogFolder},
    origin::Origin,
    store::Store,
};
use crate::trust::{Carried, Keyring, Position, Root, Seen};

/// Outcomes of one check in one log that are kept, the newest.
const MAX_KEPT: usize = 500;
/// Logs of one system that are read.
const MAX_READ: usize = 10_000;

/// What is asked of the evidence of a system.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The system.
    pub system: &'a str,
    /// Whose word counts; none when it is not known.
    pub root: Option<&'a Root>,
    /// What was seen before; none when nothing is remembered.
    pub seen: Option<&'a Seen>,
    /// Only what was known at the end of this day counts.
    pub as_of: Date,
    /// How closely to read.
    pub depth: Depth,
}

/// One log, judged.
#[derive(Debug)]
pub struct JudgedLog {
    /// Its origin.
    pub origin: Origin,
    /// What stands in it; or what is wrong with it.
    pub content: Result<Content, StoreError>,
    /// Whether the trust root names its key.
    pub known: bool,
    /// Witnesses that cosigned its checkpoint, by name, with the time of it.
    pub witnesses: Vec<(String, Timestamp)>,
    /// Expected runs that are not there.
    pub missing: Vec<Missing>,
}

/// The evidence of a system.
#[derive(Debug)]
pub struct Evidence {
    /// Its logs, by origin.
    pub logs: Vec<JudgedLog>,
    /// The keys that count.
    pub keyring: Keyring,
    /// Outcomes on record, by check, the newest first.
    pub recorded: BTreeMap<String, Vec<Recorded>>,
    /// Logs that were seen before and are not here, where no trust root says that they have to be.
    pub absent: Vec<Origin>,
    /// How many logs were not read, since there are too many: none whose key the trust root names, or that was
    /// seen before.
    pub left_out: usize,
}

impl Evidence {
    /// No evidence: the keys of the root, and nothing on record.
    #[must_use]
    pub fn none(root: Option<&Root>) -> Self {
        Self {
            logs: Vec::new(),
            keyring: keyring(&[], root, Date::MAX),
            recorded: BTreeMap::new(),
            absent: Vec::new(),
            left_out: 0,
        }
    }

    /// Reads and judges all logs of a system in a store.
    ///
    /// # Errors
    /// If the store can't be listed. A log that is not intact is in the answer, and nothing of it counts.
    pub fn read(store: &Store, question: Question<'_>) -> Result<Self, StoreError> {
        let (origins, left_out) = chosen(store, question)?;
        let seen = question.seen.map(|seen| seen.origins(question.system)).transpose()?;
        let seen = seen.unwrap_or_default();
        let mut absent = Vec::new();
        let mut logs = Vec::new();
        for origin in origins {
            let log = store.log(&origin);
            match log.steadily(|| judge(&log, question)) {
                // One that nobody ever recorded in is not missing.
                Ok(None) if seen.contains(&origin) => absent.push(origin),
                Ok(None) => {}
                Ok(Some(judged)) => logs.push(judged),
                Err(error) => logs.push(JudgedLog {
                    origin,
                    content: Err(error),
                    known: false,
                    witnesses: Vec::new(),
                    missing: Vec::new(),
                }),
            }
        }
        let keyring = keyring(&logs, question.root, question.as_of);
        let recorded = recorded(&logs, &keyring, question);
        for log in &mut logs {
            log.known = keyring.knows_log(&log.origin);
            log.missing = log
                .content
                .as_ref()
                .map(|content| missing(content, question.as_of))
                .unwrap_or_default();
        }
        Ok(Self { logs, keyring, recorded, absent, left_out })
    }

    /// The keys that would count if this event stood at the end of a log.
    #[must_use]
    pub fn after(&self, root: &Root, event: Carried) -> Keyring {
        let mut all = events(&self.logs, Date::MAX);
        all.push(event);
        Keyring::new(root, &all, &BTreeMap::new())
    }

    /// The outcomes on record that count: with a trust root, those of its keys.
    #[must_use]
    pub fn counting(&self) -> BTreeMap<String, Vec<Recorded>> {
        let mut recorded = self.recorded.clone();
        if self.keyring.has_root() {
            for records in recorded.values_mut() {
                records.retain(|record| record.grade < Grade::D);
            }
        }
        recorded
    }

    /// The records that a decision may rest on: outcomes that no newer one of the same check and environment says is
    /// worse now, and runs.
    #[must_use]
    pub fn standing(&self) -> BTreeSet<Digest> {
        let mut out = BTreeSet::new();
        for records in self.counting().values() {
            let mut worst: BTreeMap<Option<&str>, u8> = BTreeMap::new();
            for record in records {
                let newer = worst.entry(record.environment.as_deref()).or_default();
                if rank(record.state) >= *newer {
                    out.insert(record.record);
                }
                *newer = rank(record.state).max(*newer);
            }
        }
        for (origin, content) in contents(&self.logs) {
            let known = !self.keyring.has_root() || self.keyring.knows_log(origin);
            out.extend(content.runs.iter().filter(|_| known).map(|run| run.id));
        }
        out
    }

    /// Takes out what is wrong with one log, if anything is.
    pub fn take_error(&mut self, origin: &Origin) -> Option<StoreError> {
        let at = self.logs.iter().position(|log| log.origin == *origin && log.content.is_err())?;
        self.logs.swap_remove(at).content.err()
    }

    /// What is wrong with the logs, if anything is.
    pub fn errors(&self) -> impl Iterator<Item = &StoreError> {
        self.logs.iter().filter_map(|log| log.content.as_ref().err())
    }

    /// Remembers the checkpoints of the logs that are intact, whatever the others are. With a trust root, of those
    /// whose key it names: a stranger's log may go again.
    ///
    /// # Errors
    /// If one can't be written.
    pub fn remember(&self, seen: &Seen) -> Result<(), StoreError> {
        for log in &self.logs {
            if let Ok(content) = &log.content
                && (log.known || !self.keyring.has_root())
            {
                seen.remember(&log.origin, content.head.note.to_string().as_bytes())?;
            }
        }
        Ok(())
    }
}

/// The logs to read, and how many are left out: whoever can put logs beside ours must not be able to shut us out.
fn chosen(store: &Store, question: Question<'_>) -> Result<(BTreeSet<Origin>, usize), StoreError> {
    let root = question.root;
    let pinned = root.into_iter().flat_map(|root| root.pins.keys());
    let mut chosen: BTreeSet<_> = pinned.filter_map(|origin| Origin::parse(origin)).collect();
    let keys = root.into_iter().flat_map(|root| root.keys.iter());
    let own = keys.filter_map(|key| key.public.ed25519());
    chosen.extend(own.map(|key| Origin::of_key(question.system, &key)));
    if let Some(seen) = question.seen {
        chosen.extend(seen.origins(question.system)?);
    }
    let others = store.origins(question.system)?;
    let mut others = others.into_iter().filter(|origin| !chosen.contains(origin));
    let room = MAX_READ.saturating_sub(chosen.len());
    let read: Vec<_> = others.by_ref().take(room).collect();
    let left_out = others.count();
    chosen.extend(read);
    Ok((chosen, left_out))
}

/// A log that was seen before and is not here is an error where a trust root says whose logs count. Without one it may
/// be anybody's: none, then.
fn judge(log: &LogFolder, question: Question<'_>) -> Result<Option<JudgedLog>, StoreError> {
    let origin = log.origin().clone();
    let remembered = question.seen.map(|seen| seen.last(&origin)).transpose()?.flatten();
    let pinned = question.root.and_then(|root| root.pins.get(&origin.to_string()));
    let content = Content::read(log, question.depth)?;
    let Some(content) = content else {
        return match (remembered, pinned) {
            (None, None) => Ok(None),
            (Some(_), None) if question.root.is_none() => Ok(None),
            _ => Err(log.broken("it was seen before and is not here: withheld or removed".into())),
        };
    };
    if let Some(remembered) = remembered {
        check_growth(log, &content.head, &remembered, "seen before")?;
    }
    if let Some(pinned) = pinned {
        check_growth(log, &content.head, pinned.as_bytes(), "pinned in the trust root")?;
    }
    let witnesses = cosigned(log, &content.head, question.root)?;
    Ok(Some(JudgedLog {
        origin,
        content: Ok(content),
        known: false,
        witnesses,
        missing: Vec::new(),
    }))
}

/// What was there before has to be the beginning of what is there now.
fn check_growth(
    log: &LogFolder,
    head: &Head,
    before: &[u8],
    which: &str,
) -> Result<(), StoreError> {
    let unreadable = |why: String| log.broken(format!("the checkpoint {which}: {why}"));
    let note = Note::parse(before).map_err(|error| unreadable(error.to_string()))?;
    let before =
        Checkpoint::open(&note, &head.key).map_err(|error| unreadable(error.to_string()))?;
    let size = head.checkpoint.size();
    if size < before.size() {
        return Err(log.broken(format!(
            "checkpoint: it covers {}, the one {which} {}: truncated or rolled back",
            coseal_core::counted::counted(size, "record"),
            before.size()
        )));
    }
    if log.root(before.size(), size)? != *before.root() {
        return Err(log.broken(format!(
            "records 0 to {} are not those {which}: the log was forked or its history rewritten",
            before.size().saturating_sub(1)
        )));
    }
    Ok(())
}

/// The witnesses of a head. A signature line that nobody vouches for is refused.
fn cosigned(
    log: &LogFolder,
    head: &Head,
    root: Option<&Root>,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let witnesses = root.map(|root| root.witnesses.as_slice()).unwrap_or_default();
    let mut out = Vec::new();
    let mut own = 0;
    for signature in head.note.signatures() {
        if signature.name == head.key.name() && signature.id == head.key.id() {
            own += 1;
            continue;
        }
        let known =
            witnesses.iter().find(|key| key.name() == signature.name && key.id() == signature.id);
        let refused = |why: &str| {
            let name = coseal_core::plain::plain(&signature.name, 64);
            log.broken(format!("checkpoint: the signature line of `{name}` {why}"))
        };
        let key = known.ok_or_else(|| refused("is of nobody that the trust root names"))?;
        let verified = head.note.verify(key).map_err(|error| refused(&error.to_string()))?;
        let time = verified
            .time
            .and_then(|seconds| Timestamp::from_second(i64::try_from(seconds).ok()?).ok());
        out.push((signature.name.clone(), time.unwrap_or(Timestamp::UNIX_EPOCH)));
    }
    if own == 1 {
        Ok(out)
    } else {
        Err(log.broken("checkpoint: the log's own key signed it twice".into()))
    }
}

fn contents(logs: &[JudgedLog]) -> impl Iterator<Item = (&Origin, &Content)> {
    logs.iter().filter_map(|log| Some((&log.origin, log.content.as_ref().ok()?)))
}

fn events(logs: &[JudgedLog], as_of: Date) -> Vec<Carried> {
    contents(logs)
        .flat_map(move |(origin, content)| {
            let known = content.keys.iter().filter(move |key| day(key.what.received) <= as_of);
            known.map(|entry| Carried {
                at: Position { origin: origin.to_string(), index: entry.index },
                text: entry.what.event.clone(),
                signatures: entry.what.signatures.clone(),
            })
        })
        .collect()
}

/// The keys that counted at the end of a day.
fn keyring(logs: &[JudgedLog], root: Option<&Root>, as_of: Date) -> Keyring {
    let Some(root) = root else { return Keyring::unknown() };
    let at = |origin: &Origin, index: u64| Position { origin: origin.to_string(), index };
    let events = events(logs, as_of);
    let mut decided: BTreeMap<Digest, Vec<Position>> = BTreeMap::new();
    for (origin, content) in contents(logs) {
        for run in content.runs.iter().filter(|run| day(run.what.received) <= as_of) {
            for decision in &run.what.decisions {
                let Some(signature) = decision.signature else { continue };
                let places = decided.entry(signature).or_default();
                if !places.iter().any(|place| place.origin == origin.to_string()) {
                    places.push(at(origin, run.index));
                }
            }
        }
    }
    Keyring::new(root, &events, &decided)
}

fn recorded(
    logs: &[JudgedLog],
    keyring: &Keyring,
    question: Question<'_>,
) -> BTreeMap<String, Vec<Recorded>> {
    let mut out: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for (origin, content) in contents(logs) {
        let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in content.outcomes.iter().rev() {
            let said = &entry.what.said;
            if day(said.received) > question.as_of {
                continue;
            }
            let count = kept.entry(said.check.as_str()).or_default();
            *count += 1;
            if *count <= MAX_KEPT {
                let position = Position { origin: origin.to_string(), index: entry.index };
                let grade = keyring.grade(
                    content.head.key.public(),
                    &position,
                    said.environment.as_deref(),
                );
                out.entry(said.check.clone()).or_default().push(fact(entry, position, grade));
            }
        }
    }
    for records in out.values_mut() {
        records.sort_by(|a, b| b.cmp(a));
    }
    out
}

fn fact(entry: &Entry<super::content::Outcome>, at: Position, grade: Grade) -> Recorded {
    let said = &entry.what.said;
    let mut subjects: BTreeMap<_, _> = said
        .about
        .first
        .iter()
        .map(|name| (name.clone(), entry.what.digests.get(name).copied()))
        .collect();
    if said.about.count > said.about.first.len() as u64 {
        // Those that are not written out can't be compared.
        subjects.insert("…".into(), None);
    }
    Recorded {
        observed: said.observed.to,
        received: said.received,
        record: entry.id,
        origin: at.origin,
        index: at.index,
        check: said.check.clone(),
        state: said.state,
        reason: said.reason.clone(),
        subjects,
        binding: said.binding,
        declared: said.declared,
        environment: said.environment.clone(),
        grade,
    }
}

/// How bad a state is, for what rests on it.
const fn rank(state: State) -> u8 {
    match state {
        State::Pass | State::NotApplicable => 0,
        State::Partial | State::Waived => 1,
        State::Stale | State::Unknown => 2,
        State::Fail => 3,
    }
}
