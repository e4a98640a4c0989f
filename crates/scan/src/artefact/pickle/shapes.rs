//! More closed shapes: functions that call, iterate over or look attributes up on what they are given.

use super::{
    arguments::Fit,
    machine::Machine,
    policy::{self, Arguments},
    value::{Level, Value},
};

impl Machine<'_, '_, '_> {
    /// Nothing among the values is more than `highest`.
    pub(super) fn at_most(&self, highest: Level, items: &[Value]) -> Fit {
        let level = items.iter().map(|item| self.heap.level(*item)).max().unwrap_or_default();
        match level {
            level if level <= highest => Fit::Object,
            Level::Forgotten => Fit::Unseen,
            _ => Fit::No("it is given what it could call or look into"),
        }
    }

    /// A known import, which is called for what is missing, and containers.
    pub(super) fn factory(&self, items: &[Value]) -> Fit {
        match items {
            [Value::Global(_), rest @ ..] => match self.filled(rest) {
                Fit::Object => self.at_most(Level::Import, items),
                other => other,
            },
            _ => self.filled(items),
        }
    }

    /// Containers: they are iterated over, so no object is.
    pub(super) fn filled(&self, items: &[Value]) -> Fit {
        if items.iter().all(|item| item.is_data() || *item == Value::Reported) {
            self.at_most(Level::Import, items)
        } else {
            Fit::No("it is filled from what is no plain value")
        }
    }

    /// An iterator over one container.
    pub(super) fn lazy(&self, items: &[Value]) -> Fit {
        match *items {
            [of] if of.is_data() => match self.at_most(Level::Literal, items) {
                Fit::Object => Fit::Value(Value::Lazy),
                other => other,
            },
            _ => Fit::No("it iterates over what is no plain container"),
        }
    }

    fn is_import_of(&self, value: Value, fits: impl Fn(&str, &str) -> bool) -> bool {
        matches!(value, Value::Global(_))
            && self.allows(value).is_some()
            && self.named(value).is_some_and(|(module, name)| fits(module, name))
    }

    /// A class whose import is already reported: the file is not clean whatever follows.
    fn is_reported(&self, value: Value) -> bool {
        value == Value::Reported
            || matches!(value, Value::Global(_)) && self.allows(value).is_none()
    }

    /// `(array.array, typecode, format, bytes)`.
    pub(super) fn array_bytes(&self, items: &[Value]) -> Fit {
        match items {
            [class, rest @ ..]
                if self.is_import_of(*class, |of, name| (of, name) == ("array", "array")) =>
            {
                self.at_most(Level::Literal, rest)
            }
            _ => Fit::No("its class is no array"),
        }
    }

    /// `(class, state)`.
    pub(super) fn new_index(&mut self, items: &[Value]) -> Fit {
        let [class, state] = *items else { return Fit::No("not a class and a state") };
        if self.is_reported(class) {
            return Fit::Value(Value::Reported);
        }
        let index = |module: &str, name: &str| {
            module.split('.').next() == Some("pandas")
                && name.ends_with("Index")
                && !name.starts_with('_')
        };
        if !self.is_import_of(class, index) || !matches!(state, Value::Dict(_)) {
            return Fit::No("its class is no index");
        }
        if let Value::Dict(state) = state {
            if !self.heap.contents(state).is_some_and(|state| state.whole) {
                return Fit::Unseen;
            }
            self.range_of(state);
        }
        // Types of elements are classes.
        self.at_most(Level::Import, &[state])
    }

    /// `(class, checksum, state)`.
    pub(super) fn unpickle(&mut self, items: &[Value]) -> Fit {
        let [class, checksum, state] = *items else {
            return Fit::No("not a class, checksum and state");
        };
        if self.is_reported(class) {
            return Fit::Value(Value::Reported);
        }
        let library = |module: &str, _: &str| {
            matches!(module.split('.').next(), Some("numpy" | "pandas" | "sklearn" | "_loss"))
        };
        let whole = matches!(checksum, Value::Int(_) | Value::Large);
        if !self.is_import_of(class, library)
            || !whole
            || !matches!(state, Value::None | Value::Tuple(_) | Value::Reported)
        {
            return Fit::No("its class is none of its library");
        }
        // What is in a dict at its end becomes attributes.
        if let Value::Global(import) = class
            && let Value::Tuple(state) = state
        {
            if !state.whole {
                return Fit::Unseen;
            }
            for part in self.heap.items(state).to_vec() {
                if matches!(part, Value::Dict(_)) {
                    self.check_state(import, part);
                }
            }
        }
        self.at_most(Level::Object, &[state])
    }

    /// `(class)`.
    pub(super) fn own_class(&self, items: &[Value]) -> Fit {
        let distance = |module: &str, name: &str| {
            (module.starts_with("sklearn.") || module.starts_with("scipy.spatial."))
                && (name.contains("Distance") || name.contains("Tree"))
        };
        match *items {
            [class] if self.is_reported(class) => Fit::Value(Value::Reported),
            [class] if self.is_import_of(class, distance) => Fit::Object,
            _ => Fit::No("its class is none of its library"),
        }
    }

    /// `(generator or its name or class, constructor, …)`.
    pub(super) fn random(&self, items: &[Value]) -> Fit {
        let fits = |item: &Value| {
            item.is_string()
                || self.is_reported(*item)
                || matches!(item, Value::Global(_) | Value::Object { .. })
                    && self
                        .named(*item)
                        .is_some_and(|(module, _)| module.starts_with("numpy.random."))
        };
        if items.iter().all(fits) {
            Fit::Object
        } else {
            Fit::No("its generator is none of NumPy's")
        }
    }

    /// `(class, base class, shape, type)`.
    pub(super) fn masked_reconstruct(&self, items: &[Value]) -> Fit {
        let [class, base, shape, dtype] = *items else {
            return Fit::No("not a class, base, shape and type");
        };
        let array = |value| self.allows(value).is_some_and(|allows| allows.array);
        if self.is_reported(class) {
            return Fit::Value(Value::Reported);
        }
        if !(matches!(class, Value::Global(_)) && array(class)) {
            return Fit::No("its class is no array class");
        }
        self.array_reconstruct(&[base, shape, dtype])
    }

    /// A tensor, storage or numbers, then literals, types and objects of these libraries.
    pub(super) fn rebuild(&self, items: &[Value]) -> Fit {
        let fits = |item: &Value| match *item {
            Value::Global(_) | Value::Object { .. } if self.is_reported(*item) => true,
            Value::Global(_) | Value::Object { .. } => {
                self.named(*item).is_some_and(|(module, _)| {
                    let library = module.split('.').next().unwrap_or_default();
                    matches!(library, "torch" | "numpy" | "collections")
                })
            }
            _ => true,
        };
        if items.iter().all(fits) {
            self.at_most(Level::Import, items)
        } else {
            Fit::No("its parts are no tensors")
        }
    }

    /// `(values, placement, dimensions)`.
    pub(super) fn block(&self, items: &[Value]) -> Fit {
        let fits = |item: &Value| match *item {
            Value::Object { .. } => self.named(*item).is_some_and(|(module, name)| {
                let library = module.split('.').next().unwrap_or_default();
                matches!(library, "numpy" | "pandas") || (module, name) == ("builtins", "slice")
            }),
            _ => true,
        };
        if items.iter().all(fits) {
            self.at_most(Level::Object, items)
        } else {
            Fit::No("its values are no array")
        }
    }

    /// The type of a literal constant.
    pub(super) fn type_of(&mut self, items: &[Value]) -> Fit {
        let constant = |module: &str, name: &str| {
            module == "builtins" && matches!(name, "Ellipsis" | "NotImplemented")
        };
        match *items {
            [Value::Reported] => Fit::Value(Value::Reported),
            [Value::None | Value::Bool(_) | Value::Int(_) | Value::Float] => Fit::Object,
            [value] if self.is_import_of(value, constant) => Fit::Object,
            _ => Fit::No("it makes a class, or takes that of an object"),
        }
    }

    /// `(type, parameters)`: a generic type.
    pub(super) fn type_item(&self, items: &[Value]) -> Fit {
        let generic =
            |module: &str, _: &str| matches!(module, "builtins" | "collections" | "typing");
        match *items {
            [of, parameters] if self.is_import_of(of, generic) => {
                self.at_most(Level::Import, &[parameters])
            }
            _ => Fit::No("it takes an item of something that is no type"),
        }
    }

    /// `(function)` of a block's: what is called is the function itself, whose arguments are checked then. Or of one
    /// that may be held anyway, and that no stream calls.
    pub(super) fn partial(&self, items: &[Value]) -> Fit {
        match *items {
            [function] if self.is_reported(function) => Fit::Value(Value::Reported),
            [function @ Value::Global(_)] if self.may_be_bound(function) => Fit::Value(function),
            _ => Fit::No("it binds arguments to a function"),
        }
    }

    /// Whether `partial` may hold a function: a block's, or one of these libraries that is only held.
    pub(super) fn may_be_bound(&self, function: Value) -> bool {
        let library = self.named(function).is_some_and(|(module, _)| {
            let library = module.split('.').next().unwrap_or_default();
            matches!(library, "_operator" | "math" | "numpy" | "pandas" | "scipy" | "sklearn")
        });
        self.allows(function).is_some_and(|allows| {
            allows.call == Some(Arguments::Block)
                || library && allows.value && !allows.new && allows.call.is_none()
        })
    }

    /// Whether a state is that of `partial`: `(function, (…), keywords, None)`, with literals and types of plain
    /// values for arguments.
    pub(super) fn is_partial_state(&self, function: Value, state: Value) -> bool {
        let Value::Tuple(state) = state else { return false };
        let [of, positional @ Value::Tuple(_), keywords @ Value::Dict(_), Value::None] =
            *self.heap.items(state)
        else {
            return false;
        };
        state.whole && of == function && self.is_bound(positional, 4) && self.is_bound(keywords, 4)
    }

    /// Whether a value is made of literals and types of plain values.
    fn is_bound(&self, value: Value, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let (items, whole) = match value {
            Value::Global(_) => return self.is_plain_type(value),
            Value::Tuple(tuple) => (self.heap.items(tuple), tuple.whole),
            Value::List(index) | Value::Dict(index) | Value::Set(index) => {
                match self.heap.contents(index) {
                    Some(inner) => (inner.head.as_slice(), inner.whole),
                    None => return false,
                }
            }
            value => return value.is_data(),
        };
        whole && items.iter().all(|item| self.is_bound(*item, depth))
    }

    /// `('name')` of a type of `module` that may be held.
    pub(super) fn type_name(&mut self, items: &[Value], module: &str) -> Fit {
        let name = match *items {
            [name] => self.text(name),
            _ => None,
        };
        let held =
            |name: &String| policy::allowed(module, name).is_some_and(|of| of.value && of.new);
        match name.filter(held) {
            Some(name) => {
                Fit::Value(Value::Global(self.session.names.import(module, &name, self.here)))
            }
            None => Fit::No("it loads a type that is none of values"),
        }
    }

    /// `('module', 'name')` of a function that may be held.
    pub(super) fn ufunc(&mut self, items: &[Value]) -> Fit {
        let [module, name] = *items else { return Fit::No("not a module and a name") };
        match (self.text(module), self.text(name)) {
            (Some(module), Some(name)) if module.is_ascii() && name.is_ascii() => {
                Fit::Value(Value::Global(self.session.names.import(&module, &name, self.here)))
            }
            _ => Fit::No("its function is computed while loading"),
        }
    }
}
