//! What a manifest says of the packages that it names.

use coseal_core::fact::DependencySource;

/// What a manifest holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name of the package that the manifest itself describes.
    pub own: Option<String>,
    /// The packages that it names, in the order of the file.
    pub packages: Vec<Package>,
    /// Other files of requirements that it includes, as written.
    pub includes: Vec<String>,
    /// Files of constraints that it names, as written.
    pub constraints: Vec<String>,
}

/// A package, as a manifest names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Line, counted from 1; 0 where it can't be told.
    pub line: u32,
    /// Its name, as written.
    pub name: String,
    /// What the manifest asks for, as written; empty for any.
    pub wants: String,
    /// Whether it names one exact version, commit or digest.
    pub exact: bool,
    /// Where it comes from.
    pub source: DependencySource,
    /// Whether it is for developing only.
    pub development: bool,
    /// Whether it is one of several to choose from, as an extra is.
    pub optional: bool,
}

impl Package {
    /// A package of the ecosystem's registry.
    #[must_use]
    pub fn new(line: u32, name: &str, wants: &str, exact: bool) -> Self {
        Self {
            line,
            name: name.trim().to_owned(),
            wants: wants.trim().to_owned(),
            exact,
            source: DependencySource::Registry,
            development: false,
            optional: false,
        }
    }

    /// The same package from elsewhere.
    #[must_use]
    pub fn from(mut self, (source, exact): (DependencySource, bool)) -> Self {
        self.source = source;
        self.exact = exact;
        self
    }
}

/// Where the lines of a text end.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect(),
        )
    }

    /// The number of the line at a byte, counted from 1.
    pub(super) fn at(&self, byte: usize) -> u32 {
        number(self.0.partition_point(|end| *end < byte))
    }
}

/// The number of a line by its place, counted from 0.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether a text is the whole id of a commit.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a group of packages is for developing, by its name.
pub(super) fn is_development(group: &str) -> bool {
    let lower = group.to_lowercase();
    lower.split(['-', '_', '.', '/', ' ']).any(|word| {
        matches!(
            word,
            "dev"
                | "develop"
                | "development"
                | "test"
                | "tests"
                | "testing"
                | "lint"
                | "linting"
                | "doc"
                | "docs"
                | "typing"
                | "types"
                | "format"
                | "ci"
                | "style"
        )
    })
}
