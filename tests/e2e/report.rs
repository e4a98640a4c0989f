//! `coseal report`: what a risk owner reads, and that nothing of an inspected folder gets into it but text.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{DAY, Ended, Machine, copy_of, coseal, example, folder, root, text};

const FORMATS: [&str; 4] = ["html", "markdown", "junit", "json"];

fn report(folder: &Path, more: &[&str]) -> Ended {
    let mut arguments = vec!["report", "--as-of", DAY];
    arguments.extend(more);
    coseal(folder, &arguments)
}

fn json(folder: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["--format", "json"];
    arguments.extend(more);
    report(folder, &arguments).json()
}

/// The text between two marks, without tags, in lines.
fn between(page: &str, from: &str, to: &str) -> String {
    let (_, rest) = page.split_once(from).unwrap();
    let (inside, _) = rest.split_once(to).unwrap();
    let mut out = String::new();
    let mut in_tag = false;
    for c in inside.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                out.push('\n');
            }
            _ if !in_tag => out.push(c),
            _ => {}
        }
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.replace("&#39;", "'").replace("&#34;", "\"") + "\n").collect()
}

#[test]
fn the_first_page_of_the_support_bot_says_no_and_who_has_to_act_by_when() {
    let ended = report(&example("support-bot"), &[]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(between(&ended.stdout, "<h2>May it run?</h2>", "</ol>"), @r#"
    ✗
    No
    It should not run as it is now; if it runs, stop it. Put it right, or have the risk accepted in writing.
    This rests on 19 of the 89 requirements, and on 8 of the 26 that must be met. The others were not looked at or are out of date: not known, never met.
    A model file runs commands of its maker's choice on the machine that loads it.
    Take the file out of use, and get one from its supplier that holds only numbers.
    models/intent.pkl: calls posix.system("…")
    Who
    model-owner
    assistant-team@example.org
    When
    at once
    A part of the system is no longer the one that was approved.
    Find out who changed it and why; approve the new one, or put the old one back.
    coseal.toml:66: prompt.answer is 786308b83ad6…, registered is 3dd811784f1c…
    Who
    model-owner
    assistant-team@example.org
    When
    before it runs
    A password or key stands in a text that the AI reads or that describes it, where others can find it.
    Replace the key at once, and keep the new one where keys belong.
    prompts/agent.md:11: this line holds what looks like a secret: API key of the form sk-…
    Who
    model-owner
    assistant-team@example.org
    When
    at once
    "#);
    insta::assert_snapshot!(between(&ended.stdout, "<h2 id=\"ends\">", "</ul>"), @r#"
    Overdue or due in 30 days
    2026-08-31
    · 82 days overdue
    Try again whether incident can be reached
    incident · +441632960001
    2026-09-30
    · 52 days overdue
    Renew the page on reporting weaknesses (security.txt)
    incident · +441632960001
    "#);
}

#[test]
fn the_first_page_of_the_fraud_classifier() {
    let ended = report(&example("fraud-classifier"), &[]);
    insta::assert_snapshot!(between(&ended.stdout, "<h2>May it run?</h2>", "</ol>"), @r#"
    ✗
    No
    It should not run as it is now; if it runs, stop it. Put it right, or have the risk accepted in writing.
    This rests on 20 of the 75 requirements, and on 7 of the 16 that must be met. The others were not looked at or are out of date: not known, never met.
    There is no plan for an incident that can happen to this system.
    Write it: how to notice, contain and recover, and whom to call.
    coseal.toml: no usable playbook covers poisoning, which can happen: data trains a model, or others write what it reads
    Who
    incident
    +441632960011
    When
    before it runs
    A model in use has ended, or should have been chosen again.
    Move to a model that is kept up, or choose again and set a new day.
    coseal.toml:36: model.fraud is to be chosen again by 2026-09-30, 52 days ago
    Who
    model-owner
    fraud-models@example.org
    When
    overdue since 2026-09-30
    Training or testing and live operation are not kept apart: whoever breaks into one is in the other.
    Give each its own accounts and keys.
    coseal.toml:24: training and production share 1 key
    Who
    model-owner
    fraud-models@example.org
    When
    before the next release
    "#);
}

#[test]
fn a_folder_that_nobody_described_has_not_enough_evidence() {
    let empty = folder(&[("readme.txt", b"x")]);
    let found = json(empty.path(), &[]);
    assert_eq!(found["answer"], "not-enough-evidence");
    assert_eq!(found["system"], Value::Null);
    let first = &found["reasons"][0];
    assert!(text(&first["what"]).contains("Nobody has written down"), "{first}");
    assert_eq!(first["who"]["role"], Value::Null);
}

#[test]
fn an_invalid_system_file_ends_with_three_and_no_report() {
    let broken = folder(&[("coseal.toml", b"schema = 1\n[system]\nid = 3\n")]);
    let ended = report(broken.path(), &["--output", "out.html"]);
    assert_eq!(ended.code, 3);
    assert!(ended.stderr.contains("coseal check shows them"), "{}", ended.stderr);
    assert!(!broken.path().join("out.html").exists());
}

#[test]
fn a_page_needs_nothing_else_and_is_not_large() {
    for name in ["support-bot", "fraud-classifier"] {
        let page = report(&example(name), &[]).stdout;
        assert!(page.len() < 400_000, "{} bytes", page.len());
        for loads in [
            "<script",
            "<link",
            "<img",
            "<iframe",
            "src=",
            "url(",
            "@import",
            "javascript:",
            "http://",
            "onload",
            "onclick",
        ] {
            assert!(!page.contains(loads), "{name} holds {loads}");
        }
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"));
        for href in page.split("href=\"").skip(1) {
            assert!(href.starts_with('#'), "{href:.60}");
        }
        let mut level = 1;
        for heading in page.split("<h").skip(1) {
            let Some(next) = heading.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(next <= level + 1, "h{next} behind h{level}: {heading:.60}");
            level = next;
        }
    }
}

/// What somebody who fills a folder could hope to get into the report.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><b>bold</b>",
    "</template></style><h1>x",
    "]]><x/>",
    "`code` ``more``",
    "| a | b |",
    "[click](https://evil.example)",
    "![i](https://evil.example/i.png)",
    "@everyone #1 https://evil.example www.evil.example",
    "&lt;b&gt; &#60;",
    "{{ name }} {% raw %}",
];

fn hostile() -> TempDir {
    let all = HOSTILE.join(" ");
    let quoted = serde_json::to_string(&format!("{all}\u{1b}[31m\u{202e}\u{0}\u{ffff}")).unwrap();
    // TOML writes what JSON does, but for the characters that it has no form for.
    let quoted = quoted.replace("\\u0000", "\\u0001");
    let system = format!(
        "schema = 1\n[system]\nid = \"x\"\npurpose = {quoted}\nexposure = \"public\"\nimpact = \"high\"\nversion = {quoted}\nnotice = {quoted}\n\
         [role.risk-owner]\ncontact = \"https://evil.example/<script>alert(1)</script>?`|[a](b)\"\nchecked = \"2020-01-01\"\n\
         [role.incident]\ncontact = \"mailto:<b>@evil.example\"\n\
         [model.m]\nlocation = \"path:<b>|`x`.pkl\"\nsource = {quoted}\nreassess-by = \"2026-01-01\"\n\
         [model.n]\nlocation = \"api:openai/<script>gpt`|\"\n"
    );
    let dangerous: &[u8] = b"cposix\nsystem\n(Vx\ntR.";
    let here = folder(&[("coseal.toml", system.as_bytes()), ("<b>|`x`.pkl", dangerous)]);
    for (index, name) in HOSTILE.iter().enumerate() {
        let name = name.replace('/', "\u{2215}");
        fs::write(here.path().join(format!("{index}{name}.pkl")), dangerous).unwrap();
        #[cfg(unix)]
        fs::write(here.path().join(format!("{index}\u{1b}[31m\u{202e}\n{name}.pkl")), dangerous)
            .unwrap();
    }
    here
}

#[test]
fn whatever_stands_in_a_folder_is_shown_as_text() {
    let here = hostile();
    let rendered = FORMATS.map(|format| report(here.path(), &["--format", format]));
    for (format, ended) in FORMATS.iter().zip(&rendered) {
        assert_eq!(ended.code, 0, "{format}: {}", ended.stderr);
        let out = &ended.stdout;
        assert!(out.contains("alert(1)"), "{format} shows the names");
        let odd = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{200b}\u{ffff}".contains(c);
        assert!(!out.contains(odd), "{format} holds {:?}", out.chars().find(|c| odd(*c)));
    }
    let [page, markdown, junit, _] = rendered.map(|ended| ended.stdout);
    for tag in ["<script", "<img", "<b>bold", "<b>@", "<x/>", "<b>|", "{% raw", "onerror=alert(1)>"]
    {
        let shown = tag == "{% raw";
        assert!(shown || !page.contains(tag), "the page holds {tag}");
        assert!(shown || !junit.contains(tag), "JUnit holds {tag}");
    }
    assert_eq!(page.matches("</template>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(!junit.contains("]]>"), "no section of characters is closed");
    for line in markdown.lines() {
        let bare = outside_code(line);
        for odd in ["<", "](", "![", "@e", "https:", "www.", "alert"] {
            assert!(!bare.contains(odd), "{odd} stands bare: {line}");
        }
        assert!(!bare.contains('|') || line.starts_with('|'), "a table begins: {line}");
    }
    let table = markdown.lines().filter(|line| line.starts_with('|'));
    assert!(table.clone().all(|line| line.matches('|').count() == 5), "a row has more cells");
    assert_eq!(table.count(), 2 + 17);
}

/// What of a line of Markdown is in no code span, by CommonMark 0.31.2, section 6.1: a row of backticks ends with the next of
/// the same length.
fn outside_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        out.push_str(&rest[..at]);
        let fence = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let behind = &rest[at + fence..];
        let mut from = 0;
        let end = loop {
            let Some(next) = behind[from..].find('`').map(|next| from + next) else { break None };
            let row = behind[next..].len() - behind[next..].trim_start_matches('`').len();
            if row == fence {
                break Some(next + row);
            }
            from = next + row;
        };
        match end {
            Some(end) => rest = &behind[end..],
            None => {
                out.push_str(&rest[at..at + fence]);
                rest = behind;
            }
        }
    }
    out + rest
}

#[test]
fn a_secret_in_a_name_goes_no_further() {
    let secret = format!("sk-{}", "a1B2c3D4".repeat(6));
    let here = folder(&[(&format!("{secret}.pkl"), b"cposix\nsystem\n(Vx\ntR.")]);
    for format in FORMATS {
        let ended = report(here.path(), &["--format", format, "--output", "-"]);
        assert!(!ended.stdout.contains(&secret), "{format}");
        let out = here.path().join(format!("out.{format}"));
        report(here.path(), &["--format", format, "--output", out.to_str().unwrap()]);
        assert!(!fs::read_to_string(&out).unwrap().contains(&secret), "{format} in a file");
        fs::remove_file(out).unwrap();
    }
}

#[test]
fn what_is_in_the_place_of_the_output_is_the_earlier_report() {
    for format in ["html", "json"] {
        let (system, out) = (copy_of("support-bot"), tempfile::tempdir().unwrap());
        let file = out.path().join("report");
        let file = file.to_str().unwrap();
        let write = || report(system.path(), &["--format", format, "--output", file]);
        let changes = || json(system.path(), &["--previous", file])["changes"].clone();
        let first = write();
        assert_eq!(first.code, 0, "{}", first.stderr);
        assert!(first.stdout.ends_with("report: may it run? No\n"), "{}", first.stdout);
        let none = changes();
        assert_eq!(none["since"]["report"]["as-of"], DAY);
        assert_eq!(none["worse"], Value::Array(Vec::new()));
        fs::write(system.path().join("docs/training.csv"), "changed").unwrap();
        assert_eq!(ids(&changes()["worse"]), ["training-completed", "no-stale-evidence"]);
        let prompt = system.path().join("prompts/agent.md");
        let bare = fs::read_to_string(&prompt).unwrap();
        let bare: Vec<_> = bare.lines().filter(|line| !line.contains("sk-")).collect();
        fs::write(&prompt, bare.join("\n")).unwrap();
        assert!(ids(&changes()["better"]).contains(&"no-secrets-in-assets".to_owned()));
        fs::remove_file(system.path().join("models/intent.pkl")).unwrap();
        let some = changes();
        assert!(ids(&some["other"]).contains(&"model-files-scanned".to_owned()), "{some}");
        assert!(!ids(&some["better"]).contains(&"model-files-scanned".to_owned()), "{some}");
        assert_eq!(write().code, 0);
        assert_eq!(changes()["worse"], Value::Array(Vec::new()), "it was replaced");
    }
}

fn ids(changes: &Value) -> Vec<String> {
    changes.as_array().unwrap().iter().map(|change| text(&change["check"])).collect()
}

#[test]
fn what_is_no_report_of_this_system_is_neither_compared_nor_replaced() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("report.html");
    let name = file.to_str().unwrap();
    report(&example("fraud-classifier"), &["--output", name]);
    let other = fs::read_to_string(&file).unwrap();
    let broken = other.replace("&#34;schema&#34;:1", "&#34;schema&#34;:1,&#34;more&#34;:2");
    for text in [other.as_str(), &broken, "my only copy of something", "", "{\"state\":"] {
        fs::write(&file, text).unwrap();
        for arguments in [["--output", name], ["--previous", name]] {
            let ended = report(&example("support-bot"), &arguments);
            assert_eq!(ended.code, 2, "{arguments:?} {:.60}: {}", text, ended.stderr);
            assert!(ended.stdout.is_empty());
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "it is left alone");
    }
    let later = coseal(&example("support-bot"), &["report", "--as-of", "2999-01-01"]).stdout;
    fs::write(&file, later).unwrap();
    for arguments in [["--output", name], ["--previous", name]] {
        let ended = report(&example("support-bot"), &arguments);
        assert_eq!(ended.code, 2, "{}", ended.stderr);
        assert!(ended.stderr.contains("which is after the day of this report"), "{}", ended.stderr);
    }
    fs::write(&file, vec![b'x'; 3 << 20]).unwrap();
    assert_eq!(report(&example("support-bot"), &["--previous", name]).code, 4, "too large to read");
    let nowhere = out.path().join("not-there.html");
    assert_eq!(report(&example("support-bot"), &["--previous", nowhere.to_str().unwrap()]).code, 4);
    let nowhere = out.path().join("no/folder.html");
    assert_eq!(report(&example("support-bot"), &["--output", nowhere.to_str().unwrap()]).code, 4);
}

#[test]
fn the_digest_is_of_what_the_report_says() {
    let system = copy_of("support-bot");
    let digest = || report(system.path(), &["--digest"]).stdout;
    let first = digest();
    assert!(first.starts_with("sha256:") && first.len() == 72, "{first}");
    let page = report(system.path(), &[]).stdout;
    assert!(page.contains(first.trim()));
    assert_eq!(json(system.path(), &[])["digest"], first.trim());
    assert_eq!(json(system.path(), &["--framework", "mitre-atlas"])["digest"], first.trim());
    fs::write(system.path().join("prompts/answer.md"), "something else").unwrap();
    assert_ne!(digest(), first);
}

#[test]
fn the_state_in_the_page_is_the_one_in_the_json() {
    let page = report(&example("support-bot"), &[]).stdout;
    let state = coseal_assure::report::ReportState::find(&page).unwrap();
    let found = json(&example("support-bot"), &[]);
    assert_eq!(serde_json::to_value(state).unwrap(), found["state"]);
    assert_eq!(found["state"]["checks"].as_object().unwrap().len(), 96);
}

#[test]
fn a_framework_is_shown_in_its_own_order_and_an_unknown_one_is_an_error() {
    let found = json(&example("support-bot"), &["--framework", "owasp-llm-top10"]);
    let provisions = found["framework"]["provisions"].as_array().unwrap();
    let order: Vec<_> = provisions.iter().map(|one| text(&one["id"])).collect();
    assert_eq!(order.len(), 10);
    assert!(order.is_sorted(), "{order:?}");
    let page = report(&example("support-bot"), &["--framework", "owasp-llm-top10"]).stdout;
    let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what}"));
    assert!(at(">LLM01</th>") < at(">LLM10</th>"));
    assert!(at("In the order of OWASP Top 10 for LLM") < at("Not known to support OWASP"));
    assert_eq!(page.matches("<article").count(), 17);
    // Ids that nobody has compared with the framework are not shown.
    for id in ["asd-engaging-with-ai", "no-such", "<script>"] {
        let ended = report(&example("support-bot"), &["--framework", id]);
        assert_eq!(ended.code, 2);
        assert!(ended.stderr.contains("mitre-atlas"), "{}", ended.stderr);
    }
}

#[test]
fn json_is_valid_by_our_schema() {
    let schema = fs::read_to_string(root().join("schemas/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let here = hostile();
    for (folder, more) in [
        (example("support-bot"), &["--framework", "mitre-atlas"][..]),
        (example("fraud-classifier"), &[]),
        (here.path().to_owned(), &[]),
    ] {
        let document = json(&folder, more);
        let errors: Vec<_> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "schema": 1 })));
}

#[test]
fn junit_counts_what_it_holds() {
    let out = report(&example("support-bot"), &["--format", "junit"]).stdout;
    assert_eq!(out.matches("<testsuite ").count(), 17);
    assert_eq!(out.matches("<testcase ").count(), 96);
    let states = crate::harness::states(&crate::harness::check(&example("support-bot")));
    let of =
        |wanted: &[&str]| states.values().filter(|state| wanted.contains(&state.as_str())).count();
    assert_eq!(out.matches("<failure ").count(), of(&["fail", "partial"]));
    assert_eq!(
        out.matches("<skipped ").count(),
        of(&["unknown", "stale", "waived", "not-applicable"])
    );
}

/// The evidence on record is not as it was written: the report says so, and the run ends with 5.
#[test]
fn broken_evidence_is_said_on_the_first_page() {
    let machine = Machine::new();
    fs::write(machine.path("key"), crate::keys::private_key()).unwrap();
    let system = copy_of("support-bot");
    let today = |arguments: &[&str]| machine.coseal(system.path(), arguments);
    let recorded = today(&["check", "--record", "--format", "json"]);
    assert!(recorded.code != 5 && recorded.code != 70, "{}", recorded.stderr);
    let compared = today(&["report", "--format", "json"]).json();
    assert_eq!(
        compared["changes"]["since"]["record"]["checks"].as_u64().map(|n| n > 10),
        Some(true)
    );
    break_one_entry(&machine.path("store"));
    let ended = today(&["report", "--format", "json"]);
    assert_eq!(ended.code, 5, "{}", ended.stderr);
    assert_eq!(ended.json()["tally"]["intact"], false);
    assert!(text(&ended.json()["reasons"][0]["what"]).contains("not as it was written"));
}

fn break_one_entry(store: &Path) {
    let mut folders = vec![store.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains("entries") {
                let mut bytes = fs::read(&path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(&path, bytes).unwrap();
                return;
            }
        }
    }
    panic!("no entries are stored");
}

#[test]
fn nothing_is_written_but_what_is_asked_for() {
    let system = copy_of("support-bot");
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(system.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    for format in FORMATS {
        report(system.path(), &["--format", format]);
    }
    assert_eq!(names(), before);
    report(system.path(), &["--output", "here.html"]);
    assert_eq!(names().len(), before.len() + 1, "nothing is left beside it");
}
