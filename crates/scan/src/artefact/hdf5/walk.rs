//! The walk over all objects of a file.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::ArtefactVerdict;

use super::{
    attribute::{self, Attribute},
    block::{File, Outcome, Trouble},
    dataset,
    datatype::Datatype,
    global::GlobalHeaps,
    group,
    header::{self, Message},
    link::{Link, Target},
    outside, rules,
    values::Values,
};
use crate::{
    artefact::{
        registry::{
            keras,
            pickle::{self, Persistent, Pickle, Session},
        },
        report::Report,
    },
    bytes::{ReadAt, SliceBytes},
};

/// Objects of one file.
const MAX_OBJECTS: usize = 1 << 17;
/// Soft links that are followed.
const MAX_SOFT: usize = 1 << 12;
/// Links that wait to be followed.
const MAX_LINKS: usize = 1 << 17;
/// Bytes of a path.
const MAX_PATH: usize = 2048;
/// Parts of a path.
const MAX_PARTS: usize = 64;
/// Groups within groups.
const MAX_DEPTH: usize = 64;
/// No pickle with an effect is shorter.
const SHORTEST: usize = 4;
/// Steps after which a soft link leads nowhere.
const MAX_STEPS: u32 = 40;

/// A walk.
pub(super) struct Walk<'a, 'f, 'r> {
    /// The file.
    pub(super) file: &'a File<'f>,
    /// Where findings go.
    pub(super) report: &'r mut Report,
    /// Its heaps.
    pub(super) heaps: GlobalHeaps,
    /// Bytes of all datasets that went through filters, before these.
    pub(super) unpacked: u64,
    seen: BTreeSet<u64>,
    above: Vec<u64>,
    soft: BTreeMap<String, String>,
    waiting: usize,
}

impl<'a, 'f, 'r> Walk<'a, 'f, 'r> {
    /// Visits everything below the object at `root`.
    pub(super) fn run(file: &'a File<'f>, root: u64, report: &'r mut Report) {
        let (seen, above, soft) = (BTreeSet::new(), Vec::new(), BTreeMap::new());
        let mut walk = Self {
            file,
            report,
            heaps: GlobalHeaps::default(),
            unpacked: 0,
            seen,
            above,
            soft,
            waiting: 0,
        };
        walk.object(root, "");
        walk.circles();
        dataset::expansion(&mut walk);
        let objects = walk.seen.len().to_string();
        walk.report.measure("objects", objects);
    }

    fn object(&mut self, address: u64, path: &str) {
        if self.above.contains(&address) {
            let text = format!("a group that holds itself: {path}");
            let offset = self.file.place(address);
            self.report.find(&rules::CYCLE, ArtefactVerdict::Malformed, offset, &text);
            return;
        }
        if self.seen.len() >= MAX_OBJECTS || self.above.len() >= MAX_DEPTH {
            self.report.gap("further objects", "there are more, or deeper ones, than are followed");
            return;
        }
        if !self.seen.insert(address) {
            return;
        }
        self.above.push(address);
        match header::read(self.file, address) {
            Ok(messages) => self.messages(messages, path),
            Err(trouble) => self.tell(trouble, path),
        }
        self.above.pop();
    }

    fn tell(&mut self, trouble: Trouble, path: &str) {
        let name = if path.is_empty() { "the root group" } else { path };
        trouble.tell(name, self.report);
    }

    fn messages(&mut self, messages: Vec<Message>, path: &str) {
        if messages.iter().any(|message| message.foreign) {
            self.report.gap(path, "it has messages of a kind that is not known");
        }
        for attribute in attribute::all(self.file, &messages) {
            let done = attribute.and_then(|attribute| self.attribute(&attribute));
            if let Err(trouble) = done {
                self.tell(trouble, &format!("{path}: an attribute"));
            }
        }
        if dataset::is_one(&messages) {
            if let Err(trouble) = dataset::read(self, &messages) {
                self.tell(trouble, path);
            }
            return;
        }
        let links = group::links(self.file, &messages);
        drop(messages);
        match links {
            Ok(links) => self.links(links, path),
            Err(trouble) => self.tell(trouble, path),
        }
    }

    fn links(&mut self, links: Vec<Link>, path: &str) {
        let count = links.len();
        self.waiting = self.waiting.saturating_add(count);
        if self.waiting > MAX_LINKS {
            self.report.gap("further links", "there are more than are followed");
        } else {
            links.into_iter().for_each(|link| self.link(link, path));
        }
        self.waiting = self.waiting.saturating_sub(count);
    }

    fn link(&mut self, link: Link, path: &str) {
        let below = format!("{path}/{}", link.name);
        match link.target {
            Target::Object(address) => self.object(address, &below),
            Target::Soft(target) if self.soft.len() < MAX_SOFT && below.len() <= MAX_PATH => {
                let target =
                    if target.starts_with('/') { target } else { format!("{path}/{target}") };
                self.soft.insert(below, target);
            }
            Target::Soft(_) => {
                self.report.gap("soft links", "there are more than are followed");
            }
            Target::External(file, _) => outside::found(&below, &file, self.report),
            Target::Foreign(number) => {
                let text = format!("a link of kind {number}: {below}");
                self.report.find(&rules::PLUGIN, ArtefactVerdict::Unknown, 0, &text);
            }
        }
    }

    /// Soft links that lead to themselves, by whatever way.
    fn circles(&mut self) {
        let circle = self.soft.keys().find(|path| self.leads_nowhere(path)).cloned();
        if let Some(path) = circle {
            let text = format!("a soft link that never ends: {path}");
            self.report.find(&rules::CYCLE, ArtefactVerdict::Malformed, 0, &text);
        }
    }

    fn leads_nowhere(&self, path: &str) -> bool {
        let mut path = path.to_owned();
        for _ in 0..MAX_STEPS {
            let ends =
                path.match_indices('/').map(|(end, _)| end).take(MAX_PARTS).chain([path.len()]);
            let mut heads = ends.filter_map(|end| path.split_at_checked(end));
            let Some((target, rest)) =
                heads.find_map(|(head, rest)| Some((self.soft.get(head)?, rest)))
            else {
                return false;
            };
            let next = format!("{target}{rest}");
            if next.len() > MAX_PATH.saturating_mul(4) {
                return true;
            }
            path = next;
        }
        true
    }

    fn attribute(&mut self, attribute: &Attribute) -> Outcome<()> {
        let part = keras::part_of(&attribute.name);
        let mut values = Values::new(self.file, &mut self.heaps, true);
        let (report, size) = (&mut *self.report, self.file.size());
        values.each(
            &attribute.datatype,
            attribute.count,
            &attribute.data,
            &mut |value| match part {
                Some(part) => keras::text(value, part, &attribute.name, Some(size), report),
                None => value_of(value, &attribute.name, report),
            },
        )
    }

    /// Looks at the values of a dataset.
    pub(super) fn values(&mut self, datatype: &Datatype, count: u64, data: &[u8]) -> Outcome<()> {
        let mut values = Values::new(self.file, &mut self.heaps, false);
        let report = &mut *self.report;
        values.each(datatype, count, data, &mut |value| value_of(value, "a value", report))
    }

    /// Looks whether a dataset's bytes are a pickle.
    pub(super) fn probe(&mut self, section: &dyn ReadAt, address: u64) {
        if dataset::likely(section) && pickle::has_effect(section) {
            let text = "a dataset's bytes are a pickle";
            let offset = self.file.place(address);
            self.report.find(&rules::PICKLE, ArtefactVerdict::Unknown, offset, text);
            as_pickle(section, "a dataset", self.report);
        }
    }
}

/// A value that some libraries unpickle if it is a pickle, as PyTables does with attributes and objects.
fn value_of(value: &[u8], name: &str, report: &mut Report) {
    let end = value.iter().rposition(|byte| *byte != 0).map_or(0, |last| last.saturating_add(1));
    let value = value.get(..end).unwrap_or_default();
    if value.len() < SHORTEST {
        return;
    }
    let bytes = SliceBytes(value);
    if matches!(value, [0x80, 2..=5, .., b'.']) {
        as_pickle(&bytes, name, report);
    } else {
        report.within(name, |report| Pickle::also(&bytes, report));
    }
}

fn as_pickle(bytes: &dyn ReadAt, name: &str, report: &mut Report) {
    report.within(name, |report| {
        let mut session = Session::new(report, Persistent::Unknown);
        pickle::member(bytes, &mut session);
        session.finish();
    });
}
