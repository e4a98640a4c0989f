//! Examples for the book, from the literate tests `tests/checks/ID.md`: their form is described in `tests/e2e/chapters.rs`.

use std::{collections::BTreeMap, fs, path::Path};

use coseal::{
    book::{Example, Examples, File},
    registry,
};

/// Longer examples, in lines, are shown only where there is no shorter one.
const LONG: usize = 36;

/// For each check a chapter in which it fails, and for each rule one that finds it.
pub(crate) fn examples(root: &Path) -> Result<Examples, String> {
    let mut examples = Examples::default();
    let mut by_rule: BTreeMap<String, Vec<Example>> = BTreeMap::new();
    for check in registry::checks() {
        let id = check.meta().id;
        let name = format!("tests/checks/{id}.md");
        #[expect(clippy::disallowed_methods, reason = "the project's own files")]
        let text = fs::read_to_string(root.join(&name))
            .map_err(|error| format!("failed to read {name}: {error}"))?;
        let chapters = chapters(id, &text);
        for chapter in &chapters {
            for rule in &chapter.finds {
                by_rule.entry(rule.clone()).or_default().push(chapter.clone());
            }
        }
        let failing = chapters.into_iter().filter(|chapter| chapter.state == "fail");
        if let Some(example) = best(failing.collect()) {
            examples.checks.insert(id.to_owned(), example);
        }
    }
    for (rule, mut chapters) in by_rule {
        // One that shows this alone is the clearest.
        let fewest = chapters.iter().map(|chapter| chapter.finds.len()).min();
        chapters.retain(|chapter| Some(chapter.finds.len()) == fewest);
        if let Some(example) = best(chapters) {
            examples.rules.insert(rule, example);
        }
    }
    Ok(examples)
}

/// The first that is short enough, or else the shortest.
fn best(chapters: Vec<Example>) -> Option<Example> {
    let first = chapters.iter().find(|chapter| lines(chapter) <= LONG).cloned();
    first.or_else(|| chapters.into_iter().min_by_key(lines))
}

fn lines(chapter: &Example) -> usize {
    let shown = chapter.files.iter().filter(|file| file.language != "base64");
    shown.map(|file| file.text.lines().count()).sum()
}

fn chapters(check: &str, text: &str) -> Vec<Example> {
    text.split("\n## ").skip(1).filter_map(|part| chapter(check, part)).collect()
}

fn chapter(check: &str, part: &str) -> Option<Example> {
    let (heading, body) = part.split_once('\n')?;
    let (state, title) = heading.split_once(':')?;
    let mut chapter = Example {
        check: check.to_owned(),
        title: title.trim().to_owned(),
        state: state.trim().to_owned(),
        text: String::new(),
        finds: Vec::new(),
        files: Vec::new(),
    };
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        if let Some(rules) = line.strip_prefix("Finds:") {
            let rules = rules.split(',').map(|rule| rule.trim().trim_end_matches('.'));
            chapter.finds = rules.filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
        } else if let Some((fence, file)) = opens(line) {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != fence).collect();
            chapter.files.push(file.holding(&block.join("\n")));
        } else if chapter.files.is_empty() {
            // What follows the files is about the outcome in detail.
            chapter.text = format!("{} {line}", chapter.text).trim().to_owned();
        }
    }
    Some(chapter)
}

/// The fence and the file of a line that opens a block.
fn opens(line: &str) -> Option<(&str, File)> {
    let info = line.trim_start_matches('`');
    let fence = line.get(..line.len() - info.len()).filter(|fence| fence.len() >= 3)?;
    let (language, file) = info.split_once(" file=")?;
    let (path, signed) = file.split_once(" signed=").map_or((file, None), |(p, s)| (p, Some(s)));
    let signed = signed.map(|signed| signed.trim().to_owned());
    let (path, language) = (path.trim().to_owned(), language.trim().to_owned());
    Some((fence, File { path, language, text: String::new(), signed }))
}

#[cfg(test)]
mod tests {
    use super::chapters;

    #[test]
    fn chapters_are_read() {
        let text = "# a-check\n\nWhy.\n\n## fail: it is so\n\nBecause.\n\n```toml file=coseal.toml\na = 1\n```\n\nFinds: a-rule, b-rule\n";
        let all = chapters("a-check", text);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].state.as_str(), all[0].title.as_str()), ("fail", "it is so"));
        assert_eq!(all[0].text, "Because.");
        assert_eq!(all[0].finds, ["a-rule", "b-rule"]);
        assert_eq!(
            (all[0].files[0].path.as_str(), all[0].files[0].text.as_str()),
            ("coseal.toml", "a = 1")
        );
    }
}
