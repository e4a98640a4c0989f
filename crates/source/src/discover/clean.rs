//! Credentials out of what is shown of an asset: places are written to files that are committed.

use coseal_core::fact::Asset;

use crate::secrets::masked;

/// The asset, with no key and no user's name or password in its place or details.
pub(super) fn clean(mut asset: Asset) -> Asset {
    asset.location = asset.location.and_then(|location| {
        let text = location.to_string();
        let cleaned = cleaned(&text);
        if cleaned == text { Some(location) } else { cleaned.parse().ok() }
    });
    for value in asset.details.values_mut() {
        *value = cleaned(value);
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

#[cfg(test)]
mod tests {
    use super::cleaned;

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
