//! Loops, and what is set.

use super::{
    judge::Judge,
    syntax::{For, Target},
    text::HOLE,
    value::{CONTENT, Data, MADE, MESSAGE, MESSAGES, NAME, TRIGGER, Value},
};

/// Elements of a constant that a loop goes over one by one.
const MAX_ROUNDS: usize = 64;
/// Rounds of nested constant loops.
const MANY_ROUNDS: u64 = 1 << 20;
/// Rounds in which what doubles each time is without measure.
const DOUBLINGS: u64 = 16;

impl<'t> Judge<'t, '_> {
    pub(super) fn repeat(&mut self, made: &'t For) {
        let over = self.value(&made.over);
        let (jumped, jumps, rounds) = (self.jumped, self.jumps, self.rounds);
        self.loops = self.loops.saturating_add(1);
        self.jumps = false;
        let (items, exact) = self.items(&over);
        let exact = exact && made.only.is_none();
        if let Data::Range(count) = over.data {
            self.rounds = rounds.saturating_mul(count);
            if self.rounds > MANY_ROUNDS {
                self.endless(made.over.at, &format!("loops of {} rounds", self.rounds));
            }
        }
        if !exact {
            self.shown.doubt();
        }
        let condition = over.taint & TRIGGER;
        self.under(condition, |judge| {
            judge.scoped_with(
                |judge| judge.rounds(made, &items, exact),
                |judge, name, value| judge.left(name, value, exact && !judge.jumps),
            );
        });
        if self.jumps {
            self.shown.doubt();
        }
        self.loops = self.loops.saturating_sub(1);
        (self.jumped, self.jumps, self.rounds) = (jumped, jumps, rounds);
        self.under(condition, |judge| judge.scoped(|judge| judge.body(&made.otherwise)));
    }

    /// What a loop goes over, and whether it is all there is.
    fn items(&mut self, over: &Value) -> (Vec<Value>, bool) {
        match &over.data {
            Data::List(items) if items.len() <= MAX_ROUNDS => (items.clone(), true),
            Data::Text(text) if !text.contains(HOLE) && text.len() <= MAX_ROUNDS => {
                let letters = text.chars();
                (letters.map(|letter| Value::text(letter.to_string(), over.taint)).collect(), true)
            }
            _ => {
                let of_messages = if over.taint & MESSAGES == 0 { 0 } else { MESSAGE };
                let taint = (over.taint & !MESSAGES) | of_messages;
                let item = Value::other(taint).made_of(&[over]);
                let times = if self.loops <= 2 { 3 } else { 1 };
                (vec![item; times], false)
            }
        }
    }

    fn rounds(&mut self, made: &'t For, items: &[Value], exact: bool) {
        let mut sizes = Vec::new();
        for item in items {
            self.round(made, item);
            if !exact && items.len() > 1 {
                sizes.push(self.names.sizes());
            }
        }
        let few = self.rounds < DOUBLINGS && self.rounds > 1;
        if !few && let [first, second, third] = sizes.as_slice() {
            let doubles = first.iter().any(|(name, one)| {
                let two = second.get(name).copied().unwrap_or(0);
                let three = third.get(name).copied().unwrap_or(0);
                *one > 0 && two >= one.saturating_mul(2) && three >= two.saturating_mul(2)
            });
            if doubles {
                self.endless(made.over.at, "a text that doubles in each round of a loop");
            }
        }
    }

    fn round(&mut self, made: &'t For, item: &Value) {
        let before = self.under;
        self.under |= self.jumped;
        if let [target] = made.targets.as_slice() {
            self.bind(target.clone(), item.clone());
        } else {
            for (place, target) in made.targets.iter().enumerate() {
                let part = self.part(item, place);
                self.bind(target.clone(), part);
            }
        }
        let condition = made.only.as_ref().map_or(0, |only| self.value(only).taint);
        self.under(condition, |judge| judge.body(&made.body));
        self.under = before;
    }

    /// What one of several targets gets. The first of two is a key.
    fn part(&self, item: &Value, place: usize) -> Value {
        let known = match &item.data {
            Data::List(parts) => parts.get(place).cloned(),
            _ => None,
        };
        known.unwrap_or_else(|| {
            let written = item.taint & CONTENT != 0;
            let key = if place == 0 && written { NAME } else { 0 };
            let taint = if place == 0 { item.taint & !(CONTENT | MESSAGE) } else { item.taint };
            Value::other(taint | key).made_of(&[item])
        })
    }

    /// What a loop leaves in a namespace. Of another number of rounds, it would be something else.
    fn left(&self, name: &str, value: Value, exact: bool) -> Value {
        match self.names.find(name) {
            Some(held) if !exact => value.or(held),
            _ => value,
        }
    }

    pub(super) fn assign(&mut self, targets: &[Target], value: &Value) {
        for (place, target) in targets.iter().enumerate() {
            let part = match &value.data {
                _ if targets.len() == 1 => value.clone(),
                Data::List(parts) if parts.len() == targets.len() => {
                    parts.get(place).cloned().unwrap_or_else(|| Value::other(value.taint | MADE))
                }
                _ => Value::other(value.taint).made_of(&[value]),
            };
            self.set(target, part);
        }
    }

    pub(super) fn set(&mut self, target: &Target, mut value: Value) {
        value.taint |= self.under;
        let Some(attribute) = &target.attribute else {
            self.bind(target.name.clone(), value);
            return;
        };
        if attribute.starts_with('_') {
            self.escape(target.at, &format!("it sets the attribute {attribute}"));
        }
        let space = match self.names.find(&target.name).map(|held| &held.data) {
            Some(Data::Space(space)) => space.clone(),
            _ => target.name.clone(),
        };
        let name = format!("{space}.{attribute}");
        // Another round may find either.
        let value = match self.names.find(&name) {
            Some(held) if self.loops > 0 => {
                Value { taint: value.taint | (held.taint & TRIGGER), ..value }
            }
            _ => value,
        };
        self.bind(name, value);
    }
}
