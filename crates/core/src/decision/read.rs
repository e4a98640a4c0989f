//! From the text of a decision file to a [`Decision`], or to every problem in it.

use serde_json::Value;

use super::{
    claims::{schema_of as schema_of_claim, takes_statements},
    schema::{KINDS, kind_schema, schema_of},
    types::Decision,
    validate::validate,
    words::DecisionKind,
};
use crate::{
    catalogue::catalogue,
    nearest::nearest,
    system::{Parsed, Problem, Spans, parse, settle, shape::compare, shape::compare_at, word},
};

/// Bytes that a decision file, or a signature of one, may have.
pub const MAX_DECISION: u64 = 64 << 10;

/// A decision file as read.
#[derive(Clone, Debug)]
pub struct DecisionFile {
    /// The decision, if the file has no error.
    pub decision: Option<Decision>,
    /// Errors, in the order of their lines.
    pub problems: Vec<Problem>,
    /// What the file means to do, where that can be told although it has errors.
    pub kind: Option<DecisionKind>,
    /// The check that it means, likewise.
    pub check: Option<String>,
    /// Where each key stands.
    pub spans: Spans,
}

/// Reads the text of a decision file.
#[must_use]
pub fn read(text: &str) -> DecisionFile {
    let Parsed { value, spans, mut problems } = parse(text);
    let member = |name: &str| value.get(name).and_then(Value::as_str);
    let kind = member("kind").and_then(|kind| KINDS.into_iter().find(|k| word(k) == kind));
    let check = member("check").filter(|check| catalogue().check(check).is_some());
    let check = check.map(str::to_owned);
    let mut decision = None;
    if problems.is_empty() {
        match kind {
            Some(kind) => drop(compare(&value, schema_of(kind), &spans, &mut problems)),
            None => drop(compare(&value, &kind_schema(), &spans, &mut problems)),
        }
        if kind == Some(DecisionKind::Attest) {
            compare_claim(&value, &spans, &mut problems);
        }
    }
    if problems.is_empty() {
        match serde_json::from_value::<Decision>(value) {
            Ok(read) => {
                validate(&read, &spans, &mut problems);
                decision = Some(read);
            }
            Err(error) => problems.push(Problem::error(
                "unreadable",
                1,
                0..0,
                "the file does not fit the types of a decision",
                format!("this is a bug of ours; please report it ({:?})", error.classify()),
            )),
        }
    }
    settle(&mut problems);
    if !problems.is_empty() {
        decision = None;
    }
    DecisionFile { decision, problems, kind, check, spans }
}

/// A claim has the shape that its check wants; first of all, the check has to take statements.
fn compare_claim(value: &Value, spans: &Spans, problems: &mut Vec<Problem>) {
    let (Some(check), Some(claim)) =
        (value.get("check").and_then(Value::as_str), value.get("claim"))
    else {
        return;
    };
    let takes = takes_statements();
    if takes.contains(&check) {
        compare_at(claim, &schema_of_claim(check), "claim", spans, problems);
        return;
    }
    let hint = match nearest(check, takes.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("those that do: {}", takes.join(", ")),
    };
    let span = spans.value("check");
    let line = spans.line_at(span.start);
    let message = "no check of that id takes statements";
    problems.push(Problem::error("wrong-value", line, span, message, hint));
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::decision::{Claim, Content};

    const TRAINING: &str = r#"schema = 1
kind = "attest"
system = "support-bot"
role = "risk-owner"
made = 2026-11-21
expires = 2027-11-21
reason = "everybody who can change the model has done the course of this year"
check = "training-completed"

[claim]
privileged = 12
completed = 11

[[evidence]]
what = "the list of the course"
path = "docs/training.csv"
digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111"
"#;

    /// (line, kind of problem, part of message or hint) of each problem.
    fn problems(text: &str) -> Vec<(u32, &'static str, String)> {
        let all = read(text).problems.into_iter();
        all.map(|p| (p.line, p.kind, format!("{}; {}", p.message, p.hint))).collect()
    }

    fn only(text: &str) -> (u32, &'static str, String) {
        let mut all = problems(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn a_statement_is_read_whole() {
        let file = read(TRAINING);
        assert_eq!(file.problems, []);
        let decision = file.decision.unwrap();
        assert_eq!(
            (decision.subject(), decision.role.as_str()),
            ("training-completed", "risk-owner")
        );
        let Content::Attest(attest) = &decision.content else { panic!("{decision:?}") };
        assert!(
            matches!(&attest.claim, Claim::Training(c) if c.privileged == 12 && c.completed == 11)
        );
        let back = serde_json::to_value(&decision).unwrap();
        assert_eq!(back["kind"], "attest");
        assert_eq!(back["claim"]["completed"], 11);
        assert_eq!(back["expires"], "2027-11-21");
    }

    #[test]
    fn each_slip_names_its_line_and_the_nearest_name() {
        let of = |from: &str, to: &str| only(&TRAINING.replace(from, to));
        let (line, kind, text) = of("completed = 11", "complete = 11\ncompleted = 11");
        assert_eq!((line, kind), (12, "unknown-key"));
        assert!(text.contains("`completed` is there already"), "{text}");
        let (line, kind, text) = of("reason = ", "reson = \"x\"\nreason = ");
        assert_eq!((line, kind), (7, "unknown-key"), "{text}");
        let (line, kind, text) = of("\"attest\"", "\"atest\"");
        assert_eq!((line, kind), (2, "wrong-value"));
        assert!(text.contains("did you mean \"attest\"?"), "{text}");
        let (line, _, text) = of("training-completed", "training-complete");
        assert_eq!(line, 8);
        assert!(text.contains("did you mean training-completed?"), "{text}");
        let (line, _, text) = of("training-completed", "model-files-scanned");
        assert_eq!(line, 8);
        assert!(text.contains("logging-lawful"), "{text}");
        let (line, _, text) = of("2027-11-21", "2030-11-21");
        assert_eq!(line, 6);
        assert!(text.contains("3 years"), "{text}");
        let (line, _, text) = of("2027-11-21", "2026-11-20");
        assert_eq!((line, text.contains("before it is made")), (6, true), "{text}");
        let (line, _, text) = of("completed = 11", "completed = 13");
        assert_eq!((line, text.contains("more than")), (12, true), "{text}");
        let (line, _, text) = of("docs/training.csv", "../training.csv");
        assert_eq!((line, text.contains("leaves")), (16, true), "{text}");
        let (line, _, text) = of("path = \"docs/training.csv\"\n", "");
        assert_eq!((line, text.contains("exactly one")), (14, true), "{text}");
        let (_, kind, text) = of("expires = 2027-11-21\n", "");
        assert_eq!(kind, "missing-key");
        assert!(text.contains("add expires = …: last day on which it counts"), "{text}");
    }

    #[test]
    fn a_broken_file_still_says_what_it_means_to_be() {
        let file = read(&TRAINING.replace("made = 2026-11-21", "made = soon"));
        assert!(file.decision.is_none() && !file.problems.is_empty());
        assert_eq!(file.check.as_deref(), Some("training-completed"));
    }

    fn with(kind: &str, rest: &str) -> String {
        format!(
            "schema = 1\nkind = \"{kind}\"\nsystem = \"s\"\nrole = \"risk-owner\"\nmade = 2026-11-21\nreason = \"r\"\n{rest}"
        )
    }

    #[test]
    fn a_waiver_an_exemption_a_choice_and_a_threat_are_read() {
        for text in [
            with(
                "waive",
                "expires = 2027-11-22\ncheck = \"ai-debt-low\"\nseverity = \"low\"\ncontrol = \"c\"\ncontrol-check = \"assets-unchanged\"\ncovers = [{ rule = \"x\", path = \"a.py\" }]",
            ),
            with("exempt", "expires = 2028-11-22\ncheck = \"restore-drilled\""),
            with(
                "choose",
                "model = \"model.chat\"\nchosen = \"a\"\ncriteria = [\"cost\"]\n[[option]]\nname = \"a\"\nlocation = \"api:x/y\"\nwhy = \"good\"\n[[option]]\nname = \"b\"\nwhy = \"worse\"",
            ),
            with(
                "threat",
                "threat = \"t\"\ndisposition = \"mitigated\"\ncontrols = [\"assets-unchanged\"]",
            ),
            with(
                "threat",
                "threat = \"t\"\ndisposition = \"accepted\"\nseverity = \"low\"\nexpires = 2027-01-01",
            ),
            with(
                "threat",
                "threat = \"t\"\ndisposition = \"transferred\"\nto = \"the insurer\"\nexpires = 2027-01-01",
            ),
            with("threat", "threat = \"t\"\ndisposition = \"avoided\"\nhow = \"the tool is gone\""),
        ] {
            assert_eq!(problems(&text), [], "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_its_kind_is_said() {
        let said = |kind: &str, rest: &str, wanted: &str| {
            let (_, _, text) = only(&with(kind, rest));
            assert!(text.contains(wanted), "{text}");
        };
        said(
            "waive",
            "expires = 2027-11-23\ncheck = \"ai-debt-low\"\nseverity = \"low\"\ncontrol = \"c\"",
            "366 days",
        );
        said("threat", "threat = \"t\"\ndisposition = \"mitigated\"", "controls");
        said("threat", "threat = \"t\"\ndisposition = \"accepted\"\nseverity = \"low\"", "expires");
        said(
            "threat",
            "threat = \"t\"\ndisposition = \"avoided\"\nhow = \"x\"\nto = \"y\"",
            "`to`",
        );
        said(
            "choose",
            "model = \"chat\"\nchosen = \"a\"\ncriteria = [\"c\"]\n[[option]]\nname = \"a\"\nwhy = \"w\"",
            "model.chat",
        );
        said(
            "choose",
            "model = \"model.m\"\nchosen = \"z\"\ncriteria = [\"c\"]\n[[option]]\nname = \"a\"\nwhy = \"w\"",
            "no option",
        );
        said(
            "choose",
            "model = \"model.m\"\nchosen = \"a\"\ncriteria = []\n[[option]]\nname = \"a\"\nwhy = \"w\"",
            "criteria",
        );
        said("exempt", "expires = 2028-11-22\ncheck = \"nothing-of-ours\"", "no check");
    }
}
