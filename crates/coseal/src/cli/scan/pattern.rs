//! Patterns of paths, for shells that leave them alone or find too many: `*` and `?` within a part, `[a-z]` or `[!a-z]`,
//! and `**` for any number of folders.

use std::path::{Path, PathBuf};

use coseal_core::{
    outcome::Gap,
    tree::{ReadError, Tree},
};

/// A pattern, below a folder that is named without one.
pub(super) struct Pattern {
    base: PathBuf,
    parts: Vec<String>,
}

/// What a pattern finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files, by path.
    pub(super) files: Vec<PathBuf>,
    /// What may have matched and could not be looked at.
    pub(super) gaps: Vec<Gap>,
}

impl Pattern {
    /// The pattern that a text is; none if it has no sign of one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let is_plain = |part: &&str| !part.contains(['*', '?', '[']);
        let plain = text.split('/').take_while(is_plain).count();
        let parts: Vec<_> = text.split('/').skip(plain).map(str::to_owned).collect();
        let base: Vec<_> = text.split('/').take(plain).collect();
        let base = match base.as_slice() {
            [] => PathBuf::from("."),
            [""] => PathBuf::from("/"),
            base => PathBuf::from(base.join("/")),
        };
        (!parts.is_empty()).then_some(Self { base, parts })
    }

    /// The files that match it, in the order of their names. Links are not followed.
    pub(super) fn find(&self) -> Result<Found, ReadError> {
        let walk = Tree::open(&self.base)?.walk();
        let mut found = Found::default();
        for file in &walk.files {
            if self.matches(&file.name) {
                found.files.push(self.path_of(&file.path));
            }
        }
        found.gaps.extend(walk.gaps.into_iter().filter(|gap| self.may_match(&gap.what)));
        Ok(found)
    }

    /// A path as somebody would write it who named the file.
    fn path_of(&self, path: &Path) -> PathBuf {
        path.strip_prefix("./").unwrap_or(path).to_owned()
    }

    fn matches(&self, name: &str) -> bool {
        let parts: Vec<_> = name.split('/').collect();
        matches_all(&self.parts, &parts, false)
    }

    /// Whether it matches a name, or could match one below it.
    fn may_match(&self, name: &str) -> bool {
        let parts: Vec<_> = name.split('/').collect();
        matches_all(&self.parts, &parts, true)
    }
}

/// Whether parts of a pattern match those of a name; `above`: or the name is of a folder above a match.
fn matches_all(pattern: &[String], name: &[&str], above: bool) -> bool {
    // Which parts of the pattern may come next: a set, so that no number of `**` costs more than their product.
    let mut next = vec![false; pattern.len() + 1];
    next[0] = true;
    skip_empty(pattern, &mut next);
    for part in name {
        let mut after = vec![false; next.len()];
        for (at, wanted) in pattern.iter().enumerate().filter(|(at, _)| next[*at]) {
            if wanted == "**" {
                after[at] = true;
            } else if matches_part(wanted.as_bytes(), part.as_bytes()) {
                after[at + 1] = true;
            }
        }
        skip_empty(pattern, &mut after);
        next = after;
    }
    next[pattern.len()] || above && next.contains(&true)
}

/// `**` may stand for no folder at all.
fn skip_empty(pattern: &[String], next: &mut [bool]) {
    for (at, part) in pattern.iter().enumerate() {
        if next[at] && part == "**" {
            next[at + 1] = true;
        }
    }
}

/// Whether one part matches; bytes are compared, and `?` is one character of UTF-8.
fn matches_part(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < name.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at + 1, from));
            at += 1;
        } else if let Some((step, taken)) = one(&pattern[at..], &name[from..]) {
            (at, from) = (at + step, from + taken);
        } else if let Some((after, taken)) = star {
            star = Some((after, taken + 1));
            (at, from) = (after, taken + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// How much of the pattern matches one character of the name, and how long that is.
fn one(pattern: &[u8], name: &[u8]) -> Option<(usize, usize)> {
    match pattern.first()? {
        b'?' => {
            let more = name.iter().skip(1).take_while(|byte| **byte & 0xc0 == 0x80).count();
            Some((1, 1 + more))
        }
        b'[' => {
            let end = pattern.iter().skip(2).position(|byte| *byte == b']').map(|at| at + 2);
            let Some(end) = end else { return (name[0] == b'[').then_some((1, 1)) };
            let negated = matches!(pattern[1], b'!' | b'^');
            let set = &pattern[if negated { 2 } else { 1 }..end];
            (in_set(set, name[0]) != negated).then_some((end + 1, 1))
        }
        literal => (*literal == name[0]).then_some((1, 1)),
    }
}

fn in_set(set: &[u8], byte: u8) -> bool {
    match set {
        [from, b'-', to, rest @ ..] => (*from..=*to).contains(&byte) || in_set(rest, byte),
        [one, rest @ ..] => *one == byte || in_set(rest, byte),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_match_as_in_a_shell() {
        for (pattern, name, wanted) in [
            ("*.pt", "a.pt", true),
            ("*.pt", "b/a.pt", false),
            ("**/*.pt", "a.pt", true),
            ("**/*.pt", "b/c/a.pt", true),
            ("**/*.pt", "b/c/a.pth", false),
            ("**", "b/c", true),
            ("*/c/?.pt", "b/c/ä.pt", true),
            ("[a-c]x[!0-9].pkl", "bxq.pkl", true),
            ("[a-c]x[!0-9].pkl", "bx1.pkl", false),
            ("[!a]", "a", false),
            ("a*b*c", "a--b-b--c", true),
            ("a*b*c", "a--c", false),
            ("**/x/**/y", "a/x/y", true),
            ("**/x/**/y", "a/y/x", false),
        ] {
            assert_eq!(Pattern::of(pattern).unwrap().matches(name), wanted, "{pattern} {name}");
        }
        let many = "**/".repeat(60) + "z";
        assert!(!Pattern::of(&many).unwrap().matches(&"a/".repeat(100)));
    }

    #[test]
    fn what_could_hold_a_match_is_told_from_what_could_not() {
        let pattern = Pattern::of("models/*/x.pt").unwrap();
        assert_eq!(pattern.base.to_str(), Some("models"));
        assert!(pattern.may_match("a"));
        assert!(!pattern.may_match("a/y.pt"));
        assert!(Pattern::of("models/a.pt").is_none());
        assert_eq!(Pattern::of("/*.pt").unwrap().base.to_str(), Some("/"));
    }
}
