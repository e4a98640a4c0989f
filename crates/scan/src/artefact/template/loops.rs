//! Loops, and what is set.

use std::collections::BTreeMap;

use super::{
    judge::Judge,
    roles::ANYBODY,
    syntax::{For, Target},
    text::HOLE,
    value::{
        CONTENT, COUNT, Data, LETTERS, MADE, MESSAGE, MESSAGES, NAME, PIECES, SAID, TRIGGER, Value,
    },
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
        let (growing, left_out) = (std::mem::take(&mut self.growing), self.left_out);
        let role = self.role;
        let around = std::mem::replace(&mut self.around, self.under);
        self.left_out = 0;
        self.loops = self.loops.saturating_add(1);
        self.jumps = false;
        let (items, exact) = self.items(&over);
        let outside = self.enter_loop();
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
        if over.taint & MESSAGES != 0 && made.only.is_none() {
            self.role = Some((ANYBODY, self.shown.text.len()));
        }
        let condition = over.taint & TRIGGER;
        let words = self.words;
        self.under(condition, |judge| {
            judge.scoped_with(
                |judge| judge.rounds(made, &items, exact),
                |judge, name, value| judge.left(name, value, exact && !judge.jumps),
            );
        });
        if self.jumps {
            self.shown.doubt();
        }
        if self.words > words
            && (self.left_out != 0 || over.taint & MESSAGES != 0 && condition != 0)
        {
            self.chance();
        }
        self.loops = self.loops.saturating_sub(1);
        self.leave_loop(outside);
        (self.jumped, self.jumps, self.rounds) = (jumped, jumps, rounds);
        let condition = condition | self.left_out;
        (self.growing, self.left_out, self.role) = (growing, left_out, role);
        self.around = around;
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
            Data::None if self.supposed.is_some() => (Vec::new(), true),
            _ => {
                let of_messages = if over.taint & MESSAGES == 0 { 0 } else { MESSAGE };
                let pieces = if over.taint & (SAID | PIECES | TRIGGER) != SAID {
                    0
                } else {
                    PIECES | LETTERS
                };
                let said = if self.supposed.is_some() { over.taint & SAID } else { 0 };
                let taint = (over.taint & !(MESSAGES | SAID)) | of_messages | pieces | said;
                let item = Value::other(taint).made_of(&[over]);
                let times = match self.supposed {
                    Some(_) if self.loops <= 2 => 2,
                    None if self.loops <= 2 => 4,
                    _ => 1,
                };
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
        let [first, second, third, last] = sizes.as_slice() else { return };
        let mut doubles = false;
        for (name, size) in last {
            let was = |sizes: &BTreeMap<String, usize>| sizes.get(name).copied().unwrap_or(0);
            let (one, two, three) = (was(first), was(second), was(third));
            if three < *size && two < three && one < two {
                self.growing.insert(name.clone());
            }
            let (step, next) = (two.saturating_sub(one), three.saturating_sub(two));
            let then = size.saturating_sub(three);
            doubles |= step > 0 && next >= step.saturating_mul(2) && then >= next.saturating_mul(2);
        }
        let few = self.rounds < DOUBLINGS && self.rounds > 1;
        if doubles && !few {
            self.endless(made.over.at, "a value that doubles in each round of a loop");
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
        let only = made.only.as_ref().map(|only| self.value(only));
        if only.as_ref().and_then(|only| self.holds(only)) == Some(false) {
            self.under = before;
            return;
        }
        let condition = only.map_or(0, |only| only.taint);
        self.left_out |= condition & TRIGGER;
        if let Some((ANYBODY, _)) = self.role {
            self.role = Some((ANYBODY, self.shown.text.len()));
        }
        self.under(condition, |judge| judge.body(&made.body));
        self.next_round();
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
            let taint = if place == 0 {
                item.taint & !(CONTENT | MESSAGE | LETTERS)
            } else {
                item.taint & !LETTERS
            };
            Value::other(taint | key).made_of(&[item])
        })
    }

    /// What a loop leaves in a namespace. Of another number of rounds, it would be something else.
    fn left(&self, name: &str, value: Value, exact: bool) -> Value {
        match self.names.find(name) {
            Some(held) if !exact => {
                let mut value = value.or(held);
                value.taint |= if self.growing.contains(name) { COUNT } else { 0 };
                value
            }
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
