//! What objects are given: state, items, keys and values.

use super::{
    machine::{Ended, Machine, Step},
    policy::{Arguments, Use},
    rules, template,
    value::Value,
};

/// What may not stand among the names that become attributes.
const NAMES: &str = "no library sets attributes of such names";
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
/// Classes that hand items on to whatever an attribute of theirs is. Picklers write that attribute as state.
#[rustfmt::skip]
const DELEGATING: &[(&str, &[&str])] = &[
    ("UserDict", &["IterableUserDict", "UserDict"]),
    ("UserList", &["UserList"]),
    ("collections", &["ChainMap", "UserDict", "UserList"]),
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
                    self.heap.set_state(note, state);
                    return self.after_build(target, note);
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

    fn forbid_state(&mut self, class: u32, why: &'static str) {
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

    fn has_special(&self, items: &[Value]) -> bool {
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

    /// APPEND, APPENDS, ADDITEMS: a method of the object on the stack is called.
    pub(super) fn add_items(&mut self, items: &[Value]) -> Step {
        self.hand_over(items);
        let target = self.top()?;
        match target {
            Value::List(index) | Value::Set(index) => self.heap.extend(index, items),
            _ => self.add(target, |allows| allows.items),
        }
        Ok(())
    }

    /// SETITEM, SETITEMS.
    pub(super) fn add_pairs(&mut self, items: &[Value]) -> Step {
        if !items.len().is_multiple_of(2) {
            return Err(Ended::Broken("a key without a value"));
        }
        self.hand_over(items);
        let target = self.top()?;
        match target {
            Value::Dict(index) => {
                self.mark_keys(index, items);
                self.heap.extend(index, items);
            }
            Value::Object { class, .. } => {
                // What such a mapping holds its users and the unpickler find as attributes.
                if !self.is_plain_mapping(target) && self.has_special(items) {
                    self.forbid_state(class, NAMES);
                }
                self.add(target, |allows| allows.pairs);
            }
            _ => self.add(target, |allows| allows.pairs),
        }
        Ok(())
    }

    fn add(&mut self, target: Value, takes: fn(&Use) -> bool) {
        match target {
            Value::Object { class, .. } => {
                let hands_on =
                    self.named(target).is_some_and(|(of, name)| listed(DELEGATING, of, name));
                // Of an object that takes none, a probe sees it in noise: it only ends the stream.
                let takes = self.session.probing || self.allows(target).is_some_and(takes);
                if hands_on || !takes {
                    let text = self.show(target);
                    self.session.forbid(class, self.here, "no library gives it items", &text);
                }
            }
            Value::Reported => {}
            Value::Forgotten => self.session.forgotten = true,
            Value::Outside => {
                let text = format!("calls a method of {}", self.show(target));
                self.unresolved(&rules::COMPUTED_CALL, &text);
            }
            Value::Global(_) | Value::Lazy => {
                let text = format!("calls a method of {}", self.show(target));
                self.unknown(&rules::COMPUTED_CALL, &text);
            }
            _ => self.session.oddity(self.here, "it gives items to a value that takes none"),
        }
    }
}

fn listed(table: &[(&str, &[&str])], module: &str, name: &str) -> bool {
    table.iter().any(|(of, names)| *of == module && names.contains(&name))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
        let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    const NORM: &[u8] = b"cscipy.stats._continuous_distns\nnorm_gen\n)\x81";
    const BUNCH: &[u8] = b"cstatsmodels.tools.tools\nBunch\n)\x81";
    const RESULT: &[u8] = b"cscipy.optimize._optimize\nOptimizeResult\n)\x81";
    const SETSTATE: &[u8] = b"\x8c\x0c__setstate__";
    const PATH: &[u8] = b"cpathlib\nPath\n";

    #[test]
    fn a_state_is_a_dict_or_two_but_for_classes_that_take_another() {
        let dict: &[u8] = b"}\x8c\x01aK\x01s";
        for state in [b"N" as &[u8], dict, b"}N\x86", b"N}\x86", b"}}\x86"] {
            assert_eq!(verdict(&[NORM, state, b"b"]), ArtefactVerdict::Clean, "{state:?}");
        }
        let tuple: &[u8] = b"(K\x03(K\x01K\x02tNt";
        assert_eq!(verdict(&[b"crandom\nRandom\n)\x81", tuple, b"b"]), ArtefactVerdict::Clean);
        let object: &[u8] = b"ccollections\nOrderedDict\n)R";
        let pairs: &[u8] = b"(\x8c\x01aK\x01\x86";
        let (list, row): (&[u8], &[u8]) = (&[pairs, b"l"].concat(), &[pairs, b"t"].concat());
        for state in
            [list, row, tuple, object, b"}\x85", b"}}}\x87", b"\x8c\x01a", b"\x8f", b"K\x01"]
        {
            assert_eq!(verdict(&[NORM, state, b"b"]), ArtefactVerdict::Unknown, "{state:?}");
        }
    }

    #[test]
    fn items_that_may_be_attributes_have_no_special_names() {
        for class in [BUNCH, RESULT] {
            assert_eq!(verdict(&[class, b"\x8c\x01aK\x01s"]), ArtefactVerdict::Clean);
            assert_eq!(verdict(&[class, SETSTATE, PATH, b"s"]), ArtefactVerdict::Unknown);
            assert_eq!(verdict(&[class, b"(", SETSTATE, PATH, b"u"]), ArtefactVerdict::Unknown);
        }
        let counter: &[u8] = b"ccollections\nCounter\n)R";
        assert_eq!(verdict(&[counter, b"\x8c\x03addK\x01s"]), ArtefactVerdict::Clean);
        let own: &[u8] = b"\x94\x8c\x01aK\x01sh\x00b";
        assert_eq!(verdict(&[BUNCH, own]), ArtefactVerdict::Clean);
        let filled: &[u8] = b"cstatsmodels.tools.tools\nBunch\n]\x85R";
        assert_eq!(verdict(&[filled]), ArtefactVerdict::Unknown);
    }

    #[test]
    fn what_hands_items_on_is_given_none() {
        for class in ["UserList", "UserDict", "ChainMap"] {
            let class = [b"ccollections\n", class.as_bytes(), b"\n)\x81"].concat();
            assert_eq!(verdict(&[&class]), ArtefactVerdict::Clean);
            assert_eq!(verdict(&[&class, b"(K\x01K\x02u"]), ArtefactVerdict::Unknown);
            assert_eq!(verdict(&[&class, b"(K\x01K\x02e"]), ArtefactVerdict::Unknown);
        }
    }

    #[test]
    fn a_dict_is_not_changed_once_it_is_a_state() {
        let before = verdict(&[b"}\x94\x8c\x01aK\x01s0", NORM, b"h\x00b"]);
        assert_eq!(before, ArtefactVerdict::Clean);
        let after = verdict(&[NORM, b"}\x94bh\x00\x8c\x01aK\x01s0"]);
        assert_eq!(after, ArtefactVerdict::Unknown);
    }

    #[test]
    fn a_plain_dict_that_is_filled_by_its_base_is_looked_at() {
        let made = |class: &str, key: &[u8]| {
            let class = format!("ccopyreg\n_reconstructor\nc{class}\ncbuiltins\ndict\n}}");
            verdict(&[class.as_bytes(), key, b"K\x01s\x87R"])
        };
        let result = "scipy.optimize._optimize\nOptimizeResult";
        assert_eq!(made(result, b"\x8c\x01a"), ArtefactVerdict::Clean);
        assert_eq!(made(result, SETSTATE), ArtefactVerdict::Unknown);
    }

    #[test]
    fn states_given_to_functions_are_looked_at() {
        let parameter = |key: &[u8]| {
            let head: &[u8] = b"ctorch._utils\n_rebuild_parameter_with_state\n(N\x89N}";
            verdict(&[head, key, b"K\x01stR"])
        };
        assert_eq!(parameter(b"\x8c\x01a"), ArtefactVerdict::Clean);
        assert_eq!(parameter(SETSTATE), ArtefactVerdict::Unknown);
        let array = |function: &[u8], key: &[u8]| {
            let arguments: &[u8] = b"cnumpy\nndarray\nK\x00\x85C\x01b\x87N}";
            verdict(&[b"cdill._dill\n_create_array\n(", function, arguments, key, b"K\x01stR"])
        };
        let reconstruct: &[u8] = b"cnumpy.core.multiarray\n_reconstruct\n";
        assert_eq!(array(reconstruct, b"\x8c\x01a"), ArtefactVerdict::Clean);
        assert_eq!(array(reconstruct, SETSTATE), ArtefactVerdict::Unknown);
        assert_eq!(array(b"crandom\nRandom\n", b"\x8c\x01a"), ArtefactVerdict::Unknown);
    }

    #[test]
    fn a_state_that_is_not_kept_is_never_clean() {
        let fill = [b"(" as &[u8], &[b'N'; 128], b"t0"].concat().repeat(4096);
        let state = [b"}" as &[u8], SETSTATE, PATH, b"sN\x86b"].concat();
        assert_eq!(verdict(&[NORM, &state]), ArtefactVerdict::Unknown);
        assert_eq!(verdict(&[&fill, NORM, &state]), ArtefactVerdict::Undecided);
    }
}
