//! Folders that mean harm: nothing planted comes out, nothing is written, nothing outside is read.

use std::{collections::BTreeMap, fs, path::Path};

use crate::harness::{DAY, copy_of, coseal, folder};

/// Things that no output may hold. Put together here, so that no scanner takes this file for a leak.
fn planted() -> Vec<String> {
    let mut all: Vec<String> = [
        ("sk-proj-", "Zq81mVx20LkTn47RbYw5Hc93Gd"),
        ("AKIA", "Q7R2T9W4Y6Z1B3C5"),
        ("ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        ("hunter2-", "correct-horse-77"),
        ("Zebedee ", "Quillfeather"),
        ("zebedee.quillfeather", "@corp.invalid"),
    ]
    .iter()
    .map(|(a, b)| format!("{a}{b}"))
    .collect();
    all.push("/srv/very/private/place".to_owned());
    all
}

#[test]
fn no_output_holds_a_planted_secret_name_or_path() {
    let planted = planted();
    let folder = copy_of("support-bot");
    let all = planted.join(" ");
    for name in ["prompts/planted.md", "docs/help/planted.md"] {
        fs::write(folder.path().join(name), format!("use {all}\npassword = \"{}\"\n", planted[3]))
            .unwrap();
    }
    let system_file = folder.path().join("coseal.toml");
    let whole = fs::read_to_string(&system_file).unwrap();
    fs::write(
        folder.path().join("coseal.local.toml"),
        format!("[local]\n\"model.chat\" = \"{}\"\n", planted[6]),
    )
    .unwrap();
    // A pickle that would send a secret away.
    let mut pickle = b"cposix\nsystem\n(V".to_vec();
    pickle.extend_from_slice(format!("curl -H {} {}\ntR.", planted[0], planted[6]).as_bytes());
    fs::write(folder.path().join("models/planted.pkl"), pickle).unwrap();

    let mut variants = vec![whole.clone()];
    // The same in every kind of value, valid or not.
    for secret in &planted {
        variants.push(whole.replacen(
            "exposure = \"public\"",
            &format!("exposure = \"{secret}\""),
            1,
        ));
        variants.push(format!("{whole}\n[x.own]\nnote = \"{secret}\"\n"));
        variants.push(format!("{whole}\n[role.extra]\ncontact = \"{secret}\"\n"));
        variants.push(format!(
            "{whole}\n[role.extra]\ncontact = \"mailto:{secret}\"\nname = \"{secret}\"\n"
        ));
        variants.push(format!("{whole}\n[model.extra]\nlocation = \"{secret}\"\n"));
        variants.push(format!(
            "{whole}\n[model.extra]\nlocation = \"path:{secret}\"\nfallback = \"{secret}\"\n"
        ));
        variants
            .push(format!("{whole}\n[flow]\nextra = {{ from = \"{secret}\", to = \"app\" }}\n"));
        variants.push(format!("{whole}\nbroken \"{secret}\n"));
        variants.push(format!("{whole}\nkey = {secret}\n"));
        // What has the form of an id is an id: a name that its owner chose to be shown.
        if !secret.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            variants.push(format!("{whole}\n\"{secret}\" = 1\n"));
            variants.push(format!("{whole}\n[model.\"{secret}\"]\nlocation = \"api:a/b\"\n"));
        }
    }
    for (index, variant) in variants.iter().enumerate() {
        fs::write(&system_file, variant).unwrap();
        for arguments in [
            &["check", "--as-of", DAY, "--verbose", "--local", "coseal.local.toml"][..],
            &["check", "--as-of", DAY, "--format", "json"],
            &["check", "--as-of", DAY, "--format", "sarif"],
        ] {
            holds_nothing(
                &coseal(folder.path(), arguments),
                &planted,
                &format!("variant {index} {arguments:?}\n{}", diff(&whole, variant)),
                folder.path(),
            );
        }
    }
    fs::write(&system_file, &whole).unwrap();
    let absolute = folder.path().to_string_lossy().into_owned();
    for arguments in [
        &["scan", "--explain", "."][..],
        &["scan", "--format", "json", "."],
        &["scan", "--format", "sarif", &absolute],
        &["check", &absolute],
    ] {
        holds_nothing(
            &coseal(folder.path(), arguments),
            &planted,
            &format!("{arguments:?}"),
            folder.path(),
        );
    }
    let missing = format!("{absolute}/not-there");
    for arguments in [&["check", &missing][..], &["scan", &missing]] {
        holds_nothing(
            &coseal(folder.path(), arguments),
            &planted,
            "a path that is not there",
            folder.path(),
        );
    }
}

fn holds_nothing(ended: &crate::harness::Ended, planted: &[String], what: &str, folder: &Path) {
    assert!(ended.code != 70 && ended.code >= 0, "{what}: {}", ended.stderr);
    let here = folder.to_string_lossy().into_owned();
    for (place, output) in [("stdout", &ended.stdout), ("stderr", &ended.stderr)] {
        for secret in planted.iter().chain([&here]) {
            assert!(!output.contains(secret.as_str()), "{what}: {place} holds {secret}:\n{output}");
        }
    }
}

fn diff(whole: &str, variant: &str) -> String {
    variant.lines().filter(|line| !whole.contains(line)).collect::<Vec<_>>().join("\n")
}

/// A resolver file that lies in the folder is not read unless it is named: it could point anywhere.
#[test]
fn a_resolver_file_in_the_folder_leads_nowhere_by_itself() {
    let outside = folder(&[("weights.pkl", b"cposix\nsystem\n(Vx\ntR.")]);
    let system = "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"staff\"\nimpact = \"low\"\n[model.a]\nlocation = \"s3:bucket/key\"\n";
    let local = format!("[local]\n\"model.a\" = \"{}/weights.pkl\"\n", outside.path().display());
    let inspected =
        folder(&[("coseal.toml", system.as_bytes()), ("coseal.local.toml", local.as_bytes())]);
    let scanned = |arguments: &[&str]| {
        let report = coseal(inspected.path(), arguments).json();
        let checks = report["checks"].as_array().unwrap().clone();
        crate::harness::text(
            &checks.iter().find(|check| check["id"] == "model-files-scanned").unwrap()["state"],
        )
    };
    assert_eq!(scanned(&["check", "--format", "json"]), "unknown");
    assert_eq!(scanned(&["check", "--format", "json", "--local", "coseal.local.toml"]), "fail");
}

#[test]
fn nothing_is_written_into_the_inspected_folder() {
    let folder = copy_of("support-bot");
    let before = listing(folder.path());
    for arguments in [
        &["check"][..],
        &["check", "--full", "--gate"],
        &["scan", "."],
        &["check", "--format", "sarif"],
        &["assets"],
        &["assets", "lock", "--check", "--accept-all"],
    ] {
        coseal(folder.path(), arguments);
    }
    assert_eq!(listing(folder.path()), before);
}

fn listing(folder: &Path) -> BTreeMap<String, (u64, std::time::SystemTime)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            all.extend(listing(&entry.path()));
        }
        all.insert(
            entry.path().to_string_lossy().into_owned(),
            (metadata.len(), metadata.modified().unwrap()),
        );
    }
    all
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_survived_and_said() {
    let folder = folder(&[("a\u{1b}[31m.pkl", b"cposix\nsystem\n(Vx\ntR."), ("ok.txt", b"x")]);
    std::os::unix::fs::symlink("/etc", folder.path().join("outside")).unwrap();
    let pipe = folder.path().join("pipe.pkl");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let ended = coseal(folder.path(), &["check", "--as-of", DAY]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert!(!ended.stdout.contains('\u{1b}'), "a terminal escape came through");
    assert!(ended.stdout.contains("a symbolic link that leads outside"), "{}", ended.stdout);
    assert!(ended.stdout.contains("a pipe, socket or device"), "{}", ended.stdout);
    let scan = coseal(folder.path(), &["scan", "pipe.pkl", "outside/passwd"]);
    assert_eq!(scan.code, 4, "{}", scan.stdout);
}

#[test]
fn a_huge_or_deep_system_file_is_an_error_not_a_crash() {
    for text in [
        "x = 1\n".repeat(300_000),
        "a = ".to_owned() + &"[".repeat(200_000),
        format!("schema = 1\n{}", "[a".repeat(50_000)),
        "\"".repeat(500_000),
    ] {
        let folder = folder(&[("coseal.toml", text.as_bytes())]);
        let ended = coseal(folder.path(), &["check"]);
        assert_eq!(ended.code, 3, "{}", ended.stderr);
        assert!(ended.stdout.len() < 1 << 20, "{} bytes of output", ended.stdout.len());
    }
}

#[test]
fn what_is_no_id_of_a_system_is_refused_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("a/b/store");
    let at = store.to_str().unwrap();
    for arguments in [
        ["evidence", "verify", "--system", "../../out", "--store", at].as_slice(),
        &["evidence", "list", "--system", "../../out", "--store", at],
        &["evidence", "schedule", "--system", "../../out", "--every", "24h", "--store", at],
        &["evidence", "pull", at, "--system", "../../out", "--store", at],
    ] {
        let ended = coseal(folder.path(), arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.stderr);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
