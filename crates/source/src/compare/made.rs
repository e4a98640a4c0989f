//! Assets made by hand, for tests.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
};

/// An asset that is seen in `app.py`, surely.
pub(crate) fn asset(kind: AssetKind, name: &str, location: Option<&str>) -> Asset {
    Asset {
        kind,
        name: name.into(),
        location: location.map(|text| text.parse().unwrap()),
        digest: None,
        pin: Pin::Unknown,
        optional: false,
        details: BTreeMap::new(),
        seen: vec![Sighting {
            path: "app.py".into(),
            line: 7,
            method: Method::Call,
            confidence: Confidence::High,
        }],
    }
}

/// The same, with a detail.
pub(crate) fn with(mut asset: Asset, key: &str, value: &str) -> Asset {
    asset.details.insert(key.into(), value.into());
    asset
}

/// The same, as an option.
pub(crate) fn optional(mut asset: Asset) -> Asset {
    asset.optional = true;
    asset
}
