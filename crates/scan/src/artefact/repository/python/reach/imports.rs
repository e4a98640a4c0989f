//! What a source imports, and under which names.

use super::{IMPORTERS, Kind, MAX_PATH, Names, Token, constant};

impl Names {
    pub(super) fn import(&mut self, tokens: &[Token<'_>], at: usize) {
        let word = |at: usize| tokens.get(at).and_then(Token::name);
        let begins = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_none_or(|before| matches!(before.kind, Kind::Line(_) | Kind::Mark(";" | ":")));
        match word(at).filter(|_| begins) {
            Some("import") => self.modules(tokens, at.saturating_add(1), None),
            Some("from") => {
                let (module, next) = dotted(tokens, at.saturating_add(1));
                if word(next) == Some("import") {
                    self.imported.insert(module.clone());
                    self.modules(tokens, next.saturating_add(1), Some(&module));
                }
            }
            _ => {}
        }
    }

    /// Names with commas between; `of` the module that they are taken from.
    fn modules(&mut self, tokens: &[Token<'_>], start: usize, of: Option<&str>) {
        let mut at = start;
        while let Some(token) = tokens.get(at) {
            match token.kind {
                Kind::Mark("(" | ")" | ",") => at = at.saturating_add(1),
                Kind::Mark("*") => {
                    self.stars.extend(of.map(str::to_owned));
                    return;
                }
                Kind::Name(_) => {
                    let (name, next) = dotted(tokens, at);
                    let renamed = tokens.get(next).and_then(Token::name) == Some("as");
                    let as_name = tokens.get(next.saturating_add(1)).and_then(Token::name);
                    at = if renamed { next.saturating_add(2) } else { next };
                    self.one(&name, as_name.filter(|_| renamed), of);
                }
                _ => return,
            }
        }
    }

    fn one(&mut self, name: &str, renamed: Option<&str>, of: Option<&str>) {
        let path = match of {
            Some("") | None => name.to_owned(),
            Some(module) => format!("{module}.{name}"),
        };
        self.imported.insert(path.clone());
        match (renamed, of) {
            (Some(renamed), _) => self.add(renamed, path),
            (None, Some(_)) => self.add(name, path),
            // `import a.b` makes `a` known.
            (None, None) => {}
        }
    }

    /// `import_module("module")`.
    pub(super) fn by_name(&mut self, tokens: &[Token<'_>], at: usize) {
        let importer = tokens.get(at).and_then(Token::name).and_then(|name| {
            let calls = tokens.get(at.saturating_add(1)).is_some_and(|token| token.is("("));
            calls.then(|| self.path(name))
        });
        let known = |path: &String| {
            IMPORTERS.iter().any(|known| known.rsplit('.').next() == path.rsplit('.').next())
        };
        if let Some((module, _)) =
            importer.filter(known).and_then(|_| constant(tokens, at.saturating_add(2)))
        {
            self.imported.insert(module.trim_start_matches('.').to_owned());
        }
    }
}

/// A name with dots, and where it ends. Dots in front are those of a relative import.
fn dotted(tokens: &[Token<'_>], start: usize) -> (String, usize) {
    let (mut path, mut at) = (String::new(), start);
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Mark(".") if path.is_empty() || path.len() > MAX_PATH => {}
            Kind::Mark(".") => path.push('.'),
            Kind::Name("import" | "as") => break,
            Kind::Name(name) if path.is_empty() || path.ends_with('.') => path.push_str(name),
            _ => break,
        }
        at = at.saturating_add(1);
    }
    (path, at)
}
