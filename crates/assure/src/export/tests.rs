//! Every state in every format.

use std::collections::BTreeMap;

use coseal_core::{
    catalogue::catalogue,
    finding::{Confidence, Finding, Location, Rule, Severity},
    grade::Grade,
    outcome::{Outcome, State},
    verdict::{Verdict, roll_up},
};
use coseal_sign::sha256;
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use serde_json::Value;

use super::{EvidenceItem, Exported, NotABundle, Spec, bundle, cyclonedx, gemara, oscal};
use crate::{Assessment, Judged};

const RULE: Rule = Rule {
    id: "thing-wrong",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a thing is wrong",
    tip: "put it right",
};

/// An assessment of the first checks of the catalogue, in these states.
fn assessment(states: &[(State, bool)]) -> Assessment {
    let checks: Vec<_> = catalogue()
        .checks()
        .zip(states)
        .map(|((guideline, entry), (state, implemented))| {
            let bad = matches!(state, State::Partial | State::Fail | State::Waived);
            let finding =
                Finding::new(&RULE, Location::line("a/[b](x).md", 3), "it is <b>wrong</b>");
            Judged {
                guideline,
                entry,
                outcome: Outcome::new(*state, format!("because of {state}")).about(["model.chat"]),
                findings: bad.then_some(finding).into_iter().collect(),
                binding: sha256(entry.id.as_bytes()),
                declared: sha256(entry.id.as_bytes()),
                grade: Grade::D,
                evidence: None,
                recalled: false,
                decision: None,
                implemented: *implemented,
            }
        })
        .collect();
    let mut ids: Vec<_> = checks.iter().map(|judged| judged.guideline).collect();
    ids.dedup_by_key(|guideline| &guideline.id);
    let verdicts = ids
        .into_iter()
        .map(|guideline| {
            let under: Vec<_> = checks
                .iter()
                .filter(|judged| judged.guideline.id == guideline.id)
                .map(|judged| (judged.entry.level, judged.outcome.state))
                .collect();
            Verdict {
                guideline: guideline.id.clone(),
                name: guideline.name.clone(),
                state: roll_up(&under),
                judged: under.iter().filter(|(_, state)| state.is_judged()).count(),
                applicable: under.iter().filter(|(_, s)| *s != State::NotApplicable).count(),
            }
        })
        .collect();
    Assessment { as_of: date(2026, 11, 21), checks, verdicts }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn record(envelope: &[u8]) -> EvidenceItem {
    EvidenceItem {
        record: sha256(envelope),
        received: at("2026-11-20T10:00:05.123Z"),
        observed_until: at("2026-11-20T10:00:00Z"),
        environment: Some("production".into()),
        grade: Some('B'),
        envelope: envelope.to_vec(),
        proof: Some("c2sp.org/tlog-proof@v1\n".into()),
    }
}

fn exported<'a>(assessment: &'a Assessment, evidence: &[(&str, EvidenceItem)]) -> Exported<'a> {
    Exported {
        assessment,
        system: "support-bot",
        purpose: "answers questions",
        tool_version: "0.1.0",
        made: at("2026-11-21T12:00:00Z"),
        evidence: evidence
            .iter()
            .map(|(check, item)| ((*check).to_owned(), item.clone()))
            .collect::<BTreeMap<_, _>>(),
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn texts<'a>(array: &'a Value, member: &str) -> Vec<&'a str> {
    let all = array.as_array().into_iter().flatten();
    all.map(|value| value[member].as_str().unwrap()).collect()
}

/// What the three formats make of the first check (`training-completed`) alone, in one state.
fn translated(state: State, implemented: bool) -> String {
    let assessment = assessment(&[(state, implemented)]);
    let of = exported(&assessment, &[("training-completed", record(b"{}"))]);
    let cdx = parse(&cyclonedx(&of, Spec::V1_6));
    let map = &cdx["declarations"]["attestations"][0]["map"][0];
    let claims = match (map["claims"].as_array(), map["counterClaims"].as_array()) {
        (Some(claims), Some(_)) if !claims.is_empty() => "claim",
        (Some(_), Some(counter)) if !counter.is_empty() => "counter-claim",
        _ => "no claim",
    };
    let against = cdx["declarations"]["claims"][0]["counterEvidence"].is_array();
    let claims = format!("{claims}{}", if against { " and counter-evidence" } else { "" });
    let oscal = parse(&oscal(&of));
    let result = &oscal["assessment-results"]["results"][0];
    let finding = result["findings"].as_array().into_iter().flatten();
    let finding = finding
        .filter(|finding| finding["target"]["target-id"] == "training-completed")
        .map(|finding| {
            let status = &finding["target"]["status"];
            format!("{} {}", status["state"], status["reason"]).replace('"', "")
        })
        .next()
        .unwrap_or_else(|| "no finding".to_owned());
    let risk = result["risks"][0]["status"].as_str().unwrap_or("no risk");
    let gemara = parse(&gemara(&of));
    let log = &gemara["evaluations"][0]["assessment-logs"][0];
    format!(
        "{state}: {claims}, score {} | {finding}, {risk} | {}, {}",
        map["conformance"]["score"],
        log["result"].as_str().unwrap(),
        log["confidence-level"].as_str().unwrap_or("-"),
    )
}

#[test]
fn each_state_in_each_format() {
    let mut table: Vec<_> = State::ALL.into_iter().map(|state| translated(state, true)).collect();
    table.push(translated(State::Unknown, false));
    insta::assert_snapshot!(table.join("\n"), @"
    pass: claim, score 1.0 | satisfied pass, no risk | Passed, Medium
    partial: claim and counter-evidence, score 0.5 | not-satisfied other, no risk | Needs Review, Medium
    fail: counter-claim, score 0.0 | not-satisfied fail, open | Failed, Medium
    not-applicable: no claim, score null | no finding, no risk | Not Applicable, -
    waived: counter-claim, score 0.0 | not-satisfied other, deviation-approved | Failed, Medium
    stale: no claim, score null | not-satisfied other, no risk | Needs Review, -
    unknown: no claim, score null | not-satisfied other, no risk | Unknown, -
    unknown: no claim, score null | not-satisfied other, no risk | Not Run, -
    ");
}

#[test]
fn the_record_and_its_proof_travel_with_the_claim_and_stay_when_it_is_stale() {
    for state in [State::Pass, State::Stale] {
        let assessment = assessment(&[(state, true)]);
        let of = exported(&assessment, &[("training-completed", record(b"{\"payload\":\"\"}"))]);
        let cdx = parse(&cyclonedx(&of, Spec::V1_7));
        let evidence = &cdx["declarations"]["evidence"][0];
        assert_eq!(texts(&evidence["data"], "name"), ["outcome", "envelope", "tlog-proof"]);
        assert_eq!(
            evidence["data"][1]["contents"]["attachment"]["content"],
            "eyJwYXlsb2FkIjoiIn0="
        );
        assert_eq!(evidence["created"], "2026-11-20T10:00:05Z");
        assert_eq!(evidence["expires"], "2027-11-20T10:00:00Z");
        let oscal = parse(&oscal(&of));
        let resources = &oscal["assessment-results"]["back-matter"]["resources"];
        let href = &oscal["assessment-results"]["results"][0]["observations"][0]["relevant-evidence"]
            [0]["href"];
        assert_eq!(resources[1]["base64"]["value"], "eyJwYXlsb2FkIjoiIn0=");
        assert_eq!(format!("#{}", resources[1]["uuid"].as_str().unwrap()), href.as_str().unwrap());
        let gemara = parse(&gemara(&of));
        let payload = &gemara["evaluations"][0]["assessment-logs"][0]["evidence"][0]["payload"];
        assert_eq!(payload["base64"], "eyJwYXlsb2FkIjoiIn0=");
        assert_eq!(payload["tlog-proof"], "c2sp.org/tlog-proof@v1\n");
    }
}

#[test]
fn an_answer_that_names_a_day_ages_from_it() {
    let mut assessment = assessment(&[(State::Pass, true), (State::Unknown, true)]);
    assessment.checks[0].outcome.observed = Some(date(2026, 1, 1));
    let of = exported(&assessment, &[("training-completed", record(b"{}"))]);
    let oscal = parse(&oscal(&of));
    let observations = &oscal["assessment-results"]["results"][0]["observations"];
    assert_eq!(observations[0]["collected"], "2026-01-01T00:00:00Z");
    assert_eq!(observations[0]["expires"], "2027-01-02T00:00:00Z");
    assert!(observations[1]["expires"].is_null());
}

#[test]
fn what_was_not_recorded_says_so() {
    let assessment = assessment(&[(State::Pass, true)]);
    let cdx = parse(&cyclonedx(&exported(&assessment, &[]), Spec::V1_6));
    insta::assert_snapshot!(cdx["declarations"]["attestations"][0]["map"][0].to_string(), @r#"{"claims":["claim-training-completed"],"confidence":{"rationale":"0 of 1 applicable checks rest on a signed record","score":0.0},"conformance":{"rationale":"pass; checks: 1 pass","score":1.0},"counterClaims":[],"requirement":"guideline-1.1"}"#);
    assert_eq!(texts(&cdx["declarations"]["evidence"][0]["data"], "name"), ["outcome"]);
}

#[test]
fn a_bundle_is_one_envelope_a_line_byte_for_byte_each_once() {
    let assessment = assessment(&[(State::Pass, true); 3]);
    let ids: Vec<_> = assessment.checks.iter().map(|judged| judged.entry.id.as_str()).collect();
    let [first, second, third] = ids[..] else { panic!() };
    let (one, two) = (record(b"{\"a\":1}"), record(b"{\"b\": 2}"));
    let of = exported(&assessment, &[(first, two.clone()), (second, one), (third, two)]);
    assert_eq!(bundle(&of).unwrap(), b"{\"b\": 2}\n{\"a\":1}\n");
    for bad in [&b""[..], b"{\n}", b"{}\r"] {
        let of = exported(&assessment, &[(second, record(bad))]);
        assert_eq!(bundle(&of), Err(NotABundle { check: second.to_owned() }));
    }
}

#[test]
fn inspected_text_becomes_no_markup() {
    let assessment = assessment(&[(State::Fail, true)]);
    let text = oscal(&exported(&assessment, &[]));
    assert!(text.contains(r"\\<b\\>wrong") && text.contains(r"a/\\[b\\](x).md"), "{text}");
}

#[test]
fn what_people_wrote_is_made_fit_to_show() {
    let assessment = assessment(&[(State::Pass, true)]);
    let item = EvidenceItem { environment: Some(" \n".into()), ..record(b"{}") };
    let of = Exported {
        purpose: "answers\u{202e}\nquestions",
        ..exported(&assessment, &[("training-completed", item)])
    };
    for text in [cyclonedx(&of, Spec::V1_6), oscal(&of), gemara(&of)] {
        assert!(!text.contains('\u{202e}') && !text.contains(r"answers\n"), "{text}");
        assert!(text.contains("questions") && !text.contains("environment"), "{text}");
    }
}

fn states() -> impl Strategy<Value = Vec<(State, bool)>> {
    let state = prop::sample::select(State::ALL.to_vec());
    prop::collection::vec((state, any::<bool>()), 1..catalogue().checks().count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nothing_becomes_better_than_it_is(states in states()) {
        let assessment = assessment(&states);
        let of = exported(&assessment, &[]);
        let passing: Vec<_> = assessment
            .checks
            .iter()
            .filter(|judged| judged.outcome.state == State::Pass)
            .map(|judged| judged.entry.id.as_str())
            .collect();

        let cdx = parse(&cyclonedx(&of, Spec::V1_6));
        for (verdict, map) in assessment.verdicts.iter().zip(cdx["declarations"]["attestations"][0]["map"].as_array().unwrap()) {
            prop_assert_eq!(map["conformance"]["score"] == 1.0, verdict.state == State::Pass);
            prop_assert_eq!(
                map["conformance"]["score"].is_null(),
                matches!(verdict.state, State::Unknown | State::NotApplicable)
            );
            prop_assert_eq!(map["confidence"].is_null(), verdict.judged == 0);
        }
        let claims = cdx["declarations"]["claims"].as_array().unwrap();
        let holds: Vec<_> = claims
            .iter()
            .filter(|claim| claim["predicate"].as_str().unwrap().starts_with("holds: "))
            .map(|claim| claim["bom-ref"].as_str().unwrap().strip_prefix("claim-").unwrap())
            .collect();
        prop_assert_eq!(&holds, &passing);

        let oscal = parse(&oscal(&of));
        let findings = oscal["assessment-results"]["results"][0]["findings"].as_array().cloned().unwrap_or_default();
        let satisfied: Vec<_> = findings
            .iter()
            .filter(|finding| finding["target"]["status"]["state"] == "satisfied")
            .filter_map(|finding| finding["target"]["target-id"].as_str())
            .filter(|target| !target.starts_with("guideline-"))
            .collect();
        prop_assert_eq!(&satisfied, &passing);

        let gemara = parse(&gemara(&of));
        let all = assessment.verdicts.iter().all(|v| matches!(v.state, State::Pass | State::NotApplicable));
        let any = assessment.verdicts.iter().any(|v| v.state == State::Pass);
        prop_assert_eq!(gemara["result"] == "Passed", all && any);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes_and_another_gives_another_id(states in states()) {
        let (one, two) = (assessment(&states), assessment(&states));
        let of = exported(&one, &[("training-completed", record(b"{}"))]);
        let same = exported(&two, &[("training-completed", record(b"{}"))]);
        let other = exported(&one, &[("training-completed", record(b"{ }"))]);
        let write = |of: &Exported<'_>| [cyclonedx(of, Spec::V1_6), cyclonedx(of, Spec::V1_7), oscal(of), gemara(of)];
        for (text, same) in write(&of).iter().zip(write(&same)) {
            prop_assert_eq!(text, &same);
            // Nobody can say so from checks.
            prop_assert!(!text.to_lowercase().contains("complian"));
        }
        let id = |of: &Exported<'_>| parse(&cyclonedx(of, Spec::V1_6))["serialNumber"].clone();
        prop_assert_ne!(id(&of), id(&other));
        let id = |of: &Exported<'_>| parse(&oscal(of))["assessment-results"]["uuid"].clone();
        prop_assert_ne!(id(&of), id(&other));
    }
}
