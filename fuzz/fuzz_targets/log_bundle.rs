//! Any bytes as a bundle of entries, or as the path of a tile: what is read is written back byte for byte.
#![no_main]

use coseal_sign::tlog::{Tile, TileData, TilePath, bundle};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(path) = std::str::from_utf8(data).ok().and_then(|text| TilePath::parse(text).ok()) {
        assert_eq!(path.to_string().as_bytes(), data);
    }
    let Some((width, bytes)) = data.split_first() else { return };
    let width = u16::from(*width) + 1;
    if let Ok(entries) = bundle::decode(bytes, width) {
        assert_eq!(bundle::encode(entries).as_deref(), Ok(bytes));
    }
    if let Ok(tile) = TileData::parse(Tile { level: 0, index: 0, width }, bytes) {
        assert_eq!(tile.bytes(), bytes);
    }
});
