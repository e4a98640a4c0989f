//! The answer of ListObjectsV2, as far as it is needed: the folders, and where the next page begins.

/// A page of a listing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Prefixes that end in the delimiter, as the server wrote them.
    pub(super) folders: Vec<String>,
    /// The token of the next page, if there is one.
    pub(super) next: Option<String>,
}

/// Reads a page; `None` if it is no listing. What it names is checked by whoever asks for it.
pub(super) fn parse(body: &[u8]) -> Option<Page> {
    let text = str::from_utf8(body).ok()?;
    let (_, mut rest) = text.split_once("<ListBucketResult")?;
    rest.contains("</ListBucketResult>").then_some(())?;
    let truncated = element(rest, "IsTruncated").is_some_and(|(value, _)| value == "true");
    let next = element(rest, "NextContinuationToken").map(|(value, _)| unescape(value));
    let mut folders = Vec::new();
    while let Some((common, after)) = element(rest, "CommonPrefixes") {
        let mut inside = common;
        while let Some((prefix, after)) = element(inside, "Prefix") {
            folders.push(unescape(prefix));
            inside = after;
        }
        rest = after;
    }
    match (truncated, next) {
        (true, None) => None,
        (true, next) => Some(Page { folders, next }),
        (false, _) => Some(Page { folders, next: None }),
    }
}

/// What the first element of this name holds, and what comes after it.
fn element<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>"))
}

fn unescape(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];
    let text = named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{Page, parse};

    #[test]
    fn folders_and_the_next_page_are_read() {
        let body = b"<?xml version='1.0'?><ListBucketResult xmlns=\"x\"><Name>b</Name><Prefix>p/logs/</Prefix>\
            <IsTruncated>true</IsTruncated><NextContinuationToken>a+b/&amp;lt;=</NextContinuationToken>\
            <CommonPrefixes><Prefix>p/logs/a/</Prefix></CommonPrefixes>\
            <CommonPrefixes>\n<Prefix>p/logs/b/</Prefix></CommonPrefixes></ListBucketResult>";
        let folders = vec!["p/logs/a/".to_owned(), "p/logs/b/".to_owned()];
        assert_eq!(parse(body), Some(Page { folders, next: Some("a+b/&lt;=".into()) }));
        for cut in 0..body.len() {
            assert_eq!(parse(&body[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn what_is_no_listing_is_refused() {
        let cut = "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>";
        for body in ["", "<html></html>", "<Error><Code>x</Code></Error>", cut, "\u{0}"] {
            assert_eq!(parse(body.as_bytes()), None, "{body}");
        }
        let empty = parse(b"<ListBucketResult></ListBucketResult>");
        assert_eq!(empty, Some(Page { folders: vec![], next: None }));
    }
}
