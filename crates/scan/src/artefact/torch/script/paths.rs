//! What the source names: operators, types, functions of its own.

use std::collections::BTreeSet;

use super::{
    lexer::{Token, tokens},
    operators::{self, Standing},
};

/// Keywords, which a bracket may follow.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "class", "def", "del", "elif", "else", "for", "if", "import", "in",
    "is", "not", "or", "pass", "raise", "return", "while", "with", "break", "continue", "from",
];
/// Functions that the compiler knows itself, and changes of type.
const BUILTIN: &[&str] = &[
    "AssertionError",
    "Exception",
    "RuntimeError",
    "abs",
    "all",
    "annotate",
    "any",
    "awaitable",
    "bool",
    "chr",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "fork",
    "getattr",
    "hasattr",
    "hash",
    "hex",
    "int",
    "isinstance",
    "len",
    "list",
    "max",
    "min",
    "oct",
    "ord",
    "print",
    "range",
    "rangelist",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "unchecked_cast",
    "unchecked_unwrap_optional",
    "uninitialized",
    "zip",
    "_construct",
    "super",
    "bin",
    "index",
    "map",
    "slice",
];
/// Names that run text or leave the model: old compilers evaluated annotations.
const ACTS: &[&str] = &[
    "__import__",
    "compile",
    "eval",
    "exec",
    "execfile",
    "getenv",
    "globals",
    "locals",
    "open",
    "rpc_async",
    "rpc_remote",
    "rpc_sync",
    "system",
    "vars",
    "__builtins__",
    "__subclasses__",
    "__globals__",
    "__class__",
    "__reduce__",
    "__code__",
    "__mro__",
    "__bases__",
    "popen",
];
/// Classes of C++ that hold packed weights.
const CLASSES: &[&str] = &[
    "quantized.Conv2dPackedParamsBase",
    "quantized.Conv3dPackedParamsBase",
    "quantized.EmbeddingPackedParamsBase",
    "quantized.LinearPackedParamsBase",
    "rnn.CellParamsBase",
    "sparse.LinearPackedParamsBase",
    "xnnpack.Conv2dOpContext",
    "xnnpack.LinearOpContext",
    "xnnpack.TransposeConv2dOpContext",
];

/// What is told of a source: where, how bad, and the name.
type Found = Vec<(usize, Standing, String)>;

/// All names that are not harmless.
///
/// # Errors
/// Where the text is no code, and why.
pub(super) fn read(text: &[u8]) -> Result<Found, (usize, &'static str)> {
    let tokens = tokens(text)?;
    let own = bound(&tokens);
    let mut found = Found::new();
    let mut told = BTreeSet::new();
    let mut at = 0_usize;
    while let Some((offset, token)) = tokens.get(at) {
        at = at.saturating_add(1);
        let Token::Name(root) = token else { continue };
        let (path, next) = path(&tokens, at, root);
        let before =
            at.checked_sub(2).and_then(|before| tokens.get(before)).map(|(_, token)| *token);
        let called = matches!(tokens.get(next), Some((_, Token::Sign(b'('))));
        at = next;
        let standing = judge(&path, before, called, &own);
        let name = path.join(".");
        if standing != Standing::Harmless && told.insert(name.clone()) {
            found.push((*offset, standing, name));
        }
    }
    Ok(found)
}

/// A name with those after its points, and the word that follows.
fn path<'a>(tokens: &[(usize, Token<'a>)], at: usize, root: &'a str) -> (Vec<&'a str>, usize) {
    let (mut path, mut at) = (vec![root], at);
    while let (Some((_, Token::Sign(b'.'))), Some((_, Token::Name(name)))) =
        (tokens.get(at), tokens.get(at.saturating_add(1)))
    {
        path.push(*name);
        at = at.saturating_add(2);
    }
    (path, at)
}

/// Names that the source itself gives: functions, classes, parameters, variables.
fn bound<'a>(tokens: &[(usize, Token<'a>)]) -> BTreeSet<&'a str> {
    let mut own = BTreeSet::new();
    let mut start = true;
    for (at, (_, token)) in tokens.iter().enumerate() {
        let next = tokens.get(at.saturating_add(1)).map(|(_, token)| *token);
        let later = tokens.get(at.saturating_add(2)).map(|(_, token)| *token);
        let before =
            at.checked_sub(1).and_then(|before| tokens.get(before)).map(|(_, token)| *token);
        if let Token::Name(name) = token {
            let given = match next {
                Some(Token::Sign(b'=')) => later != Some(Token::Sign(b'=')),
                Some(Token::Sign(b':')) => true,
                Some(Token::Sign(b',')) => start,
                _ => false,
            };
            let defined = matches!(before, Some(Token::Name("def" | "class" | "for" | "as")));
            if given && before != Some(Token::Sign(b'.')) || defined {
                own.insert(*name);
            }
        }
        start = match token {
            Token::Line => true,
            Token::Name(_) | Token::Sign(b',') => start,
            _ => false,
        };
    }
    own
}

fn judge(path: &[&str], before: Option<Token<'_>>, called: bool, own: &BTreeSet<&str>) -> Standing {
    if path.iter().any(|part| ACTS.contains(part) && !own.contains(part)) {
        return Standing::Acts;
    }
    match (before, path) {
        // A method or a field of a value: one with an operator's name works on the value alone.
        (Some(Token::Sign(b'.')), _) => Standing::Harmless,
        (_, ["torch", operator]) => operators::of("aten", operator),
        (_, ["ops", space, operator]) => operators::of(space, operator),
        // The name of all operators, given to somebody.
        (_, ["torch" | "ops", ..]) if !matches!(before, Some(Token::Name("def" | "class"))) => {
            Standing::Strange
        }
        (_, ["__torch__", "torch", "classes", class @ ..]) => {
            let class = class.get(..2).unwrap_or(class).join(".");
            if CLASSES.contains(&class.as_str()) { Standing::Harmless } else { Standing::Strange }
        }
        (Some(Token::Name("def" | "class")), _) => Standing::Harmless,
        (_, [name]) if called => {
            let known = KEYWORDS.contains(name) || BUILTIN.contains(name) || own.contains(name);
            if known { Standing::Harmless } else { Standing::Strange }
        }
        _ => Standing::Harmless,
    }
}
