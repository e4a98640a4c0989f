//! Writes logs for another implementation to judge, under the folder that is named: `good` with its key, an older
//! checkpoint and proofs; the same log at some `sizes`; and `bad` ones. `conformance/tlog.sh` runs it.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use coseal_sign::{
    checkpoint::Checkpoint,
    key::Ed25519Key,
    note::{Note, VerifierKey},
    proof::TlogProof,
    tlog::{
        Growth, Hash, NotATile, TILE_WIDTH, Tile, TileData, Tiles, bundle, consistency_proof,
        inclusion_proof, leaf_hash, tree_root, verify_consistency,
    },
};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How the log grows: to 700 entries, over the boundaries of tiles.
const STEPS: [u64; 6] = [1, 255, 1, 256, 3, 184];

/// The checkpoint of this size is the older one.
const OLDER: u64 = 513;

fn main() -> Result {
    let out = PathBuf::from(std::env::args_os().nth(1).ok_or("name the folder to write")?);
    let good = Log::grown(&STEPS, |index| entry(index, "good"))?;
    write(&out.join("vkey"), good.verifier()?.to_string().as_bytes())?;
    good.write(&out.join("good"))?;
    for (size, files) in &good.before {
        write_all(&out.join("sizes").join(size.to_string()), files)?;
    }
    let older = good.before.get(&OLDER).and_then(|files| files.get("checkpoint"));
    write(&out.join("older"), older.ok_or("there is no older checkpoint")?)?;
    write_proofs(&good, &out)?;
    write_bad(&good, &out.join("bad"))
}

fn entry(index: u64, word: &str) -> Vec<u8> {
    // Of many lengths, the first empty.
    let text = format!("{word} entry {index} ");
    let length = usize::try_from(index).unwrap_or(0) * 7 % 400;
    text.bytes().cycle().take(length).collect()
}

/// A log in memory: its files by their paths.
struct Log {
    key: Ed25519Key,
    files: BTreeMap<String, Vec<u8>>,
    entries: Vec<Vec<u8>>,
    /// The files as they were at the end of each step, by the size.
    before: BTreeMap<u64, BTreeMap<String, Vec<u8>>>,
}

impl Tiles for Log {
    type Error = NotATile;

    fn hashes(&self, tile: Tile) -> std::result::Result<Vec<Hash>, NotATile> {
        let bytes = self.files.get(&tile.path()).ok_or(NotATile)?;
        Ok(TileData::parse(tile, bytes)?.hashes)
    }
}

impl Log {
    fn grown(steps: &[u64], entry: impl Fn(u64) -> Vec<u8>) -> Result<Self> {
        Self::grown_with(steps, entry, |_, entry| leaf_hash(entry))
    }

    fn grown_with(
        steps: &[u64],
        entry: impl Fn(u64) -> Vec<u8>,
        leaf: impl Fn(u64, &[u8]) -> Hash,
    ) -> Result<Self> {
        let key = Ed25519Key::from_seed(&[42; 32]);
        let (files, entries, before) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let mut log = Self { key, files, entries, before };
        for step in steps {
            log.step(*step, &entry, &leaf)?;
        }
        Ok(log)
    }

    fn step(
        &mut self,
        by: u64,
        entry: &impl Fn(u64) -> Vec<u8>,
        leaf: &impl Fn(u64, &[u8]) -> Hash,
    ) -> Result {
        let old = self.entries.len() as u64;
        let mut growth = Growth::of(old, self)?;
        let old_root = growth.root();
        for index in old..old + by {
            let entry = entry(index);
            growth.append(leaf(index, &entry));
            self.entries.push(entry);
        }
        let mut tiles = growth.take_full();
        tiles.extend(growth.partial());
        for data in tiles {
            if data.tile.level == 0 {
                self.files.insert(data.tile.entries_path(), self.bundle(data.tile)?);
            }
            self.files.insert(data.tile.path(), data.bytes());
        }
        let (size, root) = (growth.size(), growth.root());
        if tree_root(size, self)? != root {
            return Err("the tiles have another root".into());
        }
        let proof = consistency_proof(old, size, self)?;
        verify_consistency(old, &old_root, size, &root, &proof)?;
        let note = self.sign(size, root)?;
        self.files.insert("checkpoint".to_owned(), note.to_bytes());
        self.before.insert(size, self.files.clone());
        Ok(())
    }

    fn bundle(&self, tile: Tile) -> Result<Vec<u8>> {
        let first = usize::try_from(tile.index)? * usize::from(TILE_WIDTH);
        let entries = self.entries.iter().skip(first).take(tile.width.into());
        Ok(bundle::encode(entries.map(Vec::as_slice))?)
    }

    fn name(&self) -> String {
        format!("example/{}", Ed25519Key::from_seed(&[42; 32]).id())
    }

    fn verifier(&self) -> Result<VerifierKey> {
        Ok(VerifierKey::new_ed25519(&self.name(), &self.key.public())?)
    }

    fn sign(&self, size: u64, root: Hash) -> Result<Note> {
        let text = Checkpoint::new(&self.name(), size, root)?.to_string();
        Ok(Note::sign(&text, &self.verifier()?, |text| self.key.sign(text))?)
    }

    fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    fn write(&self, folder: &Path) -> Result {
        write_all(folder, &self.files)
    }
}

fn write_proofs(log: &Log, out: &Path) -> Result {
    let size = log.size();
    let note = log.sign(size, tree_root(size, log)?)?;
    for (index, entry) in (0..).zip(&log.entries) {
        let extra = (index == 256).then(|| b"anything".to_vec());
        if ![0, 255, 256, 512, 699].contains(&index) {
            continue;
        }
        let proof = TlogProof::new(index, inclusion_proof(index, size, log)?, note.clone(), extra)?;
        proof.verify(&leaf_hash(entry), &log.verifier()?)?;
        let name = |folder: &str, kind| out.join(folder).join(format!("{index}.{kind}"));
        write(&name("proofs", "tlog-proof"), proof.to_string().as_bytes())?;
        write(&name("proofs", "entry"), entry)?;
        write(&name("bad-proofs", "tlog-proof"), proof.to_string().as_bytes())?;
        write(&name("bad-proofs", "entry"), &[entry.as_slice(), b"!"].concat())?;
    }
    Ok(())
}

/// One log for each way to be wrong. Those that are signed anew are wrong only beside the older checkpoint, or beside
/// their own entries.
fn write_bad(good: &Log, out: &Path) -> Result {
    let forked = |index| entry(index, if index == 100 { "other" } else { "good" });
    Log::grown(&STEPS, forked)?.write(&out.join("fork"))?;
    Log::grown(&[1, 255], |index| entry(index, "good"))?.write(&out.join("rolled-back"))?;
    let wrong = |index, entry: &[u8]| if index == 600 { [6; 32] } else { leaf_hash(entry) };
    Log::grown_with(&STEPS, |index| entry(index, "good"), wrong)?.write(&out.join("wrong-leaf"))?;
    for (name, path) in [
        ("edited-entry", "tile/entries/001"),
        ("edited-tile", "tile/0/001"),
        ("edited-partial-tile", "tile/0/002.p/188"),
        ("edited-old-partial-tile", "tile/0/002.p/4"),
        ("edited-upper-tile", "tile/1/000.p/2"),
        ("edited-checkpoint", "checkpoint"),
    ] {
        let mut files = good.files.clone();
        let bytes = files.get_mut(path).ok_or("there is no such file")?;
        // The size in a checkpoint, something in the middle of anything else.
        let line = bytes.iter().position(|byte| *byte == b'\n').filter(|_| path == "checkpoint");
        let at = line.map_or(bytes.len() / 2, |newline| newline + 1);
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1;
        }
        write_all(&out.join(name), &files)?;
    }
    let mut files = good.files.clone();
    files.remove("tile/0/000");
    write_all(&out.join("missing-tile"), &files)?;
    let other = Log {
        key: Ed25519Key::from_seed(&[43; 32]),
        files: BTreeMap::new(),
        entries: Vec::new(),
        before: BTreeMap::new(),
    };
    let mut files = good.files.clone();
    let note = other.sign(good.size(), tree_root(good.size(), good)?)?;
    files.insert("checkpoint".to_owned(), note.to_bytes());
    write_all(&out.join("another-key"), &files)
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result {
    files.iter().try_for_each(|(path, bytes)| write(&folder.join(path), bytes))
}

fn write(path: &Path, bytes: &[u8]) -> Result {
    fs::create_dir_all(path.parent().ok_or("a path without a folder")?)?;
    Ok(fs::write(path, bytes)?)
}
