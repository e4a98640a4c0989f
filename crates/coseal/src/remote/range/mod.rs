//! Files at an address, of which only what is asked for is fetched: `https://…` and `s3://BUCKET/KEY`.

#[cfg(not(feature = "bucket"))]
mod absent;
#[cfg(feature = "bucket")]
mod address;
#[cfg(feature = "bucket")]
mod bytes;
#[cfg(feature = "bucket")]
mod http;
#[cfg(test)]
#[cfg(feature = "bucket")]
mod tests;

#[cfg(not(feature = "bucket"))]
pub(crate) use absent::{Bytes, open};
#[cfg(feature = "bucket")]
pub(crate) use bytes::Bytes;
#[cfg(feature = "bucket")]
pub(crate) use http::open;

/// Whether an argument is an address and no path.
pub(crate) fn is_address(text: &str) -> bool {
    ["https://", "http://", "s3://"].iter().any(|scheme| text.starts_with(scheme))
}

/// An address as it is shown: a query or a user's name may be a secret.
pub(crate) fn without_query(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}/{path}")
}
