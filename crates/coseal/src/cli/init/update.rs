//! What a system file lacks, added to it.

use std::path::Path;

use coseal_core::{exit::ExitCode, fact::Asset};
use coseal_source::draft::update;

use super::{
    command::{Args, files, incomplete},
    file::replace,
};
use crate::{
    cli::{
        complain,
        output::{print, width},
    },
    inspect::Inspected,
    render::init_text,
};

pub(super) fn run(args: &Args, root: &Path, inspected: &Inspected, observed: &[Asset]) -> ExitCode {
    let updated = match update(&inspected.system_text, observed, &files(inspected)) {
        Ok(updated) => updated,
        Err(why) => {
            complain(&format!("failed to add: {why}"));
            return ExitCode::Usage;
        }
    };
    if args.dry_run {
        return print(&updated.text, incomplete(inspected, ExitCode::Clean));
    }
    if !updated.added.is_empty()
        && let Err(error) = replace(root, &inspected.system_text, &updated.text)
    {
        complain(&error.to_string());
        return error.exit_code();
    }
    print(&init_text::updated(&updated, width()), incomplete(inspected, ExitCode::Clean))
}
