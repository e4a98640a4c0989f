//! Packages as tools name them, and whether a statement about one is about another.

/// A package, as far as a name such as `pkg:pypi/django@4.2` or `django@4.2` tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    ecosystem: Option<String>,
    name: String,
    version: Option<String>,
}

impl Product {
    /// Reads a package URL, `name@version` or a plain name.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .replace("%40", "@")
            .replace("%2F", "/");
        let (ecosystem, rest) =
            match text.strip_prefix("pkg:").and_then(|rest| rest.split_once('/')) {
                Some((kind, rest)) => (Some(kind.to_ascii_lowercase()), rest),
                None => (None, text.as_str()),
            };
        // A scope begins with `@`; a version follows a later one.
        let at = rest.rfind('@').filter(|at| *at > 0);
        let (name, version) = match at.and_then(|at| rest.split_at_checked(at)) {
            Some((name, version)) => (name, Some(version.trim_start_matches('@').to_owned())),
            None => (rest, None),
        };
        let mut name = name.to_ascii_lowercase().replace(':', "/");
        if ecosystem.as_deref().is_none_or(|kind| kind == "pypi") {
            name = name.replace(['_', '.'], "-");
        }
        Self { ecosystem, name, version: version.filter(|version| !version.is_empty()) }
    }

    /// Whether what is said of this package holds for another: it has the same name, and nothing that both say differs.
    /// What is said of one version holds for that version only.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let alike = |one: &Option<String>, two: &Option<String>| match (one, two) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        let same_name = self.name == other.name
            || (self.ecosystem.is_none() || other.ecosystem.is_none())
                && self.name.replace(['_', '.'], "-") == other.name.replace(['_', '.'], "-");
        let version = match (&self.version, &other.version) {
            (Some(one), Some(two)) => one.trim_start_matches('v') == two.trim_start_matches('v'),
            (Some(_), None) => false,
            (None, _) => true,
        };
        !self.name.is_empty() && same_name && alike(&self.ecosystem, &other.ecosystem) && version
    }

    /// The name of the package, without ecosystem and version.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The package URL of a package by the names of OSV.
pub(super) fn url(ecosystem: &str, name: &str, version: &str) -> String {
    let kind = match ecosystem.split(':').next().unwrap_or_default() {
        "PyPI" => "pypi".to_owned(),
        "crates.io" => "cargo".to_owned(),
        "Go" => "golang".to_owned(),
        "RubyGems" => "gem".to_owned(),
        other => other.to_ascii_lowercase().replace(' ', "-"),
    };
    let name = if kind == "maven" { name.replace(':', "/") } else { name.to_owned() };
    let version = if version.is_empty() { String::new() } else { format!("@{version}") };
    format!("pkg:{kind}/{name}{version}")
}

#[cfg(test)]
mod tests {
    use super::Product;

    #[test]
    fn a_statement_holds_for_what_it_names() {
        for (statement, subject) in [
            ("pkg:pypi/django@4.2", "pkg:pypi/Django@4.2"),
            ("pkg:pypi/django", "django@4.2"),
            ("pkg:npm/%40a/b@1.0.0", "@a/b@1.0.0"),
            ("django", "pkg:pypi/django@1"),
            ("pkg:maven/org.a/b@1", "pkg:maven/org.a/b@1?type=jar"),
            ("pkg:golang/h.example/x@v1.2.3", "h.example/x@1.2.3"),
        ] {
            assert!(
                Product::read(statement).covers(&Product::read(subject)),
                "{statement} {subject}"
            );
        }
        for (statement, subject) in [
            ("pkg:pypi/django@4.2", "django@4.3"),
            ("pkg:pypi/django@4.2", "django"),
            ("pkg:pypi/django", "pkg:npm/django@1"),
            ("pkg:pypi/django", "pkg:pypi/django-filter@1"),
            ("pkg:oci/app@sha256:ab", "pkg:pypi/django@4.2"),
            ("", "django"),
        ] {
            assert!(
                !Product::read(statement).covers(&Product::read(subject)),
                "{statement} {subject}"
            );
        }
    }
}
