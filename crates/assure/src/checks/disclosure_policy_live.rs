use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{Document, DocumentKind},
};

use crate::security_txt;

const MISSING: Rule = Rule {
    id: "disclosure-missing",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "reporters of a weakness are not told where to go or what to expect",
    tip: "add documents of the kinds security-txt and disclosure-policy",
};
const INVALID: Rule = Rule {
    id: "disclosure-invalid",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "security.txt breaks RFC 9116, or the policy lacks something reporters need",
    tip: "put right what is named; RFC 9116 gives the form of security.txt",
};
const EXPIRED: Rule = Rule {
    id: "disclosure-expired",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "security.txt has expired",
    tip: "read it once more, then set Expires to a day within the next year",
};

/// What a policy must speak of, and words that show that it does.
const PROMISES: [(&str, &[&str]); 3] = [
    ("safe harbour for reporters in good faith", &["safe harbour", "safe harbor", "good faith"]),
    ("a contact", &["mailto:", "@", "https://", "tel:", "security.txt"]),
    ("what is in scope", &["scope"]),
];

coseal_core::check! {
    /// People who find a weakness need a door, and a promise that they may use it. This check reads the
    /// system's `security.txt` (RFC 9116) and its disclosure policy.
    ///
    /// It fails when one is missing or invalid and is partial when `security.txt` has expired. Files alone
    /// can't pass it: whether the contact answers and the page is served is seen on the running service.
    ///
    /// To put it right: declare both under `[document.…]`, give `security.txt` a Contact and an Expires, and say
    /// in the policy what is in scope, how to reach you, and that reporters in good faith are safe.
    pub(crate) DisclosurePolicyLive = "disclosure-policy-live";
    reads: [Read::only(Kind::Document, &["kind", "location"]), Read::all(Kind::Text)];
    rules: [MISSING, INVALID, EXPIRED];
    beyond_files: "that the contact answers and security.txt is served";
}

impl Check for DisclosurePolicyLive {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let mut subjects = Vec::new();
        for (kind, judge) in [
            (DocumentKind::SecurityTxt, security_txt as fn(&View<'_>, &str, &str, &mut Findings)),
            (DocumentKind::DisclosurePolicy, policy),
        ] {
            let of_kind: Vec<(&String, &Document)> =
                facts.document().iter().filter(|(_, document)| document.kind == kind).collect();
            if of_kind.is_empty() {
                let word = coseal_core::system::word(&kind);
                findings.add(
                    &MISSING,
                    facts.file_place(),
                    format!("there is no document of the kind {word}"),
                );
            }
            for (id, document) in of_kind {
                subjects.push(format!("document.{id}"));
                match facts.text_at(&document.location).map(|text| (&text.path, &text.text)) {
                    Some((path, Ok(text))) => judge(facts, path, text, findings),
                    Some((_, Err(why))) => findings.add(
                        &MISSING,
                        facts.place(&format!("document.{id}")),
                        format!("document.{id}: {why}"),
                    ),
                    None => findings.add(
                        &MISSING,
                        facts.place(&format!("document.{id}")),
                        format!("document.{id} is not in this folder"),
                    ),
                }
            }
        }
        let outcome = if findings.of(&MISSING) + findings.of(&INVALID) > 0 {
            Outcome::new(State::Fail, "the way in for reporters is missing or broken")
        } else if findings.of(&EXPIRED) > 0 {
            Outcome::new(State::Partial, "security.txt has expired")
        } else {
            Outcome::unknown(
                "the files are right; whether the contact answers is seen on the running service",
            )
        };
        let looked_at = Coverage::whole(subjects.len());
        outcome.about(subjects).covering(looked_at)
    }
}

fn security_txt(facts: &View<'_>, path: &str, text: &str, findings: &mut Findings) {
    let read = security_txt::read(text);
    for error in read.errors {
        findings.add(&INVALID, Location::file(path), format!("security.txt: {error}"));
    }
    if let Some(expires) = read.expires.filter(|expires| *expires < facts.as_of()) {
        findings.add(&EXPIRED, Location::file(path), format!("security.txt expired on {expires}"));
    }
}

fn policy(_: &View<'_>, path: &str, text: &str, findings: &mut Findings) {
    let text = text.to_lowercase();
    for (promise, words) in PROMISES {
        if !words.iter().any(|word| text.contains(word)) {
            findings.add(
                &INVALID,
                Location::file(path),
                format!("the policy does not speak of {promise}"),
            );
        }
    }
}
