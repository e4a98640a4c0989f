//! What files show that a system file has a place for.

use coseal_core::fact::{Asset, AssetKind};

/// All assets but libraries; sorted as they are.
#[must_use]
pub fn observed(assets: &[Asset]) -> Vec<Asset> {
    assets.iter().filter(|asset| asset.kind != AssetKind::Library).cloned().collect()
}
