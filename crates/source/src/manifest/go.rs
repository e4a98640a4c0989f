//! `go.mod`.

use coseal_core::fact::DependencySource;

use super::named::{Named, Package, number};

/// Modules of a `go.mod`. Each version that it names is one, and the module mirror keeps it as it is.
pub(super) fn read(text: &str) -> Named {
    let mut named = Named::default();
    let mut block = "";
    for (place, line) in text.lines().enumerate() {
        let (said, comment) = line.split_once("//").unwrap_or((line, ""));
        let words: Vec<&str> = said.split_whitespace().take(6).collect();
        match words.as_slice() {
            ["module", name, ..] => named.own = Some((*name).to_owned()),
            [word, "("] => block = word,
            [")"] => block = "",
            ["require", name, version] => required(&mut named, place, name, version, comment),
            [name, version] if block == "require" => {
                required(&mut named, place, name, version, comment)
            }
            ["replace", rest @ ..] => replaced(&mut named, rest),
            rest if block == "replace" => replaced(&mut named, rest),
            _ => {}
        }
    }
    named
}

fn required(named: &mut Named, place: usize, name: &str, version: &str, comment: &str) {
    // What only other modules need is not asked for here.
    if comment.trim() != "indirect" {
        named.packages.push(Package::new(number(place), name.trim_matches('"'), version, true));
    }
}

/// `old [version] => new [version]`.
fn replaced(named: &mut Named, words: &[&str]) {
    let Some(arrow) = words.iter().position(|word| *word == "=>") else { return };
    let (Some(old), Some(new)) = (words.first(), words.get(arrow.saturating_add(1))) else {
        return;
    };
    for package in named.packages.iter_mut().filter(|package| package.name == *old) {
        if new.starts_with(['.', '/']) {
            package.source = DependencySource::Path;
            package.exact = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::DependencySource;

    use super::read;

    #[test]
    fn reads_direct_modules() {
        let named = read(
            "module example.org/me\n\ngo 1.22\n\nrequire github.com/a/b v1.2.3\nrequire (\n\tgithub.com/c/d v0.1.0\n\t\
             github.com/e/f v1.0.0 // indirect\n)\nreplace github.com/c/d => ../d\n",
        );
        assert_eq!(named.own.as_deref(), Some("example.org/me"));
        let told: Vec<_> =
            named.packages.iter().map(|p| (p.line, p.name.as_str(), p.exact, p.source)).collect();
        assert_eq!(
            told,
            [
                (5, "github.com/a/b", true, DependencySource::Registry),
                (7, "github.com/c/d", false, DependencySource::Path)
            ]
        );
    }
}
