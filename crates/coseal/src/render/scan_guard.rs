//! What the guard before a load says: nothing of what may be loaded, one line of what may not.

use coseal_core::{exit::ExitCode, fact::Artefact};

use crate::cli::Scanned;

/// A line for each file that must not be loaded, and for what could not be looked at.
pub(crate) fn refusals(scanned: &Scanned) -> Vec<String> {
    let files = scanned.artefacts.iter().map(|(artefact, _)| artefact);
    let mut lines: Vec<_> =
        files.filter(|file| file.exit_code() != ExitCode::Clean).map(refusal).collect();
    lines.extend(scanned.gaps.iter().map(|gap| format!("refused {}: {}", gap.what, gap.why)));
    let left_out = scanned.left_out.iter();
    lines.extend(
        left_out.map(|what| format!("refused {what}: a store of version control is not looked at")),
    );
    if scanned.artefacts.is_empty() && lines.is_empty() {
        lines.push("refused: no model file was found".to_owned());
    }
    lines
}

fn refusal(file: &Artefact) -> String {
    let why = match (file.findings.first(), file.coverage.gaps.first()) {
        (Some(finding), _) => finding.message.clone(),
        (None, Some(gap)) => format!("not looked at: {}: {}", gap.what, gap.why),
        (None, None) => "it was not looked at in full".to_owned(),
    };
    let path = &file.path;
    format!("refused {path}: {}: {why}; coseal scan --explain {path}", file.verdict.word())
}

#[cfg(test)]
mod tests {
    use super::refusals;
    use crate::cli::Scanned;

    #[test]
    fn what_is_left_out_may_be_loaded_too() {
        let scanned = Scanned { left_out: vec!["m/.git".to_owned()], ..Scanned::default() };
        let lines = refusals(&scanned);
        assert_eq!(lines, ["refused m/.git: a store of version control is not looked at"]);
    }
}
