//! The types of the policy file, and its schema.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The policy file of `coseal scan --policy FILE`, in TOML. What it does not speak of is judged by the built-in policy alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScanPolicy {
    /// Version of this format; 1.
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    /// Classes and functions that pickles may use, beyond those that the built-in policy knows.
    #[serde(default)]
    pub allow: Vec<Allowance>,
    /// Formats.
    #[serde(default)]
    pub formats: Formats,
    /// Sizes.
    #[serde(default)]
    pub limits: Limits,
    /// Where files may be, or come from.
    #[serde(default)]
    pub origins: Origins,
}

/// A class or function that pickles may use. What is known to be dangerous stays malicious, whatever is said here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Allowance {
    /// Module, as in `shop.models`: exactly.
    pub module: String,
    /// Qualified name in it, as in `Encoder` or `Encoder.Layer`: exactly.
    pub name: String,
    /// How it may be used.
    #[serde(rename = "use")]
    pub uses: Vec<Usage>,
    /// Why, for whoever reviews the policy.
    pub reason: String,
}

/// A use of a class or function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Usage {
    /// It is held as a value, and not called by the stream.
    Import,
    /// It is called, with plain values and plain objects.
    Call,
    /// Objects of the class are made, and given their state and items.
    Construct,
}

/// Formats, by the names that `coseal scan` shows, such as `safetensors` or `torch-zip`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Formats {
    /// Only these; any if there are none.
    #[serde(default)]
    pub allowed: Vec<String>,
    /// Not these.
    #[serde(default)]
    pub forbidden: Vec<String>,
}

/// Sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limits {
    /// Bytes that a file may have.
    #[serde(default)]
    pub file_bytes: Option<u64>,
}

/// Where files may be: patterns of the path or address. `*` is any run of characters but `/`, `**` any run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Origins {
    /// Only what one of these is; any if there are none.
    #[serde(default)]
    pub allowed: Vec<String>,
    /// Nothing that one of these is.
    #[serde(default)]
    pub forbidden: Vec<String>,
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(ScanPolicy).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), "coseal policy of scans".into());
    }
    schema
});

/// The JSON Schema (draft 2020-12) of the policy file.
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

impl ScanPolicy {
    /// What is said of a class or function.
    #[must_use]
    pub fn allowance(&self, module: &str, name: &str) -> Option<&Allowance> {
        self.allow.iter().find(|allowed| allowed.module == module && allowed.name == name)
    }
}
