use coseal_core::{
    check::{Check, Findings, Meta},
    digest::Digest,
    fact::{Kind, Measured, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::Location,
};

const CHANGED: Rule = Rule {
    id: "asset-changed",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "an asset is not the one that was registered",
    tip: "find out who changed it; if the change is right, register the new digest",
};
const UNREGISTERED: Rule = Rule {
    id: "asset-unregistered",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "an asset in this folder has no registered digest",
    tip: "add digest = \"sha256:…\" (`sha256sum FILE` prints it)",
};

coseal_core::check! {
    /// A model, dataset or prompt that changed since somebody looked at it is another one. This check hashes every asset that
    /// has a digest in the system file and compares. At most 256 MB in all are hashed; `--full` hashes everything.
    ///
    /// It passes when all digests agree and every model, dataset and prompt in the folder has one, is partial when some have
    /// none, fails when one differs, and is unknown when none has a digest or a file was not hashed.
    ///
    /// To put it right: restore what should be there, or look at the change and register the new digest.
    pub(crate) AssetsUnchanged = "assets-unchanged";
    reads: [
        Read::only(Kind::Model, &["location", "digest", "retired"]),
        Read::only(Kind::Adapter, &["location", "digest"]),
        Read::only(Kind::Dataset, &["location", "digest", "retired"]),
        Read::only(Kind::Prompt, &["location", "digest"]),
        Read::only(Kind::Document, &["location", "digest"]),
        Read::all(Kind::Digest),
    ];
    rules: [CHANGED, UNREGISTERED];
}

impl Check for AssetsUnchanged {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let assets = assets(facts);
        let registered: Vec<_> =
            assets.iter().filter_map(|(element, _, digest)| Some((element, (*digest)?))).collect();
        let mut coverage = Coverage::default();
        for (element, expected) in &registered {
            match facts.digests().get(*element).map(|fact| &fact.measured) {
                Some(Measured::Digest(digest)) => {
                    coverage.looked_at = coverage.looked_at.saturating_add(1);
                    if digest != expected {
                        let what = format!(
                            "{element} is {}…, registered is {}…",
                            digest.short(),
                            expected.short()
                        );
                        findings.add(&CHANGED, facts.place(&format!("{element}.digest")), what);
                    }
                }
                Some(Measured::Absent { why }) => coverage.leave_out(element, why),
                Some(Measured::OverAllowance) => {
                    coverage.leave_out(element, "more than 256 MB in all; --full hashes it");
                }
                None => coverage.leave_out(element, "it was not measured"),
            }
        }
        let bare = |(element, location, digest): &&(String, &Location, Option<Digest>)| {
            digest.is_none() && location.path().is_some() && !element.starts_with("document.")
        };
        for (element, ..) in assets.iter().filter(bare) {
            findings.add(
                &UNREGISTERED,
                facts.place(element),
                format!("{element} has no registered digest"),
            );
        }
        let outcome = if findings.of(&CHANGED) > 0 {
            Outcome::new(
                State::Fail,
                format!("{} assets are not the ones that were registered", findings.of(&CHANGED)),
            )
        } else if registered.is_empty() {
            Outcome::unknown("no asset has a registered digest")
        } else if !coverage.is_complete() {
            Outcome::unknown(format!("{} assets were not hashed", coverage.gaps.len()))
        } else if findings.of(&UNREGISTERED) > 0 {
            Outcome::new(
                State::Partial,
                format!(
                    "{} assets are unchanged, {} have no registered digest",
                    registered.len(),
                    findings.of(&UNREGISTERED)
                ),
            )
        } else {
            Outcome::new(
                State::Pass,
                format!("all {} registered assets are unchanged", registered.len()),
            )
        };
        outcome.about(assets.iter().map(|(element, ..)| element)).covering(coverage)
    }
}

type Asset<'a> = (String, &'a Location, Option<Digest>);

fn assets<'a>(facts: &View<'a>) -> Vec<Asset<'a>> {
    let models = facts.model().iter().filter(|(_, model)| model.retired.is_none());
    let models = models.map(|(id, model)| (format!("model.{id}"), &model.location, model.digest));
    let adapters = facts
        .adapter()
        .iter()
        .map(|(id, adapter)| (format!("adapter.{id}"), &adapter.location, adapter.digest));
    let datasets = facts.dataset().iter().filter(|(_, dataset)| dataset.retired.is_none());
    let datasets =
        datasets.map(|(id, dataset)| (format!("dataset.{id}"), &dataset.location, dataset.digest));
    let prompts = facts
        .prompt()
        .iter()
        .map(|(id, prompt)| (format!("prompt.{id}"), &prompt.location, prompt.digest));
    let documents = facts
        .document()
        .iter()
        .map(|(id, document)| (format!("document.{id}"), &document.location, document.digest));
    models
        .chain(adapters)
        .chain(datasets)
        .chain(prompts)
        .chain(documents)
        .filter(|(_, location, _)| location.has_bytes())
        .collect()
}
