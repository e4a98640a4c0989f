//! Whether a decision counts: the one place that says so.

use coseal_core::{
    decision::{Content, Decision, Disposition},
    fact::{DecisionFact, Signer},
    grade::Grade,
};
use jiff::civil::Date;

/// Whether a decision counts on a day, for a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Holds {
        /// C: its key holds the role in the trust root; D: signed, and nobody says whose key that is.
        grade: Grade,
        /// Whether its signer is one person alone.
        single: bool,
    },
    /// Its last day is over.
    Expired {
        /// Its last day.
        on: Date,
    },
    /// It is made on a day to come.
    NotYet,
    /// Something that it rests on is no longer what it was.
    Stale {
        /// What, and why.
        what: String,
    },
    /// It does not count, whatever the day.
    Refused(Refusal),
}

/// Why a decision does not count, whatever the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It can't be read, or has errors.
    Unreadable {
        /// The first of them.
        why: String,
        /// Its line; 0 where there is none.
        line: u32,
    },
    /// It is about another system.
    OtherSystem,
    /// The role in which it is made may not decide this.
    RoleWrong {
        /// Those that may.
        may: &'static [&'static str],
    },
    /// Nobody signed it.
    Unsigned,
    /// Its signature is not one of this file.
    Broken {
        /// Why.
        why: String,
    },
    /// Its key is not in the trust root.
    Stranger,
    /// Its key is revoked.
    Revoked,
    /// Its key is not one of the role in which it is made.
    RoleNotHeld,
}

/// Roles of people: what runs the checks decides nothing.
const PEOPLE: [&str; 6] = ["owner", "risk-owner", "developer", "tester", "privacy", "incident"];

/// The roles that may make a decision; empty for any of people.
#[must_use]
pub fn roles_that_may(decision: &Decision) -> &'static [&'static str] {
    match &decision.content {
        Content::Waive(_) | Content::Exempt(_) => &["owner", "risk-owner"],
        Content::Threat(threat) => match threat.disposition {
            Disposition::Accepted | Disposition::Transferred => &["risk-owner"],
            Disposition::Mitigated | Disposition::Avoided => &[],
        },
        Content::Attest(attest) if attest.check == "logging-lawful" => &["privacy"],
        Content::Attest(_) | Content::Choose(_) => &[],
    }
}

/// Whether a decision counts on a day, for a system. What is wrong for good comes before what the day makes wrong.
#[must_use]
pub fn standing(fact: &DecisionFact, as_of: Date, system: &str) -> Standing {
    let decision = match &fact.decision {
        Ok(decision) => decision,
        Err(broken) => {
            let (why, line) = (broken.why.clone(), broken.line);
            return Standing::Refused(Refusal::Unreadable { why, line });
        }
    };
    if decision.system != system {
        return Standing::Refused(Refusal::OtherSystem);
    }
    if matches!(decision.role.as_str(), "runner" | "tool") {
        return Standing::Refused(Refusal::RoleWrong { may: &PEOPLE });
    }
    let may = roles_that_may(decision);
    if !may.is_empty() && !may.contains(&decision.role.as_str()) {
        return Standing::Refused(Refusal::RoleWrong { may });
    }
    let (grade, single) = match signed(&fact.signer, &decision.role) {
        Ok(signed) => signed,
        Err(refusal) => return Standing::Refused(refusal),
    };
    if decision.made > as_of {
        return Standing::NotYet;
    }
    if let Some(on) = decision.expires.filter(|last| *last < as_of) {
        return Standing::Expired { on };
    }
    let broken = fact.cited.iter().find_map(|cited| Some((cited, cited.holds.as_ref().err()?)));
    if let Some((cited, why)) = broken {
        return Standing::Stale { what: format!("{}: {why}", cited.what) };
    }
    Standing::Holds { grade, single }
}

fn signed(signer: &Signer, role: &str) -> Result<(Grade, bool), Refusal> {
    match signer {
        Signer::Unsigned => Err(Refusal::Unsigned),
        Signer::Broken { why } => Err(Refusal::Broken { why: why.clone() }),
        Signer::Stranger { .. } => Err(Refusal::Stranger),
        Signer::Revoked { .. } => Err(Refusal::Revoked),
        Signer::Unproven { .. } => Ok((Grade::D, false)),
        Signer::Proven { roles, single, .. } if roles.contains(role) => Ok((Grade::C, *single)),
        Signer::Proven { .. } => Err(Refusal::RoleNotHeld),
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        decision::read,
        digest::Digest,
        fact::{BrokenDecision, CitedFact, DecisionFact, Signer},
        grade::Grade,
    };
    use jiff::civil::{Date, date};

    use super::{
        Refusal,
        Standing::{self, Expired, Holds, NotYet, Refused},
        standing,
    };

    const DAY: Date = date(2026, 11, 21);

    fn fact(role: &str, made: &str, expires: &str, rest: &str, signer: Signer) -> DecisionFact {
        let text = format!(
            "schema = 1\nsystem = \"s\"\nrole = \"{role}\"\nmade = {made}\nexpires = {expires}\nreason = \"r\"\n{rest}"
        );
        let file = read(&text);
        assert_eq!(file.problems, [], "{text}");
        DecisionFact {
            path: "decisions/x.toml".into(),
            digest: Digest::new([1; 32]),
            decision: Ok(file.decision.unwrap()),
            signer,
            signature: None,
            cited: Vec::new(),
        }
    }

    fn proven(roles: &[&str], single: bool) -> Signer {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        Signer::Proven { key: "risk-1".into(), roles, single }
    }

    const EXEMPT: &str = "kind = \"exempt\"\ncheck = \"restore-drilled\"";
    const TRAINED: &str = "kind = \"attest\"\ncheck = \"training-completed\"\nclaim = { privileged = 1, completed = 1 }";
    const LAWFUL: &str = "kind = \"attest\"\ncheck = \"logging-lawful\"\nclaim = { basis = \"consent\", notice = \"n\", logs = [\"log.a\"] }";
    const ACCEPTED: &str =
        "kind = \"threat\"\nthreat = \"t\"\ndisposition = \"accepted\"\nseverity = \"low\"";
    const AVOIDED: &str =
        "kind = \"threat\"\nthreat = \"t\"\ndisposition = \"avoided\"\nhow = \"h\"";

    #[test]
    fn each_row_of_the_table() {
        let key = || "SHA256:x".to_owned();
        let c = Holds { grade: Grade::C, single: false };
        let owners = Refused(Refusal::RoleWrong { may: &["owner", "risk-owner"] });
        let rows: Vec<(&str, &str, &str, &str, Signer, Standing)> = vec![
            // role, made, expires, what, signer: standing
            ("owner", "2026-11-21", "2026-11-21", EXEMPT, proven(&["owner"], false), c.clone()),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                proven(&["owner"], true),
                Holds { grade: Grade::C, single: true },
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Unproven { key: key() },
                Holds { grade: Grade::D, single: false },
            ),
            (
                "owner",
                "2026-01-01",
                "2026-11-20",
                EXEMPT,
                proven(&["owner"], false),
                Expired { on: date(2026, 11, 20) },
            ),
            ("owner", "2026-11-22", "2027-01-01", EXEMPT, proven(&["owner"], false), NotYet),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Unsigned,
                Refused(Refusal::Unsigned),
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Broken { why: "w".into() },
                Refused(Refusal::Broken { why: "w".into() }),
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Stranger { key: key() },
                Refused(Refusal::Stranger),
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Revoked { key: key() },
                Refused(Refusal::Revoked),
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                proven(&["risk-owner"], false),
                Refused(Refusal::RoleNotHeld),
            ),
            (
                "developer",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                proven(&["developer"], false),
                owners.clone(),
            ),
            (
                "developer",
                "2026-01-01",
                "2027-01-01",
                EXEMPT,
                Signer::Unproven { key: key() },
                owners,
            ),
            (
                "developer",
                "2026-01-01",
                "2027-01-01",
                TRAINED,
                proven(&["developer"], false),
                c.clone(),
            ),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                LAWFUL,
                proven(&["owner"], false),
                Refused(Refusal::RoleWrong { may: &["privacy"] }),
            ),
            ("privacy", "2026-01-01", "2027-01-01", LAWFUL, proven(&["privacy"], false), c.clone()),
            (
                "owner",
                "2026-01-01",
                "2027-01-01",
                ACCEPTED,
                proven(&["owner"], false),
                Refused(Refusal::RoleWrong { may: &["risk-owner"] }),
            ),
            ("developer", "2026-01-01", "2027-01-01", AVOIDED, proven(&["developer"], false), c),
            // What is wrong for good is said before what the day makes wrong.
            (
                "owner",
                "2026-01-01",
                "2026-11-20",
                EXEMPT,
                Signer::Unsigned,
                Refused(Refusal::Unsigned),
            ),
        ];
        for (role, made, expires, what, signer, wanted) in rows {
            let fact = fact(role, made, expires, what, signer);
            assert_eq!(
                standing(&fact, DAY, "s"),
                wanted,
                "{role} {made} {expires} {what} {:?}",
                fact.signer
            );
        }
    }

    #[test]
    fn another_system_a_broken_file_and_a_changed_citation() {
        let mut one = fact("owner", "2026-01-01", "2027-01-01", EXEMPT, proven(&["owner"], false));
        assert_eq!(standing(&one, DAY, "other"), Refused(Refusal::OtherSystem));
        let cited = |holds| CitedFact { what: "list".into(), named: Digest::new([2; 32]), holds };
        one.cited = vec![cited(Ok(())), cited(Err("gone".into()))];
        assert_eq!(standing(&one, DAY, "s"), Standing::Stale { what: "list: gone".into() });
        let broken = BrokenDecision { why: "w".into(), line: 3, kind: None, check: None };
        one.decision = Err(broken);
        assert_eq!(
            standing(&one, DAY, "s"),
            Refused(Refusal::Unreadable { why: "w".into(), line: 3 })
        );
    }
}
