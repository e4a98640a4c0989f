use std::collections::BTreeSet;

use coseal_core::{catalogue::catalogue, system::read};

use super::RULES;
use crate::threat::ThreatModel;

/// A fixture as a whole system file: keys before the first table are those of `[system]`.
fn model(fixture: &str) -> ThreatModel {
    let mut head = String::from(
        "schema = 1\n[system]\nid = \"s\"\npurpose = \"p\"\nexposure = \"public\"\nimpact = \"high\"\n",
    );
    if !fixture.contains("modalities = ") {
        head.push_str("modalities = [\"text\"]\n");
    }
    let text = head + fixture;
    let file = read(&text);
    let system = file.system.unwrap_or_else(|| panic!("{:?}\n{text}", file.problems));
    ThreatModel::of(&system)
}

#[test]
fn each_rule_fires_where_it_says_and_not_in_its_near_miss() {
    let mut wrong = Vec::new();
    for rule in RULES {
        if !model(rule.fires).threats.iter().any(|threat| threat.rule == rule.id) {
            wrong.push(format!("{} does not fire", rule.id));
        }
        if model(rule.silent).threats.iter().any(|threat| threat.rule == rule.id) {
            wrong.push(format!("{} fires in its near miss", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_rule_names_checks_that_there_are_and_ids_of_the_right_form() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        assert!(!rule.checks.is_empty(), "{}", rule.id);
        for check in rule.checks {
            assert!(catalogue().check(check).is_some(), "{}: {check}", rule.id);
        }
        assert!(rule.says.contains("{sink}") || rule.says.contains("{source}"), "{}", rule.id);
        assert!((1..=3).contains(&rule.likelihood));
        assert!(rule.known_as.atlas.iter().all(|id| id.starts_with("AML.T")), "{}", rule.id);
    }
}
