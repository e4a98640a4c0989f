//! Why the answer is what it is: three reasons at most, each with who has to act and by when.

use coseal_core::{fact::Facts, grade::Grade, outcome::State};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    answer::{MayRun, Tally},
    causes::{By, Cause},
    limits::NotJudged,
    owner::Who,
    waivers::Waived,
};
use crate::Assessment;

/// Reasons on the first page.
pub(super) const REASONS: usize = 3;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// In plain words.
    pub what: String,
    /// What to have done; nothing where all is well.
    pub act: Option<String>,
    /// Where it was seen, and how often.
    pub seen: Vec<String>,
    /// Who has to act.
    pub who: Option<Who>,
    /// By when.
    pub by: Option<By>,
}

/// What reasons come from.
pub(super) struct Grounds<'a> {
    pub(super) answer: MayRun,
    pub(super) tally: &'a Tally,
    pub(super) causes: &'a [Cause],
    pub(super) waivers: &'a [Waived],
    pub(super) not_judged: &'a NotJudged,
}

/// The weightiest three, and how many causes they use up.
pub(super) fn reasons(
    grounds: &Grounds<'_>,
    assessment: &Assessment,
    facts: &Facts,
) -> (Vec<Reason>, usize) {
    let mut reasons = Vec::new();
    if !grounds.tally.intact {
        reasons.push(not_intact(facts));
    }
    if !facts.system_file.present {
        reasons.push(undescribed());
    }
    if grounds.answer == MayRun::NotEnoughEvidence && grounds.tally.open > 0 {
        reasons.push(open(grounds, facts));
    }
    let used = grounds.causes.len().min(REASONS.saturating_sub(reasons.len()));
    reasons.extend(grounds.causes.iter().take(used).map(from_cause));
    if grounds.answer != MayRun::NotEnoughEvidence && grounds.tally.open > 0 {
        reasons.push(open(grounds, facts));
    }
    reasons.extend(grounds.waivers.iter().filter(|waived| waived.kind == "waived").map(accepted));
    if grounds.answer == MayRun::Yes {
        reasons.splice(0..0, all_well(grounds, assessment));
    }
    reasons.truncate(REASONS);
    (reasons, used)
}

fn from_cause(cause: &Cause) -> Reason {
    Reason {
        what: cause.what.clone(),
        act: Some(cause.act.clone()),
        seen: cause.seen.clone(),
        who: Some(cause.who.clone()),
        by: Some(cause.by),
    }
}

fn risk_owner(facts: &Facts) -> Who {
    let system = facts.system.as_ref();
    match system.filter(|system| system.role.contains_key("risk-owner")) {
        Some(system) => Who::role("risk-owner", Some(system)),
        None => Who::of(None, "1.2", system),
    }
}

fn open(grounds: &Grounds<'_>, facts: &Facts) -> Reason {
    let Tally { musts, open, .. } = *grounds.tally;
    let not_built = grounds.not_judged.not_built_musts;
    let mut seen = Vec::new();
    if not_built > 0 {
        seen.push(format!("{not_built} of them this version of coseal can't look at yet"));
    }
    if open > not_built {
        seen.push(format!("{} lack evidence that still holds", open - not_built));
    }
    Reason {
        what: format!(
            "{open} of the {musts} requirements that must be met have no answer that holds."
        ),
        act: Some(
            "Get the missing evidence, or decide with your eyes open to run without it.".into(),
        ),
        seen,
        who: Some(risk_owner(facts)),
        by: Some(By::NextRelease),
    }
}

fn not_intact(facts: &Facts) -> Reason {
    Reason {
        what: "The evidence on record is not as it was written: somebody or something changed it."
            .into(),
        act: Some("Find out what happened to it; until then nothing in it counts.".into()),
        seen: vec!["coseal evidence verify says which log".into()],
        who: Some(Who::of(None, "3.3", facts.system.as_ref())),
        by: Some(By::Now),
    }
}

fn undescribed() -> Reason {
    Reason {
        what: "Nobody has written down what this system is, what it is for and who answers for it."
            .into(),
        act: Some("Have it described, so that it can be judged.".into()),
        seen: vec!["there is no coseal.toml".into()],
        who: Some(Who::default()),
        by: Some(By::NextRelease),
    }
}

fn accepted(waived: &Waived) -> Reason {
    let until = waived.expires.map_or(By::NextRelease, By::On);
    Reason {
        what: "Something that should be met is not, and was accepted for now.".into(),
        act: Some("Put it right before the acceptance ends.".into()),
        seen: vec![waived.reason.clone()],
        who: Some(waived.who.clone()),
        by: Some(until),
    }
}

fn all_well(grounds: &Grounds<'_>, assessment: &Assessment) -> Vec<Reason> {
    let fact = |what: String| Reason { what, act: None, seen: Vec::new(), who: None, by: None };
    let judged = assessment.checks.iter().filter(|judged| judged.outcome.state.is_judged());
    let (trusted, all) = judged.fold((0, 0), |(trusted, all), judged| {
        (trusted + usize::from(judged.grade < Grade::D), all + 1)
    });
    let waived = assessment.checks.iter().filter(|judged| judged.outcome.state == State::Waived);
    vec![
        fact(format!("All {} requirements that must be met are met.", grounds.tally.musts)),
        fact(format!(
            "{trusted} of {all} answers rest on evidence that somebody trusted has signed."
        )),
        fact(match waived.count() {
            0 => "Nothing was accepted that is not as it should be.".to_owned(),
            count => format!("{count} lesser requirements are not met and were accepted for now."),
        }),
    ]
}
