//! The inventory as JSON, by `schemas/assets-report.schema.json`.

use coseal_core::{
    digest::Digest,
    exit::ExitCode,
    fact::{AssetKind, Method, Sighting},
    finding::Confidence,
    outcome::Gap,
    system::word,
};
use coseal_scan::register::{Row, Standing};
use schemars::JsonSchema;
use serde::Serialize;

use super::json::pretty;

/// Result of `coseal assets --format json`: what an AI system is made of.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AssetsReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// The assets, sorted by kind and name.
    assets: Vec<ShownAsset>,
    /// What was in scope and not looked at.
    gaps: Vec<ShownGap>,
    /// The exit code.
    exit: u8,
}

/// An asset.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ShownAsset {
    /// What it is.
    kind: AssetKind,
    /// What it is called where it is used.
    name: String,
    /// Its element of the system file.
    element: Option<String>,
    /// Where it is, as the system file or the register says it.
    location: Option<String>,
    /// The file that shows it best, relative to the folder.
    path: String,
    /// Line, counted from 1; 0 for the file as a whole.
    line: u32,
    /// Whether its name always means the same bytes: snapshot, alias or unknown.
    pin: String,
    /// How sure it is that it is there: low, medium or high.
    confidence: Confidence,
    /// Whether only tests, examples or documentation show it.
    optional: bool,
    /// All places that show it; none where only a register or the system file names it.
    seen: Vec<ShownPlace>,
    /// How it stands to the registers; `none` where there are no bytes here to register.
    registered: Registered,
    /// What is registered, where it is another one.
    expected: Option<Digest>,
    /// What it is now, where it is another one.
    found: Option<Digest>,
}

/// A place that shows an asset.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ShownPlace {
    /// The file, relative to the folder.
    path: String,
    /// Line, counted from 1; 0 for the file as a whole.
    line: u32,
    /// How it was told.
    method: Method,
    /// How sure.
    confidence: Confidence,
}

/// How an asset stands to the registers.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Registered {
    /// There are no bytes here to register.
    None,
    /// Its digest is registered, and it is that one.
    Same,
    /// Its digest is registered, and it is that one by how it looks or by what a pointer says; its bytes were not read.
    ToldSame,
    /// It is another one.
    Changed,
    /// The system file and coseal.lock say different things.
    Contradicted,
    /// Its digest is registered, and what it is now is not known.
    NotMeasured,
    /// It could be registered and is not.
    Unregistered,
}

/// Something that was not looked at.
#[derive(Debug, Serialize, JsonSchema)]
struct ShownGap {
    /// What.
    what: String,
    /// Why not.
    why: String,
}

pub(crate) fn assets(rows: &[Row], gaps: &[Gap], code: ExitCode) -> String {
    let gaps = gaps.iter().map(|gap| ShownGap { what: gap.what.clone(), why: gap.why.clone() });
    pretty(&AssetsReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        assets: rows.iter().map(shown).collect(),
        gaps: gaps.collect(),
        exit: code.code(),
    })
}

fn shown(row: &Row) -> ShownAsset {
    let (registered, expected, found) = match &row.standing {
        None | Some(Standing::NamedOnly) => (Registered::None, None, None),
        Some(Standing::Same) => (Registered::Same, None, None),
        Some(Standing::ToldSame) => (Registered::ToldSame, None, None),
        Some(Standing::Unregistered) => (Registered::Unregistered, None, None),
        Some(Standing::Unknown(_)) => (Registered::NotMeasured, None, None),
        Some(Standing::Changed { now, registered }) => {
            (Registered::Changed, Some(*registered), Some(*now))
        }
        Some(Standing::Contradicted { .. }) => (Registered::Contradicted, None, None),
    };
    ShownAsset {
        kind: row.kind,
        name: row.name.clone(),
        element: row.element.clone(),
        location: row.location.clone(),
        path: row.path.clone(),
        line: row.line,
        pin: word(&row.pin),
        confidence: row.confidence,
        optional: row.optional,
        seen: row.seen.iter().map(place).collect(),
        registered,
        expected,
        found,
    }
}

fn place(seen: &Sighting) -> ShownPlace {
    ShownPlace {
        path: seen.path.clone(),
        line: seen.line,
        method: seen.method,
        confidence: seen.confidence,
    }
}
