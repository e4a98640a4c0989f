//! Where a bucket is and who asks: the variables that other tools read, too.

use std::env;

use coseal_assure::evidence::remote::RemoteError;

/// A bucket, and the credentials for it.
pub(in super::super) struct Settings {
    pub(super) scheme: &'static str,
    /// Host, with the port if it is not the usual one.
    pub(super) host: String,
    /// What stands before the names of the store: `/`, or `/BUCKET/`, with the prefix.
    pub(super) path: String,
    /// The prefix of keys, with a `/` behind it if there is one.
    pub(super) prefix: String,
    pub(super) region: String,
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl Settings {
    /// From `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` or `AWS_DEFAULT_REGION`, and
    /// `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`.
    pub(in super::super) fn of_environment(
        bucket: &str,
        prefix: &str,
    ) -> Result<Self, RemoteError> {
        Self::new(bucket, prefix, |name| env::var(name).ok().filter(|value| !value.is_empty()))
    }

    pub(super) fn new(
        bucket: &str,
        prefix: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, RemoteError> {
        let wanted = |name: &str| {
            variable(name).ok_or_else(|| RemoteError::Location(format!("{name} is not set")))
        };
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let region = region.unwrap_or_else(|| "us-east-1".into());
        let endpoint = variable("AWS_ENDPOINT_URL_S3").or_else(|| variable("AWS_ENDPOINT_URL"));
        let (scheme, host, path) = match endpoint {
            Some(endpoint) => {
                let (scheme, host) = endpoint_of(&endpoint)?;
                (scheme, host, format!("/{bucket}"))
            }
            // A certificate's `*` is for one part of a name only.
            None if bucket.contains('.') => {
                ("https", format!("s3.{region}.amazonaws.com"), format!("/{bucket}"))
            }
            None => ("https", format!("{bucket}.s3.{region}.amazonaws.com"), String::new()),
        };
        if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)) {
            return Err(RemoteError::Location("the region or endpoint is malformed".into()));
        }
        Ok(Self {
            scheme,
            host,
            path: format!("{path}/"),
            prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
            region,
            key: wanted("AWS_ACCESS_KEY_ID")?,
            secret: wanted("AWS_SECRET_ACCESS_KEY")?,
            token: variable("AWS_SESSION_TOKEN"),
        })
    }
}

/// Scheme and host of an endpoint. Without TLS it has to be on this machine.
fn endpoint_of(endpoint: &str) -> Result<(&'static str, String), RemoteError> {
    let endpoint = endpoint.trim_end_matches('/');
    let wrong = || {
        RemoteError::Location(
            "the endpoint has to be https://HOST, or on this machine http://127.0.0.1:PORT".into(),
        )
    };
    if let Some(host) = endpoint.strip_prefix("https://") {
        let usual = host.strip_suffix(":443").unwrap_or(host);
        return Ok(("https", usual.to_owned()));
    }
    let host = endpoint.strip_prefix("http://").ok_or_else(wrong)?;
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = ["127.0.0.1", "localhost", "[::1]"].contains(&name);
    if here {
        Ok(("http", host.strip_suffix(":80").unwrap_or(host).to_owned()))
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    fn settings(bucket: &str, variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let all =
            [variables, &[("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s")]].concat();
        let variable = |name: &str| {
            all.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Settings::new(bucket, "p", variable)
            .map(|settings| (format!("{}://{}", settings.scheme, settings.host), settings.path))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_usual_variables_say_where_it_is() {
        let is = |bucket, variables: &[_], host: &str, path: &str| {
            assert_eq!(settings(bucket, variables), Ok((host.to_owned(), path.to_owned())));
        };
        is(
            "proofs",
            &[("AWS_REGION", "eu-west-2")],
            "https://proofs.s3.eu-west-2.amazonaws.com",
            "/",
        );
        is("a.b", &[], "https://s3.us-east-1.amazonaws.com", "/a.b/");
        is(
            "proofs",
            &[("AWS_ENDPOINT_URL", "https://s3.example.org/")],
            "https://s3.example.org",
            "/proofs/",
        );
        is(
            "proofs",
            &[("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000")],
            "http://127.0.0.1:9000",
            "/proofs/",
        );
        for endpoint in [
            "http://s3.example.org",
            "http://127.0.0.1.example.org",
            "s3.example.org",
            "https://a@b",
            "https://a/b",
            "ftp://x",
        ] {
            assert!(settings("proofs", &[("AWS_ENDPOINT_URL", endpoint)]).is_err(), "{endpoint}");
        }
        assert!(settings("proofs", &[("AWS_REGION", "x.example.org/")]).is_err());
        assert_eq!(
            Settings::new("proofs", "", |_| None).err().unwrap().to_string(),
            "AWS_ACCESS_KEY_ID is not set"
        );
    }
}
