//! `Pipfile`.

use super::{named::Named, requirement::is_exact, table::Toml};

/// Packages of a `Pipfile`.
pub(super) fn read(text: &str) -> Result<Named, String> {
    let toml = Toml::read(text)?;
    let mut packages = toml.packages(&["packages"], is_exact);
    packages.extend(toml.packages(&["dev-packages"], is_exact).into_iter().map(|mut package| {
        package.development = true;
        package
    }));
    for package in packages.iter_mut().filter(|package| package.wants == "*") {
        package.wants.clear();
    }
    Ok(Named { packages, ..Named::default() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_both_tables() {
        let named = read(
            "[packages]\na = \"==1.0\"\nb = \"*\"\n[dev-packages]\nc = {version = \">=2\", extras=[\"x\"]}\n",
        );
        let named = named.unwrap();
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.wants.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [
                (2, "a", "==1.0", true, false),
                (3, "b", "", false, false),
                (5, "c", ">=2", false, true)
            ]
        );
    }
}
