//! Storages: every one that a pickle names must be there, and large enough.

use std::collections::HashMap;

use coseal_core::fact::ArtefactVerdict;

use super::rules;
use crate::{
    artefact::{registry::pickle::Storage, report::Report},
    container::zip::Archive,
};

/// Compares the storages that pickles name with the members of the archive.
pub(super) fn check(
    archive: &Archive,
    named: &[(String, Vec<Storage>)],
    package: bool,
    report: &mut Report,
) {
    let sizes: HashMap<&str, u64> =
        archive.members.iter().map(|member| (member.name.as_str(), member.size)).collect();
    for (pickle, storages) in named {
        for storage in storages {
            let name = place(pickle, storage, package);
            let needed = storage.count.checked_mul(storage.item);
            // PyTorch 2 keeps the inputs of a trace without their numbers.
            let traced = pickle.ends_with("/traced_inputs.pkl");
            // Bytecode shares the storages of the constants.
            let shared = pickle
                .strip_suffix("bytecode.pkl")
                .and_then(|root| sizes.get(format!("{root}constants/{}", storage.key).as_str()));
            let text = match (sizes.get(name.as_str()).or(shared), needed) {
                (Some(size), Some(needed)) if *size >= needed => continue,
                (Some(0), _) if traced => continue,
                (Some(size), _) => {
                    format!("a storage of {} elements has {size} bytes", storage.count)
                }
                (None, _) => "a storage has no member".to_owned(),
            };
            report.within(pickle, |report| {
                report.find(&rules::STORAGE, ArtefactVerdict::Malformed, storage.offset, &text);
            });
        }
    }
}

/// The member that holds a storage.
fn place(pickle: &str, storage: &Storage, package: bool) -> String {
    let key = &storage.key;
    if package {
        let root = pickle.split('/').next().unwrap_or_default();
        return format!("{root}/.data/{key}.storage");
    }
    let (folder, file) = pickle.rsplit_once('/').unwrap_or(("", pickle));
    let place = file.strip_suffix(".pkl").unwrap_or("data");
    match folder {
        "" => format!("{place}/{key}"),
        folder => format!("{folder}/{place}/{key}"),
    }
}
