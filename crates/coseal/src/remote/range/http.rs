//! Parts of files over HTTP (RFC 9110, section 14): each part is exactly what was asked for, of one version of one file.

use std::time::Instant;

use jiff::Timestamp;
use ureq::{
    Agent,
    http::{HeaderMap, Request, Response},
};

use super::{
    address::{bucket_and_key, checked, redirected},
    bytes::{BLOCK, Bytes, Fetch},
};
use crate::{
    clock,
    remote::bucket::{self, Settings},
};

/// Redirects followed of one request.
const MAX_REDIRECTS: usize = 5;

/// Opens the file at an address: fetches its first bytes, by which its size is known.
///
/// # Errors
/// If it is no address, or the server does not give parts of the file.
pub(crate) fn open(address: &str) -> Result<Bytes, String> {
    let mut file = Remote {
        agent: bucket::agent(),
        target: target(address)?,
        version: None,
        now: clock::now(),
        since: Instant::now(),
    };
    let head = file.part(0, BLOCK)?;
    let size = file.version.as_ref().map_or(0, |version| version.size);
    Bytes::new(size, &head, file).map_err(|error| error.to_string())
}

fn target(address: &str) -> Result<Target, String> {
    if !address.starts_with("s3://") {
        return Ok(Target::Url(checked(address)?));
    }
    let (bucket, key) = bucket_and_key(address)?;
    let settings = Settings::of_environment(bucket, "").map_err(|error| error.to_string())?;
    Ok(Target::Bucket { settings: Box::new(settings), key: key.to_owned() })
}

/// What is asked.
enum Target {
    Url(String),
    Bucket { settings: Box<Settings>, key: String },
}

/// Which version of the file it is: all parts have to be of one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Version {
    size: u64,
    tag: Option<String>,
    modified: Option<String>,
}

struct Remote {
    agent: Agent,
    target: Target,
    version: Option<Version>,
    now: Timestamp,
    since: Instant,
}

impl Fetch for Remote {
    fn fetch(&mut self, first: u64, length: u64) -> Result<Vec<u8>, String> {
        self.part(first, length)
    }
}

impl Remote {
    /// Bytes from `first`, `length` of them or as many as there are.
    fn part(&mut self, first: u64, length: u64) -> Result<Vec<u8>, String> {
        let last = first.saturating_add(length).saturating_sub(1);
        let mut response = self.asked(&format!("bytes={first}-{last}"))?;
        let headers = response.headers();
        if headers.get("content-encoding").is_some_and(|coding| coding != "identity") {
            return Err("the server packs what it sends".into());
        }
        let range = text(headers, "content-range").unwrap_or_default();
        let (from, size) = match response.status().as_u16() {
            206 => part_of(&range)?,
            416 if range == "bytes */0" => (0..0, 0),
            status => return Err(refused(status)),
        };
        let end = first.saturating_add(length).min(size);
        if size > 0 && (from.start != first || from.end != end) {
            return Err("the server sent another part than was asked for".into());
        }
        self.same(headers, size)?;
        if size == 0 {
            return Ok(Vec::new());
        }
        let wanted = end.saturating_sub(first);
        let body = response.body_mut().with_config().limit(wanted.saturating_add(1));
        let body = body.read_to_vec().map_err(|error| failed(&error))?;
        if body.len() as u64 != wanted {
            return Err("the server sent another number of bytes than it said".into());
        }
        Ok(body)
    }

    /// Whether this is still the file that was opened.
    fn same(&mut self, headers: &HeaderMap, size: u64) -> Result<(), String> {
        let tag = text(headers, "etag");
        let now = Version { size, tag, modified: text(headers, "last-modified") };
        if self.version.get_or_insert_with(|| now.clone()) == &now {
            Ok(())
        } else {
            Err("the file changed while it was read".into())
        }
    }

    /// The answer to one request, after redirects.
    fn asked(&mut self, range: &str) -> Result<Response<ureq::Body>, String> {
        for _ in 0..=MAX_REDIRECTS {
            let response = self.once(range)?;
            let Target::Url(url) = &mut self.target else { return Ok(response) };
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(response);
            }
            let to = text(response.headers(), "location").unwrap_or_default();
            *url = redirected(url, &to)?;
        }
        Err("the server redirects too often".into())
    }

    fn once(&self, range: &str) -> Result<Response<ureq::Body>, String> {
        let mut headers = vec![("range".to_owned(), range.to_owned())];
        let url = match &self.target {
            Target::Url(url) => url.split('#').next().unwrap_or_default().to_owned(),
            Target::Bucket { settings, key } => {
                // Servers refuse requests that are more than some minutes old.
                let at = self.now.checked_add(self.since.elapsed()).unwrap_or(self.now);
                let (url, signed) = bucket::signed_part(settings, key, range, at);
                headers = signed;
                url
            }
        };
        headers.push(("accept-encoding".into(), "identity".into()));
        let mut request = Request::builder().method("GET").uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(()).map_err(|_| "it is no address")?;
        self.agent.run(request).map_err(|error| failed(&error))
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The bytes that an answer holds, and how many the file has: `bytes 0-99/1000`.
fn part_of(range: &str) -> Result<(std::ops::Range<u64>, u64), String> {
    let read = || {
        let (part, size) = range.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = part.split_once('-')?;
        let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
        let size: u64 = size.parse().ok()?;
        (first <= last && last < size).then_some((first..last + 1, size))
    };
    read().ok_or_else(|| "the server does not say which part it sent".into())
}

fn refused(status: u16) -> String {
    match status {
        200 => "the server sends no parts of files, only all of it: download it and scan the copy"
            .into(),
        401 | 403 => "the server does not allow it".into(),
        404 | 410 => "it is not there".into(),
        412 => "the file changed while it was read".into(),
        _ => format!("the server answered {status}"),
    }
}

fn failed(error: &ureq::Error) -> String {
    let text = match error {
        ureq::Error::BodyExceedsLimit(_) => "the server sent more bytes than it said",
        ureq::Error::Timeout(_) => "the server took too long",
        ureq::Error::HostNotFound => "the server's name is unknown",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "TLS with the server failed",
        _ => "the server can't be reached, or broke off",
    };
    text.to_owned()
}
