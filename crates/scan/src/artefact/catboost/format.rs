//! The format: a magic number, the length of the core, the core, and its parts.

use coseal_core::system::ModelFormat;

use super::{
    core,
    rules::{BROKEN, HIDDEN, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::{self, Pickle},
        report::Report,
        room::Room,
        stop::{Step, Stop, broken, settle},
    },
    bytes::{ReadAt, Section, read_exact_at},
    encoding::flatbuffer::Flat,
};

/// What a model begins with.
const MAGIC: &[u8] = b"CBM1";
/// Tables of a part that are followed.
const MAX_TABLES: u32 = 1 << 16;

/// Parts of texts and of embeddings: dictionaries and numbers, which the library reads as such. They end the file.
const DATA: &[&str] = &["text_process_v2", "embed_process_1"];

/// A model in the format of the library.
pub(crate) const CATBOOST: Room = Room {
    id: "catboost",
    family: Some(ModelFormat::Trees),
    recognises: |look: &Look<'_>| look.begins(MAGIC),
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let length = u64::from(number(bytes, 4)?);
    let mut at = 8_u64.saturating_add(length);
    if at > bytes.size() {
        return broken(4, "the trees reach past the end of the file");
    }
    let parts = {
        let section = Section::new(bytes, 8, length);
        core::read(&Flat::new(&section), report)?
    };
    for part in &parts {
        let name = part.trim_end_matches('\0');
        if DATA.contains(&name) {
            return data(bytes, at, name, report);
        }
        if name != "static_provider_v1" {
            report.gap(part, "parts of this kind are not read");
            return Ok(());
        }
        at = tables(bytes, at)?;
    }
    if at != bytes.size() {
        let rest = Section::from(bytes, at);
        if pickle::has_effect(&rest) {
            let text = "a pickle with effects follows the model";
            report.find(&HIDDEN, coseal_core::fact::ArtefactVerdict::Malicious, at, text);
        }
        return broken(at, "something follows the model");
    }
    Ok(())
}

/// A part that is data to the end of the file. It begins with its name.
fn data(bytes: &dyn ReadAt, at: u64, name: &str, report: &mut Report) -> Step {
    let mut first = vec![0; name.len().saturating_add(1)];
    let named = read_exact_at(bytes, at, &mut first).is_ok()
        && first.strip_suffix(&[0]) == Some(name.as_bytes());
    if !named {
        return broken(at, format!("the part {name} does not begin with its name"));
    }
    let rest = Section::from(bytes, at.saturating_add(first.len() as u64));
    report.payload(rest.size());
    if pickle::has_effect(&rest) {
        let text = "a pickle with effects stands where dictionaries do";
        report.find(&HIDDEN, coseal_core::fact::ArtefactVerdict::Malicious, at, text);
    }
    Ok(())
}

/// Tables of values of categories: how many, then each with its length. Gives where they end.
fn tables(bytes: &dyn ReadAt, start: u64) -> Step<u64> {
    let count = number(bytes, start)?;
    if count > MAX_TABLES {
        return Err(Stop::Limit("there are more tables of categories than are followed"));
    }
    let mut at = start.saturating_add(4);
    for _ in 0..count {
        let length = u64::from(number(bytes, at)?);
        let first = at.saturating_add(4);
        at = first.saturating_add(length);
        if at > bytes.size() {
            return broken(first, "a table of categories reaches past the end of the file");
        }
        let section = Section::new(bytes, first, length);
        let flat = Flat::new(&section);
        let table = flat.root()?;
        if let Some(base) = flat.table(table, 0)? {
            flat.table(base, 0)?;
        }
        flat.list(table, 1, 1)?;
        flat.list(table, 2, 1)?;
    }
    Ok(at)
}

fn number(bytes: &dyn ReadAt, at: u64) -> Step<u32> {
    let mut number = [0; 4];
    if at.saturating_add(4) > bytes.size() {
        return broken(at, "the file ends before a length");
    }
    read_exact_at(bytes, at, &mut number).map_err(|_| Stop::Unreadable(at))?;
    Ok(u32::from_le_bytes(number))
}
