//! The nearest name, for hints in errors.

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// Near means: a Damerau-Levenshtein distance of at most a third of the longer word (at least 1), or
/// one name being the other's beginning. Ties go to the first in the given order.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let wanted = plain(word);
    if wanted.is_empty() || wanted.len() > MAX_WORD {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = plain(candidate);
            let distance = strsim::damerau_levenshtein(&wanted, &other);
            let longest = wanted.chars().count().max(other.chars().count());
            let near = distance <= (longest / 3).max(1);
            let begins = wanted.len() >= 3 && other.starts_with(&wanted)
                || other.len() >= 3 && wanted.starts_with(&other);
            (near || begins).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Longer words than this are never looked up: edit distance is quadratic.
const MAX_WORD: usize = 64;

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typos_and_beginnings_and_nothing_far() {
        let names = ["location", "digest", "licence", "made-from"];
        assert_eq!(nearest("locaton", names), Some("location"));
        assert_eq!(nearest("made_from", names), Some("made-from"));
        assert_eq!(nearest("loc", names), Some("location"));
        assert_eq!(nearest("license", names), Some("licence"));
        assert_eq!(nearest("zzzzzz", names), None);
        assert_eq!(nearest("", names), None);
    }
}
