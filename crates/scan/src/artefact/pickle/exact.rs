//! Functions whose arguments are held closer than their row in the table says.

use super::{arguments::Fit, machine::Machine, value::Value};

/// Digits of a fraction that is written out.
const MAX_FRACTION: usize = 1024;
/// Numbers that a range may stand for, whatever the size of the file.
const MAX_RANGE: u64 = 1 << 24;
/// The same, for each byte of the file.
const RANGE_FOR_EACH: u64 = 64;

impl Machine<'_, '_, '_> {
    /// Whether arguments fit an import of which more is known; none if the table says it all.
    pub(super) fn closer(&mut self, import: u32, items: &[Value]) -> Option<Fit> {
        let (module, name) = self.named(Value::Global(import))?;
        match (module, name) {
            ("numpy", "dtype") => Some(self.dtype_call(items)),
            ("numpy.core.multiarray" | "numpy._core.multiarray", "scalar") => {
                Some(self.scalar_call(items))
            }
            ("fractions", "Fraction") => Some(self.fraction(items)),
            // Its items are its attributes: they are set one by one, and seen.
            ("statsmodels.tools.tools", "Bunch") if !items.is_empty() => {
                Some(Fit::No("no library makes one like that"))
            }
            (_, "RangeIndex") => {
                self.range(items);
                None
            }
            _ => None,
        }
    }

    /// Two numbers, or their digits: an exponent would be written out.
    fn fraction(&self, items: &[Value]) -> Fit {
        let digits = |value: &Value| {
            self.text(*value).is_some_and(|text| {
                let bytes = text.as_bytes();
                text.len() <= MAX_FRACTION
                    && bytes.iter().all(|byte| byte.is_ascii_digit() || b"-/".contains(byte))
            })
        };
        let number = |value: &Value| {
            matches!(value, Value::Int(_) | Value::Large | Value::Float | Value::Reported)
        };
        match items {
            [text] if digits(text) => Fit::Object,
            [_] | [_, _] if items.iter().all(number) => Fit::Object,
            _ => Fit::No("it is made of something other than digits"),
        }
    }

    /// A range is kept as three numbers; what holds it may write it out.
    fn range(&mut self, items: &[Value]) {
        let number = |at: usize| match items.get(at) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        };
        match (number(0), number(1)) {
            (Some(start), Some(stop)) => self.bound_range(start, stop, number(2)),
            (Some(stop), None) => self.bound_range(0, stop, None),
            _ => {}
        }
    }

    /// The same, of the state that `_new_Index` is given.
    pub(super) fn range_of(&mut self, state: u32) {
        let number = |name: &str| match self.field(state, name) {
            Some(Value::Int(number)) => Some(number),
            _ => None,
        };
        if let (start, Some(stop), step) = (number("start"), number("stop"), number("step")) {
            self.bound_range(start.unwrap_or(0), stop, step);
        }
    }

    fn bound_range(&mut self, start: i64, stop: i64, step: Option<i64>) {
        let step = step.map_or(1, i64::unsigned_abs).max(1);
        let count = stop.abs_diff(start).div_ceil(step);
        let most = self.bytes.size().saturating_mul(RANGE_FOR_EACH).saturating_add(MAX_RANGE);
        if count > most {
            self.session.exhausting(
                self.here,
                "a range that stands for more numbers than the file can hold",
            );
        }
    }
}
