//! A system file for a folder that has none.

use std::{
    fs,
    io::{self, IsTerminal as _},
    path::Path,
};

use coseal_core::{exit::ExitCode, fact::Asset};
use coseal_source::draft::{Answer, Answers, Draft, Found, Guess, SystemKind, draft, guess, text};

use super::{
    ask::Asker,
    command::{Args, files, incomplete},
    file::{NotWritten, write_new},
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
    // A file with errors, or one that is a link, is there too.
    if inspected.facts.system_file.present && !args.dry_run {
        complain(&NotWritten::Exists.to_string());
        return ExitCode::Usage;
    }
    let (guess, answers) = match asked(args, guessed(args, observed)) {
        Ok(both) => both,
        Err(error) => {
            complain(&format!("failed to ask ({})", error.kind()));
            return ExitCode::Environment;
        }
    };
    let files = files(inspected);
    let found = Found { observed, workloads: &inspected.facts.workloads, files: &files };
    let draft = draft(&name(args, root), found, guess, answers);
    let file = text(&draft);
    if args.dry_run {
        return print(&file, incomplete(inspected, ExitCode::Clean));
    }
    match write_new(root, &file) {
        Ok(()) => told(&draft, &file, inspected),
        Err(error) => {
            complain(&error.to_string());
            error.exit_code()
        }
    }
}

fn told(draft: &Draft, file: &str, inspected: &Inspected) -> ExitCode {
    let gaps = &inspected.facts.inspection.gaps;
    let shown = init_text::new(draft, file, gaps, width());
    print(&shown, incomplete(inspected, ExitCode::Clean))
}

fn guessed(args: &Args, observed: &[Asset]) -> Guess {
    match args.kind {
        Some(kind) => Guess { kind: kind.into(), why: "--kind says so".to_owned() },
        None => guess(observed),
    }
}

/// Asks on a terminal; elsewhere nothing is asked.
fn asked(args: &Args, guess: Guess) -> io::Result<(Guess, Answers)> {
    let answers = args.answers();
    if args.yes {
        let kind = guess.kind;
        return Ok((guess, taken(answers, kind)));
    }
    let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if !terminal || !io::stdout().is_terminal() {
        return Ok((guess, answers));
    }
    let (mut from, mut to) = (io::stdin().lock(), io::stderr().lock());
    let mut asker = Asker { from: &mut from, to: &mut to };
    let guess = asker.kind(guess, args.kind.is_some())?;
    let answers = asker.answers(answers, guess.kind)?;
    Ok((guess, answers))
}

/// The safest answers as somebody's own; there is none to who answers.
fn taken(answers: Answers, kind: SystemKind) -> Answers {
    let purpose = answers.purpose.value.unwrap_or_else(|| kind.purpose().to_owned());
    Answers {
        purpose: Answer::given(Some(purpose)),
        exposure: Answer::given(answers.exposure.value),
        impact: Answer::given(answers.impact.value),
        personal: Answer::given(answers.personal.value),
        contact: answers.contact,
    }
}

/// What the system is called: as is said, or as its folder.
fn name(args: &Args, root: &Path) -> String {
    let folder = || {
        let whole = fs::canonicalize(root).ok()?;
        Some(whole.file_name()?.to_string_lossy().into_owned())
    };
    args.id.clone().or_else(folder).unwrap_or_default()
}
