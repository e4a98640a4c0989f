use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{HostedModel, Kind, Read, View},
    finding::{Confidence, Finding, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};
use jiff::civil::Date;

/// Fewer days left than this, and a change has to be planned.
const NOTICE_DAYS: i32 = 90;
/// A table older than this no longer shows that nothing is announced.
const MAX_CATALOGUE_AGE_DAYS: i32 = 180;

const ENDED: Rule = Rule {
    id: "model-ended",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model in use is past its end of life or past the day set for choosing again",
    tip: "move to a model that is kept up",
};
const ENDS_SOON: Rule = Rule {
    id: "model-ends-soon",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a model in use ends within 90 days",
    tip: "plan and test the move now",
};

coseal_core::check! {
    /// A model that its vendor switches off takes the system with it, and one nobody looks at again grows old unseen. This
    /// check looks hosted models up in a dated catalogue of announced ends, and takes `reassess-by` of the
    /// system file as the day by which a choice is looked at again.
    ///
    /// It fails when such a day has passed and is partial when it is 90 days away or less. Without an announced end it
    /// passes while the catalogue is under 180 days old, and is stale after that. It is unknown for names that
    /// are not in the catalogue, and for models of your own without `reassess-by`.
    ///
    /// To put it right: move to the replacement; for models of your own set `reassess-by` and keep it.
    pub(crate) ModelNotEndOfLife = "model-not-end-of-life";
    reads: [Read::only(Kind::Model, &["location", "reassess-by", "retired"]), Read::all(Kind::HostedModel)];
    rules: [ENDED, ENDS_SOON];
}

impl Check for ModelNotEndOfLife {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let mut coverage = Coverage::default();
        let mut subjects = Vec::new();
        let mut outdated = None;
        for (id, model) in facts.model().iter().filter(|(_, model)| model.retired.is_none()) {
            let element = format!("model.{id}");
            subjects.push(element.clone());
            let hosted = facts.hosted_models().get(&element);
            if let Some(day) = model.reassess_by {
                judge(
                    facts,
                    &element,
                    day,
                    "is to be chosen again by",
                    "look at the choice again and set a new day",
                    findings,
                );
            }
            match hosted {
                Some(hosted) => judge_hosted(
                    facts,
                    hosted,
                    &mut coverage,
                    &mut outdated,
                    model.reassess_by,
                    findings,
                ),
                None if model.reassess_by.is_none() => {
                    coverage.leave_out(&element, "it has no reassess-by");
                }
                None => coverage.looked_at += 1,
            }
        }
        let outcome = if subjects.is_empty() {
            Outcome::unknown("no model in use is declared")
        } else if findings.of(&ENDED) > 0 {
            Outcome::new(State::Fail, "a model in use is past its day")
        } else if !coverage.is_complete() {
            Outcome::unknown("of some models no end and no day to choose again is known")
        } else if findings.of(&ENDS_SOON) > 0 {
            Outcome::new(State::Partial, "a model in use has 90 days left or less")
        } else if let Some(day) = outdated {
            Outcome::new(
                State::Stale,
                format!("nothing was announced by {day}; the catalogue is too old to say more"),
            )
        } else {
            Outcome::new(State::Pass, "no end is announced for the next 90 days")
        };
        outcome.about(subjects).covering(coverage)
    }
}

fn judge_hosted(
    facts: &View<'_>,
    hosted: &HostedModel,
    coverage: &mut Coverage,
    outdated: &mut Option<Date>,
    reassess_by: Option<Date>,
    findings: &mut Findings,
) {
    match hosted.ends {
        Some(ends) => {
            let tip = match &hosted.replacement {
                Some(replacement) => {
                    format!("its vendor suggests {replacement}; test it as a new model")
                }
                None => "choose another model and test it as a new one".to_owned(),
            };
            judge(facts, &hosted.element, ends, "ends on", &tip, findings);
            coverage.looked_at += 1;
        }
        None if !hosted.known && reassess_by.is_none() => {
            coverage.leave_out(
                &hosted.element,
                "its name is not in the catalogue, and it has no reassess-by",
            );
        }
        None => {
            coverage.looked_at += 1;
            let age = (facts.as_of() - hosted.catalogue_as_of).get_days();
            if hosted.known && age >= MAX_CATALOGUE_AGE_DAYS {
                *outdated = Some(
                    outdated.map_or(hosted.catalogue_as_of, |day| day.min(hosted.catalogue_as_of)),
                );
            }
        }
    }
}

fn judge(
    facts: &View<'_>,
    element: &str,
    day: Date,
    verb: &str,
    tip: &str,
    findings: &mut Findings,
) {
    let left = (day - facts.as_of()).get_days();
    if left > NOTICE_DAYS {
        return;
    }
    let (rule, when) = if left < 0 {
        (&ENDED, format!("{} days ago", -left))
    } else {
        (&ENDS_SOON, format!("in {left} days"))
    };
    let finding =
        Finding::new(rule, facts.place(element), &format!("{element} {verb} {day}, {when}"));
    findings.push(finding.tip(tip));
}
