//! What to do next: at most three things, each with the command that leads on.

use coseal_assure::{Assessment, Judged};
use coseal_core::{
    catalogue::Scope,
    fact::Facts,
    finding::{Finding, Severity},
    outcome::State,
};

use super::{
    style::{BOLD, styled, wrap},
    text::{place, to_show},
};
use crate::cli::has;

/// Things to do that are shown.
const SHOWN: usize = 3;

/// The worst findings first, then what would make something known.
pub(super) fn next(facts: &Facts, assessment: &Assessment, width: usize) -> String {
    let findings: Vec<&Finding> = to_show(assessment)
        .into_iter()
        .filter(|judged| judged.decision.is_none())
        .filter_map(|judged| judged.findings.first())
        .collect();
    let mut steps: Vec<String> = findings.iter().map(|finding| put_right(finding)).collect();
    if !facts.system_file.present {
        let critical = findings.iter().filter(|f| f.severity == Severity::Critical).count();
        steps.insert(critical.min(steps.len()), describe());
    }
    let known = if facts.system_file.present { unknown(assessment) } else { Vec::new() };
    // One of the three is about what is not known, so that a run says how to get on where nothing is wrong.
    steps.truncate(if known.is_empty() { SHOWN } else { SHOWN - 1 });
    steps.extend(known);
    shown(&steps, width)
}

fn shown(steps: &[String], width: usize) -> String {
    let mut out = String::new();
    for (index, step) in steps.iter().take(SHOWN).enumerate() {
        let first = match index {
            0 => format!("{}  1 ", styled(BOLD, "Next")),
            _ => format!("      {} ", index + 1),
        };
        out.push_str(&wrap(step, width, &first, "        "));
    }
    out
}

/// What to do about a finding, and the command that tells more, unless the tip is one.
fn put_right(finding: &Finding) -> String {
    let step = format!("{}: {}", place(&finding.location), finding.tip);
    if finding.tip.contains("coseal ") {
        return step;
    }
    let path = &finding.location.path;
    let of_parser = crate::book::is_of_parser(finding.rule);
    let command = if of_parser && is_plain_word(path) && finding.location.members.is_empty() {
        format!("coseal scan --explain {path}")
    } else {
        format!("coseal explain {}", finding.rule)
    };
    format!("{step} → {command}")
}

/// Whether a shell takes it as it stands.
fn is_plain_word(path: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-');
    !path.is_empty() && !path.starts_with('-') && path.bytes().all(plain)
}

fn describe() -> String {
    if has("init") {
        return "describe the system in coseal.toml: coseal init".to_owned();
    }
    "describe the system in coseal.toml → coseal explain system-file-valid".to_owned()
}

/// What would make something known: what people can state first, then what files can show.
fn unknown(assessment: &Assessment) -> Vec<String> {
    let unknown = |judged: &&Judged| judged.outcome.state == State::Unknown && judged.implemented;
    let step = |judged: &Judged| match judged.outcome.reason.contains("coseal ") {
        true => judged.outcome.reason.clone(),
        false => format!("{} → coseal explain {}", judged.outcome.reason, judged.entry.id),
    };
    let of = |people: bool| {
        let wanted = move |judged: &&Judged| (judged.entry.scope == Scope::People) == people;
        assessment.checks.iter().filter(unknown).filter(wanted).map(step)
    };
    let decides = |step: &String| step.contains("coseal decide");
    of(true)
        .filter(decides)
        .chain(of(false).filter(decides))
        .chain(of(true))
        .chain(of(false))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::is_plain_word;

    #[test]
    fn only_what_a_shell_takes_as_it_stands_becomes_part_of_a_command() {
        assert!(is_plain_word("models/intent-2.pkl"));
        for path in ["a b", "-rf", "a;b", "$(x)", "a'b", "", "ä"] {
            assert!(!is_plain_word(path), "{path}");
        }
    }
}
