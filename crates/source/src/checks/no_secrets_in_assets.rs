use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};

const SECRET: Rule = Rule {
    id: "secret-in-asset",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "a text that reaches a model, or describes one, holds what looks like a secret",
    tip: "change the secret where it is used, then keep it in a vault or the environment",
};

coseal_core::check! {
    /// What stands in a prompt can be talked out of a model, and cards and system files are read by many. This check looks for
    /// keys, tokens and passwords in the system file, prompts, cards and documents, and in files that are
    /// prompts or instructions to agents by their name.
    ///
    /// It passes when there is none and every such text was read, and fails on any. It shows the place and
    /// the kind, never the value.
    ///
    /// To put it right: treat the secret as known to others: change it first, then take it out.
    pub(crate) NoSecretsInAssets = "no-secrets-in-assets";
    reads: [
        Read::only(Kind::Secret, &["path", "kind"]),
        Read::all(Kind::Inspection),
        Read::all(Kind::Text),
        Read::only(Kind::Prompt, &["location"]),
        Read::only(Kind::Document, &["location"]),
    ];
    rules: [SECRET];
    without_system_file: true;
}

impl Check for NoSecretsInAssets {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        for secret in facts.secrets() {
            let place = Location::line(&secret.path, secret.line);
            findings.add(
                &SECRET,
                place,
                format!("this line holds what looks like a secret: {}", secret.kind),
            );
        }
        let mut coverage = Coverage::default();
        for text in facts.texts().values() {
            match &text.text {
                Ok(_) => coverage.looked_at += 1,
                Err(why) => coverage.leave_out(&text.path, why),
            }
        }
        let prompts =
            facts.prompt().iter().map(|(id, prompt)| (format!("prompt.{id}"), &prompt.location));
        let documents = facts
            .document()
            .iter()
            .map(|(id, document)| (format!("document.{id}"), &document.location));
        for (element, _) in
            prompts.chain(documents).filter(|(_, location)| location.path().is_none())
        {
            coverage.leave_out(&element, "it is not in this folder");
        }
        for gap in &facts.inspection().gaps {
            coverage.leave_out(&gap.what, &gap.why);
        }
        let outcome = if !findings.is_empty() {
            Outcome::new(
                State::Fail,
                match findings.len() {
                    1 => "one place holds what looks like a secret".to_owned(),
                    count => format!("{count} places hold what looks like a secret"),
                },
            )
        } else if !coverage.is_complete() {
            Outcome::unknown("no secret was found, and not every text was read")
        } else if facts.texts().is_empty() {
            Outcome::unknown("no prompt, card or document was found to look at")
        } else {
            Outcome::new(State::Pass, format!("no secret in {} texts", facts.texts().len()))
        };
        let subjects: Vec<_> = facts.texts().keys().collect();
        outcome.about(subjects).covering(coverage)
    }
}
