//! Lists of packages as pip reads them: whether all come from the usual index.

use coseal_core::{fact::ArtefactVerdict::Unknown, finding::Rule};

use super::report::Report;
use crate::bytes::{ReadAt, read_up_to};

/// Bytes of a list that are read.
const MAX_LIST: u64 = 1 << 20;
/// Where Python ends lines.
const ENDS: &[char] =
    &['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
/// Options that do not change where packages come from.
const OPTIONS: &[&str] = &["--pre", "--prefer-binary", "--require-hashes"];
/// Suffixes by which pip takes a name for a file.
const FILES: &[&str] =
    &[".whl", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz"];

/// Reports by `rule` each line that is more than the name and versions of a package.
pub(crate) fn read(name: &str, bytes: &dyn ReadAt, rule: &Rule, report: &mut Report) {
    if bytes.size() > MAX_LIST {
        report.gap(name, "the list of packages is longer than is read");
        return;
    }
    let mut list = vec![0; usize::try_from(bytes.size()).unwrap_or(0)];
    let Ok(read) = read_up_to(bytes, 0, &mut list) else {
        report.gap(name, "it can't be read");
        return;
    };
    list.truncate(read);
    let list = String::from_utf8_lossy(&list);
    report.within(name, |report| {
        for line in lines(&list).iter().filter(|line| !is_plain(line)) {
            report.find(rule, Unknown, 0, line);
        }
    });
}

/// Lines without comments; one that ends with a backslash goes on.
fn lines(list: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), String::new());
    for line in list.trim_start_matches('\u{feff}').split(ENDS) {
        let comment = line.trim_start().starts_with('#');
        match line.strip_suffix('\\').filter(|_| !comment) {
            Some(start) => open.push_str(start),
            None => {
                open.push_str(if comment { " #" } else { line });
                found.push(std::mem::take(&mut open));
            }
        }
    }
    found.push(open);
    found.iter().map(|line| bare(line).trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Without a comment.
fn bare(line: &str) -> &str {
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).and_then(|before| before.chars().next_back());
        before.is_none_or(char::is_whitespace)
    });
    comment.and_then(|at| line.get(..at)).unwrap_or(line)
}

/// Whether a line names a package of the index, or is an option that changes nothing.
fn is_plain(line: &str) -> bool {
    let (package, hashes) = line.split_once("--").unwrap_or((line, ""));
    if package.is_empty() {
        return OPTIONS.contains(&line);
    }
    let mut hashes = hashes.split_whitespace().filter(|part| !part.is_empty());
    let package = package.split(';').next().unwrap_or_default().trim();
    let letter = |letter: char| {
        letter.is_ascii_alphanumeric() || letter == ' ' || "-_.[],<>=!~*()+".contains(letter)
    };
    let lower = package.to_ascii_lowercase();
    package.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && package.chars().all(letter)
        && !FILES.iter().any(|end| lower.ends_with(end))
        && hashes.all(|part| part.trim_start_matches('-').starts_with("hash="))
}

#[cfg(test)]
mod tests {
    use super::{is_plain, lines};

    #[test]
    fn only_names_and_versions_are_plain() {
        let list = "# mine\nnumpy==1.26.4 # pinned\ntorch>=2.0.1+cu118,<3 ; python_version < '3.12'\n\nx[a,b]~=1.0 \\\n  --hash=sha256:ab \\\n --hash=sha256:cd\n--pre\n";
        assert!(lines(list).iter().all(|line| is_plain(line)), "{:?}", lines(list));
        assert_eq!(lines(list).len(), 4);
        for line in [
            "-r other.txt",
            "--find-links /x",
            "evil @ file:/x/y.whl",
            "evil@file:/x",
            "evil.whl",
            "./evil",
            "a --global-option=x",
            "# x\r--extra-index-url http://x",
            "a\\\n#\n-i http://x",
            "${HOME}",
            "\u{fffd}\n--extra-index-url http://x",
        ] {
            assert!(lines(line).iter().any(|line| !is_plain(line)), "{line}");
        }
        let late = format!("{}-i http://x", "a\n".repeat(5000));
        assert!(lines(&late).iter().any(|line| !is_plain(line)));
    }
}
