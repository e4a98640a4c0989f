use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{ArtefactVerdict, Kind, Read, View},
    outcome::{Coverage, Outcome, State},
};

coseal_core::check! {
    /// A model file can be a program: loading a pickle runs whatever it says. This check looks at every model file in the
    /// folder, and at every model and adapter the system file names, by content and without ever loading one. It works out
    /// what a loader would do with each.
    ///
    /// It passes when every file is complete and clean: every byte that a loader interprets was looked at and does only what
    /// the policy allows (the payload of tensors need not be read). It fails on any malicious or unknown code,
    /// and is unknown when a file is broken, of a format that is not parsed yet, or not here.
    ///
    /// To put it right: `coseal scan --explain FILE` shows what was found; prefer formats that hold no
    /// code, such as safetensors.
    pub(crate) ModelFilesScanned = "model-files-scanned";
    reads: [
        Read::only(Kind::Artefact, &["path", "elements", "format", "verdict", "coverage", "findings"]),
        Read::only(Kind::Model, &["location", "retired"]),
        Read::only(Kind::Adapter, &["location"]),
        Read::all(Kind::Inspection),
    ];
    rules: [];
    without_system_file: true;
}

impl Check for ModelFilesScanned {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let artefacts = facts.artefacts();
        let mut coverage = Coverage::default();
        let mut bad = 0_usize;
        for artefact in artefacts.values() {
            artefact.findings.iter().for_each(|finding| findings.push(finding.clone()));
            match artefact.verdict {
                ArtefactVerdict::Clean if artefact.coverage.complete => {
                    coverage.looked_at = coverage.looked_at.saturating_add(1);
                }
                ArtefactVerdict::Malicious | ArtefactVerdict::Unknown => {
                    bad = bad.saturating_add(1);
                }
                ArtefactVerdict::Malformed => {
                    coverage.leave_out(&artefact.path, "it is broken, or lies about its structure");
                }
                ArtefactVerdict::Clean | ArtefactVerdict::Undecided => {
                    let why = artefact
                        .coverage
                        .gaps
                        .first()
                        .map_or("it was not looked at in full", |gap| gap.why.as_str());
                    coverage.leave_out(&artefact.path, why);
                }
            }
        }
        for element in declared(facts) {
            if facts.artefacts_of(&element).next().is_none() {
                coverage.leave_out(&element, "its bytes are not here");
            }
        }
        for gap in &facts.inspection().gaps {
            coverage.leave_out(&gap.what, &gap.why);
        }
        let all = artefacts.len();
        let outcome = if bad > 0 {
            Outcome::new(
                State::Fail,
                format!(
                    "{bad} of {all} model files run code, or have effects, that the policy does not allow"
                ),
            )
        } else if !coverage.is_complete() {
            Outcome::unknown(format!(
                "{} model files or places were not looked at in full",
                coverage.gaps.len()
            ))
        } else if all == 0 {
            Outcome::unknown("no model file was found, and no system file says that there is none")
        } else {
            Outcome::new(State::Pass, format!("all {all} model files are complete and clean"))
        };
        outcome.about(artefacts.keys()).covering(coverage)
    }
}

fn declared(facts: &View<'_>) -> Vec<String> {
    let models = facts
        .model()
        .iter()
        .filter(|(_, model)| model.location.has_bytes() && model.retired.is_none());
    let adapters = facts.adapter().keys().map(|id| format!("adapter.{id}"));
    models.map(|(id, _)| format!("model.{id}")).chain(adapters).collect()
}
