//! One requirement of Python, as PEP 508 and pip write it.

use coseal_core::fact::DependencySource;

use super::named::{Package, is_commit};

/// Reads `name[extra] >=1 ; marker`, `name @ address`, `git+https://…@commit#egg=name`; none for what names no package.
pub(super) fn requirement(line: u32, text: &str) -> Option<Package> {
    let text = without_comment(text).trim();
    let text = text.split(" --").next().unwrap_or(text).trim();
    let text = editable(text).unwrap_or(text).trim_matches(['"', '\'']).trim();
    let text = text.split(" ;").next().unwrap_or(text).trim();
    if is_address(text) {
        let name = egg(text)?;
        return Some(Package::new(line, name, text, false).from(of_address(text)));
    }
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = match rest.trim_start().strip_prefix('[') {
        Some(extras) => extras.split_once(']')?.1,
        None => rest,
    };
    if let Some(address) = rest.trim_start().strip_prefix('@') {
        let address = address.trim();
        return Some(Package::new(line, name, address, false).from(of_address(address)));
    }
    let wants = rest.split(';').next().unwrap_or_default().trim().trim_matches(['(', ')']).trim();
    let starts_well = wants.is_empty() || wants.starts_with(['=', '>', '<', '!', '~']);
    starts_well.then(|| Package::new(line, name, wants, is_exact(wants)))
}

/// Whether a specifier of Python allows one version only.
pub(super) fn is_exact(wants: &str) -> bool {
    let version = wants.strip_prefix("===").or_else(|| wants.strip_prefix("=="));
    version.is_some_and(|version| {
        let version = version.trim();
        version.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !version.contains([',', '*', '|'])
    })
}

/// Where an address leads, and whether it always means the same bytes.
pub(super) fn of_address(address: &str) -> (DependencySource, bool) {
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    let lower = address.to_ascii_lowercase();
    if ["git+", "hg+", "svn+", "bzr+", "git@", "git://"]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        let revision =
            address.rsplit('/').next().and_then(|last| last.rsplit_once('@')).map(|(_, at)| at);
        return match revision {
            Some(revision) if is_commit(revision) => (DependencySource::Commit, true),
            _ => (DependencySource::Branch, false),
        };
    }
    if lower.starts_with("http:") || lower.starts_with("https:") {
        let digest = fragment.split('&').find_map(|part| part.strip_prefix("sha256="));
        return (DependencySource::Address, digest.is_some_and(is_commit));
    }
    (DependencySource::Path, false)
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+')
    }) || text.starts_with(['.', '/', '~'])
        || text.starts_with("git@")
}

/// The name that an address says that it has: `#egg=name`.
fn egg(address: &str) -> Option<&str> {
    let (_, fragment) = address.split_once('#')?;
    let egg = fragment.split('&').find_map(|part| part.strip_prefix("egg="))?;
    let name = egg.split(['[', ';', ' ']).next()?;
    (!name.is_empty()).then_some(name)
}

fn editable(text: &str) -> Option<&str> {
    text.strip_prefix("-e ").or_else(|| text.strip_prefix("--editable ")).map(str::trim)
}

/// A `#` begins a comment at the start or behind a space; otherwise it is part of an address.
fn without_comment(text: &str) -> &str {
    if text.starts_with('#') {
        return "";
    }
    let cut = text.match_indices('#').find(|(at, _)| {
        at.checked_sub(1)
            .and_then(|before| text.as_bytes().get(before))
            .is_some_and(u8::is_ascii_whitespace)
    });
    cut.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::DependencySource::{Address, Branch, Commit, Path, Registry};

    use super::requirement;

    #[test]
    fn reads_what_pip_reads() {
        let commit = "a1".repeat(20);
        let digest = "b2".repeat(32);
        for (text, name, wants, exact, source) in [
            ("openai", "openai", "", false, Registry),
            ("openai==1.2.3  # pinned", "openai", "==1.2.3", true, Registry),
            ("openai == 1.*", "openai", "== 1.*", false, Registry),
            ("torch>=2,<3; python_version < '3.12'", "torch", ">=2,<3", false, Registry),
            ("ray[air, serve]==2.7.0", "ray", "==2.7.0", true, Registry),
            ("x===1.0+local", "x", "===1.0+local", true, Registry),
            ("langchain (>=0.1)", "langchain", ">=0.1", false, Registry),
            ("a==1 --hash=sha256:00", "a", "==1", true, Registry),
        ] {
            let package = requirement(1, text).unwrap();
            assert_eq!((package.name.as_str(), package.wants.as_str()), (name, wants), "{text}");
            assert_eq!((package.exact, package.source), (exact, source), "{text}");
        }
        for (text, exact, source) in [
            (format!("v @ git+https://h.example/a/v.git@{commit}"), true, Commit),
            ("v @ git+https://h.example/a/v.git@main".into(), false, Branch),
            ("git+https://h.example/a/v.git#egg=v".into(), false, Branch),
            ("-e git+ssh://git@h.example/a/v.git#egg=v[x]".into(), false, Branch),
            (format!("v @ https://h.example/v-1.whl#sha256={digest}"), true, Address),
            ("v @ https://h.example/v-1.whl ; python_version>'3'".into(), false, Address),
            ("v @ file:///v".into(), false, Path),
        ] {
            let package = requirement(1, &text).unwrap();
            assert_eq!(package.name, "v", "{text}");
            assert_eq!((package.exact, package.source), (exact, source), "{text}");
        }
        for text in
            ["", "# x", "-e .", "--index-url https://x.example", "./local", "-r base.txt", "a b"]
        {
            assert!(requirement(1, text).is_none(), "{text}");
        }
    }
}
