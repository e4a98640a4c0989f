//! Libraries for AI that code imports.

use std::collections::BTreeSet;

use coseal_core::fact::{AssetKind, Method};

use super::look::{Look, New};
use crate::code::known::libraries::{PACKAGES, SCRIPT_PACKAGES};

/// The libraries that a module imports, each once.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let Some(module) = look.project.modules.get(at) else { return };
    let script = module.script;
    let mut seen = BTreeSet::new();
    for import in &module.imports {
        let name = if script {
            of_script(&import.module)
        } else {
            of_python(&import.module, import.item.as_deref())
        };
        let Some(name) = name else { continue };
        // A module of the folder may have the name of a package.
        if !seen.insert(name.clone())
            || !script && look.project.imported(at, &import.module).is_some()
        {
            continue;
        }
        let new = New { method: Method::Import, ..New::called(AssetKind::Library, &name) };
        look.put(new, at, import.line);
    }
}

fn of_python(module: &str, item: Option<&str>) -> Option<String> {
    let full = item.map_or_else(|| module.to_owned(), |item| format!("{module}.{item}"));
    let fits = |package: &str| {
        full == package || full.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'))
    };
    let found = PACKAGES.iter().filter(|(package, _)| fits(package));
    found.max_by_key(|(package, _)| package.len()).map(|(_, name)| (*name).to_owned())
}

fn of_script(module: &str) -> Option<String> {
    let parts = if module.starts_with('@') { 2 } else { 1 };
    let name: Vec<&str> = module.split('/').take(parts).collect();
    let name = name.join("/");
    let known = SCRIPT_PACKAGES.iter().any(|package| {
        if package.ends_with('/') {
            name.starts_with(package)
        } else {
            name == *package || module == *package
        }
    });
    known.then_some(name)
}
