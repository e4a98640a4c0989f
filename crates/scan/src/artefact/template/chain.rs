//! Operators.

use super::{
    judge::Judge,
    sources::compared,
    syntax::{Expression, Operator},
    text::percent,
    value::{CONTENT, COUNT, DATE, Data, MADE, MESSAGE, MESSAGES, STEPPED, TOOLS, TRIGGER, Value},
};

/// Bytes or elements that a constant may be multiplied to.
pub(super) const MANY: u64 = 1 << 20;

impl<'t> Judge<'t, '_> {
    pub(super) fn chain(
        &mut self,
        first: &'t Expression,
        rest: &'t [(Operator, Expression)],
    ) -> Value {
        let comparison = rest.first().is_some_and(|(operator, _)| compares(*operator));
        // What is compared is not said.
        let quiet = self.quiet;
        self.quiet |= comparison;
        let mut value = self.value(first);
        let under = self.under;
        let (mut depends, mut decided) = (0, None);
        for (operator, right) in rest {
            if matches!(operator, Operator::And | Operator::Or) {
                self.under |= value.taint & TRIGGER;
            }
            let right_value = self.value(right);
            if compares(*operator) {
                depends |= compared(&value, &right_value);
                decided = self.compare(*operator, &value, &right_value);
                value = right_value;
                continue;
            }
            value = self.operate(right.at, *operator, value, &right_value);
        }
        self.under = under;
        self.quiet = quiet;
        match decided {
            _ if !comparison => value,
            Some(holds) if rest.len() == 1 => Value { data: Data::Bool(holds), taint: depends },
            _ => Value::other(depends),
        }
    }

    fn operate(&mut self, at: usize, operator: Operator, left: Value, right: &Value) -> Value {
        let taint = left.taint | right.taint;
        if let Some(known) = self.supposed_logic(operator, &left, right) {
            return known;
        }
        match (operator, &left.data, &right.data) {
            (Operator::And | Operator::Or, ..) => self.either_of(at, left, right),
            (Operator::Power, Data::Int(a), Data::Int(b)) => {
                let power = u32::try_from(*b).unwrap_or(u32::MAX);
                if power > 4096 {
                    self.endless(at, "a power that takes for ever");
                }
                counted(a.checked_pow(power), taint)
            }
            (Operator::Power, ..) => {
                self.endless(at, "a power of what is not known");
                Value::other(taint | MADE)
            }
            (_, Data::Int(a), Data::Int(b)) => counted(calculated(operator, *a, *b), taint),
            (Operator::Add, Data::List(a), Data::List(b))
                if a.len().saturating_add(b.len()) < 4096 =>
            {
                self.spend(left.weight().saturating_add(right.weight()));
                Value { data: Data::List(a.iter().chain(b).cloned().collect()), taint }
            }
            (Operator::Join, ..) => self.joined(at, &left, right),
            (Operator::Add, Data::Text(_), _) | (Operator::Add, _, Data::Text(_)) => {
                self.joined(at, &left, right)
            }
            (Operator::Multiply, Data::Text(_) | Data::List(_), Data::Int(times)) => {
                self.repeated(at, &left, *times, taint)
            }
            (Operator::Multiply, Data::Int(times), Data::Text(_) | Data::List(_)) => {
                self.repeated(at, right, *times, taint)
            }
            (Operator::Multiply, Data::Text(_) | Data::List(_), _) => {
                self.chosen(at, &left, right.taint | TRIGGER & right.taint);
                Value::other(taint).made_of(&[&left])
            }
            (Operator::Multiply, _, Data::Text(_) | Data::List(_)) => {
                self.chosen(at, right, left.taint);
                Value::other(taint).made_of(&[right])
            }
            (Operator::Remainder, Data::Text(format), _) => {
                let words = match &right.data {
                    Data::List(items) => items.iter().map(Value::shown).collect(),
                    _ => vec![right.shown()],
                };
                self.widths(at, format, std::slice::from_ref(right));
                let text = percent(format, &words);
                self.kept(at, text);
                Value::text(super::text::HOLE.to_string(), super::methods::texted(taint))
                    .made_of(&[&left, right])
            }
            (Operator::Multiply, Data::Int(times), _)
            | (Operator::Multiply, _, Data::Int(times))
                if *times > 1000 =>
            {
                self.endless(at, "a number that is multiplied without measure");
                Value::other(taint | TRIGGER | MADE)
            }
            (Operator::Add, ..) if taint & (DATE | COUNT) == 0 => {
                Value::other(taint).made_of(&[&left, right])
            }
            _ => Value::other(reckoned(&left, right)).made_of(&[&left, right]),
        }
    }

    /// `or` and `and` give one of two values.
    fn either_of(&mut self, at: usize, left: Value, right: &Value) -> Value {
        if left.taint & TRIGGER != 0 {
            self.chosen(at, right, TRIGGER);
        }
        left.or(right)
    }

    fn joined(&mut self, at: usize, left: &Value, right: &Value) -> Value {
        let mut taint =
            (left.taint | right.taint) & !(COUNT | MESSAGES | MESSAGE | TOOLS | STEPPED);
        if (left.taint | right.taint) & (MESSAGES | MESSAGE | TOOLS) != 0 {
            taint |= CONTENT;
        }
        let mut text = self.marked(left, left.written());
        text.push_str(&self.marked(right, right.written()));
        let parts = [left, right];
        let lost = parts.iter().any(|part| part.holds_text() && part.texts().is_empty());
        if parts.iter().any(|part| matches!(part.data, Data::List(_) | Data::Map(_))) {
            self.kept(at, left.shown() + &right.shown());
        }
        let made = if lost { MADE } else { 0 };
        Value::text(self.kept(at, text), taint | made).made_of(&parts)
    }

    fn repeated(&mut self, at: usize, value: &Value, times: i64, taint: u16) -> Value {
        self.chosen(at, value, taint & !value.taint & TRIGGER);
        let times = u64::try_from(times).unwrap_or(0);
        let length = match &value.data {
            Data::Text(text) => text.len(),
            Data::List(items) => items.len(),
            _ => 1,
        };
        let size = times.saturating_mul(length as u64).saturating_mul(self.rounds);
        if size > MANY {
            self.endless(at, &format!("a value of {size} bytes or elements"));
            return Value::other(taint | MADE);
        }
        let Data::Text(text) = &value.data else { return Value::other(taint | MADE) };
        let text = text.repeat(usize::try_from(times).unwrap_or(0));
        Value::text(self.kept(at, text), taint)
    }
}

/// A number, if it is one that Python makes too.
fn counted(number: Option<i64>, taint: u16) -> Value {
    match number {
        Some(number) => Value { data: Data::Int(number), taint },
        None => Value::other(taint | MADE),
    }
}

fn calculated(operator: Operator, left: i64, right: i64) -> Option<i64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Remainder => {
            let rest = left.checked_rem(right)?;
            if rest != 0 && (rest < 0) != (right < 0) {
                rest.checked_add(right)
            } else {
                Some(rest)
            }
        }
        _ => None,
    }
}

/// Where a number comes from. The last of many is one less than how many, and roles take turns by two.
fn reckoned(left: &Value, right: &Value) -> u16 {
    let taint = left.taint | right.taint;
    let mut made = taint & (TRIGGER | MADE | COUNT | STEPPED);
    if taint & (CONTENT | DATE) != 0 {
        made |= TRIGGER;
    }
    if taint & COUNT != 0 {
        match (&left.data, &right.data) {
            (_, Data::Int(-1..=1)) | (Data::Int(-1..=1), _) => {
                made |= if taint & STEPPED == 0 { STEPPED } else { TRIGGER };
            }
            (_, Data::Int(2)) if taint & STEPPED == 0 => made |= STEPPED,
            (Data::Other, Data::Other) if taint & MADE == 0 => {}
            _ => made |= TRIGGER,
        }
    }
    made
}

const fn compares(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::More
            | Operator::In
            | Operator::NotIn
    )
}
