//! Where a module holds what is looked for again and again: by name and scope, the first of equals.

use std::collections::BTreeMap;

use super::{
    ir::{Import, Module},
    resolve::called,
};

/// The places of what one module holds.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Bindings by scope, then by name.
    bound: Vec<BTreeMap<String, Vec<usize>>>,
    /// Classes by name.
    classes: BTreeMap<String, usize>,
    /// Classes by the scope of their body.
    class_bodies: BTreeMap<usize, usize>,
    /// Functions that are no methods, by name.
    functions: BTreeMap<String, usize>,
    /// Functions by the scope in which they stand, then by name.
    methods: BTreeMap<usize, BTreeMap<String, usize>>,
    /// Functions by the scope of their body.
    function_bodies: BTreeMap<usize, usize>,
    /// Imports by the first part of the name that they bind; `*` for all names of a module.
    imports: BTreeMap<String, Vec<usize>>,
    /// Calls that declare an option, by its name with `_` for `-`.
    options: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// Looks through a module once.
    pub(super) fn new(module: &Module) -> Self {
        let mut index =
            Self { bound: vec![BTreeMap::new(); module.scopes.len()], ..Self::default() };
        index.bindings(module);
        index.definitions(module);
        for (at, import) in module.imports.iter().enumerate() {
            index.imports.entry(root(&import.bound).to_owned()).or_default().push(at);
        }
        index.options(module);
        index
    }

    fn bindings(&mut self, module: &Module) {
        for (at, binding) in module.bindings.iter().enumerate() {
            if let Some(scope) = self.bound.get_mut(binding.scope) {
                scope.entry(binding.name.clone()).or_default().push(at);
            }
        }
    }

    fn definitions(&mut self, module: &Module) {
        for (at, class) in module.classes.iter().enumerate() {
            self.classes.entry(class.name.clone()).or_insert(at);
            self.class_bodies.entry(class.body).or_insert(at);
        }
        for (at, function) in module.functions.iter().enumerate() {
            let within = self.methods.entry(function.scope).or_default();
            within.entry(function.name.clone()).or_insert(at);
            self.function_bodies.entry(function.body).or_insert(at);
            if !module.scopes.get(function.scope).is_some_and(|scope| scope.class) {
                self.functions.entry(function.name.clone()).or_insert(at);
            }
        }
    }

    fn options(&mut self, module: &Module) {
        let calls = module.calls.iter().enumerate();
        for (at, call) in calls.filter(|(_, call)| called(&call.callee) == "add_argument") {
            let names = call.arguments.iter().filter(|argument| argument.name.is_none());
            for name in names.filter_map(|argument| argument.value.text()) {
                let name = name.trim_start_matches('-').replace('-', "_");
                let calls = self.options.entry(name).or_default();
                if calls.last() != Some(&at) {
                    calls.push(at);
                }
            }
        }
    }

    /// The bindings of a name in one scope.
    pub(super) fn bound(&self, scope: usize, name: &str) -> &[usize] {
        self.bound.get(scope).and_then(|names| names.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The class with this name.
    pub(super) fn class(&self, name: &str) -> Option<usize> {
        self.classes.get(name).copied()
    }

    /// The class whose body is this scope.
    pub(super) fn class_of(&self, body: usize) -> Option<usize> {
        self.class_bodies.get(&body).copied()
    }

    /// The function with this name, not a method.
    pub(super) fn function(&self, name: &str) -> Option<usize> {
        self.functions.get(name).copied()
    }

    /// The function with this name that stands in a scope, such as a method in a class.
    pub(super) fn method(&self, scope: usize, name: &str) -> Option<usize> {
        self.methods.get(&scope)?.get(name).copied()
    }

    /// The function whose body is this scope.
    pub(super) fn function_of(&self, body: usize) -> Option<usize> {
        self.function_bodies.get(&body).copied()
    }

    /// The imports that may have bound a name, and those of all names of a module; the last first.
    pub(super) fn imports<'a>(
        &'a self,
        module: &'a Module,
        name: &str,
    ) -> impl Iterator<Item = &'a Import> {
        let (mut named, mut all) = (self.named_imports(name), self.named_imports("*"));
        std::iter::from_fn(move || {
            let later = if named.last() > all.last() { &mut named } else { &mut all };
            let (at, rest) = later.split_last()?;
            *later = rest;
            module.imports.get(*at)
        })
    }

    /// The imports that may have bound a name by itself.
    pub(super) fn named_imports(&self, name: &str) -> &[usize] {
        self.imports.get(root(name)).map_or(&[], Vec::as_slice)
    }

    /// The calls that declare an option.
    pub(super) fn option(&self, name: &str) -> &[usize] {
        self.options.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The first part of a dotted name.
fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{super::read, Index};

    #[test]
    fn imports_are_told_from_the_last_with_those_of_all_names_between() {
        let text = "import a.b\nfrom c import *\nimport a\nfrom d import *\nimport e\n";
        let module = read::one("m.py", text).unwrap();
        let index = Index::new(&module);
        let told =
            |name: &str| index.imports(&module, name).map(|import| import.line).collect::<Vec<_>>();
        // `import a.b` binds both `a.b` and `a`.
        assert_eq!(told("a.x"), [4, 3, 2, 1, 1]);
        assert_eq!(told("b"), [4, 2]);
    }

    #[test]
    fn the_first_of_equals_is_found_and_a_method_is_no_function() {
        let text = "class C:\n    def f(self): pass\ndef f(): pass\ndef f(): pass\nclass C: pass\n\
                    p.add_argument('-m', '--the-model')\n";
        let module = read::one("m.py", text).unwrap();
        let index = Index::new(&module);
        let line = |at: Option<usize>| at.map(|at| module.functions[at].line);
        assert_eq!(line(index.function("f")), Some(3));
        let class = &module.classes[index.class("C").unwrap()];
        assert_eq!(class.line, 1);
        assert_eq!(index.class_of(class.body), Some(0));
        let method = index.method(class.body, "f");
        assert_eq!(line(method), Some(2));
        assert_eq!(index.function_of(module.functions[method.unwrap()].body), method);
        assert_eq!((index.option("m").len(), index.option("the_model").len()), (1, 1));
    }
}
