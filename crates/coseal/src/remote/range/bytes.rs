//! Bytes that a thread of its own fetches, in blocks, of which the last used are kept. Who reads them needs no network, and
//! may have given up the right to it.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use coseal_scan::bytes::ReadAt;

/// Bytes of a block.
pub(super) const BLOCK: u64 = 64 << 10;
/// Blocks fetched at once by who reads on and on.
const MAX_RUN: u64 = 16;
/// Blocks kept.
const KEPT: usize = 64;

/// What fetches.
pub(super) trait Fetch: Send + 'static {
    /// Exactly `length` bytes from `first`, or why not.
    fn fetch(&mut self, first: u64, length: u64) -> Result<Vec<u8>, String>;
}

/// A file at an address.
pub(crate) struct Bytes {
    size: u64,
    blocks: Mutex<Blocks>,
    fetched: AtomicU64,
    failure: Mutex<Option<String>>,
}

/// What is asked of the thread that fetches.
struct Asked {
    first: u64,
    length: u64,
    answer: Sender<Result<Vec<u8>, String>>,
}

struct Blocks {
    ask: Sender<Asked>,
    /// Each block, by index, and when it was used.
    kept: BTreeMap<u64, (u64, Vec<u8>)>,
    uses: u64,
    /// The block behind the last that was fetched, and how many were.
    next: u64,
    run: u64,
}

impl Bytes {
    /// Bytes that `fetch` gets, of which `head` was read already.
    pub(super) fn new(size: u64, head: &[u8], fetch: impl Fetch) -> io::Result<Self> {
        let (ask, asked) = channel();
        thread::Builder::new().spawn(move || serve(fetch, &asked))?;
        let fetched = AtomicU64::new(head.len() as u64);
        let mut blocks = Blocks { ask, kept: BTreeMap::new(), uses: 0, next: 0, run: 1 };
        blocks.keep(0, head);
        Ok(Self { size, blocks: Mutex::new(blocks), fetched, failure: Mutex::default() })
    }

    /// How many bytes were fetched.
    pub(crate) fn fetched(&self) -> u64 {
        self.fetched.load(Ordering::Relaxed)
    }

    /// Why bytes could not be fetched, if some could not.
    pub(crate) fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives back the memory of what was fetched.
    pub(crate) fn forget(&self) {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner).kept.clear();
    }

    fn failed(&self, why: String) -> io::Error {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert_with(|| why.clone());
        io::Error::other(why)
    }
}

fn serve(mut fetch: impl Fetch, asked: &Receiver<Asked>) {
    for Asked { first, length, answer } in asked {
        // Who asked may have gone away.
        drop(answer.send(fetch.fetch(first, length)));
    }
}

impl Blocks {
    fn keep(&mut self, first: u64, bytes: &[u8]) {
        for (index, block) in (first..).zip(bytes.chunks(BLOCK as usize)) {
            self.uses += 1;
            self.kept.insert(index, (self.uses, block.to_vec()));
            self.next = index + 1;
        }
        while self.kept.len() > KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, (used, _))| *used);
            let Some(oldest) = oldest.map(|(index, _)| *index) else { break };
            self.kept.remove(&oldest);
        }
    }

    /// Fetches a block that is not kept, and those behind it if they are likely to be wanted; how many bytes came.
    fn fetch(&mut self, block: u64, size: u64) -> Result<u64, String> {
        self.run = if block == self.next { (self.run * 2).min(MAX_RUN) } else { 1 };
        let first = block * BLOCK;
        let length = (self.run * BLOCK).min(size.saturating_sub(first));
        let (answer, answered) = channel();
        let gone = || "the thread that fetches ended".to_owned();
        self.ask.send(Asked { first, length, answer }).map_err(|_| gone())?;
        let bytes = answered.recv().map_err(|_| gone())??;
        if bytes.len() as u64 != length {
            return Err("the server sent another number of bytes than was asked for".into());
        }
        self.keep(block, &bytes);
        Ok(length)
    }
}

impl ReadAt for Bytes {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.size || buf.is_empty() {
            return Ok(0);
        }
        let (index, within) = (offset / BLOCK, (offset % BLOCK) as usize);
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if !blocks.kept.contains_key(&index) {
            let length = blocks.fetch(index, self.size).map_err(|why| self.failed(why))?;
            self.fetched.fetch_add(length, Ordering::Relaxed);
        }
        blocks.uses += 1;
        let now = blocks.uses;
        let Some((used, block)) = blocks.kept.get_mut(&index) else { return Ok(0) };
        *used = now;
        let rest = block.get(within..).unwrap_or_default();
        let count = rest.len().min(buf.len());
        buf[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}
