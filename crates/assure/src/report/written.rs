//! The report as a whole.

use coseal_core::{
    digest::Digest, fact::Facts, outcome::Gap, plain::plain, system::word, verdict::ScopeCount,
};
use jiff::civil::Date;

use super::{
    answer::{MayRun, Tally, may_run, tally},
    cards::{Card, cards},
    causes::{Cause, causes},
    changes::{Changes, changes},
    expiring::{Expiring, expiring},
    limits::{self, NotJudged},
    reasons::{Grounds, Reason, reasons},
    state::{CheckState, ReportState},
    waivers::{self, Waived},
};
use crate::Assessment;

/// Risks told beside the reasons.
const RISKS: usize = 5;

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// What was seen.
    pub facts: &'a Facts,
    /// What was concluded.
    pub assessment: &'a Assessment,
    /// The state of an earlier report of the same system.
    pub earlier: Option<&'a ReportState>,
    /// Whether the evidence on record is as it was written.
    pub intact: bool,
}

/// What the report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Id of the system; none without a system file.
    pub id: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// The version in use.
    pub version: Option<String>,
    /// Who can reach it, and what happens if it is wrong.
    pub exposure: Option<(String, String)>,
    /// Questions of the system file that nobody has answered, as they stand there.
    pub unanswered: Vec<String>,
    /// Whether it is only assumed what it is for, who can reach it, and what happens if it is wrong.
    pub assumed: (bool, bool, bool),
    /// The environment that was asked about; else those that are declared.
    pub environments: Vec<String>,
}

/// A report.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// What it is about.
    pub subject: Subject,
    /// The day that it is about.
    pub as_of: Date,
    /// Whether the system may run.
    pub answer: MayRun,
    /// What the answer is worked out from.
    pub tally: Tally,
    /// Why: three at most.
    pub reasons: Vec<Reason>,
    /// What changed.
    pub changes: Changes,
    /// What ends within thirty days, the overdue first.
    pub expiring: Vec<Expiring>,
    /// Further risks: five at most, the weightiest first.
    pub risks: Vec<Cause>,
    /// How many more there are.
    pub more_risks: usize,
    /// Counts by what an answer needs.
    pub scopes: Vec<ScopeCount>,
    /// The guidelines, in order.
    pub cards: Vec<Card<'a>>,
    /// What people accepted.
    pub waivers: Vec<Waived>,
    /// What was not judged.
    pub not_judged: NotJudged,
    /// What was in scope and not looked at.
    pub gaps: &'a [Gap],
    /// What is not in scope.
    pub left_out: &'a [String],
    /// Regular files seen.
    pub files: u64,
    /// The same for machines.
    pub state: ReportState,
    /// Digest of that.
    pub digest: Digest,
}

/// Writes a report. The same sources give the same report.
#[must_use]
pub fn write<'a>(sources: &Sources<'a>) -> Report<'a> {
    let Sources { facts, assessment, .. } = *sources;
    let tally = tally(assessment, sources.intact);
    let answer = may_run(&tally);
    let causes = causes(assessment, facts);
    let waivers = waivers::waivers(facts);
    let not_judged = limits::count(assessment);
    let grounds = Grounds {
        answer,
        tally: &tally,
        causes: &causes,
        waivers: &waivers,
        not_judged: &not_judged,
    };
    let (reasons, used) = reasons(&grounds, assessment, facts);
    let state = state(sources, answer);
    Report {
        subject: subject(facts),
        as_of: assessment.as_of,
        answer,
        tally,
        reasons,
        changes: changes(assessment, facts, &state, sources.earlier),
        expiring: expiring(assessment, facts),
        risks: causes.iter().skip(used).take(RISKS).cloned().collect(),
        more_risks: causes.len().saturating_sub(used + RISKS),
        scopes: assessment.scopes(),
        cards: cards(assessment),
        waivers,
        not_judged,
        gaps: &facts.inspection.gaps,
        left_out: &facts.inspection.left_out,
        files: facts.inspection.files,
        digest: state.digest(),
        state,
    }
}

fn subject(facts: &Facts) -> Subject {
    let Some(about) = facts.system.as_ref().map(|system| &system.system) else {
        return Subject {
            id: None,
            purpose: None,
            version: None,
            exposure: None,
            unanswered: Vec::new(),
            assumed: (false, false, false),
            environments: Vec::new(),
        };
    };
    let open = &facts.system_file.unconfirmed;
    let asks = |key: &str| open.asks(facts.spans.line(&format!("system.{key}")));
    let asked = facts.environment.iter();
    let declared = about.environments.iter().filter(|_| facts.environment.is_none());
    Subject {
        id: Some(plain(&about.id, 80)),
        purpose: Some(plain(&about.purpose, 160)),
        version: about.version.as_ref().map(|version| plain(version, 40)),
        exposure: Some((word(&about.exposure), word(&about.impact))),
        unanswered: open.questions.iter().map(|question| question.text.clone()).collect(),
        assumed: (asks("purpose"), asks("exposure"), asks("impact")),
        environments: asked.chain(declared).map(|name| plain(name, 40)).collect(),
    }
}

fn state(sources: &Sources<'_>, answer: MayRun) -> ReportState {
    let facts = sources.facts;
    let check = |judged: &crate::Judged| {
        let record = judged.evidence.as_ref().map(|record| record.record);
        let state = CheckState { state: judged.outcome.state, binding: judged.binding, record };
        (judged.entry.id.clone(), state)
    };
    ReportState {
        schema: 1,
        system: facts.system.as_ref().map(|system| plain(&system.system.id, 100)),
        environment: facts.environment.as_ref().map(|name| plain(name, 100)),
        as_of: sources.assessment.as_of,
        answer,
        checks: sources.assessment.checks.iter().map(check).collect(),
        decisions: waivers::states(facts),
    }
}
