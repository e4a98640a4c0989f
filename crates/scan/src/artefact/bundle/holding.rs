//! An archive whose members are judged one after another.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    among::Members,
    code,
    place::{self, Place},
    rules::CLIMBS,
};
use crate::{
    artefact::{
        format::Look,
        inspect::sniff_len,
        nested::{Member, nested, nested_among},
        registry::program,
        report::Report,
    },
    bytes::{ReadAt, read_up_to},
};

/// Suffixes of what is read by its name.
const BY_NAME: &[&str] =
    &[".yaml", ".yml", ".json", ".cfg", ".txt", ".jinja", ".pbtxt", ".py", ".pth", ".toml"];

/// Whether a link gives another name to something that is read by its name.
fn is_renamed(name: &str, target: &str) -> bool {
    let last =
        |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let (name, target) = (last(name), last(target));
    let by_name = BY_NAME.iter().any(|end| name.ends_with(end)) || !name.contains('.');
    by_name && name != target
}

/// What is known of an archive so far.
pub(super) struct Holding<'r> {
    pub(super) report: &'r mut Report,
    /// It is the root of a file system, where programs belong.
    pub(super) image: bool,
    /// Its members, where each may be asked for what lies beside it.
    members: Option<&'r Members<'r>>,
    models: u64,
    others: u64,
}

impl<'r> Holding<'r> {
    pub(super) const fn new(report: &'r mut Report, image: bool) -> Self {
        Self { report, image, members: None, models: 0, others: 0 }
    }

    /// With what lies beside each of its members.
    pub(super) const fn among(self, members: &'r Members<'r>) -> Self {
        Self { members: Some(members), ..self }
    }

    /// Reads a member as if it were a file of its own.
    pub(super) fn member(&mut self, name: &str, bytes: &dyn ReadAt) {
        if bytes.size() == 0 {
            self.others = self.others.saturating_add(1);
            return;
        }
        let member = match self.members {
            Some(members) => nested_among(name, name, bytes, &members.beside(name), self.report),
            None => nested(name, name, bytes, self.report),
        };
        match member {
            Member::Read(_) => self.models = self.models.saturating_add(1),
            Member::Unknown if self.image => self.others = self.others.saturating_add(1),
            Member::Unknown => self.other(name, bytes),
            Member::Stopped => {}
        }
    }

    /// A member of no known format: a program, code, or something that no loader of models reads.
    fn other(&mut self, name: &str, bytes: &dyn ReadAt) {
        let short = usize::try_from(bytes.size()).unwrap_or(usize::MAX);
        let mut head = vec![0; sniff_len().min(short)];
        let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
        head.truncate(read);
        if code::is_code(name) {
            code::judge(name, bytes, self.report);
        } else if let Some(what) = program::kind(&Look::new(name, &head, bytes)) {
            self.report.within(name, |report| program::found(what, report));
        } else {
            self.others = self.others.saturating_add(1);
        }
    }

    /// Where a member would be written.
    pub(super) fn name(&mut self, name: &str) {
        match place::of(name) {
            Place::Outside => self.climbs(name, "its name climbs out of the folder", true),
            Place::Absolute if !self.image => {
                self.climbs(name, "its name is a place of the whole machine", false);
            }
            Place::Absolute | Place::Inside => {}
        }
    }

    /// Where a link leads: a symbolic one from its own folder, a hard one from the outermost.
    pub(super) fn link(&mut self, name: &str, target: &str, symbolic: bool) {
        let place = if symbolic { place::of_link(name, target) } else { place::of(target) };
        match place {
            Place::Outside => self.climbs(name, &format!("it links to {target}"), !self.image),
            Place::Absolute if !self.image => {
                self.climbs(name, &format!("it links to {target}"), false);
            }
            Place::Inside if !self.image && is_renamed(name, target) => {
                let why = format!("it is a link to {target}, which is not read under this name");
                self.report.gap(name, &why);
            }
            Place::Absolute | Place::Inside => {}
        }
    }

    fn climbs(&mut self, name: &str, text: &str, malicious: bool) {
        let verdict = if malicious { Malicious } else { Unknown };
        self.report.within(name, |report| report.find(&CLIMBS, verdict, 0, text));
    }

    /// Notes what there was. An archive in which nothing is known is not clean.
    pub(super) fn finish(self) {
        if self.models == 0 && !self.image {
            self.report.gap("the members", "none of them is of a format that is known");
        }
        if self.report.depth() == 0 {
            self.report.measure("models", self.models.to_string());
            self.report.measure("other-members", self.others.to_string());
        }
    }
}
