//! One node, judged alone: its operation, its device and its attributes.

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    flow::key,
    graph::Graph,
    open::{Attribute, Node},
    policy::{Standing, is_console, is_elsewhere, is_inner_name, is_inside, leads_out, standing},
    rules::{BROKEN, DANGEROUS, MACHINE, OPERATION, OUTSIDE},
    session,
};
use crate::{
    artefact::report::Report,
    bytes::{ReadAt, Section},
};

/// How functions may be run.
const EXECUTORS: &[&str] = &["", "DEFAULT", "SINGLE_THREADED_EXECUTOR"];

/// Takes what is to be known of an attribute over to its node.
pub(super) fn attribute(
    node: &mut Node,
    attribute: Attribute,
    bytes: &dyn ReadAt,
    report: &mut Report,
) {
    let Attribute { key, texts, bytes: places } = attribute;
    if matches!(key.as_str(), "config" | "config_proto") {
        for (start, length) in places {
            session::read(&Section::new(bytes, start, length), start, report);
        }
        return;
    }
    if key == "shared_name" {
        node.shared = texts.first().cloned().unwrap_or_default();
    }
    let kept = |text: &String| match key.as_str() {
        "separator" | "output_stream" | "executor_type" | "descriptor_source" => true,
        _ => !is_inner_name(&key) && leads_out(text),
    };
    for text in texts.into_iter().filter(kept) {
        node.attribute(&key, text);
    }
}

/// Judges a node, and keeps what is judged when all are known.
pub(super) fn judge(node: &Node, graph: &mut Graph, report: &mut Report) {
    let (at, operation) = (node.at, node.operation.as_str());
    if operation.is_empty() {
        let text = format!("the node {} has no operation", node.name);
        report.find(&BROKEN, Malformed, at, &text);
        return;
    }
    if node.full {
        report.gap("the operations", "one has more inputs or attributes than are read");
    }
    let place = key(node.scope, &node.name);
    graph.call(operation, at);
    graph.places(operation, &node.inputs);
    graph.flow.node(place, node.origin(), &node.inputs);
    graph.variables.node(node, place);
    if let Some(path) = &node.path {
        graph.path(place, path.clone(), at);
    }
    for function in node.functions.iter().filter(|name| !name.is_empty()) {
        graph.call(function, at);
        graph.flow.call(function, place, &node.inputs, node.skipped());
    }
    if standing(operation) == Standing::Unknown {
        graph.flow.call(operation, place, &node.inputs, Some(0));
    }
    if is_elsewhere(&node.device) {
        let text = format!("{operation} on {}", node.device);
        report.find(&MACHINE, Unknown, at, &text);
    }
    texts(node, report);
}

fn texts(node: &Node, report: &mut Report) {
    let operation = node.operation.as_str();
    for (key, text) in &node.texts {
        let shown = format!("{operation}: {key} {text}");
        match key.as_str() {
            "output_stream" if !is_console(text) => {
                let text = format!("{operation} to {text}");
                report.find(&DANGEROUS, Malicious, node.at, &text);
            }
            "executor_type" if !EXECUTORS.contains(&text.as_str()) => {
                report.find(&OPERATION, Unknown, node.at, &shown);
            }
            "descriptor_source" if is_inside(text) => {}
            "descriptor_source" if !leads_out(text) => {
                report.find(&OPERATION, Unknown, node.at, &shown);
            }
            _ if !leads_out(text) => {}
            // What it does with a text is known, and reaches no files.
            _ if standing(operation) == Standing::Known => {
                report.find(&OPERATION, Unknown, node.at, &shown);
            }
            _ => report.find(&OUTSIDE, Malicious, node.at, &shown),
        }
    }
}
