//! Reading a PyTorch archive: every member that could be code is looked at; storages are only measured.

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    exported,
    format::has,
    members::{Role, is_version, role},
    rules, script, storages,
};
use crate::{
    artefact::{
        archive,
        format::Look,
        hidden,
        inspect::sniff_len,
        nested::{self, nested},
        registry::{
            pickle::{self, Persistent, Session, Storage},
            program, repository,
        },
        report::Report,
    },
    bytes::{ReadAt, Section, read_up_to},
    container::zip::{Archive, Content, Member},
};

/// A label is shorter than this.
const MAX_LABEL: u64 = 256;
/// Versions of the archive's layout: 1.0 began with 1, and 10 is the last.
const VERSIONS: std::ops::RangeInclusive<u64> = 1..=10;
/// Bytes of one source in a package that are read.
const MAX_SOURCE: u64 = 8 << 20;
/// Bytes of a word of code, about.
const WORD: u64 = 4;
/// The list of modules that a package takes from elsewhere is shorter than this.
const MAX_LIST: u64 = 1 << 20;

/// A storage that is packed to less than one part in so many is out of all proportion, once it is so large.
const MAX_RATIO: u64 = 200;
const LARGE: u64 = 1 << 20;

/// An archive being read.
pub(super) struct Reader<'a, 'r> {
    pub(super) bytes: &'a dyn ReadAt,
    pub(super) report: &'r mut Report,
    /// It brings modules of its own.
    pub(super) package: bool,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn members(mut self, archive: &Archive) {
        let script = has(archive, Role::Script);
        // Exported programs are opened by Python, and their versions are their own.
        let program = has(archive, Role::Program);
        let mut objects = 0_u32;
        let mut named = Vec::new();
        for member in archive.members.iter().filter(|member| !member.is_folder()) {
            match role(&member.name) {
                role @ (Role::Object | Role::Pickle | Role::Bytecode) => {
                    objects = objects.saturating_add(u32::from(role == Role::Object));
                    named.push((member.name.clone(), self.pickle(member, script)));
                    if role == Role::Bytecode {
                        self.read(member, script::bytecode);
                    }
                }
                Role::Storage => self.storage(member),
                Role::Label => self.label(member, program),
                Role::Script => self.read(member, script::source),
                Role::Program => self.read(member, exported::read),
                Role::Source => self.source(member),
                Role::Extra => self.other(member, true),
                Role::Other => self.other(member, false),
            }
        }
        if !self.package && !program && objects != 1 {
            let text = format!("there are {objects} of them");
            self.report.find(&rules::NO_OBJECT, Malformed, 0, &text);
        }
        if script && !self.package && !program {
            self.constants(archive);
        }
        storages::check(archive, &named, self.package, self.report);
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

    /// Reads a member with a parser of its own.
    fn read(&mut self, member: &Member, parser: fn(&dyn ReadAt, &mut Report)) {
        let Some(content) = self.content(member) else { return };
        self.report.within(&member.name, |report| parser(content.bytes(), report));
    }

    /// A member's content, within the allowance.
    fn content(&mut self, member: &Member) -> Option<Content<'a>> {
        archive::content(self.bytes, member, self.report)
    }

    /// A module of TorchScript has its constants in a pickle of their own, also where there are none.
    fn constants(&mut self, archive: &Archive) {
        let root = |name: &str| name.strip_suffix("data.pkl").map(str::to_owned);
        let objects = archive.members.iter().filter(|member| role(&member.name) == Role::Object);
        for root in objects.filter_map(|member| root(&member.name)) {
            let wanted = format!("{root}constants.pkl");
            if archive.members.iter().all(|member| member.name != wanted) {
                let text = "constants.pkl, which the loader of scripts reads, is not there";
                self.report.find(&rules::SCRIPT, Malformed, 0, text);
            }
        }
    }

    /// Storages are numbers; that one is no pickle is tried on its first bytes.
    fn storage(&mut self, member: &Member) {
        self.report.payload(member.packed);
        if member.method != 0 {
            if member.size > LARGE && member.size / MAX_RATIO > member.packed {
                let why = format!("it unpacks out of all proportion, to {} bytes", member.size);
                self.report.gap(&member.name, &why);
            }
            return;
        }
        let section = Section::new(self.bytes, member.data, member.packed);
        let mut head = [0; 2];
        let read = read_up_to(&section, 0, &mut head).unwrap_or(0);
        let likely =
            read == 2 && matches!(head, [0x80, 2..=5] | [b'c' | b'(' | b']' | b'}', b'!'..=b'~']);
        if likely {
            let text = "a storage is a pickle with effects";
            self.report.within(&member.name, |report| {
                hidden::probe(&section, &rules::HIDDEN, 0, text, report);
            });
        }
    }

    /// A version, byte order or id: short, and text.
    fn label(&mut self, member: &Member, program: bool) {
        let Some(content) = self.content(member) else { return };
        let mut text = [0; 256];
        let read = read_up_to(content.bytes(), 0, &mut text).unwrap_or(0);
        let plain = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        let plain = text.get(..read).is_some_and(|text| text.iter().all(plain));
        let list = self.package && content.bytes().size() < MAX_LIST;
        if !plain || !list && content.bytes().size() >= MAX_LABEL {
            self.unexpected(member, "it should be a short text");
        } else if !program && is_version(&member.name) && !text.get(..read).is_some_and(is_number) {
            let text = "the version is none that a loader of PyTorch reads";
            self.report
                .within(&member.name, |report| report.find(&rules::MEMBER, Malformed, 0, text));
        }
    }

    /// Code of Python: the importer of a package runs it, and nothing else should bring any.
    fn source(&mut self, member: &Member) {
        let Some(content) = self.content(member) else { return };
        let size = content.bytes().size();
        if size > MAX_SOURCE || self.report.budget.step(size / WORD).is_err() {
            self.report.gap(&member.name, "it is code, of which more than 8 MiB is not read");
            self.unexpected(member, "it is code that is run when it is imported");
            return;
        }
        let mut text = vec![0; usize::try_from(size).unwrap_or(0)];
        let read = read_up_to(content.bytes(), 0, &mut text).unwrap_or(0);
        text.truncate(read);
        match repository::acts(&String::from_utf8_lossy(&text)) {
            Some((at, mark, what)) => self.report.within(&member.name, |report| {
                report.find(&rules::ACTS, Malicious, at as u64, &format!("it {what}: {mark}"));
            }),
            None => {
                self.unexpected(member, "it is a program, or code that is run when it is imported");
            }
        }
    }

    /// Anything else: tried as a pickle and as what it may be, and clean only where users keep what they like.
    fn other(&mut self, member: &Member, extra: bool) {
        let Some(content) = self.content(member) else { return };
        let bytes = content.bytes();
        if self.report.budget.step(bytes.size() / 2).is_err() {
            self.report.gap(
                "further members",
                "there is more in those that PyTorch doesn't write than is read",
            );
            return;
        }
        if pickle::has_effect(bytes) {
            self.report.within(&member.name, |report| {
                let text = "a member that PyTorch doesn't write is a pickle with effects";
                report.find(&rules::HIDDEN, Unknown, 0, text);
                let mut session = Session::new(report, Persistent::Torch);
                pickle::member(bytes, &mut session);
                session.finish();
            });
            return;
        }
        if nested(&member.name, &member.name, bytes, self.report) != nested::Member::Unknown {
            return;
        }
        let short = usize::try_from(bytes.size()).unwrap_or(usize::MAX);
        let mut head = vec![0; sniff_len().min(short)];
        let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
        head.truncate(read);
        let archive = head.starts_with(b"PK\x03\x04");
        if archive || program::kind(&Look::new(&member.name, &head, bytes)).is_some() {
            self.unexpected(member, "it is a program or an archive");
        } else if !extra && !self.package {
            self.report.gap(&member.name, "it is no member that PyTorch writes");
        }
    }

    fn unexpected(&mut self, member: &Member, why: &str) {
        self.report.within(&member.name, |report| report.find(&rules::MEMBER, Unknown, 0, why));
    }
}

/// Whether the loader takes a text for one of the versions that there are: digits, whatever stands behind them.
fn is_number(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix(b"+").unwrap_or(text);
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let digits = text.get(..end).and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| digits.parse::<u64>().ok()).is_some_and(|it| VERSIONS.contains(&it))
}
