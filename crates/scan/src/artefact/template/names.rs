//! Variables, and what they were before: branches and scopes are undone rather than copied.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Data, MADE, Value};

/// Variables, and attributes of namespaces as `space.attribute`.
#[derive(Debug, Default)]
pub(super) struct Names {
    held: BTreeMap<String, Value>,
    /// What was overwritten since the first mark.
    before: Vec<(String, Option<Value>)>,
    marks: usize,
}

impl Names {
    pub(super) fn find(&self, name: &str) -> Option<&Value> {
        self.held.get(name)
    }

    pub(super) fn set(&mut self, name: String, value: Value) {
        let old = self.held.insert(name.clone(), value);
        if self.marks > 0 {
            self.before.push((name, old));
        }
    }

    /// Begins what is undone later.
    pub(super) fn mark(&mut self) -> usize {
        self.marks = self.marks.saturating_add(1);
        self.before.len()
    }

    /// Undoes all that was set since `mark`; gives the last values of it.
    pub(super) fn undo(&mut self, mark: usize) -> BTreeMap<String, Value> {
        let mut set = BTreeMap::new();
        while self.before.len() > mark {
            let Some((name, old)) = self.before.pop() else { break };
            let last = match old {
                Some(old) => self.held.insert(name.clone(), old),
                None => self.held.remove(&name),
            };
            if let (false, Some(last)) = (set.contains_key(&name), last) {
                set.insert(name, last);
            }
        }
        self.marks = self.marks.saturating_sub(1);
        set
    }

    /// What the variables set since `mark` were then. Macros see these.
    pub(super) fn then(&self, mark: usize) -> Vec<(String, Option<Value>)> {
        let mut seen = BTreeSet::new();
        let set = self.before.get(mark..).unwrap_or_default();
        let first =
            set.iter().filter(|(name, _)| !name.contains('.') && seen.insert(name.as_str()));
        first.cloned().collect()
    }

    pub(super) fn forget(&mut self, name: &str) {
        if let Some(old) = self.held.remove(name)
            && self.marks > 0
        {
            self.before.push((name.to_owned(), Some(old)));
        }
    }

    /// A list or map was changed in place, and any of these may be another name of it.
    pub(super) fn changed(&mut self, taint: u16) {
        let older = self.before.iter_mut().filter_map(|(_, value)| value.as_mut());
        for value in self.held.values_mut().chain(older) {
            if matches!(value.data, Data::List(_) | Data::Map(_)) {
                *value = Value::other(value.taint | taint | MADE);
            }
        }
    }

    /// Bytes of the texts in namespaces.
    pub(super) fn sizes(&self) -> BTreeMap<String, usize> {
        let spaces = self.held.iter().filter(|(name, _)| name.contains('.'));
        let texts = spaces.filter_map(|(name, value)| match &value.data {
            Data::Text(text) => Some((name.clone(), text.len())),
            _ => None,
        });
        texts.collect()
    }

    pub(super) fn len(&self) -> usize {
        self.held.len().saturating_add(self.before.len())
    }
}
