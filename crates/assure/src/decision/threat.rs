//! What people answered to a threat, and whether it holds now.

use coseal_core::{
    decision::{Disposition, Threat},
    digest::Digest,
    fact::Facts,
    outcome::State,
};
use jiff::civil::Date;

use super::{Standing, sentence, standing};

/// What stands against a threat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The file of the decision that it stands on; of one that does not count, while the threat is open.
    pub decision: Option<String>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Why it is so, as a fragment; empty where there is nothing to add.
    pub why: String,
}

/// What the answer to a threat comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Nobody has answered, or no answer counts.
    Open,
    /// It is said to be mitigated, and a check of its controls fails.
    Broken,
    /// It is said to be mitigated, and a check of its controls has not shown so.
    Claimed,
    /// The risk is carried for a while.
    Accepted,
    /// Somebody else carries the risk for a while.
    Transferred,
    /// What made it possible is said to be gone.
    Avoided,
    /// It is mitigated: every check of its controls passes now.
    Verified,
}

impl Answer {
    /// All, the ones that want work first.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Broken,
        Self::Claimed,
        Self::Accepted,
        Self::Transferred,
        Self::Avoided,
        Self::Verified,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Broken => "broken",
            Self::Claimed => "claimed",
            Self::Accepted => "accepted",
            Self::Transferred => "transferred",
            Self::Avoided => "avoided",
            Self::Verified => "verified",
        }
    }
}

/// What is answered to the threat with this id and these facts. Of several decisions that count, the one made last does. `state` gives the state of a check, none where coseal can't judge it.
#[must_use]
pub fn answered(
    id: &str,
    witness: Digest,
    facts: &Facts,
    state: &dyn Fn(&str) -> Option<State>,
) -> Answered {
    let system = facts.system.as_ref().map(|system| system.system.id.as_str()).unwrap_or_default();
    let about = facts.decisions.values().filter_map(|fact| {
        let decision = fact.decision.as_ref().ok()?;
        let threat = decision.threat().filter(|threat| threat.threat == id)?;
        Some((fact, decision, threat))
    });
    let mut latest: Option<(Date, &str, Answered)> = None;
    for (fact, decision, threat) in about {
        let standing = standing(fact, facts.as_of, system);
        let mut one = Answered {
            answer: Answer::Open,
            decision: Some(fact.path.clone()),
            until: decision.expires,
            why: String::new(),
        };
        match standing {
            Standing::Holds { .. } if threat.witness != Some(witness) => {
                "the facts that make it possible have changed since it was decided"
                    .clone_into(&mut one.why);
            }
            Standing::Holds { .. } => (one.answer, one.why) = answer(threat, state),
            standing => one.why = format!("its decision does not count: {}", sentence(&standing)),
        }
        let better = latest.as_ref().is_none_or(|(made, path, before)| {
            let counts = |answered: &Answered| answered.answer != Answer::Open;
            (counts(&one), decision.made, fact.path.as_str()) > (counts(before), *made, *path)
        });
        if better {
            latest = Some((decision.made, &fact.path, one));
        }
    }
    latest.map_or(
        Answered { answer: Answer::Open, decision: None, until: None, why: String::new() },
        |(.., answered)| answered,
    )
}

fn answer(threat: &Threat, state: &dyn Fn(&str) -> Option<State>) -> (Answer, String) {
    match threat.disposition {
        Disposition::Accepted => (Answer::Accepted, String::new()),
        Disposition::Transferred => (Answer::Transferred, threat.to.clone().unwrap_or_default()),
        Disposition::Avoided => (Answer::Avoided, threat.how.clone().unwrap_or_default()),
        Disposition::Mitigated => mitigated(threat, state),
    }
}

/// Broken by one check that fails, verified by all that pass, and claimed otherwise.
fn mitigated(threat: &Threat, state: &dyn Fn(&str) -> Option<State>) -> (Answer, String) {
    let of = |wanted: &dyn Fn(Option<State>) -> bool| -> Vec<&str> {
        let controls = threat.controls.iter().map(String::as_str);
        controls.filter(|check| wanted(state(check))).collect()
    };
    let failing = of(&|state| matches!(state, Some(State::Fail | State::Waived)));
    let open = of(&|state| state != Some(State::Pass));
    if !failing.is_empty() {
        (Answer::Broken, format!("{} fails", failing.join(", ")))
    } else if open.is_empty() && !threat.controls.is_empty() {
        (Answer::Verified, String::new())
    } else {
        (Answer::Claimed, format!("not shown: {}", open.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        decision::read,
        digest::Digest,
        fact::{DecisionFact, Facts, Signer},
        outcome::State,
        system,
    };
    use jiff::civil::date;

    use super::{Answer, Answered, answered};

    const HEAD: &str = "schema = 1\nkind = \"threat\"\nsystem = \"s\"\nrole = \"risk-owner\"\nmade = 2026-11-01\nexpires = 2027-01-01\nreason = \"r\"\nthreat = \"t:user:model.m\"\n";

    fn facts(texts: &[String]) -> Facts {
        let mut facts = Facts::none(date(2026, 11, 21));
        let text = "schema = 1\n[system]\nid = \"s\"\npurpose = \"p\"\nexposure = \"offline\"\nimpact = \"low\"\n";
        facts.system = system::read(text).system;
        for (index, text) in texts.iter().enumerate() {
            let file = read(text);
            assert_eq!(file.problems, [], "{text}");
            let path = format!("decisions/{index}.toml");
            let fact = DecisionFact {
                path: path.clone(),
                digest: Digest::new([index as u8; 32]),
                decision: Ok(file.decision.unwrap()),
                signer: Signer::Unproven { key: "k".into() },
                signature: None,
                cited: Vec::new(),
            };
            facts.decisions.insert(path, fact);
        }
        facts
    }

    fn witness() -> Digest {
        Digest::new([7; 32])
    }

    fn ask(texts: &[String], state: &dyn Fn(&str) -> Option<State>) -> Answered {
        answered("t:user:model.m", witness(), &facts(texts), state)
    }

    fn mitigated(witness: Digest) -> String {
        format!(
            "{HEAD}witness = \"{witness}\"\ndisposition = \"mitigated\"\ncontrols = [\"assets-unchanged\", \"inputs-screened\"]\n"
        )
    }

    #[test]
    fn each_named_check_decides_over_a_mitigation() {
        let text = [mitigated(witness())];
        let with = |one: Option<State>, other: Option<State>| {
            ask(&text, &|check| if check == "assets-unchanged" { one } else { other }).answer
        };
        let pass = Some(State::Pass);
        assert_eq!(with(pass, pass), Answer::Verified);
        for state in [State::Partial, State::Stale, State::Unknown, State::NotApplicable].map(Some)
        {
            assert_eq!(with(pass, state), Answer::Claimed, "{state:?}");
            assert_eq!(with(state, pass), Answer::Claimed, "{state:?}");
            assert_eq!(with(state, Some(State::Fail)), Answer::Broken, "{state:?}");
        }
        assert_eq!(with(pass, None), Answer::Claimed);
        assert_eq!(with(pass, Some(State::Waived)), Answer::Broken);
    }

    #[test]
    fn other_facts_ask_again() {
        let other = Digest::new([8; 32]);
        let answered = ask(&[mitigated(other)], &|_| Some(State::Pass));
        assert_eq!(answered.answer, Answer::Open);
        assert!(answered.why.contains("have changed"), "{}", answered.why);
        let unsaid = mitigated(other).replace(&format!("witness = \"{other}\"\n"), "");
        assert_eq!(ask(&[unsaid], &|_| Some(State::Pass)).answer, Answer::Open);
    }

    #[test]
    fn the_last_that_counts_is_the_answer() {
        let accepted = format!(
            "{HEAD}witness = \"{}\"\ndisposition = \"accepted\"\nseverity = \"low\"\n",
            witness()
        );
        let later = accepted.replace("made = 2026-11-01", "made = 2026-11-02");
        let over = accepted.replace(
            "made = 2026-11-01\nexpires = 2027-01-01",
            "made = 2026-11-03\nexpires = 2026-11-04",
        );
        let all = [mitigated(witness()), later, over.clone()];
        assert_eq!(ask(&all, &|_| Some(State::Pass)).answer, Answer::Accepted);
        assert_eq!(ask(&all[..1], &|_| Some(State::Pass)).answer, Answer::Verified);
        let expired = ask(&[over], &|_| None);
        assert_eq!(expired.answer, Answer::Open);
        assert!(expired.why.contains("expired on 2026-11-04"), "{}", expired.why);
        assert_eq!(ask(&[], &|_| None).decision, None);
    }
}
