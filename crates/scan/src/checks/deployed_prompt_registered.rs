use std::collections::BTreeSet;

use coseal_core::{
    check::{Check, Findings, Meta},
    counted::counted_are,
    fact::{AssetKind, Kind, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    lock::{Candidate, Declared, FILE_NAME, candidates},
    outcome::{Coverage, Outcome, State},
};

use crate::register::{Places, Standing, standing};

const DRIFTED: Rule = Rule {
    id: "prompt-drifted",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a prompt is not the one that was registered",
    tip: "read what changed; if it is meant, register it: coseal assets lock --accept NAME",
};
const UNREGISTERED: Rule = Rule {
    id: "prompt-unregistered",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "a prompt has no registered digest",
    tip: "run coseal assets lock, and commit coseal.lock",
};
const UNEXPLAINED: Rule = Rule {
    id: "prompt-unexplained",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "nobody says who wrote a prompt, or why it is as it is",
    tip: "declare it under [prompt.…], with author (a role) and reason",
};

coseal_core::check! {
    /// A prompt steers a model as code steers a program, and is changed with less care. This check wants every prompt of the system
    /// registered, in `coseal.lock` or by `digest` in the system file, with the role that wrote it (`author`) and why it is as it is
    /// (`reason`); and it compares each with what is registered, prompts in code included.
    ///
    /// It fails when a prompt is another than the registered one, and is partial when one is not registered or nobody says who wrote
    /// it and why. Files alone can't pass it: which prompt and parameters are deployed is seen on the running service.
    ///
    /// To put it right: declare each prompt with author and reason, run `coseal assets lock`, and take a change over with `--accept` after
    /// somebody has read it.
    pub(crate) DeployedPromptRegistered = "deployed-prompt-registered";
    reads: [
        Read::only(Kind::Prompt, &["location", "digest", "author", "reason"]),
        Read::only(Kind::Digest, &["prompt"]),
        Read::only(Kind::Asset, &["kind", "name", "location", "digest", "optional"]),
        Read::all(Kind::Lock),
    ];
    rules: [DRIFTED, UNREGISTERED, UNEXPLAINED];
    beyond_files: "that the prompt and parameters in use are the registered ones: the running service shows that";
}

impl Check for DeployedPromptRegistered {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let declared = Declared { prompt: facts.prompt(), ..Declared::none() };
        let mut prompts = candidates(declared, facts.assets(), facts.lock());
        prompts.retain(|prompt| {
            prompt.kind == AssetKind::Prompt
                && (!prompt.optional || prompt.entry(facts.lock()).is_some())
        });
        let mut coverage = Coverage::default();
        let places = Places::of(facts.assets());
        let files = declared_files(facts);
        for prompt in prompts.iter().filter(|prompt| !is_covered(facts, &files, prompt)) {
            explained(facts, (&files, &places), prompt, findings);
            compare(facts, &places, prompt, &mut coverage, findings);
        }
        answer(prompts.len(), &coverage, findings)
            .about(prompts.iter().map(|prompt| &prompt.name))
            .covering(coverage)
    }
}

/// The files that have an element of their own.
fn declared_files<'a>(facts: &View<'a>) -> BTreeSet<&'a str> {
    facts.prompt().values().filter_map(|element| element.location.path()).collect()
}

/// Whether a prompt stands in code, and the system file has an element for its file.
fn has_file_declared(files: &BTreeSet<&str>, prompt: &Candidate) -> bool {
    let file = prompt.location.strip_prefix("code:").and_then(|code| code.split_once('#'));
    file.is_some_and(|(file, _)| files.contains(file))
}

/// Whether the element of its file speaks for a prompt that has no entry of its own in the register.
fn is_covered(facts: &View<'_>, files: &BTreeSet<&str>, prompt: &Candidate) -> bool {
    prompt.entry(facts.lock()).is_none() && has_file_declared(files, prompt)
}

fn explained(
    facts: &View<'_>,
    (files, places): (&BTreeSet<&str>, &Places<'_>),
    prompt: &Candidate,
    findings: &mut Findings,
) {
    // The element of a file is asked once for all that stand in it.
    if prompt.only_registered || has_file_declared(files, prompt) {
        return;
    }
    let element = prompt.name.strip_prefix("prompt.").filter(|_| prompt.declared);
    let element = element.and_then(|id| facts.prompt().get(id));
    let said = element.is_some_and(|prompt| prompt.author.is_some() && prompt.reason.is_some());
    if !said {
        let what = format!("{} has no author or no reason", prompt.name);
        findings.add(&UNEXPLAINED, place(facts, places, prompt), what);
    }
}

fn compare(
    facts: &View<'_>,
    places: &Places<'_>,
    prompt: &Candidate,
    coverage: &mut Coverage,
    findings: &mut Findings,
) {
    let name = &prompt.name;
    let drift = match standing(prompt, facts.lock(), facts.digests()) {
        Standing::Unknown(why) => return coverage.leave_out(name, &why),
        Standing::Unregistered => {
            let what = format!("{name} has no registered digest");
            return findings.add(&UNREGISTERED, place(facts, places, prompt), what);
        }
        Standing::Same | Standing::ToldSame | Standing::NamedOnly => None,
        Standing::Changed { now, registered } => Some((now, registered)),
        Standing::Contradicted { pinned, locked } => Some((pinned, locked)),
    };
    coverage.looked_at = coverage.looked_at.saturating_add(1);
    if let Some((now, registered)) = drift {
        let what = format!("{name} is {}…, registered is {}…", now.short(), registered.short());
        findings.add(&DRIFTED, place(facts, places, prompt), what);
    }
}

fn answer(prompts: usize, coverage: &Coverage, findings: &Findings) -> Outcome {
    let (drifted, bare) = (findings.of(&DRIFTED), findings.of(&UNREGISTERED));
    let unexplained = findings.of(&UNEXPLAINED);
    if drifted > 0 {
        let what = format!("{drifted} of {prompts} prompts are not the registered ones");
        return Outcome::new(State::Fail, what);
    }
    if bare > 0 || unexplained > 0 {
        let what =
            format!("{bare} of {prompts} prompts are not registered, {unexplained} not explained");
        return Outcome::new(State::Partial, what);
    }
    if prompts == 0 {
        return Outcome::unknown("no prompt is declared or found");
    }
    if !coverage.is_complete() {
        return Outcome::unknown(format!(
            "{} not looked at",
            counted_are(coverage.gaps.len(), "prompt")
        ));
    }
    Outcome::unknown(
        "the files are as registered; which prompt is in use, the running service shows",
    )
}

/// Where it is declared or seen.
fn place(facts: &View<'_>, places: &Places<'_>, prompt: &Candidate) -> Location {
    if prompt.declared {
        return facts.place(&prompt.name);
    }
    let (path, line) = places.seen_at(prompt).unwrap_or((FILE_NAME, 0));
    if line == 0 { Location::file(path) } else { Location::line(path, line) }
}
