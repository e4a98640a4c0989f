//! Every field can be changed; names mean what they should; decisions are found.

use std::collections::BTreeSet;

use coseal_core::{
    decision,
    digest::Digest,
    fact::{
        CitedFact, DecisionFact, DigestFact, Facts, HostedUse, Kind, Measured, Pin, Read, Signer,
        Text,
    },
    system::{System, schema},
};
use coseal_sign::binding;
use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};

use super::{
    Impact, Walked, What,
    bound::Bound,
    element::{self, Part},
    file, impact, sample,
};
use crate::{assess, checks::CHECKS, engine::reads};

const DAY: Date = date(2026, 11, 21);

/// A system with one element in every table.
fn full() -> System {
    let mut whole = Map::new();
    for (table, property) in schema()["properties"].as_object().unwrap() {
        let value = match table.as_str() {
            "schema" => json!(1),
            "x" => json!({ "team": 1 }),
            "system" => sample::values(property)[0].clone(),
            table => json!({ "a": sample::values(sample::of_table(table).unwrap())[0] }),
        };
        whole.insert(table.clone(), value);
    }
    serde_json::from_value(whole.into()).unwrap()
}

fn facts() -> Facts {
    let mut system = full();
    let place = |path: &str| format!("path:{path}").parse().unwrap();
    system.model.get_mut("a").unwrap().location = place("models/a.pkl");
    system.document.get_mut("a").unwrap().location = place("docs/a.md");
    system.dataset.get_mut("a").unwrap().location = place("data");
    let text = |path: &str| Text {
        path: path.into(),
        text: Ok("t".into()),
        digest: Some(Digest::new([1; 32])),
    };
    let digest = |element: &str| DigestFact {
        element: element.into(),
        size: 1,
        measured: Measured::Digest(Digest::new([1; 32])),
    };
    let mut facts = Facts { system: Some(system), ..Facts::none(DAY) };
    facts.system_file.present = true;
    facts.texts.insert("docs/a.md".into(), text("docs/a.md"));
    for element in ["model.a", "dataset.a"] {
        facts.digests.insert(element.into(), digest(element));
    }
    facts.hosted_uses.push(HostedUse {
        path: "app.py".into(),
        line: 1,
        model: "m".into(),
        pin: Pin::Alias,
    });
    facts
}

fn walked() -> Walked {
    let files = [
        "models/a.pkl",
        "docs/a.md",
        "data/rows.csv",
        "app.py",
        "other.py",
        "README.md",
        "model/x",
        "decisions/a.toml",
        "decisions/a.toml.sig",
    ];
    Walked {
        files: files.map(str::to_owned).into(),
        code: ["app.py", "other.py"].map(str::to_owned).into(),
        searched: Default::default(),
    }
}

fn asked(facts: &Facts, names: &[&str]) -> Result<Impact, super::Unknown> {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    impact(CHECKS, facts, &assess(CHECKS, facts), &walked(), &names)
}

fn checks(facts: &Facts, name: &str) -> Vec<(String, bool)> {
    let impact = asked(facts, &[name]).unwrap();
    impact.things[0].affected.iter().map(|of| (of.check.clone(), of.certain)).collect()
}

#[test]
fn every_field_of_every_table_can_be_changed() {
    let system = full();
    let facts = Facts { system: Some(system.clone()), ..Facts::none(DAY) };
    let whole = serde_json::to_value(&system).unwrap();
    let mut fields = 0;
    for (table, there) in whole.as_object().unwrap() {
        let Some(there) = there.as_object().filter(|_| table != "x") else { continue };
        let (id, element) = match table.as_str() {
            "system" => (None, there),
            _ => (Some("a"), there["a"].as_object().unwrap()),
        };
        for field in element.keys() {
            let part = Part { table, id, field: Some(field) };
            let changes = element::changes(&facts, part);
            let kind = Kind::ALL.iter().find(|kind| kind.name() == table).copied().unwrap();
            let certain: Vec<_> = changes.iter().filter(|change| change.certain).collect();
            assert!(!certain.is_empty(), "{table}.{field}");
            for change in certain {
                // Just this field, and not the element as a whole.
                let others =
                    change.facts.system.as_ref().unwrap_or_else(|| panic!("{table}.{field}"));
                let mut others = serde_json::to_value(others).unwrap();
                let mut at = &mut others[table];
                if let Some(id) = id {
                    at = &mut at[id];
                }
                assert_ne!(at[field], element[field], "{table}.{field}");
                at[field] = element[field].clone();
                assert_eq!(others, whole, "{table}.{field}");
                assert!(change.kinds.contains(&kind));
            }
            fields += 1;
        }
    }
    assert!(fields > 100, "{fields}");
}

/// That a binding changes is worked out from its parts; it is the same as computing it anew.
#[test]
fn what_changes_is_what_another_digest_shows() {
    let facts = facts();
    let bound = Bound::of(CHECKS, &facts);
    let mut changes = element::changes(&facts, Part { table: "model", id: None, field: None });
    for path in ["docs/a.md", "models/a.pkl", "app.py", "other.py", "coseal.toml"] {
        changes.extend(file::changes(&facts, &walked(), path));
    }
    for change in &changes {
        let other = |read: &Read| change.kinds.contains(&read.kind);
        let anew: BTreeSet<&str> = coseal_core::catalogue::catalogue()
            .checks()
            .filter(|(_, entry)| {
                let check = CHECKS.iter().copied().find(|check| check.meta().id == entry.id);
                let reads: Vec<_> = reads(entry, check).into_iter().filter(other).collect();
                binding(&entry.id, &reads, &facts) != binding(&entry.id, &reads, &change.facts)
            })
            .map(|(_, entry)| entry.id.as_str())
            .collect();
        assert_eq!(bound.changed_by(change), anew, "{}", change.label);
    }
}

#[test]
fn names_mean_elements_first_and_files_then() {
    let facts = facts();
    let what = |name: &str| asked(&facts, &[name]).map(|impact| impact.things[0].what);
    for (name, meant) in [
        ("model", What::Table),
        ("./model", What::Folder),
        ("model.a", What::Element),
        ("model.a.location", What::Field),
        ("system", What::Element),
        ("system.impact", What::Field),
        ("adapter", What::Table),
        ("coseal.toml", What::SystemFile),
        ("docs/a.md", What::File),
        ("./docs/a.md", What::File),
        ("docs/", What::Folder),
        ("README.md", What::File),
        (".", What::Folder),
    ] {
        assert_eq!(what(name), Ok(meant), "{name}");
    }
    for (name, nearest) in [
        ("model.b", Some("model.a")),
        ("docs/b.md", Some("docs/a.md")),
        ("model.a.size", Some("model.a")),
        ("x", None),
        ("zzzzzzzzz", None),
    ] {
        let unknown = what(name).unwrap_err();
        assert_eq!(unknown.nearest.as_deref(), nearest, "{name}");
        assert!(unknown.to_string().contains(name));
    }
    // The system file is a thing only where there is one.
    assert!(asked(&Facts::none(DAY), &["coseal.toml"]).is_err());
}

#[test]
fn a_file_affects_what_reads_what_derives_from_it() {
    let facts = facts();
    let texts = checks(&facts, "docs/a.md");
    assert!(texts.contains(&("limitations-documented".into(), true)), "{texts:?}");
    // Checks of other crates are not in this list: nothing here reads digests or hosted models in code.
    assert_eq!(checks(&facts, "README.md"), []);
    assert_eq!(checks(&facts, "other.py"), []);
}

#[test]
fn an_element_affects_what_reads_a_field_of_it() {
    let facts = facts();
    let by = |name: &str, check: &str| {
        let impact = asked(&facts, &[name]).unwrap();
        let of = impact.things[0].affected.iter().find(|of| of.check == check).cloned();
        of.map(|of| (of.certain, of.by.into_iter().collect::<Vec<_>>().join(" ")))
    };
    let fields = by("model.a", "model-not-end-of-life");
    assert_eq!(fields, Some((true, "location reassess-by retired".into())));
    assert_eq!(by("model.a.licence", "model-not-end-of-life"), None);
    assert_eq!(by("model", "model-not-end-of-life"), Some((true, "another model model.a".into())));
    // Nobody reads its purpose.
    assert!(
        asked(&facts, &["system.purpose"]).unwrap().things[0].affected.iter().all(|of| !of.certain)
    );
    let above = by("role.a.contact", "no-stale-evidence");
    assert_eq!(above, Some((false, "what other checks answer".into())));
}

fn decided(path: &str, text: &str, digest: u8, cited: &[(u8, bool)]) -> DecisionFact {
    let text = format!(
        "schema = 1\nsystem = \"s\"\nrole = \"owner\"\nmade = 2026-11-21\nexpires = 2027-01-01\nreason = \"r\"\n{text}"
    );
    let file = decision::read(&text);
    assert_eq!(file.problems, [], "{text}");
    let cited = cited.iter().map(|(named, holds)| CitedFact {
        what: "w".into(),
        named: Digest::new([*named; 32]),
        holds: if *holds { Ok(()) } else { Err("gone".into()) },
    });
    DecisionFact {
        path: path.into(),
        digest: Digest::new([digest; 32]),
        decision: Ok(file.decision.unwrap()),
        signer: Signer::Unsigned,
        signature: None,
        cited: cited.collect(),
    }
}

#[test]
fn decisions_that_rest_on_a_file_are_named() {
    let digest = |byte: u8| Digest::new([byte; 32]);
    let cites = |keys: String| {
        format!(
            "kind = \"exempt\"\ncheck = \"restore-drilled\"\n[[evidence]]\nwhat = \"w\"\n{keys}\n"
        )
    };
    let of_file = cites(format!("path = \"./README.md\"\ndigest = \"{}\"", digest(7)));
    let of_decision = cites(format!("decision = \"{}\"", digest(2)));
    let mut facts = facts();
    for fact in [
        decided("decisions/a.toml", &of_file, 2, &[(7, true)]),
        decided("decisions/b.toml", &of_decision, 3, &[(2, true)]),
        // What no longer holds can't go stale again.
        decided("decisions/c.toml", &of_file, 4, &[(7, false)]),
    ] {
        facts.decisions.insert(fact.path.clone(), fact);
    }
    let at_risk = |name: &str| {
        let things = asked(&facts, &[name]).unwrap().things;
        things[0].decisions.iter().map(|of| (of.path.clone(), of.why.clone())).collect::<Vec<_>>()
    };
    let row = |path: &str, why: &str| (format!("decisions/{path}.toml"), why.to_owned());
    assert_eq!(at_risk("README.md"), [row("a", "it cites this file: w")]);
    assert_eq!(
        at_risk("decisions/a.toml"),
        [row("a", "it would have to be signed again"), row("b", "it cites this decision: w")]
    );
    assert_eq!(at_risk("decisions/a.toml.sig"), [row("a", "this is its signature")]);
    assert_eq!(at_risk("docs/a.md"), []);
    let waivers = checks(&facts, "decisions/a.toml");
    assert!(waivers.iter().any(|(_, certain)| *certain) || reads_no_decision(), "{waivers:?}");
}

/// Whether no check of this crate reads exemptions.
fn reads_no_decision() -> bool {
    let reads = CHECKS.iter().flat_map(|check| check.meta().reads);
    !reads.into_iter().any(|read| {
        read.kind == Kind::Decision && (read.fields.is_empty() || read.fields.contains(&"exempt"))
    })
}

#[test]
fn samples_of_every_kind_are_two_and_differ() {
    let two = |schema: Value| {
        let values = sample::values(&schema);
        assert!(values.len() >= 2 && values[0] != values[1], "{schema}: {values:?}");
    };
    two(json!({ "type": "string" }));
    two(json!({ "type": ["string", "null"], "format": "date" }));
    two(json!({ "type": "boolean" }));
    two(json!({ "type": "array", "items": { "type": "string" } }));
    two(json!({ "$ref": "#/$defs/Exposure" }));
    two(json!({ "anyOf": [{ "$ref": "#/$defs/Review" }, { "type": "null" }] }));
}
