//! The words that results are told in: states, grades, exit codes, levels, scopes, severities, terms.

mod table;
mod terms;
mod verdicts;

pub(super) use self::table::GROUPS;
use super::page::Page;

/// A word and what it means.
pub(super) struct Word {
    /// What it is looked up by.
    pub(super) name: &'static str,
    /// Its heading on the page.
    pub(super) title: &'static str,
    /// What it means.
    pub(super) means: &'static [&'static str],
    /// What to do about it, as commands.
    pub(super) next: &'static [&'static str],
}

/// Words of one kind.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) words: &'static [Word],
}

/// The page that holds them all.
pub(super) const PATH: &str = "words.md";

/// The page of them all.
pub(super) fn page() -> Page {
    let mut page = Page::new(PATH, "States, grades, exit codes and terms");
    page.text("The words that results are told in. `coseal explain WORD` shows one of them on a terminal.");
    for group in GROUPS {
        page.heading(group.title);
        page.text(group.about);
        for word in group.words {
            page.subheading(word.title);
            tell(&mut page, word);
        }
    }
    page
}

/// A word alone, as a part of that page.
pub(super) fn part(group: &Group, word: &Word) -> Page {
    let anchor = word.title.to_lowercase().replace(' ', "-");
    let mut page = Page::new(format!("{PATH}#{anchor}"), word.title);
    page.text(format!("**{}.** {}", group.title, group.about));
    tell(&mut page, word);
    page
}

fn tell(page: &mut Page, word: &Word) {
    for text in word.means {
        page.text(text);
    }
    if !word.next.is_empty() {
        page.code("sh", word.next.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::{catalogue::Scope, exit::ExitCode, outcome::State};

    use super::GROUPS;

    #[test]
    fn every_state_scope_and_exit_code_has_its_words() {
        let names: Vec<_> =
            GROUPS.iter().flat_map(|group| group.words).map(|word| word.name).collect();
        assert!(State::ALL.iter().all(|state| names.contains(&state.word())));
        assert!(Scope::ALL.iter().all(|scope| names.contains(&scope.word())));
        for code in ExitCode::PRECEDENCE {
            assert!(names.contains(&code.code().to_string().as_str()), "{code:?}");
        }
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }
}
