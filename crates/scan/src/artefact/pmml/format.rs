//! Which files are PMML, and a walk over their elements.

use std::collections::BTreeSet;

use coseal_core::{
    fact::ArtefactVerdict::{Malicious, Unknown},
    system::ModelFormat,
};

use super::{
    elements,
    rules::{BROKEN, EXTENSION, FUNCTION, OUTSIDE, RULES, RUNS},
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
        stop::{Step, Stop, broken, settle},
    },
    encoding::xml::{Event, Xml, value},
};

/// Elements that are followed.
const MAX_ELEMENTS: u64 = 20_000_000;
/// Functions that are kept.
const MAX_FUNCTIONS: usize = 16_384;
/// Bytes of a name of a function.
const MAX_NAME: usize = 512;

/// A model in PMML.
pub(crate) const PMML: Room = Room {
    id: "pmml",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let head = look.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(look.head).trim_ascii_start();
        let root = memchr::memmem::find(head, b"<PMML").is_some()
            || memchr::memmem::find(head, b":PMML ").is_some();
        head.starts_with(b"<") && root || look.named(&["pmml"])
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let mut walk = Walk::default();
    let mut xml = Xml::new(input.bytes);
    let step = walk.read(&mut xml, report);
    walk.functions(report);
    settle(step, &BROKEN, report);
}

#[derive(Default)]
struct Walk {
    /// Functions that are called, and where first.
    called: Vec<(String, u64)>,
    known: BTreeSet<String>,
    defined: BTreeSet<String>,
}

impl Walk {
    fn read(&mut self, xml: &mut Xml<'_>, report: &mut Report) -> Step {
        for _ in 0..MAX_ELEMENTS {
            match xml.next()? {
                Event::Open(name, attributes) => {
                    if xml.open().len() == 1 && name != "PMML" {
                        return broken(
                            xml.offset(),
                            "the outermost element is not that of a model",
                        );
                    }
                    self.element(&name, &attributes, xml, report)?;
                }
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
        let above = xml.open().split_last().map_or(&[][..], |(_, above)| above);
        // Cells of tables are called as their columns.
        if above.iter().any(|open| open == "row") {
            return Ok(());
        }
        match name {
            "Extension" => extension(attributes, at, report),
            "DefineFunction" => {
                let name = value(attributes, "name").filter(|name| name.len() <= MAX_NAME);
                if self.defined.len() < MAX_FUNCTIONS {
                    self.defined.extend(name.map(str::to_owned));
                }
            }
            "Apply" | "Aggregate" => self.call(value(attributes, "function"), at)?,
            _ if elements::is_element(name) => {}
            _ => report.find(&EXTENSION, Unknown, at, &format!("the element {name}")),
        }
        Ok(())
    }

    fn call(&mut self, function: Option<&str>, at: u64) -> Step {
        let Some(function) = function else { return broken(at, "a call names no function") };
        if self.known.len() >= MAX_FUNCTIONS || function.len() > MAX_NAME {
            return Err(Stop::Limit("there are more functions than are kept"));
        }
        if self.known.insert(function.to_owned()) {
            self.called.push((function.to_owned(), at));
        }
        Ok(())
    }

    fn functions(&self, report: &mut Report) {
        const AGGREGATES: &[&str] = &["count", "average", "multiset"];
        for (name, at) in &self.called {
            let known = elements::is_function(name)
                || AGGREGATES.contains(&name.as_str())
                || self.defined.contains(name);
            if elements::is_code(name) {
                report.find(&RUNS, Malicious, *at, &format!("it calls {name}"));
            } else if !known {
                report.find(&FUNCTION, Unknown, *at, &format!("it calls {name}"));
            }
        }
    }
}

/// A document type is never read. Entities of it may name files and addresses, or be made of each other.
fn declared(text: &str, at: u64, report: &mut Report) -> Step {
    if text.contains("SYSTEM") || text.contains("PUBLIC") {
        report.find(&OUTSIDE, Malicious, at, "the document type names something outside");
    }
    broken(at, "a document type is declared, which models do not need")
}

/// An extension is a note as long as it is a word or a number. What looks like code is for somebody who runs it.
fn extension(attributes: &[(String, String)], at: u64, report: &mut Report) {
    let plain = |letter: char| letter.is_alphanumeric() || " _-.,:/[]+%#@\"'".contains(letter);
    for (key, text) in attributes {
        let name = text.to_ascii_lowercase();
        let word = ["script", "code", "exec", "eval", "command", "import"];
        if !text.chars().all(plain) || word.iter().any(|word| name.contains(word)) {
            report.find(&EXTENSION, Unknown, at, &format!("an extension whose {key} is {text}"));
        }
    }
}
