//! The archive of Keras 3: a description, weights, and what layers keep beside them.

use coseal_core::{fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    config::{self, Part, broken},
    document::LIMITS,
    rules::{self, RULES},
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        nested::{self, nested},
        registry::pickle::{self, Pickle},
        report::Report,
        stop::settle,
    },
    bytes::{ReadAt, Section, read_up_to},
    container::zip::Member,
    encoding::json::check,
};

/// Bytes of a text that are looked at at once.
const TEXT: usize = 1 << 16;
/// Names of a first member that only Keras gives.
const FIRST: &[&[u8]] = &[b"metadata.json", b"config.json", b"model.weights.h5"];

/// Suffixes of what layers keep: words, merges and the like.
const TEXTS: &[&str] = &[".txt", ".json", ".csv", ".tsv"];

/// What a member is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Description,
    /// JSON that makes nothing.
    Note,
    Weights,
    /// What a layer keeps, such as words.
    Asset,
    Other,
}

/// An archive of Keras 3.
pub(crate) struct KerasZip;

impl Format for KerasZip {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "keras-zip"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Keras)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begins = look.is_zip();
        if look.named(&["keras"]) {
            let other = look.is_text()
                || look.is_pickle()
                || look.begins(b"\x89HDF\r\n\x1a\n")
                || pickle::has_effect(&Section::new(look.bytes, 0, 1 << 14));
            return begins || look.has_zip_end() || !other;
        }
        begins
            && !look.named(&["pt", "pth", "npz"])
            && look
                .head
                .get(30..)
                .is_some_and(|name| FIRST.iter().any(|first| name.starts_with(first)))
            && look.archive().members.iter().any(|member| member.name == "config.json")
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::of(&input, report);
        let members = archive.members.iter().filter(|member| !member.is_folder());
        let mut described = false;
        for one in members {
            described |= role(&one.name) == Role::Description;
            member(input.bytes, one, report);
        }
        if !described {
            broken(0, "there is no config.json", report);
        }
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn role(name: &str) -> Role {
    let weights =
        name.ends_with(".weights.h5") || name == "variables.h5" || name == "model.weights.npz";
    match name {
        "config.json" => Role::Description,
        "metadata.json" | "model.weights.json" => Role::Note,
        _ if weights && !name.contains(['/', '\\']) => Role::Weights,
        _ if name.starts_with("assets/") => Role::Asset,
        _ => Role::Other,
    }
}

fn member(bytes: &dyn ReadAt, member: &Member, report: &mut Report) {
    let name = member.name.as_str();
    let climbs = name.starts_with(['/', '\\'])
        || name.contains([':', '\0'])
        || name.split(['/', '\\']).any(|part| part == "..");
    if climbs {
        let text = format!("{name} would be unpacked outside its folder");
        report.find(&rules::MEMBER, ArtefactVerdict::Malicious, member.header, &text);
    }
    let Some(content) = archive::content(bytes, member, report) else { return };
    let content = content.bytes();
    match role(name) {
        Role::Description => {
            config::read(content, Part::Model, name, Some(bytes.size()), report);
        }
        Role::Note => note(content, name, report),
        Role::Weights => weights(content, name, report),
        Role::Asset => asset(content, name, report),
        Role::Other => other(content, name, report),
    }
}

fn note(content: &dyn ReadAt, name: &str, report: &mut Report) {
    report.within(name, |report| settle(check(content, LIMITS), &rules::DESCRIPTION, report));
}

fn weights(content: &dyn ReadAt, name: &str, report: &mut Report) {
    match nested(name, name, content, report) {
        nested::Member::Read("hdf5" | "npz") | nested::Member::Stopped => {}
        nested::Member::Read(id) => {
            let text = format!("{name} is of format {id}");
            report.find(&rules::MEMBER, ArtefactVerdict::Unknown, 0, &text);
        }
        nested::Member::Unknown => {
            let text = format!("{name} holds no weights");
            broken(0, &text, report);
        }
    }
}

/// Words, one a line, and the like; anything else is looked at as a file of its own.
fn asset(content: &dyn ReadAt, name: &str, report: &mut Report) {
    if nested(name, name, content, report) != nested::Member::Unknown {
        return;
    }
    if !TEXTS.iter().any(|suffix| name.ends_with(suffix)) {
        let text = format!("{name} is no member that Keras writes");
        report.find(&rules::MEMBER, ArtefactVerdict::Unknown, 0, &text);
    } else if is_text(content) {
        report.payload(content.size());
    } else {
        report.gap(name, "it is no text, and of no format that is known");
    }
}

fn is_text(content: &dyn ReadAt) -> bool {
    let mut head = vec![0; TEXT];
    let read = read_up_to(content, 0, &mut head).unwrap_or(0);
    head.truncate(read);
    !head.starts_with(b"#!") && Look::new("", &head, content).is_text()
}

fn other(content: &dyn ReadAt, name: &str, report: &mut Report) {
    if nested(name, name, content, report) == nested::Member::Unknown {
        let text = format!("{name} is no member that Keras writes");
        report.find(&rules::MEMBER, ArtefactVerdict::Unknown, 0, &text);
    }
}
