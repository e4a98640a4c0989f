//! Examples: chapters of the literate tests (`tests/checks/ID.md`), so each of them is known to be true.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::page::{Page, sentence};

/// A folder, and what a check says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The check.
    pub check: String,
    /// What it shows, a fragment.
    pub title: String,
    /// The state that the check has in it.
    pub state: String,
    /// What the chapter says of it, a paragraph or none.
    pub text: String,
    /// Rules of the findings.
    pub finds: Vec<String>,
    /// The files of the folder.
    pub files: Vec<File>,
}

/// A file of an example.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Path in the folder.
    pub path: String,
    /// Language, for colours; `base64` for bytes.
    pub language: String,
    /// Content.
    pub text: String,
    /// Whose key signs it, where it is a decision.
    pub signed: Option<String>,
}

impl File {
    /// The same file with this content, without what has the form of a key.
    #[must_use]
    pub fn holding(self, text: &str) -> Self {
        Self { text: coseal_source::secrets::masked(text).into_owned(), ..self }
    }
}

/// The example of each check and of each rule, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// By check.
    pub checks: BTreeMap<String, Example>,
    /// By rule.
    pub rules: BTreeMap<String, Example>,
}

static BUILT_IN: LazyLock<Examples> =
    LazyLock::new(|| serde_json::from_str(include_str!("examples.json")).unwrap_or_default());

impl Examples {
    /// Those of this build.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

/// Shows an example, on the page of a rule or of its check.
pub(super) fn show(page: &mut Page, example: &Example) {
    page.heading("Example");
    let check = format!("checks/{}.md", example.check);
    let which = if page.path == check {
        "the check".into()
    } else {
        format!("[{}]({check})", example.check)
    };
    let others = example.finds.iter().map(|rule| (rule, format!("rules/{rule}.md")));
    let others = others.filter(|(_, path)| *path != page.path);
    let found: Vec<_> = others.map(|(rule, path)| format!("[{rule}]({path})")).collect();
    let found =
        if found.is_empty() { String::new() } else { format!(", and finds {}", found.join(", ")) };
    page.text(format!(
        "*{}* Here {which} is **{}**{found}.",
        sentence(&example.title),
        example.state
    ));
    page.text(&example.text);
    for file in &example.files {
        file_of(page, file);
    }
}

fn file_of(page: &mut Page, file: &File) {
    let signed = file
        .signed
        .as_ref()
        .map_or(String::new(), |who| format!(", signed with {} key", whose(who)));
    if file.language == "base64" {
        let bytes = file.text.split_whitespace().map(str::len).sum::<usize>() * 3 / 4;
        return page.text(format!("`{}`{signed}: a file of some {bytes} bytes.", file.path));
    }
    let part = if file.path == "coseal.toml" && !file.text.contains("[system]") {
        ", beside its table `[system]`"
    } else {
        ""
    };
    page.text(format!("`{}`{signed}{part}:", file.path));
    page.code(&file.language, &file.text);
}

fn whose(key: &str) -> String {
    match key {
        "owner" | "risk-owner" | "privacy" | "developer" => format!("the {key}'s"),
        "single" => "the one person's".to_owned(),
        "stranger" => "a stranger's".to_owned(),
        "revoked" => "a revoked".to_owned(),
        _ => "a".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Examples;

    #[test]
    fn the_built_in_examples_can_be_read() {
        assert!(Examples::built_in().checks.len() > 20);
        assert!(Examples::built_in().rules.len() > 50);
    }
}
