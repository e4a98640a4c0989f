//! Objects within objects.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    rules::{CLASS, FUNCTION},
    stream::Stream,
};
use crate::artefact::{
    report::Report,
    stop::{Step, Stop},
};

/// Objects within objects.
const MAX_DEPTH: u32 = 200;
/// Objects of a file.
const MAX_OBJECTS: u64 = 20_000_000;
/// Objects that are remembered.
const MAX_KEPT: usize = 1 << 20;
/// Libraries whose classes are tables of numbers and settings.
const LIBRARIES: &[&str] =
    &["nn", "cudnn", "cunn", "nngraph", "graph", "rnn", "optnet", "dpnn", "inn", "nnx", "fbnn"];
/// Words in functions that act.
const ACTS: &[&[u8]] =
    &[b"execute", b"popen", b"loadstring", b"loadlib", b"dofile", b"require", b"ffi"];

/// Reads objects.
pub(super) struct Objects<'a, 'r> {
    pub(super) stream: Stream<'a>,
    pub(super) report: &'r mut Report,
    seen: BTreeSet<i64>,
    objects: u64,
    depth: u32,
}

impl<'a, 'r> Objects<'a, 'r> {
    pub(super) fn new(stream: Stream<'a>, report: &'r mut Report) -> Self {
        Self { stream, report, seen: BTreeSet::new(), objects: 0, depth: 0 }
    }

    /// An object and all that it holds.
    pub(super) fn object(&mut self) -> Step {
        self.objects = self.objects.saturating_add(1);
        self.depth = self.depth.saturating_add(1);
        if self.objects > MAX_OBJECTS {
            return Err(Stop::Limit("there are more objects than are followed"));
        }
        if self.depth > MAX_DEPTH {
            return Err(Stop::Limit("objects nest deeper than is followed"));
        }
        let step = self.kind();
        self.depth = self.depth.saturating_sub(1);
        step
    }

    fn kind(&mut self) -> Step {
        match self.stream.int()? {
            0 => Ok(()),
            1 => self.stream.skip(1, 8),
            2 => self.stream.bytes().map(drop),
            3 => {
                if self.is_new()? {
                    let count = self.stream.count(false)?;
                    for _ in 0..count {
                        self.object()?;
                        self.object()?;
                    }
                }
                Ok(())
            }
            4 => {
                if self.is_new()? {
                    return self.instance();
                }
                Ok(())
            }
            5 => self.stream.int().map(drop),
            6 => self.function(),
            7 | 8 => {
                if self.is_new()? {
                    return self.function();
                }
                Ok(())
            }
            kind => {
                self.stream.broken(format!("an object is of the kind {kind}, which there is not"))
            }
        }
    }

    fn is_new(&mut self) -> Step<bool> {
        let index = self.stream.int()?;
        if self.seen.len() >= MAX_KEPT {
            return Err(Stop::Limit("there are more objects than are kept"));
        }
        Ok(self.seen.insert(index))
    }

    /// Code, and what it refers to.
    fn function(&mut self) -> Step {
        let at = self.stream.offset();
        self.report.find(&FUNCTION, Unknown, at, "a function stands here");
        let code = self.stream.bytes()?;
        if let Some(word) = ACTS.iter().find(|word| memchr::memmem::find(&code, word).is_some()) {
            let what = format!("the function mentions {}", String::from_utf8_lossy(word));
            self.report.find(&FUNCTION, Malicious, at, &what);
        }
        self.object()
    }

    fn instance(&mut self) -> Step {
        let at = self.stream.offset();
        let mut name = self.stream.bytes()?;
        if name.starts_with(b"V ") {
            name = self.stream.bytes()?;
        }
        let name = String::from_utf8_lossy(&name).into_owned();
        let (library, class) = name.split_once('.').unwrap_or(("", &name));
        match library {
            "torch" if class.ends_with("Tensor") => self.tensor(),
            "torch" if class.ends_with("Storage") => self.storage(class),
            _ => {
                if !LIBRARIES.contains(&library) {
                    self.report.find(
                        &CLASS,
                        Unknown,
                        at,
                        &format!("an object of the class {name}"),
                    );
                }
                self.object()
            }
        }
    }

    fn tensor(&mut self) -> Step {
        let rank = self.stream.count(false)?;
        if rank > 64 {
            return self.stream.broken("a tensor has more dimensions than there are");
        }
        // Lengths, strides, and where it begins.
        for _ in 0..rank.saturating_mul(2).saturating_add(1) {
            self.stream.long()?;
        }
        self.object()
    }

    fn storage(&mut self, class: &str) -> Step {
        let width = match class.trim_start_matches("Cuda").trim_end_matches("Storage") {
            "Byte" | "Char" => 1,
            "Short" | "Half" => 2,
            "Int" | "Float" | "" => 4,
            "Long" | "Double" => 8,
            _ => return self.stream.broken("a storage is of a kind that there is not"),
        };
        let count = self.stream.count(true)?;
        self.stream.skip(count, width)
    }
}
