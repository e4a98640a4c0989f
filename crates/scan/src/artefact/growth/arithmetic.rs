//! Arithmetic on the few numbers that are known.

use super::value::{MAX_HELD, Value};

/// What is done with numbers, element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Modulo,
    Maximum,
    Minimum,
    And,
    Or,
    Not,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    Shift,
    Negate,
    Absolute,
    Floor,
    Ceiling,
    Root,
    Exponential,
    Square,
    /// The first.
    Same,
    /// The first, as a whole number.
    Whole,
    /// The second or the third, by the first.
    Choose,
    /// Something that is never below zero.
    Positive,
    /// Something between zero and one.
    Share,
    /// Something between minus one and one.
    Signed,
    /// Something else, of which only the size is known.
    Other,
}

impl Arithmetic {
    /// The numbers that come of it.
    pub(super) fn of(self, inputs: &[&Value]) -> Option<Vec<f64>> {
        let held: Vec<&[f64]> =
            inputs.iter().map(|value| value.held.as_deref()).collect::<Option<_>>()?;
        let count = held.iter().map(|numbers| numbers.len()).max()?;
        let fits = |numbers: &&[f64]| numbers.len() == count || numbers.len() == 1;
        if count > MAX_HELD || !held.iter().all(fits) {
            return None;
        }
        let whole = inputs.iter().all(|value| value.whole);
        (0..count)
            .map(|at| {
                let number =
                    |numbers: &&[f64]| numbers.get(at).or_else(|| numbers.first()).copied();
                let numbers = held.iter().map(number).collect::<Option<Vec<f64>>>()?;
                self.one(&numbers, whole)
            })
            .collect()
    }

    fn one(self, numbers: &[f64], whole: bool) -> Option<f64> {
        let truth = |value: bool| Some(f64::from(u8::from(value)));
        let (first, rest) = numbers.split_first()?;
        let first = *first;
        let all = |join: fn(f64, f64) -> f64| Some(rest.iter().fold(first, |a, b| join(a, *b)));
        let second = || rest.first().copied();
        match self {
            Self::Add => all(|a, b| a + b),
            Self::Multiply => all(|a, b| a * b),
            Self::Maximum => all(f64::max),
            Self::Minimum => all(f64::min),
            Self::Subtract => Some(first - second()?),
            Self::Divide if second()? == 0.0 => None,
            Self::Divide if whole => Some((first / second()?).trunc()),
            Self::Divide => Some(first / second()?),
            Self::Power => Some(first.powf(second()?)),
            Self::Modulo if second()? == 0.0 => None,
            Self::Modulo => Some(first.rem_euclid(second()?)),
            Self::And => truth(numbers.iter().all(|number| *number != 0.0)),
            Self::Or => truth(numbers.iter().any(|number| *number != 0.0)),
            Self::Not => truth(first == 0.0),
            Self::Less => truth(first < second()?),
            Self::LessEqual => truth(first <= second()?),
            Self::Greater => truth(first > second()?),
            Self::GreaterEqual => truth(first >= second()?),
            #[expect(clippy::float_cmp, reason = "they are whole, or the same constant")]
            Self::Equal => truth(first == second()?),
            #[expect(clippy::float_cmp, reason = "they are whole, or the same constant")]
            Self::NotEqual => truth(first != second()?),
            Self::Shift => Some(first * second()?.exp2()),
            Self::Negate => Some(-first),
            Self::Absolute => Some(first.abs()),
            Self::Floor => Some(first.floor()),
            Self::Ceiling => Some(first.ceil()),
            Self::Whole => Some(first.trunc()),
            Self::Root => Some(first.sqrt()),
            Self::Exponential => Some(first.exp()),
            Self::Square => Some(first * first),
            Self::Same => Some(first),
            Self::Choose => rest.get(usize::from(first == 0.0)).copied(),
            Self::Positive | Self::Share | Self::Signed | Self::Other => None,
        }
    }

    /// Whether what comes of whole numbers is whole.
    pub(super) const fn keeps_whole(self) -> bool {
        !matches!(
            self,
            Self::Root
                | Self::Exponential
                | Self::Positive
                | Self::Share
                | Self::Signed
                | Self::Other
        )
    }
}
