//! The code cells of a notebook, with the line of the file on which each of their lines stands.

/// Bytes of code beyond this many are not read.
const MAX_CODE: usize = 1 << 20;
const TOO_MUCH: &str = "its cells hold more than 1 MiB of code";
/// Magics of a whole cell that leave its text Python.
const PYTHON_MAGICS: [&str; 6] = ["time", "timeit", "capture", "python", "python3", "prun"];

/// The code of a notebook.
#[derive(Debug, Default)]
pub(super) struct Code {
    /// The cells, one behind the other.
    pub(super) text: String,
    /// For each line of the text, its line in the file.
    pub(super) lines: Vec<u32>,
}

/// The code cells of a notebook's JSON.
///
/// # Errors
/// If it holds too much code, or is not JSON.
pub(super) fn code(json: &str) -> Result<Code, &'static str> {
    let mut code = Code::default();
    for cell in cells(json)? {
        if cell.kind != "code" || is_other_language(&cell) && !is_of_shell(&cell) {
            continue;
        }
        // Each line of a shell is a command, which stands behind a mark as in other cells.
        let shell = is_of_shell(&cell);
        let mut goes_on = false;
        for (text, line) in &cell.source {
            for part in text.split_inclusive('\n') {
                code.lines.push(*line);
                // A magic of the cell as a comment, so that lines stay.
                let command = shell && !goes_on && !part.trim().is_empty();
                goes_on = shell && part.trim_end().ends_with('\\');
                code.text.push_str(match part.starts_with("%%") {
                    true => "#",
                    false if command => "!",
                    false => "",
                });
                code.text.push_str(part);
                if !part.ends_with('\n') {
                    code.text.push('\n');
                }
            }
        }
        if code.text.len() > MAX_CODE {
            return Err(TOO_MUCH);
        }
    }
    Ok(code)
}

#[derive(Default)]
struct Cell {
    kind: String,
    /// Each string of its source, joined until a line ends, with its line in the file.
    source: Vec<(String, u32)>,
}

fn is_other_language(cell: &Cell) -> bool {
    let first = cell.source.first().map_or("", |(text, _)| text.as_str());
    let Some(magic) = first.strip_prefix("%%") else { return false };
    let word = magic.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !PYTHON_MAGICS.contains(&word)
}

fn is_of_shell(cell: &Cell) -> bool {
    let first = cell.source.first().map_or("", |(text, _)| text.as_str());
    ["%%bash", "%%sh", "%%shell"].iter().any(|magic| {
        first
            .strip_prefix(magic)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', ' ']))
    })
}

/// One walk over the JSON that keeps only where it is: `cells`, a cell, its `source` and `cell_type`. Format 3 has them deeper,
/// as `worksheets[].cells[]`, and says `input` (nbformat 3, `v3.nbbase`).
fn cells(json: &str) -> Result<Vec<Cell>, &'static str> {
    const BROKEN: &str = "it is not the JSON of a notebook";
    let bytes = json.as_bytes();
    let (mut at, mut line) = (0, 1_u32);
    // `cells_at` is the depth of a cell's keys.
    let (mut depth, mut cells_at) = (0_usize, None);
    let (mut key, mut sheet_key, mut cell_key) = (String::new(), String::new(), String::new());
    let mut found: Vec<Cell> = Vec::new();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => line = line.saturating_add(1),
            b'{' | b'[' => {
                depth += 1;
                let list = *byte == b'[';
                if list && depth == 2 && key == "cells" {
                    cells_at = Some(3);
                } else if list && depth == 4 && key == "worksheets" && sheet_key == "cells" {
                    cells_at = Some(5);
                } else if cells_at == Some(depth) {
                    found.push(Cell::default());
                    cell_key.clear();
                }
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1).ok_or(BROKEN)?;
                cells_at = cells_at.filter(|at| depth + 1 >= *at);
            }
            b'"' => {
                let end = string_end(bytes, at).ok_or(BROKEN)?;
                let in_cell = cells_at == Some(depth);
                let in_source = cells_at.is_some_and(|at| at + 1 == depth) && is_source(&cell_key);
                let of_sheet = cells_at.is_none() && depth == 3 && key == "worksheets";
                let wanted = depth == 1 || in_cell || in_source || of_sheet;
                if wanted {
                    let raw = json.get(at..end).ok_or(BROKEN)?;
                    let text: String = serde_json::from_str(raw).map_err(|_| BROKEN)?;
                    let names = is_key(bytes, end);
                    match (depth, names) {
                        (1, true) => key = text,
                        (_, true) if of_sheet => sheet_key = text,
                        (_, true) if in_cell => cell_key = text,
                        (_, false) if in_cell || in_source => {
                            keep(found.last_mut(), &cell_key, text, line);
                        }
                        _ => {}
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    if depth == 0 { Ok(found) } else { Err(BROKEN) }
}

fn keep(cell: Option<&mut Cell>, key: &str, text: String, line: u32) {
    match (cell, key) {
        (Some(cell), "cell_type") => cell.kind = text,
        (Some(cell), key) if is_source(key) => cell.source.push((text, line)),
        _ => {}
    }
}

fn is_source(key: &str) -> bool {
    matches!(key, "source" | "input")
}

/// The place behind the string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn is_key(bytes: &[u8], end: usize) -> bool {
    let rest = bytes.get(end..).unwrap_or_default();
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}
