//! Which findings rest on what `coseal init` assumed and nobody has confirmed.

use coseal_core::{fact::Facts, finding::Finding, system::FILE_NAME};

/// What a rule's findings rest on: a key of the line where they are found.
const ON_THEIR_LINE: [(&str, &str); 1] = [("tool-without-approval", "effect")];
/// What a rule's findings rest on: who can reach the system.
const ON_EXPOSURE: [&str; 2] = ["endpoint-without-quota", "endpoint-confidences"];

/// Whether a finding rests on what the system file marks as assumed.
#[must_use]
pub fn is_assumed(facts: &Facts, finding: &Finding) -> bool {
    let unconfirmed = &facts.system_file.unconfirmed;
    let key = ON_THEIR_LINE.iter().find(|(rule, _)| *rule == finding.rule).map(|(_, key)| *key);
    let line = finding.location.line.filter(|_| finding.location.path == FILE_NAME);
    let here = key.zip(line).is_some_and(|(key, line)| unconfirmed.assumes(line, key));
    let reach = || unconfirmed.asks(facts.spans.line("system.exposure"));
    here || line.is_some() && ON_EXPOSURE.contains(&finding.rule) && reach()
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::Facts,
        finding::{Confidence, Finding, Location, Rule, Severity},
        system::{FILE_NAME, read},
    };
    use jiff::civil::date;

    use super::is_assumed;

    const TEXT: &str = "schema = 1\n[system]\nid = \"x\"\npurpose = \"x\"\nexposure = \"public\" # TODO(coseal): who?\nimpact = \"low\"\n\
        [tool]\na = { effect = \"external\" } # effect is assumed\nb = { effect = \"external\" }\n";

    #[test]
    fn a_finding_rests_on_the_key_that_is_marked() {
        let mut facts = Facts::none(date(2026, 11, 22));
        let file = read(TEXT);
        facts.system_file.unconfirmed = file.unconfirmed;
        facts.spans = file.spans;
        let of = |id: &'static str, path: &str, line: u32| {
            let rule = Rule {
                id,
                severity: Severity::High,
                confidence: Confidence::High,
                summary: "x",
                tip: "x",
            };
            is_assumed(&facts, &Finding::new(&rule, Location::line(path, line), "x"))
        };
        assert!(of("tool-without-approval", FILE_NAME, 8));
        assert!(!of("tool-without-approval", FILE_NAME, 9));
        assert!(!of("tool-without-approval", "app.py", 8));
        assert!(!of("asset-not-pinned", FILE_NAME, 8));
        assert!(of("endpoint-without-quota", FILE_NAME, 9));
    }
}
