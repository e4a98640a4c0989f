//! Recording that is killed: what was printed as recorded stays, and a run is there whole or not at all.

use std::{
    fs, mem,
    path::PathBuf,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::people::{SYSTEM, intact, log, record, runner};
use crate::harness::{Machine, copy_of};

/// Kills of one store; five stores make fifty. A longer log would make each look at it slower, and show no more.
const KILLS: u32 = 10;
const STORES: u32 = 5;

/// Numbers that look random, the same in each run.
struct Dice(u64);

impl Dice {
    /// Between 0 and 1.
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Scene {
    machine: Machine,
    folder: tempfile::TempDir,
    /// Records of one run.
    run: u64,
    /// Records that there were when one was last looked.
    size: u64,
    /// Kills before the log had grown, while it did, and after.
    hits: [u32; 3],
}

impl Scene {
    fn new() -> Self {
        let (machine, folder) = (runner(), copy_of("support-bot"));
        let report = record(&machine, folder.path(), &[]);
        let run = report["evidence"]["recorded"]["count"].as_u64().unwrap();
        Self { machine, folder, run, size: run, hits: [0; 3] }
    }

    fn start(&self) -> Child {
        let arguments = ["check", ".", "--record", "--format", "json", "--fail-on", "never"];
        let mut command = self.machine.command(self.folder.path(), &arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Ends it at once, as `kill -9` does, and looks at what is there.
    fn kill(&mut self, mut child: Child, before: SystemTime) {
        drop(child.kill());
        let said = child.wait_with_output().unwrap().stdout;
        let acknowledged = serde_json::from_slice::<serde_json::Value>(&said).is_ok_and(|report| {
            report["evidence"]["recorded"]["first"].as_u64() == Some(self.size)
        });
        let written = self.newest() > before;
        // It opens and verifies, against what was remembered before: nothing that was acknowledged is lost.
        let size = intact(&self.machine, self.folder.path());
        let grown = size - mem::replace(&mut self.size, size);
        assert!(grown == 0 || grown == self.run, "{grown} records are no whole run");
        assert!(!acknowledged || grown == self.run, "what was acknowledged is lost");
        let when = if grown > 0 { 2 } else { usize::from(written) };
        self.hits[when] += 1;
    }

    /// When anything in the log was last written.
    fn newest(&self) -> SystemTime {
        let origin = log(&self.machine, SYSTEM).origin().to_string();
        let mut newest = SystemTime::UNIX_EPOCH;
        let mut folders: Vec<PathBuf> = vec![self.machine.path("store/logs").join(origin)];
        while let Some(folder) = folders.pop() {
            // What is there at one moment may be gone at the next.
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(data) = entry.metadata() else { continue };
                newest = newest.max(data.modified().unwrap());
                folders.extend(Some(entry.path()).filter(|_| data.is_dir()));
            }
        }
        newest
    }
}

/// At random points of the whole of a recording, and a little beyond it.
#[test]
fn fifty_times_anywhere() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut hits = [0; 3];
    for store in 0..STORES {
        let mut scene = Scene::new();
        let whole = scene.duration();
        for kill in 0..KILLS {
            let before = scene.newest();
            let child = scene.start();
            // One in each fiftieth of the time.
            let place = f64::from(kill * STORES + store) + dice.roll();
            thread::sleep(whole.mul_f64(place / f64::from(KILLS * STORES) * 1.1));
            scene.kill(child, before);
        }
        scene.finish(&mut hits);
    }
    println!("killed before anything was written, while it was, after: {hits:?}");
    assert_eq!(hits.iter().sum::<u32>(), KILLS * STORES);
}

/// At random points of the writing: from the moment on at which the first file of the log changes.
#[test]
fn fifty_times_while_it_writes() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut hits = [0; 3];
    for _ in 0..STORES {
        let mut scene = Scene::new();
        for _ in 0..KILLS {
            let before = scene.newest();
            let child = scene.start();
            let until = Instant::now() + Duration::from_secs(20);
            while scene.newest() == before && Instant::now() < until {
                thread::sleep(Duration::from_micros(20));
            }
            thread::sleep(Duration::from_micros((dice.roll() * 4_000.0) as u64));
            scene.kill(child, before);
        }
        scene.finish(&mut hits);
    }
    println!("killed before anything was written, while it was, after: {hits:?}");
    assert!(hits[1] + hits[2] == KILLS * STORES && hits[1] > 0, "{hits:?}");
}

impl Scene {
    /// How long a recording takes; three are made.
    fn duration(&mut self) -> Duration {
        let began = Instant::now();
        for _ in 0..3 {
            record(&self.machine, self.folder.path(), &[]);
            self.size += self.run;
        }
        began.elapsed() / 3
    }

    /// After all kills, a recording goes through as if there had been none.
    fn finish(&self, hits: &mut [u32; 3]) {
        let report = record(&self.machine, self.folder.path(), &[]);
        assert_eq!(report["evidence"]["recorded"]["first"].as_u64(), Some(self.size));
        assert_eq!(intact(&self.machine, self.folder.path()), self.size + self.run);
        hits.iter_mut().zip(self.hits).for_each(|(all, one)| *all += one);
    }
}
