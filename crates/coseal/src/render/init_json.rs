//! The result of `init --diff` as JSON, by `schemas/init-diff-report.schema.json`.

use coseal_core::{
    exit::ExitCode,
    fact::{Asset, AssetKind},
    plain::plain,
    system::word,
};
use coseal_source::compare::{Weight, weight};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    init_text::{Difference, Unseen},
    json::pretty,
};

/// Result of `coseal init --diff --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct InitDiffReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// How many assets files and system file have in common.
    common: usize,
    /// What files show and the system file lacks.
    undeclared: Vec<UndeclaredReport>,
    /// What the system file declares and files do not show.
    unseen: Vec<UnseenReport>,
    /// The exit code.
    exit: u8,
}

/// An asset that no element declares.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct UndeclaredReport {
    kind: AssetKind,
    /// What it is called where it is used.
    name: String,
    /// Where it is, as the system file would say it; null where files don't tell.
    location: Option<String>,
    /// How much it matters: low, medium or high.
    weight: &'static str,
    /// How sure it is: low, medium or high.
    confidence: String,
    /// The surest place that shows it.
    path: String,
    /// Its line, counted from 1; 0 for the file as a whole.
    line: u32,
}

/// An element that nothing shows.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct UnseenReport {
    /// As `kind.id`.
    element: String,
    /// Its line in the system file.
    line: u32,
    /// How that is known.
    why: String,
}

pub(crate) fn diff(difference: &Difference<'_>, exit: ExitCode) -> String {
    pretty(&InitDiffReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        common: difference.common,
        undeclared: difference.lacking.iter().map(|asset| undeclared(asset)).collect(),
        unseen: difference.gone.iter().map(UnseenReport::from).collect(),
        exit: exit.code(),
    })
}

fn undeclared(asset: &Asset) -> UndeclaredReport {
    let place = asset.main_place();
    UndeclaredReport {
        kind: asset.kind,
        name: plain(&asset.name, 400),
        location: asset.location.as_ref().map(|location| plain(&location.to_string(), 400)),
        weight: match weight(asset) {
            Weight::Low => "low",
            Weight::Medium => "medium",
            Weight::High => "high",
        },
        confidence: word(&asset.confidence()),
        path: place.map(|seen| plain(&seen.path, 400)).unwrap_or_default(),
        line: place.map(|seen| seen.line).unwrap_or_default(),
    }
}

impl From<&Unseen> for UnseenReport {
    fn from(unseen: &Unseen) -> Self {
        Self { element: unseen.element.clone(), line: unseen.line, why: unseen.why.to_owned() }
    }
}
