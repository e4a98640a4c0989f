//! The threats of a system for people.

use std::fmt::Write as _;

use coseal_assure::{
    Assessment,
    decision::{Answer, Answered},
};
use coseal_core::{
    fact::Facts,
    finding::Severity,
    outcome::State,
    plain::plain,
    system::{FILE_NAME, System, word},
};
use coseal_design::{
    blast::{Blast, Weight},
    diff::Diff,
    rules::RULES,
    threat::{Threat, ThreatModel},
};

use super::style::{BOLD, DIM, GREEN, RED, YELLOW, styled, symbol, wrap};

/// What is told: the threats, and the answer to each, in the same order.
pub(crate) struct Told {
    /// The threats.
    pub(crate) model: ThreatModel,
    /// What is answered to each.
    pub(crate) answers: Vec<Answered>,
}

impl Told {
    /// Threats with their answers, the worst first.
    pub(crate) fn threats(&self) -> impl Iterator<Item = (&Threat, &Answered)> {
        self.model.threats.iter().zip(&self.answers)
    }
}

/// Whether somebody has to do something about it.
pub(crate) const fn wants_work(answer: Answer) -> bool {
    matches!(answer, Answer::Open | Answer::Broken)
}

/// All threats, the worst first.
pub(crate) fn render(told: &Told, system: &System, width: usize) -> String {
    let mut out =
        format!("{} {}\n\n", styled(BOLD, &system.system.id), styled(DIM, &counted(told)));
    for (threat, answered) in told.threats() {
        let (sign, style) = sign(answered.answer);
        let first = format!("{} {:<8} ", styled(style, sign), severity(threat.rating.severity));
        out.push_str(&wrap(&threat.says, width, &first, "           "));
        let mut below = format!("           {}", threat.id);
        if answered.answer != Answer::Open {
            let _ = write!(below, "  {}", answered.answer.name());
        }
        if let Some(until) = answered.until.filter(|_| answered.answer != Answer::Open) {
            let _ = write!(below, " until {until}");
        }
        if !answered.why.is_empty() {
            let _ = write!(below, "  {}", plain(&answered.why, 120));
        }
        out.push_str(&styled(DIM, &below));
        out.push('\n');
    }
    if !told.model.quiet.is_empty() {
        let _ = writeln!(out, "\n{}", styled(BOLD, "Does not arise"));
    }
    for (class, why) in &told.model.quiet {
        let why = why.as_deref().unwrap_or("no rule finds anything, and no fact excludes it");
        out.push_str(&wrap(&format!("{}: {why}", class.title()), width, "– ", "  "));
    }
    out.push_str(&next(told, width));
    out
}

fn counted(told: &Told) -> String {
    let of = |wanted: Answer| told.answers.iter().filter(|one| one.answer == wanted).count();
    let answers = Answer::ALL
        .into_iter()
        .filter_map(|answer| match of(answer) {
            0 => None,
            count => Some(format!("{count} {}", answer.name())),
        })
        .collect::<Vec<_>>()
        .join(", ");
    match told.answers.len() {
        0 => "no threat follows from the system file".to_owned(),
        1 => format!("1 threat: {answers}"),
        count => format!("{count} threats: {answers}"),
    }
}

fn next(told: &Told, width: usize) -> String {
    let Some((threat, _)) = told.threats().find(|(_, answered)| wants_work(answered.answer)) else {
        return String::new();
    };
    let text = format!(
        "Next  see how it comes about: coseal threats --path {id}; and say what is done about it: coseal decide threat {id}",
        id = threat.id
    );
    format!("\n{}", wrap(&text, width, "", "      "))
}

/// One threat: its path, and what would show that it is mitigated.
pub(crate) fn path(
    told: &Told,
    at: usize,
    facts: &Facts,
    assessment: &Assessment,
    width: usize,
) -> String {
    let (Some(threat), Some(answered)) = (told.model.threats.get(at), told.answers.get(at)) else {
        return String::new();
    };
    let mut out = format!("{}\n", styled(BOLD, &threat.id));
    out.push_str(&wrap(&threat.says, width, "", ""));
    let likelihood = ["", "feasible", "shown in research", "seen in the world"];
    let impact = [
        "",
        "an annoyance",
        "work or money lost",
        "people harmed",
        "livelihoods or the organisation",
    ];
    let rated = format!(
        "{}: {}; if it happens: {}",
        severity(threat.rating.severity),
        likelihood.get(usize::from(threat.rating.likelihood)).unwrap_or(&""),
        impact.get(usize::from(threat.rating.impact)).unwrap_or(&"")
    );
    out.push('\n');
    out.push_str(&wrap(&rated, width, "", "  "));
    let why = if answered.why.is_empty() {
        String::new()
    } else {
        format!(" ({})", plain(&answered.why, 200))
    };
    let by = answered.decision.as_deref().unwrap_or("nobody has answered it");
    out.push_str(&wrap(&format!("{}: {by}{why}", answered.answer.name()), width, "", "  "));
    out.push('\n');
    let line = |fact: &str| format!("{FILE_NAME}:{}", facts.spans.line(fact));
    if threat.witness.is_empty() {
        let _ = writeln!(out, "{}", styled(BOLD, "Because"));
        for fact in &threat.facts {
            let _ = writeln!(out, "  {fact} {}", styled(DIM, &line(fact)));
        }
    } else {
        let _ = writeln!(out, "{}", styled(BOLD, "The way"));
        let _ = writeln!(out, "  {}", threat.source);
        for step in &threat.witness {
            let told = format!(
                "{} {}",
                step.to,
                styled(DIM, &format!("{}, {}", step.fact, line(&step.fact)))
            );
            out.push_str(&wrap(&told, width, "  → ", "    "));
        }
        if !threat.guards.is_empty() {
            out.push_str(&wrap(&threat.guards.join(", "), width, "  screened by ", "    "));
        }
    }
    let _ = writeln!(out, "\n{}", styled(BOLD, "What would show that it is mitigated"));
    for check in threat.checks {
        let judged = assessment.check(check);
        let state = judged.map_or(State::Unknown, |judged| judged.outcome.state);
        let (sign, style) = symbol(state);
        let note = judged.filter(|judged| !judged.implemented).map_or("", |_| " (not built yet)");
        let told = format!("{check}{}", styled(DIM, note));
        out.push_str(&wrap(&told, width, &format!("  {} ", styled(style, sign)), "    "));
    }
    if let Some(rule) = RULES.iter().find(|rule| rule.id == threat.rule) {
        let _ = writeln!(out, "\n{}", styled(BOLD, "More"));
        out.push_str(&wrap(rule.docs, width, "  ", "  "));
        let cwe = rule.known_as.cwe.iter().map(|number| format!("CWE-{number}"));
        let ids: Vec<String> = (rule.known_as.atlas.iter().chain(rule.known_as.owasp))
            .map(|id| (*id).to_owned())
            .chain(cwe)
            .collect();
        out.push_str(&styled(DIM, wrap(&ids.join(" · "), width, "  ", "  ").trim_end()));
        out.push('\n');
    }
    out
}

/// What is reached from a hostile part.
pub(crate) fn blast(blast: &Blast, width: usize) -> String {
    let mut out = format!("{} {}\n", styled(BOLD, &blast.name), styled(DIM, "if it is hostile"));
    if !blast.reads.is_empty() {
        let _ = writeln!(out, "\n{}", styled(BOLD, "reads"));
    }
    for read in &blast.reads {
        let class = read.class.map_or_else(|| "of unknown class".to_owned(), |class| word(&class));
        let told = format!("{class} from {} {}", read.from, styled(DIM, &read.fact));
        out.push_str(&wrap(&told, width, "  ", "    "));
    }
    let mut last = None;
    for one in &blast.reached {
        if last != Some(one.weight) {
            let _ = writeln!(out, "\n{}", styled(BOLD, weighed(one.weight)));
            last = Some(one.weight);
        }
        let way: Vec<_> = one.steps.iter().map(|step| step.to.as_str()).collect();
        let told = format!("{} {}", one.id, styled(DIM, &format!("→ {}", way.join(" → "))));
        out.push_str(&wrap(&told, width, "  ", "    "));
    }
    if blast.reached.is_empty() {
        out.push_str("reaches nothing, as far as the system file says\n");
    }
    out
}

const fn weighed(weight: Weight) -> &'static str {
    match weight {
        Weight::Acts => "uses what can't be taken back or reaches outside",
        Weight::Changes => "uses what changes something",
        Weight::Becomes => "changes what a model is",
        Weight::Told => "speaks to",
        Weight::Private => "reaches what holds private data",
        Weight::Passed => "passes over",
    }
}

/// What a change of the system file does to its threats.
pub(crate) fn diff(diff: &Diff, width: usize) -> String {
    if diff.is_empty() {
        return "the same threats, by the same facts\n".to_owned();
    }
    let changed: Vec<_> = diff.changed.iter().map(|changed| &changed.after).collect();
    let parts = [
        ("new", "+", diff.new.iter().collect::<Vec<_>>()),
        ("changed: an answer is asked for again", "~", changed),
        ("closed", "-", diff.closed.iter().collect()),
    ];
    let mut out = String::new();
    for (heading, sign, threats) in parts.iter().filter(|(.., threats)| !threats.is_empty()) {
        let _ =
            writeln!(out, "{} {}", styled(BOLD, heading), styled(DIM, &threats.len().to_string()));
        for threat in threats {
            let first = format!("{sign} {:<8} ", severity(threat.rating.severity));
            out.push_str(&wrap(&threat.says, width, &first, "           "));
            out.push_str(&wrap(&styled(DIM, &threat.id), width, "           ", "           "));
            if *sign != "-" && !threat.witness.is_empty() {
                let way: Vec<_> = threat.witness.iter().map(|step| step.to.as_str()).collect();
                let way = format!("{} → {}", threat.source, way.join(" → "));
                out.push_str(&wrap(&styled(DIM, &way), width, "           ", "           "));
            }
        }
    }
    out
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

const fn sign(answer: Answer) -> (&'static str, anstyle::Style) {
    match answer {
        Answer::Open => ("○", DIM),
        Answer::Broken => ("✗", RED),
        Answer::Claimed => ("?", YELLOW),
        Answer::Accepted | Answer::Transferred => ("~", YELLOW),
        Answer::Avoided => ("–", DIM),
        Answer::Verified => ("✓", GREEN),
    }
}
