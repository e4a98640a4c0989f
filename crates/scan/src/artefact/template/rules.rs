//! The findings that chat templates can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// It reaches the inside of Python, or files.
pub(super) const ESCAPE: Rule = Rule {
    id: "template-escape",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "a chat template reaches out of the sandbox it is rendered in",
    tip: "do not use it; take the template from the model's publisher",
};
/// It calls or reads what templates do not need.
pub(super) const OUTSIDE: Rule = Rule {
    id: "template-outside-policy",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "a chat template uses what no known template needs",
    tip: "read the expression, and render it only if you know why it is there",
};
/// It says something when somebody else says something.
pub(super) const TRIGGER: Rule = Rule {
    id: "template-trigger",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "a chat template adds text of its own when a message holds certain words, or at a certain time",
    tip: "do not use it; take the template from the model's publisher",
};
/// Its text steers the model against its user.
pub(super) const SPEAKS: Rule = Rule {
    id: "template-instruction",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "a chat template holds an instruction or address that works against who uses the model",
    tip: "do not use it; take the template from the model's publisher",
};
/// It changes what was said.
pub(super) const ALTERS: Rule = Rule {
    id: "template-alters-message",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a chat template puts other words into messages",
    tip: "do not use it; take the template from the model's publisher",
};
/// It makes up what somebody said.
pub(super) const FORGES: Rule = Rule {
    id: "template-forges-turn",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "a chat template says in somebody's turn what nobody said",
    tip: "do not use it; take the template from the model's publisher",
};
/// It holds text that nobody sees.
pub(super) const HIDDEN: Rule = Rule {
    id: "template-hidden-text",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a chat template holds characters that are not seen, or text that is encoded",
    tip: "do not use it; take the template from the model's publisher",
};
/// It takes for ever.
pub(super) const ENDLESS: Rule = Rule {
    id: "template-exhausts",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a chat template takes time or memory without measure",
    tip: "do not use it; take the template from the model's publisher",
};
/// It can't be read.
pub(super) const SYNTAX: Rule = Rule {
    id: "template-syntax",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "a chat template is not written as Jinja reads it",
    tip: "take the template from the model's publisher",
};

/// All of them.
pub(crate) const RULES: &[Rule] =
    &[ESCAPE, OUTSIDE, TRIGGER, SPEAKS, ALTERS, FORGES, HIDDEN, ENDLESS, SYNTAX];
