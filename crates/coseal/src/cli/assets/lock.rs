//! The register, written.

use std::{collections::BTreeSet, path::Path};

use coseal_assure::evidence::disk;
use coseal_core::{
    exit::ExitCode,
    lock::{FILE_NAME, MAX_LOCK, write},
    nearest::nearest,
    tree::Tree,
};
use coseal_scan::register::{Fate, Plan, plan};

use super::Place;
use crate::{
    cli::{
        complain,
        output::{print, width},
    },
    render::assets_text,
};

/// Write the digests of all assets to coseal.lock, the register that `coseal check` compares with.
///
/// New assets are added. One that changed, or is not there any more, stays as it is registered until you say that the change is
/// right: --accept NAME for one, --accept-all for all. Look at the change first: it is the moment at which a prompt or model that
/// somebody swapped would be seen.
///
/// Everything is hashed, however large. Prompts in code and the descriptions of tools are registered by the digest of their text.
/// Documents are registered if they have a digest in coseal.toml. Models and data of a hub or an address are not here to be
/// read: name their exact revision in coseal.toml, or give coseal a copy with --local.
///
/// Exit codes: 0 the register says what is there; 1 something changed or is gone and was not accepted, or, with --check, the
/// register would be written; 6 something could not be read; 4 the register can't be read or written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// Take over the change of this asset, or that it is gone; may be given more than once.
    #[arg(long, value_name = "NAME")]
    accept: Vec<String>,
    /// Take over all changes.
    #[arg(long, conflicts_with = "accept")]
    accept_all: bool,
    /// Also register what only tests, examples and documentation show.
    #[arg(long)]
    all: bool,
    /// Write nothing; exit with 1 if something would be written.
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, ExitCode> {
    let root = args.place.root();
    let inspected = args.place.inspect(&root, true)?;
    let facts = &inspected.facts;
    if let Some(problem) = &facts.lock.problem {
        complain(&format!("{FILE_NAME} can't be read: {problem}"));
        return Err(ExitCode::Environment);
    }
    let accepted: BTreeSet<String> = args.accept.iter().cloned().collect();
    let plan = plan(facts, (!args.accept_all).then_some(&accepted), args.all);
    if let Some(name) = plan.unmatched.first() {
        return Err(no_such(name, &plan));
    }
    if plan.ambiguous.first().is_some() {
        complain(
            "--accept names several changes: say the location of one, as coseal assets --format json shows it",
        );
        return Err(ExitCode::Usage);
    }
    let text = write(&plan.register);
    let there = Tree::open(&root).and_then(|tree| tree.text(FILE_NAME)).ok();
    let stale = there.as_deref() != Some(&text) && !(there.is_none() && plan.register.is_empty());
    if stale && !args.check {
        put(&root, &text)?;
    }
    let code = exit_code(args, &plan, stale);
    let written = match (stale, args.check) {
        (false, _) => assets_text::Written::AsItWas,
        (true, false) => assets_text::Written::Now,
        (true, true) => assets_text::Written::WouldBe,
    };
    Ok(print(&assets_text::plan(&plan, written, width()), code))
}

fn no_such(name: &str, plan: &Plan) -> ExitCode {
    let names = plan.entries.iter().map(|entry| entry.name.as_str());
    let hint = nearest(name, names).map(|near| format!("; did you mean {near}?"));
    let hint = hint.unwrap_or_else(|| "; coseal assets lists them".into());
    complain(&format!("--accept names no asset{hint}"));
    ExitCode::Usage
}

/// Writes beside, and moves it to its place: whoever reads sees the old register or the new one. A link of that name was
/// refused when it was read.
fn put(root: &Path, text: &str) -> Result<(), ExitCode> {
    if text.len() as u64 > MAX_LOCK {
        complain(&format!(
            "{FILE_NAME} would be larger than {MAX_LOCK} bytes: declare folders instead of files"
        ));
        return Err(ExitCode::Environment);
    }
    disk::put(root, FILE_NAME, text.as_bytes()).map_err(|error| {
        complain(&format!("failed to write {FILE_NAME}: {error}"));
        ExitCode::Environment
    })
}

fn exit_code(args: &Args, plan: &Plan, stale: bool) -> ExitCode {
    let mut code = ExitCode::Clean;
    if plan.open().next().is_some() || args.check && stale {
        code = code.and(ExitCode::Findings);
    }
    if plan
        .entries
        .iter()
        .any(|entry| matches!(entry.fate, Fate::Unknown(_)) && !entry.is_elsewhere())
    {
        code = code.and(ExitCode::Incomplete);
    }
    code
}
