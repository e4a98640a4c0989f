//! Patterns for the full dotted name of what is called.

/// A pattern and the packages that it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    /// The last parts of the name, dots between; `*` at the start or end of a part stands for anything.
    pub(crate) call: &'static str,
    /// How the package's name may start, with `_` for `-`; empty for any package.
    pub(crate) of: &'static [&'static str],
}

impl Pattern {
    /// Whether a full dotted name fits.
    pub(crate) fn fits(&self, dotted: &str) -> bool {
        // Most names are told apart by their last letter alone.
        let last = self.call.as_bytes().last();
        if last != Some(&b'*') && last != dotted.as_bytes().last() {
            return false;
        }
        let called = |part: &str| part.ends_with("()");
        // Calling what a call gave is another call: `executor(…)` makes no executor.
        if called(dotted) != called(self.call) {
            return false;
        }
        let mut parts = dotted.rsplit('.');
        let all = self.call.rsplit('.').all(|wanted| {
            let wanted = wanted.trim_end_matches("()");
            parts.next().is_some_and(|part| part_fits(wanted, part.trim_end_matches("()")))
        });
        all && is_of(self.of, dotted)
    }
}

/// Whether a dotted name begins with one of these packages.
pub(crate) fn is_of(packages: &[&str], dotted: &str) -> bool {
    if packages.is_empty() {
        return true;
    }
    let name = dotted.trim_start_matches('@').replace('-', "_");
    packages.iter().any(|package| name.starts_with(package.trim_start_matches('@')))
}

fn part_fits(wanted: &str, part: &str) -> bool {
    // What stands before the last `/` is the path of a script's package.
    let part = part.rsplit('/').next().unwrap_or(part);
    match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
        (Some(end), _) => part.ends_with(end),
        (None, Some(start)) => part.starts_with(start),
        (None, None) => wanted == part,
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn the_last_parts_and_the_package_have_to_fit() {
        let any = Pattern { call: "chat.completions.create", of: &[] };
        assert!(any.fits("openai.OpenAI().chat.completions.create"));
        assert!(!any.fits("completions.create"));
        let of = Pattern { call: "Chat*", of: &["langchain"] };
        assert!(of.fits("langchain_openai.ChatOpenAI"));
        assert!(of.fits("@langchain/openai.ChatOpenAI"));
        assert!(!of.fits("own.ChatOpenAI"));
        assert!(!of.fits("langchain_openai.ChatOpenAI()"));
    }
}
