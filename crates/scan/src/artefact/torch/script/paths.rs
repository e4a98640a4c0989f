//! What the source names: operators, types, functions of its own.

use std::collections::BTreeSet;

use super::{
    lexer::{Token, Words},
    operators::{self, Standing},
};
use crate::artefact::{
    budget::Budget,
    stop::{Step, Stop, broken},
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

/// Names that one source gives.
const MAX_OWN: usize = 100_000;
/// Names that are told of one source.
const MAX_TOLD: usize = 1024;
/// Names in a row with points between them.
const MAX_PATH: usize = 64;
/// Brackets within brackets.
const MAX_BRACKETS: usize = 1000;

/// What a source names that is not harmless is told: where, how bad, and the name.
pub(super) type Tell<'t> = &'t mut dyn FnMut(usize, Standing, &str);

/// Tells all names that are not harmless. Words are counted in `budget`.
///
/// # Errors
/// Where the text is no code, and why.
pub(super) fn read(text: &[u8], budget: &mut Budget, tell: Tell<'_>) -> Step {
    let own = bound(text, budget)?;
    let mut words = Words::of(text)?;
    let mut told = BTreeSet::new();
    let mut before = None;
    while let Some((offset, token)) = words.advance()? {
        count(budget)?;
        let Token::Name(root) = token else {
            before = Some(token);
            continue;
        };
        let path = path(&mut words, root)?;
        let called = matches!(words.ahead(), (Some(Token::Sign(b'(')), _));
        let long = path.len() >= MAX_PATH;
        let standing = if long { Standing::Strange } else { judge(&path, before, called, &own) };
        before = path.last().copied().map(Token::Name);
        if standing == Standing::Harmless {
            continue;
        }
        let name = path.join(".");
        if !told.contains(&name) {
            tell(offset, standing, &name);
            told.insert(name);
        }
        if told.len() > MAX_TOLD {
            return Err(Stop::Limit("it names more than is told"));
        }
    }
    Ok(())
}

fn count(budget: &mut Budget) -> Step {
    budget.step(1).map_err(|_| Stop::Limit("the code of the file is longer than is read"))
}

/// A name with those after its points: of very many the first.
fn path<'a>(words: &mut Words<'a>, root: &'a str) -> Step<Vec<&'a str>> {
    let mut path = vec![root];
    while let (Some(Token::Sign(b'.')), Some(Token::Name(name))) = words.ahead() {
        words.advance()?;
        words.advance()?;
        if path.len() < MAX_PATH {
            path.push(name);
        }
    }
    Ok(path)
}

/// Names that the source itself gives: functions, classes, parameters, variables. Its brackets must pair.
fn bound<'a>(text: &'a [u8], budget: &mut Budget) -> Step<BTreeSet<&'a str>> {
    let mut words = Words::of(text)?;
    let (mut own, mut open) = (BTreeSet::new(), Vec::new());
    let (mut start, mut before) = (true, None);
    while let Some((offset, token)) = words.advance()? {
        count(budget)?;
        match token {
            Token::Name(name) if is_given(before, start, words.ahead()) => {
                own.insert(name);
                if own.len() > MAX_OWN {
                    return Err(Stop::Limit("it gives more names than are followed"));
                }
            }
            Token::Sign(sign) => pair(sign, offset, &mut open)?,
            _ => {}
        }
        start = match token {
            Token::Line => true,
            Token::Name(_) | Token::Sign(b',') => start,
            _ => false,
        };
        before = Some(token);
    }
    if open.is_empty() { Ok(own) } else { broken(text.len() as u64, "a bracket is not closed") }
}

/// Whether a name that stands between words is one that the source gives.
fn is_given(
    before: Option<Token<'_>>,
    start: bool,
    (next, later): (Option<Token<'_>>, Option<Token<'_>>),
) -> bool {
    let given = match next {
        Some(Token::Sign(b'=')) => later != Some(Token::Sign(b'=')),
        Some(Token::Sign(b':')) => true,
        Some(Token::Sign(b',')) => start,
        _ => false,
    };
    let defined = matches!(before, Some(Token::Name("def" | "class" | "for" | "as")));
    given && before != Some(Token::Sign(b'.')) || defined
}

/// Opens or closes a bracket.
fn pair(sign: u8, offset: usize, open: &mut Vec<u8>) -> Step {
    let closes = match sign {
        b'(' => Err(b')'),
        b'[' => Err(b']'),
        b'{' => Err(b'}'),
        b')' | b']' | b'}' => Ok(sign),
        _ => return Ok(()),
    };
    match closes {
        Err(_) if open.len() >= MAX_BRACKETS => Err(Stop::Limit("its brackets nest too deep")),
        Err(end) => {
            open.push(end);
            Ok(())
        }
        Ok(end) if open.pop() == Some(end) => Ok(()),
        Ok(_) => broken(offset as u64, "a bracket closes none"),
    }
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
