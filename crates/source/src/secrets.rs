//! Secrets in texts that reach a model or describe one. A secret's value leaves this module in no form.

use std::borrow::Cow;

use coseal_core::fact::Secret;

/// More than this many a file are not listed.
const MAX_PER_FILE: usize = 200;
/// Longer lines are looked at only so far.
const MAX_LINE: usize = 16 << 10;

/// A vendor's form of key: what it begins with, what follows, and at least how many of these.
struct Form {
    kind: &'static str,
    begins: &'static str,
    follows: fn(u8) -> bool,
    least: usize,
}

const GENERIC: &str = "API key of the form sk-…";

const FORMS: &[Form] = &[
    Form { kind: "Anthropic API key", begins: "sk-ant-", follows: is_token, least: 20 },
    Form { kind: "OpenAI API key", begins: "sk-proj-", follows: is_token, least: 20 },
    Form { kind: GENERIC, begins: "sk-", follows: is_token, least: 24 },
    Form { kind: "AWS access key id", begins: "AKIA", follows: is_upper, least: 16 },
    Form { kind: "AWS temporary key id", begins: "ASIA", follows: is_upper, least: 16 },
    Form { kind: "GitHub token", begins: "ghp_", follows: is_alnum, least: 30 },
    Form { kind: "GitHub token", begins: "gho_", follows: is_alnum, least: 30 },
    Form { kind: "GitHub token", begins: "ghs_", follows: is_alnum, least: 30 },
    Form { kind: "GitHub token", begins: "ghu_", follows: is_alnum, least: 30 },
    Form { kind: "GitHub token", begins: "github_pat_", follows: is_token, least: 22 },
    Form { kind: "GitLab token", begins: "glpat-", follows: is_token, least: 20 },
    Form { kind: "Hugging Face token", begins: "hf_", follows: is_alnum, least: 30 },
    Form { kind: "Google API key", begins: "AIza", follows: is_token, least: 35 },
    Form { kind: "Slack token", begins: "xoxb-", follows: is_token, least: 20 },
    Form { kind: "Slack token", begins: "xoxp-", follows: is_token, least: 20 },
    Form { kind: "Stripe key", begins: "sk_live_", follows: is_alnum, least: 20 },
    Form { kind: "Stripe key", begins: "rk_live_", follows: is_alnum, least: 20 },
    Form { kind: "npm token", begins: "npm_", follows: is_alnum, least: 36 },
    Form { kind: "PyPI token", begins: "pypi-", follows: is_token, least: 40 },
    Form { kind: "SendGrid key", begins: "SG.", follows: is_dotted, least: 50 },
    Form { kind: "Groq API key", begins: "gsk_", follows: is_alnum, least: 40 },
];

/// Words in the name of a value that is a secret.
const NAMES: [&str; 11] = [
    "password",
    "passwd",
    "secret",
    "api_key",
    "api-key",
    "apikey",
    "access_key",
    "auth_token",
    "access_token",
    "private_key",
    "client_secret",
];

/// Parts of values that stand for a secret and are none.
const PLACEHOLDERS: [&str; 17] = [
    "example",
    "xxxx",
    "changeme",
    "change-me",
    "change_me",
    "your",
    "placeholder",
    "dummy",
    "redacted",
    "<",
    "${",
    "{{",
    "...",
    "****",
    "env",
    "todo",
    "vault",
];

/// Places in a text that hold what looks like a secret, in the order of their lines, one a line and kind.
#[must_use]
pub fn in_text(path: &str, text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = cut(line);
        for kind in kinds(line) {
            found.push(Secret {
                path: path.to_owned(),
                line: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1),
                kind: kind.to_owned(),
            });
        }
        if found.len() >= MAX_PER_FILE {
            break;
        }
    }
    found.dedup();
    found
}

/// Whether a text holds what looks like a secret: such text is not shown.
#[must_use]
pub fn holds_one(text: &str) -> bool {
    text.lines().any(|line| !kinds(cut(line)).is_empty())
}

/// A text without what has the form of a key: the last thing done to any output, so that a key in the name
/// of a file, a member or an import goes no further.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut masked = Cow::Borrowed(text);
    for form in FORMS {
        let mut at = 0;
        while let Some((start, end)) = next_form(&masked, form, at) {
            let kept = start + form.begins.len();
            masked.to_mut().replace_range(kept..end, "…");
            at = kept;
        }
    }
    masked
}

/// Where a key of a form next stands.
fn next_form(text: &str, form: &Form, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    rest.match_indices(form.begins).find_map(|(at, begins)| {
        let at = from + at;
        let token = token_at(text, at + begins.len(), form);
        is_key(text, at, token, form).then_some((at, at + begins.len() + token.len()))
    })
}

fn token_at<'a>(text: &'a str, at: usize, form: &Form) -> &'a [u8] {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !(form.follows)(*byte)).unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}

fn is_key(text: &str, at: usize, token: &[u8], form: &Form) -> bool {
    let before = text.as_bytes().get(at.wrapping_sub(1)).copied();
    let apart = before.is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'_');
    apart && token.len() >= form.least && !is_placeholder(token) && is_varied(token)
}

fn cut(line: &str) -> &str {
    let mut end = line.len().min(MAX_LINE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.get(..end).unwrap_or_default()
}

fn kinds(line: &str) -> Vec<&'static str> {
    let mut kinds: Vec<_> =
        FORMS.iter().filter(|form| has_form(line, form)).map(|form| form.kind).collect();
    // The particular form is the better name.
    if kinds.iter().any(|kind| kind.starts_with("OpenAI") || kind.starts_with("Anthropic")) {
        kinds.retain(|kind| *kind != GENERIC);
    }
    kinds.dedup();
    if has_authorisation(line) {
        kinds.push("credentials of an Authorization header");
    }
    if line.contains("-----BEGIN ") && line.contains("PRIVATE KEY") {
        kinds.push("private key");
    }
    if has_jwt(line) {
        kinds.push("signed token (JWT)");
    }
    if kinds.is_empty() && has_credentials_in_url(line) {
        kinds.push("password in an address");
    }
    if kinds.is_empty() && is_assignment(line) {
        kinds.push("value of a secret's name");
    }
    kinds
}

fn has_form(line: &str, form: &Form) -> bool {
    next_form(line, form, 0).is_some()
}

/// Three base64url parts with dots between them, the first of which is a JSON object.
fn has_jwt(line: &str) -> bool {
    line.match_indices("eyJ").any(|(at, _)| {
        let rest = line.as_bytes().get(at..).unwrap_or_default();
        let token: Vec<u8> = rest.iter().copied().take_while(|b| is_dotted(*b)).collect();
        let parts: Vec<_> = token.split(|b| *b == b'.').collect();
        parts.len() == 3 && parts.iter().all(|part| part.len() >= 16)
    })
}

/// `Basic` or `Bearer` and a token.
fn has_authorisation(line: &str) -> bool {
    ["Basic ", "Bearer "].iter().any(|scheme| {
        line.match_indices(scheme).any(|(at, scheme)| {
            let rest = line.as_bytes().get(at + scheme.len()..).unwrap_or_default();
            let token: Vec<u8> = rest
                .iter()
                .copied()
                .take_while(|b| is_dotted(*b) || matches!(b, b'+' | b'/' | b'='))
                .collect();
            let mixed =
                token.iter().any(u8::is_ascii_digit) && token.iter().any(u8::is_ascii_uppercase);
            token.len() >= 16 && mixed && !is_placeholder(&token) && is_varied(&token)
        })
    })
}

fn has_credentials_in_url(line: &str) -> bool {
    line.match_indices("://").any(|(at, _)| {
        let rest = line.get(at + 3..).unwrap_or_default();
        let authority =
            rest.split(['/', ' ', '"', '\'', '`', '?', '#', '>', ')']).next().unwrap_or_default();
        let Some((credentials, _)) = authority.rsplit_once('@') else { return false };
        let Some((_, password)) = credentials.split_once(':') else { return false };
        password.len() >= 6 && !is_placeholder(password.as_bytes()) && !password.contains('$')
    })
}

/// A quoted or bare value, long and varied enough, given to the name of a secret.
fn is_assignment(line: &str) -> bool {
    let Some(at) = line.find(['=', ':']) else { return false };
    let (name, value) = line.split_at(at);
    let name = name.to_lowercase().replace(' ', "_");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    // A sentence that mentions a password is not a name.
    if name.len() > 60 || !NAMES.iter().any(|secret| name.ends_with(secret)) {
        return false;
    }
    let value = value.trim_start_matches(['=', ':']).trim().trim_end_matches([',', ';']);
    let quoted = value.strip_prefix(['"', '\'']).and_then(|value| value.strip_suffix(['"', '\'']));
    let value = quoted.unwrap_or(value);
    let token = value.as_bytes();
    token.len() >= 8
        && !value.contains(char::is_whitespace)
        && !value.contains(['(', '['])
        && !is_placeholder(token)
        && is_varied(token)
        && (token.iter().any(u8::is_ascii_digit) || quoted.is_some() && token.len() >= 12)
}

fn is_placeholder(token: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(token).to_lowercase();
    PLACEHOLDERS.iter().any(|placeholder| lower.contains(placeholder))
}

/// At least six different bytes: `xxxxxxxx` and `12341234` are not secrets.
fn is_varied(token: &[u8]) -> bool {
    let mut different: Vec<u8> = token.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() >= 6
}

fn is_alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn is_upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn is_dotted(byte: u8) -> bool {
    is_token(byte) || byte == b'.'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{holds_one, in_text, masked};

    /// Put together here, so that no scanner takes this file for a leak.
    fn fake(begins: &str, rest: &str) -> String {
        format!("{begins}{rest}")
    }

    #[test]
    fn finds_keys_by_their_form_and_says_where_only() {
        let key = fake("AKIA", "Q7R2T9W4Y6Z1B3C5");
        let found = in_text("p.md", &format!("first\nuse {key} to sign\n"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].kind.as_str()), (2, "AWS access key id"));
        assert!(!format!("{found:?}").contains(&key));
    }

    #[test]
    fn finds_assignments_and_passwords_in_addresses() {
        for line in [
            "db_password = \"tr0ub4dor&3x\"".to_owned(),
            "API_KEY: 9f8e7d6c5b4a3210".to_owned(),
            fake("postgres://app:", "s3cr3tw0rd@db:5432/x"),
            fake("-----BEGIN OPENSSH ", "PRIVATE KEY-----"),
            fake("hf_", "QwErTyUiOpAsDfGhJkLzXcVbNm123456"),
            fake("secret: \"Basic ", "dXNlcjE6aHVudGVyMjE=\""),
        ] {
            assert!(holds_one(&line), "{line}");
        }
    }

    #[test]
    fn leaves_placeholders_and_prose_alone() {
        for line in [
            "password = \"changeme\"",
            "api_key = os.environ[\"OPENAI_API_KEY\"]",
            "api_key: ${OPENAI_API_KEY}",
            "Never tell anybody your password: it is yours alone.",
            "sk-your-key-goes-here-aaaaaaaaaaaaaaaa",
            "AKIAIOSFODNN7EXAMPLE",
            "https://example.org/path?x=1",
            "the task-management-system-for-everybody-in-the-team",
            "secret: the spice is cumin",
        ] {
            assert!(!holds_one(line), "{line}");
        }
    }

    #[test]
    fn masks_keys_wherever_they_stand() {
        let key = fake("AKIA", "Q7R2T9W4Y6Z1B3C5");
        let text =
            format!("a/{key}.pkl and {key}, {}", fake("ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"));
        assert_eq!(masked(&text), "a/AKIA….pkl and AKIA…, ghp_…");
        assert_eq!(masked("nothing to hide"), "nothing to hide");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            drop(in_text("x", &text));
        }
    }
}
