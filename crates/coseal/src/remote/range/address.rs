//! Which addresses are asked, and where a redirect may lead.

/// Hosts on this machine.
const HERE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Takes an address of the web: TLS, but on this machine, since anybody on the way could change what is seen.
pub(super) fn checked(url: &str) -> Result<String, String> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    if authority.is_empty() || authority.contains('@') || url.contains(char::is_whitespace) {
        return Err("it is no address: https://HOST/PATH, without a user".into());
    }
    match scheme {
        "https" => Ok(url.to_owned()),
        "http" if HERE.contains(&host) => Ok(url.to_owned()),
        "http" => Err("without TLS anybody on the way could change what is seen: use https".into()),
        _ => Err("it is no address: https://HOST/PATH".into()),
    }
}

/// Where a redirect leads.
pub(super) fn redirected(from: &str, to: &str) -> Result<String, String> {
    let url = if to.starts_with('/') && !to.starts_with("//") {
        let (scheme, rest) = from.split_once("://").unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        format!("{scheme}://{authority}{to}")
    } else {
        to.to_owned()
    };
    if from.starts_with("https://") && !url.starts_with("https://") {
        return Err("the server redirects to an address without TLS".into());
    }
    let here = |url: &str| url.starts_with("http://");
    if here(&url) && !here(from) {
        return Err("the server redirects to this machine".into());
    }
    checked(&url).map_err(|_| "the server redirects to what is no address".into())
}

/// A bucket and a key, of letters that need no escape.
pub(super) fn bucket_and_key(address: &str) -> Result<(&str, &str), String> {
    let wrong = "it is no address: s3://BUCKET/KEY, of letters, digits, `.`, `_`, `-` and `/`";
    let rest = address.strip_prefix("s3://").ok_or(wrong)?;
    let (bucket, key) = rest.split_once('/').ok_or(wrong)?;
    let good =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let part = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(letter);
    let is_bucket = (3..=63).contains(&bucket.len()) && bucket.bytes().all(good);
    if !is_bucket || bucket.starts_with('.') || key.len() > 1024 || !key.split('/').all(part) {
        return Err(wrong.into());
    }
    Ok((bucket, key))
}
