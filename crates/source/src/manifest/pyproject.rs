//! `pyproject.toml`: PEP 621, PEP 735, and what Poetry, uv and PDM put there.

use super::{
    named::{Named, Package, is_development},
    requirement::{is_exact, requirement},
    table::{Toml, elsewhere},
};

/// Packages of a `pyproject.toml`.
pub(super) fn read(text: &str) -> Result<Named, String> {
    let toml = Toml::read(text)?;
    let own =
        toml.string(&["project", "name"]).or_else(|| toml.string(&["tool", "poetry", "name"]));
    let mut packages = standard(&toml);
    packages.extend(poetry(&toml));
    let of_uv = toml.at(&["tool", "uv", "dev-dependencies"]).map(|item| listed(&toml, item));
    packages.extend(of_uv.unwrap_or_default().into_iter().map(for_development));
    from_sources(&toml, &mut packages);
    Ok(Named { own, packages, ..Named::default() })
}

fn standard(toml: &Toml<'_>) -> Vec<Package> {
    let mut packages =
        toml.at(&["project", "dependencies"]).map(|item| listed(toml, item)).unwrap_or_default();
    for (group, item) in toml.entries(&["project", "optional-dependencies"]) {
        packages.extend(listed(toml, item).into_iter().map(|mut package| {
            package.optional = true;
            package.development = is_development(group);
            package
        }));
    }
    let groups =
        [toml.entries(&["dependency-groups"]), toml.entries(&["tool", "pdm", "dev-dependencies"])];
    for (_, item) in groups.into_iter().flatten() {
        packages.extend(listed(toml, item).into_iter().map(for_development));
    }
    packages
}

fn poetry(toml: &Toml<'_>) -> Vec<Package> {
    let mut packages = toml.packages(&["tool", "poetry", "dependencies"], is_exact_of_poetry);
    packages.retain(|package| package.name != "python");
    let before = toml.packages(&["tool", "poetry", "dev-dependencies"], is_exact_of_poetry);
    packages.extend(before.into_iter().map(for_development));
    for (group, _) in toml.entries(&["tool", "poetry", "group"]) {
        let path = ["tool", "poetry", "group", group, "dependencies"];
        let found = toml.packages(&path, is_exact_of_poetry);
        packages.extend(found.into_iter().map(|mut package| {
            package.development = is_development(group);
            package.optional = true;
            package
        }));
    }
    packages
}

/// Poetry takes a bare version as exact.
fn is_exact_of_poetry(wants: &str) -> bool {
    let wants = wants.trim();
    is_exact(wants)
        || wants.starts_with(|c: char| c.is_ascii_digit())
            && !wants.contains([',', '*', '|', ' ', '<', '>'])
}

/// `[tool.uv.sources]` says where a package comes from that is named elsewhere.
fn from_sources(toml: &Toml<'_>, packages: &mut [Package]) {
    for (name, item) in toml.entries(&["tool", "uv", "sources"]) {
        let Some((wants, from)) = item.as_table_like().and_then(elsewhere) else { continue };
        for package in packages.iter_mut().filter(|package| package.name.eq_ignore_ascii_case(name))
        {
            package.wants.clone_from(&wants);
            (package.source, package.exact) = from;
        }
    }
}

fn listed(toml: &Toml<'_>, item: &toml_edit::Item) -> Vec<Package> {
    toml.strings(item).into_iter().filter_map(|(line, text)| requirement(line, &text)).collect()
}

fn for_development(mut package: Package) -> Package {
    package.development = true;
    package
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::DependencySource;

    use super::read;

    #[test]
    fn reads_standard_groups_and_sources() {
        let text = "[project]\nname = \"me\"\ndependencies = [\n  \"openai>=1\",\n  \"mine\",\n]\n\
                    [project.optional-dependencies]\nrag = [\"chromadb==1.1.0\"]\ntest = [\"pytest\"]\n\
                    [dependency-groups]\ndev = [\"ruff\", {include-group = \"x\"}]\n\
                    [tool.uv.sources]\nmine = { git = \"https://h.example/mine\", branch = \"main\" }\n";
        let named = read(text).unwrap();
        assert_eq!(named.own.as_deref(), Some("me"));
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.optional, p.development, p.source))
            .collect();
        let registry = DependencySource::Registry;
        assert_eq!(
            told,
            [
                (4, "openai", false, false, false, registry),
                (5, "mine", false, false, false, DependencySource::Branch),
                (8, "chromadb", true, true, false, registry),
                (9, "pytest", false, true, true, registry),
                (11, "ruff", false, false, true, registry),
            ]
        );
    }

    #[test]
    fn reads_what_poetry_writes() {
        let text = "[tool.poetry]\nname = \"me\"\n[tool.poetry.dependencies]\npython = \"^3.11\"\n\
                    a = \"1.2.3\"\nb = { version = \"^2\", optional = true }\nc = { git = \"https://h.example/c\", \
                    rev = \"0123456789012345678901234567890123456789\" }\nd = {path = \"../d\"}\n\
                    [tool.poetry.group.dev.dependencies]\ne = \"*\"\n";
        let named = read(text).unwrap();
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.optional, p.development, p.source))
            .collect();
        assert_eq!(
            told,
            [
                (5, "a", true, false, false, DependencySource::Registry),
                (6, "b", false, true, false, DependencySource::Registry),
                (7, "c", true, false, false, DependencySource::Commit),
                (8, "d", false, false, false, DependencySource::Path),
                (10, "e", false, true, true, DependencySource::Registry),
            ]
        );
        assert!(read("[tool").is_err());
    }
}
