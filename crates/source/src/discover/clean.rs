//! Credentials out of what is shown of an asset: places are written to files that are committed.

use coseal_core::fact::{Asset, AssetKind};

use crate::secrets::masked;

/// The asset, with no key and no user's name or password in its place or details.
pub(super) fn clean(mut asset: Asset) -> Asset {
    let reached = matches!(asset.kind, AssetKind::Mcp | AssetKind::Service);
    asset.location = asset.location.and_then(|location| {
        let text = location.to_string();
        let cleaned = cleaned(&text);
        let cleaned = if reached { without_token(&cleaned).to_owned() } else { cleaned };
        if cleaned == text { Some(location) } else { cleaned.parse().ok() }
    });
    for value in asset.details.values_mut() {
        *value = cleaned(value);
        if reached {
            value.truncate(without_token(value).len());
        }
    }
    if asset.name.contains("://") {
        asset.name = cleaned(&asset.name);
    }
    asset
}

fn cleaned(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(without_user).collect();
    masked(&words.join(" ")).into_owned()
}

/// An address without the part before `@` that names a user (RFC 3986, section 3.2.1).
fn without_user(word: &str) -> String {
    let Some((scheme, rest)) = word.split_once("//").filter(|(scheme, _)| scheme.ends_with(':'))
    else {
        return word.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match host.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}//{host}{path}"),
        None => word.to_owned(),
    }
}

/// An address up to where a key stands in its path, as servers of other people's accounts have them. Addresses of files are not
/// looked at: there such a word is a revision.
fn without_token(text: &str) -> &str {
    let is_token = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        part.len() >= 20 && digits >= 4 && digits < part.len() && part.bytes().all(fits)
    };
    let Some((scheme, rest)) = text.split_once("://") else { return text };
    let mut end = scheme.len() + 3;
    for part in rest.split('/').take(50) {
        if is_token(part) {
            return text.get(..end).unwrap_or(text);
        }
        end += part.len() + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{cleaned, without_token};

    #[test]
    fn a_key_in_the_path_of_a_server_is_not_shown() {
        for (text, shown) in [
            ("https://mcp.example/v1/TOKENinPath0987654321/sse", "https://mcp.example/v1/"),
            ("https://mcp.example/api/mcp/sse", "https://mcp.example/api/mcp/sse"),
            (
                "https://a-long-name-of-a-host.example/v1",
                "https://a-long-name-of-a-host.example/v1",
            ),
            ("command:npx @x/server@1.2.3", "command:npx @x/server@1.2.3"),
        ] {
            assert_eq!(without_token(text), shown);
        }
    }

    #[test]
    fn addresses_name_no_user_and_hold_no_password() {
        for (text, shown) in [
            ("command:server postgres://u:DbSecretPw77@h/db", "command:server postgres://h/db"),
            ("https://u:UrlSecretPw88@mcp.example/sse", "https://mcp.example/sse"),
            ("https://u:p@ss@h", "https://h"),
            ("https://host/a@b", "https://host/a@b"),
            ("command:npx @scope/server@1.2.3", "command:npx @scope/server@1.2.3"),
            ("hf:org/name@main", "hf:org/name@main"),
        ] {
            assert_eq!(cleaned(text), shown);
        }
    }
}
