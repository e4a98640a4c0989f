//! All modules of a folder, and which of them an import means.

use std::collections::BTreeMap;

use super::{
    index::Index,
    ir::{Call, Class, Function, Import, Module, Value},
    steps::Steps,
};

/// The modules that were read.
#[derive(Debug, Default)]
pub(crate) struct Project {
    /// The modules, by path.
    pub(crate) modules: Vec<Module>,
    /// Where each is, by its path without suffix.
    by_key: BTreeMap<String, usize>,
    /// Modules by the last part of that path.
    by_last: BTreeMap<String, Vec<usize>>,
    /// Calls by the last part of what is called.
    pub(super) callers: BTreeMap<String, Vec<(usize, usize)>>,
    /// How many functions have a name.
    pub(super) functions: BTreeMap<String, usize>,
    /// What each module holds.
    indexes: Vec<Index>,
    /// What following names took.
    pub(super) steps: Steps,
}

/// Roots below which packages often stand.
const ROOTS: [&str; 6] = ["", "src", "lib", "app", "backend", "python"];

impl Project {
    /// Indexes the modules.
    pub(crate) fn new(modules: Vec<Module>) -> Self {
        let mut project = Self { modules, ..Self::default() };
        for at in 0..project.modules.len() {
            project.index(at);
        }
        project
    }

    fn index(&mut self, at: usize) {
        let Some(module) = self.modules.get(at) else { return };
        let key = key(&module.path);
        let last = key.rsplit('/').next().unwrap_or_default().to_owned();
        self.by_last.entry(last).or_default().push(at);
        self.by_key.insert(key, at);
        for (index, call) in module.calls.iter().enumerate() {
            let name = match &call.callee {
                Value::Name(name) => name.rsplit('.').next().unwrap_or_default(),
                Value::Attribute(_, name) => name,
                _ => continue,
            };
            self.callers.entry(name.to_owned()).or_default().push((at, index));
        }
        for function in &module.functions {
            let name = called_as(module, function);
            *self.functions.entry(name.to_owned()).or_default() += 1;
        }
        self.indexes.push(Index::new(module));
    }

    /// The bindings of a name in one scope, by their index.
    pub(crate) fn bindings(&self, module: usize, scope: usize, name: &str) -> &[usize] {
        self.indexes.get(module).map_or(&[], |index| index.bound(scope, name))
    }

    /// The module that an import of `wanted` in `from` means, if it is one of the folder.
    pub(crate) fn imported(&self, from: usize, wanted: &str) -> Option<usize> {
        let importer = &self.modules.get(from)?.path;
        let folder = importer.rsplit_once('/').map_or("", |(folder, _)| folder);
        let wanted = wanted.trim_end_matches(".js").trim_end_matches(".ts");
        if wanted.starts_with("./") || wanted.starts_with("../") {
            return self.by_key.get(&walked(folder, wanted)?).copied();
        }
        if wanted.starts_with('.') {
            let up = wanted.chars().take_while(|c| *c == '.').count();
            let rest = wanted.trim_start_matches('.').replace('.', "/");
            let steps = "../".repeat(up.saturating_sub(1));
            return self.by_key.get(&walked(folder, &format!("{steps}{rest}"))?).copied();
        }
        let script = wanted.contains('/') || wanted.starts_with('@') || wanted.starts_with('~');
        if script && !wanted.starts_with("@/") && !wanted.starts_with("~/") {
            return None;
        }
        let wanted = wanted.trim_start_matches("@/").trim_start_matches("~/");
        let wanted = if script { wanted.to_owned() } else { wanted.replace('.', "/") };
        self.below_a_root(folder, &wanted)
    }

    fn below_a_root(&self, folder: &str, wanted: &str) -> Option<usize> {
        if let Some(found) = walked(folder, wanted).and_then(|key| self.by_key.get(&key)) {
            return Some(*found);
        }
        let last = wanted.rsplit('/').next().unwrap_or_default();
        self.by_last.get(last)?.iter().copied().find(|at| {
            let key = self.modules.get(*at).map(|module| key(&module.path)).unwrap_or_default();
            let Some(root) = key.strip_suffix(wanted) else { return false };
            let root = root.trim_end_matches('/');
            ROOTS.contains(&root) || folder == root || folder.starts_with(&format!("{root}/"))
        })
    }

    /// The module whose file this is.
    pub(crate) fn file(&self, path: &str) -> Option<usize> {
        let at = self.by_key.get(&key(path)).copied()?;
        let module = self.modules.get(at)?;
        (module.path == path || !path.contains('.')).then_some(at)
    }

    /// The class of a module with this name.
    pub(crate) fn class(&self, module: usize, name: &str) -> Option<usize> {
        self.indexes.get(module)?.class(name)
    }

    /// The class of a module whose body is this scope.
    pub(crate) fn class_of(&self, module: usize, body: usize) -> Option<&Class> {
        let class = self.indexes.get(module)?.class_of(body)?;
        self.modules.get(module)?.classes.get(class)
    }

    /// The function of a module with this name, not a method.
    pub(crate) fn function(&self, module: usize, name: &str) -> Option<usize> {
        self.indexes.get(module)?.function(name)
    }

    /// The function of a module with this name that stands in a scope, such as a method in a class.
    pub(crate) fn method(&self, module: usize, scope: usize, name: &str) -> Option<usize> {
        self.indexes.get(module)?.method(scope, name)
    }

    /// The function of a module whose body is this scope.
    pub(crate) fn function_of(&self, module: usize, body: usize) -> Option<&Function> {
        let function = self.indexes.get(module)?.function_of(body)?;
        self.modules.get(module)?.functions.get(function)
    }

    /// The imports of a module that may have bound a name, and those of all names; the last first.
    pub(crate) fn imports<'a>(
        &'a self,
        module: usize,
        name: &str,
    ) -> impl Iterator<Item = &'a Import> {
        let both = self.indexes.get(module).zip(self.modules.get(module));
        both.map(|(index, module)| index.imports(module, name)).into_iter().flatten()
    }

    /// The imports of a module that may have bound a name by itself; the last first.
    pub(crate) fn named_imports(&self, module: usize, name: &str) -> impl Iterator<Item = &Import> {
        let named = self.indexes.get(module).map_or(&[][..], |index| index.named_imports(name));
        let module = self.modules.get(module);
        named.iter().rev().filter_map(move |import| module?.imports.get(*import))
    }

    /// The calls of a module that declare an option.
    pub(crate) fn options(&self, module: usize, name: &str) -> impl Iterator<Item = &Call> {
        let calls = self.indexes.get(module).map_or(&[][..], |index| index.option(name));
        let module = self.modules.get(module);
        calls.iter().filter_map(move |call| module?.calls.get(*call))
    }
}

/// The name by which a function is called: that of its class for a constructor.
pub(super) fn called_as<'a>(module: &'a Module, function: &'a Function) -> &'a str {
    if matches!(function.name.as_str(), "__init__" | "constructor" | "__call__") {
        let name = module.scope_name(function.scope);
        return name.rsplit('.').next().unwrap_or_default();
    }
    &function.name
}

/// A path without suffix; a package by its folder.
fn key(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    stem.strip_suffix("/index").unwrap_or(stem).to_owned()
}

fn walked(folder: &str, steps: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for step in steps.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{super::ir::Module, Project};

    #[test]
    fn an_import_means_the_module_beside_or_below_a_root() {
        let paths = [
            "src/app/config.py",
            "src/app/main.py",
            "src/app/db/__init__.py",
            "web/lib/a.ts",
            "web/b.ts",
        ];
        let project = Project::new(paths.iter().map(|path| Module::new(path)).collect());
        assert_eq!(project.imported(1, ".config"), Some(0));
        assert_eq!(project.imported(1, "config"), Some(0));
        assert_eq!(project.imported(1, "app.config"), Some(0));
        assert_eq!(project.imported(2, "..config"), Some(0));
        assert_eq!(project.imported(1, ".db"), Some(2));
        assert_eq!(project.imported(4, "@/lib/a"), Some(3));
        assert_eq!(project.imported(4, "./lib/a.js"), Some(3));
        assert_eq!(project.imported(1, "openai"), None);
    }
}
