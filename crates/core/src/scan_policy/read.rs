//! From the text of a policy to what it says, or to what is wrong with it.

use super::types::{ScanPolicy, schema};
use crate::system::{Parsed, parse, settle, shape::compare};

/// Bytes that a policy may have.
pub const MAX_POLICY: u64 = 1 << 20;
/// Characters that a name or pattern may have.
const MAX_TEXT: usize = 300;

/// Why a text is no policy: in words, to be put after the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPolicy(String);

/// Reads the text of a policy. One that is wrong in one place is not believed in another.
///
/// # Errors
/// If it is no TOML, has keys or values that the format does not know, or is too large.
pub fn read(text: &str) -> Result<ScanPolicy, NotAPolicy> {
    if text.len() as u64 > MAX_POLICY {
        return Err(NotAPolicy(format!("it is larger than {MAX_POLICY} bytes")));
    }
    let Parsed { value, spans, mut problems } = parse(text);
    if problems.is_empty() {
        drop(compare(&value, schema(), &spans, &mut problems));
    }
    settle(&mut problems);
    if let Some(first) = problems.first() {
        let (line, message, hint) = (first.line, &first.message, &first.hint);
        return Err(NotAPolicy(format!("line {line}: {message}; {hint}")));
    }
    let policy: ScanPolicy =
        serde_json::from_value(value).map_err(|_| NotAPolicy("a value does not fit".to_owned()))?;
    check(&policy)?;
    Ok(policy)
}

/// What the types can't say.
fn check(policy: &ScanPolicy) -> Result<(), NotAPolicy> {
    if policy.schema != 1 {
        return Err(NotAPolicy("schema must be 1".to_owned()));
    }
    for allowed in &policy.allow {
        let shown = format!("{}.{}", allowed.module, allowed.name);
        let wrong = |why: &str| Err(NotAPolicy(format!("allow {shown}: {why}")));
        if shown.len() > MAX_TEXT || !shown.split('.').all(is_identifier) {
            return wrong("a module and a name are written exactly, without wildcards");
        }
        if allowed.uses.is_empty() {
            return wrong("use is empty: import, call or construct");
        }
    }
    let patterns = policy.origins.allowed.iter().chain(&policy.origins.forbidden);
    match patterns.clone().find(|pattern| pattern.len() > MAX_TEXT) {
        Some(_) => Err(NotAPolicy(format!("a pattern has more than {MAX_TEXT} characters"))),
        None => Ok(()),
    }
}

fn is_identifier(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && letters.all(|c| c == '_' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{super::types::Usage, read};
    use crate::system::shape::assert_known;

    const GOOD: &str = "schema = 1\n[[allow]]\nmodule = \"shop.models\"\nname = \"Encoder\"\nuse = [\"construct\"]\nreason = \"ours\"\n\
        [formats]\nforbidden = [\"pickle\"]\n[limits]\nfile-bytes = 1000\n[origins]\nallowed = [\"models/**\"]\n";

    #[test]
    fn a_policy_is_read_whole_or_not_at_all() {
        let policy = read(GOOD).unwrap();
        assert_eq!(policy.allowance("shop.models", "Encoder").unwrap().uses, [Usage::Construct]);
        assert!(policy.allowance("shop.models", "Encoder.x").is_none());
        for (from, to) in [
            ("schema = 1", "schema = 2"),
            ("Encoder", "*"),
            ("shop.models", "shop..models"),
            ("[\"construct\"]", "[]"),
            ("[\"construct\"]", "[\"run\"]"),
            ("file-bytes", "file-byte"),
            ("reason = \"ours\"", ""),
            ("[origins]", "[origins"),
        ] {
            assert!(read(&GOOD.replace(from, to)).is_err(), "{to}");
        }
        assert!(read("schema = 1\n").unwrap().allow.is_empty());
    }

    #[test]
    fn the_schema_uses_only_what_the_comparison_knows() {
        assert_known(super::schema());
    }
}
