//! The literal lines of a `Gemfile`. It is read as text and never run.

use coseal_core::fact::DependencySource;

use super::named::{Named, Package, is_commit, is_development, number};

/// Gems of a `Gemfile`.
pub(super) fn read(text: &str) -> Named {
    let mut named = Named::default();
    let mut group = false;
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(names) = line.strip_prefix("group ") {
            group = names.split([',', ' ', ':']).any(is_development);
        } else if line == "end" {
            group = false;
        }
        let Some(rest) = line.strip_prefix("gem ").or_else(|| line.strip_prefix("gem(")) else {
            continue;
        };
        let mut package = of_gem(number(place), rest);
        package.development = group;
        if !package.name.is_empty() {
            named.packages.push(package);
        }
    }
    named
}

/// `'name', '~> 1.0', git: '…', ref: '…'`.
fn of_gem(line: u32, rest: &str) -> Package {
    let mut parts = rest.split(',').map(str::trim).take(16);
    let name = quoted(parts.next().unwrap_or_default()).unwrap_or_default();
    let (mut wants, mut git, mut path, mut revision) = (Vec::new(), None, None, "");
    for part in parts {
        let option = |name: &str| {
            let rest = part.strip_prefix(':').unwrap_or(part).strip_prefix(name)?;
            quoted(rest.trim_start().trim_start_matches([':', '=', '>', ' ']))
        };
        match (quoted(part), option("git").or_else(|| option("github"))) {
            (Some(version), _) => wants.push(version),
            (None, Some(address)) => git = Some(address),
            (None, None) => {
                path = path.or_else(|| option("path"));
                revision = option("ref").unwrap_or(revision);
            }
        }
    }
    let wants = wants.join(", ");
    if path.is_some() {
        return Package::new(line, name, &wants, false).from((DependencySource::Path, false));
    }
    if let Some(git) = git {
        let exact = is_commit(revision);
        let source = if exact { DependencySource::Commit } else { DependencySource::Branch };
        return Package::new(line, name, git, exact).from((source, exact));
    }
    let version = wants.trim_start_matches(['=', ' ']);
    let exact = version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains(',');
    Package::new(line, name, &wants, exact)
}

/// The text between the quotes with which a part begins.
fn quoted(part: &str) -> Option<&str> {
    let part = part.trim();
    let quote = part.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    part.strip_prefix(quote)?.split_once(quote).map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::DependencySource::{Branch, Path, Registry};

    use super::read;

    #[test]
    fn reads_literal_gems() {
        let named = read(
            "source 'https://rubygems.org'\ngem 'ruby-openai', '~> 6.0'\ngem \"a\", \"1.2.3\"\ngem 'b', git: 'https://h.example/b', \
             branch: 'main'\ngem 'c', path: '../c'\ngroup :development, :test do\n  gem 'rspec'\nend\n",
        );
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.source, p.development))
            .collect();
        assert_eq!(
            told,
            [
                (2, "ruby-openai", false, Registry, false),
                (3, "a", true, Registry, false),
                (4, "b", false, Branch, false),
                (5, "c", false, Path, false),
                (7, "rspec", false, Registry, true),
            ]
        );
    }
}
