//! The types of the register, and its schema.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fact::Locked;

/// Name of the register, beside the system file.
pub const FILE_NAME: &str = "coseal.lock";

/// The register of a system's assets, `coseal.lock`: what each was when somebody looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LockFile {
    /// Version of this format; 1.
    #[schemars(extend("const" = 1))]
    pub(super) schema: u32,
    /// What is registered, sorted by kind, name and location.
    #[serde(default)]
    pub(super) asset: Vec<Locked>,
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(LockFile).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), "coseal register of assets".into());
    }
    schema
});

/// The JSON Schema (draft 2020-12) of the register.
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

#[cfg(test)]
mod tests {
    use super::schema;
    use crate::system::shape::assert_known;

    #[test]
    fn the_schema_uses_only_what_the_comparison_knows() {
        assert_known(schema());
        assert_eq!(schema()["additionalProperties"], false);
    }
}
