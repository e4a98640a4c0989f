//! The archive: its schema, and the arrays beside it.

use std::collections::BTreeSet;

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
        let names: BTreeSet<&str> = archive.members.iter().map(|one| one.name.as_str()).collect();
        for one in archive.members.iter().filter(|member| !member.is_folder()) {
            described |= one.name == SCHEMA;
            member(input.bytes, one, &names, report);
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

fn member(bytes: &dyn ReadAt, member: &Member, names: &BTreeSet<&str>, report: &mut Report) {
    let name = member.name.as_str();
    let Some(content) = archive::content(bytes, member, report) else { return };
    let content = content.bytes();
    if name == SCHEMA {
        schema(content, names, report);
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

fn schema(content: &dyn ReadAt, names: &BTreeSet<&str>, report: &mut Report) {
    let read = Json::read_spelling(content, LIMITS, Some(nodes::ID));
    report.within(SCHEMA, |report| match read {
        Ok(root) => {
            nodes::walk(&root, report);
            missing(&root, names, report);
        }
        Err(stop) => settle(Err(stop), &rules::SCHEMA, report),
    });
}

/// Says which member the schema names that is not in the archive: the loader opens each.
fn missing(value: &Json, names: &BTreeSet<&str>, report: &mut Report) {
    let file = value.at("file").and_then(Json::text);
    if let (Some(file), Some(_)) = (file, value.at("__loader__"))
        && !names.contains(file)
    {
        let text = format!("it names {file}, which is not in the archive");
        report.find(&rules::SCHEMA, ArtefactVerdict::Malformed, 0, &text);
    }
    value.entries().iter().for_each(|(_, inner)| missing(inner, names, report));
    value.items().iter().for_each(|inner| missing(inner, names, report));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use coseal_core::fact::ArtefactVerdict::{Clean, Malformed};

    use super::schema;
    use crate::{artefact::report::Report, bytes::SliceBytes};

    #[test]
    fn each_array_that_the_schema_names_is_there() {
        let array = r#"{"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "7.npy", "__id__": 7}"#;
        let list = format!(
            r#"{{"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "content": [{array}], "__id__": 1}}"#
        );
        let of = |names: &[&'static str]| {
            let mut report = Report::new("");
            let names = names.iter().copied().collect::<BTreeSet<_>>();
            schema(&SliceBytes(list.as_bytes()), &names, &mut report);
            report.verdict()
        };
        assert_eq!(of(&["schema.json", "7.npy"]), Clean);
        assert_eq!(of(&["schema.json", "8.npy"]), Malformed);
    }
}
