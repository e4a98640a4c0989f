//! `coseal evidence key`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use coseal_assure::{
    evidence::{Depth, KeyRecord, LogFolder, Origin, Record, signed},
    trust::{Carried, Event, EventKind, KEY_NAMESPACE, Position},
};
use coseal_core::{exit::ExitCode, tree::read_text};
use coseal_sign::{
    key::Ed25519Key,
    sha256,
    ssh::{PublicKey, Signer},
    statement::Subject,
};

use super::of::{Of, failed};
use crate::{
    cli::{complain, output::print},
    clock,
    places::{PlaceError, Places, recording_key},
    salts::write_private,
};

/// Make keys that record, and replace or revoke keys.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
    Rotate(Rotate),
    Revoke(Revoke),
}

/// Make a key that records: an OpenSSH Ed25519 key without passphrase, in FILE and FILE.pub.
///
/// One key for each writer: two machines with one key would fork its log. Prints the lines to put into a trust root.
#[derive(Debug, clap::Args)]
struct New {
    /// File to write; it must not be there yet.
    file: PathBuf,
}

/// Put another key in the place of a key.
///
/// It takes over the roles, and the old one counts for what it signed before. Signed by the old key itself, or by the keys of two different roles (--sign twice).
#[derive(Debug, clap::Args)]
struct Rotate {
    /// Public key that takes its place: a .pub file.
    #[arg(long, value_name = "FILE")]
    new: PathBuf,
    #[command(flatten)]
    event: EventArgs,
}

/// Say that a key no longer counts, from a place in a log on.
///
/// Signed by the key itself, or by the keys of two different roles (--sign twice). What stands in the log before that place
/// counts as it did.
#[derive(Debug, clap::Args)]
struct Revoke {
    #[command(flatten)]
    event: EventArgs,
}

#[derive(Debug, clap::Args)]
struct EventArgs {
    /// The key: a .pub file.
    #[arg(value_name = "KEY.pub")]
    old: PathBuf,
    /// Why, in a few words; no names of people.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Key to sign this with: a private key, or the .pub file of one in the SSH agent. Twice for two roles.
    #[arg(long, value_name = "FILE", required = true)]
    sign: Vec<PathBuf>,
    /// Log that the end is counted in [default: the log that the key writes].
    #[arg(long, value_name = "ORIGIN")]
    log: Option<String>,
    /// First record of that log that no longer counts [default: the next one].
    #[arg(long, value_name = "N")]
    position: Option<u64>,
    #[command(flatten)]
    of: Of,
    /// Key that records this [env: COSEAL_KEY].
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    places: Places,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let done = match &args.command {
        Command::New(args) => new(args),
        Command::Rotate(args) => end(&args.event, Some(&args.new)),
        Command::Revoke(args) => end(&args.event, None),
    };
    match done {
        Ok(code) | Err(code) => code,
    }
}

fn new(args: &New) -> Result<ExitCode, ExitCode> {
    let environment = |what: String| {
        complain(&what);
        ExitCode::Environment
    };
    if let Some(folder) = args.file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| {
            environment(format!("failed to make the folder of the key ({})", error.kind()))
        })?;
    }
    let key = Ed25519Key::generate()
        .map_err(|error| environment(format!("failed to make a key: {error}")))?;
    let public = PublicKey::from_ed25519(&key.public())
        .map_err(|error| environment(format!("failed to make a key: {error}")))?;
    let text =
        key.to_openssh().map_err(|error| environment(format!("failed to make a key: {error}")))?;
    write_private(&args.file, text.as_bytes())
        .map_err(|error| environment(format!("failed to write the key ({})", error.kind())))?;
    let mut beside = args.file.clone().into_os_string();
    beside.push(".pub");
    write_private(Path::new(&beside), format!("{public}\n").as_bytes()).map_err(|error| {
        environment(format!("failed to write the public key ({})", error.kind()))
    })?;
    let lines = format!(
        "# for the trust root of whoever verifies: a file outside of the repository that is judged, which begins with\n# schema = 1\n# system = \"ID\"            (the id in coseal.toml)\n[key.{}]\npublic = \"{public}\"\nroles = [\"runner\"]\n",
        table(&args.file)
    );
    Ok(print(&lines, ExitCode::Clean))
}

/// A name for the key, from that of its file.
fn table(file: &Path) -> String {
    let stem =
        file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if plain.is_empty() { "runner".into() } else { plain }
}

fn end(args: &EventArgs, new: Option<&Path>) -> Result<ExitCode, ExitCode> {
    let system = args.of.id()?;
    let old = public(&args.old)?;
    let (log, position) = counted_in(args, &system, &old)?;
    let event = Event {
        schema: 1,
        system: system.clone(),
        event: if new.is_some() { EventKind::Rotate } else { EventKind::Revoke },
        key: old.fingerprint(),
        new: new.map(public).transpose()?.map(|key| key.to_string()),
        log: log.to_string(),
        position,
        made: clock::today(),
        reason: args.reason.clone(),
    };
    let text = event.text();
    let signatures =
        args.sign.iter().map(|file| sign(file, &text)).collect::<Result<Vec<_>, _>>()?;
    let Some(key) = recording_key(args.key.as_deref()).map_err(failed)? else {
        complain(
            "this is recorded in a log: give the key that records by --key FILE or COSEAL_KEY",
        );
        return Err(ExitCode::Usage);
    };
    let folder = args.of.folder();
    let carrier = args.places.log_to_add_to(&system, folder.as_deref(), &key).map_err(failed)?;
    let end = Position { origin: log.to_string(), index: position };
    let effect = effect(args, &system, (&old, &end), &carrier, &text, &signatures)?;
    let subject = Subject {
        name: format!("{system}/key"),
        digest: BTreeMap::from([("sha256".to_owned(), sha256(text.as_bytes()).hex())]),
    };
    let record = KeyRecord {
        schema: 1,
        system: system.clone(),
        event: text,
        signatures,
        received: clock::now(),
    };
    let entry = signed(&Record::Key(record), vec![subject], &key)
        .map_err(|error| failed(PlaceError::Record(error)))?;
    carrier.append(&key, &[entry]).map_err(|error| failed(PlaceError::Record(error)))?;
    let line = format!(
        "{} no longer counts from record {position} of {log} on{effect}\n",
        old.fingerprint()
    );
    Ok(print(&line, ExitCode::Clean))
}

/// The log that the end of a key is counted in, and the first record that no longer counts.
fn counted_in(args: &EventArgs, system: &str, old: &PublicKey) -> Result<(Origin, u64), ExitCode> {
    let usage = |what: &str| {
        complain(what);
        ExitCode::Usage
    };
    let log = match (&args.log, old.ed25519()) {
        (Some(text), _) => Origin::parse(text).ok_or_else(|| {
            usage("--log names no log: write its origin, as coseal evidence verify shows it")
        })?,
        (None, Some(key)) => Origin::of_key(system, &key),
        (None, None) => {
            return Err(usage(
                "a person's key writes no log: say by --log which log the end is counted in",
            ));
        }
    };
    let held = args.places.store().map_err(failed)?.log(&log).head().map_err(failed)?;
    match args.position.or(held.map(|head| head.checkpoint.size())) {
        Some(position) => Ok((log, position)),
        // To count from the first record on would undo all that the key ever signed.
        None if args.log.is_none() => {
            Err(usage("the key writes no log here: say by --log which log the end is counted in"))
        }
        None => {
            Err(usage("that log is not here: pull it, or say by --position from which record on"))
        }
    }
}

/// Whether the event takes effect, before it is recorded: with a trust root it has to.
fn effect(
    args: &EventArgs,
    system: &str,
    (old, end): (&PublicKey, &Position),
    carrier: &LogFolder,
    text: &str,
    signatures: &[String],
) -> Result<&'static str, ExitCode> {
    let root = args.places.root(system, args.of.folder().as_deref()).map_err(failed)?;
    let Some(root) = root else {
        return Ok(
            ", for those whose trust root names its signers (none was given here: --trust FILE)",
        );
    };
    let evidence = args
        .places
        .evidence(system, Some(&root), clock::today(), Depth::Checkpoint)
        .map_err(failed)?;
    let index = carrier.head().map_err(failed)?.map_or(0, |head| head.checkpoint.size());
    let event = Carried {
        at: Position { origin: carrier.origin().to_string(), index },
        text: text.to_owned(),
        signatures: signatures.to_vec(),
    };
    if evidence.after(&root, event).has_ended(old, end) {
        return Ok("");
    }
    complain(
        "by the trust root this would change nothing, and nothing is recorded: it needs the key itself, or the keys of two people with different roles, one of them owner or risk-owner; and the key that records has to be a runner's",
    );
    Err(ExitCode::Usage)
}

fn public(file: &Path) -> Result<PublicKey, ExitCode> {
    let why = match read_text(file) {
        Ok(text) => match PublicKey::parse(text.trim()) {
            Ok(key) => return Ok(key),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    complain(&format!("failed to read a public key: {why}"));
    Err(ExitCode::Environment)
}

fn sign(file: &Path, text: &str) -> Result<String, ExitCode> {
    let agent = std::env::var_os("SSH_AUTH_SOCK").map(PathBuf::from);
    let why = match read_text(file) {
        Err(error) => error.to_string(),
        Ok(key) => match Signer::find(&key, agent.as_deref(), &mut || None)
            .and_then(|signer| signer.sign(KEY_NAMESPACE, text.as_bytes()))
        {
            Ok(signature) => return Ok(signature),
            Err(error) => error.to_string(),
        },
    };
    complain(&format!("failed to sign: {why}"));
    Err(ExitCode::Environment)
}
