//! Pickles where numbers, labels or nothing should be: one policy for all formats.

use coseal_core::{
    fact::ArtefactVerdict::{self, Malformed, Malicious, Unknown},
    finding::Rule,
};

use super::{
    registry::pickle::{self, Persistent, Session},
    report::Report,
};
use crate::bytes::{ReadAt, Section, SliceBytes, read_exact_at, read_up_to};

/// Bytes of data that are tried as a pickle.
const PROBED: u64 = 1 << 16;
/// Places behind a model at which a pickle is looked for.
const PLACES: usize = 32;

/// How a program begins on most systems where models are run.
const PROGRAM: &[u8; 4] = b"\x7fELF";

/// Tries the first bytes of `bytes`, which lie at `at`, as a pickle. One with effects is found under `rule`: malicious
/// if it reaches what is known to be dangerous, unknown otherwise. A program is unknown too.
pub(crate) fn probe(bytes: &dyn ReadAt, rule: &Rule, at: u64, text: &str, report: &mut Report) {
    let first = Section::new(bytes, 0, PROBED);
    if pickle::has_effect(&first) {
        report.find(rule, verdict(&first), at, text);
        return;
    }
    let mut head = [0; PROGRAM.len()];
    if read_exact_at(bytes, 0, &mut head).is_ok() && head == *PROGRAM {
        report.find(rule, Unknown, at, text);
    }
}

/// Looks for a pickle further on in `bytes`, which lie at `at`: where a protocol is named, and what follows could be an opcode of one
/// that makes something. One with effects is found under `rule`, as by [`probe`].
pub(crate) fn within(bytes: &dyn ReadAt, rule: &Rule, at: u64, text: &str, report: &mut Report) {
    let mut held = vec![0; usize::try_from(bytes.size().min(PROBED)).unwrap_or(0)];
    let Ok(read) = read_up_to(bytes, 0, &mut held) else { return report.unreadable(at) };
    let held = held.get(..read).unwrap_or_default();
    let starts = memchr::memchr_iter(0x80, held).filter_map(|start| {
        let rest = held.get(start..)?;
        begins(rest).then_some((start as u64, rest))
    });
    for (start, rest) in starts.filter(|(start, _)| *start > 0).take(PLACES) {
        let pickle = SliceBytes(rest);
        if pickle::has_effect(&pickle) {
            report.find(rule, verdict(&pickle), at.saturating_add(start), text);
            return;
        }
    }
}

/// Whether bytes begin as a pickle does that a library writes: its protocol, and a frame, a container, a name or a text.
const fn begins(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x80, 4 | 5, 0x95, ..]
            | [0x80, 2..=5, b'c' | b'}' | b']' | b')' | b'(' | b'X' | 0x8c | 0x8f, ..]
    )
}

/// Judges what stands between the `end` of a model and `next`, where the file ends or something else begins. Zeros, as alignment and
/// transfers leave them, are nothing; anything else is for another loader: a pickle with effects is found under `hidden`, what is
/// none under `broken`.
pub(crate) fn behind(
    bytes: &dyn ReadAt,
    (end, next): (u64, u64),
    [hidden, broken]: [&Rule; 2],
    report: &mut Report,
) {
    let rest = Section::new(bytes, end, next.saturating_sub(end));
    let mut held = vec![0; usize::try_from(rest.size().min(PROBED)).unwrap_or(0)];
    let Ok(read) = read_up_to(&rest, 0, &mut held) else { return report.unreadable(end) };
    let held = held.get(..read).unwrap_or_default();
    let first = held.iter().position(|byte| *byte != 0).unwrap_or(read);
    if first as u64 >= rest.size() {
        return;
    }
    let places = held.get(first..).unwrap_or_default();
    let starts = (0..PLACES.min(places.len())).filter_map(|start| places.get(start..));
    let pickle = starts.map(SliceBytes).find(|bytes| pickle::has_effect(bytes));
    let at = end.saturating_add(first as u64);
    match pickle {
        Some(bytes) => report.find(hidden, verdict(&bytes), at, "a pickle stands behind the model"),
        None => report.find(broken, Malformed, at, "something stands behind the model"),
    }
}

fn verdict(bytes: &dyn ReadAt) -> ArtefactVerdict {
    let mut sink = Report::new("");
    let mut session = Session::new(&mut sink, Persistent::Unknown);
    pickle::first(bytes, 0, &mut session);
    session.finish();
    if sink.verdict() == Malicious { Malicious } else { Unknown }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown},
        finding::{Confidence, Rule, Severity},
    };

    use super::{behind, probe, within};
    use crate::{artefact::report::Report, bytes::SliceBytes};

    #[test]
    fn what_a_hidden_pickle_reaches_decides() {
        let rule = Rule {
            id: "hidden",
            severity: Severity::High,
            confidence: Confidence::High,
            summary: "",
            tip: "",
        };
        let found = |bytes: &[u8]| -> ArtefactVerdict {
            let mut report = Report::new("m");
            probe(&SliceBytes(bytes), &rule, 0, "a pickle", &mut report);
            report.verdict()
        };
        assert_eq!(found(b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R."), Malicious);
        assert_eq!(found(b"\x80\x02cmine\nthing\nX\x04\0\0\0true\x85R."), Unknown);
        assert_eq!(found(b"\x80\x02K\x01."), Clean);
        assert_eq!(found(&[0; 999]), Clean);
        assert_eq!(found(b"\x7fELF\x02\x01\x01"), Unknown);
    }

    #[test]
    fn a_pickle_is_found_within_data() {
        let rule = Rule {
            id: "hidden",
            severity: Severity::High,
            confidence: Confidence::High,
            summary: "",
            tip: "",
        };
        let found = |bytes: &[u8]| -> ArtefactVerdict {
            let mut report = Report::new("m");
            within(&SliceBytes(bytes), &rule, 0, "a pickle", &mut report);
            report.verdict()
        };
        assert_eq!(found(b"state:\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R."), Malicious);
        assert_eq!(found(b"state:\x80\x02}X\x01\0\0\0aK\x01s."), Clean);
        assert_eq!(found(&[0x80; 999]), Clean);
    }

    #[test]
    fn only_zeros_may_stand_behind_a_model() {
        let rule = |id| Rule {
            id,
            severity: Severity::High,
            confidence: Confidence::High,
            summary: "",
            tip: "",
        };
        let found = |rest: &[u8]| {
            let bytes = [b"model".as_slice(), rest].concat();
            let mut report = Report::new("m");
            let ends = (5, bytes.len() as u64);
            behind(&SliceBytes(&bytes), ends, [&rule("h"), &rule("b")], &mut report);
            report.verdict()
        };
        assert_eq!(found(b""), Clean);
        assert_eq!(found(&[0; 4096]), Clean);
        assert_eq!(found(b"\0\0\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R."), Malicious);
        assert_eq!(found(b"\n\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R."), Malicious);
        assert_eq!(found(b"#!/bin/sh\n"), Malformed);
        let far = [[0; 1 << 16].as_slice(), b"\x80\x02N."].concat();
        assert_eq!(found(&far), Malformed);
    }
}
