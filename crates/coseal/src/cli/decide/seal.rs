//! Reading back what was drafted, and signing it.

use std::path::{Path, PathBuf};

use coseal_core::{
    decision::{Decision, NAMESPACE, read},
    tree::read_text,
};
use coseal_sign::ssh::{Signer, SshError};

use super::command::Refused;

/// A signature.
#[derive(Debug)]
pub(super) struct Signature {
    /// As `ssh-keygen -Y sign` writes it.
    pub(super) armoured: String,
    /// Fingerprint of the key.
    pub(super) fingerprint: String,
}

/// The decision of a text, or what is wrong with it.
pub(super) fn sound(text: &str) -> Result<Decision, Refused> {
    let file = read(text);
    file.decision.ok_or_else(|| {
        let problems = file.problems.iter().map(|p| format!("{}: {}", p.message, p.hint));
        Refused::usage(problems.collect::<Vec<_>>().join("; "))
    })
}

/// Signs with the key that is named on the command line or in the environment; nothing if none is.
pub(super) fn signature(key: Option<&Path>, bytes: &[u8]) -> Result<Option<Signature>, Refused> {
    let from_environment = || std::env::var_os("COSEAL_KEY").filter(|key| !key.is_empty());
    let Some(key) = key.map(PathBuf::from).or_else(|| from_environment().map(PathBuf::from)) else {
        return Ok(None);
    };
    let text = read_text(&key)
        .map_err(|error| Refused::environment(format!("the key can't be read: {error}")))?;
    let socket = std::env::var_os("SSH_AUTH_SOCK").map(PathBuf::from);
    let refused = |error: SshError| match error {
        SshError::NoPassphrase => Refused::environment(
            "the private key is encrypted; nothing is asked here: ssh-add it, and name its .pub file",
        ),
        error => Refused::environment(error.to_string()),
    };
    // No passphrase is asked: the agent holds what is encrypted.
    let signer = Signer::find(&text, socket.as_deref(), &mut || None).map_err(refused)?;
    let armoured = signer.sign(NAMESPACE, bytes).map_err(refused)?;
    Ok(Some(Signature { armoured, fingerprint: signer.public().fingerprint() }))
}
