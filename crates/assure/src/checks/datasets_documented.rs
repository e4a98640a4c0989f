use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, Text, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{Dataset, Provenance},
};

const UNDOCUMENTED: Rule = Rule {
    id: "dataset-undocumented",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a dataset's record lacks something",
    tip: "add what is missing, or say provenance = \"unknown\" where nobody knows",
};
const UNKNOWN_ORIGIN: Rule = Rule {
    id: "dataset-of-unknown-origin",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "it is said of a dataset that nobody knows where it comes from",
    tip: "find out, or plan to replace it",
};

coseal_core::check! {
    /// Data nobody can account for can't be judged for poisoning, licence or consent. This check wants four things of
    /// each dataset in the system file: `source`, `collected`, `licence` and `provenance`.
    ///
    /// It passes when all are there, is partial for datasets of which it is openly said that their
    /// provenance is unknown, and fails when something is missing without a word.
    ///
    /// To put it right: add the missing lines to the dataset's table.
    pub(crate) DatasetsDocumented = "datasets-documented";
    reads: [
        Read::only(Kind::Dataset, &["source", "collected", "licence", "provenance", "card", "retired"]),
        Read::all(Kind::Text),
    ];
    rules: [UNDOCUMENTED, UNKNOWN_ORIGIN];
}

impl Check for DatasetsDocumented {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let datasets: Vec<_> =
            facts.dataset().iter().filter(|(_, dataset)| dataset.retired.is_none()).collect();
        for (id, dataset) in &datasets {
            let place = facts.place(&format!("dataset.{id}"));
            let missing = missing(dataset);
            if dataset.provenance == Some(Provenance::Unknown) {
                findings.add(
                    &UNKNOWN_ORIGIN,
                    place.clone(),
                    format!("nobody knows where dataset.{id} comes from"),
                );
            } else if !missing.is_empty() {
                findings.add(
                    &UNDOCUMENTED,
                    place.clone(),
                    format!("dataset.{id} lacks {}", missing.join(", ")),
                );
            }
            if let Some(None | Some(Text { text: Err(_), .. })) = dataset
                .card
                .as_ref()
                .filter(|card| card.path().is_some())
                .map(|card| facts.text_at(card))
            {
                findings.add(
                    &UNDOCUMENTED,
                    place,
                    format!("the card of dataset.{id} can't be read"),
                );
            }
        }
        let outcome = match (findings.of(&UNDOCUMENTED), findings.of(&UNKNOWN_ORIGIN)) {
            (0, 0) => {
                Outcome::new(State::Pass, "every dataset has source, day, licence and provenance")
            }
            (0, unknown) => Outcome::new(
                State::Partial,
                format!(
                    "{unknown} of {} datasets are of unknown origin, and say so",
                    datasets.len()
                ),
            ),
            (undocumented, _) => Outcome::new(
                State::Fail,
                format!("{undocumented} gaps in the records of {} datasets", datasets.len()),
            ),
        };
        outcome
            .about(datasets.iter().map(|(id, _)| format!("dataset.{id}")))
            .covering(Coverage::whole(datasets.len()))
    }
}

fn missing(dataset: &Dataset) -> Vec<&'static str> {
    let fields = [
        ("source", dataset.source.is_none()),
        ("collected", dataset.collected.is_none()),
        ("licence", dataset.licence.is_none()),
        ("provenance", dataset.provenance.is_none()),
    ];
    fields.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect()
}
