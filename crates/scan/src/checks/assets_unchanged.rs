use coseal_core::{
    check::{Check, Findings, Meta},
    counted::{counted, counted_are},
    fact::{AssetKind, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    lock::{Candidate, Declared, FILE_NAME, candidates},
    outcome::{Coverage, Outcome, State},
};

use crate::register::{Places, Standing, standing};

const CHANGED: Rule = Rule {
    id: "asset-changed",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "an asset is not the one that was registered",
    tip: "find out who changed it; if the change is right, register it: coseal assets lock --accept NAME",
};
const CONTRADICTED: Rule = Rule {
    id: "asset-registers-differ",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "coseal.toml and coseal.lock register different digests of an asset",
    tip: "find out which is right, and put the other right with it",
};
const UNREGISTERED: Rule = Rule {
    id: "asset-unregistered",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "an asset in this folder has no registered digest",
    tip: "run coseal assets lock, or add digest = \"sha256:…\" to its table (`sha256sum FILE` prints it)",
};

coseal_core::check! {
    /// A model, dataset, prompt or tool that changed since somebody looked at it is another one. This check compares every asset with
    /// its digest in the system file and in `coseal.lock`: files and folders by their bytes, prompts in code and the descriptions of tools
    /// by their text. At most 256 MB in all are hashed; `--full` hashes everything.
    ///
    /// It passes when all digests agree and every asset that the system file declares or that files show has one. It is partial when some
    /// have none, or when large files are known only to look as they did when an earlier run read them. It fails when a digest
    /// differs, or the two registers say different things, and is unknown when nothing is registered, the register can't be read, or
    /// something was not hashed.
    ///
    /// To put it right: restore what should be there, or look at the change and register it: `coseal assets lock` writes
    /// `coseal.lock`, and takes a change over only with `--accept`.
    pub(crate) AssetsUnchanged = "assets-unchanged";
    reads: [
        Read::only(Kind::Model, &["location", "digest", "retired"]),
        Read::only(Kind::Adapter, &["location", "digest"]),
        Read::only(Kind::Dataset, &["location", "digest", "retired"]),
        Read::only(Kind::Prompt, &["location", "digest"]),
        Read::only(Kind::Tool, &["location", "digest"]),
        Read::only(Kind::Document, &["location", "digest"]),
        Read::all(Kind::Digest),
        Read::only(Kind::Asset, &["kind", "name", "location", "digest", "optional"]),
        Read::all(Kind::Lock),
    ];
    rules: [CHANGED, CONTRADICTED, UNREGISTERED];
    without_system_file: true;
}

impl Check for AssetsUnchanged {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let declared = Declared {
            model: facts.model(),
            adapter: facts.adapter(),
            dataset: facts.dataset(),
            prompt: facts.prompt(),
            tool: facts.tool(),
            document: facts.document(),
        };
        let all = candidates(declared, facts.assets(), facts.lock());
        let mut tally = Tally::default();
        let places = Places::of(facts.assets());
        for asset in &all {
            compare(facts, &places, asset, &mut tally, findings);
        }
        let subjects: Vec<_> = all.iter().filter(|asset| is_about(facts, asset)).collect();
        answer(facts, &tally, findings)
            .about(subjects.iter().map(|asset| subject(asset)))
            .covering(tally.coverage)
    }
}

/// What was compared.
#[derive(Debug, Default)]
struct Tally {
    registered: usize,
    told: usize,
    coverage: Coverage,
}

/// Whether the answer is about an asset: it is registered, or would be if somebody ran `coseal assets lock`.
fn is_about(facts: &View<'_>, asset: &Candidate) -> bool {
    let registered = asset.pinned.is_some() || asset.entry(facts.lock()).is_some();
    registered || asset.declared && !asset.retired || !asset.declared && !asset.optional
}

/// An element goes by its name, whatever else by where it is.
fn subject(asset: &Candidate) -> String {
    if asset.declared { asset.name.clone() } else { asset.measured_as() }
}

fn compare(
    facts: &View<'_>,
    places: &Places<'_>,
    asset: &Candidate,
    tally: &mut Tally,
    findings: &mut Findings,
) {
    // What is out of use need not be as it was, unless it is in the register.
    if asset.retired && asset.entry(facts.lock()).is_none() {
        return;
    }
    let name = &asset.name;
    let standing = standing(asset, facts.lock(), facts.digests());
    if standing == Standing::NamedOnly {
        return;
    }
    if standing == Standing::Unregistered {
        let wanted = asset.is_here() && asset.kind != AssetKind::Document && !asset.optional;
        // Who has neither written a system file nor a register was never asked for digests.
        let wanted = wanted && (facts.has_system() || facts.lock().present);
        if wanted {
            let what = format!("{name} has no registered digest");
            findings.add(&UNREGISTERED, place(facts, places, asset), what);
        }
        return;
    }
    tally.registered = tally.registered.saturating_add(1);
    let looked_at = tally.coverage.looked_at.saturating_add(1);
    match standing {
        Standing::Unknown(why) => tally.coverage.leave_out(name, &why),
        Standing::Contradicted { pinned, locked } => {
            let (pinned, locked) = (pinned.short(), locked.short());
            let what = format!("{name} is {pinned}… in coseal.toml, {locked}… in {FILE_NAME}");
            findings.add(&CONTRADICTED, register(facts, asset), what);
        }
        Standing::Changed { now, registered } => {
            let what = format!("{name} is {}…, registered is {}…", now.short(), registered.short());
            findings.add(&CHANGED, register(facts, asset), what);
            tally.coverage.looked_at = looked_at;
        }
        Standing::ToldSame => tally.told = tally.told.saturating_add(1),
        Standing::Same | Standing::Unregistered | Standing::NamedOnly => {
            tally.coverage.looked_at = looked_at;
        }
    }
}

fn answer(facts: &View<'_>, tally: &Tally, findings: &Findings) -> Outcome {
    let (changed, differ) = (findings.of(&CHANGED), findings.of(&CONTRADICTED));
    let (unregistered, registered) = (findings.of(&UNREGISTERED), tally.registered);
    if changed > 0 {
        let what = format!("{} not as registered", counted_are(changed, "asset"));
        return Outcome::new(State::Fail, what);
    }
    if differ > 0 {
        let what =
            format!("coseal.toml and {FILE_NAME} disagree about {}", counted(differ, "asset"));
        return Outcome::new(State::Fail, what);
    }
    if let Some(problem) = &facts.lock().problem {
        return Outcome::unknown(format!("{FILE_NAME} can't be read: {problem}"));
    }
    if registered == 0 {
        return Outcome::unknown("no asset has a registered digest");
    }
    if !tally.coverage.is_complete() {
        let gaps = tally.coverage.gaps.len();
        return Outcome::unknown(format!("{} not hashed", counted_are(gaps, "asset")));
    }
    match (unregistered, tally.told) {
        (0, 0) => {
            Outcome::new(State::Pass, format!("all {registered} registered assets are unchanged"))
        }
        (0, told) => Outcome::new(
            State::Partial,
            format!(
                "{} unchanged, {told} of them by how they look alone; --full reads them",
                counted_are(registered, "asset")
            ),
        ),
        (without, _) => Outcome::new(
            State::Partial,
            format!(
                "{} unchanged, {without} without a registered digest",
                counted_are(registered, "asset")
            ),
        ),
    }
}

/// Where its digest is registered.
fn register(facts: &View<'_>, asset: &Candidate) -> Location {
    if asset.pinned.is_some() {
        facts.place(&format!("{}.digest", asset.name))
    } else {
        Location::file(FILE_NAME)
    }
}

/// Where it is declared or seen.
fn place(facts: &View<'_>, places: &Places<'_>, asset: &Candidate) -> Location {
    if asset.declared {
        return facts.place(&asset.name);
    }
    match places.seen_at(asset) {
        Some((path, 0)) => Location::file(path),
        Some((path, line)) => Location::line(path, line),
        None => Location::file(FILE_NAME),
    }
}
