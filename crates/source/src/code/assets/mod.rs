//! Assets from the facts of code: each file here is for one kind.

mod look;
mod models;
mod names;

pub(crate) use look::{Look, is_optional};

use super::project::Project;

/// What the modules show, unjoined.
pub(crate) fn assets(look: &mut Look<'_>) {
    let project: &Project = look.project;
    for (at, module) in project.modules.iter().enumerate() {
        let names = look.called_in(at);
        for (index, call) in module.calls.iter().enumerate() {
            let Some(name) = names.get(index) else { continue };
            models::in_call(look, at, call, name);
        }
        names::in_module(look, at, &names);
    }
}
