//! Values within values.

mod pairs;

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::{
    atoms::{
        ALTERNATIVE, BUILTIN, BYTECODE, CALL, CALL_WITH, CLOSURE, DOTS, ENVIRONMENT, NAMESPACE,
        PACKAGE, PAIRS, PAIRS_WITH, PERSISTENT, POINTER, PROMISE, REFERENCE, SPECIAL, SYMBOL, TEXT,
        UNBOUND, WEAK, is_fixed, is_list, numbers,
    },
    language,
    rules::LOADS,
    stream::Stream,
};
use crate::artefact::{
    report::Report,
    stop::{Step, Stop},
};

/// Values within values.
const MAX_DEPTH: u32 = 400;
/// Values of a file.
const MAX_VALUES: u64 = 40_000_000;
/// Symbols and environments that are kept.
const MAX_REFERENCES: usize = 1 << 17;

/// What a value is to what holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A symbol or a text.
    Name(String),
    /// A call of this function.
    Call(Option<String>),
    /// Pairs, with the texts of them.
    Names(Vec<String>),
    /// Nothing was evaluated yet.
    Unbound,
    Other,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Data,
    /// Within an environment: promises that were kept stand there.
    Variables,
    /// Within an expression.
    Expression,
    /// Within a function, which is judged as a whole.
    Function,
}

/// Reads values.
pub(super) struct Walk<'a, 'r> {
    pub(super) stream: Stream<'a>,
    pub(super) report: &'r mut Report,
    references: Vec<Value>,
    values: u64,
    depth: u32,
}

impl<'a, 'r> Walk<'a, 'r> {
    pub(super) fn new(stream: Stream<'a>, report: &'r mut Report) -> Self {
        Self { stream, report, references: Vec::new(), values: 0, depth: 0 }
    }

    /// A value and all that it holds.
    pub(super) fn value(&mut self, place: Place) -> Step<Value> {
        let flags = self.stream.integer()?.cast_unsigned();
        self.flagged(flags, place)
    }

    fn flagged(&mut self, flags: u32, place: Place) -> Step<Value> {
        self.values = self.values.saturating_add(1);
        if self.values > MAX_VALUES {
            return Err(Stop::Limit("there are more values than are followed"));
        }
        self.deeper()?;
        let value = self.kind(flags, place);
        self.shallower();
        value
    }

    /// A value within a value begins.
    pub(super) fn deeper(&mut self) -> Step {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(Stop::Limit("values nest deeper than is followed"));
        }
        Ok(())
    }

    /// It ended.
    pub(super) const fn shallower(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn kind(&mut self, flags: u32, place: Place) -> Step<Value> {
        let kind = (flags & 0xff) as u8;
        let attributes = flags & 0x200 != 0;
        match kind {
            _ if is_fixed(kind) => {
                return Ok(if kind == UNBOUND { Value::Unbound } else { Value::Other });
            }
            SYMBOL => return self.symbol(),
            REFERENCE => return self.reference(flags),
            ENVIRONMENT => return self.environment(),
            PAIRS | CLOSURE | PROMISE | CALL | DOTS | PAIRS_WITH | CALL_WITH => {
                return self.pairs(kind, flags, place);
            }
            NAMESPACE | PACKAGE | PERSISTENT => return self.named(kind),
            ALTERNATIVE => return self.alternative(),
            TEXT => return self.text(),
            SPECIAL | BUILTIN => return self.builtin(place),
            POINTER => {
                self.keep(Value::Other)?;
                self.value(place)?;
                self.value(place)?;
            }
            WEAK => self.keep(Value::Other)?,
            BYTECODE => self.bytecode()?,
            // An object without content: all is in its attributes.
            25 => {}
            _ if is_list(kind) => {
                let length = self.stream.length(4)?;
                for _ in 0..length {
                    self.value(place)?;
                }
            }
            _ => {
                let Some((width, words)) = numbers(kind) else {
                    return self
                        .stream
                        .broken(format!("a value is of the kind {kind}, which there is not"));
                };
                let length = self.stream.length(width)?;
                self.stream.skip(length, width, words)?;
            }
        }
        if attributes {
            self.value(place)?;
        }
        Ok(Value::Other)
    }

    fn keep(&mut self, value: Value) -> Step {
        if self.references.len() >= MAX_REFERENCES {
            return Err(Stop::Limit("there are more symbols than are kept"));
        }
        self.references.push(value);
        Ok(())
    }

    fn symbol(&mut self) -> Step<Value> {
        let name = self.value(Place::Data)?;
        self.keep(name.clone())?;
        Ok(name)
    }

    fn text(&mut self) -> Step<Value> {
        let length = self.stream.integer()?;
        if length == -1 {
            return Ok(Value::Other);
        }
        let length = u64::try_from(length).ok().filter(|length| *length <= self.stream.left());
        match length {
            Some(length) => self.stream.text(length).map(Value::Name),
            None => self.stream.broken("a text is longer than the data"),
        }
    }

    fn reference(&mut self, flags: u32) -> Step<Value> {
        let packed = flags >> 8;
        let index = if packed == 0 { self.stream.integer()?.cast_unsigned() } else { packed };
        let place = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
        match place.and_then(|place| self.references.get(place)) {
            Some(value) => Ok(value.clone()),
            None => self.stream.broken("a reference leads to nothing"),
        }
    }

    fn environment(&mut self) -> Step<Value> {
        self.stream.integer()?;
        self.keep(Value::Other)?;
        for _ in 0..4 {
            self.value(Place::Variables)?;
        }
        Ok(Value::Other)
    }

    fn named(&mut self, kind: u8) -> Step<Value> {
        let at = self.stream.offset();
        self.stream.integer()?;
        let count = self.stream.length(4)?;
        let mut names = Vec::new();
        for _ in 0..count {
            names.push(self.value(Place::Data)?);
        }
        match (kind, names.first()) {
            (NAMESPACE | PACKAGE, Some(Value::Name(name))) => {
                language::package(name.trim_start_matches("package:"), at, self.report);
            }
            _ => self.report.find(&LOADS, Unknown, at, "a hook of the loader makes this value"),
        }
        self.keep(Value::Other)?;
        Ok(Value::Other)
    }

    /// A vector that is kept in another way: who makes it, its state, and its attributes.
    fn alternative(&mut self) -> Step<Value> {
        let at = self.stream.offset();
        let Value::Names(names) = self.value(Place::Data)? else {
            return self.stream.broken("a vector does not say what makes it");
        };
        let name = |place: usize| names.get(place).map_or("", String::as_str);
        language::vectors(name(0), name(1), at, self.report);
        self.value(Place::Data)?;
        self.value(Place::Data)?;
        Ok(Value::Other)
    }

    fn builtin(&mut self, place: Place) -> Step<Value> {
        let at = self.stream.offset();
        let Value::Name(name) = self.text()? else {
            return self.stream.broken("a function of R has no name");
        };
        if place != Place::Function {
            language::called(&name, false, at, self.report);
        }
        Ok(Value::Name(name))
    }
}
