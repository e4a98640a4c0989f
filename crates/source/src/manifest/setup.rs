//! `setup.cfg`, and the lists that stand literally in `setup.py`. It is read as text and never run.

use super::{
    named::{Lines, Named, Package, is_development, number},
    requirement::requirement,
};

/// Packages of a `setup.cfg`.
pub(super) fn read_cfg(text: &str) -> Named {
    let mut named = Named::default();
    let (mut section, mut key) = (String::new(), String::new());
    for (place, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            (section, key) = (name.trim().to_owned(), String::new());
            continue;
        }
        let value = match line.split_once('=') {
            Some((before, value)) if !line.starts_with([' ', '\t', '#']) => {
                key = before.trim().to_owned();
                value
            }
            _ if line.starts_with([' ', '\t']) => line,
            _ => continue,
        };
        if section == "metadata" && key == "name" && named.own.is_none() {
            named.own = Some(value.trim().to_owned());
        }
        let extra = section == "options.extras_require";
        if extra || section == "options" && key == "install_requires" {
            let found = value.split(';').next().and_then(|text| requirement(number(place), text));
            named
                .packages
                .extend(found.map(|package| of_extra(package, extra.then_some(key.as_str()))));
        }
    }
    named
}

/// Packages of the lists `install_requires` and `tests_require` of a `setup.py`, and its literal name.
pub(super) fn read_py(text: &str) -> Named {
    let lines = Lines::of(text);
    let mut named = Named { own: literal_name(text), ..Named::default() };
    for (key, development) in [("install_requires", false), ("tests_require", true)] {
        let mut read = 0;
        for (at, _) in text.match_indices(key) {
            if at < read {
                continue;
            }
            let from = at.saturating_add(key.len());
            let rest = text.get(from..).unwrap_or_default().trim_start();
            let Some(list) =
                rest.strip_prefix('=').map(str::trim_start).filter(|r| r.starts_with('['))
            else {
                continue;
            };
            let start = text.len().saturating_sub(list.len());
            let (words, end) = strings(list);
            read = start.saturating_add(end);
            for (offset, word) in words {
                let line = lines.at(start.saturating_add(offset));
                named.packages.extend(requirement(line, word).map(|mut package| {
                    package.development = development;
                    package
                }));
            }
        }
    }
    named
}

fn of_extra(mut package: Package, extra: Option<&str>) -> Package {
    package.optional = extra.is_some();
    package.development = extra.is_some_and(is_development);
    package
}

fn literal_name(text: &str) -> Option<String> {
    let (_, call) = text.split_once("setup(")?;
    let (_, rest) = call.split_once("name")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.strip_prefix(quote)?.split_once(quote).map(|(name, _)| name.to_owned())
}

/// The quoted words of a list that begins with `[`, up to its end, with their places.
fn strings(list: &str) -> (Vec<(usize, &str)>, usize) {
    let mut words = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut comment = false;
    for (at, c) in list.char_indices() {
        match open {
            _ if comment => comment = c != '\n',
            Some((quote, start)) if c == quote => {
                words.extend(list.get(start..at).map(|word| (start, word)));
                open = None;
            }
            Some(_) => {}
            None => match c {
                '"' | '\'' => open = Some((c, at.saturating_add(1))),
                '#' => comment = true,
                ']' => return (words, at),
                _ => {}
            },
        }
    }
    (words, list.len())
}

#[cfg(test)]
mod tests {
    use super::{read_cfg, read_py};

    #[test]
    fn reads_setup_cfg() {
        let named = read_cfg(
            "[metadata]\nname = me\n[options]\ninstall_requires =\n    openai>=1\n    # no\n    torch==2.0; x=='y'\n\
             [options.extras_require]\ndev =\n    pytest\nrag = chromadb\n[tool:x]\na = b\n",
        );
        assert_eq!(named.own.as_deref(), Some("me"));
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [
                (5, "openai", false, false),
                (7, "torch", true, false),
                (10, "pytest", false, true),
                (11, "chromadb", false, false)
            ]
        );
    }

    #[test]
    fn reads_literal_lists_of_setup_py_only() {
        let text = "from setuptools import setup\nDEPS = read()\nsetup(\n  name='me',\n  install_requires=[\n    \
                    'openai>=1',  # 'not this'\n    \"torch[x]==2.0\",\n  ],\n  extras_require={'a': ['b']},\n)\n\
                    setup(install_requires=DEPS)\n";
        let named = read_py(text);
        assert_eq!(named.own.as_deref(), Some("me"));
        let told: Vec<_> =
            named.packages.iter().map(|p| (p.line, p.name.as_str(), p.exact)).collect();
        assert_eq!(told, [(6, "openai", false), (7, "torch", true)]);
    }
}
