use coseal_core::{
    check::{Check, Findings, Meta},
    counted::{counted, counted_are},
    fact::{Kind, Read, View},
    finding::{Confidence, Rule, Severity},
    outcome::{Coverage, Outcome, State},
    system::{Approval, Auth, Effect, Endpoint, Exposure},
};

use crate::deploy::deployed;

const fn deviation(
    id: &'static str,
    severity: Severity,
    summary: &'static str,
    tip: &'static str,
) -> Rule {
    Rule { id, severity, confidence: Confidence::High, summary, tip }
}

const NO_AUTH: Rule = deviation(
    "endpoint-without-auth",
    Severity::High,
    "an endpoint serves callers who do not prove who they are",
    "set auth; an endpoint that is meant for anybody needs exposure = \"public\" and a quota",
);
const NO_TLS: Rule = deviation(
    "endpoint-without-tls",
    Severity::High,
    "an endpoint is not declared to be encrypted",
    "serve it over TLS and set tls = true",
);
const NO_QUOTA: Rule = deviation(
    "endpoint-without-quota",
    Severity::Medium,
    "a public endpoint sets no limit on use",
    "set quota, such as \"60/minute\"",
);
const DEBUG: Rule = deviation(
    "endpoint-debug",
    Severity::High,
    "an endpoint answers with debugging detail",
    "switch debugging off wherever others can reach it",
);
const ANY_ORIGIN: Rule = deviation(
    "endpoint-any-origin",
    Severity::Medium,
    "browsers may call an endpoint from any page",
    "name the origins that need it",
);
const CONFIDENCES: Rule = deviation(
    "endpoint-confidences",
    Severity::Medium,
    "a public endpoint returns confidences, which help to copy or mislead the model",
    "return the answer only",
);
const UNAPPROVED: Rule = deviation(
    "tool-without-approval",
    Severity::High,
    "a tool that acts on the outside, or can't be undone, needs nobody's approval",
    "set approval = \"human\", or \"policy\" with code that enforces it",
);
const ENDLESS: Rule = deviation(
    "agent-without-limit",
    Severity::Medium,
    "an agent may take any number of steps",
    "set max-steps",
);
const KEPT_FOR_EVER: Rule = deviation(
    "kept-without-limit",
    Severity::Medium,
    "personal data in a log or memory is kept without limit",
    "set retention",
);
const PLAIN: Rule = deviation(
    "flow-not-encrypted",
    Severity::High,
    "a flow is declared not to be encrypted",
    "encrypt it",
);
const FAILS_OPEN: Rule = deviation(
    "guard-fails-open",
    Severity::High,
    "a guard lets content through when it can't answer",
    "let it refuse instead: remove fails-open",
);
const SHARED_MEMORY: Rule = deviation(
    "memory-shared",
    Severity::Medium,
    "what one user leaves in memory can reach another",
    "keep a memory of its own for each user",
);

coseal_core::check! {
    /// The safe setting should be the one that is there when nobody chose. This check reads the system file
    /// for settings that are less safe than they need be: endpoints without authentication, encryption or quota, debugging
    /// detail, tools that act without approval, agents without a limit, personal data kept for ever, guards that fail open.
    ///
    /// It also reads what configuration runs of AI (compose files, manifests, charts, Dockerfiles, start scripts): servers of models and
    /// stores that anybody on the network reaches, containers with the rights of their host, code that comes with a model,
    /// authentication that is switched off, passwords that everybody knows. Tests, examples and workflows are not judged.
    ///
    /// It passes without a deviation and fails on any. An endpoint without `auth` is one of which nobody has said how it is protected: it is
    /// not judged, and the answer is unknown as long as nothing else deviates.
    ///
    /// To put it right: each finding names the line and the safer setting.
    pub(crate) SecureDefaultsKept = "secure-defaults-kept";
    reads: [
        Read::only(Kind::System, &["exposure"]),
        Read::only(Kind::Endpoint, &["auth", "tls", "exposure", "quota", "debug", "confidences", "origins"]),
        Read::only(Kind::Flow, &["encrypted"]),
        Read::only(Kind::Tool, &["effect", "approval"]),
        Read::only(Kind::Agent, &["max-steps"]),
        Read::only(Kind::Memory, &["class", "retention", "shared-by-users"]),
        Read::only(Kind::Log, &["class", "retention"]),
        Read::only(Kind::Guard, &["fails-open"]),
        Read::only(Kind::Workload, &["path", "form", "name", "image", "runs", "settings"]),
    ];
    rules: [
        NO_AUTH, NO_TLS, NO_QUOTA, DEBUG, ANY_ORIGIN, CONFIDENCES, UNAPPROVED, ENDLESS, KEPT_FOR_EVER, PLAIN, FAILS_OPEN, SHARED_MEMORY,
        deployed::PUBLISHED, deployed::OPEN, deployed::PRIVILEGED, deployed::ROOT, deployed::NO_USER, deployed::NO_CONTEXT, deployed::UNPINNED,
        deployed::REMOTE_CODE, deployed::EMPTY_TOKEN, deployed::AUTH_OFF, deployed::KNOWN_PASSWORD, deployed::ORIGIN, deployed::DEBUGS,
    ];
    without_system_file: true;
}

impl Check for SecureDefaultsKept {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome {
        let (told, untold): (Vec<_>, Vec<_>) =
            facts.endpoint().iter().partition(|(_, endpoint)| endpoint.auth.is_some());
        for (id, endpoint) in &told {
            judge_endpoint(facts, id, endpoint, findings);
        }
        judge_actions(facts, findings);
        judge_data(facts, findings);
        let deployed = deployed::judge(facts.workloads(), findings);
        let counts = [
            told.len(),
            facts.flow().len(),
            facts.tool().len(),
            facts.agent().len(),
            facts.memory().len(),
            facts.log().len(),
            facts.guard().len(),
            deployed,
        ];
        let seen: usize = counts.iter().sum();
        let outcome = match findings.len() {
            _ if seen + untold.len() == 0 => Outcome::unknown(
                "no endpoint, flow, tool, agent or log is declared, and nothing of AI is configured to run",
            ),
            0 if facts.about().is_none() => Outcome::unknown(
                "what is configured to run keeps to the safe settings; no system file says what else there is",
            ),
            0 if !untold.is_empty() => Outcome::unknown(format!(
                "nobody has said how callers prove who they are: auth of {}",
                counted(untold.len(), "endpoint")
            )),
            0 => Outcome::new(
                State::Pass,
                format!("{seen} elements and workloads keep to the safe settings"),
            ),
            count => Outcome::new(
                State::Fail,
                format!("{} less safe than need be", counted_are(count, "setting")),
            ),
        };
        let subjects = facts.endpoint().keys().map(|id| format!("endpoint.{id}"));
        let subjects = subjects.chain(facts.tool().keys().map(|id| format!("tool.{id}")));
        let mut coverage = Coverage::whole(seen);
        for (id, _) in untold {
            coverage.leave_out(&format!("endpoint.{id}"), "nobody has said how it is protected");
        }
        outcome.about(subjects).covering(coverage)
    }
}

fn judge_endpoint(facts: &View<'_>, id: &str, endpoint: &Endpoint, findings: &mut Findings) {
    let system = facts.about().map_or(Exposure::Public, |about| about.exposure);
    let exposure = endpoint.exposure.unwrap_or(system);
    let place = |field: &str| facts.place(&format!("endpoint.{id}.{field}"));
    let open = exposure == Exposure::Public && endpoint.quota.as_deref().is_some_and(is_limit);
    let deviations = [
        (
            endpoint.auth == Some(Auth::None) && !open,
            &NO_AUTH,
            "auth",
            "serves callers who do not prove who they are",
        ),
        (endpoint.tls != Some(true), &NO_TLS, "tls", "is not declared to be encrypted"),
        (
            exposure == Exposure::Public && !endpoint.quota.as_deref().is_some_and(is_limit),
            &NO_QUOTA,
            "quota",
            "is public and sets no limit on use",
        ),
        (endpoint.debug, &DEBUG, "debug", "answers with debugging detail"),
        (endpoint.origins.contains("*"), &ANY_ORIGIN, "origins", "may be called from any page"),
        (
            endpoint.confidences && exposure == Exposure::Public,
            &CONFIDENCES,
            "confidences",
            "is public and returns confidences",
        ),
    ];
    for (_, rule, field, what) in deviations.into_iter().filter(|(deviates, ..)| *deviates) {
        findings.add(rule, place(field), format!("endpoint.{id} {what}"));
    }
}

/// Whether a quota names a number: how much, and in how long.
fn is_limit(quota: &str) -> bool {
    quota.chars().any(|c| c.is_ascii_digit())
}

/// Whether a retention names no end.
fn is_for_ever(retention: Option<&str>) -> bool {
    const ENDLESS: [&str; 7] =
        ["ever", "forever", "unlimited", "indefinite", "indefinitely", "permanent", "permanently"];
    let Some(text) = retention.map(str::to_lowercase) else { return true };
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.is_empty() || words.iter().any(|word| ENDLESS.contains(word))
}

fn judge_actions(facts: &View<'_>, findings: &mut Findings) {
    for (id, tool) in facts.tool() {
        let acts = matches!(tool.effect, Effect::External | Effect::Irreversible);
        if acts && matches!(tool.approval, None | Some(Approval::None)) {
            findings.add(
                &UNAPPROVED,
                facts.place(&format!("tool.{id}")),
                format!("tool.{id} acts without anybody's approval"),
            );
        }
    }
    for (id, _) in facts.agent().iter().filter(|(_, agent)| agent.max_steps.is_none()) {
        findings.add(
            &ENDLESS,
            facts.place(&format!("agent.{id}")),
            format!("agent.{id} may take any number of steps"),
        );
    }
    for (id, _) in facts.guard().iter().filter(|(_, guard)| guard.fails_open) {
        findings.add(
            &FAILS_OPEN,
            facts.place(&format!("guard.{id}.fails-open")),
            format!("guard.{id} fails open"),
        );
    }
}

fn judge_data(facts: &View<'_>, findings: &mut Findings) {
    for (id, _) in facts.flow().iter().filter(|(_, flow)| flow.encrypted == Some(false)) {
        findings.add(
            &PLAIN,
            facts.place(&format!("flow.{id}")),
            format!("flow.{id} is not encrypted"),
        );
    }
    for (id, _) in facts
        .log()
        .iter()
        .filter(|(_, log)| log.class.is_personal() && is_for_ever(log.retention.as_deref()))
    {
        findings.add(
            &KEPT_FOR_EVER,
            facts.place(&format!("log.{id}")),
            format!("log.{id} keeps personal data without limit"),
        );
    }
    for (id, memory) in facts.memory() {
        if memory.class.is_personal() && is_for_ever(memory.retention.as_deref()) {
            findings.add(
                &KEPT_FOR_EVER,
                facts.place(&format!("memory.{id}")),
                format!("memory.{id} keeps personal data without limit"),
            );
        }
        if memory.shared_by_users {
            findings.add(
                &SHARED_MEMORY,
                facts.place(&format!("memory.{id}")),
                format!("memory.{id} is shared by users"),
            );
        }
    }
}
