//! `Cargo.toml`.

use super::{named::Named, table::Toml};

const TABLES: [(&[&str], bool); 4] = [
    (&["dependencies"], false),
    (&["workspace", "dependencies"], false),
    (&["dev-dependencies"], true),
    (&["build-dependencies"], true),
];

/// Packages of a `Cargo.toml`.
pub(super) fn read(text: &str) -> Result<Named, String> {
    let toml = Toml::read(text)?;
    let own = toml.string(&["package", "name"]);
    let mut packages = Vec::new();
    for (path, development) in TABLES {
        packages.extend(toml.packages(path, is_exact).into_iter().map(|mut package| {
            package.development = development;
            package
        }));
    }
    // What stands in the workspace's table is named there, with its version.
    packages.retain(|package| {
        !(package.wants.is_empty() && package.source == coseal_core::fact::DependencySource::Path)
    });
    Ok(Named { own, packages, ..Named::default() })
}

fn is_exact(wants: &str) -> bool {
    wants
        .trim()
        .strip_prefix('=')
        .is_some_and(|version| version.matches('.').count() >= 2 && !version.contains([',', '*']))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_tables_and_renamed_packages() {
        let text = "[package]\nname = \"me\"\n[dependencies]\na = \"1\"\nb = { version = \"=1.2.3\" }\n\
                    c = { package = \"real\", git = \"https://h.example/c\" }\nd.workspace = true\n\
                    [dev-dependencies]\ne = \"2\"\n";
        let named = read(text).unwrap();
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [
                (4, "a", false, false),
                (5, "b", true, false),
                (6, "real", false, false),
                (9, "e", false, true)
            ]
        );
    }
}
