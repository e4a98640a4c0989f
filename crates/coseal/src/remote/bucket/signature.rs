//! AWS Signature Version 4, in the header `Authorization`, with the body signed.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::settings::Settings;

/// What is signed of a request.
pub(super) struct Unsigned<'a> {
    pub(super) method: &'a str,
    /// The path, of characters that need no escape.
    pub(super) path: &'a str,
    /// Names and values, sorted by name.
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Further headers, by lower-case name.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a [u8],
}

/// The headers that a request needs, by lower-case name; `host` is among them.
pub(super) fn sign(
    request: &Unsigned<'_>,
    settings: &Settings,
    at: Timestamp,
) -> Vec<(String, String)> {
    let time = at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let day = at.strftime("%Y%m%d").to_string();
    let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut headers: Vec<_> =
        request.headers.iter().map(|(name, value)| owned(name, value)).collect();
    headers.push(owned("host", &settings.host));
    headers.push(("x-amz-content-sha256".into(), hex(&Sha256::digest(request.body))));
    headers.push(owned("x-amz-date", &time));
    headers.extend(settings.token.as_deref().map(|token| owned("x-amz-security-token", token)));
    headers.sort();

    let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let scope = format!("{day}/{}/s3/aws4_request", settings.region);
    let canonical = hex(&Sha256::digest(canonical(request, &headers, &names)));
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{canonical}");
    let mut key = hmac(format!("AWS4{}", settings.secret).as_bytes(), &day);
    for part in [settings.region.as_str(), "s3", "aws4_request"] {
        key = hmac(&key, part);
    }
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={}",
        settings.key,
        hex(&hmac(&key, &text)),
    );
    headers.push(("authorization".into(), authorization));
    headers
}

/// The query of a request, as it is signed and sent.
pub(super) fn query(query: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", escape(name), escape(value));
    query.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn canonical(request: &Unsigned<'_>, headers: &[(String, String)], names: &str) -> String {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let body = hex(&Sha256::digest(request.body));
    let query = query(request.query);
    format!("{}\n{}\n{query}\n{lines}\n{names}\n{body}", request.method, request.path)
}

fn escape(text: &str) -> String {
    let escaped = |byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escaped).collect()
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    // A key of any length is taken.
    let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    hmac.update(text.as_bytes());
    hmac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::settings::Settings, Unsigned, sign};

    /// The examples in "Authenticating Requests: Using the Authorization Header" of the manual of Amazon S3.
    #[test]
    fn the_manuals_examples_come_out() {
        let settings = Settings {
            scheme: "https",
            host: "examplebucket.s3.amazonaws.com".into(),
            path: "/".into(),
            prefix: String::new(),
            region: "us-east-1".into(),
            key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            token: None,
        };
        let at = "2013-05-24T00:00:00Z".parse().unwrap();
        let signature = |method, path, query, headers, body| {
            let headers = sign(&Unsigned { method, path, query, headers, body }, &settings, at);
            headers.last().unwrap().1.rsplit_once('=').unwrap().1.to_owned()
        };
        assert_eq!(
            signature("GET", "/test.txt", &[], &[("range", "bytes=0-9")], b""),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        let put = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ];
        assert_eq!(
            signature("PUT", "/test%24file.text", &[], &put, b"Welcome to Amazon S3."),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        );
        assert_eq!(
            signature("GET", "/", &[("max-keys", "2"), ("prefix", "J")], &[], b""),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
    }
}
