//! Names of hosted models in code of languages that are not read into facts.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    tree::Walk,
};

use super::{assets::is_optional, known::hosted};

const SUFFIXES: [&str; 7] = ["go", "rs", "java", "kt", "cs", "rb", "php"];

/// What such code shows. What is not read of it is said by [`crate::hosted::uses`] over the whole folder.
pub(super) fn assets(walk: &Walk, names: &[(&str, Pin)]) -> Vec<Asset> {
    let wanted =
        |name: &str| name.rsplit_once('.').is_some_and(|(_, suffix)| SUFFIXES.contains(&suffix));
    let files = walk.files.iter().filter(|file| wanted(&file.name)).cloned().collect();
    let (uses, _) = crate::hosted::uses(&Walk { files, ..Walk::default() }, names);
    let one = |used: coseal_core::fact::HostedUse| {
        let provider = hosted::by_name(&used.model).map(|(provider, _)| provider);
        let location =
            provider.and_then(|provider| format!("api:{provider}/{}", used.model).parse().ok());
        let optional = is_optional(&used.path);
        let (method, confidence) = (Method::Name, Confidence::Medium);
        Asset {
            kind: AssetKind::Model,
            name: used.model,
            location,
            digest: None,
            pin: used.pin,
            optional,
            details: BTreeMap::new(),
            seen: vec![Sighting { path: used.path, line: used.line, method, confidence }],
        }
    };
    uses.into_iter().map(one).collect()
}
