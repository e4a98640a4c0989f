//! Sources that are run although no setting names them: by their name, or by what they define.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    card::{self, Card},
    folder::{led, whole},
    python::Source,
    rules::{ACTS, CODE},
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
    },
    bytes::{Beside, ReadAt, read_up_to},
};

/// Bytes of a source that are looked through.
const MAX_SOURCE: u64 = 1 << 20;
/// Sources of a folder that are asked what they define.
const MAX_ASKED: usize = 64;
/// Sources that are run by their name.
const NAMED: &[(&str, &str)] = &[
    ("handler.py", "servers of endpoints run it"),
    ("sitecustomize.py", "Python runs it when it starts in this folder"),
    ("usercustomize.py", "Python runs it when it starts in this folder"),
    ("custom_generate/generate.py", "generation runs it where remote code is trusted"),
];
/// How the names of sources begin in which a library of models finds its classes.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "modeling_", "modelling_", "configuration_", "tokenization_", "processing_", "image_processing_", "video_processing_", "feature_extraction_",
];
/// Classes of `datasets` by which a script says how data are made.
const BUILDERS: &[&[u8]] =
    &[b"GeneratorBasedBuilder", b"ArrowBasedBuilder", b"BeamBasedBuilder", b"DatasetBuilder"];
/// Classes that a pipeline of a folder is made of.
const PIPELINES: &[&[u8]] = &[b"DiffusionPipeline", b"PreTrainedPipeline", b"ModularPipeline"];
/// Suffixes of data: a folder with some needs no script.
#[rustfmt::skip]
const TABLES: &[&str] = &[
    ".parquet", ".csv", ".tsv", ".json", ".jsonl", ".arrow", ".txt", ".zip", ".gz", ".zst", ".tar", ".xml", ".jpg", ".png", ".wav", ".mp3", ".flac", ".h5",
];
/// What lies in the folder of a package or a project.
const PROJECT: &[&str] = &["__init__.py", "setup.py", "setup.cfg", "pyproject.toml"];
const MAKES_DATA: &str = "loading the data set runs it";

/// The modules of a folder that are run unnamed, and why. `folder`: its name, if that is known.
pub(super) fn unnamed(
    card: Card,
    folder: Option<&str>,
    names: &BTreeSet<String>,
    beside: &dyn Beside,
) -> Vec<(String, &'static str)> {
    let found = NAMED.iter().filter(|(file, _)| names.contains(*file));
    let mut found: Vec<_> = found.map(|(file, why)| ((*file).to_owned(), *why)).collect();
    let top = names.iter().filter(|name| name.ends_with(".py") && !name.contains('/'));
    let top: Vec<&String> = top.collect();
    let data = names.iter().any(|name| TABLES.iter().any(|end| name.ends_with(end)));
    for name in top.iter().take(MAX_ASKED) {
        let stem = name.trim_end_matches(".py");
        let own = folder.is_some_and(|folder| folder.eq_ignore_ascii_case(stem));
        let alone = card == Card::Data && top.len() == 1 && !data;
        let defines =
            |classes: &[&[u8]]| beside.open(name).is_some_and(|bytes| defines(&*bytes, classes));
        if PARTS.iter().any(|start| name.starts_with(start)) {
            found.push(((*name).clone(), "it defines a part of the model, and is run for that"));
        } else if *name == "pipeline.py" && defines(PIPELINES) {
            found.push(((*name).clone(), "the pipeline of the model is what it defines"));
        } else if card == Card::Data && (own || alone) || defines(BUILDERS) {
            found.push(((*name).clone(), MAKES_DATA));
        }
    }
    found
}

/// Whether a source is a script that makes a data set, and no other file stands for its folder.
pub(super) fn recognises(look: &Look<'_>) -> bool {
    if !look.named(&["py"]) || !defines(look.bytes, BUILDERS) {
        return false;
    }
    let names = look.beside.names();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    // Settings and cards bring their scripts along.
    if led(look.beside) || card::of(look.beside).is_some() {
        return false;
    }
    // In an archive nobody knows what lies around it, and libraries have such classes in packages.
    has(&[look.name()]) && !has(PROJECT)
}

/// Judges such a script, which stands for its folder.
pub(super) fn read(input: Input<'_>, report: &mut Report) {
    let Some(text) = whole(input.bytes, MAX_SOURCE) else {
        report.gap("the script", "it can't be read as code");
        return;
    };
    match Source::read(&text).act(&BTreeSet::new()) {
        Some(act) => {
            let text = format!("it {}: {}", act.what, act.mark);
            report.find(&ACTS, Malicious, act.at as u64, &text);
        }
        None => report.find(&CODE, Unknown, 0, MAKES_DATA),
    }
}

/// Whether a source has a class that derives from one of `classes`.
fn defines(bytes: &dyn ReadAt, classes: &[&[u8]]) -> bool {
    let size = bytes.size().min(MAX_SOURCE);
    let mut text = vec![0; usize::try_from(size).unwrap_or(0)];
    let Ok(read) = read_up_to(bytes, 0, &mut text) else { return false };
    let text = text.get(..read).unwrap_or_default();
    classes.iter().any(|class| {
        memchr::memmem::find_iter(text, class).any(|at| {
            let before = text.get(..at).unwrap_or_default();
            let line = memchr::memrchr(b'\n', before).map_or(0, |line| line.saturating_add(1));
            let line = before.get(line..).unwrap_or_default();
            let after = text.get(at.saturating_add(class.len())..).unwrap_or_default();
            let whole =
                !after.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
            whole && (line.starts_with(b"class ") && line.contains(&b'(') || is_renamed(after))
        })
    })
}

/// Whether a class is taken under another name, which may be derived from.
fn is_renamed(after: &[u8]) -> bool {
    after.starts_with(b" as ")
}
