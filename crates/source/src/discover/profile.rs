//! Settings of one profile beside those that always hold: what only they name runs where somebody chooses it.

use std::collections::BTreeSet;

use coseal_core::fact::Asset;

use crate::names::{folder, last_part};

/// Names of files whose settings always hold, without their ending.
const DEFAULTS: [&str; 6] = ["settings", "config", "conf", "application", "appsettings", "params"];
const ENDINGS: [&str; 7] = ["yaml", "yml", "toml", "json", "jsonc", "ini", "properties"];
/// Profiles that run.
const RUNNING: [&str; 4] = ["prod", "production", "live", "default"];

/// The asset, optional where only profiles show it that are a choice. `files` are the paths of the folder's files.
pub(super) fn chosen(mut asset: Asset, files: &BTreeSet<&str>) -> Asset {
    let by_choice = |path: &str| is_choice(path, files);
    asset.optional |= !asset.seen.is_empty() && asset.seen.iter().all(|seen| by_choice(&seen.path));
    asset
}

/// Whether a file holds the settings of a profile, beside a file of those that always hold.
fn is_choice(path: &str, files: &BTreeSet<&str>) -> bool {
    let Some((stem, ending)) = last_part(path).rsplit_once('.') else { return false };
    let Some((always, profile)) = DEFAULTS.iter().find_map(|always| {
        let profile = stem.strip_prefix(always)?.strip_prefix(['-', '.', '_'])?;
        Some((always, profile))
    }) else {
        return false;
    };
    let before = match folder(path) {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    ENDINGS.contains(&ending)
        && !RUNNING.contains(&profile)
        && ENDINGS.iter().any(|end| files.contains(format!("{before}{always}.{end}").as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use coseal_core::fact::AssetKind::Model;

    use super::{chosen, is_choice};
    use crate::compare::made::asset;

    #[test]
    fn profiles_beside_the_default_are_a_choice() {
        let files = BTreeSet::from(["settings.yaml", "a/config.yml", "a/config.toml"]);
        for (path, expected) in [
            ("settings-openai.yaml", true),
            ("settings.local.yaml", true),
            ("settings-prod.yaml", false),
            ("settings.yaml", false),
            ("settingsfoo.yaml", false),
            ("settings-openai.py", false),
            ("b/settings-openai.yaml", false),
            ("a/config_dev.yml", true),
            ("values-dev.yaml", false),
        ] {
            assert_eq!(is_choice(path, &files), expected, "{path}");
        }
    }

    #[test]
    fn what_the_default_shows_too_is_no_choice() {
        let files = BTreeSet::from(["settings.yaml"]);
        let seen_in = |paths: &[&str]| {
            let mut asset = asset(Model, "gpt-4o", None);
            let place = asset.seen.remove(0);
            asset.seen = paths
                .iter()
                .map(|path| (path.to_string(), place.clone()))
                .map(|(path, mut place)| {
                    place.path = path;
                    place
                })
                .collect();
            chosen(asset, &files).optional
        };
        assert!(seen_in(&["settings-openai.yaml", "settings-x.yaml"]));
        assert!(!seen_in(&["settings-openai.yaml", "app.py"]));
    }
}
