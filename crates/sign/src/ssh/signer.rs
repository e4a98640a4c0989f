//! Signing with a person's key: one in a file, or one that the agent holds.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use ssh_key::{
    HashAlg, Kdf, PrivateKey, Signature, SshSig,
    encoding::{Decode, Encode},
};
use zeroize::Zeroizing;

use crate::ssh::{PublicKey, SshError, agent, armour, verify};

/// Bytes of a private key's text. One of the longest RSA key that is accepted has about 9,000.
const MAX: usize = 64 * 1024;
/// Rounds of bcrypt: ssh-keygen takes 24 unless told otherwise. These take ten seconds; a hostile file asks for months.
const MAX_ROUNDS: u32 = 1000;

/// What can sign as a person. Its `Debug` shows the public key only.
pub struct Signer {
    public: PublicKey,
    source: Source,
}

enum Source {
    Key(Box<PrivateKey>),
    Agent(PathBuf),
}

impl Signer {
    /// Reads a private key in OpenSSH's own form. `passphrase` is asked once, and only if the key is encrypted.
    ///
    /// # Errors
    /// [`SshError::PrivateKey`] if it is none, or a security key's (the agent signs with those);
    /// [`SshError::NoPassphrase`], [`SshError::WrongPassphrase`], and [`SshError::Rounds`] if decrypting it would take
    /// too long.
    pub fn from_openssh(
        text: &str,
        passphrase: &mut dyn FnMut() -> Option<String>,
    ) -> Result<Self, SshError> {
        let key = read(text)?;
        let public = public(&key)?;
        if public.is_in_hardware() {
            return Err(SshError::PrivateKey(
                "it is in a security key: ssh-add it, and name its .pub file",
            ));
        }
        let key = if key.is_encrypted() { decrypt(&key, passphrase)? } else { key };
        if endless(&key) {
            return Err(SshError::PrivateKey("its numbers are longer than its modulus"));
        }
        Ok(Self { public, source: Source::Key(Box::new(key)) })
    }

    /// Signs through the agent behind a Unix socket, which must hold the key.
    ///
    /// # Errors
    /// [`SshError::NotHeld`], or why the agent can't be asked.
    pub fn agent(socket: &Path, key: &PublicKey) -> Result<Self, SshError> {
        if agent::holds(socket, key)? {
            Ok(Self { public: key.clone(), source: Source::Agent(socket.to_owned()) })
        } else {
            Err(SshError::NotHeld)
        }
    }

    /// Finds the signer for the text of a key's file, as `ssh-keygen -Y sign -f` does: with a public key the agent is
    /// asked. So it is with a private key that is encrypted or in a security key; if it doesn't hold an encrypted one,
    /// `passphrase` is asked. `socket` is the agent's, if there is one.
    ///
    /// # Errors
    /// As [`Signer::from_openssh`] and [`Signer::agent`]; [`SshError::NoAgent`] if one is needed.
    pub fn find(
        text: &str,
        socket: Option<&Path>,
        passphrase: &mut dyn FnMut() -> Option<String>,
    ) -> Result<Self, SshError> {
        if !text.trim_start().starts_with("-----BEGIN ") {
            return Self::agent(socket.ok_or(SshError::NoAgent)?, &PublicKey::parse(text)?);
        }
        let key = read(text)?;
        let public = public(&key)?;
        match socket {
            Some(socket) if public.is_in_hardware() => Self::agent(socket, &public),
            Some(socket) if key.is_encrypted() => {
                Self::agent(socket, &public).or_else(|_| Self::from_openssh(text, passphrase))
            }
            _ => Self::from_openssh(text, passphrase),
        }
    }

    /// The key that it signs with.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a message for a namespace: the text that `ssh-keygen -Y sign` writes, over the message's SHA-512. RSA signs
    /// with SHA-512, too. It may wait a minute for somebody to touch a security key.
    ///
    /// # Errors
    /// [`SshError::Namespace`] if it is empty; why the agent does not sign. What is handed out was verified: a faulty
    /// agent shows here, and a fault in the arithmetic gives nothing of the key away.
    pub fn sign(&self, namespace: &str, message: &[u8]) -> Result<String, SshError> {
        if namespace.is_empty() {
            return Err(SshError::Namespace);
        }
        let signed = match &self.source {
            Source::Key(key) => key.sign(namespace, HashAlg::Sha512, message),
            Source::Agent(socket) => self.through(socket, namespace, message)?,
        };
        let blob = signed.and_then(|signed| Ok(signed.encode_vec()?)).map_err(|_| self.fault())?;
        let text = armour::close(&blob);
        match (&self.source, verify(namespace, message, &text)) {
            (_, Ok(key)) if key == self.public => Ok(text),
            (Source::Agent(_), Err(error)) => Err(error),
            _ => Err(self.fault()),
        }
    }

    fn fault(&self) -> SshError {
        match self.source {
            Source::Key(_) => SshError::PrivateKey("no signature comes of it: let the agent sign"),
            Source::Agent(_) => SshError::Answer("it is no signature"),
        }
    }

    fn through(
        &self,
        socket: &Path,
        namespace: &str,
        message: &[u8],
    ) -> Result<ssh_key::Result<SshSig>, SshError> {
        let data = SshSig::signed_data(namespace, HashAlg::Sha512, message)
            .map_err(|_| SshError::Namespace)?;
        let answer = agent::sign(socket, &self.public, &data)?;
        let mut rest = answer.as_slice();
        let signature = Signature::decode(&mut rest).map_err(|_| self.fault())?;
        if !rest.is_empty() {
            return Err(self.fault());
        }
        Ok(SshSig::new(self.public.data().clone(), namespace, HashAlg::Sha512, signature))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("public", &self.public).finish_non_exhaustive()
    }
}

fn read(text: &str) -> Result<PrivateKey, SshError> {
    if text.len() > MAX {
        return Err(SshError::PrivateKey("its text is longer than 64 KiB"));
    }
    let form = "it isn't in OpenSSH's form: `ssh-keygen -p -f FILE` rewrites a copy of it";
    PrivateKey::from_openssh(text).map_err(|_| SshError::PrivateKey(form))
}

fn public(key: &PrivateKey) -> Result<PublicKey, SshError> {
    PublicKey::from_data(key.public_key().key_data().clone())
}

/// An exponent that is longer than it need be works as well, and can keep the machine busy for minutes.
fn endless(key: &PrivateKey) -> bool {
    key.key_data().rsa().is_some_and(|key| {
        let (private, most) = (key.private(), key.public().n().as_bytes().len());
        [private.d(), private.iqmp(), private.p(), private.q()]
            .iter()
            .any(|number| number.as_bytes().len() > most)
    })
}

fn decrypt(
    key: &PrivateKey,
    passphrase: &mut dyn FnMut() -> Option<String>,
) -> Result<PrivateKey, SshError> {
    match key.kdf() {
        Kdf::Bcrypt { rounds, .. } if *rounds > MAX_ROUNDS => {
            return Err(SshError::Rounds { rounds: *rounds, most: MAX_ROUNDS });
        }
        Kdf::Bcrypt { .. } => {}
        _ => return Err(SshError::PrivateKey("nobody knows how it is encrypted")),
    }
    let passphrase = Zeroizing::new(passphrase().ok_or(SshError::NoPassphrase)?);
    key.decrypt(passphrase.as_bytes()).map_err(|_| SshError::WrongPassphrase)
}

#[cfg(test)]
mod tests;
