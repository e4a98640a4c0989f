//! Many assets as few elements: what is in one file or folder is one, where there would be too many.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind},
    system::Location,
};

use crate::names::{folder, normal_path};

/// What one element stands for.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// The file or folder that it is, where it stands for more than one asset.
    pub(super) place: Option<String>,
    /// The assets; at least one.
    pub(super) assets: Vec<&'a Asset>,
}

/// Elements that a draft may have of a kind.
const fn most(kind: AssetKind) -> usize {
    match kind {
        AssetKind::Model => 12,
        AssetKind::Tool => 10,
        AssetKind::Prompt => 8,
        AssetKind::Dataset | AssetKind::Service => 6,
        AssetKind::Mcp | AssetKind::Agent => 5,
        AssetKind::Adapter | AssetKind::Store => 4,
        AssetKind::Document | AssetKind::Library => 0,
    }
}

/// Assets of one kind as elements, and those for which there is no place left.
pub(super) fn grouped<'a>(
    kind: AssetKind,
    assets: &[&'a Asset],
    files: &BTreeSet<String>,
) -> (Vec<Group<'a>>, Vec<&'a Asset>) {
    let mut groups: Vec<Group<'a>> =
        assets.iter().map(|asset| Group { place: None, assets: vec![*asset] }).collect();
    if kind == AssetKind::Prompt {
        groups = by(groups, |path| Some(path.to_owned()), files);
    }
    let may_be_many =
        [AssetKind::Model, AssetKind::Dataset, AssetKind::Prompt, AssetKind::Tool].contains(&kind);
    let steps: [fn(&str) -> Option<String>; 3] = [
        |path| Some(path.to_owned()),
        |path| Some(folder(path).to_owned()).filter(|folder| !folder.is_empty()),
        |path| path.split_once('/').map(|(top, _)| top.to_owned()),
    ];
    for step in steps {
        if may_be_many && groups.len() > most(kind) {
            groups = by(groups, step, files);
        }
    }
    let left_out = groups.split_off(groups.len().min(most(kind)));
    (groups, left_out.into_iter().flat_map(|group| group.assets).collect())
}

/// Groups of one key as one, at the place of the first. A place that is not in the folder groups nothing.
fn by<'a>(
    groups: Vec<Group<'a>>,
    key: fn(&str) -> Option<String>,
    files: &BTreeSet<String>,
) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        let key = path(&group).and_then(|path| key(&path)).filter(|key| is_there(key, files));
        let Some(key) = key else {
            out.push(group);
            continue;
        };
        match at.get(&key).and_then(|index| out.get_mut(*index)) {
            Some(first) => {
                first.place = Some(key);
                first.assets.extend(group.assets);
            }
            None => {
                at.insert(key, out.len());
                out.push(group);
            }
        }
    }
    out
}

/// Whether a file or folder is among these files.
fn is_there(path: &str, files: &BTreeSet<String>) -> bool {
    let below = format!("{path}/");
    let first = files.range(below.clone()..).next();
    files.contains(path) || first.is_some_and(|file| file.starts_with(&below))
}

/// Where a group is below the folder.
fn path(group: &Group<'_>) -> Option<String> {
    if let Some(place) = &group.place {
        return Some(place.clone());
    }
    let location = group.assets.first()?.location.as_ref()?;
    Location::path(location).map(|path| normal_path(path).to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use coseal_core::fact::AssetKind::*;

    use super::grouped;
    use crate::compare::made::asset;

    #[test]
    fn prompts_of_one_file_are_one_and_a_few_files_stay_as_they_are() {
        let prompts = [
            asset(Prompt, "app.py#A", Some("path:app.py")),
            asset(Prompt, "app.py#B", Some("path:app.py")),
            asset(Prompt, "p/x.md", Some("path:p/x.md")),
        ];
        let (groups, left_out) = grouped(
            Prompt,
            &prompts.iter().collect::<Vec<_>>(),
            &BTreeSet::from(["app.py".to_owned(), "p/x.md".to_owned()]),
        );
        let places: Vec<_> = groups.iter().map(|g| (g.place.as_deref(), g.assets.len())).collect();
        assert_eq!(places, [(Some("app.py"), 2), (None, 1)]);
        assert!(left_out.is_empty());
    }

    #[test]
    fn many_files_are_their_folders_and_what_is_still_too_much_is_left_out() {
        let name = |n: usize| format!("data/{}/{n}.csv", n % 5);
        let many: Vec<_> =
            (0..40).map(|n| asset(Dataset, &name(n), Some(&format!("path:{}", name(n))))).collect();
        let files: BTreeSet<String> = (0..40).map(name).collect();
        let (groups, left_out) = grouped(Dataset, &many.iter().collect::<Vec<_>>(), &files);
        assert_eq!((groups.len(), left_out.len()), (5, 0));
        assert_eq!(groups[0].place.as_deref(), Some("data/0"));
        let elsewhere = BTreeSet::from(["notebooks/data/0/0.csv".to_owned(), "data0".to_owned()]);
        let (groups, left_out) = grouped(Dataset, &many.iter().collect::<Vec<_>>(), &elsewhere);
        assert_eq!((groups.len(), left_out.len()), (6, 34));
        assert!(groups.iter().all(|group| group.place.is_none()), "no folder that is not there");
        let hosted: Vec<_> = (0..20).map(|n| asset(Model, &n.to_string(), None)).collect();
        let (groups, left_out) = grouped(Model, &hosted.iter().collect::<Vec<_>>(), &files);
        assert_eq!((groups.len(), left_out.len()), (12, 8));
    }
}
