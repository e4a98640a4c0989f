//! Models and datasets that pointers stand for.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{Asset, Kind, Method, Pin, Sighting},
    outcome::Gap,
    place::is_aside,
    plain::plain,
    tree::{FileEntry, Walk, read_text},
};

use super::{
    dvc::{self, Out},
    lfs::{self, pointer},
    role::role,
};
use crate::discover::Discovered;

/// Assets of one folder.
const MAX_ASSETS: usize = 20_000;

/// The models and datasets that pointers of DVC and LFS stand for.
#[must_use]
pub fn found(walk: &Walk) -> Discovered {
    let mut out = Discovered::default();
    let remote = remote(walk);
    let mut locked: BTreeMap<String, BTreeMap<String, Out>> = BTreeMap::new();
    for file in walk.files.iter().filter(|file| last(&file.name) == "dvc.lock") {
        if let Some(text) = text(file, &mut out.gaps) {
            locked.insert(folder(&file.name).to_owned(), dvc::lock(&text));
        }
    }
    for file in &walk.files {
        if out.assets.len() >= MAX_ASSETS {
            let why = format!("more than {MAX_ASSETS} pointers");
            out.gaps.push(Gap { what: "pointers of DVC and LFS".into(), why });
            break;
        }
        match form(file) {
            Some(Form::Dvc) => {
                let read =
                    text(file, &mut out.gaps).map(|text| dvc::outs(&text)).unwrap_or_default();
                out.assets
                    .extend(read.iter().filter_map(|found| of_dvc(file, found, remote.as_deref())));
            }
            Some(Form::Stages) => {
                let read =
                    text(file, &mut out.gaps).map(|text| dvc::stages(&text)).unwrap_or_default();
                let known = locked.get(folder(&file.name));
                let read = read.into_iter().map(|found| with_digest(found, known));
                out.assets.extend(read.filter_map(|found| of_dvc(file, &found, remote.as_deref())));
            }
            Some(Form::Lfs) => out.assets.extend(of_lfs(file)),
            None => {}
        }
    }
    out
}

/// The files that are looked at: what a change of them may change.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let of = |file: &&FileEntry| {
        form(file).is_some() || last(&file.name) == "dvc.lock" || is_configuration(&file.name)
    };
    let names = walk.files.iter().filter(of).map(|file| file.name.clone()).collect();
    [(Kind::Asset, names)].into()
}

enum Form {
    Dvc,
    Stages,
    Lfs,
}

fn form(file: &FileEntry) -> Option<Form> {
    let name = last(&file.name);
    if name == "dvc.yaml" {
        Some(Form::Stages)
    } else if name.len() > 4 && name.ends_with(".dvc") {
        Some(Form::Dvc)
    } else if file.size < lfs::MAX && role(&file.name).is_some() {
        Some(Form::Lfs)
    } else {
        None
    }
}

fn of_dvc(file: &FileEntry, found: &Out, remote: Option<&str>) -> Option<Asset> {
    let path = joined(folder(&file.name), &found.path)?;
    let (kind, confidence) = role(&path)?;
    // What a stage only reads is its own, if nothing else keeps track of it; code and settings have no role.
    let mut details = BTreeMap::from([("kept".to_owned(), "dvc".to_owned())]);
    details.extend(found.md5.clone().map(|md5| ("md5".to_owned(), md5)));
    details.extend(found.size.map(|size| ("size".to_owned(), size.to_string())));
    details.extend(remote.map(|remote| ("remote".to_owned(), remote.to_owned())));
    let pin = if found.md5.is_some() { Pin::Snapshot } else { Pin::Unknown };
    let sighting =
        Sighting { path: file.name.clone(), line: found.line, method: Method::Pointer, confidence };
    Some(asset(kind, &path, None, pin, details, sighting))
}

fn with_digest(mut found: Out, known: Option<&BTreeMap<String, Out>>) -> Out {
    if let Some(known) = known.and_then(|known| known.get(&found.path)) {
        (found.md5, found.size) = (known.md5.clone(), known.size);
    }
    found
}

fn of_lfs(file: &FileEntry) -> Option<Asset> {
    // What is no text of that form is the file itself; others look at it.
    let read = pointer(&read_text(&file.path).ok()?)?;
    let (kind, confidence) = role(&file.name)?;
    let details = BTreeMap::from([
        ("kept".to_owned(), "lfs".to_owned()),
        ("sha256".to_owned(), read.digest.hex()),
        ("size".to_owned(), read.size.to_string()),
    ]);
    let sighting =
        Sighting { path: file.name.clone(), line: 0, method: Method::Pointer, confidence };
    Some(asset(kind, &file.name, Some(read.digest), Pin::Snapshot, details, sighting))
}

fn asset(
    kind: coseal_core::fact::AssetKind,
    path: &str,
    digest: Option<Digest>,
    pin: Pin,
    details: BTreeMap<String, String>,
    sighting: Sighting,
) -> Asset {
    let name = plain(path, 512);
    Asset {
        kind,
        location: format!("path:{name}").parse().ok(),
        name,
        digest,
        pin,
        optional: is_aside(path),
        details,
        seen: vec![sighting],
    }
}

/// The place that DVC keeps bytes in unless told otherwise, without what may let somebody in or names this machine.
fn remote(walk: &Walk) -> Option<String> {
    let file = walk.files.iter().find(|file| is_configuration(&file.name))?;
    let (all, default) = dvc::remotes(&read_text(&file.path).ok()?);
    let address = match &default {
        Some(name) => all.get(name)?,
        None => all.values().next()?,
    };
    let Some((scheme, rest)) = address.split_once("://") else {
        return Some("a folder".to_owned());
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Some(plain(&format!("{scheme}://{host}/{path}"), 200))
}

fn is_configuration(name: &str) -> bool {
    name == ".dvc/config" || name.ends_with("/.dvc/config")
}

fn text(file: &FileEntry, gaps: &mut Vec<Gap>) -> Option<String> {
    match read_text(&file.path) {
        Ok(text) => Some(text),
        Err(error) => {
            gaps.push(Gap { what: file.name.clone(), why: error.to_string() });
            None
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` seen from `folder`; none if it leads out of the inspected folder or is no path below it.
fn joined(folder: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::{AssetKind, Pin},
        tree::Tree,
    };

    use super::found;

    fn of(files: &[(&str, &str)]) -> crate::discover::Discovered {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        found(&Tree::open(folder.path()).unwrap().walk())
    }

    #[test]
    fn pointers_stand_for_models_and_datasets() {
        let md5 = "a1".repeat(16);
        let oid = "b2".repeat(32);
        let found = of(&[
            (
                ".dvc/config",
                "[core]\nremote = s\n['remote \"s\"']\nurl = https://me:hush@h.example/bucket?k=1\n",
            ),
            ("data/raw.csv.dvc", &format!("outs:\n- md5: {md5}\n  size: 9\n  path: raw.csv\n")),
            (
                "dvc.yaml",
                "stages:\n  t:\n    deps:\n    - src/t.py\n    outs:\n    - models/m\n    - ../../out.csv\n",
            ),
            (
                "dvc.lock",
                &format!("stages:\n  t:\n    outs:\n    - path: models/m\n      md5: {md5}.dir\n"),
            ),
            (
                "w/m.onnx",
                &format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 5\n"),
            ),
            ("w/real.csv", "a,b\n1,2\n"),
        ]);
        let told: Vec<_> = found.assets.iter().map(|a| (a.kind, a.name.as_str(), a.pin)).collect();
        assert_eq!(
            told,
            [
                (AssetKind::Dataset, "data/raw.csv", Pin::Snapshot),
                (AssetKind::Model, "models/m", Pin::Snapshot),
                (AssetKind::Model, "w/m.onnx", Pin::Snapshot),
            ]
        );
        assert_eq!(found.assets[0].details["remote"], "https://h.example/bucket");
        assert_eq!(found.assets[2].details["sha256"], oid);
        assert_eq!(found.assets[2].details["size"], "5");
    }
}
