use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    check::{Check, Findings, Meta},
    fact::{Dependency, DependencySource, Kind, Pin, Read, View},
    finding::{Confidence, Location, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    place::is_aside,
    system::{Location as Place, Scheme},
};

const MOVING: Rule = Rule {
    id: "model-name-moves",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a hosted model is named by an alias that its vendor moves to other models",
    tip: "name a snapshot, and test each newer one before you move",
};
const UNPINNED: Rule = Rule {
    id: "asset-not-pinned",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "an asset is taken from elsewhere without an exact revision",
    tip: "name the exact revision: hf:org/name@COMMIT, oci:…@sha256:…, command:… name@1.2.3",
};
const PICKLE: Rule = Rule {
    id: "model-in-code-format",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a model is kept in a format that can hold code",
    tip: "convert it to a format that holds only numbers, such as safetensors or ONNX",
};
const UNDECLARED: Rule = Rule {
    id: "model-undeclared",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "code names a hosted model that the system file does not declare",
    tip: "declare it as [model.…], or take it out of the code",
};
const MOVING_IN_CODE: Rule = Rule {
    id: "model-name-moves-in-code",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "code names a hosted model by an alias that its vendor moves to other models",
    tip: "name a snapshot, in one place",
};
const PACKAGE_MOVES: Rule = Rule {
    id: "ai-package-moves",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a package for AI is taken from a branch or an address without a digest",
    tip: "name the commit or the digest, or take it from the registry and lock it",
};
const PACKAGES_NOT_LOCKED: Rule = Rule {
    id: "ai-packages-not-locked",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "packages for AI have neither an exact version nor a lock file",
    tip: "commit a lock file beside the manifest, or name exact versions",
};
const UNREGISTERED_PROMPT: Rule = Rule {
    id: "prompt-not-pinned",
    severity: Severity::Low,
    confidence: Confidence::High,
    summary: "a prompt has no registered digest, so a change goes unseen",
    tip: "add digest = \"sha256:…\"",
};

coseal_core::check! {
    /// AI systems gather a debt of their own: names that quietly come to mean other models, downloads without a revision,
    /// formats that can hold code, models that only the code knows of, packages that are whatever is newest. This check looks for these.
    ///
    /// It fails on high debt (a moving model name or an unpinned download in the system file, a package for AI from a branch or an
    /// address), is partial on medium (a pickled model, a model that only code names, packages for AI that no lock file fixes) and
    /// passes without either. Packages for developing, of tests and of examples are left alone.
    ///
    /// To put it right: name exact revisions in one place, declare every model there, and commit lock files.
    pub(crate) AiDebtLow = "ai-debt-low";
    reads: [
        Read::only(Kind::Model, &["location", "digest", "retired"]),
        Read::only(Kind::Adapter, &["location", "digest"]),
        Read::only(Kind::Mcp, &["location"]),
        Read::only(Kind::Artefact, &["elements", "format"]),
        Read::only(Kind::Dataset, &["location", "digest", "retired"]),
        Read::only(Kind::Prompt, &["location", "digest"]),
        Read::only(Kind::HostedModel, &["element", "model", "pin"]),
        Read::only(Kind::HostedUse, &["path", "model", "pin"]),
        Read::only(Kind::Dependency, &["path", "ecosystem", "name", "exact", "locked", "source", "ai", "development"]),
    ];
    rules: [
        MOVING, UNPINNED, PICKLE, UNDECLARED, MOVING_IN_CODE, PACKAGE_MOVES, PACKAGES_NOT_LOCKED,
        UNREGISTERED_PROMPT,
    ];
    without_system_file: true;
}

impl Check for AiDebtLow {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        moving_names(facts, findings);
        unpinned(facts, findings);
        code_formats(facts, findings);
        names_in_code(facts, findings);
        let packages = ai_packages(facts);
        package_debt(&packages, findings);
        for (id, _) in facts.prompt().iter().filter(|(_, prompt)| prompt.digest.is_none()) {
            findings.add(
                &UNREGISTERED_PROMPT,
                facts.place(&format!("prompt.{id}")),
                format!("prompt.{id} has no registered digest"),
            );
        }
        let high = findings.of(&MOVING) + findings.of(&UNPINNED) + findings.of(&PACKAGE_MOVES);
        let medium = findings.of(&PICKLE)
            + findings.of(&UNDECLARED)
            + findings.of(&MOVING_IN_CODE)
            + findings.of(&PACKAGES_NOT_LOCKED);
        let seen = facts.model().len()
            + facts.adapter().len()
            + facts.artefacts().len()
            + facts.hosted_uses().len()
            + packages.len();
        let outcome = if high > 0 {
            Outcome::new(State::Fail, format!("{high} debts of high weight"))
        } else if medium > 0 {
            Outcome::new(State::Partial, format!("{medium} debts of medium weight"))
        } else if seen == 0 {
            Outcome::unknown("nothing of an AI system was found to look at")
        } else {
            Outcome::new(
                State::Pass,
                "model names, downloads and packages for AI are pinned, and no model is in a format that can hold code",
            )
        };
        let elements = facts.model().keys().map(|id| format!("model.{id}"));
        outcome
            .about(elements.chain(facts.artefacts().keys().cloned()))
            .covering(Coverage::whole(seen))
    }
}

fn moving_names(facts: &View<'_>, findings: &mut Findings) {
    let retired = |element: &str| {
        element
            .strip_prefix("model.")
            .and_then(|id| facts.model().get(id))
            .is_some_and(|model| model.retired.is_some())
    };
    for hosted in facts
        .hosted_models()
        .values()
        .filter(|hosted| hosted.pin == Pin::Alias && !retired(&hosted.element))
    {
        let place = facts.place(&format!("{}.location", hosted.element));
        findings.add(
            &MOVING,
            place,
            format!(
                "{} is named {}, which its vendor moves to other models",
                hosted.element, hosted.model
            ),
        );
    }
}

fn unpinned(facts: &View<'_>, findings: &mut Findings) {
    let mut look = |element: String, location: &Place, digest: bool| {
        let from_elsewhere = matches!(
            location.scheme(),
            Scheme::Hf | Scheme::Oci | Scheme::Mlflow | Scheme::S3 | Scheme::Command
        );
        let by_address = location.scheme() == Scheme::Https && !element.starts_with("mcp.");
        if (from_elsewhere || by_address) && !digest && !location.is_pinned() {
            let place = facts.place(&format!("{element}.location"));
            findings.add(
                &UNPINNED,
                place,
                format!("{element} has neither an exact revision nor a digest"),
            );
        }
    };
    for (id, model) in facts.model().iter().filter(|(_, model)| model.retired.is_none()) {
        look(format!("model.{id}"), &model.location, model.digest.is_some());
    }
    for (id, adapter) in facts.adapter() {
        look(format!("adapter.{id}"), &adapter.location, adapter.digest.is_some());
    }
    for (id, dataset) in facts.dataset().iter().filter(|(_, dataset)| dataset.retired.is_none()) {
        look(format!("dataset.{id}"), &dataset.location, dataset.digest.is_some());
    }
    for (id, prompt) in facts.prompt() {
        look(format!("prompt.{id}"), &prompt.location, prompt.digest.is_some());
    }
    for (id, server) in facts.mcp() {
        look(format!("mcp.{id}"), &server.location, false);
    }
}

fn code_formats(facts: &View<'_>, findings: &mut Findings) {
    for artefact in facts.artefacts().values() {
        let holds_code =
            ["pickle", "joblib", "torch"].iter().any(|format| artefact.format.starts_with(format));
        // Where there is a system file, files that it does not name are not the system's debt.
        let retired = |element: &String| {
            let model = element.strip_prefix("model.").and_then(|id| facts.model().get(id));
            model.is_some_and(|model| model.retired.is_some())
        };
        let ours = !facts.has_system() || artefact.elements.iter().any(|element| !retired(element));
        if holds_code && ours {
            findings.add(
                &PICKLE,
                Location::file(&artefact.path),
                format!("this model is kept as {}", artefact.format),
            );
        }
    }
}

fn names_in_code(facts: &View<'_>, findings: &mut Findings) {
    let declared: BTreeSet<&str> =
        facts.hosted_models().values().map(|hosted| bare(&hosted.model)).collect();
    for found in facts.hosted_uses() {
        let place = Location::line(&found.path, found.line);
        if facts.has_system() && !declared.contains(found.model.as_str()) {
            findings.add(
                &UNDECLARED,
                place,
                format!("the code names {}, which the system file does not declare", found.model),
            );
        } else if !facts.has_system() && found.pin == Pin::Alias {
            findings.add(
                &MOVING_IN_CODE,
                place,
                format!("the code names {}, which its vendor moves to other models", found.model),
            );
        }
    }
}

/// Packages for AI that the system runs with: not those for developing, of tests or of examples.
fn ai_packages<'a>(facts: &View<'a>) -> Vec<&'a Dependency> {
    let all = facts.dependencies().iter();
    all.filter(|package| package.ai && !package.development && !is_aside(&package.path)).collect()
}

fn package_debt(packages: &[&Dependency], findings: &mut Findings) {
    let fixed = |package: &Dependency| package.exact || package.locked.is_some();
    let mut open: BTreeMap<&str, Vec<&Dependency>> = BTreeMap::new();
    for package in packages.iter().filter(|package| !fixed(package)) {
        match package.source {
            DependencySource::Branch | DependencySource::Address => findings.add(
                &PACKAGE_MOVES,
                Location::line(&package.path, package.line.max(1)),
                format!("{} is taken from a place where it may be another tomorrow", package.name),
            ),
            DependencySource::Registry => open.entry(&package.path).or_default().push(package),
            // What lies in a folder here is this system's own.
            DependencySource::Commit | DependencySource::Path => {}
        }
    }
    for (path, packages) in open {
        let line = packages.iter().map(|package| package.line).min().unwrap_or_default().max(1);
        let names: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
        findings.add(&PACKAGES_NOT_LOCKED, Location::line(path, line), not_locked(&names));
    }
}

fn not_locked(names: &BTreeSet<&str>) -> String {
    let first: Vec<&str> = names.iter().take(3).copied().collect();
    let more = match names.len().saturating_sub(first.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("neither an exact version nor a lock file fixes {}{more}", first.join(", "))
}

fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
