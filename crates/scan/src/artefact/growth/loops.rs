//! Loops: how often they turn, and what comes of that.

use super::{
    MAX_TURNS,
    program::{Loop, Node},
    ranges,
    run::Run,
    shapes::f64_of,
    value::Value,
};

/// Turns that are followed one by one: what doubles in each is beyond any memory by then.
const FOLLOWED: f64 = 64.0;
/// The same within another loop.
const FOLLOWED_INSIDE: f64 = 8.0;
/// Times that what is known of what a loop carries is widened: each time a bound is given up.
const WIDENED: usize = 4;
/// Nodes of one loop that are followed.
const MAX_NODES: f64 = 200_000.0;

impl<'p> Run<'p, '_> {
    /// What a loop gives; says if it never ends, or takes too long.
    pub(super) fn turns_of(&mut self, node: &'p Node, held: &Loop, inputs: &[Value]) -> Vec<Value> {
        let mut start: Vec<Value> = Vec::new();
        if held.before == 2 {
            start.push(Value::numbers(vec![0.0], false, true));
            let given = node.inputs.get(1).is_some_and(|key| *key != 0);
            let condition = inputs.get(1).filter(|_| given).cloned();
            start.push(condition.unwrap_or_else(|| Value::numbers(vec![1.0], false, true)));
        }
        start.extend(inputs.iter().skip(held.carried).cloned());
        let scanned = start.len().saturating_sub(held.along.unwrap_or(0));
        start.iter_mut().skip(scanned).for_each(|value| *value = value.row());
        let never = held.before == 2 && start.get(1).and_then(Value::number) == Some(0.0);
        let along = held.along.map(|count| {
            let scanned = inputs.iter().rev().take(count);
            scanned.filter_map(|value| value.size(0)).max()
        });
        let most = match held.turns {
            Some(at) if node.inputs.get(at).is_some_and(|key| *key != 0) => {
                inputs.get(at).and_then(Value::number)
            }
            _ => Some(f64::INFINITY),
        };
        let turns = match along {
            Some(length) => length.map(f64_of),
            None if never => Some(0.0),
            None => self.turns(held, &start, most),
        };
        if let Some(turns) = turns.filter(|turns| turns * self.turns > MAX_TURNS) {
            let times = if turns.is_infinite() {
                "never ends".to_owned()
            } else {
                format!("turns {} times", turns * self.turns)
            };
            self.find(node.at, &format!("{} {times}, whatever it is given", node.name));
        }
        let count = inputs.len().saturating_sub(held.carried);
        let kept = count.saturating_sub(held.along.unwrap_or(0));
        self.followed(held, start, turns, kept)
    }

    /// How many turns a loop takes: none if that depends on what the model is given.
    fn turns(&mut self, held: &Loop, start: &[Value], most: Option<f64>) -> Option<f64> {
        self.tries = self.tries.saturating_add(1);
        let open = |at: usize| Value { counts: Some((at, 0.0)), ..Value::unknown(true) };
        let (_, after) = self.turn(held, (0..start.len()).map(open).collect());
        let step = |at: usize| match after.get(at)?.counts {
            Some((from, step)) if from == at => Some(step),
            _ => None,
        };
        let arguments = start
            .iter()
            .enumerate()
            .map(|(at, value)| if step(at) == Some(0.0) { value.clone() } else { open(at) });
        let (condition, _) = self.turn(held, arguments.collect());
        let until = condition.until.and_then(|(at, from, to)| {
            let start = start.get(at).and_then(Value::number)?;
            let step = step(at)?;
            // What counts upwards and begins above is never below.
            Some(match step {
                _ if start < from || start > to => 0.0,
                step if step > 0.0 => (to - start) / step,
                step if step < 0.0 => (from - start) / step,
                _ => f64::INFINITY,
            })
        });
        let open = condition.number().is_none() && condition.varies && until.is_none();
        let always = open && self.always(held, start);
        self.tries = self.tries.saturating_sub(1);
        let holds = match condition.number() {
            Some(number) => Some(if number == 0.0 { 1.0 } else { f64::INFINITY }),
            _ if always => Some(f64::INFINITY),
            // Nothing that it depends on ever changes.
            _ if !condition.varies => Some(f64::INFINITY),
            _ => until,
        };
        match (holds, most) {
            (Some(holds), Some(most)) => Some(holds.min(most.max(0.0))),
            (Some(holds), None) if holds.is_finite() => Some(holds),
            _ => None,
        }
    }

    /// Whether the condition holds for all numbers that what is carried can be, from the first turn on.
    fn always(&mut self, held: &Loop, start: &[Value]) -> bool {
        let mut range: Vec<_> = start.iter().map(ranges::known).collect();
        for _ in 0..WIDENED {
            let (condition, after) = self.turn(held, range.iter().map(between).collect());
            if ranges::known(&condition) != (1.0, 1.0) {
                return false;
            }
            let next = range.iter().enumerate().map(|(at, before)| {
                let after = after.get(at).map(ranges::known);
                ranges::widened(*before, after.unwrap_or((f64::NEG_INFINITY, f64::INFINITY)))
            });
            let next: Vec<_> = next.collect();
            if next == range {
                return true;
            }
            range = next;
        }
        false
    }

    /// One turn: the condition of the next, and what its arguments are.
    fn turn(&mut self, held: &Loop, arguments: Vec<Value>) -> (Value, Vec<Value>) {
        let before = held.before;
        let condition = held.condition.map(|graph| {
            let values = self.part(graph, arguments.clone());
            values.into_iter().next().unwrap_or_else(|| Value::unknown(true))
        });
        let mut after = Vec::new();
        if before == 2 {
            after.push(Value {
                counts: Some((0, 1.0)),
                range: Some((0.0, f64::INFINITY)),
                ..Value::unknown(true)
            });
        }
        after.extend(self.part(held.body, arguments));
        let first = after.get(1).cloned().filter(|_| before == 2);
        let condition = condition.or(first).unwrap_or_else(|| Value::unknown(true));
        (condition, after)
    }

    fn part(&mut self, part: Result<usize, u64>, arguments: Vec<Value>) -> Vec<Value> {
        match part {
            Ok(graph) => self.graph(graph, Some(arguments)),
            Err(function) => self.call(function, &arguments),
        }
    }

    /// Follows the first turns, and gives what the loop does.
    fn followed(
        &mut self,
        held: &Loop,
        start: Vec<Value>,
        turns: Option<f64>,
        kept: usize,
    ) -> Vec<Value> {
        let limit = if self.turns > 1.0 || self.tries > 0 { FOLLOWED_INSIDE } else { FOLLOWED };
        let before = self.left;
        let outside = self.turns;
        self.turns *= turns.unwrap_or(1.0).clamp(1.0, MAX_TURNS);
        let mut values = start;
        let mut elements = Vec::new();
        let mut turn = 0.0;
        while turn < turns.unwrap_or(2.0).clamp(1.0, limit) {
            let mut arguments = values.clone();
            arguments.iter_mut().for_each(|value| value.varies = true);
            let (_, mut after) = self.turn(held, arguments);
            elements = after.split_off(held.before.saturating_add(kept).min(after.len()));
            // What is scanned is what it was.
            after.extend(values.iter().skip(after.len()).cloned());
            if let Some(number) = after.first_mut().filter(|_| held.before == 2) {
                *number = Value::numbers(vec![turn + 1.0], false, true);
            }
            let grows = after.iter().zip(&values).any(|(after, value)| {
                after.least != value.least || after.held != value.held && after.held.is_some()
            });
            values = after;
            turn += 1.0;
            if !grows || f64_of(before.saturating_sub(self.left)) > MAX_NODES {
                break;
            }
        }
        self.turns = outside;
        let times = turns.filter(|turns| turns.is_finite());
        let mut given: Vec<Value> = values.into_iter().skip(held.before).take(kept).collect();
        for value in &mut given {
            *value = Value {
                held: None,
                counts: None,
                until: None,
                range: None,
                varies: true,
                ..value.clone()
            };
        }
        given.extend(elements.into_iter().map(|value| {
            let all = super::value::size_of(times.unwrap_or(1.0)).unwrap_or(1);
            Value { base: value.base, varies: true, ..Value::flat(value.least.saturating_mul(all)) }
        }));
        given
    }
}

/// Of which only the range is known.
fn between(range: &(f64, f64)) -> Value {
    Value { range: Some(*range), ..Value::unknown(true) }
}
