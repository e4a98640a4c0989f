//! Patterns of paths and addresses.

/// Whether `pattern` is all of `text`: `*` is any run of characters but `/`, `**` any run at all. It takes no longer than the
/// product of both lengths.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    // Which beginnings of the text the pattern so far is all of.
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    let mut rest = pattern.as_slice();
    while let Some((letter, after)) = rest.split_first() {
        let any = *letter == '*' && after.first() == Some(&'*');
        rest = if any { after.get(1..).unwrap_or_default() } else { after };
        reached = match letter {
            '*' => starred(&reached, &text, any),
            letter => stepped(&reached, &text, *letter),
        };
    }
    reached.last() == Some(&true)
}

fn stepped(reached: &[bool], text: &[char], letter: char) -> Vec<bool> {
    let steps = reached.iter().zip(text).map(|(reached, c)| *reached && *c == letter);
    std::iter::once(false).chain(steps).collect()
}

fn starred(reached: &[bool], text: &[char], any: bool) -> Vec<bool> {
    let mut open = false;
    let mut out = Vec::with_capacity(reached.len());
    for (index, reached) in reached.iter().enumerate() {
        let passed = index.checked_sub(1).and_then(|at| text.get(at));
        open = *reached || open && passed.is_none_or(|c| any || *c != '/');
        out.push(open);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stay_within_a_folder_and_double_stars_do_not() {
        assert!(matches("models/*.pkl", "models/a.pkl"));
        assert!(!matches("models/*.pkl", "models/a/b.pkl"));
        assert!(matches("models/**", "models/a/b.pkl"));
        assert!(matches("https://models.example.org/**", "https://models.example.org/a/b"));
        assert!(!matches("https://models.example.org/**", "https://models.example.org.evil/a"));
        assert!(matches("**/x", "a/b/x") && !matches("**/x", "x"));
        assert!(matches("a*b*c", "a--b--c") && !matches("a*b*c", "a--c--b"));
        assert!(!matches("", "a") && matches("", "") && matches("**", ""));
        assert!(!matches(&"*a".repeat(2000), &"a".repeat(3000).replace('a', "b")));
    }
}
