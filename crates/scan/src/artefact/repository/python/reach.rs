//! What names in a source stand for: modules and what is taken from them, by whatever name and way.

mod imports;

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Kind, Token};

/// Names that are followed.
const MAX_NAMES: usize = 10_000;
/// Expressions within expressions.
const MAX_DEPTH: u8 = 6;
/// Longest path that is put together.
const MAX_PATH: usize = 256;
/// Stands for a part that is only known when the code runs.
pub(super) const COMPUTED: &str = "?";
/// Functions that give an attribute by its name.
const GETTERS: &[&str] =
    &["getattr", "builtins.getattr", "operator.getitem", "object.__getattribute__"];
/// Functions that import by name.
const IMPORTERS: &[&str] = &[
    "__import__",
    "builtins.__import__",
    "importlib.import_module",
    "importlib.__import__",
    "importlib.reload",
    "importlib.util.find_spec",
    "pydoc.locate",
    "pkgutil.resolve_name",
];
/// Endings by which a name is looked up in a dictionary.
const LOOKUPS: &[&str] = &[".get", ".pop", ".setdefault", ".__getitem__", ".__getattribute__"];

/// What is known of names.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<String, String>,
    /// The first parts of modules that are imported.
    modules: BTreeSet<String>,
    /// Modules of which all is taken.
    pub(super) stars: Vec<String>,
    /// Modules that are imported, without leading dots, and what is taken from them.
    pub(super) imported: BTreeSet<String>,
}

impl Names {
    /// Reads all imports and simple assignments.
    pub(super) fn read(tokens: &[Token<'_>]) -> Self {
        let mut names = Self::default();
        for at in 0..tokens.len() {
            names.import(tokens, at);
        }
        for at in 0..tokens.len() {
            names.by_name(tokens, at);
        }
        let roots = names.imported.iter().filter_map(|path| path.split('.').next());
        names.modules = roots.map(str::to_owned).collect();
        // What stands for something is known only once that is.
        for _ in 0..2 {
            for at in 0..tokens.len() {
                names.assign(tokens, at);
            }
        }
        names
    }

    fn add(&mut self, name: &str, path: String) {
        if self.known.len() < MAX_NAMES && name != path {
            self.known.insert(name.to_owned(), path);
        }
    }

    /// What a name stands for.
    fn path(&self, name: &str) -> String {
        self.known.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// `name = path`, and nothing more.
    fn assign(&mut self, tokens: &[Token<'_>], at: usize) {
        let Some(name) = tokens.get(at).and_then(Token::name) else { return };
        let mark = tokens.get(at.saturating_add(1));
        if !mark.is_some_and(|mark| mark.is("=") || mark.is(":=")) {
            return;
        }
        let value = at.saturating_add(2);
        let Some((path, next)) = self.reach(tokens, value, 0) else { return };
        let ends = tokens.get(next).is_none_or(|token| {
            matches!(token.kind, Kind::Line(_) | Kind::Mark(";" | ")" | "," | "="))
        });
        if ends && path != "None" && path != "True" && path != "False" {
            self.add(name, path);
        }
    }

    /// Whether a name can be that of a module here.
    pub(super) fn has(&self, module: &str) -> bool {
        !self.stars.is_empty() || self.modules.contains(module)
    }

    /// What an expression that begins with a name leads to, and where it ends.
    pub(super) fn reach(
        &self,
        tokens: &[Token<'_>],
        at: usize,
        depth: u8,
    ) -> Option<(String, usize)> {
        let opened = tokens.get(at).is_some_and(|token| token.is("("));
        let name = at.saturating_add(usize::from(opened));
        let mut path = self.path(tokens.get(name)?.name()?);
        let mut at = name.saturating_add(1);
        if opened && tokens.get(at).is_some_and(|token| token.is(")")) {
            at = at.saturating_add(1);
        }
        while path.len() <= MAX_PATH {
            let Some((longer, next)) = self.further(tokens, &path, name, at, depth) else { break };
            (path, at) = (longer, next);
        }
        Some((path, at))
    }

    /// One step on from `path`, which began at `start` and ended before `at`.
    fn further(
        &self,
        tokens: &[Token<'_>],
        path: &str,
        start: usize,
        at: usize,
        depth: u8,
    ) -> Option<(String, usize)> {
        let (token, next) = (tokens.get(at)?, at.saturating_add(1));
        if token.is(".") {
            let name = tokens.get(next)?.name()?;
            return Some((format!("{path}.{name}"), next.saturating_add(1)));
        }
        let around = start.checked_sub(1).and_then(|before| tokens.get(before));
        if token.is(")")
            && at == start.saturating_add(1)
            && around.is_some_and(|token| token.is("("))
        {
            let goes_on = tokens.get(next).is_some_and(|token| token.is(".") || token.is("("));
            return goes_on.then(|| (path.to_owned(), next));
        }
        let called = token.is("(");
        if called && depth < MAX_DEPTH && GETTERS.contains(&path) {
            return self.attribute(tokens, next, depth);
        }
        let end = closing(tokens, at)?;
        let key = constant(tokens, next).filter(|(_, stop)| {
            tokens.get(*stop).is_some_and(|token| token.is(")") || token.is("]") || token.is(","))
        });
        let key = key.map(|(text, _)| text);
        if called && IMPORTERS.contains(&path) {
            // Libraries import by computed names too, but not in this way.
            let computed = path.ends_with("__import__").then(|| COMPUTED.to_owned());
            return Some((key.or(computed)?, end));
        }
        match dictionary(path).filter(|_| called || token.is("["))? {
            "" => Some((key?, end)),
            held => Some((format!("{held}.{}", key.unwrap_or_else(|| COMPUTED.into())), end)),
        }
    }

    /// `getattr(module, "name")`, from behind its bracket.
    fn attribute(&self, tokens: &[Token<'_>], at: usize, depth: u8) -> Option<(String, usize)> {
        let (path, comma) = self.reach(tokens, at, depth.saturating_add(1))?;
        tokens.get(comma).filter(|token| token.is(","))?;
        let key = constant(tokens, comma.saturating_add(1)).filter(|(_, stop)| {
            tokens.get(*stop).is_some_and(|token| token.is(")") || token.is(","))
        });
        let key = key.map_or_else(|| COMPUTED.into(), |(text, _)| text);
        Some((format!("{path}.{key}"), closing(tokens, at.saturating_sub(1))?))
    }
}

/// What a dictionary holds the names of: the module, or none where it is that of all modules.
fn dictionary(path: &str) -> Option<&str> {
    let held = LOOKUPS.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    match held {
        "sys.modules" => Some(""),
        "__builtins__" => Some("builtins"),
        _ if held.len() < path.len() && path.ends_with(".__getattribute__") => Some(held),
        _ => held.strip_suffix(".__dict__"),
    }
}

/// A constant string, put together from parts, and where it ends.
pub(super) fn constant(tokens: &[Token<'_>], start: usize) -> Option<(String, usize)> {
    let Kind::Text(first) = &tokens.get(start)?.kind else { return None };
    let (mut value, mut at) = (first.clone(), start.saturating_add(1));
    loop {
        let plus = usize::from(tokens.get(at).is_some_and(|token| token.is("+")));
        match tokens.get(at.saturating_add(plus)).map(|token| &token.kind) {
            Some(Kind::Text(more)) if value.len() <= MAX_PATH => value.push_str(more),
            _ => return Some((value, at)),
        }
        at = at.saturating_add(plus).saturating_add(1);
    }
}

/// Where what the bracket at `at` opens has ended, if it is near.
fn closing(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (place, token) in tokens.iter().enumerate().skip(at).take(MAX_PATH) {
        match token.kind {
            Kind::Mark("(" | "[" | "{") => depth = depth.saturating_add(1),
            Kind::Mark(")" | "]" | "}") => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth <= 0 {
            return (place > at).then(|| place.saturating_add(1));
        }
    }
    None
}
