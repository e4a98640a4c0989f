//! What DVC writes: `.dvc` files, `dvc.yaml`, `dvc.lock` and its configuration.

use std::collections::BTreeMap;

use crate::manifest::{Line, lines};

/// Something that DVC keeps track of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Out {
    /// Line, counted from 1.
    pub line: u32,
    /// Its path, relative to the file that names it (and the working folder that the file names).
    pub path: String,
    /// MD5 of its bytes, or of the listing of a folder (`.dir`).
    pub md5: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Whether it is made from something (an output), not only read.
    pub made: bool,
}

/// The `outs` of a `.dvc` file, its `wdir` put before their paths.
#[must_use]
pub fn outs(text: &str) -> Vec<Out> {
    let mut out: Vec<Out> = Vec::new();
    let (mut inside, mut folder) = (false, "");
    for line in lines(text) {
        if line.indent == 0 && !line.item {
            inside = line.key == "outs";
            if line.key == "wdir" {
                folder = line.value;
            }
        } else if inside {
            if line.item {
                out.push(Out { line: line.number, made: true, ..Out::default() });
            }
            out.last_mut().into_iter().for_each(|out| field(out, &line));
        }
    }
    for found in out.iter_mut().filter(|_| !folder.is_empty()) {
        found.path = format!("{folder}/{}", found.path);
    }
    out
}

fn field(out: &mut Out, line: &Line<'_>) {
    match line.key {
        "path" => out.path = line.value.to_owned(),
        "md5" => out.md5 = is_md5(line.value).then(|| line.value.to_owned()),
        "size" => out.size = line.value.parse().ok(),
        _ => {}
    }
}

fn is_md5(text: &str) -> bool {
    let hex = text.strip_suffix(".dir").unwrap_or(text);
    hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What the stages of a `dvc.yaml` make and read. Metrics and plots are results, not data.
#[must_use]
pub fn stages(text: &str) -> Vec<Out> {
    let mut found = Vec::new();
    let (mut inside, mut list, mut folder) = (false, None, "");
    for line in lines(text) {
        if line.indent == 0 && !line.item {
            (inside, list) = (line.key == "stages", None);
            continue;
        }
        if !inside {
            continue;
        }
        // A list may stand at the indentation of its own key.
        let ended = |(at, _): (usize, bool)| line.indent < at || line.indent == at && !line.item;
        if list.is_some_and(ended) {
            list = None;
        }
        match (list, line.key) {
            (Some((_, made)), key) if line.item => {
                let named = if key.is_empty() { line.value } else { key };
                if !named.contains("${") {
                    let path = if folder.is_empty() {
                        named.to_owned()
                    } else {
                        format!("{folder}/{named}")
                    };
                    found.push(Out { line: line.number, path, made, ..Out::default() });
                }
            }
            (None, "outs") => list = Some((line.indent, true)),
            (None, "deps") => list = Some((line.indent, false)),
            (None, "wdir") => folder = line.value,
            (None, _) if line.value.is_empty() && line.indent <= 2 => folder = "",
            _ => {}
        }
    }
    found
}

/// The digests and sizes of a `dvc.lock`, by path.
#[must_use]
pub fn lock(text: &str) -> BTreeMap<String, Out> {
    let mut out: BTreeMap<String, Out> = BTreeMap::new();
    let mut current = Out::default();
    let mut inside = false;
    let mut keep = |current: &mut Out| {
        let done = std::mem::take(current);
        if !done.path.is_empty() {
            out.insert(done.path.clone(), done);
        }
    };
    for line in lines(text) {
        if line.item || !line.key.is_empty() && line.value.is_empty() {
            keep(&mut current);
            inside = line.item || matches!(line.key, "outs" | "deps");
            current.line = line.number;
        }
        if inside {
            field(&mut current, &line);
        }
    }
    keep(&mut current);
    out
}

/// The remotes of `.dvc/config`, and which is the default one.
#[must_use]
pub fn remotes(text: &str) -> (BTreeMap<String, String>, Option<String>) {
    let (mut remotes, mut default, mut section) = (BTreeMap::new(), None, String::new());
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim_matches('\'').to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            let remote =
                section.strip_prefix("remote ").map(|name| name.trim_matches('"').to_owned());
            match (key.trim(), remote) {
                ("url", Some(name)) => {
                    remotes.insert(name, value.trim().to_owned());
                }
                ("remote", None) if section == "core" => default = Some(value.trim().to_owned()),
                _ => {}
            }
        }
    }
    (remotes, default)
}

#[cfg(test)]
mod tests {
    use super::{lock, outs, remotes, stages};

    #[test]
    fn reads_a_dvc_file() {
        let md5 = "a1".repeat(16);
        let text = format!(
            "wdir: ..\nouts:\n- md5: {md5}.dir\n  size: 12\n  nfiles: 3\n  hash: md5\n  path: data/raw\n- path: x.csv\n"
        );
        let read = outs(&text);
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].line, read[0].path.as_str(), read[0].size),
            (3, "../data/raw", Some(12))
        );
        assert_eq!(read[0].md5.as_deref(), Some(format!("{md5}.dir").as_str()));
        assert_eq!((read[1].path.as_str(), read[1].md5.as_deref()), ("../x.csv", None));
    }

    #[test]
    fn reads_stages_without_metrics() {
        let text = "stages:\n  prepare:\n    cmd: python a.py\n    deps:\n      - a.py\n      - data/raw\n    outs:\n      \
                    - data/clean.csv:\n          cache: false\n    metrics:\n      - m.json\n  train:\n    deps:\n    - data/clean.csv\n    outs:\n    - model.pkl\nplots:\n  - p.csv\n";
        let read = stages(text);
        let told: Vec<_> = read.iter().map(|o| (o.line, o.path.as_str(), o.made)).collect();
        assert_eq!(
            told,
            [
                (5, "a.py", false),
                (6, "data/raw", false),
                (8, "data/clean.csv", true),
                (14, "data/clean.csv", false),
                (16, "model.pkl", true)
            ]
        );
    }

    #[test]
    fn reads_digests_and_remotes() {
        let md5 = "b2".repeat(16);
        let text = format!(
            "schema: '2.0'\nstages:\n  train:\n    cmd: x\n    outs:\n    - path: model.pkl\n      hash: md5\n      md5: {md5}\n      size: 7\n"
        );
        let read = lock(&text);
        assert_eq!(read["model.pkl"].md5.as_deref(), Some(md5.as_str()));
        assert_eq!(read["model.pkl"].size, Some(7));
        let (all, default) =
            remotes("[core]\n    remote = s\n['remote \"s\"']\n    url = s3://b/p\n");
        assert_eq!((all["s"].as_str(), default.as_deref()), ("s3://b/p", Some("s")));
    }
}
