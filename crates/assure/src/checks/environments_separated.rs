use std::collections::BTreeSet;

use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::Purpose,
};

/// Keys older than this are due for a change.
const MAX_KEY_AGE_DAYS: i32 = 365;

const SHARED: Rule = Rule {
    id: "environments-share",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "two environments share an identity or key",
    tip: "give each environment identities and keys of its own",
};
const TRAINS_IN_PRODUCTION: Rule = Rule {
    id: "pipeline-in-production",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pipeline runs in a production environment",
    tip: "give training and processing an environment of their own",
};
const OLD_KEYS: Rule = Rule {
    id: "keys-old",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "an environment's keys were not changed for over a year",
    tip: "change the keys, then set rotated",
};

coseal_core::check! {
    /// Who gets into a test system must not thereby get into production. This check compares the identities and keys
    /// (by name) of all environments in the system file, and looks where pipelines run.
    ///
    /// It fails when two environments share one or a pipeline runs in production, is partial when keys are
    /// older than a year, and is unknown while an environment has no table, or there is only one.
    ///
    /// To put it right: give each environment its own identities and keys and name them in `[environment.…]`.
    pub(crate) EnvironmentsSeparated = "environments-separated";
    reads: [
        Read::only(Kind::System, &["environments"]),
        Read::all(Kind::Environment),
        Read::only(Kind::Pipeline, &["identity", "environment"]),
    ];
    rules: [SHARED, TRAINS_IN_PRODUCTION, OLD_KEYS];
}

impl Check for EnvironmentsSeparated {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let tables = facts.environment();
        let names: Vec<&String> =
            facts.about().map(|about| about.environments.iter().collect()).unwrap_or_default();
        let mut coverage = Coverage::whole(tables.len());
        for name in names.iter().filter(|name| !tables.contains_key(**name)) {
            coverage.leave_out(
                &format!("environment.{name}"),
                "it has no table with identities and keys",
            );
        }
        for (name, table) in tables {
            if table.identities.is_empty() && table.keys.is_empty() {
                coverage
                    .leave_out(&format!("environment.{name}"), "it names no identity and no key");
            } else if table.rotated.is_some_and(|day| day > facts.as_of()) {
                coverage.leave_out(
                    &format!("environment.{name}"),
                    "its keys are said to have been changed on a day to come",
                );
            } else if table.rotated.is_none() && !table.keys.is_empty() {
                coverage.leave_out(
                    &format!("environment.{name}"),
                    "it does not say when its keys were last changed",
                );
            }
        }
        shared(facts, findings);
        in_production(facts, findings);
        old_keys(facts, findings);
        let outcome = if findings.of(&SHARED) + findings.of(&TRAINS_IN_PRODUCTION) > 0 {
            Outcome::new(State::Fail, "environments are not kept apart")
        } else if names.len() < 2 {
            Outcome::unknown(
                "fewer than two environments are declared: there is nothing to compare",
            )
        } else if !coverage.is_complete() {
            Outcome::unknown(
                "not every environment says which identities and keys it uses, and since when",
            )
        } else if findings.of(&OLD_KEYS) > 0 {
            Outcome::new(State::Partial, "environments are kept apart, some with old keys")
        } else {
            Outcome::new(State::Pass, "no two environments share an identity or key")
        };
        outcome.about(names.iter().map(|name| format!("environment.{name}"))).covering(coverage)
    }
}

fn shared(facts: &View<'_>, findings: &mut Findings) {
    let tables: Vec<_> = facts.environment().iter().collect();
    for (index, (name, table)) in tables.iter().enumerate() {
        for (other, earlier) in tables.iter().take(index) {
            let common = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).count();
            let identities = common(&table.identities, &earlier.identities);
            let keys = common(&table.keys, &earlier.keys);
            if identities + keys > 0 {
                let shared = [(identities, "identity", "identities"), (keys, "key", "keys")];
                let shared = shared.iter().filter(|(count, ..)| *count > 0);
                let told = |(count, one, many): &(usize, &str, &str)| {
                    format!("{count} {}", if *count == 1 { one } else { many })
                };
                let shared: Vec<_> = shared.map(told).collect();
                let what = format!("{name} and {other} share {}", shared.join(" and "));
                findings.add(&SHARED, facts.place(&format!("environment.{name}")), what);
            }
        }
    }
}

fn in_production(facts: &View<'_>, findings: &mut Findings) {
    for (id, pipeline) in facts.pipeline() {
        let runs_in = pipeline.environment.as_ref().and_then(|name| facts.environment().get(name));
        let production =
            runs_in.is_some_and(|environment| environment.purpose == Purpose::Production);
        let as_production = pipeline.identity.as_ref().is_some_and(|identity| {
            facts
                .environment()
                .values()
                .any(|e| e.purpose == Purpose::Production && e.identities.contains(identity))
        });
        if production || as_production {
            let place = facts.place(&format!("pipeline.{id}"));
            findings.add(
                &TRAINS_IN_PRODUCTION,
                place,
                format!("pipeline.{id} runs in, or with an identity of, production"),
            );
        }
    }
}

fn old_keys(facts: &View<'_>, findings: &mut Findings) {
    for (name, table) in facts.environment() {
        let Some(rotated) = table.rotated else { continue };
        let days = (facts.as_of() - rotated).get_days();
        if days > MAX_KEY_AGE_DAYS {
            let place = facts.place(&format!("environment.{name}.rotated"));
            findings.add(
                &OLD_KEYS,
                place,
                format!("the keys of {name} were last changed {days} days ago"),
            );
        }
    }
}
