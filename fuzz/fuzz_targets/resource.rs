//! Resources of clouds: Bicep, Terraform, templates of ARM and CloudFormation: the first byte says which.
#![no_main]

use coseal_source::deploy::in_file;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["main.bicep", "main.tf", "azuredeploy.json", "stack.yaml"];

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Some(name) = NAMES.get(usize::from(*which) % NAMES.len()) else { return };
    let found = in_file(name, text);
    for asset in &found.assets {
        assert!(!asset.seen.is_empty() && !asset.name.is_empty());
        assert!(!asset.name.contains(char::is_control));
    }
});
