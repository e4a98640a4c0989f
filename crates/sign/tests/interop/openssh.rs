//! OpenSSH's programs, on keys in a temporary folder.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use coseal_sign::ssh::PublicKey;
use tempfile::TempDir;

pub(crate) const NAMESPACE: &str = "coseal-decision";
pub(crate) const MESSAGE: &[u8] = b"title = \"Ship it\"\nuntil = 2027-05-01\n";
/// Type and bits, for `ssh-keygen -t … -b …`.
pub(crate) const KINDS: [(&str, &str); 6] = [
    ("ed25519", "256"),
    ("ecdsa", "256"),
    ("ecdsa", "384"),
    ("ecdsa", "521"),
    ("rsa", "2048"),
    ("rsa", "3072"),
];

/// A folder to work in, or nothing if OpenSSH is not installed.
pub(crate) fn folder() -> Option<TempDir> {
    let installed = ["ssh-keygen", "ssh-agent", "ssh-add"].iter().all(|program| {
        let mut command = Command::new(program);
        command.arg("-?").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    });
    if installed {
        return Some(tempfile::tempdir().unwrap());
    }
    assert!(std::env::var_os("COSEAL_CI_STRICT").is_none(), "OpenSSH is not installed");
    say("skipped: OpenSSH is not installed");
    None
}

#[expect(clippy::print_stderr, reason = "what was skipped is said")]
pub(crate) fn say(text: &str) {
    eprintln!("{text}");
}

/// A new key in the folder, with a comment that nobody should see again.
pub(crate) fn key(folder: &TempDir, (kind, bits): (&str, &str), passphrase: &str) -> PathBuf {
    let path = folder.path().join(format!("{kind}-{bits}-{}", passphrase.len()));
    let name = path.to_str().unwrap();
    let comment = "mona@laptop.example";
    let made =
        ["-q", "-t", kind, "-b", bits, "-a", "2", "-N", passphrase, "-C", comment, "-f", name];
    run(&made, b"", None);
    path
}

pub(crate) fn public(key: &Path) -> PublicKey {
    PublicKey::parse(&fs::read_to_string(key.with_extension("pub")).unwrap()).unwrap()
}

/// What `ssh-keygen` prints for these arguments and this input; it must succeed.
pub(crate) fn run(arguments: &[&str], input: &[u8], socket: Option<&Path>) -> String {
    match attempt(arguments, input, socket) {
        (true, output) => output,
        (false, output) => panic!("ssh-keygen {arguments:?}: {output}"),
    }
}

/// Did `ssh-keygen` succeed, and what did it print?
pub(crate) fn attempt(arguments: &[&str], input: &[u8], socket: Option<&Path>) -> (bool, String) {
    let mut command = Command::new("ssh-keygen");
    command.args(arguments).env_remove("SSH_AUTH_SOCK");
    if let Some(socket) = socket {
        command.env("SSH_AUTH_SOCK", socket);
    }
    let pipe = Stdio::piped;
    let mut child = command.stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn().unwrap();
    let sent = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    let succeeded = output.status.success() && sent.is_ok();
    (succeeded, String::from_utf8_lossy(&printed).into_owned())
}

/// The signature of `ssh-keygen -Y sign`, by a private key or through the agent.
pub(crate) fn signature(key: &Path, hash: &str, socket: Option<&Path>) -> String {
    let file = key.with_file_name("message");
    let text = key.with_file_name("message.sig");
    fs::write(&file, MESSAGE).unwrap();
    fs::remove_file(&text).unwrap_or_default();
    let (key, hash) = (key.to_str().unwrap(), format!("hashalg={hash}"));
    let file = file.to_str().unwrap();
    run(&["-Y", "sign", "-O", &hash, "-n", NAMESPACE, "-f", key, file], b"", socket);
    fs::read_to_string(text).unwrap()
}

/// Does `ssh-keygen -Y verify` take the signature as one by this key? `check-novalidate` must say the same.
pub(crate) fn takes(folder: &TempDir, key: &PublicKey, signature: &str, message: &[u8]) -> bool {
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (allowed, text) = (at("allowed"), at("signature"));
    fs::write(&allowed, format!("mona namespaces=\"{NAMESPACE}\" {key}\n")).unwrap();
    fs::write(&text, signature).unwrap();
    let check = ["-Y", "check-novalidate", "-n", NAMESPACE, "-s", &text];
    let verify = ["-Y", "verify", "-n", NAMESPACE, "-s", &text, "-I", "mona", "-f", &allowed];
    let (checked, _) = attempt(&check, message, None);
    let (verified, _) = attempt(&verify, message, None);
    assert_eq!(checked, verified);
    verified
}

/// An agent that ends with the test.
pub(crate) struct Agent {
    child: Child,
    pub(crate) socket: PathBuf,
}

impl Agent {
    pub(crate) fn start(folder: &TempDir) -> Self {
        let socket = folder.path().join("agent");
        let mut command = Command::new("ssh-agent");
        command.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null());
        let agent = Self { child: command.spawn().unwrap(), socket };
        for _ in 0..500 {
            if agent.socket.exists() {
                return agent;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("ssh-agent made no socket");
    }

    pub(crate) fn add(&self, arguments: &[&str]) {
        let mut command = Command::new("ssh-add");
        command.arg("-q").args(arguments).env("SSH_AUTH_SOCK", &self.socket);
        assert!(command.status().unwrap().success(), "ssh-add {arguments:?}");
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}
