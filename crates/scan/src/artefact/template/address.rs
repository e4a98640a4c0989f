//! Addresses that a text leads to.

/// Those of schemas are names.
const SCHEMAS: &[&str] = &["json-schema.org", "www.w3.org", "schema.org"];
/// Ends of host names that are said without more.
const DOMAINS: &[&str] = &[
    "com", "net", "org", "io", "ai", "app", "dev", "xyz", "info", "ru", "cn", "top", "site",
    "online", "shop", "biz", "co", "example", "onion", "link", "click", "live", "store", "gg",
    "tk", "ml", "cc", "ly", "su", "icu", "vip", "pw", "finance", "bank",
];

/// Addresses that the model or its user would be sent to.
pub(super) fn address(text: &str) -> Option<&'static str> {
    if text.contains("![") && text.contains("](") {
        return Some("it makes an image of an address");
    }
    if ["data:text", "javascript:", "hxxp", "mailto:"].iter().any(|mark| text.contains(mark)) {
        return Some("it holds an address");
    }
    let plain = plain(text);
    let words = plain.split(|letter: char| {
        letter.is_whitespace() || "\"'`<>()[]{},;|*\u{fffc}".contains(letter)
    });
    words.map(|word| word.trim_end_matches(['.', ':', '!', '?'])).find_map(leads)
}

/// Without the ways in which dots and signs of addresses are written so that they are not seen as such.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for (from, to) in [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        (" dot ", "."),
        ("[:]", ":"),
        ("。", "."),
        ("．", "."),
        ("[at]", "@"),
        ("(at)", "@"),
    ] {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

fn leads(word: &str) -> Option<&'static str> {
    if let Some((scheme, rest)) = word.split_once("://") {
        let named = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let schema = SCHEMAS.iter().any(|schema| rest.starts_with(schema));
        return (named && !rest.is_empty() && !schema).then_some("it holds an address");
    }
    if is_account(word) {
        return Some("it holds the number of an account");
    }
    let rest = word.rsplit_once('@').map_or(word, |(_, host)| host);
    let mailed = rest.len() < word.len();
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || !labels.iter().all(|label| is_label(label)) {
        return None;
    }
    let last = labels.last().copied().unwrap_or_default();
    let numbers = labels.iter().all(|label| label.parse::<u8>().is_ok());
    if labels.len() == 4 && numbers {
        return Some("it holds the address of a machine");
    }
    let ends_well = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    let far = path.len() > 1 && (path.starts_with('/') || path.starts_with(":/") || is_port(path));
    let named = DOMAINS.contains(&last) || labels.first() == Some(&"www");
    (ends_well && (far || named || mailed)).then_some("it holds the name of a host")
}

fn is_port(path: &str) -> bool {
    path.strip_prefix(':')
        .is_some_and(|port| port.bytes().take(2).all(|byte| byte.is_ascii_digit()))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// An account of a bank, or of a chain.
fn is_account(word: &str) -> bool {
    let bytes = word.as_bytes();
    let bank = bytes.len() >= 15
        && bytes.len() <= 34
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && matches!(bytes, [a, b, c, d, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit())
        && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() >= 10;
    let chain = word
        .strip_prefix("0x")
        .is_some_and(|rest| rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let newer = (word.starts_with("bc1") || word.starts_with("tb1")) && bytes.len() >= 26;
    bank || chain || newer
}
