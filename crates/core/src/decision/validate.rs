//! Whether a decision makes sense: names resolve, days are in order, each kind has what it needs and no more.

use jiff::{Span, civil::Date};

use super::{
    claims::Claim,
    types::{Attest, Choose, Content, Decision, Evidence, Threat, Waive},
    words::Disposition,
};
use crate::{
    catalogue::catalogue,
    nearest::nearest,
    system::{Location, Problem, Spans},
};

/// Characters that a reason may have.
const MAX_REASON: usize = 2_000;
/// Items that a list may have.
const MAX_ITEMS: usize = 1_000;
/// Days that a waiver, or an accepted risk, may count.
const MAX_ACCEPTED_DAYS: i32 = 366;
/// Years that anything else may count.
const MAX_YEARS: i32 = 3;

/// Looks at what the types can't say.
pub(super) fn validate(decision: &Decision, spans: &Spans, problems: &mut Vec<Problem>) {
    let mut look = Look { spans, problems };
    look.id("system", &decision.system);
    look.id("role", &decision.role);
    if decision.reason.chars().count() > MAX_REASON {
        look.wrong(
            "reason",
            format!("`reason` is longer than {MAX_REASON} characters"),
            "say it in short, and name longer texts as evidence",
        );
    }
    look.days(decision);
    for (index, evidence) in decision.evidence.iter().enumerate() {
        look.evidence(evidence, index);
    }
    look.few("evidence", decision.evidence.len());
    match &decision.content {
        Content::Attest(attest) => look.attest(attest),
        Content::Waive(waive) => look.waive(waive),
        Content::Choose(choose) => look.choose(choose, decision),
        Content::Threat(threat) => look.threat(threat, decision),
        Content::Exempt(exempt) => look.check("check", &exempt.check),
    }
}

struct Look<'a> {
    spans: &'a Spans,
    problems: &'a mut Vec<Problem>,
}

impl Look<'_> {
    fn wrong(&mut self, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        let span = self.spans.value(path);
        let line = self.spans.line_at(span.start);
        self.problems.push(Problem::error("wrong-value", line, span, message, hint));
    }

    fn id(&mut self, path: &str, id: &str) {
        let good = id.len() <= 64
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !good {
            let hint =
                "an id is lower-case letters, digits and `-`, a letter first, at most 64 long";
            self.wrong(path, format!("`{path}` is not an id"), hint);
        }
    }

    fn few(&mut self, path: &str, items: usize) {
        if items > MAX_ITEMS {
            let message = format!("`{path}` has {items} items; {MAX_ITEMS} is the most");
            self.wrong(path, message, "make several decisions of it");
        }
    }

    fn days(&mut self, decision: &Decision) {
        let Some(expires) = decision.expires else { return };
        if expires < decision.made {
            let message = "it expires on a day before it is made";
            return self.wrong("expires", message, "write the last day on which it counts");
        }
        let accepted = match &decision.content {
            Content::Waive(_) => true,
            Content::Threat(threat) => threat.disposition == Disposition::Accepted,
            _ => false,
        };
        let (last, most) = if accepted {
            (later(decision.made, Span::new().days(MAX_ACCEPTED_DAYS)), "366 days")
        } else {
            (later(decision.made, Span::new().years(MAX_YEARS)), "3 years")
        };
        if expires > last {
            let message = format!("it counts for more than {most}");
            let hint = format!("let it expire on {last} at the latest, and decide again then");
            self.wrong("expires", message, hint);
        }
    }

    fn check(&mut self, path: &str, id: &str) {
        if catalogue().check(id).is_none() {
            let known = catalogue().checks().map(|(_, check)| check.id.as_str());
            let hint = nearest(id, known).map_or_else(
                || "`coseal explain` lists all checks".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            self.wrong(path, "there is no check of that id", hint);
        }
    }

    fn element(&mut self, path: &str, name: &str, kinds: &[&str]) {
        let id = name.split_once('.').filter(|(kind, _)| kinds.contains(kind)).map(|(_, id)| id);
        if id.is_none_or(str::is_empty) {
            let example = match kinds {
                ["log"] => "log.prompts",
                _ => "model.chat",
            };
            let hint = format!("write its kind and id as in the system file, such as {example}");
            self.wrong(path, "this names no element of the system file", hint);
        }
    }

    fn evidence(&mut self, evidence: &Evidence, index: usize) {
        let path = format!("evidence.{index}");
        if evidence.cited().is_none() {
            self.wrong(
                &path,
                "evidence names exactly one of a file, a record and a decision",
                "write path and digest of a file; or record; or decision: each a digest, sha256:…",
            );
        }
        let leaves = |name: &String| format!("path:{name}").parse::<Location>().is_err();
        if evidence.path.as_ref().is_some_and(leaves) {
            self.wrong(
                &format!("{path}.path"),
                "this path leaves the folder of the system file",
                "name a file below that folder, with / between its parts",
            );
        }
    }

    fn attest(&mut self, attest: &Attest) {
        match &attest.claim {
            Claim::Training(claim) if claim.completed > claim.privileged => self.wrong(
                "claim.completed",
                "more than all have completed it",
                "count those of `privileged` who have completed a course",
            ),
            Claim::Training(claim) if claim.privileged == 0 => self.wrong(
                "claim.privileged",
                "nobody holds a privileged role",
                "count everybody who can change production, data or the model",
            ),
            Claim::Logging(claim) => {
                for (index, log) in claim.logs.iter().enumerate() {
                    self.element(&format!("claim.logs.{index}"), log, &["log"]);
                }
                self.some("claim.logs", claim.logs.len());
            }
            Claim::Supplier(claim) => {
                for (index, name) in claim.suppliers.iter().enumerate() {
                    self.element(&format!("claim.suppliers.{index}"), name, &["model", "service"]);
                }
                self.some("claim.suppliers", claim.suppliers.len());
            }
            Claim::Legacy(claim) => {
                for (index, name) in claim.elements.iter().enumerate() {
                    let kinds = ["model", "service", "tool"];
                    self.element(&format!("claim.elements.{index}"), name, &kinds);
                }
                self.some("claim.elements", claim.elements.len());
                if let Some(check) = &claim.control_check {
                    self.check("claim.control-check", check);
                }
            }
            Claim::Training(_) | Claim::Holds(_) => {}
        }
    }

    fn some(&mut self, path: &str, items: usize) {
        self.few(path, items);
        if items == 0 {
            let name = path.rsplit('.').next().unwrap_or(path);
            self.wrong(path, format!("`{name}` is empty"), "name one at least");
        }
    }

    fn waive(&mut self, waive: &Waive) {
        self.check("check", &waive.check);
        if let Some(check) = &waive.control_check {
            self.check("control-check", check);
        }
        self.few("covers", waive.covers.len());
    }

    fn choose(&mut self, choose: &Choose, decision: &Decision) {
        self.element("model", &choose.model, &["model"]);
        self.some("criteria", choose.criteria.len());
        self.few("option", choose.option.len());
        for (index, offer) in choose.option.iter().enumerate() {
            if choose.option.iter().take(index).any(|earlier| earlier.name == offer.name) {
                let path = format!("option.{index}.name");
                self.wrong(&path, "two options have the same name", "rename one");
            }
        }
        if !choose.option.iter().any(|offer| offer.name == choose.chosen) {
            let hint = "name one of the tables [[option]]";
            self.wrong("chosen", "no option has the name of the chosen one", hint);
        }
        let cited: Vec<_> = (decision.evidence.iter())
            .flat_map(|evidence| [evidence.digest, evidence.record, evidence.decision])
            .flatten()
            .collect();
        for (index, result) in choose.results.iter().enumerate() {
            if !cited.contains(result) {
                let path = format!("results.{index}");
                let hint = "add an [[evidence]] table with this digest";
                self.wrong(&path, "this result is not among the evidence", hint);
            }
        }
        if choose.reassess_by.is_some_and(|day| day < decision.made) {
            let message = "it was to be looked at again before it was made";
            self.wrong("reassess-by", message, "write a day to come");
        }
    }

    fn threat(&mut self, threat: &Threat, decision: &Decision) {
        if !is_threat(&threat.threat) {
            let hint =
                "write it as `coseal threats` shows it, such as user-steers-model:user:model.chat";
            self.wrong("threat", "this is not the id of a threat", hint);
        }
        use Disposition::{Accepted, Avoided, Mitigated, Transferred};
        let is = |wanted: &[Disposition]| wanted.contains(&threat.disposition);
        // (key, whether it is there, whether it belongs there, what to write)
        let members = [
            ("controls", !threat.controls.is_empty(), is(&[Mitigated]), "controls = [\"CHECK\"]"),
            ("severity", threat.severity.is_some(), is(&[Accepted]), "severity = \"low\""),
            ("to", threat.to.is_some(), is(&[Transferred]), "to = \"who carries it\""),
            ("how", threat.how.is_some(), is(&[Avoided]), "how = \"what is gone\""),
        ];
        for (key, there, belongs, example) in members {
            match (there, belongs) {
                (true, false) => self.wrong(
                    key,
                    format!("`{key}` does not belong to this disposition"),
                    "remove the line, or change `disposition`",
                ),
                (false, true) => self.wrong(
                    "disposition",
                    format!("this disposition needs `{key}`"),
                    format!("add {example}"),
                ),
                _ => {}
            }
        }
        if is(&[Accepted, Transferred]) && decision.expires.is_none() {
            let message = "this disposition needs `expires`";
            self.wrong("disposition", message, "add the last day on which it counts");
        }
        for (index, check) in threat.controls.iter().enumerate() {
            self.check(&format!("controls.{index}"), check);
        }
    }
}

/// Whether text may be the id of a threat: a rule and the ends of its path, `:` between them.
fn is_threat(id: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase()) && part.bytes().all(letters)
    };
    id.len() <= 256 && id.split(':').count() <= 3 && id.split(':').all(part)
}

/// A day so much later; the day itself where that is beyond the calendar.
fn later(day: Date, by: Span) -> Date {
    day.checked_add(by).unwrap_or(day)
}
