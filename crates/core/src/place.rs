//! What the path of a file says of its part in a system.

/// Folders that hold what is beside a system: tests, examples, documentation.
const ASIDE: [&str; 20] = [
    "test",
    "tests",
    "testing",
    "__tests__",
    "testdata",
    "test_data",
    "test-data",
    "fixtures",
    "fixture",
    "spec",
    "specs",
    "e2e",
    "mock",
    "mocks",
    "example",
    "examples",
    "samples",
    "demo",
    "docs",
    "doc",
];
/// Folders into which others install: what lies there belongs to packages, not to this system.
const INSTALLED: [&str; 8] = [
    "node_modules",
    "site-packages",
    "dist-packages",
    ".venv",
    "venv",
    ".tox",
    ".nox",
    "__pypackages__",
];
/// Folders that hold the source of others beside our own.
const VENDORED: [&str; 6] =
    ["vendor", "vendors", "vendored", "third_party", "third-party", "thirdparty"];

/// Whether a path is of tests, examples or documentation.
#[must_use]
pub fn is_aside(path: &str) -> bool {
    let lower = path.to_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    folders.split('/').any(|part| ASIDE.contains(&part))
        || file.starts_with("test_")
        || [".test.", ".spec.", "_test."].iter().any(|mark| file.contains(mark))
}

/// Whether a path is in a folder of installed packages.
#[must_use]
pub fn is_installed(path: &str) -> bool {
    path.split('/').any(|part| INSTALLED.contains(&part))
}

/// Whether a path is in a folder of what others made: installed packages, or source that was copied in.
#[must_use]
pub fn is_vendored(path: &str) -> bool {
    let lower = path.to_lowercase();
    let folders = lower.rsplit_once('/').map_or("", |(folders, _)| folders);
    is_installed(&lower) || folders.split('/').any(|part| VENDORED.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::{is_aside, is_installed, is_vendored};

    #[test]
    fn tests_examples_and_documentation_are_aside() {
        for path in ["tests/x.csv", "a/Examples/b.py", "docs/x.md", "src/a.test.ts", "test_x.py"] {
            assert!(is_aside(path), "{path}");
        }
        for path in ["latest/x.csv", "src/contest.py", "data/train.csv", "tests"] {
            assert!(!is_aside(path), "{path}");
        }
        assert!(is_installed("web/node_modules/x/package.json"));
        assert!(!is_installed("src/venvs.py"));
        assert!(is_vendored("third_party/x/vex.json") && is_vendored("a/Vendor/x/vex.json"));
        assert!(is_vendored("node_modules/x/vex.json"));
        assert!(!is_vendored("vendor.json") && !is_vendored("vendors-list/vex.json"));
    }
}
