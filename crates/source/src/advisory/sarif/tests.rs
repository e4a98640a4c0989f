use coseal_core::{fact::AdvisoryReport, finding::Severity};
use serde_json::{Value, json};

use super::read;

fn of(value: &Value) -> Option<AdvisoryReport> {
    read("r.sarif", value.to_string().as_bytes()).unwrap()
}

#[test]
fn reads_results_with_severity_package_and_day() {
    let report = of(&json!({"version": "2.1.0", "runs": [{
        "tool": {"driver": {"name": "Trivy", "rules": [
            {"id": "CVE-2026-1111", "properties": {"security-severity": "9.8", "tags": ["vulnerability", "KEV"]}},
            {"id": "CVE-2026-2222", "properties": {"security-severity": "5.0"}}]}},
        "invocations": [{"endTimeUtc": "2026-11-20T10:00:00Z"}],
        "results": [
            {"ruleId": "CVE-2026-1111", "level": "error", "message": {"text":
                "Package: urllib3\nInstalled Version: 1.26.4\nVulnerability CVE-2026-1111"},
             "locations": [{"physicalLocation": {"artifactLocation": {"uri": "requirements.txt"}, "region": {"startLine": 3}}}]},
            {"ruleId": "CVE-2026-2222", "message": {"text": "x"},
             "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///home/me/secret/x.py"}}}],
             "suppressions": [{"kind": "external", "status": "accepted", "justification": "not reached"}]},
            {"ruleId": "CVE-2026-2222", "kind": "pass", "message": {"text": "x"}}
        ]}]}))
    .unwrap();
    assert_eq!(report.tool, "Trivy");
    assert_eq!(report.made.unwrap().to_string(), "2026-11-20");
    let [one, two] = report.results.as_slice() else { panic!("{report:?}") };
    assert_eq!(
        (one.subject.as_str(), one.severity, one.exploited),
        ("urllib3@1.26.4", Some(Severity::Critical), true)
    );
    assert_eq!(one.line, Some(3));
    assert_eq!(
        (two.subject.as_str(), two.triaged.as_deref()),
        ("x.py", Some("suppressed: not reached"))
    );
}

#[test]
fn a_suppression_counts_only_with_a_reason_and_accepted() {
    for suppressions in [
        json!([{"kind": "inSource"}]),
        json!([{"kind": "external", "status": "underReview", "justification": "x"}]),
        json!([{"kind": "external", "justification": "x"}, {"kind": "external", "status": "rejected"}]),
        json!([]),
    ] {
        let report = of(&json!({"runs": [{"tool": {"driver": {"name": "bandit"}}, "results": [
            {"ruleId": "B105", "suppressions": suppressions, "properties": {"issue_severity": "HIGH"}}]}]}))
        .unwrap();
        assert_eq!(report.results[0].triaged, None, "{suppressions}");
        assert_eq!(report.results[0].severity, Some(Severity::High));
    }
}

#[test]
fn what_is_not_of_security_or_our_own_is_no_report() {
    for name in ["coseal", "ESLint", "ruff"] {
        let value =
            json!({"runs": [{"tool": {"driver": {"name": name}}, "results": [{"ruleId": "E1"}]}]});
        assert_eq!(of(&value), None, "{name}");
    }
    let own = json!({"runs": [{"tool": {"driver": {"name": "coseal",
        "rules": [{"id": "x", "properties": {"security-severity": "9"}}]}}, "results": []}]});
    assert_eq!(of(&own), None);
}

#[test]
fn a_run_without_results_is_a_problem_and_one_without_a_day_has_none() {
    let report = of(&json!({"runs": [{"tool": {"driver": {"name": "grype"}}}]})).unwrap();
    assert!(report.problem.is_some());
    assert_eq!(report.made, None);
}
