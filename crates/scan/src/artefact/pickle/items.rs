//! What items, keys and values containers and objects are given.

use super::{
    level::written_out,
    machine::{Ended, Machine, Step},
    policy::Use,
    rules,
    state::{NAMES, listed},
    value::Value,
};

/// Classes that hand items on to whatever an attribute of theirs is. Picklers write that attribute as state.
#[rustfmt::skip]
const DELEGATING: &[(&str, &[&str])] = &[
    ("UserDict", &["IterableUserDict", "UserDict"]),
    ("UserList", &["UserList"]),
    ("collections", &["ChainMap", "UserDict", "UserList"]),
];

/// What hashes the items that it is made of.
#[rustfmt::skip]
const HASHING: &[(&str, &str)] = &[
    ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "dict"), ("collections", "OrderedDict"), ("collections", "Counter"),
];

impl Machine<'_, '_, '_> {
    /// APPEND, APPENDS, ADDITEMS: a method of the object on the stack is called.
    pub(super) fn add_items(&mut self, items: &[Value]) -> Step {
        self.hand_over(items);
        let target = self.top()?;
        match target {
            Value::List(index) => self.heap.extend(index, items),
            Value::Set(index) => {
                self.hash(items.iter());
                self.heap.extend(index, items);
            }
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
        self.hash(items.iter().step_by(2));
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
                } else if !self.holds_anything(target) && self.has_hidden(class, items) {
                    self.forbid_state(class, "no object of it holds a function there");
                }
                self.add(target, |allows| allows.pairs);
            }
            _ => self.add(target, |allows| allows.pairs),
        }
        Ok(())
    }

    /// Keys or members are hashed, each tuple with all that is in it.
    pub(super) fn hash<'v>(&mut self, keys: impl Iterator<Item = &'v Value>) {
        for key in keys {
            if let Value::Tuple(tuple) = *key {
                self.session.hashed(written_out(tuple.weight), self.here);
            }
        }
    }

    /// What hashes all that it is given.
    pub(super) fn hash_given(&mut self, import: u32, arguments: Value) {
        let hashes = self.named(Value::Global(import)).is_some_and(|name| HASHING.contains(&name));
        if let (true, (_, weight)) = (hashes, self.heap.extent_of(arguments)) {
            self.session.hashed(written_out(weight), self.here);
        }
    }

    /// Whether its keys are data, and no attributes.
    fn holds_anything(&self, target: Value) -> bool {
        self.is_plain_mapping(target)
            || self.named(target).is_some_and(|(module, _)| {
                matches!(module, "builtins" | "collections") || module.starts_with("torch.")
            })
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
