//! A decision in the making, and its text.

use std::fmt::Write as _;

use coseal_core::{
    decision::{Cited, DecisionKind},
    digest::Digest,
    system::word,
};

use super::{
    command::{Common, Refused, needed},
    folder::Folder,
};

/// What one kind of decision adds to what all have.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: DecisionKind,
    /// Lines of keys.
    pub(super) keys: String,
    /// Lines of tables, which have to follow all keys.
    pub(super) tables: String,
}

impl Draft {
    /// The text of the file.
    pub(super) fn text(
        &self,
        folder: &Folder,
        common: &Common,
        example: &str,
    ) -> Result<String, Refused> {
        let role = needed(common.role.as_ref(), "--role", example)?;
        let reason = needed(common.reason.as_ref(), "--reason", example)?;
        let mut out = String::from(
            "# A decision. Whoever signs it, beside this file, answers for every line of it.\n",
        );
        let _ = writeln!(out, "schema = 1\nkind = {}", quoted(&word(&self.kind)));
        let _ = writeln!(out, "system = {}", quoted(&folder.system.system.id));
        let _ = writeln!(out, "role = {}", quoted(role));
        let _ = writeln!(out, "made = {}", common.made());
        if let Some(last) = common.last_day()? {
            let _ = writeln!(out, "expires = {last}");
        }
        let _ = writeln!(out, "reason = {}", quoted(reason));
        if !common.environment.is_empty() {
            let _ = writeln!(out, "environments = {}", list(&common.environment));
        }
        let _ = write!(out, "\n# What is decided.\n{}", self.keys);
        if !self.tables.is_empty() {
            let _ = write!(out, "\n{}", self.tables);
        }
        for given in &common.evidence {
            out.push_str(&evidence(folder, given)?);
        }
        Ok(out)
    }
}

/// A piece of evidence as it is given, `[WHAT=]PATH|DIGEST`.
fn split(given: &str) -> (Option<&str>, &str) {
    match given.split_once('=') {
        Some((what, of)) if !what.trim().is_empty() => (Some(what.trim()), of.trim()),
        _ => (None, given.trim()),
    }
}

fn evidence(folder: &Folder, given: &str) -> Result<String, Refused> {
    let (what, of) = split(given);
    let mut out = String::from(
        "\n# It rests on this: once it changes, the decision is stale.\n[[evidence]]\n",
    );
    let plain = match of.parse::<Digest>() {
        Ok(_) => "a record",
        Err(_) => of,
    };
    let _ = writeln!(out, "what = {}", quoted(what.unwrap_or(plain)));
    match folder.cited(of)? {
        Cited::File(path, digest) => {
            let _ = writeln!(out, "path = {}\ndigest = \"{digest}\"", quoted(path));
        }
        Cited::Record(id) => {
            let _ = writeln!(out, "record = \"{id}\"");
        }
        Cited::Decision(of) => {
            let _ = writeln!(out, "decision = \"{of}\"");
        }
    }
    Ok(out)
}

/// The digests of the evidence that is given.
pub(super) fn digests(folder: &Folder, common: &Common) -> Result<Vec<String>, Refused> {
    let all = common.evidence.iter().map(|given| {
        Ok(match folder.cited(split(given).1)? {
            Cited::File(_, digest) | Cited::Record(digest) | Cited::Decision(digest) => {
                digest.to_string()
            }
        })
    });
    all.collect()
}

/// Text as TOML: every escape of JSON is one of TOML.
pub(super) fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace('\u{7f}', "\\u007f")
}

/// A list of texts as TOML.
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<_> = items.iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{list, quoted, split};

    #[test]
    fn text_is_text_whatever_is_in_it() {
        assert_eq!(quoted("a \"b\"\\\n\u{7f}é"), "\"a \\\"b\\\"\\\\\\n\\u007fé\"");
        assert_eq!(list(&["a", "b"]), "[\"a\", \"b\"]");
    }

    #[test]
    fn what_evidence_shows_may_stand_before_it() {
        assert_eq!(split("the list=docs/a.csv"), (Some("the list"), "docs/a.csv"));
        assert_eq!(split("docs/a.csv"), (None, "docs/a.csv"));
    }
}
