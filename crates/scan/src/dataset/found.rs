//! Datasets as assets: a file, or a folder of like files.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Artefact, Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    outcome::Gap,
    plain::plain,
    tree::Walk,
};

use super::{
    files::{Held, held, is_alone, may_hold},
    form::Class,
    place::{data_folder, is_data, is_set, source, table_folder},
};

/// More like files than this in one folder are one dataset.
const MANY: usize = 3;
/// Files of a folder that are named as places.
const SHOWN: usize = 5;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Datasets, and stores of vectors kept as files; sorted.
    pub assets: Vec<Asset>,
    /// What was not looked at.
    pub gaps: Vec<Gap>,
}

/// The datasets of a folder. What is a model file by its content is none.
#[must_use]
pub fn datasets(walk: &Walk, models: &BTreeMap<String, Artefact>) -> Found {
    let mut found = Found::default();
    let files = held(walk, models, &mut found.gaps);
    let mut groups: BTreeMap<(String, &str), Vec<&Held<'_>>> = BTreeMap::new();
    for file in &files {
        if let Some(store) = store(file) {
            found.assets.push(store);
        } else if let Some(folder) = folder(file) {
            groups.entry((folder.to_owned(), file.form.id)).or_default().push(file);
        }
    }
    let mut by_name: BTreeMap<String, Asset> = BTreeMap::new();
    for ((folder, _), group) in &groups {
        for asset in of_group(folder, group) {
            by_name
                .entry(asset.name.clone())
                .and_modify(|known| join(known, &asset))
                .or_insert(asset);
        }
    }
    found.assets.extend(by_name.into_values());
    found.assets.sort();
    found
}

/// The files that are looked at: what a change of them may change.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeSet<String> {
    walk.files
        .iter()
        .filter(|file| may_hold(file).is_some())
        .map(|file| file.name.clone())
        .collect()
}

/// The folder that a file may be one of many in.
fn folder<'a>(held: &Held<'a>) -> Option<&'a str> {
    let path = held.file.name.as_str();
    match held.form.class {
        Class::Media => data_folder(path),
        Class::Document if is_alone(held.file) => Some(""),
        Class::Document => source(path).or_else(|| data_folder(path)),
        _ => Some(table_folder(path)),
    }
}

fn of_group(folder: &str, group: &[&Held<'_>]) -> Vec<Asset> {
    let Some(first) = group.first() else { return Vec::new() };
    let class = first.form.class;
    let source =
        class == Class::Document && group.iter().any(|held| source(&held.file.name).is_some());
    // Notes beside data are no corpus; documents of an office in numbers may be.
    let few = group.len() <= MANY;
    let as_folder = !folder.is_empty() && (!few || source);
    if as_folder {
        return vec![asset(folder, group)];
    }
    let alone = folder.is_empty() || !matches!(class, Class::Media | Class::Document);
    group.iter().filter(|_| alone).map(|held| asset(&held.file.name, &[held])).collect()
}

fn asset(name: &str, group: &[&Held<'_>]) -> Asset {
    let size = group.iter().fold(0_u64, |sum, held| sum.saturating_add(held.file.size));
    let form = group.first().map_or("", |held| held.form.id);
    let mut details: BTreeMap<String, String> =
        [("format".to_owned(), form.to_owned()), ("size".to_owned(), size.to_string())].into();
    if group.len() > 1 {
        details.insert("files".into(), group.len().to_string());
    }
    if group.iter().any(|held| held.form.class == Class::Document) {
        details.insert("role".into(), "retrieval".into());
    }
    let name = plain(name, 512);
    let seen = group.iter().take(SHOWN).map(|held| sighting(held)).collect();
    Asset {
        kind: AssetKind::Dataset,
        location: format!("path:{name}").parse().ok(),
        name,
        digest: None,
        pin: Pin::Unknown,
        optional: group.iter().all(|held| held.aside),
        details,
        seen,
    }
}

fn sighting(held: &Held<'_>) -> Sighting {
    let path = held.file.name.as_str();
    let (method, confidence) = match held.form.class {
        Class::Rows if is_data(path) => (Method::Content, Confidence::High),
        Class::Rows | Class::Numbers | Class::Media => (Method::Content, Confidence::Medium),
        Class::Records if is_set(path) => (Method::Content, Confidence::Medium),
        Class::Database if is_data(path) => (Method::Content, Confidence::Medium),
        Class::Records | Class::Database => (Method::Content, Confidence::Low),
        Class::Document => (Method::Name, Confidence::Low),
    };
    Sighting { path: path.to_owned(), line: 0, method, confidence }
}

/// A store of vectors that keeps itself in a file of a known name.
fn store(held: &Held<'_>) -> Option<Asset> {
    if held.file.name.rsplit('/').next()? != "chroma.sqlite3" || held.form.id != "sqlite" {
        return None;
    }
    let details = [("store", "vector"), ("mode", "embedded")];
    Some(Asset {
        kind: AssetKind::Store,
        name: "chroma".into(),
        location: None,
        digest: None,
        pin: Pin::Unknown,
        optional: held.aside,
        details: details.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        seen: vec![Sighting {
            path: held.file.name.clone(),
            line: 0,
            method: Method::Content,
            confidence: Confidence::High,
        }],
    })
}

/// Two forms of like files in one folder: one dataset.
fn join(known: &mut Asset, other: &Asset) {
    for key in ["files", "size"] {
        let of = |asset: &Asset| asset.details.get(key).and_then(|text| text.parse::<u64>().ok());
        if let (Some(one), Some(two)) = (of(known), of(other)) {
            known.details.insert(key.into(), one.saturating_add(two).to_string());
        }
    }
    if let (Some(one), Some(two)) = (known.details.get("format"), other.details.get("format")) {
        let both = format!("{one}, {two}");
        known.details.insert("format".into(), both);
    }
    known.optional &= other.optional;
    known.seen.extend(other.seen.iter().cloned());
    known.seen.sort();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{fact::AssetKind, finding::Confidence, tree::Tree};

    use super::{Found, datasets};

    fn of(files: &[(&str, &str)]) -> Found {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        datasets(&Tree::open(folder.path()).unwrap().walk(), &BTreeMap::new())
    }

    fn names(found: &Found) -> Vec<&str> {
        found.assets.iter().map(|asset| asset.name.as_str()).collect()
    }

    #[test]
    fn files_are_datasets_and_many_like_ones_are_their_folder() {
        let rows = "a,b\n1,2\n";
        let essay = "What a tale may say. ".repeat(500);
        let found = of(&[
            ("essay.txt", essay.as_str()),
            ("license-of-all.txt", essay.as_str()),
            ("note.txt", "short"),
            ("leads.csv", rows),
            ("datasets/a.csv", rows),
            ("datasets/b.csv", rows),
            ("datasets/c.csv", rows),
            ("datasets/d.csv", rows),
            ("datasets/eval.json", "[{\"q\": 1}]"),
            ("table/day=1/x.parquet", "PAR1"),
            ("table/day=2/x.parquet", "PAR1"),
            ("table/day=3/x.parquet", "PAR1"),
            ("table/day=4/x.parquet", "PAR1"),
            ("tests/small.csv", rows),
        ]);
        assert_eq!(
            names(&found),
            [
                "datasets",
                "datasets/eval.json",
                "essay.txt",
                "leads.csv",
                "table",
                "tests/small.csv"
            ]
        );
        assert_eq!(found.assets[0].details["files"], "4");
        assert_eq!(found.assets[0].confidence(), Confidence::High);
        assert!(found.assets[5].optional && !found.assets[3].optional);
    }

    #[test]
    fn settings_translations_pictures_of_pages_and_notes_are_none() {
        let found = of(&[
            ("package.json", "{\"a\": [{\"b\": 1}]}"),
            ("config/rows.json", "[{\"a\": 1}]"),
            ("data/config.json", "[{\"a\": 1}]"),
            ("public/x.csv", "a,b\n1,2\n"),
            ("locales/de.csv", "a,b\n1,2\n"),
            ("images/1.png", "x"),
            ("docs/table.csv", "a,b\n1,2\n"),
            ("data/README.md", "x"),
            ("data/notes.txt", "x"),
            ("mlflow.db", "SQLite format 3\0"),
            ("models/w.npy", "\u{93}NUMPY"),
        ]);
        assert_eq!(names(&found), [""; 0]);
    }

    #[test]
    fn corpora_are_folders_and_a_store_is_a_store() {
        let mut files: Vec<(String, &str)> =
            (0..5).map(|n| (format!("data/train/c{}/{n}.jpg", n % 2), "x")).collect();
        files.push(("app/knowledge/manual.pdf".into(), "%PDF"));
        files.push(("db/chroma.sqlite3".into(), "SQLite format 3\0"));
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let found = of(&files);
        assert_eq!(names(&found), ["app/knowledge", "data/train", "chroma"]);
        assert_eq!(found.assets[0].confidence(), Confidence::Low);
        assert_eq!(found.assets[2].kind, AssetKind::Store);
    }
}
