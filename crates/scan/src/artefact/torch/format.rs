//! Which zip archives are PyTorch's.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    members::{Role, role},
    reader::Reader,
    rules,
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        registry::pickle,
        report::Report,
    },
    bytes::Section,
    container::zip::Archive,
};

/// Suffixes of PyTorch's archives.
const SUFFIXES: &[&str] =
    &["pt", "pth", "pt2", "bin", "ckpt", "ptl", "model", "mdl", "sav", "pkl", "pickle", "joblib"];
/// Suffixes of archives that are something else.
const OTHERS: &[&str] = &["npz", "keras", "mar"];
/// Bytes of data that are tried as a pickle.
const PROBED: u64 = 1 << 14;

/// Whether an archive holds arrays of NumPy and nothing else.
fn is_arrays(look: &Look<'_>) -> bool {
    let archive = look.archive();
    !archive.members.is_empty()
        && archive.members.iter().all(|member| member.name.ends_with(".npy"))
}

/// A PyTorch archive.
pub(crate) struct Torch;

impl Format for Torch {
    fn id(&self, look: &Look<'_>) -> &'static str {
        let archive = look.archive();
        match () {
            () if is_package(&archive) => "torch-package",
            () if has(&archive, Role::Program) => "torch-export",
            () if has(&archive, Role::Script) => "torch-script",
            () => "torch-zip",
        }
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Pytorch)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begins = look.is_zip();
        if look.named(OTHERS) {
            return false;
        }
        if begins && is_arrays(look) {
            return false;
        }
        if look.named(SUFFIXES) {
            return begins && !pickle::has_effect(&Section::new(look.bytes, 0, PROBED))
                || look.has_zip_end();
        }
        if !begins {
            return false;
        }
        let archive = look.archive();
        has(&archive, Role::Object) || has(&archive, Role::Program) || is_package(&archive)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::of(&input, report);
        if pickle::Pickle::is_tar_too(input.bytes) {
            report.gap("the tar archive", "the file is one too, which PyTorch may read instead");
        }
        let reader = Reader { bytes: input.bytes, report, package: is_package(&archive) };
        reader.members(&archive);
    }

    fn rules(&self) -> &'static [Rule] {
        rules::RULES
    }
}

/// Whether an archive has a member for that.
pub(super) fn has(archive: &Archive, wanted: Role) -> bool {
    archive.members.iter().any(|member| role(&member.name) == wanted)
}

/// Whether it is one of `torch.package`, with modules of its own.
fn is_package(archive: &Archive) -> bool {
    archive.members.iter().any(|member| member.name.ends_with("/.data/extern_modules"))
}
