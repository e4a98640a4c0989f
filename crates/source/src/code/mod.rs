//! What code shows: files are read into facts of our own ([`ir`]), names are followed to where they are set, and tables say
//! which calls show which assets.

mod assets;
mod elsewhere;
mod ir;
mod known;
mod project;
mod python;
mod read;
mod resolve;
mod script;
mod settings;

pub(crate) use assets::{digest_of, is_optional};

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Kind, Pin},
    tree::Walk,
};

use crate::discover::{Discovered, is_prompt, text_prompts};

/// What the code of a folder shows. `hosted` are the names of hosted models that the catalogue knows.
pub(crate) fn discover(walk: &Walk, hosted: &[(&str, Pin)]) -> Discovered {
    let code = read::code(walk);
    let project = project::Project::new(code.modules);
    let files: BTreeSet<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
    let pins: BTreeMap<&str, Pin> = hosted.iter().copied().collect();
    let mut look =
        assets::Look { project: &project, files: &files, hosted: &pins, found: Vec::new() };
    assets::assets(&mut look);
    let mut found = look.found;
    found.extend(settings::assets(walk, &pins));
    found.extend(elsewhere::assets(walk, hosted));
    found.extend(text_prompts(walk));
    Discovered { assets: found, gaps: code.gaps, ..Discovered::default() }
}

/// The files of code that are looked at.
pub(crate) fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let files = walk.files.iter().filter(|file| {
        read::is_code(&file.name) || settings::is_settings(file) || is_prompt(&file.name)
    });
    BTreeMap::from([(Kind::Asset, files.map(|file| file.name.clone()).collect())])
}
