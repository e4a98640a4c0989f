//! The diagram as a Mermaid flowchart, as code hosts draw it in a page.

use std::fmt::Write as _;

use super::{Box, Form, View};

/// The diagram as a Mermaid flowchart. Names of nodes are their ids with `_` for what Mermaid does not take.
#[must_use]
pub fn mermaid(view: &View) -> String {
    let mut out = String::from("flowchart LR\n");
    for (zone, boxes) in &view.zones {
        if zone.is_empty() {
            boxes.iter().for_each(|one| node(&mut out, "  ", one));
            continue;
        }
        let _ = writeln!(out, "  subgraph zone_{} [\"{zone}\"]", name(zone));
        boxes.iter().for_each(|one| node(&mut out, "    ", one));
        out.push_str("  end\n");
    }
    let mut hostile = Vec::new();
    for (at, arrow) in view.arrows.iter().enumerate() {
        let line = if arrow.relation { "-.->" } else { "-->" };
        let _ =
            writeln!(out, "  {} {line}|{}| {}", name(&arrow.from), arrow.label, name(&arrow.to));
        if arrow.untrusted {
            hostile.push(at.to_string());
        }
    }
    if !hostile.is_empty() {
        let _ = writeln!(out, "  linkStyle {} stroke:#b42318,stroke-width:2px", hostile.join(","));
    }
    out
}

fn node(out: &mut String, indent: &str, one: &Box) {
    let badge = match one.threats {
        0 => String::new(),
        1 => "<br>1 threat".to_owned(),
        count => format!("<br>{count} threats"),
    };
    let text = format!("\"{}{badge}\"", one.id);
    let _ = match one.form {
        Form::External => writeln!(out, "{indent}{}[{text}]", name(&one.id)),
        Form::Process => writeln!(out, "{indent}{}([{text}])", name(&one.id)),
        Form::Store => writeln!(out, "{indent}{}[({text})]", name(&one.id)),
    };
}

/// A name of a node: `end` and the like mean something to Mermaid, so each begins with a letter of ours.
fn name(id: &str) -> String {
    let letters = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    std::iter::once('n').chain(letters).collect()
}
