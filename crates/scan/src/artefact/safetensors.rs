//! Safetensors: a length, a JSON header, and the tensors' bytes, which the header must cover exactly.
//!
//! The bytes of the tensors are no code to any loader and are not read.

use coseal_core::system::ModelFormat;
use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, BufReader, Read},
};

use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::{
    format::{Format, Input, Look},
    registry::pickle,
    report::Report,
};
use crate::bytes::{ReadAt, Section, read_up_to};

/// The format's own limit on the header.
const MAX_HEADER: u64 = 100_000_000;
/// Bytes of one string of the header; with what is kept of the tensors this bounds the memory used.
const MAX_STRING: usize = 8 << 20;
/// Tensors followed.
const MAX_TENSORS: usize = 1 << 19;
/// Dimensions of one tensor.
const MAX_DIMENSIONS: usize = 255;
/// Bytes after the header tried as something else.
const PROBED: u64 = 1 << 16;
/// Element types and their size in bits.
const DTYPES: &[(&str, u64)] = &[
    ("BF16", 16),
    ("BOOL", 8),
    ("C128", 128),
    ("C64", 64),
    ("F16", 16),
    ("F32", 32),
    ("F4", 4),
    ("F64", 64),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("F8_E4M3", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2", 8),
    ("F8_E5M2FNUZ", 8),
    ("F8_E8M0", 8),
    ("I16", 16),
    ("I32", 32),
    ("I64", 64),
    ("I8", 8),
    ("U16", 16),
    ("U32", 32),
    ("U64", 64),
    ("U8", 8),
];

/// The header is not what the format says.
const HEADER: Rule = Rule {
    id: "safetensors-header",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the header breaks the rules of the format",
    tip: "fetch the file again from its source and compare its digest",
};
/// The tensors don't cover the data exactly.
const COVER: Rule = Rule {
    id: "safetensors-overlap",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "tensors overlap, leave bytes out, or reach outside the file",
    tip: "fetch the file again from its source and compare its digest",
};
/// Something else hides in the file.
const HIDDEN: Rule = Rule {
    id: "safetensors-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in a file that is said to hold only tensors",
    tip: "do not load it",
};

/// The name promises something else.
const MISNAMED: Rule = Rule {
    id: "safetensors-misnamed",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the file has a pickle's name and the content of a safetensors file",
    tip: "rename it to .safetensors, so that no loader takes it for a pickle",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[HEADER, COVER, HIDDEN, MISNAMED];
/// Suffixes of files that are handed to loaders of pickles.
const PICKLES: &[&str] = &[
    "bin", "ckpt", "dat", "joblib", "mdl", "model", "p", "pickle", "pk", "pkl", "pt", "pth", "sav",
];

/// A safetensors file.
pub(crate) struct Safetensors;

impl Format for Safetensors {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "safetensors"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Safetensors)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(&["safetensors"]) {
            return !look.begins(b"version https://git-lfs");
        }
        let Some((length, rest)) = look.head.split_first_chunk::<8>() else { return false };
        let length = u64::from_le_bytes(*length);
        (2..=MAX_HEADER).contains(&length)
            && length.saturating_add(8) <= look.bytes.size()
            && matches!(rest, [b'{', b'"' | b'}', ..])
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if let Err(problem) = read(input.bytes, report) {
            report.find(&problem.rule, ArtefactVerdict::Malformed, problem.offset, &problem.text);
            if pickle::has_effect(&Section::new(input.bytes, 0, PROBED)) {
                let text = "the file is a pickle with effects";
                report.find(&HIDDEN, ArtefactVerdict::Malicious, 0, text);
            }
        }
        if Look::new(input.path, &[], input.bytes).named(PICKLES) {
            let text = "a loader that goes by the name takes it for a pickle";
            report.find(&MISNAMED, ArtefactVerdict::Malformed, 0, text);
        }
        pickle::Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// What is wrong, and where.
struct Problem {
    rule: Rule,
    offset: u64,
    text: String,
}

fn header(offset: u64, text: impl Into<String>) -> Problem {
    Problem { rule: HEADER, offset, text: text.into() }
}

fn cover(offset: u64, text: impl Into<String>) -> Problem {
    Problem { rule: COVER, offset, text: text.into() }
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Result<(), Problem> {
    let mut start = [0; 9];
    match read_up_to(bytes, 0, &mut start) {
        Ok(9) => {}
        Ok(_) => return Err(header(0, "the file is too short for a header")),
        Err(_) => {
            report.unreadable(0);
            return Ok(());
        }
    }
    let [length @ .., first] = start;
    let length = u64::from_le_bytes(length);
    let data = length.checked_add(8).filter(|data| *data <= bytes.size());
    let Some(data) = data.filter(|_| length <= MAX_HEADER) else {
        return Err(header(0, format!("a header of {length} bytes does not fit")));
    };
    if first != b'{' {
        return Err(header(8, "the header does not begin with a brace"));
    }
    let Some(mut tensors) = parse(bytes, length)? else {
        report.gap("the header", "one of its strings is longer than is read");
        return Ok(());
    };
    if tensors.overflow {
        report.gap("further tensors", "there are more than are followed");
        return Ok(());
    }
    let size = bytes.size().saturating_sub(data);
    tensors.cover(data, size, bytes, report)?;
    report.payload(size);
    tensors.measure(report);
    Ok(())
}

/// The header; none if a string in it is too long.
fn parse(bytes: &dyn ReadAt, length: u64) -> Result<Option<Tensors>, Problem> {
    let section = Section::new(bytes, 8, length);
    let reader = Sequential { section, offset: 0, string: None, escaped: false };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, reader));
    let mut tensors = Tensors::default();
    let parsed = TopLevel(&mut tensors).deserialize(&mut json).and_then(|()| json.end());
    match parsed {
        Ok(()) => Ok(Some(tensors)),
        Err(error) if error.is_io() => Ok(None),
        Err(error) => {
            // Its message may quote the header, which may hold anything; its place is enough.
            let why = match error.classify() {
                serde_json::error::Category::Data => {
                    tensors.problem.unwrap_or("a value of the wrong kind")
                }
                serde_json::error::Category::Eof => "the JSON ends too early",
                _ => "it is not JSON",
            };
            Err(header(8, format!("{why} (line {}, column {})", error.line(), error.column())))
        }
    }
}

/// JSON read from front to back, as long as no string in it is too long.
struct Sequential<'a> {
    section: Section<'a>,
    offset: u64,
    /// Bytes of the string that is being read.
    string: Option<usize>,
    escaped: bool,
}

impl Sequential<'_> {
    /// Follows one byte; whether the string that it belongs to is still short enough.
    fn follow(&mut self, byte: u8) -> bool {
        let escaped = std::mem::take(&mut self.escaped);
        self.string = match (self.string, byte) {
            (None, b'"') => Some(0),
            (Some(_), b'"') if !escaped => None,
            (Some(length), _) => {
                self.escaped = byte == b'\\' && !escaped;
                Some(length.saturating_add(1))
            }
            (None, _) => None,
        };
        self.string.is_none_or(|length| length <= MAX_STRING)
    }
}

impl Read for Sequential<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.section.read_at(self.offset, buf)?;
        self.offset = self.offset.saturating_add(read as u64);
        let short = buf.iter().take(read).all(|byte| self.follow(*byte));
        if short { Ok(read) } else { Err(io::ErrorKind::FileTooLarge.into()) }
    }
}

/// What the header says.
#[derive(Default)]
struct Tensors {
    /// Start and end of each tensor's data, and the size of its elements in bytes, at least 1.
    ranges: Vec<(u64, u64, u64)>,
    /// Hashes of the names seen.
    names: HashSet<u64>,
    dtypes: BTreeSet<&'static str>,
    parameters: u64,
    overflow: bool,
    problem: Option<&'static str>,
}

impl Tensors {
    /// The data must be covered exactly, each byte once.
    fn cover(
        &mut self,
        data: u64,
        size: u64,
        bytes: &dyn ReadAt,
        report: &mut Report,
    ) -> Result<(), Problem> {
        // The names are not needed any more, and there may be many.
        self.names = HashSet::new();
        self.ranges.sort_unstable();
        let mut covered = 0;
        for &(start, end, item) in &self.ranges {
            let offset = data.saturating_add(start);
            if start != covered {
                let what =
                    if start < covered { "overlaps another" } else { "leaves a hole before it" };
                return Err(cover(offset, format!("a tensor at {start} {what}")));
            }
            if end > size {
                return Err(cover(offset, format!("a tensor at {start} reaches outside the file")));
            }
            if !offset.is_multiple_of(item) && end > start {
                return Err(header(0, "the data is not aligned to its elements"));
            }
            covered = end;
        }
        if covered == size {
            return Ok(());
        }
        let offset = data.saturating_add(covered);
        if pickle::has_effect(&Section::new(bytes, offset, PROBED)) {
            let text = "a pickle with effects follows the tensors";
            report.find(&HIDDEN, ArtefactVerdict::Malicious, offset, text);
        }
        Err(cover(offset, format!("{} bytes belong to no tensor", size.saturating_sub(covered))))
    }

    fn measure(&self, report: &mut Report) {
        report.measure("tensors", self.ranges.len().to_string());
        report.measure("parameters", self.parameters.to_string());
        if !self.dtypes.is_empty() {
            report.measure("dtypes", self.dtypes.iter().copied().collect::<Vec<_>>().join(" "));
        }
    }

    /// Notes what is wrong, and gives the error that stops the parser.
    fn fail<E: de::Error>(&mut self, why: &'static str) -> E {
        self.problem.get_or_insert(why);
        E::custom(why)
    }

    fn add(&mut self, entry: &Entry) -> Result<(), &'static str> {
        let (Some(dtype), Some(shape), Some((start, end))) =
            (entry.dtype, entry.shape.as_ref(), entry.offsets)
        else {
            return Err("a tensor without type, shape or offsets");
        };
        let (name, bits) = dtype;
        let elements = shape.iter().try_fold(1_u64, |product, side| product.checked_mul(*side));
        let elements = elements.ok_or("a shape beyond all bounds")?;
        let total = elements.checked_mul(bits).ok_or("a shape beyond all bounds")?;
        let length = end.checked_sub(start).ok_or("a tensor that ends before it begins")?;
        if !total.is_multiple_of(8) || total.checked_div(8) != Some(length) {
            return Err("a tensor whose shape does not match its size");
        }
        if self.ranges.len() >= MAX_TENSORS {
            self.overflow = true;
            return Ok(());
        }
        self.dtypes.insert(name);
        self.parameters = self.parameters.saturating_add(elements);
        self.ranges.push((start, end, (bits / 8).max(1)));
        Ok(())
    }

    fn is_new(&mut self, name: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        self.overflow |= self.names.len() > MAX_TENSORS;
        self.overflow || self.names.insert(hasher.finish())
    }
}

/// The header's outermost object.
struct TopLevel<'a>(&'a mut Tensors);

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if !self.0.is_new(&name) {
                return Err(self.0.fail("two entries of one name"));
            }
            if name == "__metadata__" {
                if !map.next_value::<Metadata>()?.0 {
                    return Err(self.0.fail("two entries of one name in the metadata"));
                }
                continue;
            }
            let entry: Entry = map.next_value()?;
            let added = match entry.problem {
                Some(why) => Err(why),
                None => self.0.add(&entry),
            };
            if let Err(why) = added {
                return Err(self.0.fail(why));
            }
        }
        Ok(())
    }
}

/// Metadata: strings by name. Whether each name stands once.
struct Metadata(bool);

impl<'de> de::Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Metadata;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Metadata, A::Error> {
                let (mut seen, mut once) = (HashSet::new(), true);
                while let Some(name) = map.next_key::<String>()? {
                    map.next_value::<Text>()?;
                    let mut hasher = DefaultHasher::new();
                    name.hash(&mut hasher);
                    once &= seen.len() < MAX_TENSORS && seen.insert(hasher.finish());
                }
                Ok(Metadata(once))
            }
        }
        deserializer.deserialize_map(Map)
    }
}

/// A string that is not kept.
struct Text;

impl<'de> de::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Text, E> {
                Ok(Text)
            }
        }
        deserializer.deserialize_str(Any)
    }
}

/// One tensor.
#[derive(Default)]
struct Entry {
    dtype: Option<(&'static str, u64)>,
    shape: Option<Vec<u64>>,
    offsets: Option<(u64, u64)>,
    problem: Option<&'static str>,
}

impl<'de> de::Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tensor")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
                let mut entry = Entry::default();
                while let Some(name) = map.next_key::<String>()? {
                    let repeated = match name.as_str() {
                        "dtype" => {
                            let known = map.next_value::<String>()?;
                            let known = DTYPES.iter().find(|(name, _)| *name == known);
                            if known.is_none() {
                                entry.problem = Some("an unknown element type");
                            }
                            entry.dtype.replace(known.copied().unwrap_or(("", 8))).is_some()
                        }
                        "shape" => entry.shape.replace(map.next_value::<Shape>()?.0).is_some(),
                        "data_offsets" => entry.offsets.replace(map.next_value()?).is_some(),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            entry.problem = Some("an unknown field");
                            false
                        }
                    };
                    if repeated {
                        entry.problem = Some("a field that stands twice");
                    }
                }
                Ok(entry)
            }
        }
        deserializer.deserialize_map(Map)
    }
}

/// Dimensions, bounded.
struct Shape(Vec<u64>);

impl<'de> de::Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sides;
        impl<'de> Visitor<'de> for Sides {
            type Value = Shape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("dimensions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sides: A) -> Result<Shape, A::Error> {
                let mut shape = Vec::new();
                while let Some(side) = sides.next_element::<u64>()? {
                    if shape.len() >= MAX_DIMENSIONS {
                        return Err(de::Error::custom("too many dimensions"));
                    }
                    shape.push(side);
                }
                Ok(Shape(shape))
            }
        }
        deserializer.deserialize_seq(Sides)
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    fn file(header: &str, data: usize) -> Vec<u8> {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.bytes());
        bytes.extend(vec![7; data]);
        bytes
    }

    fn verdict(header: &str, data: usize) -> ArtefactVerdict {
        inspect("m.safetensors", &SliceBytes(&file(header, data))).unwrap().verdict
    }

    const GOOD: &str = r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}          "#;

    #[test]
    fn a_file_that_its_tensors_cover_is_clean_and_measured() {
        let artefact = inspect("x.weights", &SliceBytes(&file(GOOD, 8))).unwrap();
        assert_eq!(artefact.verdict, ArtefactVerdict::Clean);
        assert!(artefact.coverage.complete);
        assert_eq!(artefact.format, "safetensors");
        assert_eq!(artefact.coverage.payload, 0, "the first look saw all of so small a file");
        assert_eq!(artefact.measures["parameters"], "2");
        assert_eq!(verdict("{}", 0), ArtefactVerdict::Clean);
    }

    #[test]
    fn anything_else_is_malformed() {
        for (header, data) in [
            (GOOD, 9),
            (GOOD, 7),
            (&GOOD.replace("[0,8]", "[1,9]"), 9),
            (&GOOD.replace("[0,8]", "[8,0]"), 8),
            (&GOOD.replace("[2]", "[3]"), 8),
            (&GOOD.replace("F32", "F33"), 8),
            (&GOOD.replace("[2]", "[18446744073709551615,2]"), 8),
            (&GOOD.replace(r#""shape""#, r#""shape":[2],"shape""#), 8),
            (&GOOD.replace(r#"{"a""#, r#"{"__metadata__":{"x":1},"a""#), 8),
            (&GOOD.replace("}}", "}}x"), 8),
            (&GOOD.replace(r#"{"a""#, r#" {"a""#), 8),
            ("[]", 0),
        ] {
            assert_eq!(verdict(header, data), ArtefactVerdict::Malformed, "{header} {data}");
        }
    }

    #[test]
    fn a_pickles_name_or_effect_is_never_clean() {
        let verdict = |path, bytes: &[u8]| inspect(path, &SliceBytes(bytes)).unwrap().verdict;
        assert_eq!(verdict("x.bin", &file(GOOD, 8)), ArtefactVerdict::Malformed);
        // The length is an opcode that jumps over the header; the data is what follows.
        let evil = b"0cposix\nsystem\nX\x04\0\0\0true\x85R.";
        let entry =
            format!(r#"{{"a":{{"dtype":"U8","shape":[{0}],"data_offsets":[0,{0}]}}}}"#, evil.len());
        let header = format!("{entry:<85}");
        let mut bytes = file(&header, 0);
        bytes.extend(evil);
        // `U`, then a length of 0: the NULs after it are no opcodes, so this one does nothing.
        assert_eq!(verdict("x.safetensors", &bytes), ArtefactVerdict::Clean);
        let (long, inner) = (format!("{entry:<22101}"), 0x56 - 1);
        let mut bytes = file(&long, 0);
        assert_eq!(bytes[..2], [b'U', inner + 1]);
        // The jump ends within the blanks of the header, where a chain of strings leads to the data.
        let mut at = 2 + usize::from(inner) + 1;
        while at < bytes.len() {
            let left = bytes.len() - at - 5;
            bytes[at] = b'X';
            bytes[at + 1..at + 5].copy_from_slice(&(left as u32).to_le_bytes());
            at = bytes.len();
        }
        bytes.extend(evil);
        for path in ["x.safetensors", "x.pkl", "x.bin"] {
            assert_eq!(verdict(path, &bytes), ArtefactVerdict::Malicious, "{path}");
        }
    }

    #[test]
    fn a_string_beyond_the_limit_is_not_read() {
        let long = "z".repeat(super::MAX_STRING + 1);
        let header = GOOD.replace(r#"{"a""#, &format!(r#"{{"__metadata__":{{"x":"{long}"}},"a""#));
        assert_eq!(verdict(&header, 8), ArtefactVerdict::Undecided);
    }
}
