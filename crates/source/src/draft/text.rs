//! A draft as the text of a system file.

use std::fmt::Write as _;

use coseal_core::system::{Exposure, word};

use super::{answers::Answer, kind::SystemKind, making::Draft, part::Part, quoted::quoted};

/// What marks a question that is still open; `system::Unconfirmed` reads it back.
const TODO: &str = "# TODO(coseal):";

/// The tables, in the order in which they are written, each with what is to be said about it.
const TABLES: [(&str, &str); 12] = [
    ("model", ""),
    ("adapter", ""),
    ("dataset", "class and use are assumed"),
    ("prompt", ""),
    ("store", "class is assumed; add writers: who can put text in decides how far it is trusted"),
    ("mcp", ""),
    ("tool", "effect: read | write | external | irreversible; approval: none | policy | human"),
    ("agent", ""),
    ("service", "class, which is assumed, is the most sensitive that may go there"),
    (
        "endpoint",
        "add auth (none | key | session | oauth | mtls), tls and quota: files do not tell",
    ),
    (
        "flow",
        "who tells what to whom, as such systems do, is assumed; class is the most sensitive on it",
    ),
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
            out.push_str(&about_table(draft, table));
            parts.iter().for_each(|part| out.push_str(&format!("{}\n", part.line())));
        }
        if table == "model" && parts.is_empty() {
            let _ = writeln!(out, "\n[model] {TODO} no model was found: where is it?");
            out.push_str("# chat = { location = \"api:PROVIDER/MODEL\" }\n");
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
        out.push_str("# TODO(coseal) marks what only you know; until you say, the safest is assumed, and called so wherever it matters.\n");
    }
    out.push_str("schema = 1\n\n[system]\n");
    let _ = writeln!(out, "id = {}", quoted(&draft.id));
    line(&mut out, "purpose", &purpose, &answers.purpose, "what it is for, in one sentence");
    out.push_str(&exposure(draft));
    let ask = "what if it is wrong or hostile? low | medium | high | critical";
    line(&mut out, "impact", &word(&answers.impact.value), &answers.impact, ask);
    out.push_str("environments = [\"production\"] # assumed: there is no other\n");
    if draft.guess.kind != SystemKind::Classifier {
        out.push_str("modalities = [\"text\"] # assumed: text only\n");
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

/// Who can reach it, and where that is not seen the question where.
fn exposure(draft: &Draft) -> String {
    let answer = &draft.answers.exposure;
    let seen = draft.parts.iter().any(|part| part.table == "endpoint");
    let ask = match (answer.given, seen || answer.value == Exposure::Offline) {
        (true, true) => String::new(),
        (true, false) => {
            format!(" {TODO} where is it reached? add [endpoint.NAME] with address and auth")
        }
        (false, _) => format!(" {TODO} who can reach it? offline | staff | partners | public"),
    };
    format!("exposure = {}{ask}\n", quoted(&word(&answer.value)))
}

/// What is to be said before the lines of a table. The question about data stands where data is first.
fn about_table(draft: &Draft, table: &str) -> String {
    let given = draft.answers.personal.given;
    let class = |part: &&Part| part.table == "dataset" && part.text("class") == Some("personal");
    let kept = draft.parts.iter().any(|part| class(&part));
    let ask = "does data about people go in?";
    match table {
        "dataset" if kept && given => {
            format!("{TODO} how long is data about people kept? add retention to each line\n")
        }
        "dataset" if kept => format!(
            "{TODO} {ask} If so, add retention, how long it is kept; if not, class is \"internal\" wherever it is \"personal\".\n"
        ),
        "flow" => {
            let if_not = "class is \"internal\" here and above.";
            let data = match draft.parts.iter().any(|part| part.table == "model") {
                _ if given || kept => String::new(),
                true => format!("{TODO} {ask} If not, {if_not}\n"),
                // Where not even a model was found, that is the question.
                false => format!("# that data about people goes in is assumed; if not, {if_not}\n"),
            };
            format!("{data}{}", undecided(draft))
        }
        _ => String::new(),
    }
}

/// Files show what there is to answer, and not what does.
fn undecided(draft: &Draft) -> String {
    let from_app = |part: &&Part| part.id == "answer" && part.text("from") == Some("app");
    match draft.candidates {
        0 | 1 => String::new(),
        count if draft.parts.iter().any(|part| from_app(&part)) => {
            format!("# Files do not tell which of {count} models answers: flows go by the app.\n")
        }
        _ => String::new(),
    }
}
