//! The keys that count, and from where to where: what the trust root names, and what signed events made of it.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{digest::Digest, fact::Signer, grade::Grade};
use coseal_sign::ssh::PublicKey;

use crate::evidence::Origin;

use super::{
    event::{Event, EventKind, signers},
    root::{Root, RootKey},
};

/// Key events beyond this many are not looked at.
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
    /// Where each decision first stood in each log.
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
    /// An event counts when the key that it ends signed it, or two keys of different roles of people did. Events of a
    /// key that has ended count only where they stand before its end. The order of `events` leaves no trace.
    #[must_use]
    pub fn new(root: &Root, events: &[Carried], decided: BTreeMap<Digest, Vec<Position>>) -> Self {
        let mut ring =
            Self { has_root: true, keys: root.keys.clone(), ended: BTreeMap::new(), decided };
        let mut open: Vec<(Event, &Carried, Vec<PublicKey>)> = events
            .iter()
            .take(MAX_EVENTS)
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
        let mut any = false;
        let mut rest = Vec::new();
        for (event, carried, keys) in open.drain(..) {
            let counting: Vec<_> =
                keys.iter().filter(|key| self.counts_at(key, &carried.at)).cloned().collect();
            let by_itself = counting.iter().any(|key| key.fingerprint() == event.key);
            let by_two = self.two_roles(&counting);
            if (by_itself || by_two) && wanted(&event, by_two) {
                any |= self.apply(&event);
            } else {
                rest.push((event, carried, keys));
            }
        }
        *open = rest;
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

    /// Whether two of these keys hold different roles of people.
    fn two_roles(&self, keys: &[PublicKey]) -> bool {
        let roles_of = |key: &PublicKey| -> BTreeSet<&String> {
            self.holders(key)
                .flat_map(|held| &held.roles)
                .filter(|role| !matches!(role.as_str(), "runner" | "tool"))
                .collect()
        };
        keys.iter().enumerate().any(|(at, one)| {
            keys.iter().skip(at + 1).any(|other| {
                let (a, b) = (roles_of(one), roles_of(other));
                !a.is_empty() && !b.is_empty() && (a.len() > 1 || b.len() > 1 || a != b)
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
                environment.is_none_or(|environment| allowed.contains(environment))
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

    /// Who signed a decision.
    #[must_use]
    pub fn signer(&self, key: &PublicKey, decision: &Digest) -> Signer {
        let shown = key.fingerprint();
        if !self.has_root {
            return Signer::Unproven { key: shown };
        }
        let roles: BTreeSet<String> =
            self.holders(key).flat_map(|held| held.roles.iter().cloned()).collect();
        let Some(held) = self.holders(key).next() else { return Signer::Stranger { key: shown } };
        if let Some(ends) = self.ended.get(key) {
            let seen = self.decided.get(decision).map(Vec::as_slice).unwrap_or_default();
            let in_time = |end: &Position| {
                seen.iter().any(|at| at.origin == end.origin && at.index < end.index)
            };
            if !ends.iter().all(in_time) {
                return Signer::Revoked { key: shown };
            }
        }
        let single = self.is_single(key, &roles);
        Signer::Proven { key: held.name.clone(), roles, single }
    }

    /// Whether one key stands for several people: it holds two roles that should be apart, or it also runs the
    /// checks, or nobody else holds any role.
    fn is_single(&self, key: &PublicKey, roles: &BTreeSet<String>) -> bool {
        let apart = APART.iter().filter(|role| roles.contains(**role)).count();
        let others = self
            .keys
            .iter()
            .filter(|held| held.public != *key)
            .any(|held| APART.iter().any(|role| held.roles.contains(*role)));
        apart > 1 || roles.contains("runner") || !others
    }
}
