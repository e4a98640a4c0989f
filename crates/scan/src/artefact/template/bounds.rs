//! Texts that grow by a number rather than by what they are made of.

use super::{
    judge::Judge,
    value::{CONTENT, COUNT, DATE, Data, TRIGGER, Value},
};

/// Columns that a text may be stretched to, and digits that a number may have.
const WIDE: u64 = 10_000;
/// Methods and filters whose numbers are widths.
const STRETCHING: &[&str] = &[
    "center",
    "ljust",
    "rjust",
    "zfill",
    "expandtabs",
    "indent",
    "wordwrap",
    "truncate",
    "batch",
    "slice",
    "round",
    "tojson",
];

impl<'t> Judge<'t, '_> {
    /// Looks at the arguments of what stretches a text.
    pub(super) fn stretched(&mut self, at: usize, base: &Value, name: &str, values: &[Value]) {
        if !STRETCHING.contains(&name) {
            return;
        }
        let times = self.rounds;
        let wide = values.iter().any(|value| match &value.data {
            Data::Int(width) => width.unsigned_abs().saturating_mul(times.max(1)) > WIDE,
            Data::Text(text) => (text.len() as u64).saturating_mul(times.max(1)) > WIDE,
            _ => value.taint & super::value::MADE != 0,
        });
        if wide {
            self.endless(at, &format!("`{name}` stretches a text without measure"));
        }
        let by = values.iter().fold(0, |by, value| by | value.taint);
        self.chosen(at, base, by & (CONTENT | TRIGGER | DATE | COUNT));
    }

    /// Looks at the widths and precisions in a format of `%` or of braces.
    pub(super) fn widths(&mut self, at: usize, format: &str, values: &[Value]) {
        let long = format.split(|letter: char| !letter.is_ascii_digit()).any(|digits| {
            digits.len() >= 5 || digits.parse::<u64>().is_ok_and(|width| width > WIDE)
        });
        let spec = format.contains(['%', '{']);
        if spec && long && (format.contains('%') || format.contains(':')) {
            self.endless(at, "a format that is wide without measure");
        }
        let given = format.contains("%*") || format.contains("%.*") || format.contains(":{");
        if given && !values.is_empty() {
            self.outside(at, "a format whose width is an argument");
        }
    }
}
