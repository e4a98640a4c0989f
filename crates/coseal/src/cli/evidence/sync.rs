//! `coseal evidence push` and `pull`.

use std::fmt::Write as _;

use coseal_assure::evidence::{self, Synced};
use coseal_core::{counted::counted, exit::ExitCode};

use super::of::{checked, failed};
use crate::{
    cli::{complain, output::print},
    clock,
    places::Places,
    progress::Progress,
    remote,
};

/// Give another place what it has less of: a folder, a git ref, a bucket.
///
/// Logs there only grow. If a log there is not the beginning of the log here, it was forked or rewritten: nothing is
/// changed, and the exit code is 5. A git repository is written to without running git or any hook.
#[derive(Debug, clap::Args)]
pub(super) struct PushArgs {
    #[command(flatten)]
    to: Place,
}

/// Take from another place what it has more of: a folder, a git ref, a bucket.
///
/// Every record that comes in is verified, and that the log here is the beginning of the log there. If it is not,
/// one of them was forked or rewritten: the log here is left as it is, and the exit code is 5.
#[derive(Debug, clap::Args)]
pub(super) struct PullArgs {
    #[command(flatten)]
    from: Place,
}

#[derive(Debug, clap::Args)]
struct Place {
    /// folder:PATH (or a path), git:PATH[#REF] (a repository on this machine, by default refs/coseal/evidence), or
    /// s3://BUCKET/PREFIX (in a build with buckets).
    place: String,
    /// Only this system.
    #[arg(long, value_name = "ID")]
    system: Option<String>,
    #[command(flatten)]
    places: Places,
}

pub(super) fn push(args: &PushArgs) -> ExitCode {
    sync(&args.to, "there", evidence::push)
}

pub(super) fn pull(args: &PullArgs) -> ExitCode {
    let places = &args.from.places;
    sync(&args.from, "here", |store, remote, system| {
        let witnesses = |system: &str| {
            let root = places.root(system, None).ok().flatten();
            root.map(|root| root.witnesses).unwrap_or_default()
        };
        evidence::pull(store, remote, system, &witnesses)
    })
}

fn sync(
    place: &Place,
    side: &str,
    way: impl FnOnce(
        &evidence::Store,
        &mut dyn evidence::Remote,
        Option<&str>,
    ) -> Result<Vec<Synced>, evidence::StoreError>,
) -> ExitCode {
    if let Some(Err(code)) = place.system.as_deref().map(checked) {
        return code;
    }
    let store = match place.places.store() {
        Ok(store) => store,
        Err(error) => return failed(error),
    };
    let mut remote = match remote::open(&place.place, clock::now()) {
        Ok(remote) => remote,
        Err(error) => {
            complain(&format!("failed to open the place: {error}"));
            return ExitCode::Environment;
        }
    };
    let progress = Progress::doing(false, "comparing logs, verifying what is new");
    let done = way(&store, remote.as_mut(), place.system.as_deref());
    drop(progress);
    match done {
        Err(error) => failed(error),
        Ok(synced) => {
            let mut out = String::new();
            for log in &synced {
                let more = log.after.saturating_sub(log.before);
                let _ = writeln!(
                    out,
                    "{}: {} {side}, {more} of them new",
                    log.origin,
                    counted(log.after, "record")
                );
            }
            if synced.is_empty() {
                out.push_str("there is nothing on record: of a git repository, fetch refs/coseal/evidence first\n");
            }
            print(&out, ExitCode::Clean)
        }
    }
}
