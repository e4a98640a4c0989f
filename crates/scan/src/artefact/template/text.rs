//! Python's ways with strings, as far as templates use them.

/// Stands in a text for what is not known before rendering.
pub(super) const HOLE: char = '\u{fffc}';

/// Stands behind [`HOLE`], in the texts that are made under a supposition, where somebody's words are shown.
pub(super) const SPOKEN: char = '\u{fffb}';

/// Stand around alternatives of which it is not known which is shown, and between them.
pub(super) const ALTERNATIVES: char = '\u{fff0}';
pub(super) const OTHERWISE: char = '\u{fff1}';
pub(super) const TOGETHER: char = '\u{fff2}';

/// Undoes the escapes of a Python string.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = escape(after, &mut out);
    }
    out.push_str(rest);
    out
}

/// One escape, without its backslash; gives what follows.
fn escape<'t>(after: &'t str, out: &mut String) -> &'t str {
    let mut letters = after.chars();
    let Some(letter) = letters.next() else {
        out.push('\\');
        return "";
    };
    let rest = letters.as_str();
    let simple = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'v' => '\x0b',
        '\\' | '\'' | '"' => letter,
        '\n' => return rest,
        'x' => return coded(rest, 2, 16, letter, out),
        'u' => return coded(rest, 4, 16, letter, out),
        'U' => return coded(rest, 8, 16, letter, out),
        '0'..='7' => {
            let digits =
                after.bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            return coded(after, digits, 8, letter, out);
        }
        'N' => {
            out.push(HOLE);
            return rest.split_once('}').map_or(rest, |(_, rest)| rest);
        }
        _ => {
            out.push('\\');
            letter
        }
    };
    out.push(simple);
    rest
}

fn coded<'t>(rest: &'t str, digits: usize, radix: u32, letter: char, out: &mut String) -> &'t str {
    let code = rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, radix).ok());
    match code {
        Some(code) => {
            // Half of a pair, as JSON in Python has it, is no character of its own.
            out.push(char::from_u32(code).unwrap_or(HOLE));
            rest.get(digits..).unwrap_or_default()
        }
        None => {
            out.push('\\');
            out.push(letter);
            rest
        }
    }
}

/// `text[start:stop:step]`.
pub(super) fn sliced<T: Clone>(
    items: &[T],
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Vec<T> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let place = |at: i64, low: i64, high: i64| {
        let at = if at < 0 { at.saturating_add(length) } else { at };
        at.clamp(low, high)
    };
    let item = |at: i64| usize::try_from(at).ok().and_then(|at| items.get(at)).cloned();
    let mut out = Vec::new();
    if step > 0 {
        let mut at = place(start.unwrap_or(0), 0, length);
        let stop = place(stop.unwrap_or(length), 0, length);
        while at < stop {
            out.extend(item(at));
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let last = length.saturating_sub(1);
        let mut at = place(start.unwrap_or(last), -1, last);
        let stop = stop.map_or(-1, |stop| place(stop, -1, last));
        while at > stop {
            out.extend(item(at));
            at = at.saturating_add(step);
        }
    }
    out
}

/// Fills `%s`, `%c` and `%d` with what is known of the arguments.
pub(super) fn percent(format: &str, arguments: &[String]) -> String {
    let mut out = String::new();
    let mut next = arguments.iter();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => match letters.next() {
                Some('%') | None => out.push('%'),
                Some('s' | 'd' | 'i' | 'r') => out.push_str(next.next().map_or("", String::as_str)),
                Some('c') => {
                    let word = next.next().cloned().unwrap_or_default();
                    let code = word.parse().ok().and_then(char::from_u32);
                    out.push_str(&code.map_or(word, String::from));
                }
                Some(_) => out.push(HOLE),
            },
            _ => out.push(letter),
        }
    }
    out
}

/// Fills `{}`, `{0}` and `{0.name}` with what is known of the arguments. Gives the text and the fields' paths.
pub(super) fn braces(format: &str, arguments: &[String]) -> (String, Vec<String>) {
    let (mut out, mut paths, mut next) = (String::new(), Vec::new(), 0_usize);
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let doubled = tail.starts_with("{{") || tail.starts_with("}}");
        let end = tail.find('}').filter(|_| tail.starts_with('{') && !doubled);
        let Some(end) = end else {
            out.push_str(tail.get(..1).unwrap_or_default());
            rest = tail.get(if doubled { 2 } else { 1 }..).unwrap_or_default();
            continue;
        };
        let field = tail.get(1..end).unwrap_or_default();
        rest = tail.get(end.saturating_add(1)..).unwrap_or_default();
        let index = if field.is_empty() { Some(next) } else { field.parse().ok() };
        next = next.saturating_add(1);
        match index.and_then(|index: usize| arguments.get(index)) {
            Some(argument) => out.push_str(argument),
            None => out.push(HOLE),
        }
        paths.push(field.to_owned());
    }
    out.push_str(rest);
    (out, paths)
}
