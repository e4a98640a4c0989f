//! `requirements.txt` and its like, as pip reads it.

use super::{
    named::{Named, is_development, number},
    requirement::requirement,
};

/// Packages, and the files that are included.
pub(super) fn read(path: &str, text: &str) -> Named {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let development = is_development(stem);
    let mut named = Named::default();
    for (line, text) in joined(text) {
        let text = text.trim();
        if let Some(included) = option(text, &["-r", "--requirement"]) {
            named.includes.push(included.to_owned());
        } else if let Some(constraint) = option(text, &["-c", "--constraint"]) {
            named.constraints.push(constraint.to_owned());
        } else if let Some(mut package) = requirement(line, text) {
            package.development = development;
            named.packages.push(package);
        }
    }
    named
}

/// Lines that end with a backslash are one with the next; each with the number of its first.
fn joined(text: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    let mut goes_on = false;
    for (place, line) in text.lines().enumerate() {
        let (line, more) = match line.trim_end().strip_suffix('\\') {
            Some(line) => (line, true),
            None => (line, false),
        };
        match out.last_mut() {
            Some((_, before)) if goes_on => before.push_str(line),
            _ => out.push((number(place), line.to_owned())),
        }
        goes_on = more;
    }
    out
}

fn option<'a>(text: &'a str, names: &[&str]) -> Option<&'a str> {
    let value = names.iter().find_map(|name| {
        let rest = text.strip_prefix(name)?;
        let long = name.starts_with("--");
        let parted = rest.starts_with([' ', '\t', '='])
            || !long && !rest.is_empty() && !rest.starts_with('-');
        parted.then(|| rest.trim_start_matches(['=', ' ', '\t']))
    })?;
    let value = value.split(" #").next().unwrap_or(value).trim();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn follows_joined_lines_and_includes() {
        let text = "-r base.txt\n-c constraints.txt # why\nopenai==1.0 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\n\
                    --extra-index-url https://x.example\ntorch\n-e .\n--requirement=other.txt\n";
        let named = read("a/requirements.txt", text);
        let packages: Vec<_> =
            named.packages.iter().map(|p| (p.line, p.name.as_str(), p.exact)).collect();
        assert_eq!(packages, [(3, "openai", true), (7, "torch", false)]);
        assert_eq!(named.includes, ["base.txt", "other.txt"]);
        assert_eq!(named.constraints, ["constraints.txt"]);
        assert!(read("requirements-dev.txt", "x").packages[0].development);
        assert!(!read("requirements.txt", "x").packages[0].development);
    }
}
