//! What state objects are given.

use super::{
    machine::{Machine, Step},
    policy::{Arguments, Use},
    rules, template,
    value::Value,
};

/// What may not stand among the names that become attributes.
pub(super) const NAMES: &str = "no library sets attributes of such names";
/// What is no state.
const SHAPE: &str = "no library gives it state of such a shape";

/// Classes whose own code takes a state apart that is a tuple, item by item.
#[rustfmt::skip]
const OWN_STATE: &[(&str, &[&str])] = &[
    ("pandas.core.internals", &["BlockManager", "SingleBlockManager"]),
    ("pandas.core.internals.managers", &["BlockManager", "SingleBlockManager"]),
    ("random", &["Random"]),
    ("scipy.spatial._ckdtree", &["cKDTree"]),
    ("scipy.spatial._kdtree", &["KDTree"]),
    ("scipy.spatial.ckdtree", &["cKDTree"]),
    ("scipy.spatial.transform._rotation", &["Rotation"]),
    ("statistics", &["NormalDist"]),
    ("torch", &["ScriptObject"]),
];
/// Mappings whose items are never attributes: any key is data.
#[rustfmt::skip]
const PLAIN: &[(&str, &[&str])] = &[
    ("builtins", &["dict"]),
    ("collections", &["Counter", "OrderedDict", "defaultdict"]),
    ("nltk.probability", &["ConditionalFreqDist", "FreqDist"]),
    ("scipy.sparse", &["dok_array", "dok_matrix"]),
    ("scipy.sparse._arrays", &["dok_array"]),
    ("scipy.sparse._dok", &["dok_array", "dok_matrix"]),
    ("scipy.sparse.dok", &["dok_matrix"]),
];

/// What is known of a state.
enum State {
    /// Nothing in it but these dicts becomes attributes.
    Dicts(Vec<u32>),
    /// It was not kept.
    Unseen,
    /// It is none that a library gives.
    No(&'static str),
}

impl Machine<'_, '_, '_> {
    /// BUILD: gives the object on the stack its state.
    pub(super) fn build(&mut self, state: Value) -> Step {
        self.hand_over(&[state]);
        let target = self.top()?;
        match target {
            Value::Object { class, note, .. } if self.is_dtype(target) => {
                self.build_dtype(class, note, state);
            }
            Value::Object { class, note, .. } => {
                self.check_state(class, state);
                if self.allows(target).is_some_and(|allows| allows.build) {
                    let again =
                        self.heap.noted(note).is_some_and(|noted| noted.state != Value::None);
                    self.heap.set_state(note, state);
                    return self.after_build(target, note, again);
                }
                let text = self.show(target);
                self.session.forbid(class, self.here, "no library gives it state", &text);
            }
            Value::Reported => {}
            Value::Forgotten => self.session.forgotten = true,
            // How far an iterator is.
            Value::Lazy if matches!(state, Value::Int(_)) => {}
            // What `partial` binds to a function by name: literals.
            Value::Global(_) if self.is_partial(target, state) => {}
            Value::Outside => {
                let text = format!("sets attributes of {}", self.show(target));
                self.unresolved(&rules::ALTERS_CODE, &text);
            }
            Value::Global(_) | Value::Lazy => {
                let text = format!("sets attributes of {}", self.show(target));
                self.unknown(&rules::ALTERS_CODE, &text);
            }
            Value::Storage(_) => {}
            _ => self.session.oddity(self.here, "it gives state to a plain value"),
        }
        Ok(())
    }

    fn is_partial(&self, function: Value, state: Value) -> bool {
        let block = |allows: &Use| allows.call == Some(Arguments::Block);
        self.allows(function).is_some_and(block) && self.is_partial_state(function, state)
    }

    /// Attributes that are set from a state: none by which the unpickler or Python finds methods, and all of them seen.
    pub(super) fn check_state(&mut self, class: u32, state: Value) {
        match self.state(class, state) {
            State::Unseen => self.session.forgotten = true,
            State::No(why) => self.forbid_state(class, why),
            State::Dicts(dicts) => {
                for index in dicts {
                    self.check_attributes(class, index);
                }
            }
        }
    }

    fn check_attributes(&mut self, class: u32, index: u32) {
        match self.heap.contents(index).map(|dict| dict.special) {
            None => self.session.forgotten = true,
            Some(true) => self.forbid_state(class, NAMES),
            Some(false) => self.heap.give(index),
        }
    }

    pub(super) fn forbid_state(&mut self, class: u32, why: &'static str) {
        let shown = self.session.names.get(class).map(|import| import.shown.clone());
        let text = format!("sets attributes of {}(…)", shown.unwrap_or_default());
        self.session.forbid(class, self.here, why, &text);
    }

    /// As the unpickler sets attributes: nothing, a dict, or two of these; anything else is for the class's own code.
    ///
    /// Source: `load_build` in `pickle.py` and `_pickle.c`.
    fn state(&self, class: u32, state: Value) -> State {
        let items = match state {
            Value::None | Value::Reported => return State::Dicts(Vec::new()),
            Value::Dict(index) => return State::Dicts(vec![index]),
            Value::Tuple(tuple) if tuple.whole => self.heap.items(tuple),
            Value::Tuple(_) | Value::Forgotten => return State::Unseen,
            // A Bunch of statsmodels is its own dict. Its keys were checked as they were set.
            Value::Object { class: of, .. } if of == class && self.is_own_dict(class) => {
                return State::Dicts(Vec::new());
            }
            _ => return State::No(SHAPE),
        };
        let usual = |item: &Value| matches!(item, Value::None | Value::Dict(_) | Value::Reported);
        let two = items.len() == 2 && items.iter().all(usual);
        if !two && !self.takes_own_state(class, items) {
            return State::No(SHAPE);
        }
        if items.contains(&Value::Forgotten) {
            return State::Unseen;
        }
        let dicts = items.iter().filter_map(|item| match *item {
            Value::Dict(index) => Some(index),
            _ => None,
        });
        State::Dicts(dicts.collect())
    }

    fn is_own_dict(&self, class: u32) -> bool {
        self.named(Value::Global(class)) == Some(("statsmodels.tools.tools", "Bunch"))
    }

    /// Whether the code of a class, or of what a function makes, takes tuples apart by itself.
    fn takes_own_state(&self, class: u32, items: &[Value]) -> bool {
        let class = Value::Global(class);
        let Some((module, name)) = self.named(class) else { return false };
        let made_by = |allows: &Use| {
            allows.array
                || matches!(
                    allows.call,
                    Some(
                        Arguments::ArrayReconstruct
                            | Arguments::MaskedReconstruct
                            | Arguments::Random
                            | Arguments::OwnClass
                            | Arguments::Unpickle
                    )
                )
        };
        // Distributions of SciPy before 1.9: arguments, and a generator.
        let distribution = module.starts_with("scipy.stats._")
            && matches!(items, [Value::Dict(_), random] if self.is_of(*random, "numpy.random"));
        distribution
            || listed(OWN_STATE, module, name)
            || module.starts_with("numpy.random.")
            || module == "__torch__"
            || module.starts_with("__torch__.")
            || self.allows(class).is_some_and(made_by)
    }

    fn is_of(&self, value: Value, package: &str) -> bool {
        self.named(value).is_some_and(|(module, _)| module.starts_with(package))
    }

    /// Whether items of a mapping of this class may become attributes.
    pub(super) fn is_plain_mapping(&self, class: Value) -> bool {
        self.named(class).is_some_and(|(module, name)| listed(PLAIN, module, name))
    }

    /// Notes keys that no state has; and that a state is changed after it was given.
    pub(super) fn mark_keys(&mut self, dict: u32, items: &[Value]) {
        if self.has_special(items) {
            self.heap.mark_special(dict);
        }
        if self.heap.is_given(dict) && !items.is_empty() {
            let text = "changes the attributes of an object through its state";
            self.unknown(&rules::ALTERS_CODE, text);
        }
    }

    pub(super) fn has_special(&self, items: &[Value]) -> bool {
        items.chunks_exact(2).any(|pair| match *pair {
            [key, value] => self.heap.is_special(key) && !self.is_template(key, value),
            _ => false,
        })
    }

    /// Whether a text that SciPy runs is its own.
    fn is_template(&self, key: Value, value: Value) -> bool {
        self.text(key).is_some_and(|key| key.as_bytes() == template::ATTRIBUTE)
            && self.text(value).is_some_and(|text| template::is_scipys(&text))
    }
}

pub(super) fn listed(table: &[(&str, &[&str])], module: &str, name: &str) -> bool {
    table.iter().any(|(of, names)| *of == module && names.contains(&name))
}
