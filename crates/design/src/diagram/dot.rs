//! The diagram in the DOT language of Graphviz.

use std::fmt::Write as _;

use super::{Box, Form, View};

/// The diagram in the DOT language. Ids of system files are safe in quotes: letters, digits, `-` and `.`.
#[must_use]
pub fn dot(view: &View) -> String {
    let mut out = String::from(
        "digraph system {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=11];\n  edge [fontname=\"sans-serif\", fontsize=9];\n",
    );
    for (zone, boxes) in &view.zones {
        if zone.is_empty() {
            boxes.iter().for_each(|one| node(&mut out, "  ", one));
            continue;
        }
        let _ =
            writeln!(out, "  subgraph \"cluster_{zone}\" {{\n    label=\"{zone}\"; style=dashed;");
        boxes.iter().for_each(|one| node(&mut out, "    ", one));
        out.push_str("  }\n");
    }
    for arrow in &view.arrows {
        let style = match (arrow.untrusted, arrow.relation) {
            (true, _) => ", color=\"#b42318\", penwidth=1.6",
            (false, true) => ", style=dotted",
            (false, false) => "",
        };
        let _ = writeln!(
            out,
            "  \"{}\" -> \"{}\" [label=\"{}\"{style}];",
            arrow.from, arrow.to, arrow.label
        );
    }
    out.push_str("}\n");
    out
}

fn node(out: &mut String, indent: &str, one: &Box) {
    let shape = match one.form {
        Form::External => "box",
        Form::Process => "ellipse",
        Form::Store => "cylinder",
    };
    let badge = match one.threats {
        0 => String::new(),
        1 => "\\n1 threat".to_owned(),
        count => format!("\\n{count} threats"),
    };
    let _ = writeln!(out, "{indent}\"{0}\" [label=\"{0}{badge}\", shape={shape}];", one.id);
}
