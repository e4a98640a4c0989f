use std::{cmp::Reverse, collections::BTreeSet};

use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Advisory, AdvisoryReport, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
};

use crate::advisory::{Product, RECORD, Statements, Told};

const EXPLOITED: Rule = Rule {
    id: "vulnerability-exploited",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "a vulnerability that is known to be exploited is open",
    tip: "update what it is in now, or say in a VEX statement why it does not apply here",
};
const CRITICAL: Rule = Rule {
    id: "vulnerability-critical",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "a critical vulnerability is open",
    tip: "update what it is in, or say in a VEX statement why it does not apply here",
};
const HIGH: Rule = Rule {
    id: "vulnerability-high",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a vulnerability of high severity is open",
    tip: "update what it is in, or say in a VEX statement why it does not apply here",
};
const UNRATED: Rule = Rule {
    id: "vulnerability-unrated",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "a vulnerability is open, and its report does not say how bad it is",
    tip: "look it up, and update what it is in or say in a VEX statement why it does not apply here",
};

coseal_core::check! {
    /// Packages, containers and configuration have vulnerabilities that others find. Tools that look for them write reports;
    /// this check reads those that lie in the folder: SARIF, the results of OSV-Scanner, Grype and Trivy, and CycloneDX. Somebody who
    /// looked at a vulnerability says so in OpenVEX, CSAF or CycloneDX, or by suppressing the result with a justification.
    ///
    /// It passes when reports are there, not older than a week, and nothing that is critical or known to be exploited is
    /// open. It is partial while something of high or unknown severity is open, and fails on anything worse. Not affected
    /// (with a reason) and fixed close a vulnerability; affected and under investigation don't. A statement holds for the
    /// package that it names, and for its version if it names one; one about a part of another product, from a folder of
    /// vendored code or from a day to come closes nothing. Without a report, or with one that has no date, nothing is known.
    ///
    /// To put it right: run a scanner in CI, keep its results in the folder, and update or triage what it finds.
    pub(crate) VulnerabilitiesTriaged = "vulnerabilities-triaged";
    reads: [Read::all(Kind::Advisory), Read::only(Kind::Dependency, &["name"]), Read::only(Kind::System, &["id"])];
    rules: [EXPLOITED, CRITICAL, HIGH, UNRATED];
    without_system_file: true;
}

impl Check for VulnerabilitiesTriaged {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let reports = facts.advisories();
        let scans: Vec<&AdvisoryReport> = reports
            .iter()
            .filter(|report| is_scan(report) && !is_replaced(report, reports))
            .collect();
        let used: BTreeSet<&str> =
            facts.dependencies().iter().map(|package| package.name.as_str()).collect();
        let records = reports.iter().filter(|report| report.tool == RECORD);
        let of_records =
            records.flat_map(|report| report.results.iter().map(move |found| (report, found)));
        let of_scans = scans
            .iter()
            .flat_map(|report| report.results.iter().map(move |found| (*report, found)));
        let ours =
            of_records.filter(|(_, found)| used.contains(Product::read(&found.subject).name()));
        let mut all: Vec<(&AdvisoryReport, &Advisory)> = of_scans.chain(ours).collect();
        // The worst word on the same counts.
        all.sort_by_key(|(_, found)| Reverse((found.exploited, found.severity)));
        let (statements, mut told) = (statements(facts), Told::default());
        for (report, found) in all {
            if found.triaged.is_none() && !statements.close(found) && told.is_new(found) {
                say(report, found, findings);
            }
        }
        judge(&scans, reports, findings)
    }
}

/// The statements that hold for this system on this day.
fn statements<'a>(facts: &View<'a>) -> Statements<'a> {
    let own = facts.about().map_or("", |system| system.id.as_str());
    Statements::of(facts.advisories(), facts.as_of(), own)
}

fn judge(scans: &[&AdvisoryReport], reports: &[AdvisoryReport], findings: &Findings) -> Outcome {
    let worst = findings.of(&EXPLOITED) + findings.of(&CRITICAL);
    let bad = findings.of(&HIGH) + findings.of(&UNRATED);
    let mut coverage = Coverage::whole(scans.len());
    for report in reports {
        if let Some(problem) = &report.problem {
            coverage.leave_out(&report.path, problem);
        }
    }
    let days: Option<Vec<_>> = scans.iter().map(|report| report.made).collect();
    let oldest = days.and_then(|days| days.into_iter().min());
    let outcome = if worst > 0 {
        Outcome::new(
            State::Fail,
            format!("{worst} open vulnerabilities are critical or known to be exploited"),
        )
    } else if scans.is_empty() {
        Outcome::unknown("no results of a tool that looks for vulnerabilities lie in the folder")
    } else if !coverage.is_complete() {
        Outcome::unknown("a report of vulnerabilities could not be read in full")
    } else if oldest.is_none() {
        Outcome::unknown("a report of vulnerabilities does not say when it was made")
    } else if bad > 0 {
        Outcome::new(
            State::Partial,
            format!("{bad} open vulnerabilities are of high or unknown severity"),
        )
    } else {
        Outcome::new(State::Pass, "no vulnerability of high severity that was reported is open")
    };
    let outcome = outcome.about(scans.iter().map(|report| report.path.as_str())).covering(coverage);
    // What is bad stays so however old the report is.
    match oldest.filter(|_| worst == 0) {
        Some(day) => outcome.observed(day),
        None => outcome,
    }
}

/// Whether a report is what a tool found, not what somebody says of it.
fn is_scan(report: &AdvisoryReport) -> bool {
    match report.format.as_str() {
        "openvex" | "csaf-vex" => false,
        "cyclonedx-vex" => report.results.iter().any(|found| found.severity.is_some()),
        _ => report.tool != RECORD,
    }
}

/// Whether a newer report of the same tool about the same target took its place: in the same folder, under a name that
/// differs in a date or the number of a run only.
fn is_replaced(report: &AdvisoryReport, all: &[AdvisoryReport]) -> bool {
    let same_target = |other: &AdvisoryReport| match (&report.target, &other.target) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    };
    all.iter().any(|other| {
        other.made > report.made
            && report.made.is_some()
            && other.problem.is_none()
            && (&other.tool, &other.format) == (&report.tool, &report.format)
            && same_target(other)
            && undated(&other.path) == undated(&report.path)
    })
}

/// The folder of a path, and its name with `#` for each number of four or more digits, with the month and day after it.
fn undated(path: &str) -> (&str, String) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut out = String::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let starts = !out.ends_with(|c: char| c.is_alphanumeric());
        let taken = if digits >= 4 && starts {
            out.push('#');
            digits + rest.get(digits..).map_or(0, month_and_day)
        } else if digits > 0 {
            out.push_str(rest.get(..digits).unwrap_or_default());
            digits
        } else {
            out.push(first);
            first.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    (folder, out)
}

/// How long `-11-20`, or the same with `_` or `.`, is at the start of a text; 0 if it isn't there.
fn month_and_day(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_date = |part: &[u8]| matches!(part, [a, b, c, d, e, f] if a == d && b"-_.".contains(a) && [b, c, e, f].iter().all(|x| x.is_ascii_digit()));
    if bytes.get(..6).is_some_and(is_date) && !bytes.get(6).is_some_and(u8::is_ascii_digit) {
        6
    } else {
        0
    }
}

fn say(report: &AdvisoryReport, found: &Advisory, findings: &mut Findings) {
    let (rule, how) = match found.severity {
        _ if found.exploited => (&EXPLOITED, "is known to be exploited"),
        Some(Severity::Critical) => (&CRITICAL, "is critical"),
        Some(Severity::High) => (&HIGH, "is of high severity"),
        None => (&UNRATED, "is of unknown severity"),
        Some(_) => return,
    };
    let place =
        if found.subject.is_empty() { String::new() } else { format!(" in {}", found.subject) };
    let by = if report.tool.is_empty() { String::new() } else { format!(", says {}", report.tool) };
    findings.add(rule, Location::file(&report.path), format!("{}{place} {how}{by}", found.id));
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn a_report_is_replaced_under_a_name_that_differs_in_a_date_only() {
        for (one, two) in [
            ("r/trivy-2026-11-01.json", "r/trivy-2026-11-20.json"),
            ("r/trivy-20261101.json", "r/trivy-20261120.json"),
            ("r/12345.json", "r/12399.json"),
            ("2026_11_01_x.json", "2026_11_02_x.json"),
        ] {
            assert_eq!(undated(one), undated(two));
        }
        for (one, two) in [
            ("service1/grype.json", "service2/grype.json"),
            ("2026-11-01/x.json", "2026-11-02/x.json"),
            ("grype-1.json", "grype-2.json"),
            ("arm64.json", "arm32.json"),
            ("gpt4000.json", "gpt5000.json"),
            ("x-2026-11-01-a1.json", "x-2026-11-02-a2.json"),
        ] {
            assert_ne!(undated(one), undated(two));
        }
    }
}
