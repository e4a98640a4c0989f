//! Variables of a container that bear on safety. No value of a secret is kept.

use coseal_core::fact::Setting;

use super::{container::setting, product::Named, shell::Word};

/// Variables that switch a product's authentication off, and how.
const OFF: [(&str, &[&str]); 12] = [
    ("webui_auth", &["false", "0"]),
    ("authentication_anonymous_access_enabled", &["true", "1"]),
    ("neo4j_auth", &["none"]),
    ("postgres_host_auth_method", &["trust"]),
    ("disable_security_plugin", &["true"]),
    ("plugins.security.disabled", &["true"]),
    ("xpack.security.enabled", &["false"]),
    ("flowise_disable_auth", &["true"]),
    ("langflow_auto_login", &["true"]),
    ("dangerously_omit_auth", &["true", "1"]),
    ("allow_anonymous_login", &["yes", "true"]),
    ("allow_empty_password", &["yes", "true"]),
];
/// Passwords that everybody knows.
const KNOWN: [&str; 26] = [
    "password",
    "passw0rd",
    "postgres",
    "admin",
    "root",
    "minioadmin",
    "minio123",
    "changeme",
    "changeit",
    "secret",
    "example",
    "test",
    "123456",
    "12345678",
    "1234",
    "neo4j",
    "mysecretpassword",
    "sk-1234",
    "redis",
    "mongo",
    "user",
    "default",
    "qwerty",
    "postgrespassword",
    "letmein",
    "difyai123456",
];

/// What a variable says that bears on safety.
pub(crate) fn safety(key: &str, value: &Word, named: Option<Named>) -> Option<Setting> {
    let lower = key.to_ascii_lowercase();
    let text = value.text.trim().to_ascii_lowercase();
    let found = |what: &str, shown: &str| Some(setting(what, shown, value.line));
    if OFF.iter().any(|(name, values)| lower == *name && values.contains(&&*text)) {
        return found("auth-disabled", key);
    }
    if matches!(&*lower, "jupyter_token" | "jupyter_password") {
        return found(if text.is_empty() { "empty-token" } else { "auth" }, key);
    }
    if is_password(&lower) && is_known(&text) {
        return found("default-credentials", key);
    }
    if (lower.contains("cors") || lower.ends_with("origins") || lower.ends_with("allow-origin"))
        && matches!(&*text, "*" | "[\"*\"]")
    {
        return found("any-origin", key);
    }
    let yes = matches!(&*text, "true" | "1" | "yes" | "on");
    if yes && lower.ends_with("trust_remote_code") {
        return found("trust-remote-code", key);
    }
    let development = matches!(&*lower, "flask_env" | "node_env") && text == "development";
    if development
        || yes
            && (matches!(&*lower, "debug" | "flask_debug" | "uvicorn_reload")
                || lower.ends_with("_debug"))
    {
        return found("debug", key);
    }
    let auth = named.is_some_and(|(_, product)| product.auth.iter().any(|name| name == key));
    if auth && !matches!(&*text, "" | "false" | "0" | "no") {
        return found("auth", "set");
    }
    None
}

fn is_password(key: &str) -> bool {
    [
        "password",
        "_pass",
        "_passwd",
        "master_key",
        "secret_key",
        "root_user_password",
        "neo4j_auth",
        "requirepass",
    ]
    .iter()
    .any(|end| key.ends_with(end))
}

fn is_known(value: &str) -> bool {
    // Neo4j writes `name/password`.
    let word = value.rsplit('/').next().unwrap_or(value).trim_matches(['"', '\'']);
    KNOWN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::safety;
    use crate::deploy::{product::named, shell::Word};

    #[test]
    fn tells_what_is_less_safe_and_keeps_no_secret() {
        let of = |key: &str, value: &str, product: &str| {
            safety(key, &Word::new(value, 3), named(product)).map(|found| (found.what, found.value))
        };
        let what =
            |key, value, product| of(key, value, product).map(|(what, _)| what).unwrap_or_default();
        assert_eq!(what("WEBUI_AUTH", "False", "open-webui"), "auth-disabled");
        assert_eq!(what("WEBUI_AUTH", "True", "open-webui"), "");
        assert_eq!(what("OLLAMA_ORIGINS", "*", "ollama"), "any-origin");
        assert_eq!(what("QDRANT__SERVICE__API_KEY", "${KEY}", "qdrant"), "auth");
        assert_eq!(what("QDRANT__SERVICE__API_KEY", "", "qdrant"), "");
        assert_eq!(what("FLASK_DEBUG", "1", ""), "debug");
        assert_eq!(what("POSTGRES_PASSWORD", "${PASSWORD}", "postgres"), "");
        assert_eq!(
            of("NEO4J_AUTH", "neo4j/password", "neo4j"),
            Some(("default-credentials".into(), "NEO4J_AUTH".into()))
        );
    }
}
