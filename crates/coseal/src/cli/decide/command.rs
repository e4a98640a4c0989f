//! The command, and the flags that every decision has.

use std::path::PathBuf;

use clap::Subcommand;
use coseal_core::{decision::Decision, exit::ExitCode};
use jiff::{ToSpan as _, civil::Date};

use super::{attest, choose, draft::Draft, exempt, folder::Folder, seal, sign, threat, waive};
use crate::{
    cli::{complain, output::print},
    clock,
};

/// Write down a decision of a person, and sign it.
///
/// A decision is a file under decisions/ in the folder of the AI system: it says in which role it is made, why, until when, and
/// what it rests on. It is read like code in a pull request. The signature beside it is one of OpenSSH, by any key of yours:
/// `ssh-keygen -Y verify -n coseal-decision` accepts it.
///
/// Write no names, e-mail addresses or host names of people into it: roles decide.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Attest(attest::Args),
    Waive(waive::Args),
    Choose(choose::Args),
    Threat(threat::Args),
    Exempt(exempt::Args),
    Sign(sign::Args),
}

/// The flags that every decision has.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Folder of the AI system, or its coseal.toml.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(super) path: PathBuf,
    /// The role in which you decide: owner, risk-owner, developer, tester, privacy, incident, or one of the system's own.
    #[arg(long)]
    pub(super) role: Option<String>,
    /// Why, in plain words; no names of people, and no secrets.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// Last day on which it counts (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "lasting")]
    pub(super) expires: Option<Date>,
    /// How long it counts, in days: 90d.
    #[arg(long = "for", id = "lasting", value_name = "DAYS", value_parser = days)]
    pub(super) lasting: Option<i32>,
    /// What it rests on: a file below the folder, or the id of a record or the digest of a decision (sha256:…). What it shows may
    /// stand before it: 'the list of the course=docs/training.csv'. More than once.
    #[arg(long, value_name = "[WHAT=]PATH|DIGEST")]
    pub(super) evidence: Vec<String>,
    /// Environment that it is about; left out: all. More than once.
    #[arg(long, value_name = "NAME")]
    pub(super) environment: Vec<String>,
    /// Key to sign with: a private key, or the .pub of one that the ssh agent holds. Left out: $COSEAL_KEY; without that the
    /// file is written unsigned.
    #[arg(long, value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
    /// Decide on this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Date>,
    /// Print the file, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// Why nothing was decided, and the exit code that says whose fault that is.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: ExitCode,
    pub(super) why: String,
}

impl Refused {
    /// The command line is wrong.
    pub(super) fn usage(why: impl Into<String>) -> Self {
        Self { code: ExitCode::Usage, why: why.into() }
    }

    /// The environment failed.
    pub(super) fn environment(why: impl Into<String>) -> Self {
        Self { code: ExitCode::Environment, why: why.into() }
    }
}

pub(in crate::cli) fn run(args: &Args) -> ExitCode {
    let done = match &args.what {
        What::Attest(args) => attest::draft(args).and_then(|draft| finish(draft, &args.common)),
        What::Waive(args) => waive::draft(args).and_then(|draft| finish(draft, &args.common)),
        What::Choose(args) => choose::draft(args).and_then(|draft| finish(draft, &args.common)),
        What::Threat(args) => threat::draft(args).and_then(|draft| finish(draft, &args.common)),
        What::Exempt(args) => exempt::draft(args).and_then(|draft| finish(draft, &args.common)),
        What::Sign(args) => sign::run(args),
    };
    match done {
        Ok(text) => print(&text, ExitCode::Clean),
        Err(Refused { code, why }) => {
            complain(&format!("failed to decide: {why}"));
            code
        }
    }
}

impl Common {
    /// The day on which it is made.
    pub(super) fn made(&self) -> Date {
        self.as_of.unwrap_or_else(clock::today)
    }

    /// The last day, if one is given.
    pub(super) fn last_day(&self) -> Result<Option<Date>, Refused> {
        let Some(days) = self.lasting else { return Ok(self.expires) };
        let last = self.made().checked_add(days.days());
        last.map(Some).map_err(|_| Refused::usage("--for leads beyond the calendar"))
    }
}

/// A flag that has to be there, or an error with an example.
pub(super) fn needed<'a, T>(
    value: Option<&'a T>,
    flag: &str,
    example: &str,
) -> Result<&'a T, Refused> {
    value.ok_or_else(|| Refused::usage(format!("{flag} is missing; for example: {example}")))
}

fn finish(drafted: (Folder, Draft, &str), common: &Common) -> Result<String, Refused> {
    let (folder, draft, example) = drafted;
    let text = draft.text(&folder, common, example)?;
    let decision = seal::sound(&text)?;
    may(&decision)?;
    if common.dry_run {
        return Ok(text);
    }
    let signature = seal::signature(common.key.as_deref(), text.as_bytes())?;
    folder.write(&decision, &text, signature.as_ref())
}

fn may(decision: &Decision) -> Result<(), Refused> {
    let may = coseal_assure::decision::roles_that_may(decision);
    if may.is_empty() || may.contains(&decision.role.as_str()) {
        return Ok(());
    }
    Err(Refused::usage(format!("only these roles may decide it: {}", may.join(", "))))
}

pub(super) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write a day as YYYY-MM-DD")
}

fn days(text: &str) -> Result<i32, &'static str> {
    let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
    days.filter(|days| (1..=2_000).contains(days)).ok_or("write days as 90d")
}
