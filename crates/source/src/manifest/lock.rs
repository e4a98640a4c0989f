//! The versions that lock files fix.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::indented::lines;

/// Versions by package, as a lock file fixes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    versions: BTreeMap<String, BTreeSet<String>>,
    /// Versions by package and what is asked for, where the lock file says that.
    asked: BTreeMap<(String, String), String>,
}

impl Lock {
    /// The version that is fixed for a package: the one for exactly what is asked for, or the only one, or of several
    /// the one that begins like what is asked for.
    #[must_use]
    pub fn version(&self, name: &str, wants: &str) -> Option<&str> {
        if let Some(version) = self.asked.get(&(name.to_owned(), wants.to_owned())) {
            return Some(version);
        }
        let versions = self.versions.get(name)?;
        let start = wants.trim_start_matches(|c: char| !c.is_ascii_digit());
        let first = start.split('.').next().unwrap_or_default();
        let alike = versions
            .iter()
            .rev()
            .find(|version| !first.is_empty() && version.split('.').next() == Some(first));
        alike.or_else(|| versions.last()).map(String::as_str)
    }

    /// Adds a version of a package.
    pub fn add(&mut self, name: &str, version: &str) {
        if !name.is_empty() && !version.is_empty() {
            self.versions.entry(name.to_owned()).or_default().insert(version.to_owned());
        }
    }

    /// The same with names in their normal form.
    #[must_use]
    pub fn normal(self, normal: impl Fn(&str) -> String) -> Self {
        let mut out = Self { asked: self.asked, ..Self::default() };
        for (name, versions) in self.versions {
            out.versions.entry(normal(&name)).or_default().extend(versions);
        }
        out
    }
}

/// `[[package]]` tables with `name` and `version`, as Poetry, uv, PDM and Cargo write them.
pub(super) fn tables(text: &str) -> Lock {
    let mut lock = Lock::default();
    let (mut inside, mut name) = (false, "");
    for line in text.lines() {
        if line.starts_with('[') {
            (inside, name) = (matches!(line.trim(), "[[package]]" | "[[packages]]"), "");
        } else if inside && let Some((key, value)) = line.split_once('=') {
            let value = value.trim().trim_matches('"');
            match key.trim() {
                "name" => name = value,
                "version" => lock.add(name, value),
                _ => {}
            }
        }
    }
    lock
}

#[derive(Default, Deserialize)]
struct PipfileLock {
    #[serde(default)]
    default: BTreeMap<String, Entry>,
    #[serde(default)]
    develop: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    version: Option<String>,
    #[serde(rename = "ref")]
    revision: Option<String>,
}

/// `Pipfile.lock`.
pub(super) fn pipfile(text: &str) -> Result<Lock, String> {
    let read: PipfileLock = serde_json::from_str(text).map_err(|_| malformed())?;
    let mut lock = Lock::default();
    for (name, entry) in read.default.into_iter().chain(read.develop) {
        let version = entry.version.or(entry.revision).unwrap_or_default();
        lock.add(&name, version.trim_start_matches('='));
    }
    Ok(lock)
}

#[derive(Default, Deserialize)]
struct PackageLock {
    #[serde(default)]
    packages: BTreeMap<String, Entry>,
    #[serde(default)]
    dependencies: BTreeMap<String, Entry>,
}

/// `package-lock.json` of any version: what lies directly under `node_modules`.
pub(super) fn package_lock(text: &str) -> Result<Lock, String> {
    let read: PackageLock = serde_json::from_str(text).map_err(|_| malformed())?;
    let mut lock = Lock::default();
    for (path, entry) in read.packages {
        // Under a workspace's own folder lies what it alone uses in another version.
        let name = path
            .rsplit_once("node_modules/")
            .filter(|(before, _)| !before.contains("node_modules/"));
        if let Some((_, name)) = name {
            lock.add(name, &entry.version.unwrap_or_default());
        }
    }
    for (name, entry) in read.dependencies {
        lock.add(&name, &entry.version.unwrap_or_default());
    }
    Ok(lock)
}

/// `pnpm-lock.yaml`: what the importers use, each with `specifier` and `version`, or as `name: version` in older ones.
pub(super) fn pnpm(text: &str) -> Lock {
    let mut lock = Lock::default();
    let (mut table, mut name) = (None, "");
    for line in lines(text) {
        let listed =
            matches!(line.key, "dependencies" | "devDependencies" | "optionalDependencies");
        if listed && line.value.is_empty() {
            table = Some(line.indent);
            continue;
        }
        let Some(around) = table.filter(|around| line.indent > *around) else {
            table = None;
            continue;
        };
        let version = line.value.split('(').next().unwrap_or_default();
        if line.indent == around.saturating_add(2) {
            name = line.key;
            if version.starts_with(|c: char| c.is_ascii_digit()) {
                lock.add(name, version);
            }
        } else if line.key == "version" {
            lock.add(name, version);
        }
    }
    lock
}

/// `yarn.lock` of any version: `"name@range", "name@range":` and a `version` below.
pub(super) fn yarn(text: &str) -> Lock {
    let mut lock = Lock::default();
    let mut asked: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with([' ', '\t']) {
            asked = line.trim_end_matches(':').split(',').filter_map(of_yarn).collect();
        } else if let Some(version) = line.trim().strip_prefix("version") {
            let version = version.trim_start_matches([':', ' ']).trim_matches('"');
            for (name, wants) in std::mem::take(&mut asked) {
                lock.add(&name, version);
                lock.asked.insert((name, wants), version.to_owned());
            }
        }
    }
    lock
}

fn of_yarn(part: &str) -> Option<(String, String)> {
    let part = part.trim().trim_matches('"');
    let at = part.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at)?;
    let (name, wants) = part.split_at_checked(at)?;
    let wants = wants.trim_start_matches('@');
    Some((name.to_owned(), wants.strip_prefix("npm:").unwrap_or(wants).to_owned()))
}

/// `Gemfile.lock`: `    name (version)` under `specs:`.
pub(super) fn gemfile(text: &str) -> Lock {
    let mut lock = Lock::default();
    for line in text.lines() {
        let Some(said) = line.strip_prefix("    ").filter(|said| !said.starts_with(' ')) else {
            continue;
        };
        if let Some((name, version)) = said.split_once(" (") {
            lock.add(name, version.trim_end_matches(')'));
        }
    }
    lock
}

fn malformed() -> String {
    "it is not a lock file of its kind".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{gemfile, package_lock, pipfile, pnpm, tables, yarn};

    #[test]
    fn reads_tables_of_toml() {
        let lock = tables(
            "version = 1\n[[package]]\nname = \"openai\"\nversion = \"1.2.3\"\n[package.metadata]\nname = \"x\"\nversion = \"9\"\n\
             [[package]]\nname = \"a\"\nversion = \"1.0.0\"\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n",
        );
        assert_eq!(lock.version("openai", ""), Some("1.2.3"));
        assert_eq!(lock.version("x", ""), None);
        assert_eq!(lock.version("a", "^1"), Some("1.0.0"));
    }

    #[test]
    fn reads_json_locks() {
        let lock = pipfile(
            r#"{"_meta":{},"default":{"a":{"version":"==1.0"}},"develop":{"b":{"ref":"ab"}}}"#,
        );
        let lock = lock.unwrap();
        assert_eq!((lock.version("a", ""), lock.version("b", "")), (Some("1.0"), Some("ab")));
        let lock = package_lock(
            r#"{"packages":{"":{"version":"0"},"node_modules/@a/b":{"version":"1.0.0"},
            "node_modules/c/node_modules/@a/b":{"version":"2.0.0"},"w/node_modules/d":{"version":"3.0.0"}}}"#,
        );
        let lock = lock.unwrap();
        assert_eq!(lock.version("@a/b", "^2"), Some("1.0.0"));
        assert_eq!(lock.version("d", ""), Some("3.0.0"));
        assert!(package_lock("3").is_err());
    }

    #[test]
    fn reads_pnpm_yarn_and_bundler() {
        let lock = pnpm(
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      openai:\n        specifier: ^4\n        version: 4.1.0(x@1)\n\
             packages:\n  '@a/b@1.0.0':\n    resolution: {}\n",
        );
        assert_eq!(lock.version("openai", ""), Some("4.1.0"));
        assert_eq!(pnpm("dependencies:\n  openai: 4.0.0\n").version("openai", ""), Some("4.0.0"));
        let lock = yarn(
            "\"@a/b@^1.0\", \"@a/b@^1.1\":\n  version \"1.2.0\"\nc@npm:^2:\n  version: 2.0.0\n",
        );
        assert_eq!(lock.version("@a/b", "^1.1"), Some("1.2.0"));
        assert_eq!(lock.version("c", ""), Some("2.0.0"));
        let lock = gemfile("GEM\n  specs:\n    ruby-openai (6.0.1)\n      faraday (>= 1)\n");
        assert_eq!(
            (lock.version("ruby-openai", ""), lock.version("faraday", "")),
            (Some("6.0.1"), None)
        );
    }
}
