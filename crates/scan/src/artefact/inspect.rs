//! From a file to a fact.

use std::{cell::Cell, sync::Arc};

use coseal_core::{fact::Artefact, scan_policy::ScanPolicy};

use super::{
    budget::MAX_QUESTIONS,
    format::{Input, Look},
    ids::FORMAT_IDS,
    misnamed,
    own_policy::judge,
    registry::{FORMATS, program},
    report::Report,
};
use crate::bytes::{Alone, Beside, Pages, ReadAt, SliceBytes, Tracked, read_up_to, room};

/// Bytes of the first look at a file. Nothing more is read of a file that no format recognises by them,
/// but for the end of one whose suffix promises an archive, the few places where HDF5 may begin, and text that is called a
/// model, to its end.
const SNIFF: usize = 4096;

/// How many bytes the first look reads: a tree of source files costs one such read each.
#[must_use]
pub const fn sniff_len() -> usize {
    SNIFF
}

/// What a file is called. The two differ where a path is too long to show, or two files would be shown alike.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// Gives the suffix, which counts only for formats without a magic number, and the place that a policy judges.
    pub path: &'a str,
    /// What results say. No verdict depends on it.
    pub shown: &'a str,
}

impl<'a> From<&'a str> for Called<'a> {
    fn from(path: &'a str) -> Self {
        Self { path, shown: path }
    }
}

/// Says what loading a model file would do; none if the file is no model file.
///
/// `path` is shown in findings and gives the suffix, which counts only for formats without a magic number.
#[must_use]
pub fn inspect(path: &str, bytes: &dyn ReadAt) -> Option<Artefact> {
    inspect_in(path, bytes, &Alone)
}

/// The same of a file whose surroundings are known: a model that is a folder is read as a whole, at the file that tells what it
/// is.
#[must_use]
pub fn inspect_in(path: &str, bytes: &dyn ReadAt, beside: &dyn Beside) -> Option<Artefact> {
    inspect_under(path, bytes, beside, &Arc::default())
}

/// The same, under a policy of somebody's own beside the built-in one.
#[must_use]
pub fn inspect_under<'a>(
    called: impl Into<Called<'a>>,
    bytes: &dyn ReadAt,
    beside: &dyn Beside,
    policy: &Arc<ScanPolicy>,
) -> Option<Artefact> {
    look_at(called.into(), bytes, beside, policy, false)
}

/// `asked`: somebody named this very file.
fn look_at(
    called: Called<'_>,
    bytes: &dyn ReadAt,
    beside: &dyn Beside,
    policy: &Arc<ScanPolicy>,
    asked: bool,
) -> Option<Artefact> {
    let mut artefact = look(called, bytes, beside, policy, asked)?;
    judge(&mut artefact, called.path, policy);
    Some(artefact)
}

fn look(
    Called { path, shown }: Called<'_>,
    bytes: &dyn ReadAt,
    beside: &dyn Beside,
    policy: &Arc<ScanPolicy>,
    asked: bool,
) -> Option<Artefact> {
    let _room = room::Room::enter();
    let pages = Pages::of(bytes);
    let tracked = Tracked::new(&pages);
    let mut head = vec![0; SNIFF];
    let Ok(read) = read_up_to(&tracked, 0, &mut head) else {
        let mut report = Report::new(shown);
        report.unreadable(0);
        return Some(report.finish("unrecognised", bytes.size(), &tracked));
    };
    head.truncate(read);
    // Some files hold more than they say, such as those that the kernel makes up: what was read counts.
    let more = read as u64 > bytes.size();
    let held = SliceBytes(&head);
    let whole: &dyn ReadAt = if more { &held } else { &tracked };
    let questions = Cell::new(MAX_QUESTIONS);
    let look = Look::new(path, &head, whole).among(beside).asked(asked).counting(&questions);
    let format = FORMATS.iter().find(|format| format.recognises(&look))?;
    let (id, family) = (format.id(&look), format.family(&look));
    debug_assert!(FORMAT_IDS.contains(&id), "{id} is not in the list of formats");
    let mut report = Report::new(shown);
    report.policy = Arc::clone(policy);
    format.inspect(Input { archive: look.opened(), path, bytes: whole, beside }, &mut report);
    program::also(&look, &mut report);
    misnamed::judge(&look, family, &mut report);
    if more || !matches!(bytes.read_at(bytes.size(), &mut [0]), Ok(0)) {
        report.gap("the file's end", "the file holds more than its size says");
    }
    Some(Artefact { family, ..report.finish(id, bytes.size(), &tracked) })
}

/// Says what loading a file would do that somebody named: one of no known format is `unrecognised`,
/// which is undecided and never clean.
#[must_use]
pub fn inspect_anyway(path: &str, bytes: &dyn ReadAt) -> Artefact {
    inspect_anyway_in(path, bytes, &Alone)
}

/// The same of a file whose surroundings are known.
#[must_use]
pub fn inspect_anyway_in(path: &str, bytes: &dyn ReadAt, beside: &dyn Beside) -> Artefact {
    inspect_anyway_under(path, bytes, beside, &Arc::default())
}

/// The same, under a policy of somebody's own beside the built-in one.
#[must_use]
pub fn inspect_anyway_under<'a>(
    called: impl Into<Called<'a>>,
    bytes: &dyn ReadAt,
    beside: &dyn Beside,
    policy: &Arc<ScanPolicy>,
) -> Artefact {
    let called = called.into();
    look_at(called, bytes, beside, policy, true).unwrap_or_else(|| {
        let tracked = Tracked::new(bytes);
        let mut report = Report::new(called.shown);
        report.gap("the whole file", "it is of no format that is known");
        let mut artefact = report.finish("unrecognised", bytes.size(), &tracked);
        judge(&mut artefact, called.path, policy);
        artefact
    })
}
