//! A hundred broken system files: each error names its line and says what to do, and nothing panics.

use std::{collections::BTreeSet, fs};

use crate::harness::{coseal, example, folder};

/// One way to break one line.
type Mutation = (&'static str, fn(&str) -> Option<String>);

const MUTATIONS: &[Mutation] = &[
    ("misspelt key", |line| {
        let (key, rest) = line.split_once(" =")?;
        (key.len() > 3 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
            .then(|| format!("{}{} ={rest}", &key[..key.len() - 2], &key[key.len() - 1..]))
    }),
    ("unknown key", |line| line.starts_with("location =").then(|| format!("{line}\nzzz = 1"))),
    ("unclosed quote", |line| line.ends_with('"').then(|| line[..line.len() - 1].to_owned())),
    ("unclosed table", |line| line.starts_with('[').then(|| line.replace(']', ""))),
    ("no value", |line| line.split_once(" = \"").map(|(key, _)| format!("{key} ="))),
    ("number for text", |line| line.split_once(" = \"").map(|(key, _)| format!("{key} = 7"))),
    ("list for text", |line| line.split_once(" = \"").map(|(key, _)| format!("{key} = []"))),
    ("empty text", |line| line.split_once(" = \"").map(|(key, _)| format!("{key} = \"\""))),
    ("twice", |line| line.contains(" = \"").then(|| format!("{line}\n{line}"))),
    ("gone", |line| {
        ["purpose =", "exposure =", "impact =", "id =", "schema ="]
            .iter()
            .any(|key| line.starts_with(key))
            .then(String::new)
    }),
    ("bad id", |line| line.strip_prefix("[model.").map(|_| "[model.\"Chat Model\"]".to_owned())),
    ("path that leaves", |line| {
        line.contains("\"path:").then(|| line.replace("path:", "path:../../"))
    }),
    ("no scheme", |line| line.contains("\"path:").then(|| line.replace("path:", ""))),
    ("short digest", |line| {
        line.split_once("sha256:").map(|(before, _)| format!("{before}sha256:abc\""))
    }),
    ("future version", |line| (line == "schema = 1").then(|| "schema = 9".to_owned())),
    ("bad day", |line| {
        line.starts_with("reassess-by").then(|| "reassess-by = \"soon\"".to_owned())
    }),
    ("dangling", |line| {
        line.strip_prefix("fallback = ").map(|_| "fallback = \"model.chatt-small\"".to_owned())
    }),
];

#[test]
fn a_hundred_broken_files_each_say_where_and_what_to_do() {
    let mut broken = 0;
    let mut kinds = BTreeSet::new();
    for name in ["support-bot", "fraud-classifier"] {
        let whole = fs::read_to_string(example(name).join("coseal.toml")).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        for (what, mutate) in MUTATIONS {
            let mut of_this_kind = 0;
            for (index, line) in lines.iter().enumerate() {
                let Some(mutated) = mutate(line) else { continue };
                let mut changed: Vec<&str> = lines.clone();
                changed[index] = &mutated;
                judge(what, index + 1, &changed.join("\n"));
                kinds.insert(what);
                broken += 1;
                of_this_kind += 1;
                if of_this_kind >= 8 {
                    break;
                }
            }
        }
    }
    assert!(broken >= 100, "{broken} files");
    assert!(kinds.len() >= 15, "{kinds:?}");
}

fn judge(what: &str, line: usize, text: &str) {
    let folder = folder(&[("coseal.toml", text.as_bytes())]);
    let ended = coseal(folder.path(), &["check"]);
    assert_eq!(ended.code, 3, "{what} at line {line}:\n{}\n{}", ended.stdout, ended.stderr);
    assert!(ended.stderr.is_empty(), "{what}: {}", ended.stderr);
    let named: Vec<usize> = ended
        .stdout
        .lines()
        .filter_map(|shown| {
            shown.split_once("coseal.toml:")?.1.split(':').next()?.trim().parse().ok()
        })
        .collect();
    // Where something is missing, the error stands at the table around it, or at the top.
    let around =
        named.iter().any(|shown| shown.abs_diff(line) <= 1) || what == "gone" && !named.is_empty();
    assert!(around, "{what} at line {line}, named {named:?}:\n{}", ended.stdout);
    let helps = ended.stdout.lines().filter(|shown| shown.contains("help")).count();
    assert!(helps >= named.len().max(1), "{what}: an error without help:\n{}", ended.stdout);
}

#[test]
fn all_errors_at_once() {
    let text = "schema = 1\n[system]\nid = \"x\"\npurpos = \"y\"\nexposure = \"publc\"\nimpact = \"high\"\n\n[model.chat]\nlocaton = \"api:a/b\"\n\n[flow]\nq = { from = \"usr\", to = \"model.chat\" }\n";
    let folder = folder(&[("coseal.toml", text.as_bytes())]);
    let ended = coseal(folder.path(), &["check"]);
    assert_eq!(ended.code, 3);
    insta::assert_snapshot!(ended.stdout, @r#"
    error: `system` lacks `purpose`
      ╭▸ coseal.toml:2:1
      │
    2 │ [system]
      │ ━━━━━━━━
      │
      ╰ help: add purpose = …: what the system is for, in one sentence

    error: unknown key `purpos`
      ╭▸ coseal.toml:4:1
      │
    4 │ purpos = …
      │ ━━━━━━━━━━
      │
      ╰ help: did you mean `purpose`?

    error: `publc` is not a value of `exposure`
      ╭▸ coseal.toml:5:1
      │
    5 │ exposure = …
      │ ━━━━━━━━━━━━
      │
      ╰ help: did you mean "public"? It is one of: offline, staff, partners, public

    error: `model.chat` lacks `location`
      ╭▸ coseal.toml:8:1
      │
    8 │ [model.chat]
      │ ━━━━━━━━━━━━
      │
      ╰ help: add location = …: where it is

    error: unknown key `locaton`
      ╭▸ coseal.toml:9:1
      │
    9 │ locaton = …
      │ ━━━━━━━━━━━
      │
      ╰ help: did you mean `location`?

    error: `from` names something that is not in this file
       ╭▸ coseal.toml:12:1
       │
    12 │ q = { from = …, to = … }
       │ ━━━━━━━━━━━━━━━━━━━━━━━━
       │
       ╰ help: did you mean "user"?

    coseal.toml: 6 errors; nothing else was judged
    "#);
}

#[test]
fn a_file_that_is_no_text_is_an_error_of_the_file() {
    let folder = folder(&[("coseal.toml", &[0xff, 0xfe])]);
    let ended = coseal(folder.path(), &["check"]);
    assert_eq!(ended.code, 3);
    assert!(ended.stdout.contains("UTF-8"), "{}", ended.stdout);
}
