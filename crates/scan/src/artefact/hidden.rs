//! Pickles where numbers, labels or nothing should be: one policy for all formats.

use coseal_core::{
    fact::ArtefactVerdict::{self, Malicious, Unknown},
    finding::Rule,
};

use super::{
    registry::pickle::{self, Persistent, Session},
    report::Report,
};
use crate::bytes::{ReadAt, Section};

/// Bytes of data that are tried as a pickle.
const PROBED: u64 = 1 << 16;

/// Tries the first bytes of `bytes`, which lie at `at`, as a pickle. One with effects is found under `rule`: malicious
/// if it reaches what is known to be dangerous, unknown otherwise.
pub(crate) fn probe(bytes: &dyn ReadAt, rule: &Rule, at: u64, text: &str, report: &mut Report) {
    let first = Section::new(bytes, 0, PROBED);
    if pickle::has_effect(&first) {
        report.find(rule, verdict(&first), at, text);
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
        fact::ArtefactVerdict::{self, Clean, Malicious, Unknown},
        finding::{Confidence, Rule, Severity},
    };

    use super::probe;
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
    }
}
