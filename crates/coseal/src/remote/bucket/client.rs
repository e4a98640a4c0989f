//! One request: signed, bounded in time and size, answered by the host that was asked.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use coseal_assure::evidence::remote::{MAX_REMOTE_FILE, RemoteError};
use jiff::Timestamp;
use rustls::crypto::ring;
use ureq::{
    Agent,
    http::{Request, Response, StatusCode},
    tls::{RootCerts, TlsConfig},
};

use super::{
    settings::Settings,
    signature::{Unsigned, query, sign},
};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);
/// How long a request may take in all.
const WHOLE: Duration = Duration::from_secs(120);

/// A bucket's server.
pub(super) struct Client {
    agent: Agent,
    pub(super) settings: Settings,
    now: Timestamp,
    since: Instant,
}

/// What the server said.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The version of what was read.
    pub(super) tag: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Client {
    pub(super) fn new(settings: Settings, now: Timestamp) -> Self {
        Self { agent: agent(), settings, now, since: Instant::now() }
    }

    pub(super) fn get(&self, name: &str) -> Result<Answer, RemoteError> {
        self.send("GET", name, &[], &[], None)
    }

    pub(super) fn list(&self, parameters: &[(&str, &str)]) -> Result<Answer, RemoteError> {
        self.send("GET", "", parameters, &[], None)
    }

    /// Puts a file, on one condition: a header and its value.
    pub(super) fn put(
        &self,
        name: &str,
        condition: (&str, &str),
        body: &[u8],
    ) -> Result<Answer, RemoteError> {
        self.send("PUT", name, &[], &[condition], Some(body))
    }

    pub(super) fn delete(&self, name: &str) -> Result<Answer, RemoteError> {
        self.send("DELETE", name, &[], &[], None)
    }

    fn send(
        &self,
        method: &str,
        name: &str,
        parameters: &[(&str, &str)],
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Answer, RemoteError> {
        let Settings { scheme, host, path, prefix, .. } = &self.settings;
        let prefix = if name.is_empty() { "" } else { prefix };
        let path = format!("{path}{prefix}{name}");
        let unsigned = Unsigned {
            method,
            path: &path,
            query: parameters,
            headers,
            body: body.unwrap_or_default(),
        };
        // Servers refuse requests that are more than some minutes old.
        let at = self.now.checked_add(self.since.elapsed()).unwrap_or(self.now);
        let mut url = format!("{scheme}://{host}{path}");
        if !parameters.is_empty() {
            url = format!("{url}?{}", query(parameters));
        }
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in sign(&unsigned, &self.settings, at) {
            request = request.header(name, value);
        }
        let malformed =
            |_| RemoteError::Location("the credentials or the region are malformed".into());
        let response = match body {
            Some(body) => self.agent.run(request.body(body).map_err(malformed)?),
            None => self.agent.run(request.body(()).map_err(malformed)?),
        };
        answer(response.map_err(|error| failed(&error))?)
    }
}

/// An agent that follows no redirect and takes no longer than a request may.
pub(in crate::remote) fn agent() -> Agent {
    let provider = Arc::new(ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    Agent::config_builder()
        .tls_config(tls)
        // A redirect would send a signed request to a host of the server's choice.
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .user_agent("coseal")
        .build()
        .new_agent()
}

/// The address and the headers of a request for a part of a file, signed as of `at`.
pub(in crate::remote) fn signed_part(
    settings: &Settings,
    key: &str,
    range: &str,
    at: Timestamp,
) -> (String, Vec<(String, String)>) {
    let path = format!("{}{}{key}", settings.path, settings.prefix);
    let headers = [("range", range)];
    let unsigned =
        Unsigned { method: "GET", path: &path, query: &[], headers: &headers, body: &[] };
    let url = format!("{}://{}{path}", settings.scheme, settings.host);
    (url, sign(&unsigned, settings, at))
}

impl Answer {
    /// What is wrong with an answer that says neither yes nor no.
    pub(super) fn unexpected(&self) -> RemoteError {
        let text = match self.status.as_u16() {
            301 | 307 | 308 => "the bucket is in another region or at another endpoint".to_owned(),
            401 | 403 => "the credentials do not allow it".to_owned(),
            404 => "there is no such bucket".to_owned(),
            status => format!("the server answered {status}"),
        };
        RemoteError::Refused(text)
    }
}

fn answer(mut response: Response<ureq::Body>) -> Result<Answer, RemoteError> {
    let tag = response.headers().get("etag").and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let status = response.status();
    let body = response.body_mut().with_config().limit(MAX_REMOTE_FILE + 1).read_to_vec();
    Ok(Answer { status, tag, body: body.map_err(|error| failed(&error))? })
}

fn failed(error: &ureq::Error) -> RemoteError {
    let text = match error {
        ureq::Error::BodyExceedsLimit(_) => {
            return RemoteError::TooLarge { name: "an answer".into(), limit: MAX_REMOTE_FILE };
        }
        ureq::Error::Timeout(_) => "the server took too long",
        ureq::Error::HostNotFound => "the server's name is unknown",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "TLS with the server failed",
        _ => "the server can't be reached",
    };
    RemoteError::Refused(text.to_owned())
}
