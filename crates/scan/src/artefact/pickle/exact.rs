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
            ("cloudpickle.cloudpickle", "_builtin_type") => Some(self.type_name(items, "types")),
            // Its items are its attributes: they are set one by one, and seen.
            ("statsmodels.tools.tools", "Bunch") if !items.is_empty() => {
                Some(Fit::No("no library makes one like that"))
            }
            // What is in the state becomes attributes of the parameter.
            ("torch._utils", "_rebuild_parameter_with_state") => {
                if let Some(state) = items.get(3) {
                    self.check_state(import, *state);
                }
                None
            }
            // It is made anew of the series that it was made of.
            ("statsmodels.tsa.arima_model", "ARIMA") => Some(self.series_model(items)),
            // A tensor of whole numbers with a scale lies in its storage like any other.
            ("torch._utils", "_rebuild_qtensor") => match self.tensor(items) {
                Fit::Object => None,
                other => Some(other),
            },
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

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
        let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    #[test]
    fn numbers_are_not_written_out() {
        let fraction = |text: &str| {
            let text = format!("cfractions\nFraction\nV{text}\n\u{85}R");
            let bytes: Vec<u8> =
                text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
            verdict(&[&bytes])
        };
        assert_eq!(fraction("-1/3"), ArtefactVerdict::Clean);
        assert_eq!(fraction("1e400000000"), ArtefactVerdict::Unknown);
        let decimal: &[u8] = b"cdecimal\nDecimal\n\x8c\x061e9999\x85R";
        assert_eq!(
            verdict(&[b"cfractions\nFraction\n", decimal, b"\x85R"]),
            ArtefactVerdict::Unknown
        );
        let range = |stop: &[u8]| {
            verdict(&[b"cpandas.core.indexes.range\nRangeIndex\nK\x00", stop, b"K\x01\x87R"])
        };
        assert_eq!(range(b"M\xff\xff"), ArtefactVerdict::Clean);
        assert_eq!(range(b"J\xff\xff\xff\x7f"), ArtefactVerdict::Malformed);
    }

    #[test]
    fn bytes_are_what_their_codec_makes_of_a_string() {
        // As Latin-1 the string of the inner stream is the whole rest; as UTF-8 it is half of that.
        let payload = "0cos\ngetpid\n)R";
        let length = payload.len();
        let inner =
            format!("U{}{}{payload}.", char::from(2 * length as u8), "\u{e9}".repeat(length));
        let content =
            [b"X" as &[u8], &u32::try_from(inner.len()).unwrap().to_le_bytes(), inner.as_bytes()]
                .concat();
        let read = |codec: &[u8]| {
            verdict(&[
                b"ctorch.storage\n_load_from_bytes\nc_codecs\nencode\n",
                &content,
                codec,
                b"R\x85R",
            ])
        };
        assert_eq!(read(b"\x8c\x06latin1\x86"), ArtefactVerdict::Clean);
        assert_eq!(read(b"\x8c\x05utf-8\x86"), ArtefactVerdict::Malicious);
        assert_eq!(read(b"\x85"), ArtefactVerdict::Malicious);
        assert_eq!(read(b"\x8c\x06utf-16\x86"), ArtefactVerdict::Unknown);
    }
}
