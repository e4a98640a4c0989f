//! Which objects are watched, and what their arguments and states say of arrays.

use super::super::{
    machine::Machine,
    value::{Tuple, Value},
};
use super::{
    content::Source,
    facts::{Array, Content, Elements, Fact, Form, Held, content_of},
    number::{Field, Number},
};

impl Machine<'_, '_, '_> {
    /// The note of a new object of which something may be known later.
    pub(in super::super) fn watch(&mut self, class: u32, arguments: Value) -> u32 {
        let Some((module, name)) = self.named(Value::Global(class)) else { return u32::MAX };
        let fact = match (module.split('.').next().unwrap_or_default(), name) {
            ("numpy", "_reconstruct" | "_mareconstruct") => Fact::Blank,
            ("numpy", "_frombuffer") => match self.buffered(arguments) {
                Some(array) => Fact::Array(array),
                None => Fact::Stated,
            },
            (_, "Tree") => Fact::Tree(self.first_number(arguments)),
            ("pandas", "_new_Index") => self.new_length(arguments),
            ("pandas", "_unpickle_block" | "new_block") => self.block_of(arguments),
            ("builtins", "bytearray") => match self.bytes_of(arguments) {
                Some(content) => Fact::Bytes(content),
                None => return u32::MAX,
            },
            ("builtins", "slice") => self.slice_of(arguments),
            ("pandas", "BlockManager") => {
                self.blocks(arguments);
                Fact::Blank
            }
            ("pandas", "__pyx_unpickle_NDArrayBacked") => {
                Fact::Backed(self.is_categorical(arguments))
            }
            ("pandas", "CategoricalDtype" | "Categorical" | "BlockPlacement") => Fact::Blank,
            ("scipy", name)
                if name.ends_with("_matrix")
                    || name.ends_with("_array")
                    || name.contains("KDTree") =>
            {
                Fact::Blank
            }
            (_, "newObj" | "new_object") => Fact::Blank,
            (_, name) if name.contains("Tree") => Fact::Blank,
            _ => return u32::MAX,
        };
        self.add_fact(fact, None)
    }

    pub(super) fn add_fact(&mut self, fact: Fact, held: Held) -> u32 {
        if self.session.probing {
            return u32::MAX;
        }
        let ledger = self.session.ledger.clone();
        self.heap.facts.add(fact, held, &ledger)
    }

    /// Whether `(class, checksum, state)` makes a categorical.
    fn is_categorical(&self, arguments: Value) -> bool {
        let Value::Tuple(arguments) = arguments else { return false };
        let class = self.heap.items(arguments).first().and_then(|class| self.named(*class));
        class.is_some_and(|(_, name)| name == "Categorical")
    }

    fn first_number(&self, arguments: Value) -> i64 {
        match arguments {
            Value::Tuple(tuple) => match self.heap.items(tuple).first() {
                Some(Value::Int(number)) => *number,
                _ => i64::MAX,
            },
            _ => i64::MAX,
        }
    }

    /// An object of class `class` is given a state.
    pub(in super::super) fn watch_state(&mut self, target: Value, state: Value) {
        let Value::Object { class, note, .. } = target else { return };
        if self.session.probing {
            return;
        }
        let known = self.named(target).map(|(module, name)| (module.to_owned(), name.to_owned()));
        let Some((module, name)) = known else { return };
        if let Some(fact) = self.heap.facts.fact(note) {
            if matches!(fact, Fact::Array(_) | Fact::Objects(_) | Fact::Stated | Fact::Length(_)) {
                let text = self.show(Value::Global(class));
                let why = "no library gives it state twice";
                self.session.forbid(class, self.here, why, &text);
            }
        } else if note == u32::MAX
            && name != "Booster"
            && !self.heap.facts.lost
            && self.heap.facts.len() == 0
        {
            // Without any array nothing can be asked of one.
            return;
        }
        let dict = match state {
            Value::Dict(index) => Some(index),
            _ => None,
        };
        let mut held = dict.and_then(|dict| self.heap.contents(dict)).and_then(|dict| dict.held);
        let mut fact = Fact::Stated;
        let library = module.split('.').next().unwrap_or_default();
        match (library, name.as_str(), dict) {
            ("numpy", "_reconstruct", _) => {
                let array = self.stated_array(state);
                fact = array.map_or(Fact::Stated, Fact::Array);
                if let Some(list) = self.objects_of(state) {
                    held = self.heap.arrays_in(Value::List(list));
                    // Only what holds trees is asked for them; of the others it matters how many there are.
                    fact = if held.is_some() { Fact::Objects(list) } else { fact };
                }
            }
            (_, "Tree", Some(dict)) => held = self.tree(note, dict),
            (_, "TreePredictor", Some(dict)) => held = self.predictor(dict),
            ("lightgbm" | "xgboost", "Booster", Some(dict)) => self.booster(dict),
            ("scipy", name, Some(dict)) => self.sparse(name, dict),
            ("scipy", name, None) if name.contains("KDTree") || name == "new_object" => {
                self.packed_search_tree(state);
            }
            (_, "newObj", None) => self.search_tree(state),
            ("pandas", "BlockManager" | "SingleBlockManager", None) => self.stated_blocks(state),
            ("pandas", "__pyx_unpickle_NDArrayBacked", None) => fact = self.backed(note, state),
            ("pandas", "Categorical", Some(dict)) => self.categorical(dict),
            ("pandas", "CategoricalDtype", Some(dict)) => {
                fact = Fact::Length(self.field(dict, "categories").and_then(|of| self.length(of)));
            }
            (_, _, Some(dict)) => self.estimator(&name, dict),
            _ => {}
        }
        self.heap.facts.set(note, fact, held);
    }

    /// The list that an array of objects is made of.
    fn objects_of(&self, state: Value) -> Option<u32> {
        let Value::Tuple(state) = state else { return None };
        match self.heap.items(state).last() {
            Some(Value::List(list)) => Some(*list),
            _ => None,
        }
    }

    /// `(version, shape, type, order, content)`, or without the version.
    fn stated_array(&self, state: Value) -> Option<Array> {
        let Value::Tuple(state) = state else { return None };
        let ([_, shape, dtype, _, content] | [shape, dtype, _, content]) = *self.heap.items(state)
        else {
            return None;
        };
        self.array_of(shape, dtype, content_of(content))
    }

    /// `(bytes)`.
    fn bytes_of(&self, arguments: Value) -> Option<Content> {
        let Value::Tuple(arguments) = arguments else { return None };
        content_of(*self.heap.items(arguments).first()?)
    }

    /// `(buffer, type, shape, order, …)`.
    fn buffered(&self, arguments: Value) -> Option<Array> {
        let Value::Tuple(arguments) = arguments else { return None };
        let [content, dtype, shape, ..] = *self.heap.items(arguments) else { return None };
        self.array_of(shape, dtype, content_of(content))
    }

    pub(in super::super) fn array_fact(
        &mut self,
        shape: Value,
        dtype: Value,
        place: (u64, u64),
        held: Held,
    ) -> u32 {
        let content = Content { at: place.0, length: place.1, form: Form::Raw };
        match self.array_of(shape, dtype, Some(content)) {
            Some(array) => self.add_fact(Fact::Array(array), held),
            None => u32::MAX,
        }
    }

    fn array_of(&self, shape: Value, dtype: Value, content: Option<Content>) -> Option<Array> {
        let Value::Tuple(sides) = shape else { return None };
        let sides = self.sides(sides)?;
        let element = self.element(dtype).ok()?;
        let count = sides.iter().try_fold(1_u64, |count, side| count.checked_mul(*side))?;
        let mut shape = [1; 3];
        for (slot, side) in shape.iter_mut().zip(&sides) {
            *slot = *side;
        }
        Some(Array {
            sides: u8::try_from(sides.len()).ok()?,
            shape,
            count,
            elements: if element.object { Elements::Objects } else { self.elements(dtype) },
            size: element.size,
            content,
        })
    }

    fn sides(&self, tuple: Tuple) -> Option<Vec<u64>> {
        let items = tuple.whole.then(|| self.heap.items(tuple))?;
        items
            .iter()
            .map(|side| match side {
                Value::Int(side) => u64::try_from(*side).ok(),
                _ => None,
            })
            .collect()
    }

    fn elements(&self, dtype: Value) -> Elements {
        let Value::Object { note, .. } = dtype else { return Elements::Other };
        let Some(noted) = self.heap.noted(note) else { return Elements::Other };
        match self.number_of(dtype) {
            Some(number) => Elements::Whole(number),
            None if noted.state != Value::None => Elements::Record(note),
            None => Elements::Other,
        }
    }

    /// The whole number that an element type is.
    fn number_of(&self, dtype: Value) -> Option<Number> {
        let Value::Object { note, .. } = dtype else { return None };
        let noted = self.heap.noted(note)?;
        let Value::Tuple(arguments) = noted.arguments else { return None };
        let code = *self.heap.items(arguments).first()?;
        let code = self.text(code)?;
        let order = match noted.state {
            Value::Tuple(state) => self.text(*self.heap.items(state).get(1)?)?,
            _ => String::new(),
        };
        Number::of(&code, &order)
    }

    /// A field of a record that is a whole number.
    pub(super) fn record_field(&self, array: &Array, name: &str) -> Option<Field> {
        let Elements::Record(note) = array.elements else { return None };
        let Value::Tuple(state) = self.heap.noted(note)?.state else { return None };
        let Some(Value::Dict(fields)) = self.heap.items(state).get(4) else { return None };
        let Value::Tuple(of) = self.field(*fields, name)? else { return None };
        let (dtype, offset) = match *self.heap.items(of) {
            [dtype, Value::Int(offset), ..] => (dtype, usize::try_from(offset).ok()?),
            _ => return None,
        };
        Some(Field { offset, number: self.number_of(dtype)? })
    }

    /// What is known of an array under an attribute. What may be an array and isn't known is told.
    pub(super) fn array_in(&mut self, dict: u32, name: &str) -> Option<Array> {
        let value = self.field(dict, name)?;
        self.array_at(value)
    }

    pub(super) fn array_at(&mut self, value: Value) -> Option<Array> {
        match value {
            Value::Object { note, .. } => match self.heap.facts.fact(note) {
                Some(Fact::Array(array)) => Some(array),
                _ => {
                    self.session.unchecked = true;
                    None
                }
            },
            Value::Forgotten => {
                self.session.unchecked = true;
                None
            }
            _ => None,
        }
    }

    /// Where the bytes of an array are, to be read later.
    pub(super) fn source(&self, array: &Array) -> Option<Source> {
        let Content { at, length, form } = array.content?;
        match form {
            Form::Kept => {
                let text = self.heap.decoded(u32::try_from(at).ok()?)?;
                let bytes = text.chars().map(|c| u8::try_from(u32::from(c)).ok());
                Some(Source::Kept(bytes.collect::<Option<Vec<u8>>>()?.into()))
            }
            form => Some(Source::Spanned { at, length, form }),
        }
    }

    /// A whole number under an attribute. What may be one and isn't known is told.
    pub(super) fn number_in(&mut self, dict: u32, name: &str) -> Option<i64> {
        match self.field(dict, name)? {
            Value::Int(number) => Some(number),
            Value::None => None,
            _ => {
                self.session.unchecked = true;
                None
            }
        }
    }
}
