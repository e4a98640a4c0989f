//! The findings that folders of model hubs can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// Code comes along with the model.
pub(super) const CODE: Rule = Rule {
    id: "repository-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model's folder names Python code that its loader runs",
    tip: "read the code, or use a model whose architecture the library has itself",
};
/// That code does what models do not need.
pub(super) const ACTS: Rule = Rule {
    id: "repository-code-acts",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "code that comes with a model starts programs, talks to the network, or unpickles",
    tip: "do not load the model with its own code",
};
/// Something is fetched from elsewhere.
pub(super) const ELSEWHERE: Rule = Rule {
    id: "repository-elsewhere",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model's configuration takes code from another place",
    tip: "do not load the model with code of others; ask its publisher why it needs that",
};
/// A path leads out.
pub(super) const CLIMBS: Rule = Rule {
    id: "repository-climbs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model's configuration names a file outside its folder",
    tip: "do not load it",
};
/// A class or function is imported by name.
pub(super) const IMPORTS: Rule = Rule {
    id: "repository-imports",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "a model's configuration names what is to be imported, and it is of no known library",
    tip: "find out what the named class does before the model is loaded",
};
/// The parts don't fit.
pub(super) const PARTS: Rule = Rule {
    id: "repository-parts",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the parts of a model and the index of them disagree",
    tip: "fetch the folder again from its source",
};
/// The file can't be read.
pub(super) const BROKEN: Rule = Rule {
    id: "repository-settings",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a model's configuration is not JSON as loaders read it",
    tip: "fetch the file again from its source",
};

/// The tokenizer puts words in or takes them out.
pub(super) const REWRITES: Rule = Rule {
    id: "tokenizer-rewrites",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a tokenizer changes what people or the model say, or does what no known tokenizer does",
    tip: "do not use it; take the tokenizer from the model's publisher",
};
/// The tokenizer contradicts itself.
pub(super) const DIFFERS: Rule = Rule {
    id: "tokenizer-differs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the words, numbers and marks of a tokenizer contradict each other",
    tip: "fetch the tokenizer again from the model's publisher",
};
/// The tokenizer takes for ever.
pub(super) const REGEX: Rule = Rule {
    id: "tokenizer-regex",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "a regular expression of a tokenizer may take exponential time",
    tip: "do not tokenise texts of others with it",
};

/// All of them.
pub(crate) const RULES: &[Rule] =
    &[CODE, ACTS, ELSEWHERE, CLIMBS, IMPORTS, PARTS, BROKEN, REWRITES, DIFFERS, REGEX];
