//! Grows a log to 100,000 records, made after those of one real run, and says how fast that and a proof of one are. `cargo xtask
//! bench` runs it: `evidence_figures SEED_STORE SYSTEM FOLDER`.
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use std::{
    error::Error,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use coseal_assure::evidence::{LogFolder, Origin, Period, Record, Store, signed};
use coseal_core::digest::Digest;
use coseal_sign::{
    dsse::{Envelope, pae},
    key::{Ed25519Key, verify_ed25519},
    ssh::PublicKey,
    statement::{PAYLOAD_TYPE, Statement, Subject},
    tlog::leaf_hash,
};
use jiff::{SignedDuration, Timestamp};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// At least this many records, in whole runs.
const RECORDS: usize = 100_000;
/// Time between two runs.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Proofs that are timed.
const PROOFS: u64 = 500;

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, system, folder] = arguments.as_slice() else {
        return Err("usage: evidence_figures SEED_STORE SYSTEM FOLDER".into());
    };
    let folder = PathBuf::from(folder);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    let run = seed_run(&Store::new(seed.into()), system)?;
    let key = Ed25519Key::from_seed(&[7; 32]);
    let store = Store::new(folder.join("store"));
    let log = store.log(&Origin::of_key(system, &key.public()));
    grow(&log, &key, &run, &folder)?;
    trust_root(&folder, system, &key)?;
    check_signatures(&log, &key)?;
    prove(&store, system, &log)
}

/// The records of a real run, with what they are about.
type Run = Vec<(Record, Vec<Subject>)>;

fn seed_run(store: &Store, system: &str) -> Result<Run> {
    let origin = store.origins(system)?.pop().ok_or("nothing is recorded in the seed")?;
    let entries = all_entries(&store.log(&origin))?;
    entries
        .iter()
        .map(|entry| {
            let statement = Statement::parse(Envelope::parse(entry)?.payload())?;
            Ok((Record::read(&statement)?, statement.subjects))
        })
        .collect()
}

fn all_entries(log: &LogFolder) -> Result<Vec<Vec<u8>>> {
    let size = log.head()?.ok_or("the log is empty")?.checkpoint.size();
    let mut all = Vec::new();
    for bundle in 0..size.div_ceil(256) {
        all.extend(log.entries(bundle, size)?);
    }
    Ok(all)
}

/// The entries of a run like `run`, recorded at another time.
fn entries(run: &Run, key: &Ed25519Key, at: Timestamp) -> Result<Vec<Vec<u8>>> {
    let mut entries: Vec<Vec<u8>> = Vec::with_capacity(run.len());
    for (record, subjects) in run {
        let mut record = record.clone();
        match &mut record {
            Record::Run(run) => (run.observed, run.received) = (Period { from: at, to: at }, at),
            Record::Outcome(outcome) => {
                (outcome.observed, outcome.received) = (Period { from: at, to: at }, at);
                outcome.run = Digest::new(leaf_hash(entries.first().ok_or("no run")?));
            }
            _ => return Err("the seed holds more than runs".into()),
        }
        entries.push(signed(&record, subjects.clone(), key)?);
    }
    Ok(entries)
}

/// Appends run after run, each a batch on the disk when it returns; and beside it, as many bytes to a plain file.
fn grow(log: &LogFolder, key: &Ed25519Key, run: &Run, folder: &Path) -> Result {
    let runs = RECORDS.div_ceil(run.len());
    let mut at = Timestamp::from_second(1_767_225_600)?;
    let (mut signing, mut appending, mut raw) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut bytes = 0;
    let mut plain = File::create(folder.join("plain"))?;
    for _ in 0..runs {
        at += HOUR;
        let began = Instant::now();
        let batch = entries(run, key, at)?;
        signing += began.elapsed();
        let began = Instant::now();
        log.append(key, &batch)?;
        appending += began.elapsed();
        let batch = batch.concat();
        bytes += batch.len();
        let began = Instant::now();
        plain.write_all(&batch)?;
        plain.sync_all()?;
        raw += began.elapsed();
    }
    let count = runs * run.len();
    println!("{count} records of {} bytes on average, in {runs} batches", bytes / count);
    let rate = |time: Duration| count as f64 / time.as_secs_f64();
    println!(
        "append, batch by batch with fsync: {:.0} records/s; signing them, before: {:.0}/s; both: {:.0}/s (promised: at least 1,000)",
        rate(appending),
        rate(signing),
        rate(appending + signing)
    );
    println!(
        "append : write and fsync of as many bytes = {:.1}",
        appending.as_secs_f64() / raw.as_secs_f64()
    );
    Ok(())
}

fn trust_root(folder: &Path, system: &str, key: &Ed25519Key) -> Result {
    let public = PublicKey::from_ed25519(&key.public())?;
    let root = format!(
        "schema = 1\nsystem = \"{system}\"\n[key.runner]\npublic = \"{public}\"\nroles = [\"runner\"]\n"
    );
    Ok(fs::write(folder.join("trust.toml"), root)?)
}

/// The physical limit of verifying: as many signatures over as many bytes, on as many cores, and nothing else.
fn check_signatures(log: &LogFolder, key: &Ed25519Key) -> Result {
    let mut signed = Vec::new();
    for entry in all_entries(log)? {
        let envelope = Envelope::parse(&entry)?;
        let signature = envelope.signatures().first().ok_or("no signature")?.sig.as_slice();
        let signature: [u8; 64] = signature.try_into()?;
        signed.push((pae(PAYLOAD_TYPE, envelope.payload()), signature));
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let public = key.public();
    let began = Instant::now();
    let good = thread::scope(|scope| {
        let workers: Vec<_> = signed
            .chunks(signed.len().div_ceil(threads))
            .map(|part| {
                scope.spawn(move || {
                    part.iter().all(|(text, by)| verify_ed25519(&public, text, by).is_ok())
                })
            })
            .collect();
        workers.into_iter().all(|worker| worker.join().unwrap_or(false))
    });
    if !good {
        return Err("a signature does not hold".into());
    }
    println!("ed25519 alone, {} signatures: {:.2} s", signed.len(), began.elapsed().as_secs_f64());
    Ok(())
}

/// Finds records by their id and proves them, as the command does, in one process.
fn prove(store: &Store, system: &str, log: &LogFolder) -> Result {
    let all = all_entries(log)?;
    let mut times = Vec::new();
    let mut found_in = Vec::new();
    for number in 0..PROOFS {
        let index = usize::try_from(number * 7919 % all.len() as u64)?;
        let entry = all.get(index).ok_or("no such record")?;
        let began = Instant::now();
        let id = Digest::new(leaf_hash(entry)).to_string();
        let found = store.find(system, &id)?.pop().ok_or("it is not found")?;
        found_in.push(began.elapsed());
        let began = Instant::now();
        store.prove(&found)?;
        times.push(began.elapsed());
        if number == 0 {
            println!("id {id}");
        }
    }
    for (what, mut times) in [("find by id", found_in), ("prove", times)] {
        times.sort();
        let at = |part: usize| {
            times.get((times.len() - 1) * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        println!(
            "{what}, in the library: median {:.2} ms, worst of {PROOFS} {:.2} ms",
            at(50),
            at(100)
        );
    }
    Ok(())
}
