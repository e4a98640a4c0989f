//! The keys that count, and from where to where: what the trust root names, and what signed events made of it.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{digest::Digest, fact::Signer, grade::Grade};
use coseal_sign::ssh::PublicKey;

use crate::evidence::Origin;

use super::{
    event::{Event, EventKind, signers},
    root::{Root, RootKey},
};

/// Key events that are looked at; with more nobody's key counts.
const MAX_EVENTS: usize = 10_000;
/// Roles of people, of which one key should not hold two.
const APART: [&str; 4] = ["owner", "risk-owner", "developer", "tester"];

/// A place in a log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Origin of the log.
    pub origin: String,
    /// Index of the entry.
    pub index: u64,
}

/// A key event as it stands in a log.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Where it stands.
    pub at: Position,
    /// Its text.
    pub text: String,
    /// SSH signatures under the text.
    pub signatures: Vec<String>,
}

/// The keys that count for one system.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    has_root: bool,
    keys: Vec<RootKey>,
    ended: BTreeMap<PublicKey, Vec<Position>>,
    /// Where each signature of a decision first stood in each log.
    decided: BTreeMap<Digest, Vec<Position>>,
}

impl Keyring {
    /// The keyring without a trust root: it knows nobody.
    #[must_use]
    pub fn unknown() -> Self {
        Self::default()
    }

    /// The keys of a root, after the events that its keys signed.
    ///
    /// An event counts when it stands in the log of a runner or tool, and the key that it ends signed it or two people of
    /// different roles did, one of them an owner. Events of a key that has ended count only where they stand before its
    /// end. The order of `events` leaves no trace.
    #[must_use]
    pub fn new(root: &Root, events: &[Carried], decided: &BTreeMap<Digest, Vec<Position>>) -> Self {
        let mut ring = Self::of(root, &[], decided);
        let mut before = usize::MAX;
        // The log of a key that took another's place counts once the event that says so does.
        loop {
            let known = |carried: &&Carried| {
                Origin::parse(&carried.at.origin).is_some_and(|log| ring.knows_log(&log))
            };
            let carried: Vec<Carried> = events.iter().filter(known).cloned().collect();
            if carried.len() == before {
                return ring;
            }
            before = carried.len();
            ring = Self::of(root, &carried, decided);
        }
    }

    fn of(root: &Root, events: &[Carried], decided: &BTreeMap<Digest, Vec<Position>>) -> Self {
        if events.len() > MAX_EVENTS {
            return Self { has_root: true, ..Self::default() };
        }
        let mut ring = Self {
            has_root: true,
            keys: root.keys.clone(),
            ended: BTreeMap::new(),
            decided: decided.clone(),
        };
        let mut open: Vec<(Event, &Carried, Vec<PublicKey>)> = events
            .iter()
            .filter_map(|carried| {
                let event = Event::read(&carried.text).ok()?;
                let keys = signers(&carried.text, &carried.signatures);
                (event.system == root.system && !keys.is_empty()).then_some((event, carried, keys))
            })
            .collect();
        open.sort_by(|a, b| (a.1.at.clone(), &a.1.text).cmp(&(b.1.at.clone(), &b.1.text)));
        // What two roles revoke goes first: a stolen key must not be able to hand itself on.
        ring.settle(&mut open, |event, by_two| event.event == EventKind::Revoke && by_two);
        while ring.settle(&mut open, |_, _| true) {}
        ring
    }

    /// Applies the events that count now; whether there was any.
    fn settle(
        &mut self,
        open: &mut Vec<(Event, &Carried, Vec<PublicKey>)>,
        wanted: impl Fn(&Event, bool) -> bool,
    ) -> bool {
        let mut now = Vec::new();
        let mut rest = Vec::new();
        for (event, carried, keys) in open.drain(..) {
            let counting: Vec<_> =
                keys.iter().filter(|key| self.counts_at(key, &carried.at)).cloned().collect();
            let by_itself = counting.iter().any(|key| key.fingerprint() == event.key);
            let by_two = self.two_people(&counting);
            if (by_itself || by_two) && wanted(&event, by_two) {
                now.push(event);
            } else {
                rest.push((event, carried, keys));
            }
        }
        *open = rest;
        // All at once: of two that revoke each other, both go.
        let mut any = false;
        for event in &now {
            any |= self.apply(event);
        }
        any
    }

    fn apply(&mut self, event: &Event) -> bool {
        let Some(old) = self.keys.iter().find(|key| key.public.fingerprint() == event.key).cloned()
        else {
            return false;
        };
        if let Some(new) = &event.new {
            let Ok(public) = PublicKey::parse(new) else { return false };
            if !self.keys.iter().any(|key| key.public == public) {
                self.keys.push(RootKey { public, ..old.clone() });
            }
        }
        let end = Position { origin: event.log.clone(), index: event.position };
        self.ended.entry(old.public).or_default().push(end);
        true
    }

    /// Whether two of these keys are of different people who hold different roles, and one of them is an owner. A key that
    /// took another's place is of the same person: it has the same name.
    fn two_people(&self, keys: &[PublicKey]) -> bool {
        let people: Vec<(&str, BTreeSet<&String>)> = keys
            .iter()
            .flat_map(|key| self.holders(key))
            .map(|held| {
                let roles = held.roles.iter();
                let roles = roles.filter(|role| !matches!(role.as_str(), "runner" | "tool"));
                (held.name.as_str(), roles.collect())
            })
            .filter(|(_, roles): &(&str, BTreeSet<&String>)| !roles.is_empty())
            .collect();
        let owns = |roles: &BTreeSet<&String>| {
            roles.iter().any(|role| matches!(role.as_str(), "owner" | "risk-owner"))
        };
        people.iter().any(|(name, roles)| {
            owns(roles)
                && people.iter().any(|(other, others)| {
                    name != other
                        && others.iter().any(|theirs| roles.iter().any(|ours| ours != theirs))
                })
        })
    }

    fn holders(&self, key: &PublicKey) -> impl Iterator<Item = &RootKey> {
        self.keys.iter().filter(move |held| held.public == *key)
    }

    /// Whether what a key signed counts at a place: it is known, and has not ended before.
    fn counts_at(&self, key: &PublicKey, at: &Position) -> bool {
        let before = |end: &Position| end.origin == at.origin && at.index < end.index;
        self.holders(key).next().is_some()
            && self.ended.get(key).is_none_or(|ends| ends.iter().all(before))
    }

    /// Whether an event that counts ended a key there.
    #[must_use]
    pub fn has_ended(&self, key: &PublicKey, at: &Position) -> bool {
        self.ended.get(key).is_some_and(|ends| ends.contains(at))
    }

    /// What a record is worth that the key of its log signed.
    #[must_use]
    pub fn grade(&self, key: &[u8; 32], at: &Position, environment: Option<&str>) -> Grade {
        let mut best = Grade::D;
        for held in self.keys.iter().filter(|held| held.public.ed25519().as_ref() == Some(key)) {
            let speaks = held.environments.as_ref().is_none_or(|allowed| {
                environment.is_some_and(|environment| allowed.contains(environment))
            });
            if !speaks || !self.counts_at(&held.public, at) {
                continue;
            }
            if held.roles.contains("runner") {
                best = best.min(Grade::A);
            } else if held.roles.contains("tool") {
                best = best.min(Grade::B);
            }
        }
        best
    }

    /// Whether the key that writes a log is, or was, one of a runner or a tool.
    #[must_use]
    pub fn knows_log(&self, log: &Origin) -> bool {
        self.keys.iter().any(|held| {
            let writes =
                held.public.ed25519().is_some_and(|key| Origin::of_key(&log.system, &key) == *log);
            writes && (held.roles.contains("runner") || held.roles.contains("tool"))
        })
    }

    /// Whether there is a trust root at all.
    #[must_use]
    pub const fn has_root(&self) -> bool {
        self.has_root
    }

    /// The first record of a log that no longer counts, because the key that writes it has ended.
    #[must_use]
    pub fn end_of(&self, log: &Origin) -> Option<u64> {
        let writes = |key: &PublicKey| {
            key.ed25519().is_some_and(|key| Origin::of_key(&log.system, &key) == *log)
        };
        let ends = self.ended.iter().filter(|(key, _)| writes(key)).flat_map(|(_, ends)| ends);
        ends.map(|end| if end.origin == log.to_string() { end.index } else { 0 }).min()
    }

    /// Who signed a decision. `signature` is the digest of the signature: what a key signed that has ended counts only
    /// if that very signature was on record before.
    #[must_use]
    pub fn signer(&self, key: &PublicKey, signature: &Digest) -> Signer {
        let shown = key.fingerprint();
        if !self.has_root {
            return Signer::Unproven { key: shown };
        }
        let roles: BTreeSet<String> =
            self.holders(key).flat_map(|held| held.roles.iter().cloned()).collect();
        let Some(held) = self.holders(key).next() else { return Signer::Stranger { key: shown } };
        if let Some(ends) = self.ended.get(key) {
            let seen = self.decided.get(signature).map(Vec::as_slice).unwrap_or_default();
            let in_time = |end: &Position| {
                seen.iter().any(|at| at.origin == end.origin && at.index < end.index)
            };
            if !ends.iter().all(in_time) {
                return Signer::Revoked { key: shown };
            }
        }
        let single = self.is_single(&held.name, &roles);
        Signer::Proven { key: held.name.clone(), roles, single }
    }

    /// Whether one key stands for several people: it holds two roles that should be apart, or it also runs the
    /// checks, or nobody else holds any role.
    fn is_single(&self, name: &str, roles: &BTreeSet<String>) -> bool {
        let apart = APART.iter().filter(|role| roles.contains(**role)).count();
        let others = self
            .keys
            .iter()
            .filter(|held| held.name != name && !self.ended.contains_key(&held.public))
            .any(|held| APART.iter().any(|role| held.roles.contains(*role)));
        apart > 1 || roles.contains("runner") || !others
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{digest::Digest, fact::Signer, grade::Grade};
    use coseal_sign::{
        key::Ed25519Key,
        ssh::{self, PublicKey},
    };

    use super::{Carried, Keyring, Position};
    use crate::{
        evidence::Origin,
        trust::{KEY_NAMESPACE, Root},
    };

    fn key(seed: u8) -> Ed25519Key {
        Ed25519Key::from_seed(&[seed; 32])
    }

    fn public(seed: u8) -> PublicKey {
        PublicKey::from_ed25519(&key(seed).public()).unwrap()
    }

    /// Keys 1 runner, 2 owner, 3 risk-owner, 4 developer, 5 tester.
    fn root() -> Root {
        let roles = ["runner", "owner", "risk-owner", "developer", "tester"];
        root_of(&roles.map(|role| vec![role]))
    }

    fn root_of(keys: &[Vec<&str>]) -> Root {
        let mut text = "schema = 1\nsystem = \"s\"\n".to_owned();
        for (seed, roles) in (1..).zip(keys) {
            let (name, public) = (format!("k{seed}"), public(seed));
            text.push_str(&format!("[key.{name}]\npublic = \"{public}\"\nroles = {roles:?}\n"));
        }
        Root::read(&text).unwrap()
    }

    fn log(seed: u8) -> String {
        Origin::of_key("s", &key(seed).public()).to_string()
    }

    fn event(old: u8, new: Option<u8>, position: u64) -> String {
        let kind = if new.is_some() { "rotate" } else { "revoke" };
        let new = new.map(|new| format!("new = \"{}\"\n", public(new))).unwrap_or_default();
        format!(
            "schema = 1\nsystem = \"s\"\nevent = \"{kind}\"\nkey = \"{}\"\n{new}log = \"{}\"\nposition = {position}\nmade = \"2026-11-21\"\nreason = \"r\"\n",
            public(old).fingerprint(),
            log(1)
        )
    }

    fn carried(text: &str, by: &[u8], origin: &str, index: u64) -> Carried {
        let sign = |seed: &u8| {
            let text_of = key(*seed).to_openssh().unwrap();
            let signer = ssh::Signer::from_openssh(&text_of, &mut || None).unwrap();
            signer.sign(KEY_NAMESPACE, text.as_bytes()).unwrap()
        };
        Carried {
            at: Position { origin: origin.to_owned(), index },
            text: text.to_owned(),
            signatures: by.iter().map(sign).collect(),
        }
    }

    fn ring(root: &Root, events: &[Carried]) -> Keyring {
        let mut backwards = events.to_vec();
        backwards.reverse();
        let (one, other) = (
            Keyring::new(root, events, &BTreeMap::new()),
            Keyring::new(root, &backwards, &BTreeMap::new()),
        );
        for seed in 1..9 {
            assert_eq!(
                one.ended.contains_key(&public(seed)),
                other.ended.contains_key(&public(seed))
            );
        }
        one
    }

    fn roles(ring: &Keyring, seed: u8) -> Vec<String> {
        match ring.signer(&public(seed), &Digest::new([0; 32])) {
            Signer::Proven { roles, .. } => roles.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn two_people_with_an_owner_among_them_end_a_key_and_nobody_else_does() {
        let root = root();
        let ended = |by: &[u8]| {
            ring(&root, &[carried(&event(3, None, 0), by, &log(1), 9)])
                .ended
                .contains_key(&public(3))
        };
        assert!(ended(&[3]) && ended(&[2, 4]) && ended(&[2, 3]));
        for few in [&[2][..], &[4, 5], &[4], &[2, 2], &[7, 8], &[2, 7], &[1, 2]] {
            assert!(!ended(few), "{few:?}");
        }
    }

    #[test]
    fn who_replaces_the_own_key_is_not_two_people() {
        let root = root_of(&[vec!["runner"], vec!["owner", "tester"], vec!["risk-owner"]]);
        let twin = carried(&event(2, Some(6), 1_000_000), &[2], &log(1), 1);
        let seize = carried(&event(3, Some(7), 1), &[2, 6], &log(1), 2);
        let ring = ring(&root, &[twin, seize]);
        assert_eq!(roles(&ring, 6), ["owner", "tester"]);
        assert!(!ring.ended.contains_key(&public(3)) && roles(&ring, 7).is_empty());
    }

    #[test]
    fn one_person_stays_one_after_a_rotation() {
        let root = root_of(&[vec!["runner"], vec!["owner"]]);
        let ring = ring(&root, &[carried(&event(2, Some(6), 1), &[2], &log(1), 1)]);
        let signer = ring.signer(&public(6), &Digest::new([0; 32]));
        assert!(matches!(signer, Signer::Proven { single: true, .. }), "{signer:?}");
    }

    #[test]
    fn of_two_who_revoke_each_other_both_go() {
        let root = root();
        let one = carried(&event(2, None, 0), &[3, 4], &log(1), 1);
        let other = carried(&event(3, None, 0), &[2, 4], &log(1), 2);
        let ring = ring(&root, &[one, other]);
        assert!(ring.ended.contains_key(&public(2)) && ring.ended.contains_key(&public(3)));
    }

    #[test]
    fn events_in_logs_of_strangers_do_nothing_and_can_not_push_out_others() {
        let root = root();
        let mut events = vec![carried(&event(4, None, 0), &[2, 3], &log(1), 1)];
        for index in 0..20_000 {
            let at = Position { origin: format!("s/{:032x}", 0), index };
            events.push(Carried { at, text: "event = 1".into(), signatures: Vec::new() });
        }
        let ring = ring(&root, &events);
        assert!(ring.ended.contains_key(&public(4)));
        let stranger = carried(&event(5, None, 0), &[2, 3], &log(8), 1);
        assert!(!Keyring::new(&root, &[stranger], &BTreeMap::new()).ended.contains_key(&public(5)));
    }

    #[test]
    fn what_a_key_signs_after_its_end_does_not_count_even_if_the_text_was_there_before() {
        let root = root();
        let (before, after) = (Digest::new([1; 32]), Digest::new([2; 32]));
        let seen = BTreeMap::from([(before, vec![Position { origin: log(1), index: 3 }])]);
        let end = carried(&event(2, None, 5), &[3, 4], &log(1), 5);
        let ring = Keyring::new(&root, &[end], &seen);
        assert!(matches!(ring.signer(&public(2), &before), Signer::Proven { .. }));
        assert!(matches!(ring.signer(&public(2), &after), Signer::Revoked { .. }));
    }

    #[test]
    fn a_limited_key_speaks_for_its_environments_alone() {
        let text = format!(
            "schema = 1\nsystem = \"s\"\n[key.a]\npublic = \"{}\"\nroles = [\"runner\"]\nenvironments = [\"staging\"]\n",
            public(1)
        );
        let ring = ring(&Root::read(&text).unwrap(), &[]);
        let at = Position { origin: log(1), index: 0 };
        let grade = |environment| ring.grade(&key(1).public(), &at, environment);
        assert_eq!(grade(Some("staging")), Grade::A);
        assert_eq!((grade(Some("production")), grade(None)), (Grade::D, Grade::D));
        let person = text.replace("runner", "owner");
        assert!(Root::read(&person).is_err(), "a decision names its own environments");
    }
}
