//! All checks and all rules, from the crates that hold them.

use coseal_core::{check::Check, finding::Rule};

/// All checks.
#[must_use]
pub fn checks() -> Vec<&'static dyn Check> {
    [coseal_assure::checks::CHECKS, coseal_scan::checks::CHECKS, coseal_source::checks::CHECKS]
        .concat()
}

/// A check by its id.
#[must_use]
pub fn check(id: &str) -> Option<&'static dyn Check> {
    checks().into_iter().find(|check| check.meta().id == id)
}

/// All rules, sorted by id: those of the checks, and those of the parsers of model files.
#[must_use]
pub fn rules() -> Vec<Rule> {
    let of_checks = checks().into_iter().flat_map(|check| check.meta().rules.iter().copied());
    let of_parsers = coseal_scan::artefact::RULES.iter().flat_map(|rules| rules.iter().copied());
    let mut rules: Vec<_> = of_checks.chain(of_parsers).collect();
    rules.sort_by_key(|rule| rule.id);
    // Checks may share a rule; two rules of one id would stay, and be found by the test below.
    rules.dedup();
    rules
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use coseal_core::{catalogue::catalogue, finding::Severity};

    use super::{checks, rules};

    #[test]
    fn every_check_is_in_the_catalogue_and_bound_to_what_it_reads() {
        for check in checks() {
            let meta = check.meta();
            let (_, entry) = catalogue()
                .check(meta.id)
                .unwrap_or_else(|| panic!("{} is not in the catalogue", meta.id));
            let reads: BTreeSet<&str> = meta.reads.iter().map(|read| read.kind.name()).collect();
            let binds: BTreeSet<&str> = entry.binds_to.iter().map(String::as_str).collect();
            assert_eq!(reads, binds, "{}: what it reads, and binds_to in the catalogue", meta.id);
        }
    }

    #[test]
    fn ids_are_kebab_case_and_unique() {
        let ids: Vec<_> = rules()
            .iter()
            .map(|rule| rule.id)
            .chain(checks().iter().map(|check| check.meta().id))
            .collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        for id in ids {
            assert!(
                id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{id}"
            );
        }
    }

    #[test]
    fn rules_speak_in_fragments() {
        for rule in rules() {
            for text in [rule.summary, rule.tip] {
                let capital = text.chars().next().is_some_and(char::is_uppercase)
                    && !text.starts_with("SARIF");
                assert!(!capital && !text.ends_with('.'), "{}: {text}", rule.id);
            }
        }
    }

    #[test]
    fn every_check_is_documented() {
        for check in checks() {
            assert!(check.meta().docs.contains("To put it right:"), "{}", check.meta().id);
            assert!(check.meta().docs.len() > 200, "{}", check.meta().id);
        }
    }

    /// A risk owner reads of what matters in plain words; words for rules that there are not would go unread.
    #[test]
    fn every_rule_that_matters_has_plain_words() {
        let rules = rules();
        let plain: BTreeSet<_> = coseal_assure::report::plain_rules().collect();
        for rule in rules.iter().filter(|rule| rule.severity >= Severity::High) {
            assert!(
                plain.contains(rule.id),
                "{}: add a sentence for people to the family of its rules in crates/assure/src/report/words/",
                rule.id
            );
        }
        let ids: BTreeSet<_> = rules.iter().map(|rule| rule.id).collect();
        assert_eq!(plain.difference(&ids).collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}
