//! Which files are models of OpenVINO, and a walk over their elements.

use coseal_core::{
    fact::ArtefactVerdict::{Malicious, Unknown},
    system::ModelFormat,
};

use super::{
    layer,
    rules::{BROKEN, ELEMENT, EXTENSION, OUTSIDE, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::{pickle::Pickle, template},
        report::Report,
        room::Room,
        stop::{Step, Stop, broken, settle},
    },
    encoding::xml::{Event, Xml},
};

/// Elements that are followed.
const MAX_ELEMENTS: u64 = 20_000_000;
/// Elements of models.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "net", "layers", "layer", "data", "input", "output", "port", "dim", "edges", "edge", "attribute", "body", "then_body", "else_body", "port_map",
    "then_port_map", "else_port_map", "back_edges", "blobs", "weights", "biases", "custom", "values", "inputs", "outputs",
];
/// Elements that hold what was noted when the model was made, in elements of any name.
const NOTES: &[&str] = &[
    "rt_info",
    "meta_data",
    "quantization_parameters",
    "statistics",
    "pre-process",
    "cli_parameters",
    "conversion_parameters",
];

/// A model of OpenVINO.
pub(crate) const OPENVINO: Room = Room {
    id: "openvino",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let head = look.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(look.head).trim_ascii_start();
        let holds = |text: &[u8]| memchr::memmem::find(head, text).is_some();
        let layers = holds(b"<layer") || holds(b"opset") || holds(b"<!DOCTYPE net");
        // The library skips text in front of the first element.
        (head.starts_with(b"<") || look.is_text())
            && look.named(&["xml"])
            && (holds(b"<net ") && layers || holds(b"<!DOCTYPE net ") || holds(b"<CustomLayer "))
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let mut walk = Walk { numbers: numbers(input), wanted: false };
    let step = walk.read(&mut Xml::new(input.bytes), report);
    settle(step, &BROKEN, report);
    if walk.wanted {
        report.gap("the numbers of the model", "the file that holds them is not known");
    }
    Pickle::also(input.bytes, report);
}

/// How long the file with the numbers is: it has the same name.
fn numbers(input: Input<'_>) -> Option<u64> {
    let name = input.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    input.beside.open(&format!("{stem}.bin")).map(|bytes| bytes.size())
}

struct Walk {
    numbers: Option<u64>,
    /// Whether they are needed, and not there.
    wanted: bool,
}

impl Walk {
    fn read(&mut self, xml: &mut Xml<'_>, report: &mut Report) -> Step {
        for _ in 0..MAX_ELEMENTS {
            match xml.next()? {
                Event::Open(name, attributes) => self.element(&name, &attributes, xml, report)?,
                Event::Close => {}
                Event::Type(text) => return declared(&text, xml.offset(), report),
                Event::End => return Ok(()),
            }
        }
        Err(Stop::Limit("there are more elements than are followed"))
    }

    fn element(
        &mut self,
        name: &str,
        attributes: &[(String, String)],
        xml: &Xml<'_>,
        report: &mut Report,
    ) -> Step {
        let at = xml.offset();
        if xml.open().len() == 1 && name != "net" {
            if name == "CustomLayer" {
                report.find(&EXTENSION, Unknown, at, "kernels of layers come with the model");
                return Ok(());
            }
            return broken(at, "the outermost element is not that of a model");
        }
        let noted = xml.open().iter().any(|open| NOTES.contains(&open.as_str()));
        match name {
            _ if noted => {
                // Its pipelines read them there.
                let template = name.ends_with("chat_template");
                for (_, text) in attributes.iter().filter(|(key, _)| template && key == "value") {
                    template::judge(text, name, report);
                }
            }
            "layer" => layer::judge(attributes, at, report),
            "data" => self.wanted |= layer::data(attributes, at, self.numbers, report)?,
            _ if ELEMENTS.contains(&name) => {}
            _ => report.find(&ELEMENT, Unknown, at, &format!("the element {name}")),
        }
        Ok(())
    }
}

/// A document type is never read. Entities of it may name files and addresses, or be made of each other.
fn declared(text: &str, at: u64, report: &mut Report) -> Step {
    if text.contains("SYSTEM") || text.contains("PUBLIC") {
        report.find(&OUTSIDE, Malicious, at, "the document type names something outside");
    }
    broken(at, "a document type is declared, which models do not need")
}
