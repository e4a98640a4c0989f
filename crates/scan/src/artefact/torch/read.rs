//! Reading a PyTorch archive: every member that could be code is looked at; storages are only measured.

use coseal_core::system::ModelFormat;
use std::collections::HashMap;

use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::{
    members::{Role, role},
    rules,
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        registry::pickle::{self, Persistent, Session, Storage},
        report::Report,
    },
    bytes::{ReadAt, Section, read_up_to},
    container::zip::{self, Archive, Content, Member},
};

/// Suffixes of PyTorch's archives.
const SUFFIXES: &[&str] =
    &["pt", "pth", "bin", "ckpt", "ptl", "model", "mdl", "sav", "pkl", "pickle", "joblib"];
/// Suffixes of archives that are something else.
const OTHERS: &[&str] = &["npz", "keras"];
/// Bytes of the end of a file in which an end record is looked for.
const TAIL: usize = 1 << 16;
/// A label is shorter than this.
const MAX_LABEL: u64 = 256;
/// Bytes of data that are tried as a pickle.
const PROBED: u64 = 1 << 14;

/// A PyTorch archive.
pub(crate) struct Torch;

impl Format for Torch {
    fn id(&self, look: &Look<'_>) -> &'static str {
        let archive = zip::open(look.bytes);
        let script = archive.members.iter().any(|member| role(&member.name) == Role::Script);
        if script { "torch-script" } else { "torch-zip" }
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Pytorch)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begins = look.begins(b"PK\x03\x04") || look.begins(b"PK\x05\x06");
        if look.named(OTHERS) {
            return false;
        }
        if look.named(SUFFIXES) {
            return begins && !pickle::has_effect(&Section::new(look.bytes, 0, PROBED))
                || zip::has_end_record(&look.tail(TAIL));
        }
        begins
            && zip::open(look.bytes)
                .members
                .iter()
                .any(|member| matches!(role(&member.name), Role::Object | Role::Pickle))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let archive = archive::open(input.bytes, report);
        if pickle::Pickle::is_tar_too(input.bytes) {
            report.gap("the tar archive", "the file is one too, which PyTorch may read instead");
        }
        Reader { bytes: input.bytes, report }.members(&archive);
    }

    fn rules(&self) -> &'static [Rule] {
        rules::RULES
    }
}

/// An archive being read.
struct Reader<'a, 'r> {
    bytes: &'a dyn ReadAt,
    report: &'r mut Report,
}

impl<'a> Reader<'a, '_> {
    fn members(&mut self, archive: &Archive) {
        let script = archive.members.iter().any(|member| role(&member.name) == Role::Script);
        let mut objects = 0_u32;
        let mut storages = Vec::new();
        for member in archive.members.iter().filter(|member| !member.is_folder()) {
            match role(&member.name) {
                Role::Object => {
                    objects = objects.saturating_add(1);
                    storages.push((member.name.clone(), self.pickle(member, script)));
                }
                Role::Pickle => {
                    storages.push((member.name.clone(), self.pickle(member, script)));
                }
                Role::Storage => self.storage(member),
                Role::Label => self.label(member),
                Role::Script => self.script(member),
                Role::Source => self.source(member),
                Role::Other => self.other(member),
            }
        }
        let package =
            archive.members.iter().any(|member| member.name.ends_with("/.data/extern_modules"));
        if package {
            self.report.gap("the package", "packages with code of their own are not parsed yet");
            return;
        }
        if objects != 1 {
            let text = format!("there are {objects} of them");
            self.report.find(&rules::NO_OBJECT, ArtefactVerdict::Malformed, 0, &text);
        }
        self.check_storages(archive, &storages);
    }

    /// Every storage that a pickle names must be there, and large enough.
    fn check_storages(&mut self, archive: &Archive, named: &[(String, Vec<Storage>)]) {
        let sizes: HashMap<&str, u64> =
            archive.members.iter().map(|member| (member.name.as_str(), member.size)).collect();
        for (pickle, storages) in named {
            let (folder, file) = pickle.rsplit_once('/').unwrap_or(("", pickle));
            let place = file.strip_suffix(".pkl").unwrap_or("data");
            for storage in storages {
                let name = match folder {
                    "" => format!("{place}/{}", storage.key),
                    folder => format!("{folder}/{place}/{}", storage.key),
                };
                let needed = storage.count.checked_mul(storage.item);
                let text = match (sizes.get(name.as_str()), needed) {
                    (Some(size), Some(needed)) if *size >= needed => continue,
                    (Some(size), _) => {
                        format!("a storage of {} elements has {size} bytes", storage.count)
                    }
                    (None, _) => "a storage has no member".to_owned(),
                };
                let verdict = ArtefactVerdict::Malformed;
                self.report.within(pickle, |report| {
                    report.find(&rules::STORAGE, verdict, storage.offset, &text);
                });
            }
        }
    }

    /// Reads a member's pickle; the storages it names.
    fn pickle(&mut self, member: &Member, script: bool) -> Vec<Storage> {
        let Some(content) = self.content(member) else { return Vec::new() };
        self.report.within(&member.name, |report| {
            let mut session = Session::new(report, Persistent::Torch);
            session.names.script = script;
            pickle::member(content.bytes(), &mut session);
            session.finish();
            session.storages
        })
    }

    /// A member's content, within the allowance.
    fn content(&mut self, member: &Member) -> Option<Content<'a>> {
        archive::content(self.bytes, member, self.report)
    }

    /// Storages are numbers; that one is no pickle is tried on its first bytes.
    fn storage(&mut self, member: &Member) {
        self.report.payload(member.packed);
        if member.method != 0 {
            return;
        }
        let section = Section::new(self.bytes, member.data, member.packed);
        let mut head = [0; 2];
        let read = read_up_to(&section, 0, &mut head).unwrap_or(0);
        let likely =
            read == 2 && matches!(head, [0x80, 2..=5] | [b'c' | b'(' | b']' | b'}', b'!'..=b'~']);
        if likely && pickle::has_effect(&Section::new(&section, 0, PROBED)) {
            let text = "a storage is a pickle with effects";
            let verdict = ArtefactVerdict::Unknown;
            self.report
                .within(&member.name, |report| report.find(&rules::HIDDEN, verdict, 0, text));
        }
    }

    /// A version, byte order or id: short, and text.
    fn label(&mut self, member: &Member) {
        let Some(content) = self.content(member) else { return };
        let mut text = [0; 256];
        let read = read_up_to(content.bytes(), 0, &mut text).unwrap_or(0);
        let plain = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        let plain = text.get(..read).is_some_and(|text| text.iter().all(plain));
        if !plain || content.bytes().size() >= MAX_LABEL {
            self.unexpected(member, "it should be a short text");
        }
    }

    fn script(&mut self, member: &Member) {
        self.payload_of(member);
        self.report.gap("code/", "the code of TorchScript is not parsed yet");
    }

    fn source(&mut self, member: &Member) {
        self.payload_of(member);
        self.unexpected(member, "it is a program");
    }

    /// Anything else: tried as a pickle, and never clean.
    fn other(&mut self, member: &Member) {
        let Some(content) = self.content(member) else { return };
        if pickle::has_effect(content.bytes()) {
            self.report.within(&member.name, |report| {
                let text = "a member that PyTorch doesn't write is a pickle with effects";
                report.find(&rules::HIDDEN, ArtefactVerdict::Unknown, 0, text);
                let mut session = Session::new(report, Persistent::Torch);
                pickle::member(content.bytes(), &mut session);
                session.finish();
            });
            return;
        }
        let mut head = [0; 4];
        read_up_to(content.bytes(), 0, &mut head).unwrap_or(0);
        let program =
            matches!(&head, b"\x7fELF" | [b'M', b'Z', ..] | [b'#', b'!', ..] | b"PK\x03\x04");
        if program {
            self.unexpected(member, "it is a program or an archive");
        } else {
            self.report.gap(&member.name, "it is no member that PyTorch writes");
        }
    }

    fn payload_of(&mut self, member: &Member) {
        self.report.payload(member.packed);
    }

    fn unexpected(&mut self, member: &Member, why: &str) {
        let verdict = ArtefactVerdict::Unknown;
        self.report.within(&member.name, |report| report.find(&rules::MEMBER, verdict, 0, why));
    }
}
