//! Exports of the examples: written for conformance/exports.py to validate, and free of what must never be in them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use coseal::{inspect::inspect, progress::Progress, registry};
use coseal_assure::{
    Assessment, assess,
    evidence::record_id,
    export::{EvidenceItem, Exported, Spec, bundle, cyclonedx, gemara, oscal},
};
use coseal_core::{outcome::State, system::Resolver};

use crate::harness::{DAY, example, root};

/// A record for every second check that was judged, so that documents hold both.
fn records(assessment: &Assessment) -> BTreeMap<String, EvidenceItem> {
    let judged = assessment.checks.iter().filter(|judged| judged.outcome.state.is_judged());
    let record = |id: &str| {
        let envelope = format!(
            "{{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{{\"keyid\":\"{id}\",\"sig\":\"AA==\"}}]}}"
        );
        EvidenceItem {
            record: record_id(envelope.as_bytes()),
            received: "2026-11-20T10:00:05Z".parse().unwrap(),
            observed_until: "2026-11-20T10:00:00Z".parse().unwrap(),
            environment: Some("production".to_owned()),
            grade: Some('A'),
            envelope: envelope.into_bytes(),
            proof: Some("c2sp.org/tlog-proof@v1\n".to_owned()),
        }
    };
    judged.step_by(2).map(|judged| (judged.entry.id.clone(), record(&judged.entry.id))).collect()
}

/// A waiver and something stale, which the examples don't have.
fn more_states(assessment: &mut Assessment) {
    let fails = assessment.checks.iter_mut().filter(|j| j.outcome.state == State::Fail);
    for (judged, state) in fails.zip([State::Waived, State::Stale]) {
        judged.outcome.state = state;
    }
}

#[test]
fn the_examples_in_every_format() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("exports");
    fs::create_dir_all(&out).unwrap();
    for name in ["support-bot", "fraud-classifier"] {
        let day = DAY.parse().unwrap();
        let folder = example(name);
        let facts = inspect(&folder, day, &Resolver::default(), false, &Progress::new(true));
        let facts = facts.unwrap().facts;
        let system = facts.system.as_ref().unwrap();
        let mut assessment = assess(&registry::checks(), &facts);
        for kind in ["plain", "recorded"] {
            let recorded = kind == "recorded";
            if recorded {
                more_states(&mut assessment);
            }
            let of = Exported {
                assessment: &assessment,
                system: &system.system.id,
                purpose: &system.system.purpose,
                tool_version: "0.1.0",
                made: "2026-11-21T12:00:00Z".parse().unwrap(),
                evidence: if recorded { records(&assessment) } else { BTreeMap::new() },
            };
            let documents = [
                ("cyclonedx-1.6.json", cyclonedx(&of, Spec::V1_6)),
                ("cyclonedx-1.7.json", cyclonedx(&of, Spec::V1_7)),
                ("oscal.json", oscal(&of)),
                ("gemara.json", gemara(&of)),
                ("bundle.intoto.jsonl", String::from_utf8(bundle(&of).unwrap()).unwrap()),
            ];
            for (format, text) in documents {
                assert!(!text.to_lowercase().contains("complian"), "{name} {format}");
                let here = root();
                assert!(!text.contains(here.to_str().unwrap()), "{name} {format}");
                assert!(!text.contains("mailto:") && !text.contains("@example"), "{name} {format}");
                fs::write(out.join(format!("{name}-{kind}.{format}")), text).unwrap();
            }
        }
    }
}
