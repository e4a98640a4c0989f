//! Which words of a source run when it is imported, built or used, and which only if somebody calls them.

use std::collections::BTreeSet;

use super::tokens::{Kind, Token};

/// Functions that loaders and servers call, beside those that Python itself calls.
#[rustfmt::skip]
const CALLED: &[&str] = &[
    "_from_config", "_generate_examples", "_info", "_init_weights", "_load_from_state_dict", "_load_pyfunc", "_split_generators", "auto_complete_config", "batch", "create",
    "encode", "decode", "execute", "finalize", "forward", "from_config", "from_dict", "from_json_file", "from_pretrained", "generate", "get_config_dict", "get_model", "handle", "inference",
    "init", "init_weights", "initialize", "input_fn", "load", "load_context", "load_model", "load_state_dict", "model_fn", "output_fn", "post_init", "postprocess", "predict",
    "predict_fn", "preprocess", "reset_parameters", "run", "service", "setup", "tokenize", "transform",
];

/// How far calls are followed from function to function.
const MAX_STEPS: usize = 32;

/// When code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// Nothing shows that it does.
    Perhaps,
    /// When the model is built or used.
    Loading,
    /// As soon as it is imported.
    Import,
}

/// A function, or all that stands outside of any.
#[derive(Debug)]
struct Scope<'a> {
    name: &'a str,
    /// Ranges of words, without those of functions within.
    words: Vec<(usize, usize)>,
    when: When,
}

/// When each word runs. `called` are functions of this source that others use.
pub(super) fn read(tokens: &[Token<'_>], called: &BTreeSet<String>) -> Vec<When> {
    let mut scopes = split(tokens);
    for scope in scopes.iter_mut().skip(1) {
        let dunder = scope.name.starts_with("__") && scope.name.ends_with("__");
        if dunder || CALLED.contains(&scope.name) || called.contains(scope.name) {
            scope.when = When::Loading;
        }
    }
    for when in [When::Import, When::Loading] {
        spread(tokens, &mut scopes, when);
    }
    let mut whens = vec![When::Perhaps; tokens.len()];
    for scope in &scopes {
        for (start, end) in &scope.words {
            if let Some(words) = whens.get_mut(*start..*end) {
                words.fill(scope.when);
            }
        }
    }
    whens
}

/// What runs has the functions run that it names.
fn spread(tokens: &[Token<'_>], scopes: &mut [Scope<'_>], when: When) {
    let mut named = BTreeSet::new();
    let mut read = vec![false; scopes.len()];
    for _ in 0..MAX_STEPS {
        let mut more = false;
        for (scope, read) in scopes.iter().zip(&mut read) {
            if scope.when == when && !*read {
                *read = true;
                more = true;
                let ranges = scope.words.iter();
                let words = ranges.filter_map(|(start, end)| tokens.get(*start..*end));
                named.extend(words.flat_map(names));
            }
        }
        if !more {
            return;
        }
        for scope in scopes.iter_mut().filter(|scope| scope.when < when) {
            if named.contains(scope.name) {
                scope.when = when;
            }
        }
    }
}

/// The names that are used among some words: `def f` only makes one known.
fn names<'a>(words: &[Token<'a>]) -> impl Iterator<Item = &'a str> {
    let before = std::iter::once(None).chain(words.iter().map(Token::name));
    let used = words.iter().zip(before).filter(|(_, before)| *before != Some("def"));
    used.filter_map(|(word, _)| word.name())
}

/// The functions; the first is the module. Bodies of classes run where they stand.
fn split<'a>(tokens: &[Token<'a>]) -> Vec<Scope<'a>> {
    let mut scopes = vec![Scope { name: "", words: Vec::new(), when: When::Import }];
    // How far in each open function begins, and which it is.
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut at = 0_usize;
    while let Some(token) = tokens.get(at) {
        let end = line_end(tokens, at);
        if let Kind::Line(depth) = token.kind {
            while open.last().is_some_and(|(outer, _)| depth <= *outer) {
                open.pop();
            }
            let outer = open.last().map_or(0, |(_, scope)| *scope);
            let line = tokens.get(at..end).unwrap_or_default();
            // Defaults and annotations are evaluated outside.
            let head = at.saturating_add(begin_of_body(line).unwrap_or(line.len()));
            let body = body(line).map(|name| (name, scopes.len()));
            if let Some((name, scope)) = body {
                scopes.push(Scope { name, words: vec![(head, end)], when: When::Perhaps });
                open.push((depth, scope));
            }
            let head = if body.is_some() { head } else { end };
            if let Some(scope) = scopes.get_mut(outer) {
                scope.words.push((at, head));
            }
        }
        at = end.max(at.saturating_add(1));
    }
    scopes
}

/// Where the line that begins at `at` ends.
fn line_end(tokens: &[Token<'_>], at: usize) -> usize {
    let rest = tokens.get(at.saturating_add(1)..).unwrap_or_default();
    let next = rest.iter().position(|token| matches!(token.kind, Kind::Line(_)));
    next.map_or(tokens.len(), |next| at.saturating_add(1).saturating_add(next))
}

/// The function that a line begins; what only runs as a program is one without a name.
fn body<'a>(line: &[Token<'a>]) -> Option<&'a str> {
    let words: Vec<&Token<'a>> = line.iter().skip(1).take(6).collect();
    let name = |at: usize| words.get(at).and_then(|word| word.name());
    match (name(0), name(1)) {
        (Some("def"), Some(function)) => Some(function),
        (Some("async"), Some("def")) => name(2),
        (Some("if"), Some("__name__")) => {
            let main = Kind::Text("__main__".into());
            let is = words.get(2).is_some_and(|word| word.is("=="))
                && words.get(3).is_some_and(|word| word.kind == main)
                && words.get(4).is_some_and(|word| word.is(":"));
            is.then_some("")
        }
        _ => None,
    }
}

/// The place behind the colon that no bracket holds.
fn begin_of_body(line: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, token) in line.iter().enumerate() {
        match token.kind {
            Kind::Mark("(" | "[" | "{") => depth = depth.saturating_add(1),
            Kind::Mark(")" | "]" | "}") => depth = depth.saturating_sub(1),
            Kind::Mark(":") if depth == 0 => return Some(at.saturating_add(1)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tokens;
    use super::{When, read};

    fn when(text: &str) -> When {
        let tokens = tokens::read(text);
        let whens = read(&tokens, &BTreeSet::from(["used".to_owned()]));
        let at = tokens.iter().position(|token| token.name() == Some("x")).unwrap();
        whens[at]
    }

    #[test]
    fn what_runs_follows_from_who_names_it() {
        for (text, expected) in [
            ("x", When::Import),
            ("class A:\n  y = x", When::Import),
            ("def f(a=x): pass", When::Import),
            ("def f(): x", When::Perhaps),
            ("def f():\n  x\nf()", When::Import),
            ("@f\ndef g(): pass\ndef f(a):\n  h()\ndef h():\n x", When::Import),
            ("class A:\n  def __init__(self):\n    x", When::Loading),
            (
                "class A:\n  async def forward(self):\n    self.f()\n  def f(self):\n    x",
                When::Loading,
            ),
            ("def used():\n  x", When::Loading),
            ("def f():\n  pass\nx", When::Import),
            ("if __name__ == '__main__':\n  x", When::Perhaps),
            ("if __name__ == '__main__':\n  y\nelse:\n  x", When::Import),
        ] {
            assert_eq!(when(text), expected, "{text}");
        }
    }
}
