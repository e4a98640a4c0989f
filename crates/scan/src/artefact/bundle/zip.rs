//! Zip archives around models that no other format claims, and packages of TorchServe.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{agent, among::Members, code, format, holding::Holding, nemo, rules::RULES, served};
use crate::artefact::{
    archive,
    format::{Format, Input, Look},
    registry::pickle::Pickle,
    report::Report,
};

/// Members that are asked whether they are models, and bytes unpacked for that.
const MAX_ASKED: usize = 1024;
const PROBED: u64 = 1 << 14;

/// A zip archive.
pub(crate) struct Zip;

impl Format for Zip {
    fn id(&self, look: &Look<'_>) -> &'static str {
        if served::is_package(&look.archive()) { "torch-serve" } else { "archive-zip" }
    }

    fn family(&self, look: &Look<'_>) -> Option<ModelFormat> {
        (self.id(look) == "torch-serve").then_some(ModelFormat::Pytorch)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begins = look.is_zip();
        if look.named(&["mar", "nemo", "zip"]) && !begins {
            return look.has_zip_end();
        }
        begins && (format::is_wanted(look) || holds_model(look))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::of(&input, report);
        if Pickle::is_tar_too(input.bytes) {
            report.gap("the tar archive", "the file is one too");
        }
        let package = served::is_package(&archive);
        let members = Members::of_zip(input.bytes, &archive);
        let mut holding = Holding::new(report, false).among(&members);
        for member in archive.members.iter().filter(|member| !member.is_folder()) {
            holding.name(&member.name);
            let Some(content) = archive::content(input.bytes, member, holding.report) else {
                continue;
            };
            let (name, bytes) = (member.name.as_str(), content.bytes());
            if package && name == served::MANIFEST {
                served::read(bytes, &archive, holding.report);
            } else if name.ends_with("requirements.txt") {
                code::requirements(name, bytes, holding.report);
            } else if name.ends_with("model_config.yaml") {
                nemo::read(name, bytes, &mut holding);
            } else if agent::is_record(bytes) {
                agent::read(name, bytes, holding.report);
                holding.member(name, bytes);
            } else {
                holding.member(name, bytes);
            }
        }
        // An archive of nothing is one of nothing harmful.
        if !archive.members.is_empty() {
            holding.finish();
        }
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn holds_model(look: &Look<'_>) -> bool {
    let archive = look.archive();
    let mut members = archive.members.iter().enumerate().filter(|(_, member)| !member.is_folder());
    members.any(|(at, member)| {
        if at >= MAX_ASKED || !look.ask() {
            return format::is_wanted(&Look::new(&member.name, &[], look.bytes));
        }
        let content = member.content(look.bytes, PROBED);
        format::is_model(&member.name, content.bytes(), look) || agent::is_record(content.bytes())
    })
}
