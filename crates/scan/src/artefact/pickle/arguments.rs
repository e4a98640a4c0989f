//! Closed shapes of arguments: what known functions may be called with.

use super::{
    machine::Machine,
    policy::{self, Arguments},
    value::{Level, Value},
};

/// Elements of an array that `_reconstruct` may reserve; picklers write 0.
const MAX_RESERVED: i64 = 4096;

/// Whether arguments fit.
pub(crate) enum Fit {
    /// They do; the result is an object of the callee.
    Object,
    /// They do; this is the result.
    Value(Value),
    /// They don't.
    No(&'static str),
    /// They were not kept.
    Unseen,
}

impl Machine<'_, '_, '_> {
    /// Whether `arguments` have a shape.
    pub(super) fn fit(&mut self, import: Option<u32>, shape: Arguments, arguments: Value) -> Fit {
        let items: Vec<Value> = match arguments {
            Value::Tuple(tuple) if tuple.whole => self.heap.items(tuple).to_vec(),
            Value::List(index) => match self.heap.contents(index) {
                Some(list) if list.whole => list.head.clone(),
                _ => return Fit::Unseen,
            },
            Value::Tuple(_) | Value::Forgotten => return Fit::Unseen,
            _ => return Fit::No("its arguments are computed while loading"),
        };
        if items.contains(&Value::Forgotten) {
            return Fit::Unseen;
        }
        if let Some(fit) = import.and_then(|import| self.closer(import, &items)) {
            return fit;
        }
        match shape {
            Arguments::Buffer => self.buffer(&items),
            Arguments::Literal => self.at_most(Level::Literal, &items),
            Arguments::Values => self.at_most(Level::Object, &items),
            Arguments::Known => self.at_most(Level::Import, &items),
            Arguments::Filled => self.filled(&items),
            Arguments::Factory => self.factory(&items),
            Arguments::Lazy => self.lazy(&items),
            Arguments::ArrayBytes => self.array_bytes(&items),
            Arguments::NewIndex => self.new_index(&items),
            Arguments::Unpickle => self.unpickle(&items),
            Arguments::OwnClass => self.own_class(&items),
            Arguments::Partial => self.partial(&items),
            Arguments::TypeName => self.type_name(&items, "builtins"),
            Arguments::Ufunc => self.ufunc(&items),
            Arguments::Random => self.random(&items),
            Arguments::MaskedReconstruct => self.masked_reconstruct(&items),
            Arguments::Rebuild => self.rebuild(&items),
            Arguments::Block => self.block(&items),
            Arguments::Reconstructor => self.reconstructor(&items),
            Arguments::NewObject => self.new_object_call(&items),
            Arguments::Latin1 => self.latin1(&items),
            Arguments::Attribute => self.attribute(&items),
            Arguments::TypeOf => self.type_of(&items),
            Arguments::ArrayReconstruct => self.array_reconstruct(&items),
            Arguments::TypeItem => self.type_item(&items),
            Arguments::Tensor => self.tensor(&items),
            Arguments::CreateArray => self.create_array(&items),
            Arguments::FromType => self.rebuilt_by(&items),
            Arguments::Getter => self.getter(import, &items),
            Arguments::DeviceArray => self.device_array(&items),
            Arguments::NestedStream => self.nested_call(&items),
        }
    }

    /// Numbers as the only argument reserve that many bytes.
    fn buffer(&self, items: &[Value]) -> Fit {
        match items {
            [Value::Int(_) | Value::Large, ..] => Fit::No("it reserves memory by a number"),
            _ => self.at_most(Level::Literal, items),
        }
    }

    /// `(class, base, state)` as `copyreg` writes them.
    fn reconstructor(&mut self, items: &[Value]) -> Fit {
        let [class, base, state] = *items else { return Fit::No("not a class, base and state") };
        let plain = [
            "object",
            "int",
            "long",
            "float",
            "complex",
            "bool",
            "str",
            "unicode",
            "bytes",
            "bytearray",
            "list",
            "tuple",
            "dict",
            "set",
            "frozenset",
        ];
        if !self.named(base).is_some_and(|(of, name)| of == "builtins" && plain.contains(&name)) {
            return Fit::No("its base is no plain type");
        }
        // The base is called with the state.
        if !state.is_data() && state != Value::Reported {
            return Fit::No("its state is no plain value");
        }
        match self.at_most(Level::Object, &[state]) {
            Fit::Object => {}
            other => return other,
        }
        if let Value::Dict(index) = state
            && !self.is_plain_mapping(class)
        {
            match self.heap.contents(index).map(|dict| dict.special) {
                Some(false) => {}
                Some(true) => return Fit::No("no library fills one with such names"),
                None => return Fit::Unseen,
            }
        }
        self.instance_of(class, &[])
    }

    /// `(class, …)`.
    fn new_object_call(&mut self, items: &[Value]) -> Fit {
        let Some((class, rest)) = items.split_first() else { return Fit::No("not a class") };
        self.instance_of(*class, rest)
    }

    /// An instance of `class`, if the policy lets one be made.
    fn instance_of(&mut self, class: Value, rest: &[Value]) -> Fit {
        let Value::Global(_) = class else { return Fit::No("its class is computed while loading") };
        let arguments = self.heap.tuple(rest);
        match self.made(class, arguments) {
            Ok(made) => Fit::Value(made),
            Err(_) => Fit::No("its class is no class"),
        }
    }

    /// `(string, codec)`: the codec says which bytes they are.
    fn latin1(&self, items: &[Value]) -> Fit {
        let (text, codec) = match *items {
            [text] if text.is_string() => (text, Some("utf-8".to_owned())),
            [text, codec] if text.is_string() => (text, self.text(codec)),
            _ => return Fit::No("it encodes something other than a string"),
        };
        Fit::Value(match (text, codec.as_deref()) {
            (Value::Str(span), Some("latin1" | "latin-1" | "iso-8859-1")) if !span.is_narrow() => {
                Value::Encoded(span)
            }
            // What is not ASCII can't be encoded as such.
            (Value::Str(span), Some("utf-8" | "ascii")) if !span.is_narrow() => Value::Bytes(span),
            (Value::Line(span), Some("latin1" | "latin-1" | "iso-8859-1")) if !span.is_narrow() => {
                Value::Escaped(span)
            }
            (Value::Text(index), Some("latin1" | "latin-1" | "iso-8859-1")) => Value::Octets(index),
            (_, Some("latin1" | "latin-1" | "iso-8859-1" | "utf-8" | "ascii")) => Value::Blob,
            _ => return Fit::No("it encodes by something other than Latin-1 or UTF-8"),
        })
    }

    /// `(class, 'name')`: what the policy knows under a dotted name is that, however it is reached. Nothing
    /// else is looked up: any other attribute may be a method.
    fn attribute(&mut self, items: &[Value]) -> Fit {
        let [of, name] = *items else { return Fit::No("not a value and a name") };
        if of == Value::Reported {
            return Fit::Value(Value::Reported);
        }
        if let (Value::Global(_), Some((module, class)), Some(name)) =
            (of, self.named(of), self.text(name))
        {
            let (module, dotted) = (module.to_owned(), format!("{class}.{name}"));
            if policy::allowed(&module, &dotted).is_some() {
                return Fit::Value(Value::Global(
                    self.session.names.import(&module, &dotted, self.here),
                ));
            }
        }
        if self.is_method_of_distribution(of, name) {
            return Fit::Value(Value::Outside);
        }
        if self.is_held_method(of, name) {
            return Fit::Value(Value::Outside);
        }
        if let Some((module, method)) = self.stem_of(of, name) {
            return Fit::Value(Value::Global(
                self.session.names.import(&module, &method, self.here),
            ));
        }
        Fit::No("it looks up an attribute that no library does")
    }

    /// What NLTK's `SnowballStemmer` keeps of the stemmer that it holds: its method, which the policy knows.
    fn stem_of(&self, of: Value, name: Value) -> Option<(String, String)> {
        let (module, class) = self.named(of).filter(|_| matches!(of, Value::Object { .. }))?;
        let method = format!("{class}.{}", self.text(name)?);
        let known = module == "nltk.stem.snowball" && policy::allowed(module, &method).is_some();
        known.then(|| (module.to_owned(), method))
    }

    /// What a discrete distribution of SciPy keeps of its own methods.
    fn is_method_of_distribution(&self, of: Value, name: Value) -> bool {
        let methods = [
            "_entropy",
            "_nonzero",
            "_ppf_single",
            "_cdf_single",
            "_mom0_sc",
            "_mom1_sc",
            "_mom_integ0",
            "_mom_integ1",
            "generic_moment",
        ];
        matches!(of, Value::Object { .. })
            && self.named(of).is_some_and(|(module, class)| {
                module.starts_with("scipy.stats._d")
                    && (class.ends_with("_gen") || class == "rv_sample")
            })
            && self.text(name).is_some_and(|name| methods.contains(&name.as_str()))
    }

    pub(super) fn array_reconstruct(&self, items: &[Value]) -> Fit {
        let [class, shape, ref rest @ ..] = *items else {
            return Fit::No("not a class, shape and type");
        };
        if !self.allows(class).is_some_and(|allows| allows.array) {
            return match class {
                Value::Reported => Fit::Value(Value::Reported),
                Value::Global(_) if self.allows(class).is_none() => Fit::Value(Value::Reported),
                _ => Fit::No("its class is no array class"),
            };
        }
        let Value::Tuple(shape) = shape else { return Fit::No("its shape is no tuple") };
        let size = self.heap.items(shape).iter().try_fold(1_i64, |size, side| match side {
            Value::Int(side) if *side >= 0 => size.checked_mul(*side),
            _ => None,
        });
        // Picklers write one letter; a long code may stand for elements of any size.
        let letter = match rest.first() {
            Some(Value::Bytes(span) | Value::Encoded(span) | Value::Str(span)) => {
                span.length() <= 2
            }
            _ => false,
        };
        match size {
            Some(size) if shape.whole && (size == 0 || letter && size <= MAX_RESERVED) => {
                self.at_most(Level::Object, rest)
            }
            _ => Fit::No("it reserves an array before it is given its state"),
        }
    }
}
