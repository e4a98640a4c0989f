//! A draft as the text of a system file.

use std::fmt::Write as _;

use coseal_core::system::word;

use super::{
    answers::Answer,
    kind::SystemKind,
    making::{Draft, class},
    part::Part,
    quoted::quoted,
};

/// What marks a question that is still open.
const TODO: &str = "# TODO(coseal):";

/// The tables, in the order in which they are written, each with what is to be said about it.
const TABLES: [(&str, &str); 13] = [
    ("model", ""),
    ("adapter", ""),
    ("dataset", "class and use are assumed"),
    ("prompt", ""),
    (
        "store",
        "class and writers are assumed: who can put text in decides how far what comes out is trusted",
    ),
    ("mcp", ""),
    ("tool", "effect: read | write | external | irreversible; approval: none | policy | human"),
    ("agent", ""),
    ("service", "class is the most sensitive that may go there"),
    ("log", "assumed: most systems keep one; add retention, or remove it and flow.record"),
    ("endpoint", "auth: none | key | session | oauth | mtls; none is assumed. Add tls and quota"),
    ("flow", "who tells what to whom; class is the most sensitive that can be on it"),
    ("document", ""),
];

/// The text of a draft.
#[must_use]
pub fn text(draft: &Draft) -> String {
    let mut out = head(draft);
    for (table, comment) in TABLES {
        let parts: Vec<&Part> = draft.parts.iter().filter(|part| part.table == table).collect();
        if !parts.is_empty() {
            let _ = write!(out, "\n[{table}]");
            let comment = if comment.is_empty() { String::new() } else { format!(" # {comment}") };
            let _ = writeln!(out, "{comment}");
            out.push_str(&about_data(draft, table));
            parts.iter().for_each(|part| out.push_str(&format!("{}\n", part.line())));
        }
        if table == "model" && parts.is_empty() {
            out.push_str("\n# No model was found. Say where it is:\n");
            out.push_str("# [model]\n# chat = { location = \"api:PROVIDER/MODEL\" }\n");
        }
    }
    out
}

fn head(draft: &Draft) -> String {
    let answers = &draft.answers;
    let purpose = answers.purpose.value.clone().filter(|text| !text.trim().is_empty());
    let purpose = purpose.unwrap_or_else(|| draft.guess.kind.purpose().to_owned());
    let contact = answers.contact.value.clone();
    let contact = contact.unwrap_or_else(|| "mailto:risk-owner@example.invalid".to_owned());
    let mut out = format!(
        "# The system file of {}: its parts as files show them, and what a machine can't find out.\n",
        draft.id
    );
    if answers.open() > 0 {
        out.push_str("# TODO(coseal) marks what only you know; until you say, the safest is assumed. Read the rest once.\n");
    }
    out.push_str("schema = 1\n\n[system]\n");
    let _ = writeln!(out, "id = {}", quoted(&draft.id));
    line(&mut out, "purpose", &purpose, &answers.purpose, "what it is for, in one sentence");
    let exposure = word(&answers.exposure.value);
    let ask = "who can reach it? offline | staff | partners | public";
    line(&mut out, "exposure", &exposure, &answers.exposure, ask);
    let ask = "what if it is wrong or hostile? low | medium | high | critical";
    line(&mut out, "impact", &word(&answers.impact.value), &answers.impact, ask);
    out.push_str("environments = [\"production\"]\n");
    if draft.guess.kind != SystemKind::Classifier {
        out.push_str("modalities = [\"text\"]\n");
    }
    out.push_str(
        "\n[role] # groups, not people; add checked = \"YYYY-MM-DD\" once a contact was tried\n",
    );
    let todo = if answers.contact.given {
        String::new()
    } else {
        format!(" {TODO} who answers for the risk?")
    };
    let _ = writeln!(out, "risk-owner = {{ contact = {} }}{todo}", quoted(&contact));
    let _ = writeln!(
        out,
        "incident = {{ contact = {}, escalates-to = \"risk-owner\" }} # the same until you name another",
        quoted(&contact)
    );
    out
}

fn line<T>(out: &mut String, key: &str, value: &str, answer: &Answer<T>, ask: &str) {
    let todo = if answer.given { String::new() } else { format!(" {TODO} {ask}") };
    let _ = writeln!(out, "{key} = {}{todo}", quoted(value));
}

/// What is to be said of data before its tables.
fn about_data(draft: &Draft, table: &str) -> String {
    let personal = class(&draft.answers) == "personal";
    match table {
        "dataset" if personal => {
            "# Data about people: add retention, how long it is kept.\n".to_owned()
        }
        "flow" if !draft.answers.personal.given => {
            format!(
                "{TODO} does data about people go in? If not, class is \"internal\" here and above.\n"
            )
        }
        _ => String::new(),
    }
}
