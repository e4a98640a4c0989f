//! Errors of the system file, with the line that each is about. The line's values are not shown: one may be
//! a secret in the wrong place, or somebody's name.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use coseal_core::system::{FILE_NAME, Problem, Weight};

pub(crate) fn render(problems: &[Problem], text: &str) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for problem in problems {
        let masked =
            masked(lines.get(problem.line.saturating_sub(1) as usize).copied().unwrap_or_default());
        let level = if problem.weight == Weight::Error { Level::ERROR } else { Level::WARNING };
        let shown = if masked.is_empty() { "…" } else { &masked };
        let snippet = Snippet::source(shown)
            .line_start(problem.line as usize)
            .path(FILE_NAME)
            .annotation(AnnotationKind::Primary.span(0..shown.len()));
        let group = Group::with_title(level.primary_title(problem.message.as_str()))
            .element(snippet)
            .element(Level::HELP.message(problem.hint.as_str()));
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    let errors = problems.iter().filter(|problem| problem.weight == Weight::Error).count();
    let plural = if errors == 1 { "error" } else { "errors" };
    let _ = writeln!(out, "{FILE_NAME}: {errors} {plural}; nothing else was judged");
    out
}

/// A line with every value as `…`: keys, table names and punctuation stay.
fn masked(line: &str) -> String {
    let trimmed = line.trim();
    let plain_name = |name: &str| {
        !name.is_empty() && name.len() <= 64 && name.bytes().all(is_name) && digits(name) <= 3
    };
    if let Some(name) = trimmed.strip_prefix('[') {
        let name = name.trim_start_matches('[').split(']').next().unwrap_or_default();
        return if plain_name(name) {
            trimmed.split('#').next().unwrap_or_default().trim_end().to_owned()
        } else {
            "[…]".to_owned()
        };
    }
    let Some((key, value)) = trimmed.split_once('=') else { return "…".to_owned() };
    let key = key.trim();
    if !plain_name(key) {
        return "… = …".to_owned();
    }
    if !value.trim_start().starts_with('{') {
        return format!("{key} = …");
    }
    // The keys of an inline table.
    let keys =
        value.trim().trim_matches(['{', '}']).split(',').filter_map(|part| part.split_once('='));
    let keys: Vec<_> = keys
        .map(|(key, _)| key.trim())
        .filter(|key| plain_name(key))
        .map(|key| format!("{key} = …"))
        .collect();
    format!("{key} = {{ {} }}", keys.join(", "))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn digits(name: &str) -> usize {
    name.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn shows_keys_and_no_values() {
        assert_eq!(masked("  locaton = \"secret\" # note"), "locaton = …");
        assert_eq!(masked("[model.chat] # note"), "[model.chat]");
        assert_eq!(masked("a = { from = \"x\", too = 'y' }"), "a = { from = …, too = … }");
        assert_eq!(masked("just words"), "…");
        assert_eq!(masked("AKIAQ7R2T9W4Y6Z1B3C5 = 1"), "… = …");
        assert_eq!(masked("[\"some key\"]"), "[…]");
    }
}
