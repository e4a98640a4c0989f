//! Addresses without what is no part of the place: user, password, query.

use coseal_core::system::{Location, Scheme};

/// An address as `https://host/path`; none for what is no address.
pub(crate) fn address(location: &Location) -> Option<String> {
    if location.scheme() != Scheme::Https {
        return None;
    }
    let rest = location.rest().trim_start_matches('/');
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    Some(if path.is_empty() { format!("https://{host}") } else { format!("https://{host}/{path}") })
}

/// The host of an address, without its port.
pub(crate) fn host(location: &Location) -> Option<String> {
    let address = address(location)?;
    let rest = address.strip_prefix("https://")?;
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{address, host};

    #[test]
    fn an_address_is_a_host_and_a_path() {
        let at = |text: &str| text.parse().unwrap();
        let whole = at("https://user:pw@API.example.org:8443/v1/?key=1#x");
        assert_eq!(address(&whole).unwrap(), "https://api.example.org:8443/v1");
        assert_eq!(host(&whole).unwrap(), "api.example.org");
        assert_eq!(address(&at("path:a")), None);
        assert_eq!(host(&at("https://")), None);
    }
}
