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
enum Kind {
    Object,
    /// Of a fixed size.
    Fixed(u64),
    Bytes(u64),
    Text(u64),
    /// Raw, a record, or an array within the array. NumPy's own class of records says no size.
    Void(Option<u64>),
}

const ODD: Unknown = Unknown::Odd("it describes elements as NumPy does not");

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
        let text = |value: &Value| {
            value.is_string() || matches!(value, Value::Bytes(_) | Value::Encoded(_) | Value::Blob)
        };
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

    fn element_within(&self, dtype: Value, depth: u8) -> Result<Element, Unknown> {
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

    /// Whether a raw type holds references; in an array or in fields, which must lie within it.
    fn parts(
        &self,
        array: Value,
        names: Value,
        fields: Value,
        size: u64,
        depth: u8,
    ) -> Result<bool, Unknown> {
        match (array, names, fields) {
            (Value::None, Value::None, Value::None) => Ok(false),
            (Value::Tuple(array), Value::None, Value::None) => {
                if !array.whole {
                    return Err(Unknown::Unseen);
                }
                let [base, shape] = *self.heap.items(array) else { return Err(ODD) };
                let base = self.element_within(base, depth)?;
                let count = match shape {
                    Value::Int(count) => u64::try_from(count).ok(),
                    shape => self.count(shape),
                };
                let whole = count.and_then(|count| count.checked_mul(base.size)) == Some(size);
                if whole { Ok(base.object) } else { Err(ODD) }
            }
            (Value::None, Value::Tuple(names), Value::Dict(fields)) => {
                let fields = self.heap.contents(fields).filter(|fields| fields.whole);
                let fields = fields.filter(|_| names.whole).ok_or(Unknown::Unseen)?;
                self.fields(self.heap.items(names), &fields.head, size, depth)
            }
            (_, Value::Forgotten, _) | (_, _, Value::Forgotten) => Err(Unknown::Unseen),
            _ => Err(ODD),
        }
    }

    fn fields(
        &self,
        names: &[Value],
        fields: &[Value],
        size: u64,
        depth: u8,
    ) -> Result<bool, Unknown> {
        let mut known = Vec::new();
        let mut extents = Vec::new();
        for pair in fields.chunks_exact(2) {
            let [name, Value::Tuple(field)] = *pair else { return Err(ODD) };
            let (dtype, offset) = match *self.heap.items(field) {
                [dtype, Value::Int(offset)] | [dtype, Value::Int(offset), _] => (dtype, offset),
                _ => return Err(if field.whole { ODD } else { Unknown::Unseen }),
            };
            let element = self.element_within(dtype, depth)?;
            let start = u64::try_from(offset).map_err(|_| ODD)?;
            let end = start.checked_add(element.size).filter(|end| *end <= size).ok_or(ODD)?;
            known.push(self.text(name).ok_or(ODD)?);
            extents.push((start, end, element.object));
        }
        let said = |name: &Value| self.text(*name).is_some_and(|name| known.contains(&name));
        if !names.iter().all(said) {
            return Err(ODD);
        }
        // A title names a field once more.
        extents.sort_unstable();
        extents.dedup();
        let object = extents.iter().any(|(.., object)| *object);
        let apart = extents.windows(2).all(|pair| match pair {
            [(_, end, _), (start, ..)] => end <= start,
            _ => true,
        });
        if object && !apart { Err(ODD) } else { Ok(object) }
    }

    /// The number of elements of a shape.
    pub(super) fn count(&self, shape: Value) -> Option<u64> {
        let Value::Tuple(shape) = shape else { return None };
        shape.whole.then_some(())?;
        self.heap.items(shape).iter().try_fold(1_u64, |product, side| match side {
            Value::Int(side) => product.checked_mul(u64::try_from(*side).ok()?),
            _ => None,
        })
    }
}

/// As `dtype.str` writes types, with or without the order of bytes.
fn kind_of_code(code: &str) -> Option<Kind> {
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

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use super::{Kind, kind_of_code};
    use crate::{bytes::SliceBytes, inspect};

    #[test]
    fn codes_are_those_that_numpy_writes() {
        assert_eq!(kind_of_code("f8"), Some(Kind::Fixed(8)));
        assert_eq!(kind_of_code(">i4"), Some(Kind::Fixed(4)));
        assert_eq!(kind_of_code("U5"), Some(Kind::Text(20)));
        assert_eq!(kind_of_code("S0"), Some(Kind::Bytes(0)));
        assert_eq!(kind_of_code("V16"), Some(Kind::Void(Some(16))));
        assert_eq!(kind_of_code("M8"), Some(Kind::Fixed(8)));
        for code in ["", "<", "i", "i3", "f08", "S+8", "<<i8", "i8,i8", "2i8", "?1", "M8[ns]x", "X"]
        {
            assert_eq!(kind_of_code(code), None, "{code}");
        }
    }

    fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
        let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    /// A copy of a type, given a state of these flags, of no fields and of a size of its own.
    fn typed(code: &str, size: i32, flags: u8) -> Vec<u8> {
        let size = size.to_le_bytes();
        let code = [b"cnumpy\ndtype\nV", code.as_bytes(), b"\n\x89\x88\x87R"].concat();
        let state =
            [b"(K\x03\x8c\x01<NNNJ" as &[u8], &size, b"J\xff\xff\xff\xffK", &[flags], b"tb"]
                .concat();
        [code, state].concat()
    }

    #[test]
    fn the_state_of_a_type_fits_its_code() {
        for (code, size, flags) in
            [("f8", -1, 0), ("O8", -1, 63), ("U5", 20, 8), ("S5", 5, 0), ("V8", 8, 0)]
        {
            assert_eq!(verdict(&[&typed(code, size, flags)]), ArtefactVerdict::Clean, "{code}");
        }
        for (code, size, flags) in [
            ("f8", -1, 63),
            ("O8", -1, 0),
            ("U5", 16, 8),
            ("S5", 4, 0),
            ("V8", 4, 0),
            ("V8", 8, 27),
        ] {
            assert_eq!(verdict(&[&typed(code, size, flags)]), ArtefactVerdict::Unknown, "{code}");
        }
    }

    #[test]
    fn a_type_is_a_copy_and_is_given_a_state_once_before_it_is_used() {
        let whole = typed("f8", -1, 0);
        let state = whole.windows(3).position(|part| part == b"R(K").unwrap() + 1;
        let (made, state) = whole.split_at(state);
        assert_eq!(verdict(&[made, state]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[made, state, state]), ArtefactVerdict::Unknown);
        assert_eq!(verdict(&[made, b"\x94\x85h\x00", state]), ArtefactVerdict::Unknown);
        let singleton: &[u8] = b"cnumpy\ndtype\nVf8\n\x85R";
        assert_eq!(verdict(&[singleton, state]), ArtefactVerdict::Unknown);
        let class: &[u8] = b"cnumpy.dtypes\nFloat64DType\n)R";
        assert_eq!(verdict(&[class]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[class, state]), ArtefactVerdict::Unknown);
    }

    /// A record of one field at an offset, of 16 bytes.
    fn record(field: &[u8], offset: u8, flags: u8) -> Vec<u8> {
        let head: &[u8] =
            b"cnumpy\ndtype\nVV16\n\x89\x88\x87R(K\x03\x8c\x01|N\x8c\x01a\x85}\x94\x8c\x01a";
        let tail: &[u8] = &[b'K', offset, 0x86, b's', b'K', 16, b'K', 1, b'K', flags, b't', b'b'];
        [head, field, tail].concat()
    }

    #[test]
    fn the_fields_of_a_record_lie_in_it_and_stay_as_they_are() {
        let (number, object) = (typed("f8", -1, 0), typed("O8", -1, 63));
        assert_eq!(verdict(&[&record(&number, 8, 16)]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[&record(&object, 8, 27)]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[&record(&object, 8, 16)]), ArtefactVerdict::Unknown);
        assert_eq!(verdict(&[&record(&number, 9, 16)]), ArtefactVerdict::Unknown);
        let later = [b"h\x00\x8c\x01a" as &[u8], &object, b"K\x08\x86s0"].concat();
        assert_eq!(verdict(&[&record(&number, 8, 16), &later]), ArtefactVerdict::Unknown);
    }

    #[test]
    fn a_number_is_made_of_bytes() {
        let scalar = |dtype: &[u8], content: &[u8]| {
            verdict(&[b"cnumpy.core.multiarray\nscalar\n", dtype, content, b"\x86R"])
        };
        assert_eq!(scalar(&typed("i8", -1, 0), b"C\x08\0\0\0\0\0\0\0\0"), ArtefactVerdict::Clean);
        assert_eq!(scalar(&typed("O8", -1, 63), b"C\x01a"), ArtefactVerdict::Unknown);
        let wrapper: &[u8] = b"cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81";
        assert_eq!(scalar(&typed("i8", -1, 0), wrapper), ArtefactVerdict::Unknown);
    }
}
