//! Anything as the names and places of assets: the file drafted from them is read back without an error, what it
//! declares reads the same again, and an update of it takes no line away.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    system,
};
use coseal_source::draft::{Answer, Answers, Found, Guess, SystemKind, draft, text, update};
use libfuzzer_sys::fuzz_target;

const SCHEMES: [&str; 8] =
    ["path:", "api:", "hf:", "oci:", "https:", "command:", "api:openai/", ""];

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let shown = String::from_utf8_lossy(rest);
    let mut assets: Vec<Asset> = shown.split('\u{1}').take(200).filter_map(asset).collect();
    assets.sort();
    let kind = SystemKind::ALL[usize::from(first) % SystemKind::ALL.len()];
    let guess = Guess { kind, why: String::new() };
    let mut answers = Answers::assumed();
    answers.purpose = Answer::given(Some(shown.chars().take(500).collect()));
    answers.contact.value = Answers::contact(&shown);
    let files: BTreeSet<String> = assets
        .iter()
        .filter_map(|asset| Some(asset.location.as_ref()?.path()?.to_owned()))
        .collect();
    let found = Found { observed: &assets, workloads: &[], files: &files };
    let file = text(&draft(&shown, found, guess, answers));
    let read = system::read(&file);
    assert!(read.system.is_some(), "{:?}\n{file}", read.problems);
    assert!(file.lines().count() <= 130);

    let more: Vec<Asset> = assets.iter().rev().take(5).map(|asset| other(asset)).collect();
    let updated = update(&file, &more, &files).unwrap();
    let mut lines = updated.text.lines();
    assert!(file.lines().all(|line| lines.any(|other| other == line)), "{}", updated.text);
    assert!(system::read(&updated.text).system.is_some(), "{}", updated.text);
});

/// An asset from text: its kind and scheme by the first letters, then name, place and path with tabs between them.
fn asset(text: &str) -> Option<Asset> {
    let mut letters = text.chars();
    let (kind, scheme) = (u32::from(letters.next()?), u32::from(letters.next()?));
    let kind = AssetKind::ALL[kind as usize % AssetKind::ALL.len()];
    let scheme = SCHEMES[scheme as usize % SCHEMES.len()];
    let mut parts = letters.as_str().splitn(4, '\t');
    let name = parts.next().unwrap_or_default();
    let place = parts.next().unwrap_or(name);
    let path = parts.next().unwrap_or("app.py");
    let detail = parts.next().unwrap_or(name).to_owned();
    let details =
        ["effect", "model", "tools", "store", "task"].map(|key| (key.to_owned(), detail.clone()));
    Some(Asset {
        kind,
        name: name.to_owned(),
        location: format!("{scheme}{place}").parse().ok(),
        digest: None,
        pin: Pin::Unknown,
        optional: false,
        details: BTreeMap::from(details),
        seen: vec![Sighting {
            path: path.to_owned(),
            line: 1,
            method: Method::Name,
            confidence: Confidence::High,
        }],
    })
}

/// Nearly the same asset, of another name.
fn other(asset: &Asset) -> Asset {
    let mut other = asset.clone();
    other.name.push_str("-2");
    other.location = other.location.and_then(|at| format!("{at}-2").parse().ok());
    other
}
