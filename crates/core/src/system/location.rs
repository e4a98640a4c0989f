//! Where an asset's bytes are.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bytes are reached. Only `path:` is read without the resolver file; nothing is ever fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// A file or folder below the system file.
    Path,
    /// A hosted API: `api:provider/model`.
    Api,
    /// A Hugging Face repository: `hf:org/name@revision`.
    Hf,
    /// An object store: `s3:bucket/key`.
    S3,
    /// A registry: `oci:registry/name@sha256:…`.
    Oci,
    /// An MLflow registry: `mlflow:models/name/version`.
    Mlflow,
    /// Any other address: `https://…`.
    Https,
    /// A command that is started: `command:npx @scope/server@1.2.3`.
    Command,
}

impl Scheme {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Path, "path:"),
        (Self::Api, "api:"),
        (Self::Hf, "hf:"),
        (Self::S3, "s3:"),
        (Self::Oci, "oci:"),
        (Self::Mlflow, "mlflow:"),
        (Self::Https, "https:"),
        (Self::Command, "command:"),
    ];
}

/// A location: a scheme and what follows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^(path|api|hf|s3|oci|mlflow|https|command):.+$"))]
pub struct Location {
    scheme: Scheme,
    rest: String,
}

impl Location {
    /// How the bytes are reached.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What follows the scheme.
    #[must_use]
    pub fn rest(&self) -> &str {
        &self.rest
    }

    /// The path below the system file, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        (self.scheme == Scheme::Path).then_some(self.rest.as_str())
    }

    /// Provider and model, if it is a hosted model.
    #[must_use]
    pub fn hosted(&self) -> Option<(&str, &str)> {
        if self.scheme == Scheme::Api { self.rest.split_once('/') } else { None }
    }

    /// Whether bytes of a model, dataset or prompt stand behind it (an API has none for us).
    #[must_use]
    pub const fn has_bytes(&self) -> bool {
        !matches!(self.scheme, Scheme::Api | Scheme::Command)
    }

    /// Whether the location itself names exact bytes: an API snapshot is for the caller to judge.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        match self.scheme {
            Scheme::Hf => {
                self.rest.split_once('@').is_some_and(|(_, revision)| is_commit(revision))
            }
            Scheme::Oci => self.rest.contains("@sha256:"),
            Scheme::Command => self.rest.contains("@sha256:") || names_a_version(&self.rest),
            Scheme::Mlflow => {
                self.rest.rsplit('/').next().is_some_and(|v| v.parse::<u64>().is_ok())
            }
            _ => false,
        }
    }
}

fn is_commit(revision: &str) -> bool {
    matches!(revision.len(), 40 | 64) && revision.bytes().all(|b| b.is_ascii_hexdigit())
}

fn names_a_version(command: &str) -> bool {
    command.split_whitespace().any(|word| {
        let version = word.rsplit_once("==").or_else(|| word.rsplit_once('@')).map(|(_, v)| v);
        version.is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()) && v.contains('.'))
    })
}

/// A string that is not a location, with why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALocation {
    /// No scheme, or an unknown one.
    #[error("a location starts with one of path: api: hf: s3: oci: mlflow: https: command:")]
    Scheme,
    /// Nothing after the scheme.
    #[error("a location says something after its scheme")]
    Empty,
    /// A path that leaves the folder.
    #[error(
        "a path: location stays below the system file: relative, `/` between its parts, no `..`"
    )]
    Leaves,
    /// A hosted model without provider or name.
    #[error("a hosted model is written api:provider/model")]
    Api,
}

impl FromStr for Location {
    type Err = NotALocation;

    fn from_str(text: &str) -> Result<Self, NotALocation> {
        let (scheme, rest) = Scheme::ALL
            .iter()
            .find_map(|(scheme, prefix)| text.strip_prefix(prefix).map(|rest| (*scheme, rest)))
            .ok_or(NotALocation::Scheme)?;
        if rest.trim().is_empty() || rest.contains(char::is_control) {
            return Err(NotALocation::Empty);
        }
        if scheme == Scheme::Path && !stays_below(rest) {
            return Err(NotALocation::Leaves);
        }
        let location = Self { scheme, rest: rest.to_owned() };
        if scheme == Scheme::Api
            && location
                .hosted()
                .is_none_or(|(provider, model)| provider.is_empty() || model.is_empty())
        {
            return Err(NotALocation::Api);
        }
        Ok(location)
    }
}

fn stays_below(path: &str) -> bool {
    !path.starts_with(['/', '~'])
        && !path.contains('\\')
        && !path.contains(':')
        && path.split('/').all(|part| part != "..")
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = Scheme::ALL.iter().find(|(s, _)| *s == self.scheme).map_or("", |(_, p)| p);
        write!(f, "{prefix}{}", self.rest)
    }
}

impl TryFrom<String> for Location {
    type Error = NotALocation;

    fn try_from(text: String) -> Result<Self, NotALocation> {
        text.parse()
    }
}

impl From<Location> for String {
    fn from(location: Location) -> Self {
        location.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Location, NotALocation, Scheme};

    #[test]
    fn reads_each_scheme() {
        let hosted: Location = "api:openai/gpt-4o-2024-08-06".parse().unwrap();
        assert_eq!(hosted.hosted(), Some(("openai", "gpt-4o-2024-08-06")));
        assert_eq!("path:a/b.pkl".parse::<Location>().unwrap().path(), Some("a/b.pkl"));
        assert_eq!("hf:org/name@main".parse::<Location>().unwrap().scheme(), Scheme::Hf);
    }

    #[test]
    fn refuses_what_leaves_the_folder_or_says_nothing() {
        for path in ["path:/etc/passwd", "path:../x", "path:a/../../x", "path:~/x", "path:c:\\x"] {
            assert_eq!(path.parse::<Location>(), Err(NotALocation::Leaves), "{path}");
        }
        assert_eq!("models/x".parse::<Location>(), Err(NotALocation::Scheme));
        assert_eq!("path:".parse::<Location>(), Err(NotALocation::Empty));
        assert_eq!("api:gpt".parse::<Location>(), Err(NotALocation::Api));
    }

    #[test]
    fn only_exact_revisions_are_pinned() {
        let pinned = |text: &str| text.parse::<Location>().unwrap().is_pinned();
        assert!(pinned(&format!("hf:org/name@{}", "a1".repeat(20))));
        assert!(!pinned("hf:org/name@main"));
        assert!(!pinned("hf:org/name"));
        assert!(pinned("command:npx @scope/server@1.2.3"));
        assert!(!pinned("command:npx @scope/server"));
    }
}
