//! What leaves in evidence: no name of a person, user or host, no path of this machine, no secret.

use std::{fs, path::Path, process::Command};

use coseal_sign::dsse::Envelope;

use super::people::{SYSTEM, entries, log, person, public, record, runner, sync};
use crate::harness::{copy, example};

/// Of the form of an API key; nobody's.
const SECRET: &str = "sk-proj-Zq8Lm2Vx7Kd4Tn9Rw3Yb6Hc1Jf5Gp0Sa8Ue2Io4M";
const MARKS: [&str; 5] = ["marianne-mark", "mark-host", "mark-folder", "mark@mail", "Mark-Surname"];

fn files(folder: &Path, out: &mut Vec<Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        out.push(path.file_name().unwrap().to_str().unwrap().as_bytes().to_vec());
        if path.is_dir() { files(&path, out) } else { out.push(fs::read(path).unwrap()) }
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn no_store_holds_who_where_or_what_is_secret() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mark-folder");
    copy(&example("support-bot"), &folder);
    let machine = runner();
    let machine = ["USER", "LOGNAME", "USERNAME", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"]
        .into_iter()
        .fold(machine, |machine, name| machine.with(name, "marianne-mark"))
        .with("HOSTNAME", "mark-host")
        .with("HOST", "mark-host")
        .with("GIT_AUTHOR_EMAIL", "mark@mail.example.org");
    let config = "[user]\n\tname = Mark-Surname\n\temail = mark@mail.example.org\n";
    fs::write(machine.path(".gitconfig"), config).unwrap();
    for repository in [&folder, &machine.path("copies")] {
        let made = Command::new("git").args(["init", "--quiet"]).arg(repository).status().unwrap();
        assert!(made.success());
        fs::write(repository.join(".git/config"), format!("[core]\n\tbare = false\n{config}"))
            .unwrap();
    }
    // Comments of OpenSSH keys are who@where.
    let owner = person(&machine, "owner");
    let commented = format!("{} marianne-mark@mark-host\n", public(&machine, "owner"));
    fs::write(machine.path("owner.pub"), commented).unwrap();
    let prompt = folder.join("prompts/answer.md");
    let text = fs::read_to_string(&prompt).unwrap();
    fs::write(&prompt, format!("{text}\nkey = \"{SECRET}\"\n")).unwrap();
    let decide = ["decide", "exempt", "restore-drilled", "--role", "owner", "--reason", "r"];
    let ended =
        machine.coseal(&folder, &[&decide[..], &["--for", "90d", "--key", &owner]].concat());
    assert_eq!(ended.code, 0, "{}", ended.stderr);

    let report = record(&machine, &folder, &[]);
    assert!(report.to_string().contains("looks like a secret"), "it is found");
    let rotation = ["evidence", "schedule", "--every", "7d"];
    assert_eq!(machine.coseal(&folder, &rotation).code, 0);
    let (copies, git) = (machine.path("folder"), machine.path("copies"));
    fs::create_dir(&copies).unwrap();
    for place in [copies.to_str().unwrap(), &format!("git:{}", git.display())] {
        assert_eq!(sync(&machine, "push", place).code, 0);
    }

    let mut all = Vec::new();
    files(&machine.path("store"), &mut all);
    files(&machine.path("seen"), &mut all);
    files(&copies, &mut all);
    let objects = Command::new("git")
        .args(["cat-file", "--batch-all-objects", "--batch"])
        .current_dir(&git)
        .output()
        .unwrap();
    assert!(objects.stdout.len() > 50_000, "{}", objects.stdout.len());
    all.push(objects.stdout);
    // What is in base64 in the envelopes.
    let payloads = entries(&log(&machine, SYSTEM));
    assert!(payloads.len() > 90);
    all.extend(payloads.iter().map(|entry| Envelope::parse(entry).unwrap().payload().to_vec()));

    let fingerprint =
        coseal_sign::ssh::PublicKey::parse(&public(&machine, "owner")).unwrap().fingerprint();
    let home = machine.path(".").canonicalize().unwrap();
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let mut words: Vec<&str> = MARKS.to_vec();
    words.extend([SECRET, &SECRET[8..30], home.to_str().unwrap(), place.path().to_str().unwrap()]);
    // Whose signature it is stands there as a commitment only.
    words.extend([fingerprint.as_str(), fingerprint.trim_start_matches("SHA256:")]);
    words.extend(Some(host.trim()).filter(|host| host.len() > 5));
    for (bytes, word) in all.iter().flat_map(|bytes| words.iter().map(move |word| (bytes, word))) {
        assert!(!holds(bytes, word), "{word} stands in {}", String::from_utf8_lossy(bytes));
    }
    assert!(
        all.iter().any(|bytes| holds(bytes, "restore-drilled")),
        "the search finds what is there"
    );
}

/// Who erases the salt erases whom the commitment was to: the log stays as it is, and verifies.
#[test]
fn salts_stay_here_and_can_be_erased() {
    let (folder, machine) = (crate::harness::copy_of("support-bot"), runner());
    record(&machine, folder.path(), &[]);
    let salts = machine.path("store/private/salts");
    let kept = || {
        let all = fs::read_dir(&salts).unwrap().map(|entry| entry.unwrap());
        all.filter(|entry| entry.file_name().len() == 64).collect::<Vec<_>>()
    };
    assert_eq!(kept().len(), 1, "one for the decision of the example");
    let copies = machine.path("copies");
    fs::create_dir(&copies).unwrap();
    assert_eq!(sync(&machine, "push", copies.to_str().unwrap()).code, 0);
    assert!(!copies.join("private").exists(), "no salt is pushed");
    fs::remove_dir_all(&salts).unwrap();
    super::people::intact(&machine, folder.path());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        record(&machine, folder.path(), &[]);
        assert_eq!(kept()[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
