//! How far names are followed in all, and where that ended early.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use coseal_core::outcome::Gap;

use super::ir::Module;

/// Steps that following all values of a folder may take.
const MAX_ALL: u64 = 10_000_000;

/// What following names took so far.
#[derive(Debug, Default)]
pub(super) struct Steps {
    all: Cell<u64>,
    /// Modules with a value that was not followed to its end.
    cut: RefCell<BTreeSet<usize>>,
}

impl Steps {
    /// Steps that one value may take, of as many as it wants.
    pub(super) fn allowed(&self, wanted: u32) -> u32 {
        if self.all.get() < MAX_ALL { wanted } else { 0 }
    }

    /// Notes the steps that following a value of a module took, and whether one of many values was left out.
    pub(super) fn took(&self, module: usize, steps: u32, cut: bool) {
        self.all.set(self.all.get().saturating_add(u64::from(steps)));
        if cut && self.all.get() < MAX_ALL {
            self.cut.borrow_mut().insert(module);
        }
    }

    /// What was not followed to its end.
    pub(super) fn gaps(&self, modules: &[Module]) -> Vec<Gap> {
        let cut = self.cut.borrow();
        let of = |module: &Module| Gap {
            what: module.path.clone(),
            why: "a name in it stands for more values than are followed".into(),
        };
        let mut gaps: Vec<_> = cut.iter().filter_map(|at| modules.get(*at)).map(of).collect();
        if self.all.get() >= MAX_ALL {
            let why = format!("names are followed for {MAX_ALL} steps in all, and no further");
            gaps.push(Gap { what: "code".into(), why });
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::tree::Tree;

    use super::{super::discover, MAX_ALL, Steps};

    #[test]
    fn what_stands_for_too_much_is_a_gap() {
        let folder = tempfile::tempdir().unwrap();
        let list = "'gpt-4o', ".repeat(41);
        let many = format!("for m in [{list}]:\n    c.chat.completions.create(model=m)\n");
        std::fs::write(folder.path().join("many.py"), many).unwrap();
        let few = "import openai\nm = 'gpt-4o'\nc.chat.completions.create(model=m)\n";
        std::fs::write(folder.path().join("few.py"), few).unwrap();
        let found = discover(&Tree::open(folder.path()).unwrap().walk(), &[]);
        let what: Vec<_> = found.gaps.iter().map(|gap| gap.what.as_str()).collect();
        assert_eq!(what, ["many.py"]);
    }

    #[test]
    fn all_steps_are_counted() {
        let steps = Steps::default();
        assert_eq!(steps.allowed(600), 600);
        for _ in 0..=MAX_ALL / u64::from(u32::MAX) {
            steps.took(0, u32::MAX, false);
        }
        assert_eq!(steps.allowed(600), 0);
        assert_eq!(steps.gaps(&[])[0].what, "code");
    }
}
