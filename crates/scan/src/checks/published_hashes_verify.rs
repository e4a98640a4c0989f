use coseal_core::{
    check::{Check, Findings, Meta},
    digest::Digest,
    fact::{Kind, Measured, Read, View},
    finding::{Confidence, Location as Place, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::Location,
};

use crate::published::{Published, in_card, lists};

const MISMATCH: Rule = Rule {
    id: "published-hash-differs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a published hash is not that of the file",
    tip: "find out which of the two is wrong before anybody fetches it; publish the hash of the right file",
};
const UNPUBLISHED: Rule = Rule {
    id: "hash-unpublished",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "others get an asset and no hash to compare it with",
    tip: "publish SHA256SUMS beside it (sha256sum FILE > SHA256SUMS), or its sha256 in its card",
};

coseal_core::check! {
    /// Who fetches a model or dataset of yours can compare it with the hash that you publish, if there is one, and if it is right. This
    /// check takes what `system.distributes` names and compares the bytes with the hashes that the folder publishes: lists such as `SHA256SUMS`,
    /// `checksums.txt` and `FILE.sha256`, and the SHA-256 that a card gives.
    ///
    /// It passes when every file has a published hash that is right, is partial when some have none or large files are known only by how
    /// they look, and fails when one differs. It is unknown when nothing is published, or what is given to others is not here.
    ///
    /// To put it right: publish the hashes of the very files that you give away, and again with each release.
    pub(crate) PublishedHashesVerify = "published-hashes-verify";
    reads: [
        Read::only(Kind::System, &["distributes"]),
        Read::only(Kind::Model, &["location", "card"]),
        Read::only(Kind::Adapter, &["location", "card"]),
        Read::only(Kind::Dataset, &["location", "card"]),
        Read::only(Kind::Prompt, &["location"]),
        Read::only(Kind::Document, &["location"]),
        Read::all(Kind::Digest),
        Read::all(Kind::Text),
    ];
    rules: [MISMATCH, UNPUBLISHED];
}

impl Check for PublishedHashesVerify {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let Some(given) = facts.about().and_then(|about| about.distributes.as_ref()) else {
            return Outcome::unknown("system.distributes does not say what others get");
        };
        let lists = lists(facts.texts());
        let mut tally = Tally::default();
        for element in given {
            compare(facts, element, &lists, &mut tally, findings);
        }
        answer(&tally, findings).about(given.iter().cloned()).covering(tally.coverage)
    }
}

/// What was compared.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    bare: usize,
    told: usize,
    coverage: Coverage,
}

fn compare(
    facts: &View<'_>,
    element: &str,
    lists: &[Published],
    tally: &mut Tally,
    findings: &mut Findings,
) {
    let measured = facts.digests().get(element).map(|fact| &fact.measured);
    let whole = match measured {
        Some(Measured::Digest(digest)) => *digest,
        Some(Measured::Cached(digest)) => {
            tally.told = tally.told.saturating_add(1);
            *digest
        }
        Some(Measured::Absent { why }) => return tally.coverage.leave_out(element, why),
        Some(Measured::OverAllowance) => {
            let why = "more than 256 MB in all; --full hashes it";
            return tally.coverage.leave_out(element, why);
        }
        None => return tally.coverage.leave_out(element, "it has no bytes that are measured"),
    };
    tally.coverage.looked_at = tally.coverage.looked_at.saturating_add(1);
    let (location, card) = parts(facts, element);
    let files = files(facts, element, location);
    let of_card = of_card(facts, card, whole, files.len(), findings, element);
    let mut bare = 0_usize;
    let is_list = |path: &str| lists.iter().any(|one| one.list == path);
    for (path, name, digest) in files.iter().filter(|(path, ..)| !is_list(path)) {
        let of_file = lists.iter().filter(|one| {
            if location.is_some_and(|location| location.path().is_some()) {
                one.path == *path
            } else {
                one.name == *name
            }
        });
        let mut published = of_card;
        for one in of_file {
            published = true;
            if one.digest != *digest {
                let what = said(path, one.digest, *digest);
                findings.add(&MISMATCH, Place::line(&one.list, one.line), what);
            }
        }
        if published {
            tally.right = tally.right.saturating_add(1);
        } else {
            bare = bare.saturating_add(1);
        }
    }
    if bare > 0 {
        tally.bare = tally.bare.saturating_add(bare);
        let what = format!("{element}: {bare} of {} files have no published hash", files.len());
        findings.add(&UNPUBLISHED, facts.place(element), what);
    }
}

fn said(what: &str, published: Digest, now: Digest) -> String {
    format!("{what} is {}…, published is {}…", now.short(), published.short())
}

/// Where an element is, and its card.
fn parts<'a>(facts: &View<'a>, element: &str) -> (Option<&'a Location>, Option<&'a Location>) {
    let (kind, id) = element.split_once('.').unwrap_or(("", element));
    match kind {
        "model" => facts.model().get(id).map(|of| (Some(&of.location), of.card.as_ref())),
        "adapter" => facts.adapter().get(id).map(|of| (Some(&of.location), of.card.as_ref())),
        "dataset" => facts.dataset().get(id).map(|of| (Some(&of.location), of.card.as_ref())),
        "prompt" => facts.prompt().get(id).map(|of| (Some(&of.location), None)),
        "document" => facts.document().get(id).map(|of| (Some(&of.location), None)),
        _ => None,
    }
    .unwrap_or_default()
}

/// The files of an element: path in the folder, name below the element, digest.
fn files(
    facts: &View<'_>,
    element: &str,
    location: Option<&Location>,
) -> Vec<(String, String, Digest)> {
    let place = location.and_then(Location::path).unwrap_or_default();
    let place = place.trim_start_matches("./").trim_end_matches('/');
    let below = format!("{element}/");
    let of = facts.digests().iter().filter_map(|(key, fact)| {
        let name = key.strip_prefix(&below)?;
        let is_itself = place == name || place.ends_with(&format!("/{name}"));
        let path = match place {
            "" | "." => name.to_owned(),
            place if is_itself => place.to_owned(),
            place => format!("{place}/{name}"),
        };
        Some((path, name.to_owned(), fact.measured.digest()?))
    });
    of.collect()
}

/// Whether the card publishes the digest of the element as a whole. A card of one file that gives another hash is wrong; one of several
/// may give the hashes of some.
fn of_card(
    facts: &View<'_>,
    card: Option<&Location>,
    whole: Digest,
    files: usize,
    findings: &mut Findings,
    element: &str,
) -> bool {
    let text = card.and_then(|card| facts.text_at(card));
    let Some((path, Ok(content))) = text.map(|text| (&text.path, &text.text)) else { return false };
    let said_there = in_card(content);
    if said_there.iter().any(|(digest, _)| *digest == whole) {
        return true;
    }
    match said_there.first().filter(|_| files == 1) {
        Some((digest, line)) => {
            findings.add(&MISMATCH, Place::line(path, *line), said(element, *digest, whole));
            true
        }
        None => false,
    }
}

fn answer(tally: &Tally, findings: &Findings) -> Outcome {
    let wrong = findings.of(&MISMATCH);
    if wrong > 0 {
        return Outcome::new(State::Fail, format!("{wrong} published hashes are wrong"));
    }
    if !tally.coverage.is_complete() {
        let gaps = tally.coverage.gaps.len();
        return Outcome::unknown(format!("{gaps} of the assets that others get were not hashed"));
    }
    match (tally.right, tally.bare, tally.told) {
        (0, _, _) => Outcome::unknown("no hash of what others get is published here"),
        (right, 0, 0) => {
            Outcome::new(State::Pass, format!("all {right} published hashes are right"))
        }
        (right, 0, _) => Outcome::new(
            State::Partial,
            format!("{right} published hashes are right, some by how a file looks alone"),
        ),
        (right, bare, _) => Outcome::new(
            State::Partial,
            format!("{right} published hashes are right, {bare} files have none"),
        ),
    }
}
