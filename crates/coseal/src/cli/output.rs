//! What commands share in printing.

use std::io::Write as _;

use clap::ValueEnum;
use coseal_core::{exit::ExitCode, finding::Severity};

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, on a terminal.
    Text,
    /// JSON, by a published schema.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// How data is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    /// For people, on a terminal.
    Text,
    /// JSON.
    Json,
}

/// The least severity that makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Threshold {
    /// Any finding but notes.
    Low,
    /// Findings of medium severity and above.
    Medium,
    /// Findings of high severity and above.
    High,
    /// Critical findings only.
    Critical,
    /// No finding: only report.
    Never,
}

impl Threshold {
    pub(super) fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Low => severity >= Severity::Low,
            Self::Medium => severity >= Severity::Medium,
            Self::High => severity >= Severity::High,
            Self::Critical => severity >= Severity::Critical,
            Self::Never => false,
        }
    }
}

/// Columns to write in.
pub(super) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns =
        columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    columns.unwrap_or(100).clamp(40, 120)
}

/// Prints on standard output; a reader that went away ends the run as if it had read.
pub(super) fn print(text: &str, code: ExitCode) -> ExitCode {
    let text = coseal_source::secrets::masked(text);
    let mut to = anstream::stdout().lock();
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            super::complain(&format!("failed to write the result ({})", error.kind()));
            code.and(ExitCode::Environment)
        }
        _ => code,
    }
}
