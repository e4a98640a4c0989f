use coseal_core::{
    check::{Check, Findings, Meta},
    counted::counted,
    fact::{Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{FILE_NAME, Weight},
};

const INVALID: Rule = Rule {
    id: "system-file-error",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the system file has an error",
    tip: "put the named line right",
};
const WEAK: Rule = Rule {
    id: "system-file-warning",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "the system file says less than it should",
    tip: "add what the line lacks",
};

coseal_core::check! {
    /// The system file, `coseal.toml`, is what everything else is judged against. This check reads it strictly:
    /// every key is known, every reference leads somewhere, and every dataset, store, memory and log is on
    /// a flow, so that it is seen where data goes.
    ///
    /// It fails on any error and is partial while there are warnings.
    ///
    /// To put it right: each finding names its line and the nearest thing that could be meant there.
    pub(crate) SystemFileValid = "system-file-valid";
    reads: [Read::all(Kind::SystemFile)];
    rules: [INVALID, WEAK];
    without_system_file: true;
}

impl Check for SystemFileValid {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let file = facts.system_file();
        if !file.present {
            return Outcome::unknown("there is no system file: coseal init writes one");
        }
        for problem in &file.problems {
            let rule = if problem.weight == Weight::Error { &INVALID } else { &WEAK };
            let place = Location::line(FILE_NAME, problem.line);
            findings.push(
                coseal_core::finding::Finding::new(rule, place, &problem.message)
                    .tip(&*problem.hint),
            );
        }
        let (errors, warnings) = (findings.of(&INVALID), findings.of(&WEAK));
        let outcome = match (errors, warnings) {
            (0, 0) => Outcome::new(State::Pass, "it has no error and no warning"),
            (0, _) => Outcome::new(State::Partial, counted(warnings, "warning")),
            _ => Outcome::new(State::Fail, counted(errors, "error")),
        };
        outcome.about([FILE_NAME]).covering(Coverage::whole(1))
    }
}
