//! How deep a tree would become, counted over tokens before there is one: building, walking and dropping a tree take stack
//! for each level of it.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer::lex};

/// Levels that one statement may nest. Sums of a thousand texts are met in real code; brackets rarely go beyond 20.
const MAX_LEVELS: usize = 2_000;
/// Brackets within brackets.
const MAX_BRACKETS: usize = 100;
/// Blocks within blocks.
const MAX_BLOCKS: usize = 100;

/// Whether a tree of `source` could be too deep.
pub(super) fn is_too_deep(source: &str, mode: Mode) -> bool {
    let mut tokens = lex(source, mode);
    // For each open bracket, the operators since its last comma.
    let mut open = vec![0_usize];
    let (mut sum, mut blocks) = (0_usize, 0_usize);
    // Each token is at least one byte.
    for _ in 0..=source.len().saturating_mul(2) {
        match tokens.next_token() {
            TokenKind::EndOfFile => return false,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Newline | TokenKind::Semi => {
                open = vec![0];
                sum = 0;
            }
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                sum += 1;
                if let Some(count) = open.last_mut() {
                    *count += 1;
                }
                open.push(0);
            }
            TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd => {
                if open.len() > 1 {
                    sum -= open.pop().unwrap_or_default().min(sum);
                }
            }
            TokenKind::Comma => {
                if let Some(count) = open.last_mut() {
                    sum -= (*count).min(sum);
                    *count = 0;
                }
            }
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline => {}
            _ => {
                sum += 1;
                if let Some(count) = open.last_mut() {
                    *count += 1;
                }
            }
        }
        if sum > MAX_LEVELS || open.len() > MAX_BRACKETS || blocks > MAX_BLOCKS {
            return true;
        }
    }
    true
}
