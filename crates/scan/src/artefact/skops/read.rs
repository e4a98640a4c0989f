//! The archive: its schema, and the arrays beside it.

use coseal_core::{fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    nodes,
    rules::{self, RULES},
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        nested::{self, nested},
        registry::{keras::LIMITS, pickle::Pickle},
        report::Report,
        stop::settle,
    },
    bytes::ReadAt,
    container::zip::{self, Member},
    encoding::json::Json,
};

/// The member that says what is made.
const SCHEMA: &str = "schema.json";

/// An archive of skops.
pub(crate) struct Skops;

impl Format for Skops {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "skops"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Other)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begins = look.is_zip();
        if look.named(&["skops"]) {
            return begins || look.has_zip_end();
        }
        begins
            && memchr::memmem::find(&look.tail(zip::END_SEARCH), SCHEMA.as_bytes()).is_some()
            && look.archive().members.iter().any(|member| member.name == SCHEMA)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::of(&input, report);
        let mut described = false;
        for one in archive.members.iter().filter(|member| !member.is_folder()) {
            described |= one.name == SCHEMA;
            member(input.bytes, one, report);
        }
        if !described {
            report.find(&rules::SCHEMA, ArtefactVerdict::Malformed, 0, "there is no schema.json");
        }
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn member(bytes: &dyn ReadAt, member: &Member, report: &mut Report) {
    let name = member.name.as_str();
    let Some(content) = archive::content(bytes, member, report) else { return };
    let content = content.bytes();
    if name == SCHEMA {
        schema(content, report);
        return;
    }
    // Arrays, and the bytes of byte strings, all named by a number.
    let array = name.ends_with(".npy") || name.ends_with(".npz");
    match nested(name, name, content, report) {
        nested::Member::Read("npy" | "npz") if array => {}
        nested::Member::Stopped => {}
        nested::Member::Read(_) if name.ends_with(".bin") => {}
        nested::Member::Unknown if name.ends_with(".bin") => report.payload(content.size()),
        nested::Member::Read(_) | nested::Member::Unknown => {
            let text = format!("{name} is no member that skops writes");
            report.find(&rules::MEMBER, ArtefactVerdict::Unknown, member.header, &text);
        }
    }
}

fn schema(content: &dyn ReadAt, report: &mut Report) {
    let read = Json::read_spelling(content, LIMITS, Some(nodes::ID));
    report.within(SCHEMA, |report| match read {
        Ok(root) => nodes::walk(&root, report),
        Err(stop) => settle(Err(stop), &rules::SCHEMA, report),
    });
}
