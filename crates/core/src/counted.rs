//! Numbers of things, in words.

/// `1 file`, `2 files`: things whose plural ends in `s`.
#[must_use]
pub fn counted(count: impl TryInto<u64>, thing: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

/// `1 file is`, `2 files are`.
#[must_use]
pub fn counted_are(count: impl TryInto<u64>, thing: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{} {}", counted(count, thing), if count == 1 { "is" } else { "are" })
}

#[cfg(test)]
mod tests {
    use super::{counted, counted_are};

    #[test]
    fn one_is_no_plural() {
        assert_eq!([0_u64, 1, 2].map(|n| counted(n, "file")), ["0 files", "1 file", "2 files"]);
        assert_eq!([1_u64, 2].map(|n| counted_are(n, "file")), ["1 file is", "2 files are"]);
        assert_eq!(counted(1_usize, "must-check"), "1 must-check");
    }
}
