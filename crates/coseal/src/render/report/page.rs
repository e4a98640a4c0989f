//! The report as one HTML file that needs nothing else.

use askama::Template;
use coseal_assure::report::{RULES, Report, TEMPLATE_END, TEMPLATE_START, provisions};
use coseal_core::{catalogue::Stage, outcome::State};

use super::shelves::{Bar, Shelf, bar, shelf};
use super::shown::{
    About, Ends, Exception, GAPS, Headline, Mark, Shift, Told, ends, exception, facts_of, grouped,
    headline, mark, name, purpose, reason, risk, shifts, since,
};

/// Lines of each list on the first page: it has to fit on one sheet.
const CHANGES: usize = 4;
const ENDS: usize = 4;
const RISKS: usize = 4;

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page {
    name: String,
    purpose: String,
    facts: Vec<(&'static str, String)>,
    head: Headline,
    reasons: Vec<Told>,
    since: String,
    shifts: Vec<Shift>,
    more_shifts: Vec<Shift>,
    ends: Vec<Ends>,
    more_ends: Vec<Ends>,
    risks: Vec<Told>,
    more_risks: Vec<Told>,
    risks_left: usize,
    bars: Vec<Bar>,
    legend: Vec<Mark>,
    shelves: Vec<Shelf>,
    groups: Vec<Group>,
    framework: Option<Other>,
    exceptions: Vec<Exception>,
    gaps: Vec<(String, String)>,
    gaps_left: usize,
    left_out: Vec<String>,
    files: u64,
    not_built: usize,
    stale: usize,
    unstated: usize,
    unknown: usize,
    rules: Vec<(&'static str, &'static str)>,
    digest: String,
    digest_hex: String,
    as_of: String,
    arguments: String,
    version: &'static str,
    state: String,
}

/// Guidelines under one heading.
struct Group {
    heading: String,
    shelves: Vec<Shelf>,
}

/// Another framework, in its own order.
struct Other {
    title: String,
    version: String,
    provisions: Vec<(String, Vec<Supporter>)>,
}

/// A guideline's number, title and state.
type Supporter = (String, String, Mark);

pub(crate) fn render(report: &Report<'_>, about: About) -> Result<String, askama::Error> {
    let (shifts, more_shifts) = split(shifts(&report.changes), CHANGES);
    let (ends, more_ends) = split(report.expiring.iter().map(ends).collect(), ENDS);
    let (risks, more_risks) = split(report.risks.iter().map(risk).collect(), RISKS);
    let page = Page {
        name: name(report),
        purpose: purpose(report),
        facts: facts_of(report),
        head: headline(report),
        reasons: report.reasons.iter().map(reason).collect(),
        since: since(&report.changes),
        shifts,
        more_shifts,
        ends,
        more_ends,
        risks,
        more_risks,
        risks_left: report.more_risks,
        bars: report.scopes.iter().map(bar).collect(),
        legend: State::ALL.into_iter().map(mark).collect(),
        shelves: report.cards.iter().map(shelf).collect(),
        groups: groups(report, about),
        framework: other(report, about),
        exceptions: report.waivers.iter().map(exception).collect(),
        gaps: report
            .gaps
            .iter()
            .take(GAPS)
            .map(|gap| (gap.what.clone(), gap.why.clone()))
            .collect(),
        gaps_left: report.gaps.len().saturating_sub(GAPS),
        left_out: report.left_out.iter().take(GAPS).cloned().collect(),
        files: report.files,
        not_built: report.not_judged.not_built,
        stale: report.not_judged.stale,
        unstated: report.not_judged.unstated,
        unknown: report.not_judged.unknown,
        rules: RULES.iter().map(|(answer, when)| (answer.words(), *when)).collect(),
        digest: grouped(&report.digest.hex()),
        digest_hex: report.digest.to_string(),
        as_of: report.as_of.to_string(),
        arguments: arguments(report),
        version: env!("CARGO_PKG_VERSION"),
        state: report.state.text(),
    };
    let text = page.render()?;
    debug_assert!(text.matches(TEMPLATE_START).count() == 1 && text.contains(TEMPLATE_END));
    Ok(text)
}

/// What goes on the first page, and what follows later.
fn split<T>(mut all: Vec<T>, first: usize) -> (Vec<T>, Vec<T>) {
    let rest = all.split_off(all.len().min(first));
    (all, rest)
}

/// What a run has to be told to say the same again.
fn arguments(report: &Report<'_>) -> String {
    let environment = report.state.environment.as_ref();
    let environment = environment.map(|name| format!(" --environment {name}")).unwrap_or_default();
    format!("--as-of {}{environment}", report.as_of)
}

/// The guidelines under their stages, or in the order of another framework.
fn groups(report: &Report<'_>, about: About) -> Vec<Group> {
    let Some(framework) = about.framework else {
        return Stage::ALL.into_iter().map(|stage| staged(report, stage)).collect();
    };
    let mut order: Vec<&str> = Vec::new();
    for provision in provisions(framework) {
        for id in provision.guidelines {
            if !order.contains(&id) {
                order.push(id);
            }
        }
    }
    let (mut mapped, other): (Vec<_>, Vec<_>) =
        report.cards.iter().partition(|card| order.contains(&card.guideline.id.as_str()));
    mapped.sort_by_key(|card| order.iter().position(|id| *id == card.guideline.id));
    let group = |heading: String, cards: Vec<_>| Group {
        heading,
        shelves: cards.into_iter().map(shelf).collect(),
    };
    let mut groups = vec![group(format!("In the order of {}", framework.title), mapped)];
    if !other.is_empty() {
        groups.push(group(format!("Not known to support {}", framework.title), other));
    }
    groups
}

fn staged(report: &Report<'_>, stage: Stage) -> Group {
    let under = report.cards.iter().filter(|card| card.guideline.stage == stage);
    Group {
        heading: format!("{} · {}", stage.number(), stage.heading()),
        shelves: under.map(shelf).collect(),
    }
}

fn other(report: &Report<'_>, about: About) -> Option<Other> {
    let framework = about.framework?;
    let state = |id: &str| {
        let card = report.cards.iter().find(|card| card.guideline.id == id)?;
        Some((id.to_owned(), card.guideline.title.clone(), mark(card.verdict.state)))
    };
    let provisions = provisions(framework).into_iter();
    Some(Other {
        title: framework.title.clone(),
        version: framework.version.clone(),
        provisions: provisions
            .map(|one| {
                (one.id.to_owned(), one.guidelines.iter().filter_map(|id| state(id)).collect())
            })
            .collect(),
    })
}
