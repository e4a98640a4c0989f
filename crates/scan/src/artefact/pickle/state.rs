//! State that objects are given: which forms it may have, and what may stand under which attribute.

use super::{
    machine::{Machine, Step},
    policy::{self, State, Use},
    rules, template,
    value::{Level, Value},
};

/// What may not stand among the names that become attributes.
pub(super) const NAMES: &str = "no library sets attributes of such names";
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
                self.watch_state(target, state);
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
        self.may_be_bound(function) && self.is_partial_state(function, state)
    }

    /// A state: of a form that the class takes, with no attribute by which the unpickler or Python finds methods,
    /// and with what can be called only where objects hold such.
    pub(super) fn check_state(&mut self, class: u32, state: Value) {
        let Some(allows) = self.session.names.get(class).and_then(|import| import.allows) else {
            return;
        };
        let plain = !matches!(state, Value::Dict(_)) && self.heap.level(state) <= Level::Import;
        if plain && self.session.names.is_scripts(class) {
            return;
        }
        let parts = match self.naming(class, allows.state, state) {
            Ok(parts) => parts,
            Err(why) => return self.forbid_state(class, why),
        };
        for part in parts {
            match part {
                Value::Dict(index) => self.check_attributes(class, allows, index),
                Value::Forgotten => self.session.forgotten = true,
                _ => {}
            }
        }
    }

    /// The parts of a state that name attributes; or why it is no state of the class.
    fn naming(&self, class: u32, takes: State, state: Value) -> Result<Vec<Value>, &'static str> {
        const FORM: &str = "no library gives it a state of that form";
        match (takes, state) {
            (_, Value::None | Value::Reported) => Ok(Vec::new()),
            (_, Value::Forgotten) => Ok(vec![state]),
            (State::Nothing, _) => Err(FORM),
            (_, Value::Dict(_)) => Ok(vec![state]),
            // A dict that is its own `__dict__`: its keys were looked at when it was given them.
            (State::Itself, Value::Object { class: of, .. }) if of == class => Ok(Vec::new()),
            (State::Number, Value::Int(_)) => Ok(Vec::new()),
            (State::Slots | State::Parts | State::Seeded, Value::Tuple(tuple)) => {
                let parts = self.heap.items(tuple).to_vec();
                if !tuple.whole {
                    return Ok(vec![Value::Forgotten]);
                }
                let fits = match takes {
                    State::Slots => is_slots(&parts),
                    State::Seeded => self.is_seeded(&parts),
                    _ => !self.is_pairs(&parts) && self.heap.level(state) <= Level::Import,
                };
                if fits { Ok(parts) } else { Err(FORM) }
            }
            (State::Parts, Value::List(_) | Value::Set(_)) => Err(FORM),
            (State::Parts, Value::Object { .. } | Value::Global(_)) => Err(FORM),
            (State::Parts, _) => Ok(Vec::new()),
            _ => Err(FORM),
        }
    }

    /// The attributes of an old distribution and its generator.
    fn is_seeded(&self, parts: &[Value]) -> bool {
        matches!(parts, [Value::Dict(_), generator @ Value::Object { .. }]
            if self.named(*generator).is_some_and(|(module, _)| module.starts_with("numpy.random")))
    }

    /// Whether a dict could be updated from it: attributes by another name.
    fn is_pairs(&self, parts: &[Value]) -> bool {
        !parts.is_empty()
            && parts.iter().all(|part| match *part {
                Value::Tuple(pair) => {
                    pair.kept == 2
                        && self.heap.items(pair).first().is_some_and(|key| key.is_string())
                }
                Value::List(index) => {
                    let whole = self.heap.contents(index).filter(|list| list.whole);
                    whole.is_none_or(|list| {
                        list.head.len() == 2 && list.head.first().is_some_and(|key| key.is_string())
                    })
                }
                _ => false,
            })
    }

    fn check_attributes(&mut self, class: u32, allows: &'static Use, index: u32) {
        let Some(dict) = self.heap.contents(index) else {
            self.session.forgotten = true;
            return;
        };
        let (special, keys) = (dict.special, dict.callable.clone());
        if let State::Keys(known) = allows.state {
            let only = dict.whole
                && dict.head.chunks_exact(2).all(|pair| {
                    let key = pair.first().and_then(|key| self.text(*key));
                    key.is_some_and(|key| known.contains(&key.as_str()))
                });
            if !only {
                return self.forbid_state(class, "no library gives it such attributes");
            }
        } else if !keys.iter().all(|key| self.holds_under(class, *key)) {
            return self.forbid_state(class, "no object of it holds a function there");
        }
        if special {
            return self.forbid_state(class, NAMES);
        }
        if self.is_cache(class) && self.field(index, "store_backend") != Some(Value::None) {
            return self.forbid_state(class, "a cache calls what its files hold");
        }
        if self.is_boosting(class) && !self.is_of_ngboost(index) {
            return self.forbid_state(class, "it makes a class of what is no distribution");
        }
        self.heap.give(index);
    }

    /// Whether it is joblib's cache, which does nothing without a folder.
    fn is_cache(&self, class: u32) -> bool {
        self.session
            .names
            .get(class)
            .is_some_and(|import| import.module == "joblib.memory" && import.name == "Memory")
    }

    /// Whether objects hold what can be called under that attribute.
    fn holds_under(&self, class: u32, key: Value) -> bool {
        let module = self.session.names.get(class).map_or("", |import| &import.module);
        self.text(key).is_some_and(|key| policy::holds(module, &key))
    }

    pub(super) fn forbid_state(&mut self, class: u32, why: &'static str) {
        let shown = self.session.names.get(class).map(|import| import.shown.clone());
        let text = format!("sets attributes of {}(…)", shown.unwrap_or_default());
        self.session.forbid(class, self.here, why, &text);
    }

    /// Notes keys that no state has, and those under which something stands that can be called; and that a state is changed
    /// after it was given.
    pub(super) fn mark_keys(&mut self, dict: u32, items: &[Value]) {
        if self.has_special(items) {
            self.heap.mark_special(dict);
        }
        for pair in items.chunks_exact(2) {
            if let [key, value] = *pair
                && self.is_callable(value)
            {
                self.heap.mark_callable(dict, key);
            }
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

    /// Whether something that can be called stands where no object of the class holds such.
    pub(super) fn has_hidden(&self, class: u32, items: &[Value]) -> bool {
        items.chunks_exact(2).any(|pair| match *pair {
            [key, value] => self.is_callable(value) && !self.holds_under(class, key),
            _ => false,
        })
    }

    /// Whether items of a mapping of this class may become attributes.
    pub(super) fn is_plain_mapping(&self, class: Value) -> bool {
        self.named(class).is_some_and(|(module, name)| listed(PLAIN, module, name))
    }

    /// Whether a value can be called, and is more than a type of plain values.
    fn is_callable(&self, value: Value) -> bool {
        match value {
            Value::Global(_) => !self.is_plain_type(value),
            Value::Object { .. } => self.allows(value).is_none_or(|allows| allows.calls),
            Value::Outside | Value::Lazy => true,
            _ => false,
        }
    }

    pub(super) fn is_plain_type(&self, value: Value) -> bool {
        self.named(value).is_some_and(|(module, name)| {
            self.allows(value).is_some_and(|allows| allows.plain)
                || module == "builtins" && matches!(name, "Ellipsis" | "NotImplemented")
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

/// What Python makes of objects with `__slots__`: attributes and slots.
fn is_slots(parts: &[Value]) -> bool {
    let part = |value: &Value| matches!(value, Value::None | Value::Dict(_) | Value::Reported);
    matches!(parts, [attributes, slots] if part(attributes) && part(slots))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Unknown};

    use crate::{bytes::SliceBytes, inspect};

    /// What is said of an object of `class` that is given `state`.
    fn given(class: &str, state: &[u8]) -> ArtefactVerdict {
        let mut bytes = format!("\u{0}\u{4}c{class}\n").into_bytes();
        bytes[0] = 0x80;
        bytes.extend_from_slice(b")\x81");
        bytes.extend_from_slice(state);
        bytes.extend_from_slice(b"b.");
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    const DISTRIBUTION: &str = "scipy.stats._continuous_distns\nnorm_gen";

    #[test]
    fn pairs_are_no_attributes() {
        assert_eq!(given(DISTRIBUTION, b"}\x8c\x04name\x8c\x04norms"), Clean);
        assert_eq!(given(DISTRIBUTION, b"]\x8c\x04name\x8c\x04norm\x86a"), Unknown);
        assert_eq!(given(DISTRIBUTION, b"\x8c\x04name\x8c\x04norm\x86\x85"), Unknown);
        assert_eq!(given(DISTRIBUTION, b"}}\x86"), Unknown);
    }

    #[test]
    fn functions_stand_where_objects_hold_them_and_hide_no_method() {
        let of = "sklearn.feature_selection._univariate_selection\nSelectKBest";
        let function = b"csklearn.feature_selection._univariate_selection\nf_classif\ns";
        let held = [&b"}\x8c\x0ascore_func"[..], function].concat();
        let hidden = [&b"}\x8c\x09transform"[..], function].concat();
        assert_eq!(given(of, &held), Clean);
        assert_eq!(given(of, &hidden), Unknown);
        let graph = "networkx.classes.digraph\nDiGraph";
        assert_eq!(given(graph, b"}\x8c\x05graph}s"), Clean);
        assert_eq!(given(graph, &[&b"}\x8c\x08add_edge"[..], function].concat()), Unknown);
    }

    #[test]
    fn what_calls_its_factory_takes_no_state() {
        assert_eq!(given("collections\ndefaultdict", b"}\x8c\x01aK\x01s"), Unknown);
        let wrapper = "joblib.numpy_pickle\nNDArrayWrapper";
        assert_eq!(given(wrapper, b"}\x8c\x04readK\x01s"), Unknown);
    }

    #[test]
    fn what_looks_attributes_up_for_others_is_unknown() {
        for function in [
            "sklearn.feature_selection._base\n_get_feature_importances",
            "sklearn.metrics.pairwise\n_transposed_dist_wrapper",
            "sklearn.metrics._scorer\n_cached_call",
            "scipy._lib._util\n_FunctionWrapper",
        ] {
            assert_eq!(given(function, b"}"), Unknown, "{function}");
        }
    }
}
