//! Exported programs (`torch.export`, PyTorch 2.1 on): a graph in JSON whose nodes name operators. Sizes are expressions, which
//! the loader hands to an evaluator.

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::{rules, script, sizes};
use crate::{
    artefact::{
        report::Report,
        stop::{Step, settle},
    },
    bytes::ReadAt,
    encoding::json::{Limits, Token, Tokens},
};

/// Bytes of a program that are read.
const MAX_PROGRAM: u64 = 64 << 20;
/// Reads a program.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) {
    let limits = Limits { size: MAX_PROGRAM, ..Limits::default() };
    settle(walk(Tokens::new(bytes, limits), report), &rules::SCRIPT, report);
}

/// Looks at each key whose value is a text, wherever it stands.
fn walk(mut tokens: Tokens<'_>, report: &mut Report) -> Step {
    let mut key = String::new();
    while let Some(token) = tokens.next()? {
        match token {
            Token::Key => tokens.text().clone_into(&mut key),
            Token::Text => judge(&key, tokens.text(), report),
            _ => {}
        }
        if token != Token::Key {
            key.clear();
        }
    }
    Ok(())
}

fn judge(key: &str, text: &str, report: &mut Report) {
    match key {
        "target" if text.contains('.') => script::target(text, report),
        "as_operator" => script::target(text, report),
        "expr_str" if !sizes::is_size(text) => {
            let text = "a size is an expression that computes something else, and is evaluated";
            report.find(&rules::OPERATOR, Unknown, 0, text);
        }
        "class_fqn" => {
            let text = format!("an object of the class {text} is made");
            report.find(&rules::OPERATOR, Unknown, 0, &text);
        }
        _ => {}
    }
}
