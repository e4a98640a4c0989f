use std::{collections::BTreeSet, fs, path::Path};

use serde::Deserialize;

use super::{FILES, crosswalk};
use crate::{
    catalogue::catalogue,
    crosswalk::file::{File, Status},
};

/// The ids of MITRE ATLAS.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Atlas {
    version: String,
    tactics: BTreeSet<String>,
    techniques: BTreeSet<String>,
    mitigations: BTreeSet<String>,
    case_studies: BTreeSet<String>,
}

fn atlas() -> Atlas {
    toml::from_str(include_str!("../../../crosswalk/index/atlas.toml")).unwrap()
}

fn files() -> Vec<File> {
    FILES
        .iter()
        .map(|(name, text)| toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test lists a folder of this repository")]
fn every_file_is_in_the_list_parses_and_is_named_for_its_framework() {
    for ((name, _), file) in FILES.iter().zip(files()) {
        assert_eq!(*name, file.id);
        assert!(!file.title.is_empty() && !file.version.is_empty(), "{name}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crosswalk");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let there: BTreeSet<_> =
        names.filter_map(|name| name.to_str()?.strip_suffix(".toml").map(str::to_owned)).collect();
    assert_eq!(there, FILES.iter().map(|(name, _)| (*name).to_owned()).collect());
}

#[test]
fn every_guideline_is_one_of_the_17_and_no_id_stands_twice_under_it() {
    for file in files() {
        for (guideline, ids) in &file.guidelines {
            assert!(catalogue().guideline(guideline).is_some_and(|g| g.id == *guideline));
            let distinct: BTreeSet<_> = ids.iter().collect();
            assert!(!ids.is_empty() && distinct.len() == ids.len(), "{} {guideline}", file.id);
            assert!(ids.iter().all(|id| !id.is_empty() && id.trim() == id));
        }
    }
}

#[test]
fn only_a_file_that_is_partly_verified_lists_what_is() {
    for file in files() {
        let used: BTreeSet<_> = file.guidelines.values().flatten().cloned().collect();
        match file.status {
            Status::Partly => {
                assert!(!file.verified.is_empty() && file.verified.is_subset(&used), "{}", file.id);
                assert_ne!(file.verified, used, "{} is verified", file.id);
            }
            Status::Verified | Status::Unverified => assert!(file.verified.is_empty()),
        }
    }
}

/// Whatever can be reached from outside is one of the pairs that the data calls verified, and all of these can.
#[test]
fn what_is_not_verified_does_not_leak() {
    let mut verified = BTreeSet::new();
    for file in files() {
        for (guideline, ids) in &file.guidelines {
            for id in ids.iter().filter(|id| match file.status {
                Status::Verified => true,
                Status::Partly => file.verified.contains(*id),
                Status::Unverified => false,
            }) {
                verified.insert((file.id.clone(), guideline.clone(), id.clone()));
            }
        }
    }
    let mut shown = BTreeSet::new();
    for guideline in &catalogue().guidelines {
        for reference in crosswalk().of(&guideline.id) {
            assert!(!reference.ids.is_empty());
            for id in reference.ids {
                shown.insert((reference.framework.id.clone(), guideline.id.clone(), id.clone()));
            }
        }
    }
    assert_eq!(shown, verified);
    let names: Vec<_> = crosswalk().frameworks().iter().map(|f| f.id.as_str()).collect();
    assert_eq!(
        names,
        [
            "etsi-en-304-223",
            "uk-ai-cyber-code",
            "eu-ai-act",
            "nist-ai-rmf",
            "nist-ssdf",
            "iso-iec-42001",
            "owasp-llm-top10",
            "owasp-agentic-top10",
            "owasp-aisvs",
            "owasp-ai-exchange",
            "mitre-atlas",
        ]
    );
    let text = format!("{:?}", crosswalk());
    assert!(!text.contains("\"26(2)\"") && !text.contains("\"PW.4.1\"") && !text.contains("ML07"));
}

#[test]
fn every_atlas_id_is_in_the_index_of_the_same_version() {
    let atlas = atlas();
    assert_eq!(
        [
            atlas.tactics.len(),
            atlas.techniques.len(),
            atlas.mitigations.len(),
            atlas.case_studies.len()
        ],
        [16, 170, 35, 57]
    );
    let known: BTreeSet<_> = [&atlas.tactics, &atlas.techniques, &atlas.mitigations]
        .into_iter()
        .chain([&atlas.case_studies])
        .flatten()
        .collect();
    for file in files() {
        for id in file.guidelines.values().flatten().filter(|id| id.starts_with("AML.")) {
            assert!(known.contains(id), "{}: {id}", file.id);
        }
        if file.id == "mitre-atlas" {
            assert_eq!(file.version, atlas.version);
            assert!(file.guidelines.values().flatten().all(|id| atlas.mitigations.contains(id)));
        }
    }
}
