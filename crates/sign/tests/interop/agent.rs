//! Keys that ssh-agent holds.

use std::{fs, path::Path};

use coseal_sign::ssh::{Signer, SshError, verify};

use crate::openssh::{Agent, KINDS, MESSAGE, NAMESPACE, folder, key, public, signature, takes};

fn find(path: &Path, socket: &Path) -> Result<Signer, SshError> {
    let text = fs::read_to_string(path).unwrap();
    Signer::find(&text, Some(socket), &mut || None)
}

#[test]
fn the_agent_signs_for_both() {
    let Some(folder) = folder() else { return };
    let agent = Agent::start(&folder);
    for kind in KINDS {
        let path = key(&folder, kind, "");
        let named = path.with_extension("pub");
        assert_eq!(find(&named, &agent.socket).unwrap_err(), SshError::NotHeld);
        agent.add(&[path.to_str().unwrap()]);
        fs::remove_file(&path).unwrap();
        let signer = find(&named, &agent.socket).unwrap();
        assert_eq!(signer.public(), &public(&path));
        let ours = signer.sign(NAMESPACE, MESSAGE).unwrap();
        assert!(takes(&folder, signer.public(), &ours, MESSAGE), "{kind:?}");
        let theirs = signature(&named, "sha512", Some(&agent.socket));
        assert_eq!(verify(NAMESPACE, MESSAGE, &theirs).as_ref(), Ok(signer.public()));
    }
}

#[test]
fn the_agent_is_asked_before_the_passphrase() {
    let Some(folder) = folder() else { return };
    let agent = Agent::start(&folder);
    let path = key(&folder, ("ed25519", "256"), "");
    let encrypted = folder.path().join("encrypted");
    fs::copy(&path, &encrypted).unwrap();
    let name = encrypted.to_str().unwrap();
    crate::openssh::run(&["-q", "-p", "-N", "correct horse", "-f", name], b"", None);
    assert_eq!(find(&encrypted, &agent.socket).unwrap_err(), SshError::NoPassphrase);
    agent.add(&[path.to_str().unwrap()]);
    let signer = find(&encrypted, &agent.socket).unwrap();
    assert!(signer.sign(NAMESPACE, MESSAGE).is_ok());
}

#[test]
fn a_key_that_was_taken_away_is_refused() {
    let Some(folder) = folder() else { return };
    let agent = Agent::start(&folder);
    let path = key(&folder, ("ed25519", "256"), "");
    agent.add(&[path.to_str().unwrap()]);
    let signer = Signer::agent(&agent.socket, &public(&path)).unwrap();
    agent.add(&["-D"]);
    assert_eq!(signer.sign(NAMESPACE, MESSAGE), Err(SshError::Refused));
    let socket = agent.socket.clone();
    drop(agent);
    let gone = signer.sign(NAMESPACE, MESSAGE);
    assert!(matches!(gone, Err(SshError::Unreachable(_))), "{gone:?}");
    assert!(matches!(find(&path.with_extension("pub"), &socket), Err(SshError::Unreachable(_))));
}
