//! `environment.yml` of conda.

use super::{
    indented::lines,
    named::{Named, Package},
    requirement::requirement,
};

/// Packages of a conda environment, and of the list for pip in it.
pub(super) fn read(text: &str) -> Named {
    let mut named = Named::default();
    let (mut inside, mut pip) = (false, None);
    for line in lines(text) {
        if line.indent == 0 && !line.item {
            inside = line.key == "dependencies";
            pip = None;
            continue;
        }
        if !inside || !line.item {
            continue;
        }
        if line.key == "pip" {
            pip = Some(line.indent);
        } else if pip.is_some_and(|indent| line.indent > indent) {
            named.packages.extend(requirement(line.number, line.value));
        } else {
            pip = None;
            named.packages.extend(of_conda(line.number, line.value));
        }
    }
    named
}

/// `channel::name=version=build`, `name>=1`, `name ==1.0`.
fn of_conda(line: u32, text: &str) -> Option<Package> {
    let text = text.rsplit_once("::").map_or(text, |(_, name)| name).trim();
    let end = text.find(['=', '<', '>', '!', ' ', '~', '[']).unwrap_or(text.len());
    let (name, wants) = text.split_at_checked(end)?;
    let wants = wants.trim();
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let named = !name.is_empty() && plain && name != "python";
    named.then(|| Package::new(line, name, wants, is_exact(wants)))
}

/// `==1.2.3`, `=1.2.3=build`, and `=1.2.3`, which leaves only what is behind a third part open.
fn is_exact(wants: &str) -> bool {
    let version = wants.trim_start_matches('=');
    let equals = wants.len().saturating_sub(version.len());
    let whole = !version.is_empty() && !version.contains(['*', ',', '|', '<', '>']);
    whole
        && (equals == 2
            || equals == 1 && (version.contains('=') || version.matches('.').count() >= 2))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_conda_and_pip_parts() {
        let text = "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.10\n  - pytorch::pytorch=2.0.1\n  \
                    - numpy>=1\n  - scipy=1.2\n  - pip\n  - pip:\n    - openai==1.0\n    - torch\n  - last==1.0\nprefix: y\n";
        let named = read(text);
        let told: Vec<_> =
            named.packages.iter().map(|p| (p.line, p.name.as_str(), p.exact)).collect();
        assert_eq!(
            told,
            [
                (6, "pytorch", true),
                (7, "numpy", false),
                (8, "scipy", false),
                (9, "pip", false),
                (11, "openai", true),
                (12, "torch", false),
                (13, "last", true)
            ]
        );
    }
}
