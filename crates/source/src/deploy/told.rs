//! What one file tells, gathered.

use std::collections::BTreeMap;

use coseal_core::{
    digest::Digest,
    fact::{Asset, AssetKind, Method, Pin, Sighting, Workload},
    finding::Confidence,
    outcome::Gap,
    plain::plain,
};

use sha2::{Digest as _, Sha256};

use super::{
    model_name::ModelName,
    product::{self, Kind, Named},
};
use crate::discover::Discovered;

/// Assets and workloads of one file beyond this many are not listed.
const MAX_EACH: usize = 1_000;
const LONGEST_NAME: usize = 300;

/// Parts of paths under which things are tried out, not run.
const OPTIONAL: [&str; 32] = [
    "test",
    "tests",
    "testing",
    "__tests__",
    "e2e",
    "example",
    "examples",
    "sample",
    "samples",
    "docs",
    "doc",
    "demo",
    "demos",
    "fixtures",
    "cookbook",
    "cookbooks",
    "tutorial",
    "tutorials",
    "benchmark",
    "benchmarks",
    "testdata",
    "mock",
    "mocks",
    "spec",
    ".github",
    ".devcontainer",
    "devcontainer",
    "node_modules",
    "site-packages",
    "vendor",
    "third_party",
    "stubs",
];

/// Whether a path is of tests, examples or documentation.
pub(crate) fn is_optional(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let in_folder = folders.split('/').any(|part| OPTIONAL.contains(&part));
    // `.env.example` shows what the system reads.
    // What makes a `doc` is no documentation.
    let says = |word: &str| word != "doc" && OPTIONAL.contains(&word);
    let by_name =
        !file.contains(".env") && file.split(|c: char| !c.is_ascii_alphanumeric()).any(says);
    in_folder || by_name
}

/// What one file tells.
pub(crate) struct Told<'a> {
    /// Its path relative to the inspected folder.
    pub(crate) file: &'a str,
    optional: bool,
    full: bool,
    assets: BTreeMap<(AssetKind, String), Asset>,
    workloads: Vec<Workload>,
    gaps: Vec<Gap>,
    /// Generic products, which count only where something of AI stands beside them.
    generic: Vec<(Named, u32, Option<String>)>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(file: &'a str) -> Self {
        Self {
            file,
            optional: is_optional(file),
            full: false,
            assets: BTreeMap::new(),
            workloads: Vec::new(),
            gaps: Vec::new(),
            generic: Vec::new(),
        }
    }

    /// An asset at a line; the same one as before if it was told already.
    pub(crate) fn asset(
        &mut self,
        kind: AssetKind,
        name: &str,
        line: u32,
        confidence: Confidence,
    ) -> &mut Asset {
        let name = plain(name, LONGEST_NAME);
        self.full |= self.assets.len() >= MAX_EACH;
        let key = if self.full { (kind, String::new()) } else { (kind, name.clone()) };
        let asset = self.assets.entry(key).or_insert_with(|| Asset {
            kind,
            name,
            location: None,
            digest: None,
            pin: Pin::Unknown,
            optional: self.optional,
            details: BTreeMap::new(),
            seen: Vec::new(),
        });
        asset.optional &= self.optional;
        if asset.seen.len() < 50 {
            asset.seen.push(Sighting {
                path: self.file.to_owned(),
                line,
                method: Method::Configuration,
                confidence,
            });
        }
        asset
    }

    /// A dataset at a line. A benchmark is where such data is used.
    pub(crate) fn data(&mut self, name: &str, line: u32, confidence: Confidence) -> &mut Asset {
        let measures = self.file.split('/').any(|part| part == "benchmarks")
            && !self.file.split('/').any(|part| matches!(part, "tests" | "docs" | "examples"));
        let asset = self.asset(AssetKind::Dataset, name, line, confidence);
        asset.optional &= !measures;
        asset
    }

    /// What is told within is one of a list of choices, if `choices` says so, and optional then.
    pub(crate) fn among_choices(&mut self, choices: bool, tell: impl FnOnce(&mut Self)) {
        let before = self.optional;
        self.optional |= choices;
        tell(self);
        self.optional = before;
    }

    pub(crate) fn model(
        &mut self,
        model: ModelName,
        line: u32,
        confidence: Confidence,
    ) -> &mut Asset {
        let asset = self.asset(AssetKind::Model, &model.name, line, confidence);
        asset.location = asset.location.take().or(model.location);
        if asset.pin == Pin::Unknown {
            asset.pin = model.pin;
        }
        asset
    }

    /// A product that an image, a command or an address shows.
    pub(crate) fn product(
        &mut self,
        named: Named,
        line: u32,
        image: Option<&str>,
        confidence: Confidence,
    ) {
        let (name, product) = named;
        let kind = match product.kind {
            Kind::Service => AssetKind::Service,
            Kind::Store => AssetKind::Store,
            Kind::Part => return,
        };
        if product.generic && confidence != Confidence::Low {
            self.generic.push((named, line, image.map(str::to_owned)));
            return;
        }
        let confidence = if product.generic { Confidence::Medium } else { confidence };
        let asset = self.asset(kind, name, line, confidence);
        if let Some(store) = &product.store {
            asset.details.insert("store".into(), store.clone());
            asset.details.entry("mode".into()).or_insert_with(|| "remote".into());
        }
        if let Some(image) = image {
            asset.details.entry("image".into()).or_insert_with(|| plain(image, LONGEST_NAME));
            asset.pin = image_pin(image);
        }
    }

    /// A text for a model that stands under a key.
    pub(crate) fn prompt(
        &mut self,
        key: &str,
        text: &str,
        line: u32,
        role: Option<&str>,
    ) -> &mut Asset {
        let name = format!("{}#{key}", self.file);
        let location = format!("path:{}", self.file).parse().ok();
        let digest = Digest::new(Sha256::digest(text.replace("\r\n", "\n")).into());
        let asset = self.asset(AssetKind::Prompt, &name, line, Confidence::High);
        asset.location = location;
        asset.digest = Some(digest);
        if let Some(role) = role {
            asset.details.insert("role".into(), role.into());
        }
        asset
    }

    /// A file that is one prompt, with the texts that it holds.
    pub(crate) fn prompt_file(&mut self, texts: &str) {
        let location = format!("path:{}", self.file).parse().ok();
        let digest = Digest::new(Sha256::digest(texts.replace("\r\n", "\n")).into());
        let asset = self.asset(AssetKind::Prompt, self.file, 0, Confidence::High);
        asset.location = location;
        asset.digest = Some(digest);
    }

    pub(crate) fn workload(&mut self, mut workload: Workload) {
        if self.workloads.len() < MAX_EACH {
            workload.settings.sort();
            workload.settings.dedup();
            self.workloads.push(workload);
        } else {
            self.full = true;
        }
    }

    pub(crate) fn gap(&mut self, why: &str) {
        self.gaps.push(Gap { what: self.file.to_owned(), why: why.to_owned() });
    }

    /// Whether something of AI was told so far.
    pub(crate) fn is_of_ai(&self) -> bool {
        !self.assets.is_empty()
    }

    pub(crate) fn into_found(mut self) -> Discovered {
        if self.is_of_ai() {
            for (named, line, image) in std::mem::take(&mut self.generic) {
                self.product(named, line, image.as_deref(), Confidence::Low);
            }
        } else {
            // Beside nothing of AI a database is anybody's.
            for workload in &mut self.workloads {
                let generic = |name: &String| product::named(name).is_some_and(|(_, p)| p.generic);
                workload.runs = workload.runs.take().filter(|name| !generic(name));
            }
        }
        if self.full {
            self.gap("it shows more than is listed");
        }
        Discovered {
            assets: self.assets.into_values().filter(|asset| !asset.name.is_empty()).collect(),
            workloads: self.workloads,
            gaps: self.gaps,
            ..Discovered::default()
        }
    }
}

/// An image with a digest stays; every tag can move.
fn image_pin(image: &str) -> Pin {
    if image.contains("@sha256:") { Pin::Snapshot } else { Pin::Alias }
}
