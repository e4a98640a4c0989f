//! 7z archives.

use coseal_core::{fact::ArtefactVerdict::Malformed, finding::Rule, system::ModelFormat};

use super::{
    code, format,
    holding::Holding,
    rules::{RULES, STRUCTURE},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        nested::nested,
        registry::pickle::{self, Pickle},
        report::Report,
    },
    bytes::{ReadAt, Section},
    container::{
        Codec, End, checksum,
        seven::{self, Archive, Content, MAGIC, Member, Method, Stream},
    },
};

/// Unpacked this far to see whether there is a model in it.
const PROBED: u64 = 12 << 20;
/// Bytes of a link.
const MAX_LINK: u64 = 4096;

/// A 7z archive.
pub(crate) struct SevenZip;

impl Format for SevenZip {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "archive-7z"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        look.begins(MAGIC)
            && (format::is_wanted(look)
                || seven::open(look.bytes).map_or(true, |archive| holds_model(look, &archive)))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        match seven::open(input.bytes) {
            Ok(archive) => read(input.bytes, &archive, report),
            Err((true, why)) => report.gap("the header", why),
            Err((false, why)) => report.find(&STRUCTURE, Malformed, 0, why),
        }
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Members that have data, by stream and place in it.
fn parts(
    archive: &Archive,
) -> impl Iterator<Item = (usize, &Stream, u64, u64, Option<u32>, &Member)> {
    let places = archive.streams.iter().enumerate().flat_map(|(index, stream)| {
        let starts = stream.parts.iter().scan(0_u64, |start, (size, _)| {
            let here = *start;
            *start = start.saturating_add(*size);
            Some(here)
        });
        starts
            .zip(&stream.parts)
            .map(move |(start, (size, crc))| (index, stream, start, *size, *crc))
    });
    let members = archive.members.iter().filter(|member| member.data);
    places
        .zip(members)
        .map(|((i, stream, start, size, crc), member)| (i, stream, start, size, crc, member))
}

fn holds_model(look: &Look<'_>, archive: &Archive) -> bool {
    let mut held: Option<(usize, Option<Content<'_>>)> = None;
    for (index, stream, start, size, _, member) in parts(archive) {
        if !look.ask() {
            return true;
        }
        if held.as_ref().is_none_or(|(held, _)| *held != index) {
            held = Some((index, stream.content(look.bytes, PROBED)));
        }
        let content = held.as_ref().and_then(|(_, content)| content.as_ref());
        let model = match content {
            Some(Content::Stored(section)) => {
                format::is_model(&member.name, &Section::new(section, start, size), look)
            }
            Some(Content::Unpacked(unpacked)) => {
                format::is_model(&member.name, &Section::new(unpacked, start, size), look)
            }
            None => format::is_wanted(&Look::new(&member.name, &[], look.bytes)),
        };
        if model {
            return true;
        }
    }
    false
}

fn read(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    if archive.end < bytes.size() {
        let text = "bytes follow the archive";
        report.find(&STRUCTURE, Malformed, archive.end, text);
        let rest = Section::from(bytes, archive.end);
        if pickle::has_effect(&rest) {
            nested("rest.pkl", "(behind the archive)", &rest, report);
        }
    }
    let mut holding = Holding::new(report, false);
    let mut twice = std::collections::BTreeSet::new();
    for member in &archive.members {
        holding.name(&member.name);
        if member.data && !twice.insert(member.name.to_lowercase()) {
            holding.report.find(&STRUCTURE, Malformed, 0, "two members have one name");
        }
    }
    let mut held: Option<(usize, Option<Content<'_>>)> = None;
    for (index, stream, start, size, crc, member) in parts(archive) {
        if held.as_ref().is_none_or(|(held, _)| *held != index) {
            held = Some((index, open(bytes, stream, &mut holding)));
        }
        let section = match held.as_ref().and_then(|(_, content)| content.as_ref()) {
            Some(Content::Stored(section)) => Section::new(section, start, size),
            Some(Content::Unpacked(unpacked)) => Section::new(unpacked, start, size),
            None => continue,
        };
        let whole = crc.filter(|_| stream.parts.len() == 1);
        if whole.is_some_and(|crc| checksum(&section) != Some(crc)) {
            let text = format!("the checksum of {} is wrong", member.name);
            holding.report.find(&STRUCTURE, Malformed, stream.start, &text);
        }
        judge(member, &section, &mut holding);
    }
    holding.finish();
}

fn judge(member: &Member, section: &Section<'_>, holding: &mut Holding<'_>) {
    if member.link {
        match code::text(section, MAX_LINK) {
            Some(target) => holding.link(&member.name, &target, true),
            None => holding.report.gap(&member.name, "where the link leads can't be read"),
        }
    } else if member.name.ends_with("requirements.txt") {
        code::requirements(&member.name, section, holding.report);
    } else {
        holding.member(&member.name, section);
    }
}

/// Unpacks a stream within the allowance.
fn open<'a>(
    bytes: &'a dyn ReadAt,
    stream: &Stream,
    holding: &mut Holding<'_>,
) -> Option<Content<'a>> {
    if let Method::Other(what) = stream.method {
        holding
            .report
            .gap("a stream of the archive", &format!("it is packed by {what}, which is not read"));
        return None;
    }
    let codec = match stream.method {
        Method::Packed(codec) => codec,
        _ => Codec::Deflate,
    };
    let content = stream.content(bytes, holding.report.budget.unpackable(codec))?;
    let size = match &content {
        Content::Stored(section) => section.size(),
        Content::Unpacked(unpacked) => {
            holding.report.budget.unpacked(unpacked);
            if unpacked.end() == End::Limit && unpacked.size() < stream.size {
                let why = format!(
                    "it needs more memory than 40 MiB, or unpacks to more than is read: {} bytes were",
                    unpacked.size()
                );
                holding.report.gap("a stream of the archive", &why);
                return Some(content);
            }
            unpacked.size()
        }
    };
    if size != stream.size {
        let text = "a stream does not unpack to what it is said to";
        holding.report.find(&STRUCTURE, Malformed, stream.start, text);
    }
    Some(content)
}
