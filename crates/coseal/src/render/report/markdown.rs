//! The report as Markdown, for the summary of a CI job: the first page, and the guidelines in short.
//!
//! What comes from an inspected file stands in code spans, and never in a table: nothing in a code span is a link, a mention,
//! HTML or emphasis, and the fence is longer than any row of backticks in it.

use std::fmt::Write as _;

use coseal_assure::report::{Report, provisions};

use super::shelves::shelf;
use super::shown::{
    About, GAPS, Told, capital, ends, exception, facts_of, grouped, headline, name, reason, risk,
    shifts, since,
};

pub(crate) fn render(report: &Report<'_>, about: About) -> String {
    let mut out = String::new();
    head(report, &mut out);
    changed(report, &mut out);
    ending(report, &mut out);
    risks(report, &mut out);
    guidelines(report, &mut out);
    if let Some(framework) = about.framework {
        let _ = writeln!(out, "## {}, {}\n", framework.title, framework.version);
        for one in provisions(framework) {
            let _ = writeln!(out, "- {}: supported by {}", code(one.id), one.guidelines.join(", "));
        }
        out.push('\n');
    }
    accepted(report, &mut out);
    gaps(report, &mut out);
    verify(report, &mut out);
    out
}

/// Text of an inspected file as a code span.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().is_empty() {
        return String::new();
    }
    if longest > 0 || text.starts_with(' ') || text.ends_with(' ') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

fn head(report: &Report<'_>, out: &mut String) {
    let head = headline(report);
    let _ = writeln!(out, "# May {} run?\n", code(&name(report)));
    let _ =
        writeln!(out, "**{} {}.** {}\n\n{}\n", head.symbol, head.word, head.sentence, head.rests);
    for (what, value) in facts_of(report) {
        let _ = writeln!(out, "- {what}: {}", code(&value));
    }
    out.push_str("\n## Why\n\n");
    for (index, told) in report.reasons.iter().map(reason).enumerate() {
        let _ = writeln!(out, "{}. {}", index + 1, told_line(&told));
    }
    out.push('\n');
}

fn told_line(told: &Told) -> String {
    // Where no words of ours are known, the finding's own tip stands in: it may quote a file.
    let mut line = format!("**{}** {}", quoted(&told.what), quoted(&told.act));
    if !told.role.is_empty() {
        let contact = if told.contact.is_empty() {
            String::new()
        } else {
            format!(" ({})", code(&told.contact))
        };
        let _ = write!(line, " Who: {}{contact}, {}.", code(&told.role), told.by);
    }
    for seen in &told.seen {
        let _ = write!(line, "\n   - {}", code(seen));
    }
    if told.more > 0 {
        let _ = write!(line, "\n   - and {} more", told.more);
    }
    line
}

/// Our own sentences as they stand; anything with a character that Markdown gives a meaning to as code.
fn quoted(text: &str) -> String {
    let ours = |c: char| c.is_alphanumeric() || " .,;:()’“”'?…-→".contains(c);
    if text.chars().all(ours) && !text.contains("://") && !text.contains("www.") {
        text.to_owned()
    } else {
        code(text)
    }
}

fn changed(report: &Report<'_>, out: &mut String) {
    let _ = writeln!(out, "## What changed\n\n{}\n", since(&report.changes));
    for shift in shifts(&report.changes) {
        let _ = writeln!(out, "- {} {} ({})", shift.symbol, quoted(&shift.text), shift.from);
    }
    out.push('\n');
}

fn ending(report: &Report<'_>, out: &mut String) {
    out.push_str("## Overdue or due in 30 days\n\n");
    if report.expiring.is_empty() {
        out.push_str("Nothing that has a date.\n");
    }
    for one in report.expiring.iter().map(ends) {
        let late = if one.late { "**overdue**, " } else { "" };
        let _ = writeln!(
            out,
            "- {} ({late}{}): {} · {}",
            one.on,
            one.when,
            code(&one.what),
            code(&one.role)
        );
    }
    out.push('\n');
}

fn risks(report: &Report<'_>, out: &mut String) {
    if report.risks.is_empty() {
        return;
    }
    out.push_str("## Further risks\n\n");
    for told in report.risks.iter().map(risk) {
        let _ = writeln!(out, "- {}", told_line(&told));
    }
    if report.more_risks > 0 {
        let _ = writeln!(out, "- and {} more", report.more_risks);
    }
    out.push('\n');
}

fn guidelines(report: &Report<'_>, out: &mut String) {
    out.push_str("## The 17 guidelines\n\n| | guideline | state | answered |\n|---|---|---|---|\n");
    for shelf in report.cards.iter().map(shelf) {
        let _ = writeln!(
            out,
            "| {} | {} | {} {} | {} of {} |",
            shelf.id,
            shelf.title,
            shelf.mark.symbol,
            shelf.mark.word,
            shelf.judged,
            shelf.applicable
        );
    }
    out.push('\n');
    for shelf in report.cards.iter().map(shelf) {
        let flawed: Vec<_> = shelf.checks.iter().filter(|item| !item.findings.is_empty()).collect();
        if flawed.is_empty() {
            continue;
        }
        let _ = writeln!(out, "### {} {}\n", shelf.id, shelf.title);
        for item in flawed {
            let _ = writeln!(
                out,
                "- {} {} ({}, {}): {}",
                item.mark.symbol,
                quoted(&item.question),
                code(&item.id),
                item.mark.word,
                code(&item.reason)
            );
            for flaw in &item.findings {
                let _ = writeln!(
                    out,
                    "  - {}: {} {}",
                    flaw.severity,
                    code(&format!("{}: {}", flaw.place, flaw.message)),
                    code(&flaw.tip)
                );
            }
        }
        out.push('\n');
    }
}

fn accepted(report: &Report<'_>, out: &mut String) {
    if report.waivers.is_empty() {
        return;
    }
    out.push_str("## Accepted or said not to apply\n\n");
    for one in report.waivers.iter().map(exception) {
        let until =
            if one.expires.is_empty() { String::new() } else { format!(", until {}", one.expires) };
        let _ = writeln!(
            out,
            "- {}: {} · {}{until}: {}",
            capital(one.kind),
            code(&one.about),
            code(&one.role),
            code(&one.reason)
        );
    }
    out.push('\n');
}

fn gaps(report: &Report<'_>, out: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    out.push_str("## Not looked at\n\n");
    for gap in report.gaps.iter().take(GAPS) {
        let _ = writeln!(out, "- {}", code(&format!("{}: {}", gap.what, gap.why)));
    }
    if report.gaps.len() > GAPS {
        let _ = writeln!(out, "- and {} more", report.gaps.len() - GAPS);
    }
    out.push('\n');
}

fn verify(report: &Report<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "---\n\nDigest of this report: `{}`. `coseal report --digest --as-of {}` in the same folder prints it again.",
        grouped(&report.digest.hex()),
        report.as_of
    );
}

#[cfg(test)]
mod tests {
    use super::{code, quoted};

    #[test]
    fn inspected_text_stays_in_its_span() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("x\ny\u{1b}z"), "`x y z`");
        assert_eq!(code(" x"), "`  x `");
        assert_eq!(code(" "), "");
    }

    #[test]
    fn only_words_of_ours_stand_bare() {
        assert_eq!(quoted("Change the keys."), "Change the keys.");
        for odd in ["<b>", "a|b", "[x](y)", "*x*", "http://x.y", "@you", "#1", "www.x.y", "_x_"] {
            assert!(quoted(odd).starts_with('`'), "{odd}");
        }
    }
}
