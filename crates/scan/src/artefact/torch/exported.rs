//! Exported programs (`torch.export`, PyTorch 2.1 on): a graph in JSON whose nodes name operators. Sizes are expressions, which
//! the loader hands to an evaluator.

use coseal_core::fact::ArtefactVerdict::{Malformed, Unknown};

use super::{rules, script};
use crate::{
    artefact::{registry::repository::Json, report::Report},
    bytes::{ReadAt, read_up_to},
};

/// Bytes of a program that are read.
const MAX_PROGRAM: u64 = 4 << 20;
/// Nodes within nodes.
const MAX_DEPTH: usize = 64;
/// Functions that sizes are computed with.
const FUNCTIONS: &[&str] = &[
    "Abs",
    "And",
    "CeilDiv",
    "CeilToInt",
    "CleanDiv",
    "Eq",
    "FloatPow",
    "FloatTrueDiv",
    "FloorDiv",
    "FloorToInt",
    "Ge",
    "Gt",
    "Identity",
    "IntTrueDiv",
    "IsNonOverlappingAndDenseIndicator",
    "Le",
    "Lt",
    "Max",
    "Min",
    "Mod",
    "ModularIndexing",
    "Ne",
    "Not",
    "Or",
    "PowByNatural",
    "PythonMod",
    "RoundToInt",
    "ToFloat",
    "TruncToInt",
    "TruncToFloat",
    "Where",
    "True",
    "False",
    "oo",
    "int_oo",
];

/// Reads a program.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) {
    if bytes.size() > MAX_PROGRAM {
        report.gap("the program", "it is longer than 4 MiB");
        return;
    }
    let mut text = vec![0; usize::try_from(bytes.size()).unwrap_or(0)];
    let read = read_up_to(bytes, 0, &mut text).unwrap_or(0);
    text.truncate(read);
    match std::str::from_utf8(&text).ok().and_then(Json::parse) {
        Some(json) => walk(&json, 0, report),
        None => report.find(&rules::SCRIPT, Malformed, 0, "the program is no JSON"),
    }
}

fn walk(json: &Json, depth: usize, report: &mut Report) {
    if depth > MAX_DEPTH {
        report.gap("the program", "it is nested too deep");
        return;
    }
    for item in json.items() {
        walk(item, depth.saturating_add(1), report);
    }
    for (key, value) in json.entries() {
        match (key.as_str(), value.text()) {
            ("target" | "as_operator", Some(target))
                if target.contains('.') || key == "as_operator" =>
            {
                script::target(target, report);
            }
            ("expr_str", Some(expression)) if !is_size(expression) => {
                let text = "a size is an expression that computes something else, and is evaluated";
                report.find(&rules::OPERATOR, Unknown, 0, text);
            }
            ("class_fqn", Some(class)) => {
                let text = format!("an object of the class {class} is made");
                report.find(&rules::OPERATOR, Unknown, 0, &text);
            }
            _ => walk(value, depth.saturating_add(1), report),
        }
    }
}

/// Whether an expression is made of symbols, numbers and known functions only.
fn is_size(expression: &str) -> bool {
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let sign = |letter: char| " +-*/()<>=,&|~".contains(letter);
    let word = |word: &str| {
        let symbol = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let short = word.len().saturating_sub(symbol.len()) <= 4;
        word.bytes().all(|byte| byte.is_ascii_digit())
            || FUNCTIONS.contains(&word)
            || short && !symbol.is_empty() && symbol.bytes().all(|byte| byte.is_ascii_digit())
    };
    expression.chars().all(|letter| belongs(letter) || sign(letter))
        && expression.split(|letter| !belongs(letter)).filter(|part| !part.is_empty()).all(word)
}
