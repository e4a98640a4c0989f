//! The one place that speaks to the parser of Python: its tree as facts of our own.

mod expression;
mod nesting;
mod statement;

use std::collections::BTreeSet;

use ruff_python_ast::Mod;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::TextSize;

use crate::code::ir::Module;

/// Facts beyond this many in one file are not kept.
const MAX_FACTS: usize = 200_000;

/// The facts of `source`. `lines` tells for each of its lines the line of the file.
///
/// # Errors
/// If it nests too deep to be parsed within bounds, or holds too much.
pub(super) fn read(
    path: &str,
    source: &str,
    lines: Option<&[u32]>,
) -> Result<Module, &'static str> {
    // A notebook's mode knows magics; a file that is not one is read without.
    let mode = if lines.is_some() { Mode::Ipython } else { Mode::Module };
    if nesting::is_too_deep(source, mode) {
        return Err("it nests too deep");
    }
    let Mod::Module(tree) = parse_unchecked(source, ParseOptions::from(mode)).into_syntax() else {
        return Err("it is not a module");
    };
    let mut reader = Reader {
        module: Module::new(path),
        starts: line_starts(source),
        lines,
        scope: 0,
        function: None,
        globals: BTreeSet::new(),
        facts: 0,
    };
    reader.body(&tree.body);
    if reader.facts > MAX_FACTS {
        return Err("it holds too much");
    }
    Ok(reader.module)
}

/// What is read so far, and where.
struct Reader<'a> {
    module: Module,
    starts: Vec<u32>,
    lines: Option<&'a [u32]>,
    scope: usize,
    function: Option<usize>,
    /// Names that a scope takes from the module.
    globals: BTreeSet<(usize, String)>,
    facts: usize,
}

impl Reader<'_> {
    fn line(&self, at: TextSize) -> u32 {
        let index = self.starts.partition_point(|start| *start <= at.to_u32());
        let line = u32::try_from(index).unwrap_or(u32::MAX);
        let Some(lines) = self.lines else { return line };
        lines.get(index.saturating_sub(1)).or(lines.last()).copied().unwrap_or(line)
    }

    /// Whether there is room for one fact more.
    fn has_room(&mut self) -> bool {
        self.facts += 1;
        self.facts <= MAX_FACTS
    }
}

fn line_starts(source: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    starts.extend(ends.filter_map(|(at, _)| u32::try_from(at + 1).ok()));
    starts
}
