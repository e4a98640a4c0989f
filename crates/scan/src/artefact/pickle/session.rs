//! What is gathered over all streams of a file.

use std::{collections::BTreeSet, sync::Arc};

use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::{indices::Task, ledger::Ledger, names::Names, policy, rules};
use crate::artefact::report::Report;

/// What is said of an import by something that is no name.
pub(super) const NO_NAME: &str = "it imports by something that is no Python name";
/// Bytes that storages and the places of nested streams take, in all.
const KEPT: u64 = 10 << 20;
/// Bytes that one of them takes beside its name.
const KEPT_FOR_EACH: u64 = 96;
/// Containers nested deeper than this make loaders recurse too far.
const MAX_DEPTH: u16 = 5_000;
/// Structures that stand for more than two to this power values when written out.
const MAX_WEIGHT: u8 = 160;
/// Values that loaders walk through for the hashes of keys and members, and further ones for each byte of the file: seconds.
const MAX_HASHED: f64 = 536_870_912.0;
const HASHED_FOR_EACH: f64 = 64.0;
/// Bytes that nested streams may be decoded to, in all.
const DECODED: usize = 8 << 20;

/// What persistent ids mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Persistent {
    /// Nothing that the file itself says.
    Unknown,
    /// Storages, as PyTorch writes them.
    Torch,
    /// Tensors, as PyTorch before 0.2 wrote them.
    Tensors,
}

/// A tensor's storage, as a persistent id names it.
#[derive(Clone, Debug)]
pub(crate) struct Storage {
    /// Name of its member.
    pub(crate) key: String,
    /// Element type, such as `F32`.
    pub(crate) dtype: &'static str,
    /// Bytes of one element.
    pub(crate) item: u64,
    /// Number of elements.
    pub(crate) count: u64,
    /// Where it is named.
    pub(crate) offset: u64,
}

/// Findings and measures of all streams of a file.
pub(crate) struct Session<'r> {
    /// Where findings go.
    pub(crate) report: &'r mut Report,
    /// Imports.
    pub(crate) names: Names,
    /// Storages.
    pub(crate) storages: Vec<Storage>,
    /// What persistent ids mean.
    pub(crate) persistent: Persistent,
    /// Streams within streams.
    pub(crate) nesting: u8,
    /// Bytes that may still be decoded.
    pub(crate) decodable: usize,
    /// Values were left on the stack at STOP.
    pub(crate) leftover: bool,
    /// A buffer outside the file is used.
    pub(crate) outside_buffer: bool,
    /// Arrays stand in files beside this one.
    pub(crate) outside_array: bool,
    /// A persistent id was met whose meaning the file doesn't say.
    pub(crate) outside_object: bool,
    /// Something forgotten was used for an effect.
    pub(crate) forgotten: bool,
    /// Tensors seen, and their elements.
    pub(crate) tensors: u64,
    pub(crate) parameters: u64,
    /// Elements that tensors stand for beyond their storages.
    pub(crate) expanded: u64,
    /// Something was misused by which a stream could do anything.
    pub(crate) misused_closed: bool,
    /// Element types seen.
    pub(crate) dtypes: BTreeSet<&'static str>,
    /// Something was used as the policy does not allow.
    pub(crate) misused: bool,
    /// Opcodes of all streams.
    pub(crate) steps: u64,
    /// Values that were hashed.
    hashed: f64,
    /// Opcodes that bytes said to be data were tried for.
    pub(crate) probed: u64,
    /// Which bytes the innermost stream stands in, and where they begin in them.
    pub(crate) space: (u32, u64),
    /// How many different such bytes there were.
    pub(crate) spaces: u32,
    /// Nested streams already read.
    pub(crate) nested: BTreeSet<(u32, u64, u32, bool)>,
    /// Effects met, of any kind.
    pub(crate) effects: u64,
    /// Memory for memo, heap and stack.
    pub(crate) ledger: Ledger,
    /// Bytes that storages and the places of nested streams may still take.
    keepable: u64,
    /// Arrays of the stream that are still to be looked at.
    pub(super) tasks: Vec<Task>,
    /// An array from which compiled code takes indices can't be looked at.
    pub(crate) unchecked: bool,
    /// Nothing is reported: only whether there would be an effect is asked.
    pub(crate) probing: bool,
    forbidden: BTreeSet<(u32, &'static str)>,
    oddities: BTreeSet<&'static str>,
}

impl<'r> Session<'r> {
    /// Nothing seen yet.
    pub(crate) fn new(report: &'r mut Report, persistent: Persistent) -> Self {
        let own = Arc::clone(&report.policy);
        Self {
            report,
            names: Names::under(own),
            storages: Vec::new(),
            persistent,
            nesting: 0,
            decodable: DECODED,
            leftover: false,
            outside_buffer: false,
            outside_array: false,
            outside_object: false,
            forgotten: false,
            tensors: 0,
            parameters: 0,
            expanded: 0,
            misused_closed: false,
            dtypes: BTreeSet::new(),
            misused: false,
            steps: 0,
            hashed: 0.0,
            probed: 0,
            space: (0, 0),
            spaces: 0,
            nested: BTreeSet::new(),
            effects: 0,
            ledger: Ledger::default(),
            keepable: KEPT,
            tasks: Vec::new(),
            unchecked: false,
            probing: false,
            forbidden: BTreeSet::new(),
            oddities: BTreeSet::new(),
        }
    }

    /// One that probes, knowing what this one does, and has met no effect yet.
    pub(crate) fn copy<'q>(&self, report: &'q mut Report) -> Session<'q> {
        let mut copy = Session::new(report, self.persistent);
        copy.names = self.names.fresh();
        copy.nesting = self.nesting;
        copy.steps = self.steps;
        copy.ledger = self.ledger.clone();
        copy.probing = true;
        copy
    }

    /// A finding, unless only probing.
    pub(crate) fn find(&mut self, rule: &Rule, verdict: ArtefactVerdict, at: u64, detail: &str) {
        if !self.probing {
            self.report.find(rule, verdict, at, detail);
        }
    }

    /// Something that no pickler writes; each kind is reported once.
    pub(crate) fn oddity(&mut self, offset: u64, what: &'static str) {
        if self.oddities.insert(what) {
            self.find(&rules::IMPOSSIBLE, ArtefactVerdict::Malformed, offset, what);
        }
    }

    /// Something that makes compiled code read what is not there; each kind is reported once.
    pub(super) fn misindexed(&mut self, offset: u64, what: &'static str) {
        if self.oddities.insert(what) {
            self.find(&rules::INDEX, ArtefactVerdict::Malformed, offset, what);
        }
    }

    /// Something that exhausts the loader; each kind is reported once.
    pub(crate) fn exhausting(&mut self, offset: u64, what: &'static str) {
        if self.oddities.insert(what) {
            self.find(&rules::OVERSIZE, ArtefactVerdict::Malformed, offset, what);
        }
    }

    /// A known import used as the policy does not allow; once for each import and reason.
    pub(crate) fn forbid(&mut self, import: u32, offset: u64, why: &'static str, text: &str) {
        self.effects = self.effects.saturating_add(1);
        self.misused = true;
        let closed =
            self.names.get(import).and_then(|import| import.allows).and_then(|allows| allows.call);
        self.misused_closed |= closed.is_some_and(policy::Arguments::may_act);
        if self.forbidden.len() < 4096 && self.forbidden.insert((import, why)) {
            let verdict = ArtefactVerdict::Unknown;
            self.find(&rules::FORBIDDEN_USE, verdict, offset, &format!("{text}: {why}"));
        }
    }

    /// Whether something dangerous was imported, something unknown called, something known misused, or
    /// something forgotten used.
    pub(crate) fn has_effect(&self) -> bool {
        let noise = self.oddities.contains(NO_NAME);
        self.names.has_effect() || !noise && (self.misused || self.forgotten)
    }

    /// The same of the bytes of an array, of which many misuse what is known: only what could do anything counts.
    pub(crate) fn acts(&self) -> bool {
        let noise = self.oddities.contains(NO_NAME);
        self.names.has_effect() || !noise && (self.misused_closed || self.forgotten)
    }

    /// Adds a storage; its index, or none if there are too many.
    pub(crate) fn storage(&mut self, storage: Storage) -> Option<u32> {
        if !self.keeps(storage.key.len()) {
            return None;
        }
        self.dtypes.insert(storage.dtype);
        self.storages.push(storage);
        u32::try_from(self.storages.len()).ok()?.checked_sub(1)
    }

    /// Whether there is room for one storage or place more, with a name of so many bytes.
    pub(crate) fn keeps(&mut self, name: usize) -> bool {
        let bytes = (name as u64).saturating_add(KEPT_FOR_EACH);
        let left = self.keepable.checked_sub(bytes);
        self.keepable = left.unwrap_or(self.keepable);
        left.is_some()
    }

    /// A limit of ours that ended a stream.
    pub(crate) fn limit(&mut self, offset: u64, why: &str) {
        if !self.probing {
            self.report.gap(&format!("the stream from byte {offset}"), why);
        }
    }

    /// How far containers nest and spread.
    pub(crate) fn extent(&mut self, depth: u16, weight: u8, offset: u64) {
        if depth > MAX_DEPTH {
            self.exhausting(offset, "containers nest thousands deep");
        }
        if weight > MAX_WEIGHT {
            self.exhausting(
                offset,
                "shared containers stand for more values than any memory holds",
            );
        }
    }

    /// Something is hashed that stands for so many values: tuples do not keep their hash.
    pub(crate) fn hashed(&mut self, values: f64, offset: u64) {
        self.hashed += values;
        #[expect(clippy::cast_precision_loss, reason = "it is a limit")]
        let most = MAX_HASHED + HASHED_FOR_EACH * offset as f64;
        if self.hashed > most {
            self.exhausting(
                offset,
                "keys are hashed that stand for more values than a loader walks through",
            );
        }
    }

    /// Bytes jumped over.
    pub(crate) fn skipped(&mut self, bytes: u64) {
        if !self.probing && self.nesting == 0 {
            self.report.payload(bytes);
        }
    }

    /// Reports what is known only at the end.
    pub(crate) fn finish(&mut self) {
        if self.probing {
            return;
        }
        // What is spent is seen where the next member of the file begins.
        let _spent = self.report.budget.step(self.steps);
        self.names.report(self.report);
        if self.leftover {
            self.oddity(0, "values are left on the stack at its end");
        }
        if self.outside_object {
            self.report.gap("persistent ids", "what they stand for is up to the loading program");
        }
        if self.outside_array {
            self.report.gap("arrays", "they stand in files of their own beside this one");
        }
        if self.outside_buffer {
            self.report.gap("outside buffers", "they are not in this file");
        }
        if self.unchecked {
            self.report
                .gap("some arrays", "what compiled code takes indices from can't be looked at");
        }
        if self.forgotten {
            self.report.gap("some calls", "their arguments go beyond what is kept");
        }
        self.measures();
    }

    fn measures(&mut self) {
        let report = &mut *self.report;
        report.measure("policy", policy::VERSION.to_string());
        if self.names.len() > 0 {
            report.measure("imports", self.names.len().to_string());
        }
        if self.tensors > 0 {
            report.measure("tensors", self.tensors.to_string());
            report.measure("parameters", self.parameters.to_string());
        }
        if !self.dtypes.is_empty() {
            let dtypes: Vec<_> = self.dtypes.iter().copied().collect();
            report.measure("dtypes", dtypes.join(" "));
        }
    }
}
