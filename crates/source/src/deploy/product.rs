//! The table of products (`data/products.toml`) and how files show them.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

static PRODUCTS: LazyLock<BTreeMap<String, Product>> = LazyLock::new(|| {
    // A file that does not parse is found by the test below, before any release.
    toml::from_str(include_str!("../../data/products.toml")).unwrap_or_default()
});

/// One product. The file says what each field means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Product {
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) store: Option<String>,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    pub(crate) ports: Vec<u16>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    pub(crate) open: Option<Open>,
    #[serde(default)]
    pub(crate) auth: Vec<String>,
    #[serde(default)]
    pub(crate) serves: bool,
    #[serde(default)]
    pub(crate) generic: bool,
    #[serde(default)]
    pub(crate) runner: Option<RunnerWord>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Service,
    Store,
    Part,
}

impl Product {
    /// Whether it is the API of a provider, which nobody runs.
    pub(crate) fn is_hosted(&self) -> bool {
        self.images.is_empty() && self.open.is_none()
    }
}

/// How bad it is when anybody on the network reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Open {
    Medium,
    High,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RunnerWord {
    Hub,
    Ollama,
}

/// A product with its name.
pub(crate) type Named = (&'static str, &'static Product);

fn all() -> impl Iterator<Item = Named> {
    PRODUCTS.iter().map(|(name, product)| (name.as_str(), product))
}

/// The product of a name.
pub(crate) fn named(name: &str) -> Option<Named> {
    PRODUCTS.get_key_value(name).map(|(name, product)| (name.as_str(), product))
}

/// The product that an image is, told by its path.
pub(crate) fn of_image(image: &str) -> Option<Named> {
    let path = image_path(image).to_ascii_lowercase();
    all().find(|(_, product)| {
        product.images.iter().any(|known| {
            path.strip_suffix(known.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    })
}

/// The product that a resource of a cloud is, told by the start of its type.
pub(crate) fn of_resource(kind: &str) -> Option<Named> {
    let kind = kind.strip_prefix("br/public:").unwrap_or(kind).to_ascii_lowercase();
    let starts = |known: &String| kind.starts_with(known.as_str());
    all().find(|(_, product)| product.resources.iter().any(starts))
}

/// An image without tag and digest.
pub(crate) fn image_path(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or_default();
    let name_at = image.rfind('/').map_or(0, |at| at + 1);
    match image.get(name_at..).and_then(|name| name.find(':')) {
        Some(colon) => image.get(..name_at + colon).unwrap_or(image),
        None => image,
    }
}

/// The tag of an image.
pub(crate) fn image_tag(image: &str) -> Option<&str> {
    let whole = image.split('@').next().unwrap_or_default();
    whole.strip_prefix(image_path(image))?.strip_prefix(':').filter(|tag| !tag.is_empty())
}

/// The product that the words of a setting's name point to: `OLLAMA_HOST`, `qdrantUrl`.
pub(crate) fn of_key(words: &[String]) -> Option<Named> {
    // Names of two words are written together in the table.
    let pairs = words.windows(2).map(|pair| pair.concat());
    let mut names = pairs.chain(words.iter().cloned());
    names.find_map(|word| all().find(|(_, product)| product.keys.contains(&word)))
}

/// The product that an address leads to: by its end, its own name in a network of containers, or its port.
pub(crate) fn of_address(address: &str) -> Option<Named> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let host = host.to_ascii_lowercase();
    let by_end = |(_, product): &Named| {
        product.hosts.iter().any(|end| {
            host.strip_suffix(end.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with(['.', '-']))
        })
    };
    let inside = || host.split('.').next().and_then(named).filter(|_| !host.contains(".com"));
    let port = port.parse::<u16>().ok();
    let by_port = || {
        // Ports such as 5000 and 3000 are everybody's.
        let port = port.filter(|port| matches!(port, 11434 | 6333 | 6334 | 19530 | 8265))?;
        all().find(|(_, product)| product.ports.contains(&port))
    };
    all().find(by_end).or_else(inside).or_else(by_port)
}

#[cfg(test)]
mod tests {
    use super::{PRODUCTS, image_tag, of_address, of_image, of_key};

    #[test]
    fn the_table_parses_and_is_of_some_size() {
        assert!(PRODUCTS.len() > 60, "{}", PRODUCTS.len());
    }

    #[test]
    fn images_are_told_by_their_path() {
        let name = |image| of_image(image).map(|(name, _)| name);
        assert_eq!(name("ollama/ollama:0.5"), Some("ollama"));
        assert_eq!(name("mirror.example:5000/qdrant/qdrant@sha256:00"), Some("qdrant"));
        assert_eq!(name("ghcr.io/huggingface/text-generation-inference:2.0"), Some("tgi"));
        assert_eq!(name("postgres"), Some("postgres"));
        assert_eq!(name("acme/ollama-exporter:1"), None);
        assert_eq!(image_tag("registry:5000/a/b"), None);
        assert_eq!(image_tag("registry:5000/a/b:1.2@sha256:0"), Some("1.2"));
    }

    #[test]
    fn addresses_and_keys_lead_to_products() {
        let name = |address| of_address(address).map(|(name, _)| name);
        assert_eq!(name("https://api.openai.com/v1"), Some("openai"));
        assert_eq!(name("https://acme.openai.azure.com/"), Some("azure"));
        assert_eq!(name("http://ollama:11434"), Some("ollama"));
        assert_eq!(name("http://localhost:11434/v1"), Some("ollama"));
        assert_eq!(name("https://example.org"), None);
        let key = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
            of_key(&words).map(|(name, _)| name)
        };
        assert_eq!(key(&["azure", "openai", "endpoint"]), Some("azure"));
        assert_eq!(key(&["openai", "api", "base"]), Some("openai"));
        assert_eq!(key(&["database", "url"]), None);
    }
}
