//! What configuration runs of AI, judged: the rules of `secure-defaults-kept` that are about workloads.

use std::collections::BTreeSet;

use coseal_core::{
    check::Findings,
    fact::{Setting, Workload},
    finding::{Confidence, Location, Rule, Severity},
};

use super::{
    product::{Open, Product, image_tag, named},
    told::is_optional,
};

const fn rule(
    id: &'static str,
    severity: Severity,
    confidence: Confidence,
    summary: &'static str,
    tip: &'static str,
) -> Rule {
    Rule { id, severity, confidence, summary, tip }
}

/// A server or store is published, and nothing shows that callers are asked who they are.
pub(crate) const PUBLISHED: Rule = rule(
    "ai-port-published",
    Severity::Medium,
    Confidence::Medium,
    "a server of models or a store can be reached from the network, and no authentication is in sight",
    "publish it on 127.0.0.1 only, leave the port unpublished, or set its key",
);
/// The same of what lets a caller run code or change models.
pub(crate) const OPEN: Rule = rule(
    "ai-console-published",
    Severity::High,
    Confidence::Medium,
    "a service that runs code or changes models for any caller can be reached from the network",
    "publish it on 127.0.0.1 only, and put authentication in front of it",
);
/// Rights of the host.
pub(crate) const PRIVILEGED: Rule = rule(
    "ai-workload-privileged",
    Severity::High,
    Confidence::High,
    "a container of the system has the rights of its host",
    "remove privileged mode, the host's namespaces, the container engine's socket and added capabilities",
);
/// Runs as root because it says so.
pub(crate) const ROOT: Rule = rule(
    "ai-workload-as-root",
    Severity::Medium,
    Confidence::High,
    "a container of the system is set to run as root",
    "run it as a user of its own",
);
/// Runs as root because nobody said otherwise.
pub(crate) const NO_USER: Rule = rule(
    "ai-image-without-user",
    Severity::Low,
    Confidence::Medium,
    "an image of the system names no user, so that it runs as root",
    "add a user and a USER line behind what needs root",
);
/// No security context.
pub(crate) const NO_CONTEXT: Rule = rule(
    "ai-workload-without-security-context",
    Severity::Low,
    Confidence::High,
    "a container of the system has no security context",
    "set runAsNonRoot, readOnlyRootFilesystem and drop all capabilities",
);
/// An image that changes by itself.
pub(crate) const UNPINNED: Rule = rule(
    "model-server-image-unpinned",
    Severity::Low,
    Confidence::High,
    "the image of a model server is the latest, whatever that is",
    "name a version, or better a digest",
);
/// Code of a model's repository.
pub(crate) const REMOTE_CODE: Rule = rule(
    "model-server-trusts-remote-code",
    Severity::High,
    Confidence::High,
    "a model server runs the code that comes with a model",
    "remove trust-remote-code, or pin the model to a commit whose code was read",
);
/// A notebook server for everybody.
pub(crate) const EMPTY_TOKEN: Rule = rule(
    "notebook-without-token",
    Severity::High,
    Confidence::High,
    "a notebook server runs code for anybody who reaches it",
    "leave the token to be made at the start, or set it from a secret",
);
/// Authentication off.
pub(crate) const AUTH_OFF: Rule = rule(
    "ai-auth-disabled",
    Severity::High,
    Confidence::High,
    "authentication is switched off",
    "switch it on; it is on unless somebody says otherwise, or is one setting away",
);
/// A password of the documentation.
pub(crate) const KNOWN_PASSWORD: Rule = rule(
    "ai-default-credentials",
    Severity::Medium,
    Confidence::High,
    "a password stands here that everybody knows",
    "take it from a secret, and change it where it was used",
);
/// Any page may call.
pub(crate) const ORIGIN: Rule = rule(
    "model-server-any-origin",
    Severity::Medium,
    Confidence::High,
    "browsers may call a model server from any page",
    "name the origins that need it",
);
/// Debugging or reloading.
pub(crate) const DEBUGS: Rule = rule(
    "ai-workload-debug",
    Severity::Medium,
    Confidence::Medium,
    "the system is started for debugging",
    "leave the debugger and reloading to machines of developers",
);

/// Judges the workloads that run something of AI; says how many these are.
pub(crate) fn judge(workloads: &[Workload], findings: &mut Findings) -> usize {
    // Two places of one image need one reminder.
    let mut reminded = BTreeSet::new();
    let mut judged = 0;
    for workload in workloads.iter().filter(|workload| is_judged(workload)) {
        judged += 1;
        let product = workload.runs.as_deref().and_then(named).map(|(_, product)| product);
        for setting in &workload.settings {
            if let Some(rule) = of_setting(setting, workload, product) {
                findings.add(
                    rule,
                    place(workload, setting.line),
                    said(rule, workload, &setting.value),
                );
            }
        }
        let unpinned = workload.image.as_deref().filter(|image| {
            product.is_some_and(|product| product.serves) && is_unpinned(image, workload)
        });
        if let Some(image) = unpinned.filter(|image| reminded.insert((*image).to_owned())) {
            findings.add(
                &UNPINNED,
                place(workload, workload.line),
                said(&UNPINNED, workload, image),
            );
        }
    }
    judged
}

/// What runs something of AI, and is no trial.
fn is_judged(workload: &Workload) -> bool {
    workload.runs.is_some()
        && !is_optional(&workload.path)
        && !matches!(workload.form.as_str(), "workflow" | "devcontainer")
}

fn place(workload: &Workload, line: u32) -> Location {
    Location::line(&workload.path, line)
}

/// What is wrong with it, and where that shows.
fn said(rule: &Rule, workload: &Workload, value: &str) -> String {
    format!("{} ({value}): {}", workload.name, rule.summary)
}

fn of_setting(
    setting: &Setting,
    workload: &Workload,
    product: Option<&Product>,
) -> Option<&'static Rule> {
    let started = matches!(workload.form.as_str(), "script" | "procfile");
    match setting.what.as_str() {
        "published-on-all-interfaces" => published(workload, product),
        // In a container that is how it is reached at all; on a machine it is published.
        "listens-on-all-interfaces" if started => published(workload, product),
        "privileged" | "host-namespace" | "docker-socket" | "capability" => Some(&PRIVILEGED),
        "runs-as-root" => Some(&ROOT),
        "no-user" => Some(&NO_USER),
        "no-security-context" => Some(&NO_CONTEXT),
        "trust-remote-code" => Some(&REMOTE_CODE),
        "empty-token" => Some(&EMPTY_TOKEN),
        "auth-disabled" => Some(&AUTH_OFF),
        "default-credentials" => Some(&KNOWN_PASSWORD),
        "any-origin" => Some(&ORIGIN),
        // A script may be what a developer starts; a container is what runs.
        "debug" if !started => Some(&DEBUGS),
        _ => None,
    }
}

fn published(workload: &Workload, product: Option<&Product>) -> Option<&'static Rule> {
    let auth = workload.settings.iter().any(|setting| setting.what == "auth");
    match product.and_then(|product| product.open).filter(|_| !auth)? {
        Open::High => Some(&OPEN),
        Open::Medium => Some(&PUBLISHED),
    }
}

/// `latest`, or no tag at all, which means the same.
fn is_unpinned(image: &str, workload: &Workload) -> bool {
    let of_chart = workload.settings.iter().any(|setting| setting.what == "tag-of-chart");
    if image.contains("@sha256:") || image.contains('$') || of_chart {
        return false;
    }
    image_tag(image).is_none_or(|tag| tag == "latest")
}
