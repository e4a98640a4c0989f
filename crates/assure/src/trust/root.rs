//! The trust root: a TOML file.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::nearest::nearest;
use coseal_sign::{note::VerifierKey, ssh::PublicKey};
use serde::Deserialize;

/// Most keys, witnesses and pinned logs that a root may name.
const MAX_ENTRIES: usize = 1000;

/// A key that the root names.
#[derive(Clone, Debug)]
pub struct RootKey {
    /// The name it has in the root.
    pub name: String,
    /// The key.
    pub public: PublicKey,
    /// What it may sign for: `runner` (evidence), `tool` (evidence of other tools) and the roles of people.
    pub roles: BTreeSet<String>,
    /// The environments that it may speak of; none for all.
    pub environments: Option<BTreeSet<String>>,
}

/// Whose word counts for one system.
#[derive(Clone, Debug)]
pub struct Root {
    /// The system it is for.
    pub system: String,
    /// Its keys, by name.
    pub keys: Vec<RootKey>,
    /// Witnesses that cosign checkpoints.
    pub witnesses: Vec<VerifierKey>,
    /// The least checkpoint of each log, by origin: the text of a signed note.
    pub pins: BTreeMap<String, String>,
}

/// Why a trust root can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// It is not TOML of the right shape.
    #[error("it is not a trust root: {0}")]
    Shape(String),
    /// A key in it can't be read.
    #[error("[{table}.{name}] has no key that can be read: {why}")]
    Key {
        /// The table.
        table: &'static str,
        /// The name of the key.
        name: String,
        /// Why not.
        why: String,
    },
    /// It has more entries than it may.
    #[error("it has more than {MAX_ENTRIES} entries")]
    TooMany,
    /// It is for another system.
    #[error("it is for the system `{0}`")]
    OtherSystem(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RootFile {
    schema: u32,
    system: String,
    #[serde(default)]
    key: BTreeMap<String, KeyEntry>,
    #[serde(default)]
    witness: BTreeMap<String, WitnessEntry>,
    #[serde(default)]
    log: BTreeMap<String, LogEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    public: String,
    roles: BTreeSet<String>,
    environments: Option<BTreeSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WitnessEntry {
    public: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogEntry {
    checkpoint: String,
}

impl Root {
    /// Reads a trust root.
    ///
    /// # Errors
    /// If it is not TOML of the right shape, or holds a key that can't be read.
    pub fn read(text: &str) -> Result<Self, RootError> {
        let file: RootFile =
            toml::from_str(text).map_err(|error| RootError::Shape(shape(text, &error)))?;
        if file.schema != 1 {
            return Err(RootError::Shape(format!("schema {} is not known, 1 is", file.schema)));
        }
        if file.key.len().max(file.witness.len()).max(file.log.len()) > MAX_ENTRIES {
            return Err(RootError::TooMany);
        }
        let keys =
            file.key.into_iter().map(|(name, entry)| key(name, entry)).collect::<Result<_, _>>()?;
        let witnesses = file
            .witness
            .into_iter()
            .map(|(name, entry)| {
                VerifierKey::parse(&entry.public).map_err(|error| RootError::Key {
                    table: "witness",
                    name,
                    why: error.to_string(),
                })
            })
            .collect::<Result<_, _>>()?;
        let pins = file.log.into_iter().map(|(origin, entry)| (origin, entry.checkpoint)).collect();
        Ok(Self { system: file.system, keys, witnesses, pins })
    }

    /// The root, if it is for this system.
    ///
    /// # Errors
    /// If it is for another one.
    pub fn for_system(self, system: &str) -> Result<Self, RootError> {
        if self.system == system { Ok(self) } else { Err(RootError::OtherSystem(self.system)) }
    }
}

/// The nearest of the names that an error says it expected: toml says "unknown field `rols`, expected one of `public`, …".
fn meant(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let near = names.next().and_then(|wrong| nearest(wrong, names));
    match near {
        Some(near) if message.starts_with("unknown ") => format!("; did you mean {near}?"),
        _ => String::new(),
    }
}

/// What is wrong and on which line; the line itself may hold anything and is not shown.
fn shape(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}{}", error.message(), meant(error.message()))
}

fn key(name: String, entry: KeyEntry) -> Result<RootKey, RootError> {
    let person = entry.roles.iter().any(|role| !matches!(role.as_str(), "runner" | "tool"));
    if person && entry.environments.is_some() {
        let why =
            "environments limit the keys of runners and tools; a decision names its own".into();
        return Err(RootError::Key { table: "key", name, why });
    }
    match PublicKey::parse(&entry.public) {
        Ok(public) => {
            Ok(RootKey { name, public, roles: entry.roles, environments: entry.environments })
        }
        Err(error) => Err(RootError::Key { table: "key", name, why: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::Root;

    #[test]
    fn an_error_names_the_line_and_the_nearest_key() {
        let text = "schema = 1\nsystem = \"a\"\n[key.ci]\npublic = \"x\"\nrols = [\"runner\"]\n";
        let why = Root::read(text).unwrap_err().to_string();
        assert!(why.contains("line 5") && why.ends_with("did you mean roles?"), "{why}");
    }
}
