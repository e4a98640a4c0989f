//! Operators.

use super::{
    judge::Judge,
    syntax::{Expression, Operator},
    text::percent,
    value::{CONTENT, COUNT, DATE, Data, MADE, MESSAGES, NAME, TRIGGER, Value, is_word},
};

/// Bytes or elements that a constant may be multiplied to.
const MANY: u64 = 1 << 20;

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
        let mut compared = 0;
        for (operator, right) in rest {
            if matches!(operator, Operator::And | Operator::Or) {
                self.under |= value.taint & TRIGGER;
            }
            let right_value = self.value(right);
            if compares(*operator) {
                compared |= (value.taint | right_value.taint) & TRIGGER;
                compared |= trigger(&value, &right_value) | trigger(&right_value, &value);
                value = Value { data: right_value.data, taint: right_value.taint };
                continue;
            }
            value = self.operate(right.at, *operator, value, &right_value);
        }
        self.under = under;
        self.quiet = quiet;
        if comparison { Value::other(compared) } else { value }
    }

    fn operate(&mut self, at: usize, operator: Operator, left: Value, right: &Value) -> Value {
        let taint = left.taint | right.taint;
        match (operator, &left.data, &right.data) {
            (Operator::And | Operator::Or, ..) => {
                let mut value = left.or(right);
                value.taint &= !MADE;
                value
            }
            (Operator::Add, Data::Int(a), Data::Int(b)) => {
                Value { data: Data::Int(a.saturating_add(*b)), taint }
            }
            (Operator::Subtract, Data::Int(a), Data::Int(b)) => {
                Value { data: Data::Int(a.saturating_sub(*b)), taint }
            }
            (Operator::Remainder, Data::Int(a), Data::Int(b)) => {
                Value { data: Data::Int(a.checked_rem(*b).unwrap_or(0)), taint }
            }
            (Operator::Multiply, Data::Int(a), Data::Int(b)) => {
                Value { data: Data::Int(a.saturating_mul(*b)), taint }
            }
            (Operator::Power, Data::Int(a), Data::Int(b)) => {
                let power = u32::try_from(*b).unwrap_or(u32::MAX);
                if power > 4096 {
                    self.endless(at, "a power that takes for ever");
                }
                Value { data: Data::Int(a.saturating_pow(power)), taint }
            }
            (Operator::Add, Data::List(a), Data::List(b))
                if a.len().saturating_add(b.len()) < 4096 =>
            {
                self.spend(a.len().saturating_add(b.len()));
                Value { data: Data::List(a.iter().chain(b).cloned().collect()), taint }
            }
            (Operator::Add, Data::Text(_), _)
            | (Operator::Add, _, Data::Text(_))
            | (Operator::Join, ..) => {
                let mut text = left.shown();
                text.push_str(&right.shown());
                Value::text(self.kept(at, text), taint & !(COUNT | MESSAGES))
            }
            (Operator::Multiply, Data::Text(text), Data::Int(times))
            | (Operator::Multiply, Data::Int(times), Data::Text(text)) => {
                let times = u64::try_from(*times).unwrap_or(0);
                let size = times.saturating_mul(text.len() as u64);
                if size > MANY {
                    self.endless(at, &format!("a text of {size} bytes"));
                    return Value::other(taint | MADE);
                }
                let text = text.repeat(usize::try_from(times).unwrap_or(0));
                Value::text(self.kept(at, text), taint)
            }
            (Operator::Multiply, Data::List(items), Data::Int(times)) => {
                let size = u64::try_from(*times).unwrap_or(0).saturating_mul(items.len() as u64);
                if size > MANY {
                    self.endless(at, &format!("a list of {size} elements"));
                }
                Value::other(taint | MADE)
            }
            (Operator::Remainder, Data::Text(format), _) => {
                let words = match &right.data {
                    Data::List(items) => items.iter().map(Value::shown).collect(),
                    _ => vec![right.shown()],
                };
                let text = percent(format, &words);
                Value::text(self.kept(at, text), taint)
            }
            (Operator::Add, ..) => Value::other(taint),
            _ => Value::other(taint & !(CONTENT | NAME | MESSAGES)),
        }
    }
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

/// Whether it matters what somebody said: `value` comes from there, `other` is a constant that people use.
pub(super) fn trigger(value: &Value, other: &Value) -> u16 {
    let worded = |value: &Value| value.known().is_some_and(is_word);
    let words = match &other.data {
        Data::List(items) => items.iter().any(worded),
        _ => worded(other),
    };
    let constant = match &other.data {
        Data::Int(_) => true,
        Data::List(items) => {
            items.iter().any(|item| item.known().is_some() || matches!(item.data, Data::Int(_)))
        }
        _ => other.known().is_some_and(|text| !text.is_empty()),
    };
    let many = matches!(other.data, Data::Int(number) if number >= 2);
    let said = value.taint & (CONTENT | NAME) != 0 && words;
    let timed = value.taint & DATE != 0 && constant;
    let counted = value.taint & COUNT != 0 && many;
    if said || timed || counted { TRIGGER } else { 0 }
}
