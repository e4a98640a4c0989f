//! NumPy's element types: how long an array is depends on them, and whether its bytes are taken for pointers.
//!
//! Source: `arraydescr_reduce` and `arraydescr_setstate` in `numpy/_core/src/multiarray/descriptor.c`.

use super::{
    arguments::Fit,
    machine::Machine,
    value::{Level, Value},
};

/// Element types within element types.
const MAX_DEPTH: u8 = 8;
/// Flags of a type that holds references: counted, pickled as a list, initialised and used under Python's lock.
const REFERENCES: i64 = 27;
/// Those of them that tell such a type from others.
const COUNTED: i64 = 3;

/// The element types that JAX adds to NumPy's.
fn of_ml_dtypes(module: &str, name: &str) -> Option<Kind> {
    let size = if name == "bfloat16" { 2 } else { 1 };
    (module == "ml_dtypes").then_some(Kind::Fixed(size))
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// Its bytes.
    pub(super) size: u64,
    /// It is a reference, or holds one.
    pub(super) object: bool,
}

/// Why a type is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// It was not kept.
    Unseen,
    /// NumPy writes no such type.
    Odd(&'static str),
}

/// A kind of element, with what its code says of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    /// Of a fixed size.
    Fixed(u64),
    Bytes(u64),
    Text(u64),
    /// Raw, a record, or an array within the array. NumPy's own class of records says no size.
    Void(Option<u64>),
}

pub(super) const ODD: Unknown = Unknown::Odd("it describes elements as NumPy does not");

impl Machine<'_, '_, '_> {
    /// Whether a value is an element type.
    pub(super) fn is_dtype(&self, value: Value) -> bool {
        matches!(value, Value::Object { .. })
            && self.named(value).is_some_and(|(module, name)| {
                (module, name) == ("numpy", "dtype") || module == "numpy.dtypes"
            })
    }

    /// `numpy.dtype(code, align, copy)`.
    pub(super) fn dtype_call(&self, items: &[Value]) -> Fit {
        let simple =
            |item: &Value| matches!(item, Value::None | Value::Bool(_) | Value::Int(0 | 1));
        match items {
            [Value::Reported, ..] => Fit::Value(Value::Reported),
            [code, rest @ ..] if rest.iter().all(simple) && self.kind(*code).is_some() => {
                Fit::Object
            }
            _ => Fit::No("it describes elements as NumPy does not"),
        }
    }

    /// `numpy.core.multiarray.scalar(type, bytes)`: of a type of references it gives back what it is given.
    pub(super) fn scalar_call(&self, items: &[Value]) -> Fit {
        let (Some(dtype), rest) = (items.first(), items.get(1..).unwrap_or_default()) else {
            return Fit::No("a number without a type");
        };
        if *dtype == Value::Reported {
            return Fit::Value(Value::Reported);
        }
        let text = |value: &Value| value.is_string() || value.is_bytes();
        match (self.element(*dtype), rest) {
            (Ok(Element { object: false, .. }), []) => Fit::Object,
            (Ok(Element { object: false, .. }), [content]) if text(content) => Fit::Object,
            (Err(Unknown::Unseen), _) => Fit::Unseen,
            _ => Fit::No("it makes no number"),
        }
    }

    /// BUILD of an element type: once, as a copy, before anything holds it, and with a state that fits its code.
    pub(super) fn build_dtype(&mut self, class: u32, note: u32, state: Value) {
        let Some(noted) = self.heap.noted(note) else {
            let known = self.named(Value::Global(class)) == Some(("numpy", "dtype"));
            if known {
                self.session.forgotten = true;
            } else {
                self.forbid_type(class, "no library gives it state");
            }
            return;
        };
        let why = if noted.used || noted.state != Value::None {
            Err(Unknown::Odd("no library changes a type that is in use"))
        } else {
            self.described(noted.arguments, state)
        };
        match why {
            Ok(_) => {
                self.heap.set_state(note, state);
                self.keep_fields(state);
            }
            Err(Unknown::Unseen) => self.session.forgotten = true,
            Err(Unknown::Odd(why)) => self.forbid_type(class, why),
        }
    }

    /// The type holds the very dict of its fields: it must stay as it is.
    fn keep_fields(&mut self, state: Value) {
        if let Value::Tuple(state) = state
            && let Some(Value::Dict(fields)) = self.heap.items(state).get(4)
        {
            self.heap.give(*fields);
        }
    }

    fn forbid_type(&mut self, class: u32, why: &'static str) {
        let text = self.show(Value::Global(class));
        self.session.forbid(class, self.here, why, &text);
    }

    /// What an element of a type is.
    pub(super) fn element(&self, dtype: Value) -> Result<Element, Unknown> {
        self.element_within(dtype, MAX_DEPTH)
    }

    pub(super) fn element_within(&self, dtype: Value, depth: u8) -> Result<Element, Unknown> {
        let depth = depth.checked_sub(1).ok_or(ODD)?;
        if dtype == Value::Forgotten {
            return Err(Unknown::Unseen);
        }
        let Value::Object { note, .. } = dtype else { return Err(ODD) };
        if self.named(dtype) != Some(("numpy", "dtype")) {
            return Err(ODD);
        }
        let note = self.heap.noted(note).ok_or(Unknown::Unseen)?;
        let kind = self.kind_of(note.arguments)?;
        match note.state {
            Value::None => match kind {
                Kind::Object => Ok(Element { size: 8, object: true }),
                Kind::Fixed(size)
                | Kind::Bytes(size)
                | Kind::Text(size)
                | Kind::Void(Some(size)) => Ok(Element { size, object: false }),
                Kind::Void(None) => Err(ODD),
            },
            state => self.stated(kind, state, depth),
        }
    }

    /// What a copy of a type is with a state.
    fn described(&self, arguments: Value, state: Value) -> Result<Element, Unknown> {
        let kind = self.kind_of(arguments)?;
        let Value::Tuple(tuple) = arguments else { return Err(ODD) };
        match self.heap.items(tuple) {
            // What is no copy belongs to NumPy itself.
            [_, Value::Bool(false) | Value::Int(0), Value::Bool(true) | Value::Int(1)] => {
                self.stated(kind, state, MAX_DEPTH)
            }
            _ => Err(ODD),
        }
    }

    fn kind_of(&self, arguments: Value) -> Result<Kind, Unknown> {
        match arguments {
            Value::Tuple(tuple) if tuple.whole => {
                let code = self.heap.items(tuple).first().copied();
                code.and_then(|code| self.kind(code)).ok_or(ODD)
            }
            _ => Err(Unknown::Unseen),
        }
    }

    /// The kind that a code such as `f8` stands for, or a class of NumPy's.
    fn kind(&self, code: Value) -> Option<Kind> {
        if let Value::Global(_) = code {
            let (module, name) = self.named(code)?;
            self.allows(code)?;
            return (module.split('.').next() == Some("numpy")
                && matches!(name, "record" | "void"))
            .then_some(Kind::Void(None))
            .or_else(|| of_ml_dtypes(module, name))
            .or_else(|| kind_of_class(module, name));
        }
        kind_of_code(&self.text(code)?)
    }

    /// `(version, order, array, names, fields, size, alignment, flags, …)`.
    fn stated(&self, kind: Kind, state: Value, depth: u8) -> Result<Element, Unknown> {
        let items = match state {
            Value::Tuple(tuple) if tuple.whole => self.heap.items(tuple),
            Value::Tuple(_) | Value::Forgotten => return Err(Unknown::Unseen),
            _ => return Err(ODD),
        };
        let [
            Value::Int(version),
            order,
            array,
            names,
            fields,
            Value::Int(size),
            Value::Int(alignment),
            Value::Int(flags),
            ref rest @ ..,
        ] = *items
        else {
            return Err(if items.contains(&Value::Forgotten) { Unknown::Unseen } else { ODD });
        };
        let order = self.text(order);
        let ordered = order.is_some_and(|order| matches!(order.as_str(), "<" | ">" | "|" | "="));
        let sized = matches!((version, rest), (3, []) | (4, [_])) && (-1..=64).contains(&alignment);
        if !ordered || !sized || !matches!(self.at_most(Level::Literal, rest), Fit::Object) {
            return Err(ODD);
        }
        let element = match kind {
            Kind::Void(said) => {
                let size = u64::try_from(size).map_err(|_| ODD)?;
                if said.is_some_and(|said| said != size) {
                    return Err(ODD);
                }
                let object = self.parts(array, names, fields, size, depth)?;
                Element { size, object }
            }
            _ if (array, names, fields) != (Value::None, Value::None, Value::None) => {
                return Err(ODD);
            }
            Kind::Object => Element { size: 8, object: true },
            Kind::Fixed(size) => Element { size, object: false },
            Kind::Bytes(said) | Kind::Text(said) if u64::try_from(size) == Ok(said) => {
                Element { size: said, object: false }
            }
            Kind::Bytes(_) | Kind::Text(_) => return Err(ODD),
        };
        let needed = if element.object { REFERENCES } else { 0 };
        let counted = if element.object { COUNTED } else { 0 };
        let fits =
            (0..256).contains(&flags) && flags & needed == needed && flags & COUNTED == counted;
        if fits { Ok(element) } else { Err(ODD) }
    }
}

/// As `dtype.str` writes types, with or without the order of bytes.
pub(super) fn kind_of_code(code: &str) -> Option<Kind> {
    let code = code.strip_prefix(['<', '>', '|', '=']).unwrap_or(code);
    let (kind, digits) = code.split_at_checked(1)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    let number: u64 = if digits.is_empty() { 0 } else { digits.parse().ok().filter(|_| plain)? };
    match (kind, number) {
        ("O", 0 | 4 | 8) => Some(Kind::Object),
        ("?", 0) => Some(Kind::Fixed(1)),
        ("b", 1) | ("i" | "u", 1 | 2 | 4 | 8) | ("f", 2 | 4 | 8 | 10 | 12 | 16) => {
            Some(Kind::Fixed(number))
        }
        ("c", 8 | 16 | 20 | 24 | 32) | ("M" | "m", 8) => Some(Kind::Fixed(number)),
        ("S" | "a", _) => Some(Kind::Bytes(number)),
        ("U", _) => number.checked_mul(4).map(Kind::Text),
        ("V", _) => Some(Kind::Void(Some(number))),
        _ => None,
    }
}

/// Types that are given by their class.
fn kind_of_class(module: &str, name: &str) -> Option<Kind> {
    let size = match (module, name) {
        ("numpy", "bool" | "bool_" | "int8" | "uint8") | ("builtins", "bool") => 1,
        ("numpy", "int16" | "uint16" | "float16") => 2,
        ("numpy", "int32" | "uint32" | "float32") => 4,
        ("numpy", "int64" | "uint64" | "float64" | "complex64") | ("builtins", "float") => 8,
        ("numpy", "complex128") => 16,
        ("numpy", "object_") | ("builtins", "object") => return Some(Kind::Object),
        _ => return None,
    };
    Some(Kind::Fixed(size))
}
