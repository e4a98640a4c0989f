//! Conditions under a supposition: which hold, which do not, and of which it is not known.

use super::{
    judge::Judge,
    supposed::ABSENT,
    syntax::Operator,
    text::HOLE,
    value::{CONTENT, COUNT, Data, SAID, Value},
};

impl Judge<'_, '_> {
    /// Whether a condition holds, if what is supposed says so.
    pub(super) fn holds(&self, condition: &Value) -> Option<bool> {
        self.supposed.as_ref()?;
        match &condition.data {
            Data::Bool(holds) => Some(*holds),
            Data::None => Some(false),
            Data::Text(text) => (!text.contains(HOLE)).then_some(!text.is_empty()),
            Data::Int(int) => Some(*int != 0),
            Data::List(items) => Some(!items.is_empty()),
            Data::Map(entries) => Some(!entries.is_empty()),
            Data::Message(..) => Some(true),
            _ => None,
        }
    }

    /// What a comparison gives, if what is supposed says so.
    pub(super) fn compare(&self, operator: Operator, left: &Value, right: &Value) -> Option<bool> {
        self.supposed.as_ref()?;
        // How many messages there are is not supposed.
        let many = |value: &Value| matches!(value.data, Data::Int(count) if count > 1);
        if (left.taint | right.taint) & COUNT != 0 && (many(left) || many(right)) {
            return None;
        }
        let same = same(left, right);
        match operator {
            Operator::Equal => same,
            Operator::Unequal => same.map(|same| !same),
            Operator::In => self.within(left, right),
            Operator::NotIn => self.within(left, right).map(|within| !within),
            Operator::Less | Operator::More => match (&left.data, &right.data) {
                // Whether equal ones are meant too is not known.
                (Data::Int(a), Data::Int(b)) if a != b => {
                    Some((a < b) == (operator == Operator::Less))
                }
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn within(&self, one: &Value, many: &Value) -> Option<bool> {
        match &many.data {
            Data::List(items) => {
                let same: Option<Vec<bool>> = items.iter().map(|item| same(one, item)).collect();
                same.map(|same| same.contains(&true))
            }
            Data::Map(entries) => {
                let same: Option<Vec<bool>> =
                    entries.iter().map(|(key, _)| same(one, key)).collect();
                same.map(|same| same.contains(&true))
            }
            Data::Text(_) => Some(many.known()?.contains(one.known()?)),
            Data::Message(..) => match one.known()? {
                "role" | "content" => Some(true),
                key => ABSENT.contains(&key).then_some(false),
            },
            _ => None,
        }
    }

    /// `and` and `or`, if what is supposed says which.
    pub(super) fn supposed_logic(
        &self,
        operator: Operator,
        left: &Value,
        right: &Value,
    ) -> Option<Value> {
        let (first, second) = (self.holds(left), self.holds(right));
        match (operator, first, second) {
            (Operator::And, Some(false), _) | (Operator::Or, Some(true), _) => Some(left.clone()),
            (Operator::And, Some(true), _) | (Operator::Or, Some(false), _) => Some(right.clone()),
            (Operator::And, None, Some(false)) => Some(Value::of(Data::Bool(false))),
            _ => None,
        }
    }

    pub(super) fn supposed_test(&self, value: &Value, test: &str, not: bool) -> Option<Value> {
        self.supposed.as_ref()?;
        let holds = match (test, &value.data) {
            ("none" | "None", Data::None) => true,
            ("none" | "None", Data::Text(_) | Data::Bool(_) | Data::Int(_) | Data::List(_)) => {
                false
            }
            ("string" | "mapping" | "iterable" | "sequence" | "true" | "number", Data::None) => {
                false
            }
            // What is said is text.
            ("string", Data::Other) if value.taint & CONTENT != 0 => true,
            ("mapping" | "none" | "None", Data::Other) if value.taint & CONTENT != 0 => false,
            ("false" | "False", Data::Bool(bool)) => !bool,
            ("true" | "True", Data::Bool(bool)) => *bool,
            _ => return None,
        };
        Some(Value::of(Data::Bool(holds != not)))
    }
}

/// Whether two values are the same, if that is known.
pub(super) fn same(left: &Value, right: &Value) -> Option<bool> {
    if let (Some(left), Some(right)) = (left.known(), right.known()) {
        return Some(left == right);
    }
    match (&left.data, &right.data) {
        (Data::Bool(a), Data::Bool(b)) => Some(a == b),
        (Data::None, Data::None) => Some(true),
        (Data::Int(a), Data::Int(b)) => Some(a == b),
        // The words that are looked for are the same ones.
        (Data::Other, Data::Other) if left.taint & right.taint & SAID != 0 => Some(true),
        (Data::None, Data::Text(_) | Data::Bool(_))
        | (Data::Text(_) | Data::Bool(_), Data::None) => Some(false),
        _ => None,
    }
}
