//! `package.json`.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::DependencySource;
use serde_json::{Map, Value};

use super::named::{Named, Package, is_commit, number};

/// Its tables of packages: for developing only, and optional.
const TABLES: [(&str, bool, bool); 4] = [
    ("dependencies", false, false),
    ("devDependencies", true, false),
    ("peerDependencies", false, true),
    ("optionalDependencies", false, true),
];

/// Packages of a `package.json`.
pub(super) fn read(text: &str) -> Result<Named, String> {
    let object: Map<String, Value> =
        serde_json::from_str(text).map_err(|_| "it is not a valid JSON object".to_owned())?;
    let own = object.get("name").and_then(Value::as_str).map(str::to_owned);
    let mut packages: Vec<Package> = Vec::new();
    let mut in_use = BTreeSet::new();
    for (table, development, optional) in TABLES {
        let lines = lines_of(text, table);
        for (name, wants) in object.get(table).and_then(Value::as_object).into_iter().flatten() {
            let Some(wants) = wants.as_str() else { continue };
            let line = lines.get(name.as_str()).copied().unwrap_or_default();
            let package = Package { development, optional, ..package(line, name, wants) };
            // What is a peer and installed for developing too is named twice; once is enough.
            if !in_use.contains(name) {
                in_use.extend((!development).then(|| package.name.clone()));
                packages.push(package);
            }
        }
    }
    Ok(Named { own, packages, ..Named::default() })
}

/// The lines on which names in quotes first stand, from the name of a table on.
fn lines_of<'a>(text: &'a str, table: &str) -> BTreeMap<&'a str, u32> {
    let wanted = format!("\"{table}\"");
    let mut found = BTreeMap::new();
    let mut inside = false;
    for (place, line) in text.lines().enumerate() {
        let start = if inside { Some(0) } else { line.find(&wanted) };
        let Some(rest) = start.and_then(|start| line.get(start..)) else { continue };
        inside = true;
        for name in rest.split('"').skip(1) {
            found.entry(name).or_insert(number(place));
        }
    }
    found
}

fn package(line: u32, name: &str, wants: &str) -> Package {
    let wants = wants.trim();
    if let Some(alias) = wants.strip_prefix("npm:") {
        let (name, wants) = match alias.rsplit_once('@') {
            Some((name, wants)) if !name.is_empty() => (name, wants),
            _ => (alias, ""),
        };
        return Package::new(line, name, wants, is_exact(wants));
    }
    match elsewhere(wants) {
        Some(from) => Package::new(line, name, wants, false).from(from),
        None => Package::new(line, name, wants, is_exact(wants)),
    }
}

fn is_exact(wants: &str) -> bool {
    let version = wants.trim_start_matches(['=', 'v']);
    version.starts_with(|c: char| c.is_ascii_digit())
        && version.matches('.').count() >= 2
        && !version.contains([' ', '|', '*', '<', '>'])
        && !version.split(['.', '-']).take(3).any(|part| matches!(part, "x" | "X"))
}

fn elsewhere(wants: &str) -> Option<(DependencySource, bool)> {
    let (place, revision) = wants.split_once('#').unwrap_or((wants, ""));
    if ["file:", "link:", "portal:", "workspace:", "./", "../", "/", "~/"]
        .iter()
        .any(|p| place.starts_with(p))
    {
        return Some((DependencySource::Path, false));
    }
    let hosts = ["github:", "gitlab:", "bitbucket:", "gist:", "git+", "git:", "git@", "ssh:"];
    let short = place.split_once('/').is_some_and(|(owner, name)| {
        !owner.is_empty() && !owner.starts_with('@') && !owner.contains(':') && !name.contains('/')
    });
    let git = hosts.iter().any(|host| place.starts_with(host)) || short || place.ends_with(".git");
    if git {
        let exact = is_commit(revision);
        return Some((
            if exact { DependencySource::Commit } else { DependencySource::Branch },
            exact,
        ));
    }
    let address = place.starts_with("http:") || place.starts_with("https:");
    address.then_some((DependencySource::Address, false))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::DependencySource::{Address, Branch, Commit, Path, Registry};

    use super::{package, read};

    #[test]
    fn reads_tables_with_lines() {
        let text = "{\n \"name\": \"me\",\n \"dependencies\": {\n  \"openai\": \"^4.2.1\",\n  \"ai\": \"3.0.1\"\n },\n \
                    \"devDependencies\": {\n  \"jest\": \"*\"\n }\n}";
        let named = read(text).unwrap();
        assert_eq!(named.own.as_deref(), Some("me"));
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [(5, "ai", true, false), (4, "openai", false, false), (8, "jest", false, true)]
        );
        assert!(read("[]").is_err());
    }

    #[test]
    fn tells_where_a_package_comes_from() {
        let commit = format!("github:o/r#{}", "a1".repeat(20));
        for (wants, exact, source) in [
            ("^1.2.3", false, Registry),
            ("1.2.3", true, Registry),
            ("v1.2.3-beta.1", true, Registry),
            ("1.2.x", false, Registry),
            ("1.2.3 - 2", false, Registry),
            ("latest", false, Registry),
            ("o/r", false, Branch),
            ("github:o/r#main", false, Branch),
            (&commit, true, Commit),
            ("https://h.example/x.tgz", false, Address),
            ("workspace:*", false, Path),
            ("file:../x", false, Path),
        ] {
            let told = package(1, "x", wants);
            assert_eq!((told.exact, told.source), (exact, source), "{wants}");
        }
        assert_eq!(package(1, "x", "npm:@a/b@1.2.3").name, "@a/b");
    }
}
