//! Closed shapes of arguments: what known functions may be called with.

use super::{
    machine::Machine,
    policy::{self, Arguments},
    value::Value,
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
    pub(super) fn fit(&mut self, shape: Arguments, arguments: Value) -> Fit {
        if shape == Arguments::Any {
            return Fit::Object;
        }
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
        match shape {
            Arguments::Any => Fit::Object,
            Arguments::Buffer => self.buffer(&items),
            Arguments::Plain => {
                let plain = |item: &Value| {
                    item.is_data() || matches!(item, Value::Global(_) | Value::Reported)
                };
                if items.iter().all(plain) { Fit::Object } else { Fit::No("it is filled from what is no plain value") }
            }
            Arguments::Reconstructor => self.reconstructor(&items),
            Arguments::NewObject => self.new_object_call(&items),
            Arguments::Latin1 => self.latin1(&items),
            Arguments::Attribute => self.attribute(&items),
            Arguments::PublicNames => self.public_names(&items),
            Arguments::TypeOf => match *items {
                [value] if value.is_data() => Fit::Value(Value::Attribute),
                [Value::Global(_) | Value::Object { .. }] => Fit::Value(Value::Attribute),
                _ => Fit::No("it makes a new class"),
            },
            Arguments::ArrayReconstruct => self.array_reconstruct(&items),
            Arguments::Partial => match items.first() {
                Some(function @ Value::Global(_)) if self.allows(*function).is_some() => Fit::Object,
                Some(Value::Reported) => Fit::Object,
                _ => Fit::No("it wraps a function that is unknown"),
            },
            Arguments::TypeItem => match *items {
                [of @ Value::Global(_), _] if self.allows(of).is_some() => Fit::Value(Value::Attribute),
                _ => Fit::No("it takes an item of something that is no type"),
            },
            Arguments::Tensor => self.tensor(&items),
            Arguments::CreateArray => self.create_array(&items),
            Arguments::FromType => self.rebuilt_by(&items),
            Arguments::NestedStream => self.nested_call(&items),
        }
    }

    /// Numbers as the only argument reserve that many bytes.
    fn buffer(&self, items: &[Value]) -> Fit {
        match items {
            [Value::Int(_) | Value::Large, ..] => Fit::No("it reserves memory by a number"),
            _ => Fit::Object,
        }
    }

    /// `(class, base, state)` as `copyreg` writes them.
    fn reconstructor(&mut self, items: &[Value]) -> Fit {
        let [class, base, _state] = *items else { return Fit::No("not a class, base and state") };
        let plain = [
            "object", "int", "long", "float", "complex", "bool", "str", "unicode", "bytes", "bytearray",
            "list", "tuple", "dict", "set", "frozenset",
        ];
        if !self.named(base).is_some_and(|(of, name)| of == "builtins" && plain.contains(&name)) {
            return Fit::No("its base is no plain type");
        }
        self.instance_of(class)
    }

    /// `(class, …)`.
    fn new_object_call(&mut self, items: &[Value]) -> Fit {
        items.first().map_or(Fit::No("not a class"), |class| self.instance_of(*class))
    }

    /// An instance of `class`, if the policy lets one be made.
    fn instance_of(&mut self, class: Value) -> Fit {
        let Value::Global(_) = class else { return Fit::No("its class is computed while loading") };
        let arguments = self.heap.tuple(&[class]);
        match self.made(class, arguments) {
            Ok(made) => Fit::Value(made),
            Err(_) => Fit::No("its class is no class"),
        }
    }

    fn latin1(&self, items: &[Value]) -> Fit {
        match *items {
            [text @ (Value::Str(_) | Value::Text(_))] | [text @ (Value::Str(_) | Value::Text(_)), _]
                if items.get(1).is_none_or(|codec| {
                    self.text(*codec).is_some_and(|codec| {
                        matches!(codec.as_str(), "latin1" | "latin-1" | "iso-8859-1" | "utf-8" | "ascii")
                    })
                }) =>
            {
                Fit::Value(match text {
                    Value::Str(span) => Value::Encoded(span),
                    other => other,
                })
            }
            _ => Fit::No("it encodes by something other than Latin-1"),
        }
    }

    /// `(value, 'name')`: the name constant and public, the value known.
    fn attribute(&mut self, items: &[Value]) -> Fit {
        let [of, name] = *items else { return Fit::No("not a value and a name") };
        // What the policy knows under a dotted name is that, however it is reached.
        if let (Value::Global(_), Some((module, class)), Some(name)) =
            (of, self.named(of), self.text(name))
        {
            let (module, dotted) = (module.to_owned(), format!("{class}.{name}"));
            if policy::allowed(&module, &dotted).is_some() {
                return Fit::Value(Value::Global(self.session.names.import(&module, &dotted, self.here)));
            }
        }
        let known = of.is_data()
            || matches!(of, Value::Global(_) | Value::Object { .. }) && self.allows(of).is_some();
        match self.text(name) {
            Some(name) if known && self.is_public(&name) => Fit::Value(Value::Attribute),
            _ => Fit::No("it looks up an attribute that no library does"),
        }
    }

    fn public_names(&self, items: &[Value]) -> Fit {
        let public = |item: &Value| match *item {
            Value::Str(_) | Value::Text(_) => {
                self.text(*item).is_some_and(|name| name.split('.').all(|part| self.is_public(part)))
            }
            other => other.is_data() && !matches!(other, Value::Tuple(_) | Value::List(_)),
        };
        if items.iter().all(public) {
            Fit::Object
        } else {
            Fit::No("it looks up a name that no library does")
        }
    }

    /// Not an internal of the interpreter. `format` walks attributes named in a string.
    fn is_public(&self, name: &str) -> bool {
        let internal = ["__", "f_", "gi_", "cr_", "ag_", "tb_", "co_", "func_", "im_"];
        !internal.iter().any(|prefix| name.starts_with(prefix))
            && !matches!(name, "format" | "format_map" | "mro" | "modules")
    }

    fn array_reconstruct(&self, items: &[Value]) -> Fit {
        let [class, shape, _] = *items else { return Fit::No("not a class, shape and type") };
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
        match size {
            Some(size) if shape.whole && size <= MAX_RESERVED => Fit::Object,
            _ => Fit::No("it reserves an array before it is given its state"),
        }
    }
}
